//! Undo and redo by snapshots.

use std::rc::Rc;

use crate::plan::Plan;

/// One step back reaches at most this far.
const LONGEST: usize = 200;

/// What one step did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What the person did, such as "Move nas".
    pub name: String,
    /// Steps in a row with the same key become one, such as the letters typed
    /// into one field.
    pub merge: Option<String>,
}

/// The open plan, the plans before it and those that were undone.
#[derive(Clone, PartialEq, Eq)]
pub struct History {
    past: Vec<(Rc<Plan>, Step)>,
    present: Rc<Plan>,
    future: Vec<(Rc<Plan>, Step)>,
    /// Whether the last step may take up the next one with the same key.
    open: bool,
}

impl History {
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            past: Vec::new(),
            present: Rc::new(plan),
            future: Vec::new(),
            open: false,
        }
    }

    /// The open plan.
    #[must_use]
    pub fn present(&self) -> &Rc<Plan> {
        &self.present
    }

    /// The name of the step that undo takes back.
    #[must_use]
    pub fn undo_name(&self) -> Option<&str> {
        self.past.last().map(|(_, step)| step.name.as_str())
    }

    /// The name of the step that redo makes again.
    #[must_use]
    pub fn redo_name(&self) -> Option<&str> {
        self.future.last().map(|(_, step)| step.name.as_str())
    }

    /// Takes a changed plan as the open one. A plan that is the same as before
    /// is no step and keeps what can be redone.
    pub(super) fn push(&mut self, plan: Plan, step: Step) {
        if plan == *self.present {
            return;
        }
        let merges = self.open
            && step.merge.is_some()
            && self
                .past
                .last()
                .is_some_and(|(_, last)| last.merge == step.merge);
        let before = std::mem::replace(&mut self.present, Rc::new(plan));
        if !merges {
            self.past.push((before, step));
            if self.past.len() > LONGEST {
                self.past.remove(0);
            }
        }
        self.open = true;
        self.future.clear();
    }

    pub(super) fn undo(&mut self) {
        if let Some((before, step)) = self.past.pop() {
            let after = std::mem::replace(&mut self.present, before);
            self.future.push((after, step));
            self.open = false;
        }
    }

    pub(super) fn redo(&mut self) {
        if let Some((after, step)) = self.future.pop() {
            let before = std::mem::replace(&mut self.present, after);
            self.past.push((before, step));
            self.open = false;
        }
    }
}
