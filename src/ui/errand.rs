//! Errands that the first part of the page has for the part that loads late.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Something that the late part does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Errand {
    /// Let the person choose a project file, and open it.
    OpenProject,
    /// Begin an empty plan.
    BeginEmpty,
}

/// Where errands are left. An errand runs at once if the late part is there,
/// because browsers open a file dialog only in answer to a click; the last one
/// that was left before waits for it.
#[derive(Clone, Default)]
pub(super) struct Errands(Rc<Board>);

type Runner = Rc<dyn Fn(Errand)>;

#[derive(Default)]
struct Board {
    runner: RefCell<Option<Runner>>,
    waiting: Cell<Option<Errand>>,
}

impl PartialEq for Errands {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Errands {
    /// Leaves an errand.
    pub(super) fn leave(&self, errand: Errand) {
        let runner = self.0.runner.borrow().clone();
        match runner {
            Some(run) => run(errand),
            None => self.0.waiting.set(Some(errand)),
        }
    }

    /// Runs the errand that waits, and all that are left from now on.
    pub(super) fn take_on(&self, run: impl Fn(Errand) + 'static) {
        let run: Runner = Rc::new(run);
        *self.0.runner.borrow_mut() = Some(Rc::clone(&run));
        if let Some(errand) = self.0.waiting.take() {
            run(errand);
        }
    }
}
