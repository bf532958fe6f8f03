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
use crate::plan::Plan;

pub use inbox::Inbox;

use super::proving::{ProjectFiles, ReadBefore};
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
    /// So many machines are done.
    Progress {
        /// The number.
        number: u32,
        /// Machines that are done.
        done: usize,
        /// All machines.
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
    let mesh = job.mesh.clone().unwrap_or_else(|| Rc::new(solve(&job.plan)));
    kept.stand_in(&mesh);
    breathe().await;
    let files = match ProjectFiles::read(&mesh, &kept.keyring, &mut kept.before) {
        Ok(files) => files,
        Err(problem) => {
            say(Answer::Failed(number, problem.to_string()));
            return inbox.next().await;
        }
    };
    breathe().await;
    let world = files.world(&job.plan);
    let targets = world.columns();
    let of = world.names().count();
    let mut cells = Vec::with_capacity(of * targets.len());
    for from in 0..of {
        if breathe().await {
            if inbox.has_newer() {
                return inbox.next().await;
            }
            let done = from;
            say(Answer::Progress { number, done, of });
        }
        cells.extend(world.row(from, &targets));
    }
    let mut proof = world.proof(targets, cells);
    say(Answer::Proved(number, Report::new(&mesh, &proof, kept.stand_ins)));
    // What follows needs its words alone.
    proof.cells = Vec::new();
    loop {
        match inbox.next().await {
            Request::Walk { number: meant, from, target } => {
                if meant == number {
                    say(Answer::Walked(number, Walk::new(&world, &proof, from, target)));
                }
            }
            other => return other,
        }
    }
}

impl Kept {
    /// Puts keys in place of those that are not made yet: the way of packets
    /// does not depend on their values.
    fn stand_in(&mut self, mesh: &Mesh) {
        let mut keyring = self.keyring.as_ref().clone();
        let mut count = self.stand_ins;
        let made = keyring.make_missing(
            mesh.nodes_with_keys(),
            mesh.pairs_with_preshared_keys(),
            &mut |bytes| {
                count += 1;
                // Repeated, because a private key loses some of its bits.
                let counted = (count as u64).to_le_bytes().into_iter().cycle();
                for (byte, counted) in bytes.iter_mut().zip(counted) {
                    *byte = counted;
                }
                Ok(())
            },
        );
        if made.is_ok_and(|made| made > 0) {
            self.keyring = Rc::new(keyring);
            self.stand_ins = count;
        }
    }
}

#[cfg(test)]
mod tests;
