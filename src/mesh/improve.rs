//! The cheapest fix: which single change to a plan helps the most pairs.
//!
//! Nothing here is on the way of an edit. [`candidates`] lists the changes that
//! a person could really make, and a [`Ranking`] tries one with every step on a
//! copy of the plan, so that a caller can show how far it is and stop at will.
//! One step costs as much as [`connect`](super::connect); of a large plan the
//! [`MOST`] changes are tried that touch the most pairs.

mod candidate;
mod gain;
mod trial;

use crate::plan::{Edit, NodeId, Plan, SiteId};

use super::{Fix, Mesh, Subject};

pub use candidate::candidates;
use gain::Gain;

/// How many changes are tried at most.
pub const MOST: usize = 64;

/// A change that a person could make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The change; `None` if only something must be said.
    pub edit: Option<Edit>,
    /// What the person has to say for it to work.
    pub asks: Option<Asks>,
    /// How much work it is, compared with others.
    effort: Effort,
}

/// What the planner cannot know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// The public address or name of a site's router.
    Router(SiteId),
    /// The public address or name of a machine on the internet.
    Host(NodeId),
    /// The global IPv6 address of a machine at a site, or a name for it.
    Ipv6(NodeId),
}

/// How much work a change is, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Effort {
    /// Something that is true already must only be said.
    Say,
    /// A setting of the plan.
    Plan,
    /// A setting of one machine or of its LAN.
    Machine,
    /// A rule in a router.
    Router,
    /// Another machine, which costs money.
    Money,
}

/// A change with what it would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Improvement {
    /// The change; `None` if only something must be said.
    pub edit: Option<Edit>,
    /// What the person has to say for it to work.
    pub asks: Option<Asks>,
    /// How many pairs get through that do not now.
    pub possible: usize,
    /// How many pairs talk directly that need a relay now.
    pub direct: usize,
    /// What to do, as a button says it.
    pub action: String,
    /// What to do and what comes of it, in one sentence with a full stop.
    pub text: String,
}

impl Improvement {
    /// The change as the editor applies it, if there is one; what it asks for
    /// is said afterwards.
    #[must_use]
    pub fn fix(&self) -> Option<Fix> {
        Some(Fix {
            text: self.action.clone(),
            edit: self.edit.clone()?,
        })
    }
}

/// Tries candidates, one with each step.
pub struct Ranking<'a> {
    plan: &'a Plan,
    mesh: &'a Mesh,
    scope: Subject,
    candidates: Vec<Candidate>,
    tried: usize,
    found: Vec<(Gain, Candidate)>,
}

impl<'a> Ranking<'a> {
    /// Begins. `mesh` is that of the plan, and `scope` what is asked about: a
    /// pair, a machine, a site or the whole plan.
    #[must_use]
    pub fn new(plan: &'a Plan, mesh: &'a Mesh, scope: &Subject) -> Self {
        Self {
            plan,
            mesh,
            scope: scope.clone(),
            candidates: candidates(plan, mesh, scope),
            tried: 0,
            found: Vec::new(),
        }
    }

    /// Tries the next candidate; false if there is none left.
    pub fn step(&mut self) -> bool {
        let Some(candidate) = self.candidates.get(self.tried) else {
            return false;
        };
        self.tried += 1;
        if let Some(gain) = gain::gain(self.plan, self.mesh, &self.scope, candidate) {
            self.found.push((gain, candidate.clone()));
        }
        true
    }

    /// How many candidates were tried.
    #[must_use]
    pub fn tried(&self) -> usize {
        self.tried
    }

    /// How many candidates there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.candidates.len()
    }

    /// What was found so far, the best first: pairs of the scope that become
    /// possible, then those that become direct, then all pairs alike, then the
    /// smaller effort, then those that need no relay, then the words.
    #[must_use]
    pub fn best(&self) -> Vec<Improvement> {
        let mut best: Vec<(&Gain, Effort, Improvement)> = self
            .found
            .iter()
            .map(|(gain, candidate)| {
                let improvement = candidate.improvement(self.plan, gain);
                (gain, candidate.effort, improvement)
            })
            .collect();
        crate::sorting::sort_by(
            &mut best,
            |(one, one_effort, one_words), (other, other_effort, other_words)| {
                let more = other.rank().cmp(&one.rank());
                more.then(one_effort.cmp(other_effort))
                    .then(other.without_relay.cmp(&one.without_relay))
                    .then_with(|| one_words.text.cmp(&other_words.text))
            },
        );
        best.into_iter()
            .map(|(_, _, improvement)| improvement)
            .collect()
    }
}

/// Tries all candidates; the best first.
#[must_use]
pub fn improvements(plan: &Plan, mesh: &Mesh, scope: &Subject) -> Vec<Improvement> {
    let mut ranking = Ranking::new(plan, mesh, scope);
    while ranking.step() {}
    ranking.best()
}

impl Candidate {
    fn improvement(&self, plan: &Plan, gain: &Gain) -> Improvement {
        let action = self.action(plan);
        Improvement {
            text: format!("{action}: {}.", gain.words()),
            action,
            edit: self.edit.clone(),
            asks: self.asks.clone(),
            possible: gain.possible,
            direct: gain.direct,
        }
    }

    /// What to do, without a full stop.
    fn action(&self, plan: &Plan) -> String {
        let node = |id: &NodeId| {
            plan.nodes
                .get(id)
                .map_or_else(|| id.to_string(), |node| node.name.to_string())
        };
        let site = |id: &SiteId| {
            plan.sites
                .get(id)
                .map_or_else(|| id.to_string(), |site| site.name.to_string())
        };
        let edit = self.edit.as_ref().map(|edit| edit.words(plan));
        match (edit, &self.asks) {
            (Some(edit), None | Some(Asks::Host(_))) => edit,
            (Some(edit), Some(Asks::Router(_))) => {
                format!("{edit} and give that router a DDNS name")
            }
            (Some(edit), Some(Asks::Ipv6(id))) => {
                format!("{edit} and say the IPv6 address of {}", node(id))
            }
            (None, Some(Asks::Router(id))) => {
                format!(
                    "Say the public address or DNS name of the router at {}",
                    site(id)
                )
            }
            (None, Some(Asks::Host(id))) => {
                format!("Say the public address or DNS name of {}", node(id))
            }
            (None, Some(Asks::Ipv6(id))) => format!("Say the IPv6 address of {}", node(id)),
            (None, None) => String::new(),
        }
    }
}
