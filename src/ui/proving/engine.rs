//! Who proves: the page itself, in slices, or its worker.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::browser::frame::Slices;
use crate::browser::worker::{News, Worker};
use crate::editor::prover::{Answer, Inbox, Request, serve};
use crate::keyring::Keyring;
use crate::mesh::Mesh;
use crate::plan::Plan;

use super::Heard;

/// Plans of up to so many machines are proved beside the page's own work, which
/// takes less time than starting a worker.
const SMALL: usize = 30;
/// How long that may hold the page up, in milliseconds: half a frame.
const SLICE: f64 = 8.0;

/// The project that is proved.
#[derive(Clone)]
struct Project {
    plan: Rc<Plan>,
    mesh: Rc<Mesh>,
    keyring: Rc<Keyring>,
}

/// A prover with the keys that it knows.
struct Prover {
    way: Way,
    keyring: Option<Rc<Keyring>>,
}

/// How a prover is spoken to.
enum Way {
    Beside(Inbox),
    Worker {
        worker: Worker,
        /// Whether it has started.
        ready: bool,
    },
}

/// Has the open project proved, by whoever does it best.
pub(super) struct Engine {
    tell: Callback<Heard>,
    /// The number of the newest proof.
    number: u32,
    project: Option<Project>,
    prover: Option<Prover>,
    /// Whether this browser starts no worker.
    alone: bool,
}

impl Engine {
    pub(super) fn new(tell: Callback<Heard>) -> Self {
        Self {
            tell,
            number: 0,
            project: None,
            prover: None,
            alone: false,
        }
    }

    /// Begins a proof, in place of one that is under way.
    pub(super) fn prove(
        engine: &Rc<RefCell<Self>>,
        plan: Rc<Plan>,
        mesh: Rc<Mesh>,
        keyring: Rc<Keyring>,
    ) {
        let (tell, number) = {
            let mut this = engine.borrow_mut();
            this.number = this.number.wrapping_add(1);
            this.project = Some(Project {
                plan,
                mesh,
                keyring,
            });
            (this.tell.clone(), this.number)
        };
        tell.emit(Heard::Began(number));
        Self::begin(engine);
    }

    /// Asks for the way of packets in the newest proof.
    pub(super) fn walk(engine: &Rc<RefCell<Self>>, from: usize, target: usize) {
        let this = engine.borrow();
        if let Some(prover) = &this.prover {
            let number = this.number;
            prover.ask(Request::Walk {
                number,
                from,
                target,
            });
        }
    }

    /// Has the newest project proved.
    fn begin(engine: &Rc<RefCell<Self>>) {
        let mut this = engine.borrow_mut();
        let Some(project) = this.project.clone() else {
            return;
        };
        let beside = this.alone || project.plan.nodes.len() <= SMALL;
        let fits = this
            .prover
            .as_ref()
            .is_some_and(|prover| prover.is_beside() == beside);
        if !fits {
            // A worker that is not needed any more gives its memory back.
            this.prover = None;
            this.prover = Some(if beside {
                Prover::beside(this.tell.clone())
            } else {
                match Self::worker(engine) {
                    Ok(prover) => prover,
                    Err(why) => this.go_on_alone(&why),
                }
            });
        }
        let number = this.number;
        if let Some(prover) = &mut this.prover {
            let Project {
                plan,
                mesh,
                keyring,
            } = project;
            let known = prover.keyring.as_ref();
            if !known.is_some_and(|known| Rc::ptr_eq(known, &keyring)) {
                prover.keyring = Some(Rc::clone(&keyring));
                prover.ask(Request::Keys(keyring));
            }
            prover.ask(Request::Prove {
                number,
                plan,
                mesh: Some(mesh),
            });
        }
    }

    fn go_on_alone(&mut self, why: &str) -> Prover {
        self.alone = true;
        gloo::console::warn!(format!(
            "Proofs run in the page, because the worker does not start: {why}."
        ));
        Prover::beside(self.tell.clone())
    }

    fn worker(engine: &Rc<RefCell<Self>>) -> Result<Prover, String> {
        let weak = Rc::downgrade(engine);
        let worker = Worker::start(move |news| {
            if let Some(engine) = weak.upgrade() {
                Self::hear(&engine, news);
            }
        })?;
        let ready = false;
        Ok(Prover::new(Way::Worker { worker, ready }))
    }

    fn hear(engine: &Rc<RefCell<Self>>, news: News) {
        match news {
            News::Ready => {
                if let Some(Prover {
                    way: Way::Worker { ready, .. },
                    ..
                }) = &mut engine.borrow_mut().prover
                {
                    *ready = true;
                }
            }
            News::Bytes(bytes) => {
                let tell = engine.borrow().tell.clone();
                if let Some(answer) = Answer::from_bytes(&bytes) {
                    tell.emit(Heard::Answer(answer));
                }
            }
            News::Failed(why) => {
                let prover = engine.borrow_mut().prover.take();
                let started = prover.is_some_and(|prover| prover.has_started());
                if started {
                    // What broke it would break the page as well. The next
                    // change starts another one.
                    let (tell, number) = {
                        let this = engine.borrow();
                        (this.tell.clone(), this.number)
                    };
                    let why =
                        format!("The proof broke off ({why}). The next change begins it anew.");
                    tell.emit(Heard::Answer(Answer::Failed(number, why)));
                } else {
                    let beside = engine.borrow_mut().go_on_alone(&why);
                    engine.borrow_mut().prover = Some(beside);
                    Self::begin(engine);
                }
            }
        }
    }
}

impl Prover {
    fn new(way: Way) -> Self {
        let keyring = None;
        Self { way, keyring }
    }

    /// A prover in slices between the page's own work.
    fn beside(tell: Callback<Heard>) -> Self {
        let inbox = Inbox::default();
        let slices = Slices::of(SLICE);
        spawn_local(serve(
            inbox.clone(),
            async move || slices.breathe().await,
            move |answer| tell.emit(Heard::Answer(answer)),
        ));
        Self::new(Way::Beside(inbox))
    }

    fn is_beside(&self) -> bool {
        matches!(self.way, Way::Beside(_))
    }

    fn has_started(&self) -> bool {
        match self.way {
            Way::Beside(_) => true,
            Way::Worker { ready, .. } => ready,
        }
    }

    fn ask(&self, request: Request) {
        match &self.way {
            Way::Beside(inbox) => inbox.put(request),
            Way::Worker { worker, .. } => worker.send_secret(&request.to_secret_bytes()),
        }
    }
}
