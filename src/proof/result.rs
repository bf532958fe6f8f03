//! What comes out: a verdict for every ordered pair, in each family.

use crate::plan::Family;

use super::fault::{Cause, Fault};
use super::step::{Step, StepKind, Trace};
use super::target::{Destination, Target};
use super::walk::step;
use super::world::{Machine, World};

/// The most machines whose pairs are proved at once: some six million, which
/// take half a gigabyte and ten seconds.
pub const MOST_MACHINES: usize = 2_500;

/// What becomes of packets from one machine to a target, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// They arrive without another machine in between, and are answered.
    Direct,
    /// They arrive over other machines, and are answered.
    Via,
    /// They arrive once the sleeping end has spoken, which it may do when it likes.
    Dormant,
    /// They would arrive once a machine has spoken that must not sleep.
    Asleep,
    /// They arrive, and the answer does not come back.
    OneWay,
    /// They do not arrive.
    Broken,
}

impl Verdict {
    /// Its word in the JSON of the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Via => "via",
            Self::Dormant | Self::Asleep => "dormant",
            Self::OneWay => "one-way",
            Self::Broken => "broken",
        }
    }

    /// Whether it counts as through.
    #[must_use]
    pub fn is_through(self) -> bool {
        matches!(self, Self::Direct | Self::Via | Self::Dormant)
    }
}

/// What becomes of packets of one family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// In a word.
    pub verdict: Verdict,
    /// The machines in between, in order.
    pub via: Box<[usize]>,
    /// Who has to speak first.
    pub sleeper: Option<usize>,
    /// What is wrong.
    pub fault: Option<Box<Fault>>,
}

/// What becomes of packets from one machine to a target, in IPv4 and IPv6.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    families: [Option<Outcome>; 2],
}

impl Cell {
    /// The outcome in one family; `None` if that is not carried there.
    #[must_use]
    pub fn family(&self, family: Family) -> Option<&Outcome> {
        let [four, six] = &self.families;
        match family {
            Family::V4 => four.as_ref(),
            Family::V6 => six.as_ref(),
        }
    }

    /// The worst outcome; `None` for a machine and itself, and where nothing is asked for.
    #[must_use]
    pub fn worst(&self) -> Option<&Outcome> {
        let outcomes = self.families.iter().flatten();
        // Of two that are alike the first, which is IPv4.
        outcomes.rev().max_by_key(|outcome| outcome.verdict)
    }
}

/// The proof of a whole mesh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The machines' names in their order.
    pub names: Vec<String>,
    /// The paths of each machine's config and kernel settings.
    pub paths: Vec<[Option<String>; 2]>,
    /// What is asked for: machines in their order, then LANs, then exits.
    pub targets: Vec<Target>,
    /// A row for each machine, with a cell for each target.
    pub cells: Vec<Cell>,
}

/// How many pairs get through, of those that should.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ordered pairs of machines that should talk.
    pub pairs: usize,
    /// Those that get through, asleep or not.
    pub through: usize,
    /// Those of them that get through once an end has spoken.
    pub dormant: usize,
    /// Who that is.
    pub sleepers: Vec<usize>,
    /// Ways from a machine into a LAN or to an exit.
    pub further: usize,
    /// Those of them that get through.
    pub further_through: usize,
}

impl Tally {
    /// Whether everything gets through.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.pairs == self.through && self.further == self.further_through
    }
}

impl Proof {
    /// The cell of a machine and a target, by their places.
    #[must_use]
    pub fn cell(&self, from: usize, target: usize) -> Option<&Cell> {
        if target >= self.targets.len() {
            return None;
        }
        self.cells.get(from * self.targets.len() + target)
    }

    /// All cells that say something, with their machine and target.
    pub fn asked(&self) -> impl Iterator<Item = (usize, Target, &Cell, &Outcome)> {
        let places = (0..self.names.len()).flat_map(|from| {
            let targets = self.targets.iter().enumerate();
            targets.map(move |(place, target)| (from, place, *target))
        });
        places.filter_map(|(from, place, target)| {
            let cell = self.cell(from, place)?;
            Some((from, target, cell, cell.worst()?))
        })
    }

    /// Counts the pairs that should talk.
    pub fn tally(&self, wanted: impl Fn(usize, Target) -> bool) -> Tally {
        let mut tally = Tally::default();
        for (from, target, _, outcome) in self.asked() {
            if !wanted(from, target) {
                continue;
            }
            let through = usize::from(outcome.verdict.is_through());
            if matches!(target, Target::Machine(_)) {
                tally.pairs += 1;
                tally.through += through;
                if outcome.verdict == Verdict::Dormant {
                    tally.dormant += 1;
                    tally.sleepers.extend(outcome.sleeper);
                }
            } else {
                tally.further += 1;
                tally.further_through += through;
            }
        }
        tally.sleepers = crate::sorting::distinct(tally.sleepers);
        tally
    }
}

