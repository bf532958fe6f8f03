//! The way of one packet in words, step by step.

use crate::plan::Family;
use crate::proof::{Proof, Step, StepKind, Verdict, World};

use super::FileLine;
use crate::editor::proving::{ProjectFiles, Quote};

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

/// What a step does on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It leads on.
    Goes,
    /// The packet has arrived; what follows is its answer.
    Arrives,
    /// It ends here.
    Stops,
}

/// Something that is said about a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The machine.
    pub machine: usize,
    /// What the step does.
    pub part: Part,
    /// The line itself.
    pub quote: Option<Quote>,
    /// The line that it follows, if a file has one.
    pub place: Option<FileLine>,
    /// What is said.
    pub text: String,
}

impl Walk {
    /// Walks from a machine to a target of a proof, both by their places.
    #[must_use]
    pub fn new(
        files: &ProjectFiles,
        world: &World<'_>,
        proof: &Proof,
        (from, target): (usize, usize),
    ) -> Self {
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
            part: match step.kind {
                StepKind::Delivered(_) => Part::Arrives,
                StepKind::Stops(_) => Part::Stops,
                _ => Part::Goes,
            },
            quote: step
                .line
                .and_then(|line| files.quote(proof.name(step.machine), line)),
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
