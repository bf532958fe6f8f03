//! Proves on the page's own thread, in slices between which the page answers.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use crate::browser::frame::{self, Frame};
use crate::browser::random;
use crate::editor::proving::{ProjectFiles, Quote, ReadBefore};
use crate::keyring::Keyring;
use crate::plan::{Family, Plan};
use crate::proof::{Cell as ProofCell, Step, Target};
use crate::render::Keys;

use super::{Job, Proved, Report};

/// How long a slice takes in milliseconds: half of what a frame has.
const SLICE: f64 = 8.0;
/// After how many milliseconds it is worth saying how far a run is, and how
/// often afterwards.
const WORTH_SAYING: f64 = 250.0;

/// A step of a packet with the line that it follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The step.
    pub step: Step,
    /// The line, if a file has one.
    pub quote: Option<Quote>,
}

/// Runs proofs. Of several runs only the last one reports.
#[derive(Clone, Default)]
pub struct Prover(Rc<Inner>);

impl PartialEq for Prover {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Default)]
struct Inner {
    /// The number of the last run that was started.
    latest: Cell<u32>,
    /// The beginning of that run, if it is still to come.
    begins: RefCell<Option<Frame>>,
    before: RefCell<ReadBefore>,
    keys: RefCell<StandIns>,
    files: RefCell<Option<Files>>,
}

/// What the last proof was of, for those who ask for its steps.
#[derive(Clone)]
struct Files {
    of: Rc<Proved>,
    plan: Rc<Plan>,
    files: Rc<ProjectFiles>,
}

/// The keys of a project with others in place of those that are not made yet.
#[derive(Default)]
struct StandIns {
    /// The keys that there are.
    of: Option<Rc<Keyring>>,
    /// The same and the others.
    all: Keyring,
}

impl Prover {
    /// Proves a plan as soon as the page has painted what changed. A run that
    /// is on its way is dropped.
    pub fn start(&self, job: Job, report: impl Fn(Report) + 'static) {
        let number = self.0.latest.get().wrapping_add(1);
        self.0.latest.set(number);
        let inner = Rc::clone(&self.0);
        let begins = frame::painted(move || {
            spawn_local(async move {
                let mut run = Run {
                    inner,
                    number,
                    slice: frame::now(),
                    said: frame::now(),
                };
                let result = run.prove(&job, &report).await;
                if let Some(result) = result
                    && run.is_wanted()
                {
                    report(match result {
                        Ok(proved) => Report::Done(proved),
                        Err(why) => Report::Failed(why),
                    });
                }
            });
        });
        *self.0.begins.borrow_mut() = Some(begins);
    }

    /// The steps of a packet and its answer in a proof. Nothing is answered if
    /// another has taken its place.
    pub fn steps(
        &self,
        proved: &Rc<Proved>,
        (from, target, family): (usize, Target, Family),
        answer: impl FnOnce(Vec<Taken>) + 'static,
    ) {
        let files = self.0.files.borrow().clone();
        let Some(files) = files.filter(|files| Rc::ptr_eq(&files.of, proved)) else {
            return;
        };
        let steps = files.files.world(&files.plan).steps(from, target, family);
        let taken = steps.into_iter().map(|step| Taken {
            quote: step.line.and_then(|line| {
                let name = proved.proof.name(step.machine);
                files.files.quote(name, line)
            }),
            step,
        });
        answer(taken.collect());
    }
}

/// One run.
struct Run {
    inner: Rc<Inner>,
    number: u32,
    /// When this slice began.
    slice: f64,
    /// When something was last said.
    said: f64,
}

impl Run {
    fn is_wanted(&self) -> bool {
        self.inner.latest.get() == self.number
    }

    /// Lets the page do what waits, if this slice is over. `None` if the run is
    /// not wanted any more.
    async fn breathe(&mut self) -> Option<()> {
        if frame::now() - self.slice >= SLICE {
            frame::pause().await;
            self.slice = frame::now();
        }
        self.is_wanted().then_some(())
    }

    /// Says how far it is, if that is worth saying.
    fn say(&mut self, report: &impl Fn(Report), done: usize, of: usize) {
        let now = frame::now();
        if now - self.said >= WORTH_SAYING {
            self.said = now;
            let percent = (done * 100).checked_div(of).unwrap_or(0);
            report(Report::Percent(u32::try_from(percent).unwrap_or(0)));
        }
    }

    /// The whole way from keys to verdicts. `None` if it is not wanted any more.
    async fn prove(
        &mut self,
        job: &Job,
        report: &impl Fn(Report),
    ) -> Option<Result<Rc<Proved>, String>> {
        let keyring = match self.keys(job).await? {
            Ok(keyring) => keyring,
            Err(why) => return Some(Err(why)),
        };
        let keys = match Keys::complete(&job.mesh, &keyring) {
            Ok(keys) => keys,
            Err(problem) => return Some(Err(format!("{problem}."))),
        };
        // Writing and reading takes about as long as walking.
        let count = job.mesh.nodes.len();
        let mut files = ProjectFiles::default();
        for place in 0..count {
            files.add(&job.mesh, place, &keys, &mut self.inner.before.borrow_mut());
            self.breathe().await?;
            self.say(report, place, 2 * count);
        }
        self.inner.before.borrow_mut().keep_those_of(&job.mesh);
        let world = files.world(&job.plan);
        let targets = world.columns();
        let mut cells: Vec<ProofCell> = Vec::with_capacity(count * targets.len());
        for from in 0..count {
            cells.extend(world.row(from, &targets));
            self.breathe().await?;
            self.say(report, count + from, 2 * count);
        }
        let proof = world.proof(targets, cells);
        drop(world);
        let proved = Rc::new(Proved::new(job, proof));
        *self.inner.files.borrow_mut() = Some(Files {
            of: Rc::clone(&proved),
            plan: Rc::clone(&job.plan),
            files: Rc::new(files),
        });
        Some(Ok(proved))
    }

    /// All keys that the files need, some of them stand-ins.
    async fn keys(&mut self, job: &Job) -> Option<Result<Keyring, String>> {
        {
            let mut keys = self.inner.keys.borrow_mut();
            let known = keys.of.as_ref();
            if !known.is_some_and(|known| Rc::ptr_eq(known, &job.keyring)) {
                *keys = StandIns {
                    of: Some(Rc::clone(&job.keyring)),
                    all: job.keyring.as_ref().clone(),
                };
            }
        }
        let mut made = Ok(0);
        for node in job.mesh.nodes_with_keys() {
            let mut keys = self.inner.keys.borrow_mut();
            made = made.and_then(|_| keys.all.make_missing([node], [], &mut random::fill));
            drop(keys);
            self.breathe().await?;
        }
        let mut keys = self.inner.keys.borrow_mut();
        let pairs = job.mesh.pairs_with_preshared_keys();
        made = made.and_then(|_| keys.all.make_missing([], pairs, &mut random::fill));
        Some(made.map(|_| keys.all.clone()))
    }
}
