//! A proof laid beside what the plan wants.

use std::rc::Rc;

use crate::editor::proving::{contradictions, is_wanted, tally};
use crate::mesh::Mesh;
use crate::plan::{Form, NodeId, Plan};
use crate::proof::{Proof, Tally, Target, Verdict};
use crate::ui::session::{Asked, Beyond};

use super::Job;

/// A proof with the plan that it is of.
pub struct Proved {
    /// The plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// The proof.
    pub proof: Proof,
    /// What gets through of what the plan wants.
    pub tally: Tally,
    /// What does not, in the order of the proof.
    pub stops: Vec<Stop>,
    /// Where the planner says another thing, by the places of both machines.
    pub contradictions: Vec<(usize, usize)>,
    /// How many cells say what, of those that are wanted.
    pub counts: Vec<(Verdict, usize)>,
}

/// Something that the plan wants and that does not get through, by the places
/// of the machine and of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// From where.
    pub from: usize,
    /// To what.
    pub place: usize,
}

/// All verdicts, the best first.
const ALL: [Verdict; 6] = [
    Verdict::Direct,
    Verdict::Via,
    Verdict::Dormant,
    Verdict::Asleep,
    Verdict::OneWay,
    Verdict::Broken,
];

/// What a cell of the matrix says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A machine and itself.
    Itself,
    /// The machine does not ask for it, for instance since it stands in that LAN.
    NotAsked,
    /// The plan does not want it.
    ByChoice,
    /// What becomes of packets.
    Verdict(Verdict),
}

impl Proved {
    /// Lays a proof beside what the plan wants.
    pub(super) fn new(job: &Job, proof: Proof) -> Self {
        let (plan, mesh) = (Rc::clone(&job.plan), Rc::clone(&job.mesh));
        let mut stops = Vec::new();
        let mut counts = ALL.map(|verdict| (verdict, 0)).to_vec();
        for from in 0..proof.names.len() {
            for (place, target) in proof.targets.iter().enumerate() {
                let outcome = proof.cell(from, place).and_then(|cell| cell.worst());
                let Some(outcome) = outcome.filter(|_| is_wanted(&mesh, from, *target)) else {
                    continue;
                };
                let verdict = outcome.verdict;
                if let Some((_, count)) = counts.iter_mut().find(|(other, _)| *other == verdict) {
                    *count += 1;
                }
                if !verdict.is_through() {
                    stops.push(Stop { from, place });
                }
            }
        }
        Self {
            tally: tally(&mesh, &proof),
            contradictions: contradictions(&mesh, &proof),
            plan,
            mesh,
            proof,
            stops,
            counts,
        }
    }

    /// Whether the planner says another thing of a cell.
    #[must_use]
    pub fn is_strange(&self, from: usize, place: usize) -> bool {
        // Machines come first among the targets, in their order.
        self.contradictions.contains(&(from, place))
    }

    /// The target at a place.
    #[must_use]
    pub fn target(&self, place: usize) -> Option<Target> {
        self.proof.targets.get(place).copied()
    }

    /// What a cell says.
    #[must_use]
    pub fn sign(&self, from: usize, place: usize) -> Sign {
        let Some(target) = self.target(place) else {
            return Sign::NotAsked;
        };
        if target == Target::Machine(from) {
            return Sign::Itself;
        }
        let cell = self.proof.cell(from, place);
        match cell.and_then(|cell| cell.worst()) {
            Some(_) if !is_wanted(&self.mesh, from, target) => Sign::ByChoice,
            Some(outcome) => Sign::Verdict(outcome.verdict),
            None => Sign::NotAsked,
        }
    }

    /// The machines that a cell names in a word: those that relay, or who has
    /// to speak first.
    #[must_use]
    pub fn beside(&self, from: usize, place: usize) -> Option<String> {
        let outcome = self.proof.cell(from, place)?.worst()?;
        let name = |place: &usize| self.proof.name(*place);
        match outcome.verdict {
            Verdict::Via => {
                let names: Vec<&str> = outcome.via.iter().map(name).collect();
                Some(names.join(" and "))
            }
            Verdict::Dormant | Verdict::Asleep => {
                outcome.sleeper.as_ref().map(name).map(str::to_owned)
            }
            Verdict::Direct | Verdict::OneWay | Verdict::Broken => None,
        }
    }

    /// A cell in words, such as "nas to pi: via vps".
    #[must_use]
    pub fn label(&self, from: usize, place: usize) -> String {
        let Some(target) = self.target(place) else {
            return String::new();
        };
        let beside = self.beside(from, place).unwrap_or_default();
        let what = match self.sign(from, place) {
            Sign::Itself => "the machine itself".to_owned(),
            Sign::NotAsked => "not asked for".to_owned(),
            Sign::ByChoice => "off by choice".to_owned(),
            Sign::Verdict(Verdict::Direct) => "direct".to_owned(),
            Sign::Verdict(Verdict::Via) => format!("via {beside}"),
            Sign::Verdict(Verdict::Dormant) => format!("once {beside} has spoken"),
            Sign::Verdict(Verdict::Asleep) => {
                format!("asleep, although {beside} must be reachable")
            }
            Sign::Verdict(Verdict::OneWay) => "one way, no answer comes back".to_owned(),
            Sign::Verdict(Verdict::Broken) => "broken".to_owned(),
        };
        format!("{}: {what}", self.between(from, target))
    }

    /// Both ends of a cell, such as "nas to pi".
    #[must_use]
    pub fn between(&self, from: usize, target: Target) -> String {
        let (from, to) = (self.proof.name(from), self.target_words(target));
        format!("{from} to {to}")
    }

    /// A target in words that say whose it is.
    #[must_use]
    pub fn target_words(&self, target: Target) -> String {
        let name = self.proof.target_name(target);
        match target {
            Target::Machine(_) => name,
            Target::Lan(owner, _) => format!("{name} behind {}", self.proof.name(owner)),
            Target::Internet(owner, _) => format!("{name} by way of {}", self.proof.name(owner)),
        }
    }

    /// The identity of the machine at a place.
    #[must_use]
    pub fn id(&self, place: usize) -> Option<&NodeId> {
        self.mesh.nodes.get(place).map(|node| &node.id)
    }

    /// What the machine at a place looks like.
    #[must_use]
    pub fn form(&self, place: usize) -> Option<Form> {
        let node = self.plan.nodes.get(self.id(place)?);
        node.map(|node| node.form)
    }

    /// The cell that a person asks about, by the places of the machine and of
    /// the target.
    #[must_use]
    pub fn find(&self, asked: &Asked) -> Option<(usize, usize)> {
        let from = self.mesh.position(&asked.from)?;
        let owner = self.mesh.position(&asked.owner)?;
        let target = match asked.beyond {
            Beyond::Itself => Target::Machine(owner),
            Beyond::Lan(net) => Target::Lan(owner, net),
            Beyond::Internet(family) => Target::Internet(owner, family),
        };
        let mut targets = self.proof.targets.iter();
        let place = targets.position(|found| *found == target)?;
        Some((from, place))
    }

    /// A cell in terms that outlive edits.
    #[must_use]
    pub fn ask(&self, from: usize, place: usize) -> Option<Asked> {
        let target = self.target(place)?;
        Some(Asked {
            from: self.id(from)?.clone(),
            owner: self.id(target.owner())?.clone(),
            beyond: match target {
                Target::Machine(_) => Beyond::Itself,
                Target::Lan(_, net) => Beyond::Lan(net),
                Target::Internet(_, family) => Beyond::Internet(family),
            },
        })
    }
}