impl World<'_> {
    /// Proves all pairs.
    #[must_use]
    pub fn prove(&self) -> Proof {
        let targets = self.targets();
        let rows = (0..self.machines.len()).flat_map(|from| self.row(from, &targets));
        let cells = rows.collect();
        self.proof(targets, cells)
    }

    /// A proof of rows that were worked out one by one, in their order.
    #[must_use]
    pub fn proof(&self, targets: Vec<Target>, cells: Vec<Cell>) -> Proof {
        let paths = self.machines.iter().map(|machine| {
            let config = machine.files.map(|files| files.config_path.clone());
            let sysctl = machine.files.and_then(|files| files.sysctl.as_ref());
            [config, sysctl.map(|(path, _)| path.clone())]
        });
        Proof {
            names: self.names().map(str::to_owned).collect(),
            paths: paths.collect(),
            targets,
            cells,
        }
    }

    /// What is asked for, in the order of the proof.
    #[must_use]
    pub fn columns(&self) -> Vec<Target> {
        self.targets()
    }

    /// The cells of one machine.
    pub fn row<'b>(
        &'b self,
        from: usize,
        targets: &'b [Target],
    ) -> impl Iterator<Item = Cell> + 'b {
        targets.iter().map(move |target| self.cell(from, *target))
    }

    fn cell(&self, from: usize, target: Target) -> Cell {
        if !self.asks_for(from, target) {
            return Cell::default();
        }
        let trace = &mut Trace::none();
        let families = Family::BOTH.map(|family| self.outcome(from, target, family, trace));
        if families.iter().any(Option::is_some) {
            return Cell { families };
        }
        Cell {
            families: [Some(broken(self.why_apart(from, target))), None],
        }
    }

    /// Why two machines have no family in common.
    fn why_apart(&self, from: usize, target: Target) -> Fault {
        let up = |place: usize| self.machines.get(place).is_some_and(Machine::is_up);
        let owner = target.owner();
        if !up(from) {
            self.why_down(from)
        } else if !up(owner) {
            self.why_down(owner)
        } else {
            self.fault(from, None, Cause::NoCommonFamily(owner))
        }
    }

    /// What becomes of packets of a family; `None` if an end does not have it.
    fn outcome(
        &self,
        from: usize,
        target: Target,
        family: Family,
        trace: &mut Trace<'_>,
    ) -> Option<Outcome> {
        let (source, _) = self.machines.get(from)?.address(family)?;
        let owner = target.owner();
        let to = match target {
            Target::Machine(machine) => {
                let (address, _) = self.machines.get(machine)?.address(family)?;
                Destination::Address(address)
            }
            Target::Lan(_, net) => Destination::Lan(net),
            Target::Internet(_, family) => Destination::Internet(family),
        };
        if to.family() != family {
            return None;
        }
        if let Some(down) = [from, owner]
            .into_iter()
            .find(|place| self.machines.get(*place).is_some_and(|one| !one.is_up()))
        {
            let fault = self.why_down(down);
            trace.note(|| step(down, None, StepKind::Stops(fault.clone())));
            return Some(broken(fault));
        }
        let walked = match self.walk(from, source, (owner, to), trace) {
            Ok(walked) => walked,
            Err(fault) => {
                trace.note(|| stops(&fault));
                return Some(broken(fault));
            }
        };
        let between = walked.path.get(1..walked.path.len() - 1);
        let mut outcome = Outcome {
            verdict: Verdict::Direct,
            via: between.unwrap_or_default().into(),
            sleeper: None,
            fault: None,
        };
        if let Err(fault) = self.answers(&walked.path, source, to, trace) {
            trace.note(|| stops(&fault));
            outcome.verdict = Verdict::OneWay;
            outcome.fault = Some(Box::new(fault));
        } else if let Some((sleeper, fault)) = walked.sleeper {
            outcome.sleeper = Some(sleeper);
            outcome.verdict = if fault.is_some() {
                Verdict::Asleep
            } else {
                Verdict::Dormant
            };
            outcome.fault = fault.map(Box::new);
        } else if !outcome.via.is_empty() {
            outcome.verdict = Verdict::Via;
        }
        Some(outcome)
    }

    /// The way of a packet step by step, and of its answer.
    #[must_use]
    pub fn steps(&self, from: usize, target: Target, family: Family) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut trace = Trace {
            steps: Some(&mut steps),
        };
        let outcome = self
            .asks_for(from, target)
            .then(|| self.outcome(from, target, family, &mut trace));
        if outcome.is_some_and(|outcome| outcome.is_none()) {
            steps.push(stops(&self.why_apart(from, target)));
        }
        steps
    }
}

fn broken(fault: Fault) -> Outcome {
    Outcome {
        verdict: Verdict::Broken,
        via: Box::default(),
        sleeper: None,
        fault: Some(Box::new(fault)),
    }
}

fn stops(fault: &Fault) -> Step {
    Step {
        machine: fault.machine,
        line: fault.line,
        kind: StepKind::Stops(fault.clone()),
    }
}
