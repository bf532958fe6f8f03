//! A proof laid beside the plan that it is of.

use std::rc::Rc;

use crate::editor::proving::unseen;
use crate::editor::report::Report;
use crate::mesh::{Mesh, Verdict as Planned};
use crate::plan::{Form, NodeId, Plan};
use crate::proof::{Target, Verdict};
use crate::ui::session::{Asked, Beyond};

/// A proof with the plan that it is of.
pub struct Proved {
    /// The plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// What was proved.
    pub report: Report,
    /// What does not get through although it should, in the order of the proof.
    pub stops: Vec<Stop>,
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
    /// Lays a proof beside the plan that it is of.
    pub(super) fn new(plan: Rc<Plan>, mesh: Rc<Mesh>, report: Report) -> Self {
        let mut proved = Self {
            plan,
            mesh,
            report,
            stops: Vec::new(),
            counts: ALL.map(|verdict| (verdict, 0)).to_vec(),
        };
        for from in 0..proved.report.names.len() {
            for place in 0..proved.report.targets.len() {
                if let Sign::Verdict(verdict) = proved.sign(from, place) {
                    let mut counts = proved.counts.iter_mut();
                    if let Some((_, count)) = counts.find(|(other, _)| *other == verdict) {
                        *count += 1;
                    }
                    if !verdict.is_through() {
                        proved.stops.push(Stop { from, place });
                    }
                }
            }
        }
        proved
    }

    /// The name of the machine at a place.
    #[must_use]
    pub fn name(&self, place: usize) -> &str {
        self.report.names.get(place).map_or("", String::as_str)
    }

    /// The target at a place.
    #[must_use]
    pub fn target(&self, place: usize) -> Option<Target> {
        self.report.targets.get(place).copied()
    }

    /// What a cell says.
    #[must_use]
    pub fn sign(&self, from: usize, place: usize) -> Sign {
        if self.target(place) == Some(Target::Machine(from)) {
            return Sign::Itself;
        }
        let mark = self.report.mark(from, place);
        match mark.worst() {
            Some(_) if !mark.is_wanted() => Sign::ByChoice,
            Some(verdict) => Sign::Verdict(verdict),
            None => Sign::NotAsked,
        }
    }

    /// Whether the planner says another thing of a cell.
    #[must_use]
    pub fn is_strange(&self, from: usize, place: usize) -> bool {
        // Machines come first among the targets, in their order.
        self.report.contradictions.contains(&(from, place))
    }

    /// What stops a cell, in a sentence.
    #[must_use]
    pub fn trouble(&self, stop: Stop) -> Option<&crate::editor::report::Trouble> {
        let mut troubles = self.report.troubles.iter();
        troubles.find(|trouble| trouble.pairs.contains(&(stop.from, stop.place)))
    }

    /// The machines that a cell names in a word: those that relay, or who has
    /// to speak first. Where the planner agrees, which it does unless the page
    /// says so, that is as planned.
    #[must_use]
    pub fn beside(&self, from: usize, place: usize) -> Option<String> {
        let owner = self.target(place)?.owner();
        match self.sign(from, place) {
            Sign::Verdict(Verdict::Dormant) => Some(self.name(owner).to_owned()),
            Sign::Verdict(Verdict::Via) if !self.is_strange(from, owner) => {
                let pair = self.mesh.pair(from, owner)?;
                let Planned::Relayed(relays) = &pair.verdict else {
                    return None;
                };
                let mut names: Vec<&str> = relays.iter().map(|relay| self.name(*relay)).collect();
                if from != pair.a {
                    names.reverse();
                }
                Some(names.join(" and "))
            }
            _ => None,
        }
    }

    /// A cell in words, such as "nas to pi: via vps".
    #[must_use]
    pub fn label(&self, from: usize, place: usize) -> String {
        let Some(target) = self.target(place) else {
            return String::new();
        };
        let between = self.between(from, target);
        let what = match self.sign(from, place) {
            Sign::Itself => "the machine itself",
            Sign::NotAsked => match self.unseen(from, target) {
                Some(name) => {
                    return format!("{between}: not provable, {name} writes its own file");
                }
                None => "not asked for",
            },
            Sign::ByChoice => "off by choice",
            Sign::Verdict(verdict) => match (verdict, self.beside(from, place)) {
                (Verdict::Via, Some(relays)) => return format!("{between}: via {relays}"),
                (Verdict::Dormant, Some(who)) => {
                    return format!("{between}: once {who} has spoken");
                }
                (verdict, _) => words(verdict),
            },
        };
        format!("{between}: {what}")
    }

    /// The end of a cell whose file nobody knows here.
    fn unseen(&self, from: usize, target: Target) -> Option<&str> {
        let ends = [from, target.owner()].map(|place| self.id(place));
        let mut unseen = unseen(&self.mesh);
        let node = unseen.find(|node| ends.contains(&Some(&node.id)))?;
        Some(node.name.as_str())
    }

    /// Both ends of a cell, such as "nas to pi".
    #[must_use]
    pub fn between(&self, from: usize, target: Target) -> String {
        format!("{} to {}", self.name(from), self.target_words(target))
    }

    /// A target in a word.
    #[must_use]
    pub fn target_name(&self, target: Target) -> String {
        target.name(|machine| self.name(machine))
    }

    /// A target in words that say whose it is.
    #[must_use]
    pub fn target_words(&self, target: Target) -> String {
        let name = self.target_name(target);
        match target {
            Target::Machine(_) => name,
            Target::Lan(owner, _) => format!("{name} behind {}", self.name(owner)),
            Target::Internet(owner, _) => format!("{name} by way of {}", self.name(owner)),
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
        let mut targets = self.report.targets.iter();
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

/// A verdict in a word or two.
#[must_use]
pub fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Direct => "direct",
        Verdict::Via => "relayed",
        Verdict::Dormant => "once it has spoken",
        Verdict::Asleep => "asleep",
        Verdict::OneWay => "one way",
        Verdict::Broken => "broken",
    }
}
