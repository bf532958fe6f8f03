//! What rows of machines and of sites have in common: they are selected, several
//! as well, and deleted.

use std::rc::Rc;

use yew::prelude::*;

use super::grid::Deed;
use crate::editor::{Command, Selection};
use crate::mesh::Subject;
use crate::ui::session::use_dispatch;

/// How rows are chosen.
pub(super) struct Choosing {
    /// Whether all rows are selected.
    pub(super) all: bool,
    /// Selects all rows, or none.
    pub(super) on_all: Callback<bool>,
    /// Something is done with a row, which is named by its number.
    pub(super) on_deed: Callback<(usize, Deed)>,
}

/// Lets rows be chosen, one for each of these parts of the plan.
#[hook]
pub(super) fn use_choosing(rows: Vec<Subject>, selection: &Selection) -> Choosing {
    let dispatch = use_dispatch();
    // Where a range of rows begins.
    let anchor = use_mut_ref(|| None::<Subject>);
    let rows = Rc::new(rows);
    let all = !rows.is_empty() && rows.iter().all(|row| selection.contains(row));
    let on_all = {
        let (rows, dispatch) = (rows.clone(), dispatch.clone());
        Callback::from(move |on: bool| {
            let chosen = rows.iter().filter(|_| on).cloned();
            dispatch.dispatch(Command::Choose(chosen.collect()).into());
        })
    };
    let selection = selection.clone();
    let on_deed = Callback::from(move |(number, deed): (usize, Deed)| {
        let Some(subject) = rows.get(number).cloned() else {
            return;
        };
        let among_several = selection.is_several() && selection.contains(&subject);
        let command = match deed {
            Deed::Open if among_several => return,
            Deed::Select | Deed::Open => Command::Select(subject.clone()),
            Deed::Toggle => Command::Choose(selection.toggled(&subject)),
            Deed::Extend => {
                let from = anchor.borrow().clone();
                let from = rows.iter().position(|row| Some(row) == from.as_ref());
                let from = from.unwrap_or(number);
                let range = rows.iter().take(from.max(number) + 1);
                let range: Selection = range.skip(from.min(number)).cloned().collect();
                Command::Choose(selection.with(&range))
            }
            Deed::Delete if among_several => Command::RemoveSeveral(selection.parts().to_vec()),
            Deed::Delete => Command::Remove(subject.clone()),
        };
        if deed != Deed::Extend {
            *anchor.borrow_mut() = Some(subject);
        }
        dispatch.dispatch(command.into());
    });
    Choosing {
        all,
        on_all,
        on_deed,
    }
}
