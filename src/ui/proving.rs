//! The proof of the open plan, kept up with every edit without being felt.
//!
//! It runs on the files as they would be handed over. Keys that have not been
//! made yet are stood in for by others, which nothing shows and nothing stores:
//! a verdict does not depend on which keys two machines have.

mod here;
mod proved;

use std::rc::Rc;

use yew::prelude::*;

use crate::keyring::Keyring;
use crate::mesh::Mesh;
use crate::plan::Plan;

use super::session::{Action, Dispatch, Keys, Session};

pub use here::{Prover, Taken};
pub use proved::{Proved, Sign, Stop};

/// How far the proof of the open plan is.
#[derive(Clone)]
pub enum Proving {
    /// It runs, or is about to.
    Running {
        /// How much is done in percent, once that is worth saying.
        percent: Option<u32>,
        /// The last proof, which is not of this plan any more.
        before: Option<Rc<Proved>>,
    },
    /// It is there.
    Done(Rc<Proved>),
    /// There can be none, for the reason given.
    Failed(AttrValue),
}

impl PartialEq for Proving {
    fn eq(&self, other: &Self) -> bool {
        let same = |one: &Option<Rc<Proved>>, other: &Option<Rc<Proved>>| {
            one.as_ref().map(Rc::as_ptr) == other.as_ref().map(Rc::as_ptr)
        };
        match (self, other) {
            (
                Self::Running { percent, before },
                Self::Running {
                    percent: other_percent,
                    before: other_before,
                },
            ) => percent == other_percent && same(before, other_before),
            (Self::Done(one), Self::Done(other)) => Rc::ptr_eq(one, other),
            (Self::Failed(one), Self::Failed(other)) => one == other,
            _ => false,
        }
    }
}

impl Proving {
    /// Before anything has been proved.
    pub const BEGIN: Self = Self::Running {
        percent: None,
        before: None,
    };

    /// The proof, if it is of the open plan.
    #[must_use]
    pub fn done(&self) -> Option<&Rc<Proved>> {
        match self {
            Self::Done(proved) => Some(proved),
            Self::Running { .. } | Self::Failed(_) => None,
        }
    }

    /// The proof, or the one before it while it runs.
    #[must_use]
    pub fn latest(&self) -> Option<&Rc<Proved>> {
        match self {
            Self::Done(proved) => Some(proved),
            Self::Running { before, .. } => before.as_ref(),
            Self::Failed(_) => None,
        }
    }

    /// The same after an edit: what was proved is not of this plan any more.
    #[must_use]
    pub fn again(&self) -> Self {
        Self::Running {
            percent: None,
            before: self.latest().cloned(),
        }
    }
}

/// What a run is about.
#[derive(Clone)]
pub struct Job {
    /// The plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// Its keys, as far as they are made.
    pub keyring: Rc<Keyring>,
}

/// What a run has to say.
pub enum Report {
    /// How much is done in percent.
    Percent(u32),
    /// The proof.
    Done(Rc<Proved>),
    /// Why there is none.
    Failed(String),
}

impl Job {
    /// Whether nothing has changed that a proof depends on.
    fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.mesh, &other.mesh) && Rc::ptr_eq(&self.keyring, &other.keyring)
    }
}

impl PartialEq for Job {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other)
    }
}

/// Proves the open plan after every edit, once the edit is painted.
#[hook]
pub(super) fn use_proof(session: &Rc<Session>, dispatch: &Dispatch) -> Prover {
    let prover = (*use_memo((), |()| Prover::default())).clone();
    let keyring = use_memo(session.keys.clone(), |keys| match keys {
        Keys::Ready(secrets) => Some(Rc::clone(&secrets.0)),
        // The store answers in a moment.
        Keys::Loading => None,
        Keys::Ask | Keys::Failed(_) => Some(Rc::default()),
    });
    let job = keyring.as_ref().as_ref().map(|keyring| Job {
        plan: Rc::clone(session.editor.plan()),
        mesh: Rc::clone(session.editor.mesh()),
        keyring: Rc::clone(keyring),
    });
    let (runner, dispatch) = (prover.clone(), dispatch.clone());
    use_effect_with(job, move |job| {
        if let Some(job) = job {
            let report = move |report| dispatch.dispatch(Action::Proof(report));
            runner.start(job.clone(), report);
        }
    });
    prover
}
