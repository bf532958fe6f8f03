//! The grid of cells: names that stay in view, one cell in the order of focus,
//! and arrow keys that move it (WAI-ARIA, grid pattern).

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::cells::{Axes, Row, head};
use super::window::{Window, use_follow, use_watch};
use crate::browser::focus;
use crate::ui::proving::{Proved, Same};

/// What is always in view, and takes the focus where no cell can.
pub const CORNER: &str = "matrix-corner";

/// How many rows the keys for whole pages move.
const PAGE: usize = 10;

/// What [`Grid`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct GridProps {
    /// Unique in the page.
    pub id: &'static str,
    /// The proof.
    pub proved: Same<Proved>,
    /// Which rows and columns there are.
    pub axes: Rc<Axes>,
    /// The cell that is walked, by its places in the proof.
    pub walked: Option<(usize, usize)>,
    /// A cell shall be walked.
    pub on_open: Callback<(usize, usize)>,
    /// The walk shall be closed.
    pub on_close: Callback<()>,
}

/// The grid.
#[component]
pub fn Grid(props: &GridProps) -> Html {
    let axes = &props.axes;
    let (scroller, grid) = (use_node_ref(), use_node_ref());
    let window = use_state_eq(|| Window::first(axes));
    let at = use_state_eq(|| (0_usize, 0_usize));
    let hover = use_state_eq(|| None::<usize>);
    // Whether the focus is in the grid.
    let held = use_mut_ref(|| false);

    let measure = {
        let (scroller, window) = (scroller.clone(), window.setter());
        use_callback(Rc::clone(axes), move |(): (), axes| {
            if let Some(scroller) = scroller.cast::<Element>() {
                window.set(Window::measure(axes, &scroller));
            }
        })
    };
    use_watch(&scroller, axes, &measure);
    {
        let (grid, held) = (grid.clone(), Rc::clone(&held));
        let (row, col) = *at;
        use_effect_with(
            ((*window).clone(), Rc::clone(axes)),
            move |(window, axes)| {
                if let Some(grid) = grid.cast::<HtmlElement>() {
                    window.keep_room(axes, &grid);
                    // A cell that moves among the others loses the focus, and one
                    // that is scrolled away takes it along. Then nothing has it, or
                    // the corner, or the pane around that takes in what is lost.
                    let is_lost =
                        |holder: Element| holder.id() == CORNER || holder.contains(Some(&grid));
                    if *held.borrow()
                        && focus::holder().is_none_or(is_lost)
                        && !focus::by_id(&format!("cell-{row}-{col}"))
                    {
                        focus::by_id(CORNER);
                    }
                }
            },
        );
    } // Once there is room for the cell.
    let follow = use_follow(*at, |_| {});

    let (rows, cols) = (
        clamp(&window.rows, axes.rows.len()),
        clamp(&window.cols, axes.cols.len()),
    );
    let walked = props.walked.and_then(|(from, place)| {
        let row = axes.rows.iter().position(|row| *row == from)?;
        Some((row, axes.cols.iter().position(|col| *col == place)?))
    });
    // What is walked is where one goes on.
    let start = if *at == (0, 0) {
        walked.unwrap_or(*at)
    } else {
        *at
    };
    let stop = (within(start.0, &rows), within(start.1, &cols));
    let keys = {
        let (at, window, scroller) = (at.clone(), window.clone(), scroller.clone());
        let (follow, measure, on_open) =
            (Rc::clone(&follow), measure.clone(), props.on_open.clone());
        let (axes, on_close) = (Rc::clone(axes), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && walked.is_some() {
                on_close.emit(());
            }
            let Some(next) = steered(&event, stop, &axes, &on_open) else {
                return;
            };
            if let Some(scroller) = scroller.cast::<Element>() {
                window.bring(&scroller, next);
            }
            measure.emit(());
            *follow.borrow_mut() = true;
            if *at == next {
                focus::by_id(&format!("cell-{}-{}", next.0, next.1));
            }
            at.set(next);
        })
    };
    let click = {
        let (at, axes, on_open) = (at.setter(), Rc::clone(axes), props.on_open.clone());
        Callback::from(move |event: MouseEvent| {
            if let Some(cell) = cell_at(&event) {
                at.set(cell);
                open(&axes, cell, &on_open);
            }
        })
    };
    let over = {
        let (hover, grid) = (hover.setter(), grid.clone());
        Callback::from(move |event: MouseEvent| {
            hover.set(cell_at(&event).map(|(_, col)| col));
            band(&grid, &event);
        })
    };
    let leave = {
        let hover = hover.setter();
        Callback::from(move |_: MouseEvent| hover.set(None))
    };
    html! {
        <div ref={scroller} class={if axes.roomy { "matrix__scroll" } else { "matrix__scroll has-many" }} onscroll={measure.reform(|_: Event| ())}>
            <div
                ref={grid} id={props.id} role="grid" aria-label="Who reaches whom, from row to column"
                class={classes!("matrix__grid", (!axes.roomy).then_some("is-small"), hover.is_some().then_some("has-band"))}
                aria-rowcount={(axes.rows.len() + 1).to_string()} aria-colcount={(axes.cols.len() + 1).to_string()}
                onfocusin={hold(&held, true)} onfocusout={hold(&held, false)} onkeydown={keys} onclick={click} onmouseover={over} onmouseleave={leave}
            >
                { head(&props.proved.0, axes, cols.clone(), [*hover, walked.map(|(_, col)| col)]) }
                <div class="matrix__above" />
                for row in rows.clone() {
                    <Row
                        key={row} proved={props.proved.clone()} axes={Rc::clone(axes)} {row} cols={cols.clone()}
                        stop={(stop.0 == row).then_some(stop.1)}
                        walked={walked.filter(|(walked, _)| *walked == row).map(|(_, col)| col)}
                    />
                }
                <div class="matrix__below" />
                <div class="matrix__band" aria-hidden="true" />
            </div>
        </div>
    }
}

