//! The prover: it takes requests one after the other and proves the open
//! project in steps, so that it can run in a worker or beside the page's work.
//!
//! A newer request to prove makes the one before obsolete, which is noticed
//! between two steps. Between proofs the prover keeps the machines with their
//! files, so that the way of a single packet is answered at once.

mod inbox;
mod wire;

use std::rc::Rc;

use crate::keyring::Keyring;
use crate::mesh::{Mesh, solve};
use crate::plan::{NodeId, PairKey, Plan};

pub use inbox::Inbox;

use super::proving::{ReadBefore, Reading};
use super::report::{Report, Walk};

/// What a prover is asked for.
pub enum Request {
    /// From now on these are the project's keys.
    Keys(Rc<Keyring>),
    /// Prove the files of a plan.
    Prove {
        /// Names the proof; a later one has a larger number.
        number: u32,
        /// The plan.
        plan: Rc<Plan>,
        /// What follows from it, if that is at hand.
        mesh: Option<Rc<Mesh>>,
    },
    /// Say how packets go from a machine to a target.
    Walk {
        /// The proof that is meant.
        number: u32,
        /// The place of the machine.
        from: usize,
        /// The place of the target.
        target: usize,
    },
}

/// What a prover says. The number is that of the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// So much is done.
    Progress {
        /// The number.
        number: u32,
        /// Steps that are done.
        done: usize,
        /// All steps.
        of: usize,
    },
    /// The proof.
    Proved(u32, Report),
    /// There is no proof, for the reason given.
    Failed(u32, String),
    /// The way of packets that was asked for.
    Walked(u32, Walk),
}

impl Answer {
    /// The proof that it is about.
    #[must_use]
    pub fn number(&self) -> u32 {
        match self {
            Self::Progress { number, .. }
            | Self::Proved(number, _)
            | Self::Failed(number, _)
            | Self::Walked(number, _) => *number,
        }
    }
}

/// What a prover keeps from one proof to the next.
#[derive(Default)]
struct Kept {
    keyring: Rc<Keyring>,
    /// How many of its keys only stand in for others.
    stand_ins: usize,
    before: ReadBefore,
}

/// A proof that is asked for.
struct Job {
    number: u32,
    plan: Rc<Plan>,
    mesh: Option<Rc<Mesh>>,
}

/// Answers requests for ever. `breathe` is called between steps: it may let
/// other work go on, and answers whether it has.
pub async fn serve(inbox: Inbox, breathe: impl AsyncFn() -> bool, say: impl Fn(Answer)) {
    let mut kept = Kept::default();
    let mut request = inbox.next().await;
    loop {
        request = match request {
            Request::Keys(keyring) => {
                (kept.keyring, kept.stand_ins) = (keyring, 0);
                inbox.next().await
            }
            // It is about a proof that is gone.
            Request::Walk { .. } => inbox.next().await,
            Request::Prove { .. } if inbox.has_newer() => inbox.next().await,
            Request::Prove { number, plan, mesh } => {
                let job = Job { number, plan, mesh };
                prove(&job, &mut kept, &inbox, &breathe, &say).await
            }
        };
    }
}

/// Proves a plan and answers for its packets until something else is asked for.
async fn prove(
    job: &Job,
    kept: &mut Kept,
    inbox: &Inbox,
    breathe: &impl AsyncFn() -> bool,
    say: &impl Fn(Answer),
) -> Request {
    let number = job.number;
    let mesh = job
        .mesh
        .clone()
        .unwrap_or_else(|| Rc::new(solve(&job.plan)));
    let machines = mesh.nodes.len();
    // Pauses, says how far it is, and answers whether this proof is obsolete.
    let is_obsolete = async |done| {
        if !breathe().await {
            return false;
        }
        let obsolete = inbox.has_newer();
        if !obsolete {
            let of = 2 * machines;
            say(Answer::Progress { number, done, of });
        }
        obsolete
    };
    for node in mesh.nodes_with_keys() {
        kept.stand_in([node], []);
        if is_obsolete(0).await {
            return inbox.next().await;
        }
    }
    kept.stand_in([], mesh.pairs_with_preshared_keys());
    let mut reading = match Reading::begin(&mesh, &kept.keyring, &mut kept.before) {
        Ok(reading) => reading,
        Err(problem) => {
            say(Answer::Failed(number, problem.to_string()));
            return inbox.next().await;
        }
    };
    for done in 0..machines {
        reading.step();
        if is_obsolete(done).await {
            return inbox.next().await;
        }
    }
    let files = reading.finish();
    let world = files.world(&job.plan);
    let targets = world.columns();
    let mut cells = Vec::with_capacity(machines * targets.len());
    for from in 0..world.names().count() {
        if is_obsolete(machines + from).await {
            return inbox.next().await;
        }
        cells.extend(world.row(from, &targets));
    }
    let mut proof = world.proof(targets, cells);
    say(Answer::Proved(
        number,
        Report::new(&mesh, &proof, kept.stand_ins),
    ));
    // What follows needs its words alone.
    proof.cells = Vec::new();
    loop {
        match inbox.next().await {
            Request::Walk {
                number: meant,
                from,
                target,
            } => {
                if meant == number {
                    say(Answer::Walked(
                        number,
                        Walk::new(&files, &world, &proof, (from, target)),
                    ));
                }
            }
            other => return other,
        }
    }
}

impl Kept {
    /// Puts keys in place of those that are not made yet: the way of packets
    /// does not depend on their values.
    fn stand_in(
        &mut self,
        nodes: impl IntoIterator<Item = NodeId>,
        pairs: impl IntoIterator<Item = PairKey>,
    ) {
        let count = &mut self.stand_ins;
        let mut counted = |bytes: &mut [u8; 32]| {
            *count += 1;
            // Repeated, because a private key loses some of its bits.
            let counted = (*count as u64).to_le_bytes().into_iter().cycle();
            for (byte, counted) in bytes.iter_mut().zip(counted) {
                *byte = counted;
            }
            Ok(())
        };
        let keyring = Rc::make_mut(&mut self.keyring);
        // It fails only with its source, and this one never does.
        let _ = keyring.make_missing(nodes, pairs, &mut counted);
    }
}

#[cfg(test)]
mod tests;
