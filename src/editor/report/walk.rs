//! The way of one packet in words, step by step.

use crate::plan::Family;
use crate::proof::{Proof, Step, Verdict, World};

use super::FileLine;

/// The way of packets from one machine to a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The place of the machine.
    pub from: usize,
    /// The place of the target.
    pub target: usize,
    /// What becomes of them in each family that is carried.
    pub ways: Vec<Way>,
}

/// What becomes of packets in one family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The family.
    pub family: Family,
    /// In a word.
    pub verdict: Verdict,
    /// In a sentence or two.
    pub why: String,
    /// Step by step.
    pub steps: Vec<Said>,
}

/// Something that is said about a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The machine.
    pub machine: usize,
    /// The line that it follows, if a file has one.
    pub place: Option<FileLine>,
    /// What is said.
    pub text: String,
}

impl Walk {
    /// Walks from a machine to a target of a proof, both by their places.
    #[must_use]
    pub fn new(world: &World<'_>, proof: &Proof, from: usize, target: usize) -> Self {
        let mut walk = Self {
            from,
            target,
            ways: Vec::new(),
        };
        let Some(asked) = proof.targets.get(target) else {
            return walk;
        };
        let Some(cell) = world.row(from, std::slice::from_ref(asked)).next() else {
            return walk;
        };
        let say = |step: Step| Said {
            machine: step.machine,
            place: step
                .line
                .and_then(|line| FileLine::of(proof, step.machine, line)),
            text: proof.say(&step),
        };
        for family in Family::BOTH {
            if let Some(outcome) = cell.family(family) {
                let steps = world.steps(from, *asked, family);
                walk.ways.push(Way {
                    family,
                    verdict: outcome.verdict,
                    why: proof.why(from, *asked, outcome),
                    steps: steps.into_iter().map(say).collect(),
                });
            }
        }
        walk
    }
}