/// Remembers whether the focus is inside; what goes away gives it to nobody.
fn hold(held: &Rc<RefCell<bool>>, inside: bool) -> Callback<FocusEvent> {
    let held = Rc::clone(held);
    Callback::from(move |event: FocusEvent| {
        if inside || event.related_target().is_some() {
            *held.borrow_mut() = inside;
        }
    })
}

/// A range that may be of a larger matrix.
fn clamp(range: &std::ops::Range<usize>, count: usize) -> std::ops::Range<usize> {
    range.start.min(count)..range.end.min(count)
}

/// A place, or the one that is nearest to it in a range.
fn within(place: usize, range: &std::ops::Range<usize>) -> usize {
    place.clamp(range.start, range.end.saturating_sub(1).max(range.start))
}

/// Does what a key asks of the cell `stop`: Enter opens its walk, and the keys
/// that move answer where they lead.
pub fn steered(
    event: &KeyboardEvent,
    stop: (usize, usize),
    axes: &Axes,
    on_open: &Callback<(usize, usize)>,
) -> Option<(usize, usize)> {
    let opens = matches!(event.key().as_str(), "Enter" | " ");
    let next = moved(event, stop, (axes.rows.len(), axes.cols.len()));
    if opens {
        open(axes, stop, on_open);
    }
    if opens || next.is_some() {
        event.prevent_default();
    }
    next
}

/// Where a key leads to.
fn moved(
    event: &KeyboardEvent,
    (row, col): (usize, usize),
    (rows, cols): (usize, usize),
) -> Option<(usize, usize)> {
    let (last_row, last_col) = (rows.checked_sub(1)?, cols.checked_sub(1)?);
    let far = event.ctrl_key() || event.meta_key();
    let next = match event.key().as_str() {
        "ArrowUp" => (row.saturating_sub(1), col),
        "ArrowDown" => (row + 1, col),
        "ArrowLeft" => (row, col.saturating_sub(1)),
        "ArrowRight" => (row, col + 1),
        "Home" => (if far { 0 } else { row }, 0),
        "End" => (if far { last_row } else { row }, last_col),
        "PageUp" => (row.saturating_sub(PAGE), col),
        "PageDown" => (row + PAGE, col),
        _ => return None,
    };
    Some((next.0.min(last_row), next.1.min(last_col)))
}

/// Asks for the walk of a cell.
pub fn open(axes: &Axes, (row, col): (usize, usize), on_open: &Callback<(usize, usize)>) {
    if let (Some(from), Some(place)) = (axes.rows.get(row), axes.cols.get(col)) {
        on_open.emit((*from, *place));
    }
}

/// The cell that an event happened in, by its row and column.
fn cell_at(event: &Event) -> Option<(usize, usize)> {
    let cell = cell_of(event)?.get_attribute("data-cell")?;
    let (row, col) = cell.split_once(' ')?;
    Some((row.parse().ok()?, col.parse().ok()?))
}

fn cell_of(event: &Event) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("[data-cell]").ok()?
}

/// Lays the band over the column of the cell under the pointer.
fn band(grid: &NodeRef, event: &Event) {
    let cell = cell_of(event).and_then(|cell| cell.dyn_into::<HtmlElement>().ok());
    if let Some((cell, grid)) = cell.zip(grid.cast::<HtmlElement>()) {
        let style = grid.style();
        // Setting a plain length on an element in the page cannot fail.
        let _ = style.set_property("--band", &format!("{}px", cell.offset_left()));
        let _ = style.set_property("--band-width", &format!("{}px", cell.offset_width()));
    }
}
