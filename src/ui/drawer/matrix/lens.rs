//! The lens: a cell of the picture and those around it, large enough to be
//! read, and the words of the cell.

use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::cells::{Axes, look};
use super::mosaic::room;
use super::tile::CELL;
use crate::ui::proving::{Proved, Same};

/// How many cells are shown on each side of the one in the middle.
const AROUND: usize = 3;

/// How far the lens stands from its cell, in pixels.
const GAP: i32 = 10;

/// What [`Lens`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct LensProps {
    /// The proof.
    pub proved: Same<Proved>,
    /// All rows and columns.
    pub axes: Rc<Axes>,
    /// The cell in the middle.
    pub cell: (usize, usize),
}

/// The cells and the words.
#[component]
pub fn Lens(props: &LensProps) -> Html {
    let (axes, proved, (row, col)) = (&props.axes, &props.proved.0, props.cell);
    let near = |at: usize| (0..=2 * AROUND).map(move |step| (at + step).checked_sub(AROUND));
    let sign = |row: Option<usize>, col: Option<usize>| {
        let (from, place) = (axes.rows.get(row?)?, axes.cols.get(col?)?);
        Some(proved.sign(*from, *place))
    };
    let cells = near(row).flat_map(|at| near(col).map(move |to| (at, to)));
    let cells = cells.map(|(at, to)| {
        let (letter, class) = sign(at, to).map_or(("", "lens__outside"), look);
        let here = (at, to) == (Some(row), Some(col));
        html! { <span class={classes!("cell", "cell--legend", class, here.then_some("is-here"))}>{ letter }</span> }
    });
    let words = match (axes.rows.get(row), axes.cols.get(col)) {
        (Some(from), Some(place)) => proved.label(*from, *place),
        _ => String::new(),
    };
    html! {
        <>
            <div class="lens__cells">{ for cells }</div>
            <p class="lens__words">{ words }</p>
        </>
    }
}

/// Puts the lens beside its cell, on the side that has room.
pub fn place(lens: &HtmlElement, scroller: &Element, (row, col): (usize, usize)) {
    let beside = |cell: usize, size: i32, from: i32, room: i32| {
        let at = i32::try_from(cell).unwrap_or(0) * CELL;
        let (after, before) = (at + CELL + GAP, at - GAP - size);
        let fits = after + size <= from + room || before < from;
        let place = if fits { after } else { before };
        place.clamp(from, (from + room - size).max(from))
    };
    let (width, height) = room(scroller);
    let x = beside(col, lens.offset_width(), scroller.scroll_left(), width);
    let y = beside(row, lens.offset_height(), scroller.scroll_top(), height);
    // Setting a plain transform on an element in the page cannot fail.
    let _ = lens
        .style()
        .set_property("transform", &format!("translate({x}px, {y}px)"));
}
