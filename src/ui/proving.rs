//! The proof of the open project, made anew after every change of it.
//!
//! It never stands in the way of an edit: small plans are proved beside the
//! page's own work once the edit is painted, large ones in a worker. Components
//! see a [`Proving`] and know nothing of that.

mod engine;
mod proved;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser::frame::{self, Slices};
use crate::browser::worker;
use crate::editor::prover::{Answer, Inbox, Request, serve};
use crate::editor::report::Walk;
use crate::keyring::Keyring;
use crate::mesh::Mesh;
use crate::plan::Plan;

use super::session::{Action, Dispatch, Keys, Session};

use engine::Engine;

pub use proved::{Proved, Sign, Stop, words};

/// How long a worker works in one go, in milliseconds. It only has to hear of
/// newer requests in between.
const SLICE: f64 = 40.0;
/// After how many milliseconds it is worth saying how far a proof is, and how
/// often afterwards.
const WORTH_SAYING: f64 = 250.0;

/// The proof as far as it is there.
#[derive(Clone, PartialEq)]
pub struct Proving {
    /// What goes on.
    pub phase: Phase,
    /// The newest proof; while the next one is made, that of the plan before.
    pub latest: Option<Same<Proved>>,
    /// The way of packets that was asked for last, in that proof.
    pub walk: Option<Same<Walk>>,
    /// The proof that is awaited or there, once it has begun.
    number: Option<u32>,
}

/// What goes on with the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It runs or is about to. So much is done in percent, once that is worth saying.
    Running(Option<usize>),
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
            Self::Running(_) => "running",
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

/// What happens to the proof.
pub enum Heard {
    /// A proof with this number begins.
    Began(u32),
    /// The prover says something.
    Answer(Answer),
}

/// A plan and what follows from it.
pub type Project = (Rc<Plan>, Rc<Mesh>);

impl Proving {
    /// Before anything has been proved.
    pub const BEGIN: Self = Self {
        phase: Phase::Running(None),
        latest: None,
        walk: None,
        number: None,
    };

    /// The proof, if it is of the open plan.
    #[must_use]
    pub fn done(&self) -> Option<&Rc<Proved>> {
        let latest = self.latest.as_ref().filter(|_| self.phase == Phase::Done);
        latest.map(|latest| &latest.0)
    }

    /// After a change of the plan: what is on its way is about another one.
    pub fn begin_anew(&mut self) {
        (self.phase, self.number) = (Phase::Running(None), None);
    }

    /// Takes in what happens to the proof of a project.
    pub fn hear(&mut self, heard: Heard, (plan, mesh): Project) {
        let answer = match heard {
            Heard::Began(number) => {
                self.number = Some(number);
                return;
            }
            // It is about a plan that is not the plan any more.
            Heard::Answer(answer) if Some(answer.number()) != self.number => return,
            Heard::Answer(answer) => answer,
        };
        match answer {
            Answer::Progress { done, of, .. } => {
                self.phase = Phase::Running((done * 100).checked_div(of));
            }
            Answer::Proved(_, report) => {
                (self.phase, self.walk) = (Phase::Done, None);
                self.latest = Some(Same(Rc::new(Proved::new(plan, mesh, report))));
            }
            Answer::Failed(_, why) => {
                self.phase = Phase::Failed(why.into());
                (self.latest, self.walk) = (None, None);
            }
            Answer::Walked(_, walk) => self.walk = Some(Same(Rc::new(walk))),
        }
    }
}

/// Proves the open project after every change of it. The callback asks for the
/// way of packets from a machine to a target, by their places.
#[hook]
pub(super) fn use_proving(session: &Rc<Session>, dispatch: &Dispatch) -> Callback<(usize, usize)> {
    // What is being proved.
    let project = use_mut_ref(|| None::<Project>);
    let engine: Rc<RefCell<Engine>> = {
        let (dispatch, project) = (dispatch.clone(), Rc::clone(&project));
        let engine = use_memo((), |()| {
            let said = Cell::new(0.0);
            let tell = Callback::from(move |heard| {
                let project = project.borrow().clone();
                if let Some(project) = project.filter(|_| is_worth_saying(&heard, &said)) {
                    dispatch.dispatch(Action::Proof(heard, project));
                }
            });
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
            let painted = keyring.map(|keyring| {
                frame::painted(move || {
                    *project.borrow_mut() = Some((Rc::clone(&plan), Rc::clone(&mesh)));
                    Engine::prove(&engine, plan, mesh, keyring);
                })
            });
            move || drop(painted)
        });
    }
    use_callback((), move |(from, target), ()| {
        Engine::walk(&engine, from, target);
    })
}

/// Whether the page shall hear of it: how far a proof is, only now and then.
fn is_worth_saying(heard: &Heard, said: &Cell<f64>) -> bool {
    match heard {
        Heard::Began(_) => said.set(frame::now()),
        Heard::Answer(Answer::Progress { .. }) => {
            if frame::now() - said.get() < WORTH_SAYING {
                return false;
            }
            said.set(frame::now());
        }
        Heard::Answer(_) => {}
    }
    true
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
