//! Pasting into the tables: values down a column, rows of a spreadsheet as new
//! machines, and what was copied on the canvas.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::{ClipboardEvent, Element};
use yew::prelude::*;

use super::cell::Edit;
use super::grid::GridProps;
use crate::browser::{clipboard, focus};
use crate::editor::{Command, Insertion, Selection, clip_text, read_clip, read_rows};
use crate::plan::Plan;
use crate::ui::session::{Action, Dispatch, use_dispatch};
use crate::ui::several::how_many;
use crate::ui::words::t;

/// Listens while the tables are there to copying and pasting outside of fields
/// and cells.
#[hook]
pub(super) fn use_rows(plan: &Rc<Plan>, selection: &Selection) {
    let dispatch = use_dispatch();
    // What the listener acts on, so that it need not be made anew.
    let now = use_mut_ref(|| (plan.clone(), selection.clone()));
    *now.borrow_mut() = (plan.clone(), selection.clone());
    use_effect_with((), move |()| {
        let (given, say) = (now.clone(), dispatch.clone());
        let listener = clipboard::listen(
            move |cut| {
                let ours = !focus::is_typing() && !focus::has_text();
                let (plan, selection) = given.borrow().clone();
                let text = clip_text(&plan, selection.parts()).filter(|_| ours)?;
                say.dispatch(if cut {
                    Command::RemoveSeveral(selection.parts().to_vec()).into()
                } else {
                    Action::Say(t!("Copied {}.", how_many(&selection)))
                });
                Some(text)
            },
            move |text| {
                let ours = !focus::is_typing();
                if ours {
                    let (plan, _) = now.borrow().clone();
                    take(&plan, text, &dispatch);
                }
                ours
            },
        );
        move || drop(listener)
    });
}

/// Puts what a text holds into the plan: what was copied here, or rows.
fn take(plan: &Plan, text: &str, dispatch: &Dispatch) {
    if let Ok(part) = read_clip(text) {
        dispatch.dispatch(Command::Insert(Insertion::of(part, None)).into());
        return;
    }
    let rows = read_rows(plan, text, None);
    dispatch.dispatch(match rows.problems.first() {
        Some((line, problem)) => Action::Say(t!("Line {}: {}", line, problem)),
        None if rows.part.nodes.is_empty() => Action::Say(t!("There is nothing to paste.")),
        None => Command::Insert(rows.insertion()).into(),
    });
}

/// Sets the cells from one on to the values of a text, line by line, as one step.
pub(super) fn fill(
    event: &Event,
    props: &GridProps,
    (row, col): (usize, usize),
    dispatch: &Dispatch,
) {
    let on_cell = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|target| target.tag_name() == "TD");
    let event = event.dyn_ref::<ClipboardEvent>();
    let text = event.and_then(|event| event.clipboard_data()?.get_data("text/plain").ok());
    let (Some(event), Some(text)) = (event.filter(|_| on_cell), text) else {
        return;
    };
    // What was copied here goes where it is put by itself.
    if read_clip(&text).is_ok() {
        return;
    }
    event.prevent_default();
    event.stop_propagation();
    match values(props, (row, col), &text) {
        Ok(command) => dispatch.dispatch(command.into()),
        Err(problem) => dispatch.dispatch(Action::Say(problem)),
    }
}

fn values(props: &GridProps, (row, col): (usize, usize), text: &str) -> Result<Command, AttrValue> {
    let (mut nodes, mut sites, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for (down, line) in text.trim_end_matches(['\r', '\n']).lines().enumerate() {
        let Some(target) = props.row.emit(row + down) else {
            return Err(t!(
                "There are more lines than rows from here on. Nothing was changed."
            ));
        };
        for (right, value) in line.split('\t').enumerate() {
            let cell = target.cells.get(col + right);
            let reading = match cell.map(|cell| &cell.edit) {
                Some(Edit::Text(_, read)) => read.emit(value.trim().to_owned()),
                Some(Edit::Choice(_, options, read)) => {
                    let wanted = value.trim().to_lowercase();
                    let mut known = options.iter();
                    match known.find(|(_, words)| words.to_lowercase() == wanted) {
                        Some((key, _)) => read.emit(key.to_string()),
                        None => Err(t!("{} is no choice here.", value.trim()).to_string()),
                    }
                }
                Some(Edit::No) | None => Err(t!("This column cannot be changed.").to_string()),
            };
            match reading {
                Ok(Command::EditNode(id, field)) => nodes.push((id, field)),
                Ok(Command::EditSite(id, field)) => sites.push((id, field)),
                Ok(command) => others.push(command),
                Err(problem) => return Err(t!("{}: {}", target.name, problem)),
            }
        }
    }
    match (nodes.is_empty(), sites.is_empty(), others.pop()) {
        (false, true, None) => Ok(Command::EditNodes(nodes)),
        (true, false, None) => Ok(Command::EditSites(sites)),
        (true, true, Some(command)) if others.is_empty() => Ok(command),
        _ => Err(t!("There is nothing to paste.")),
    }
}
