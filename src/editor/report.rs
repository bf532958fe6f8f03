//! What the page shows of a proof, in a form that passes between threads: a
//! mark for each machine and target, and in words what is wrong.
//!
//! A [`Proof`] of 300 machines holds 90,000 outcomes with their faults. A
//! report holds a byte for each, and the words only where something is wrong.
//! The way of one packet follows when somebody asks for it, as a [`Walk`].

mod bytes;
mod walk;

use litemap::LiteMap;

use crate::mesh::Mesh;
use crate::plan::Family;
use crate::proof::{Cell, Line, Outcome, Proof, Tally, Target, Verdict};

use super::proving::{contradictions, is_wanted, tally};

pub(super) use bytes::{Reader, Writer};
pub use walk::{Part, Said, Walk, Way};

/// So many troubles are told apart; what is beyond them is counted.
const TOLD: usize = 200;

/// A proof as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The machines' names in their order.
    pub names: Vec<String>,
    /// What is asked for: machines in their order, then LANs, then exits.
    pub targets: Vec<Target>,
    /// A row for each machine, with a mark for each target.
    pub marks: Vec<Mark>,
    /// How many pairs get through, of those that the plan wants.
    pub tally: Tally,
    /// What keeps them from it.
    pub troubles: Vec<Trouble>,
    /// How many pairs more do not get through, for reasons that are not told.
    pub untold: usize,
    /// The pairs of machines, by their places, of which the planner says
    /// another thing. That is a fault of Meshwright.
    pub contradictions: Vec<(usize, usize)>,
    /// How many keys stood in for keys that are not made yet.
    pub stand_ins: usize,
}

/// What became of packets from one machine to a target, in a byte: the verdict
/// in each family, and whether the plan wants them to get through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark(u8);

const VERDICTS: [Verdict; 6] = [
    Verdict::Direct,
    Verdict::Via,
    Verdict::Dormant,
    Verdict::Asleep,
    Verdict::OneWay,
    Verdict::Broken,
];
const WANTED: u8 = 1 << 6;

impl Mark {
    fn new(cell: &Cell, wanted: bool) -> Self {
        let [four, six] = Family::BOTH.map(|family| {
            let verdict = cell.family(family).map(|outcome| outcome.verdict);
            let number = (1..).zip(VERDICTS).find(|(_, one)| Some(*one) == verdict);
            number.map_or(0_u8, |(number, _)| number)
        });
        Self(four | six << 3 | if wanted { WANTED } else { 0 })
    }

    /// The verdict in one family; `None` if that is not carried there.
    #[must_use]
    pub fn family(self, family: Family) -> Option<Verdict> {
        let number = match family {
            Family::V4 => self.0 & 7,
            Family::V6 => self.0 >> 3 & 7,
        };
        let place = usize::from(number).checked_sub(1)?;
        VERDICTS.get(place).copied()
    }

    /// The worse of both; `None` where nothing is asked for.
    #[must_use]
    pub fn worst(self) -> Option<Verdict> {
        let verdicts = Family::BOTH.map(|family| self.family(family));
        verdicts.into_iter().flatten().max()
    }

    /// Whether the plan wants packets to get through.
    #[must_use]
    pub fn is_wanted(self) -> bool {
        self.0 & WANTED != 0
    }
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileLine {
    /// The file's path in the archive.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
}

impl FileLine {
    fn of(proof: &Proof, machine: usize, line: Line) -> Option<Self> {
        let path = proof.path(machine, line.which)?.to_owned();
        let line = line.at.line;
        Some(Self { path, line })
    }

    fn is_known(&self) -> bool {
        !self.path.is_empty()
    }
}

/// Where among the troubles a sentence about a line stands.
type Told = LiteMap<(Option<FileLine>, String), usize>;

/// One thing that is wrong, and everyone who suffers from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The machine whose files are to blame.
    pub machine: usize,
    /// The line, if there is one.
    pub place: Option<FileLine>,
    /// What is wrong, in a sentence.
    pub text: String,
    /// Whose packets to which target do not get through, by their places.
    pub pairs: Vec<(usize, usize)>,
}

impl Report {
    /// Sums up a proof of the files of a mesh.
    #[must_use]
    pub fn new(mesh: &Mesh, proof: &Proof, stand_ins: usize) -> Self {
        let mut report = Self {
            names: proof.names.clone(),
            targets: proof.targets.clone(),
            marks: Vec::with_capacity(proof.cells.len()),
            tally: tally(mesh, proof),
            troubles: Vec::new(),
            untold: 0,
            contradictions: contradictions(mesh, proof),
            stand_ins,
        };
        let mut told = Told::new();
        for from in 0..proof.names.len() {
            for (place, target) in proof.targets.iter().enumerate() {
                let Some(cell) = proof.cell(from, place) else {
                    continue;
                };
                let wanted = is_wanted(mesh, from, *target);
                report.marks.push(Mark::new(cell, wanted));
                let outcome = cell.worst().filter(|one| !one.verdict.is_through());
                if let Some(outcome) = outcome.filter(|_| wanted) {
                    report.tell(proof, (from, place), outcome, &mut told);
                }
            }
        }
        report
    }

    /// Adds a pair to the trouble that it has.
    fn tell(&mut self, proof: &Proof, pair: (usize, usize), outcome: &Outcome, told: &mut Told) {
        let Some(fault) = &outcome.fault else {
            self.untold += 1;
            return;
        };
        let place = fault
            .line
            .and_then(|line| FileLine::of(proof, fault.machine, line));
        let key = (place, proof.sentence(fault));
        let known = told
            .get(&key)
            .and_then(|place| self.troubles.get_mut(*place));
        if let Some(trouble) = known {
            trouble.pairs.push(pair);
        } else if self.troubles.len() < TOLD {
            self.troubles.push(Trouble {
                machine: fault.machine,
                place: key.0.clone(),
                text: key.1.clone(),
                pairs: vec![pair],
            });
            told.insert(key, self.troubles.len() - 1);
        } else {
            self.untold += 1;
        }
    }

    /// The mark of a machine and a target, by their places.
    #[must_use]
    pub fn mark(&self, from: usize, target: usize) -> Mark {
        let inside = target < self.targets.len();
        let place = from * self.targets.len() + target;
        let mark = self.marks.get(place).filter(|_| inside);
        mark.copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_holds_what_it_is_made_of() {
        let nothing = Mark::new(&Cell::default(), false);
        assert_eq!(nothing.worst(), None);
        assert!(!nothing.is_wanted());
        assert!(Mark::new(&Cell::default(), true).is_wanted());
        for (number, verdict) in (1..).zip(VERDICTS) {
            let mark = Mark(number | 1 << 3);
            assert_eq!(mark.family(Family::V4), Some(verdict));
            assert_eq!(mark.family(Family::V6), Some(Verdict::Direct));
            assert_eq!(mark.worst(), Some(verdict));
            let mark = Mark(number << 3);
            assert_eq!(mark.family(Family::V4), None);
            assert_eq!(mark.family(Family::V6), Some(verdict));
        }
    }
}
