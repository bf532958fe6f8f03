//! The proof of the open project, made anew after every change of it.
//!
//! It never stands in the way of an edit: small plans are proved beside the
//! page's own work once the edit is painted, large ones in a worker. Components
//! see a [`Proving`] and know nothing of that.

mod engine;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser::frame::{self, Slices};
use crate::browser::worker;
use crate::editor::prover::{Answer, Inbox, Request, serve};
use crate::editor::report::{Report, Walk};
use crate::keyring::Keyring;
use crate::mesh::Mesh;

use super::session::{Keys, Session};

use engine::Engine;

/// How long a worker works in one go, in milliseconds. It only has to hear of
/// newer requests in between.
const SLICE: f64 = 40.0;

/// The proof as far as it is there.
#[derive(Clone, PartialEq)]
pub struct Proving {
    /// What goes on.
    pub phase: Phase,
    /// The newest proof; while the next one is made, that of the plan before.
    pub report: Option<Same<Report>>,
    /// The way of packets that was asked for last, in that proof.
    pub walk: Option<Same<Walk>>,
    /// Asks for the way of packets from a machine to a target, by their places.
    pub on_ask: Callback<(usize, usize)>,
}

/// What goes on with the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// So many machines of so many are done.
    Running(usize, usize),
    /// It is there.
    Done,
    /// There is none, and why.
    Failed(AttrValue),
}

impl Phase {
    /// Its name, on which the page's own tests wait.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Running(..) => "running",
            Self::Done => "done",
            Self::Failed(_) => "failed",
        }
    }
}

/// Something large that only equals itself.
#[derive(Debug)]
pub struct Same<T>(pub Rc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What [`use_proving`] remembers.
#[derive(Clone, PartialEq)]
struct State {
    number: u32,
    phase: Phase,
    report: Option<Same<Report>>,
    walk: Option<Same<Walk>>,
}

/// What happens to it.
enum Heard {
    /// A proof with this number begins.
    Began(u32),
    /// The prover says something.
    Answer(Answer),
}

impl Reducible for State {
    type Action = Heard;

    fn reduce(self: Rc<Self>, heard: Heard) -> Rc<Self> {
        let mut next = self.as_ref().clone();
        match heard {
            Heard::Began(number) => {
                (next.number, next.phase) = (number, Phase::Running(0, 0));
            }
            // It is about a plan that is not the plan any more.
            Heard::Answer(answer) if answer.number() != self.number => return self,
            Heard::Answer(Answer::Progress { done, of, .. }) => {
                next.phase = Phase::Running(done, of);
            }
            Heard::Answer(Answer::Proved(_, report)) => {
                (next.phase, next.walk) = (Phase::Done, None);
                next.report = Some(Same(Rc::new(report)));
            }
            Heard::Answer(Answer::Failed(_, why)) => {
                next.phase = Phase::Failed(why.into());
                (next.report, next.walk) = (None, None);
            }
            Heard::Answer(Answer::Walked(_, walk)) => next.walk = Some(Same(Rc::new(walk))),
        }
        Rc::new(next)
    }
}

/// Proves the open project after every change of it.
#[hook]
pub(super) fn use_proving(session: &Rc<Session>) -> Proving {
    let state = use_reducer_eq(|| State {
        number: 0,
        phase: Phase::Running(0, 0),
        report: None,
        walk: None,
    });
    let engine: Rc<RefCell<Engine>> = {
        let dispatcher = state.dispatcher();
        let engine = use_memo((), |()| {
            let tell = Callback::from(move |heard| dispatcher.dispatch(heard));
            Rc::new(RefCell::new(Engine::new(tell)))
        });
        Rc::clone(&engine)
    };
    // One for all times, because a prover asks whether its keys are still the same.
    let no_keys = use_memo((), |()| Keyring::default());
    // Whatever matters for packets makes another mesh, and nothing else does.
    let deps = (
        Same::<Mesh>(Rc::clone(session.editor.mesh())),
        session.keys.clone(),
    );
    {
        let (engine, plan) = (Rc::clone(&engine), Rc::clone(session.editor.plan()));
        use_effect_with(deps, move |(mesh, keys)| {
            let keyring = match keys {
                Keys::Loading => None,
                Keys::Ready(secrets) => Some(Rc::clone(&secrets.0)),
                Keys::Ask | Keys::Failed(_) => Some(no_keys),
            };
            let mesh = Rc::clone(&mesh.0);
            let painted = keyring
                .map(|keyring| frame::painted(move || Engine::prove(&engine, plan, mesh, keyring)));
            move || drop(painted)
        });
    }
    let on_ask = use_callback((), move |(from, target), ()| {
        Engine::walk(&engine, from, target);
    });
    Proving {
        phase: state.phase.clone(),
        report: state.report.clone(),
        walk: state.walk.clone(),
        on_ask,
    }
}

/// Proves what the page asks for; this runs in the worker.
pub(super) fn work() {
    let Some(page) = worker::Page::here() else {
        return;
    };
    let inbox = Inbox::default();
    {
        let (inbox, page_again) = (inbox.clone(), page.clone());
        page.listen(move |bytes| match Request::from_bytes(&bytes) {
            Some(request) => inbox.put(request),
            None => page_again.give_up("it cannot read what the page asks for"),
        });
    }
    let slices = Slices::of(SLICE);
    spawn_local(serve(
        inbox,
        async move || slices.breathe().await,
        move |answer| page.say(&answer.to_bytes()),
    ));
}
