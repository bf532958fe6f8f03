//! The keys of a table.

use wasm_bindgen::JsCast as _;
use web_sys::Element;
use yew::prelude::*;

use super::{Deed, GridProps};
use crate::ui::table::cell::{Edit, Typed};

/// The next cell of a row that can be edited, or of the row after it.
pub(super) fn beside(
    props: &GridProps,
    (row, col): (usize, usize),
    forward: bool,
) -> Option<(usize, usize)> {
    let can = |row: usize| -> Vec<usize> {
        let cells = props.row.emit(row).map(|row| row.cells).unwrap_or_default();
        let places = cells.iter().enumerate();
        places
            .filter(|(_, cell)| cell.edit != Edit::No)
            .map(|(place, _)| place)
            .collect()
    };
    let here = can(row);
    if forward {
        let next = here
            .iter()
            .find(|place| **place > col)
            .map(|place| (row, *place));
        next.or_else(|| {
            let row = row + 1;
            (row < props.count).then(|| can(row).first().map(|place| (row, *place)))?
        })
    } else {
        let next = here
            .iter()
            .rev()
            .find(|place| **place < col)
            .map(|place| (row, *place));
        next.or_else(|| {
            let row = row.checked_sub(1)?;
            can(row).last().map(|place| (row, *place))
        })
    }
}

/// What a key does in the table.
pub(super) fn press(
    event: &KeyboardEvent,
    props: &GridProps,
    (row, col): (usize, usize),
    page: usize,
    go: &Callback<(usize, usize)>,
    begin: &Callback<(usize, usize)>,
    typed: &Typed,
) {
    // Keys of what is inside a cell are its own.
    let on_cell = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|target| target.tag_name() == "TD");
    if !on_cell || event.alt_key() || props.count == 0 {
        return;
    }
    let all = event.ctrl_key() || event.meta_key();
    let last = props.count - 1;
    let edge = props.columns.len().saturating_sub(1);
    let deed = |deed| props.on_deed.emit((row, deed));
    match event.key().as_str() {
        "ArrowUp" if event.shift_key() && props.checks.is_some() => {
            go.emit((row.saturating_sub(1), col));
            props.on_deed.emit((row.saturating_sub(1), Deed::Extend));
        }
        "ArrowDown" if event.shift_key() && props.checks.is_some() => {
            go.emit(((row + 1).min(last), col));
            props.on_deed.emit(((row + 1).min(last), Deed::Extend));
        }
        "ArrowUp" => go.emit((row.saturating_sub(1), col)),
        "ArrowDown" => go.emit(((row + 1).min(last), col)),
        "ArrowLeft" => go.emit((row, col.saturating_sub(1))),
        "ArrowRight" => go.emit((row, (col + 1).min(edge))),
        "Home" => go.emit((if all { 0 } else { row }, 0)),
        "End" => go.emit((if all { last } else { row }, edge)),
        "PageUp" => go.emit((row.saturating_sub(page), col)),
        "PageDown" => go.emit(((row + page).min(last), col)),
        "Enter" | "F2" => {
            let cell = props
                .row
                .emit(row)
                .and_then(|row| row.cells.into_iter().nth(col));
            deed(Deed::Open);
            if cell.is_some_and(|cell| cell.edit != Edit::No) {
                begin.emit((row, col));
            }
        }
        " " if props.checks.is_some() => deed(Deed::Toggle),
        " " => deed(Deed::Select),
        "a" if all && props.checks.is_some() => props.on_all.emit(true),
        "Delete" => deed(Deed::Delete),
        sign if !all && sign.chars().count() == 1 && is_text(props, (row, col)) => {
            // Further signs may come before the field is there.
            typed.0.borrow_mut().push_str(sign);
            deed(Deed::Open);
            begin.emit((row, col));
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Whether a cell holds text that can be typed.
fn is_text(props: &GridProps, (row, col): (usize, usize)) -> bool {
    let cells = props.row.emit(row).map(|row| row.cells);
    let cell = cells.and_then(|cells| cells.into_iter().nth(col));
    cell.is_some_and(|cell| matches!(cell.edit, Edit::Text(..)))
}
