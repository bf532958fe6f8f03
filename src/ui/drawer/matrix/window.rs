//! Which cells are in view. Of a large matrix only those are in the page.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::cells::Axes;
use crate::browser::{focus, resize};

/// How many cells are there on each side of what is in view, and how far one
/// has to scroll until others come.
const MARGIN: usize = 3;
const STEP: usize = 4;

/// Measures what is in view at first and whenever that changes its size.
#[hook]
pub fn use_watch(scroller: &NodeRef, axes: &Rc<Axes>, measure: &Callback<()>) {
    let (scroller, measure) = (scroller.clone(), measure.clone());
    use_effect_with(Rc::clone(axes), move |_| {
        let guard = scroller
            .cast::<Element>()
            .and_then(|element| resize::watch(&element, move || measure.emit(())));
        move || drop(guard)
    });
}

/// Whether the focus shall follow to this cell once it is there, as keys say that
/// have moved to it; and what is done then.
#[hook]
pub fn use_follow(
    cell: (usize, usize),
    then: impl FnOnce((usize, usize)) + 'static,
) -> Rc<RefCell<bool>> {
    let follow = use_mut_ref(|| false);
    let follows = Rc::clone(&follow);
    use_effect_with(cell, move |(row, col)| {
        if follows.replace(false) {
            focus::by_id(&format!("cell-{row}-{col}"));
            then((*row, *col));
        }
    });
    follow
}

/// The rows and columns that are in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The rows.
    pub rows: Range<usize>,
    /// The columns.
    pub cols: Range<usize>,
    /// The width and height of a cell in pixels, if it had to be known.
    pub cell: u32,
}

impl Window {
    /// Before anything was measured.
    pub fn first(axes: &Axes) -> Self {
        let few = if axes.roomy { usize::MAX } else { 32 };
        Self {
            rows: 0..axes.rows.len().min(few),
            cols: 0..axes.cols.len().min(few),
            cell: 0,
        }
    }

    /// What is in view of the matrix in `scroller`.
    pub fn measure(axes: &Axes, scroller: &Element) -> Self {
        let cell = scroller.query_selector(".cell").ok().flatten();
        let cell = cell.and_then(|cell| cell.dyn_into::<HtmlElement>().ok());
        let cell = cell.map_or(0, |cell| cell.offset_width());
        let cell = usize::try_from(cell).unwrap_or(0);
        if axes.roomy || cell == 0 {
            return Self::first(axes);
        }
        let part = |scrolled: i32, size: i32, count: usize| {
            let in_cells = |pixels: i32| usize::try_from(pixels).unwrap_or(0) / cell;
            let first = in_cells(scrolled).saturating_sub(MARGIN) / STEP * STEP;
            let last = first + in_cells(size) + 2 * MARGIN + STEP;
            first.min(count)..last.min(count)
        };
        Self {
            rows: part(
                scroller.scroll_top(),
                scroller.client_height(),
                axes.rows.len(),
            ),
            cols: part(
                scroller.scroll_left(),
                scroller.client_width(),
                axes.cols.len(),
            ),
            cell: u32::try_from(cell).unwrap_or(0),
        }
    }

    /// Keeps the room of the cells that are not there, before and after those
    /// that are, and that of the whole, so that nothing scrolls back while cells
    /// come and go.
    pub fn keep_room(&self, axes: &Axes, grid: &HtmlElement) {
        let cell = usize::try_from(self.cell).unwrap_or(0);
        let style = grid.style();
        for (name, cells) in [
            ("--above", self.rows.start),
            ("--below", axes.rows.len().saturating_sub(self.rows.end)),
            ("--high", axes.rows.len()),
            ("--before", self.cols.start),
            ("--after", axes.cols.len().saturating_sub(self.cols.end)),
            ("--wide", axes.cols.len()),
        ] {
            // Setting a plain length on an element in the page cannot fail.
            let _ = style.set_property(name, &format!("{}px", cells * cell));
        }
    }

    /// Scrolls so far that a cell is in view beside the names.
    pub fn bring(&self, scroller: &Element, (row, col): (usize, usize)) {
        let Ok(cell) = i32::try_from(self.cell) else {
            return;
        };
        if cell == 0 {
            return;
        }
        let names = scroller.query_selector(".matrix__corner").ok().flatten();
        let names = names.and_then(|names| names.dyn_into::<HtmlElement>().ok());
        let (width, height) = names.map_or((0, 0), |names| {
            (names.offset_width(), names.offset_height())
        });
        let into_view = |at: usize, from: i32, room: i32| {
            let begin = i32::try_from(at).unwrap_or(0) * cell;
            from.clamp((begin + cell - room).max(0), begin.max(begin + cell - room))
        };
        scroller.set_scroll_top(into_view(
            row,
            scroller.scroll_top(),
            scroller.client_height() - height,
        ));
        scroller.set_scroll_left(into_view(
            col,
            scroller.scroll_left(),
            scroller.client_width() - width,
        ));
    }
}
