//! The editor without a browser: what is open and selected, what can be done
//! to it, and how that is undone.
//!
//! A [`Command`] is a value. [`Editor::update`] is the only way in which the
//! open plan changes, so the page, the keyboard and the tests all do the same.

mod add;
mod align;
mod area;
mod carry;
mod command;
mod drop;
mod duplicate;
mod example;
mod first_steps;
pub mod handout;
mod history;
mod layout;
pub mod listing;
pub mod overview;
pub mod picture;
pub mod prover;
pub mod proving;
pub mod report;
mod room;
mod rows;
pub mod scene;
pub mod search;
mod selection;

use std::rc::Rc;

use crate::mesh::{Mesh, Solved};
use crate::plan::Plan;

pub use add::{NewNode, free_node_id};
pub use align::{Arrange, Guide, guides, snap};
pub use area::{CARD_HEIGHT, CARD_WIDTH, Rect, card_rect, site_rect};
pub use carry::check;
pub use carry::several::{dragged_several, landing_site};
pub use command::{Command, NodeField, Problem, SiteField};
pub use drop::{DropTarget, dragged_node, dragged_site, drop_target};
pub use duplicate::{Insertion, clip_text, excerpt, identities, read_clip};
pub use example::example;
pub use first_steps::FirstStep;
pub use history::{History, Step};
pub use layout::{tidied, to_tidy};
pub use room::{free_area, free_spot, free_spot_at};
pub use rows::{Rows, numbered_names, read_rows};
pub use selection::Selection;

/// The open plan with its mesh, its history and the selection.
#[derive(Clone, PartialEq, Eq)]
pub struct Editor {
    history: History,
    solved: Solved,
    /// What is selected.
    pub selection: Selection,
}

impl Editor {
    /// Opens a plan with an empty history.
    #[must_use]
    pub fn open(plan: Plan) -> Self {
        let solved = Solved::new(&plan);
        Self {
            history: History::new(plan),
            solved,
            selection: Selection::default(),
        }
    }

    /// The open plan.
    #[must_use]
    pub fn plan(&self) -> &Rc<Plan> {
        self.history.present()
    }

    /// The mesh that follows from the open plan.
    #[must_use]
    pub fn mesh(&self) -> &Rc<Mesh> {
        self.solved.mesh()
    }

    /// What can be undone and redone.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Carries a command out.
    ///
    /// # Errors
    /// Says why it cannot be carried out; nothing has changed then.
    pub fn update(&self, command: &Command) -> Result<Self, Problem> {
        let mut next = self.clone();
        match command {
            Command::Select(subject) => next.selection = subject.into(),
            Command::Choose(selection) => next.selection = selection.clone(),
            Command::Undo => next.history.undo(),
            Command::Redo => next.history.redo(),
            Command::Open(plan) => return Ok(Self::open(plan.as_ref().clone())),
            edit => {
                let mut plan = self.plan().as_ref().clone();
                let done = carry::carry_out(&mut plan, edit)?;
                next.history.push(plan, done.step);
                if let Some(selection) = done.selection {
                    next.selection = selection;
                }
            }
        }
        let (before, after) = (self.plan(), next.plan());
        if !Rc::ptr_eq(before, after) && !before.states_same_network(after) {
            next.solved = self.solved.after(next.plan());
        }
        next.selection = std::mem::take(&mut next.selection).within(next.plan());
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh::solve;
    use crate::plan::{NodeId, Point, SiteId};

    #[test]
    fn what_only_moves_is_not_solved_anew() {
        let editor = Editor::open(example());
        let commands = [
            Command::MoveNode(NodeId::new("vps"), Point { x: 900, y: 40 }),
            Command::MoveSite(SiteId::new("Home"), Point { x: -400, y: 500 }),
        ];
        for command in commands {
            let next = editor.update(&command).unwrap();
            assert!(!Rc::ptr_eq(next.plan(), editor.plan()), "{command:?}");
            assert!(Rc::ptr_eq(next.mesh(), editor.mesh()), "{command:?}");
            assert_eq!(solve(next.plan()), *next.mesh().as_ref());
        }
        // Out of its site is another network.
        let out = Command::MoveNode(NodeId::new("nas"), Point { x: 3000, y: 3000 });
        let next = editor.update(&out).unwrap();
        assert!(!Rc::ptr_eq(next.mesh(), editor.mesh()));
        assert_eq!(solve(next.plan()), *next.mesh().as_ref());
        assert_ne!(next.mesh(), editor.mesh());
    }
}
