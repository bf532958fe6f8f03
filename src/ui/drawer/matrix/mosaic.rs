//! The matrix of more than a hundred machines: cells so small that they are one
//! picture, and a lens over the one that is pointed at.
//!
//! Only the cell that has the keyboard's attention is an element of its own.
//! The others are drawn in tiles, which are made once they come into view and
//! then stay, so that scrolling draws nothing anew.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::cells::Axes;
use super::grid::{GridProps, open, steered};
use super::lens::{self, Lens};
use super::scale::{Edge, Scale, name};
use super::tile::{CELL, SIDE, Tile, patterns};
use super::window::{use_follow, use_watch};
use crate::ui::proving::Proved;

/// How far from the edge of the view a cell is brought by keys, in pixels.
const ROOM: i32 = 5 * CELL;

/// The rows and columns of tiles, and which of them there are.
type Tiles = (Range<usize>, Range<usize>);

/// The picture, with what [`Grid`](super::grid::Grid) has.
#[component]
pub fn Mosaic(props: &GridProps) -> Html {
    let axes = &props.axes;
    let proved = &props.proved.0;
    let (scroller, drawing, lens) = (use_node_ref(), use_node_ref(), use_node_ref());
    let view = use_state_eq(|| -> Tiles { (0..1, 0..3) });
    let at = use_state_eq(|| None::<(usize, usize)>);
    let hover = use_state_eq(|| None::<(usize, usize)>);
    let held = use_state_eq(|| false);
    // Every move of the focus goes to the other one of two elements, so that it
    // is heard, and the old one stays, so that keys are never without a place.
    let turn = use_mut_ref(|| (false, (0_usize, 0_usize), None));
    let made = use_memo((props.proved.clone(), Rc::clone(axes)), |_| {
        RefCell::new(Vec::<(usize, usize)>::new())
    });

    let measure = {
        let (scroller, view) = (scroller.clone(), view.setter());
        use_callback((), move |(): (), ()| {
            if let Some(scroller) = scroller.cast::<Element>() {
                view.set(in_view(&scroller));
            }
        })
    };
    use_watch(&scroller, axes, &measure);

    let (rows, cols) = (axes.rows.len(), axes.cols.len());
    let walked = props.walked.and_then(|(from, place)| {
        let row = axes.rows.iter().position(|row| *row == from)?;
        Some((row, axes.cols.iter().position(|col| *col == place)?))
    });
    // What is walked is where one goes on.
    let stop = at.or(walked).unwrap_or_default();
    let stop = (
        stop.0.min(rows.saturating_sub(1)),
        stop.1.min(cols.saturating_sub(1)),
    );
    let (side, before) = {
        let mut turn = turn.borrow_mut();
        if turn.1 != stop {
            *turn = (!turn.0, stop, Some(turn.1));
        }
        (turn.0, turn.2)
    };
    let shown = hover.or(held.then_some(stop));
    {
        let (scroller, lens) = (scroller.clone(), lens.clone());
        use_effect_with(shown, move |shown| {
            if let (Some(cell), Some(scroller), Some(lens)) = (
                *shown,
                scroller.cast::<Element>(),
                lens.cast::<HtmlElement>(),
            ) {
                lens::place(&lens, &scroller, cell);
            }
        });
    }
    let follow = {
        let scroller = scroller.clone();
        use_follow(stop, move |cell| {
            // Firefox scrolls to the corner of a drawing in which something gets the focus.
            if let Some(scroller) = scroller.cast::<Element>() {
                bring(&scroller, cell);
            }
        })
    };

    let keys = {
        let (at, hover, scroller) = (at.setter(), hover.setter(), scroller.clone());
        let (follow, axes) = (Rc::clone(&follow), Rc::clone(axes));
        let (on_open, on_close) = (props.on_open.clone(), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && walked.is_some() {
                on_close.emit(());
            }
            let Some(next) = steered(&event, stop, &axes, &on_open) else {
                return;
            };
            if let Some(scroller) = scroller.cast::<Element>() {
                bring(&scroller, next);
            }
            *follow.borrow_mut() = next != stop;
            hover.set(None);
            at.set(Some(next));
        })
    };
    let hit = {
        let (drawing, axes) = (drawing.clone(), Rc::clone(axes));
        move |event: &MouseEvent| cell_under(&drawing, &axes, event)
    };
    let click = {
        let (at, axes, hit) = (at.setter(), Rc::clone(axes), hit.clone());
        let on_open = props.on_open.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(cell) = hit(&event) {
                at.set(Some(cell));
                open(&axes, cell, &on_open);
            }
        })
    };
    let over = {
        let hover = hover.setter();
        Callback::from(move |event: MouseEvent| hover.set(hit(&event)))
    };
    // The pointer is elsewhere now, and says so when it moves next.
    let scrolled = {
        let hover = hover.setter();
        Callback::from(move |_: Event| {
            hover.set(None);
            measure.emit(());
        })
    };
    let leave = {
        let hover = hover.setter();
        Callback::from(move |_: MouseEvent| hover.set(None))
    };
    let hold = |inside: bool| {
        let held = held.setter();
        Callback::from(move |_: FocusEvent| held.set(inside))
    };
    {
        let mut made = made.borrow_mut();
        for row in view.0.clone() {
            for col in view.1.clone() {
                let tile = (row, col);
                if row * SIDE < rows && col * SIDE < cols && !made.contains(&tile) {
                    made.push(tile);
                }
            }
        }
    }
    let (width, height) = (pixels(cols), pixels(rows));
    let slot = |mine: bool| {
        let cell = if mine == side { Some(stop) } else { before };
        cell.map(|cell| focused(proved, axes, cell, mine == side, walked))
    };
    let names = |edge: Edge, here: Option<usize>| {
        let (class, width, height) = match edge {
            Edge::Cols => ("scale--cols", width, edge.depth()),
            Edge::Rows => ("scale--rows", edge.depth(), height),
        };
        html! {
            <svg class={classes!("scale", class)} aria-hidden="true" width={width.to_string()} height={height.to_string()}>
                <Scale proved={props.proved.clone()} axes={Rc::clone(axes)} {edge} />
                { for here.map(|at| name(proved, axes, edge, at, true)) }
            </svg>
        }
    };
    html! {
        <div ref={scroller} class="matrix__scroll mosaic" onscroll={scrolled}>
            <div
                id={props.id} role="grid" aria-label="Who reaches whom, from row to column" class="mosaic__grid"
                aria-rowcount={(rows + 1).to_string()} aria-colcount={(cols + 1).to_string()} onkeydown={keys}
            >
                <div class="scale scale--corner" aria-hidden="true" />
                { names(Edge::Cols, shown.map(|(_, col)| col)) }
                { names(Edge::Rows, shown.map(|(row, _)| row)) }
                <div
                    class="mosaic__plane" role="presentation" onclick={click} onmousemove={over} onmouseleave={leave}
                    onfocusin={hold(true)} onfocusout={hold(false)}
                >
                    <svg ref={drawing} class="mosaic__drawing" role="presentation" width={width.to_string()} height={height.to_string()}>
                        { patterns() }
                        <g aria-hidden="true">
                            for (row, col) in made.borrow().iter().copied() {
                                <Tile key={format!("{row} {col}")} proved={props.proved.clone()} axes={Rc::clone(axes)} {row} {col} />
                            }
                            { band(shown, width, height) }
                        </g>
                        <g key="one">{ for slot(false) }</g>
                        <g key="other">{ for slot(true) }</g>
                    </svg>
                    if let Some(cell) = shown {
                        <div ref={lens} class="lens" aria-hidden="true"><Lens proved={props.proved.clone()} axes={Rc::clone(axes)} {cell} /></div>
                    }
                </div>
            </div>
        </div>
    }
}

/// The cell that the keyboard is at, with the names of its row and column.
fn focused(
    proved: &Proved,
    axes: &Axes,
    (row, col): (usize, usize),
    stands: bool,
    walked: Option<(usize, usize)>,
) -> Html {
    let (Some(from), Some(place)) = (axes.rows.get(row).copied(), axes.cols.get(col).copied())
    else {
        return html! {};
    };
    let to = proved
        .target(place)
        .map(|target| proved.target_words(target));
    let cell = CELL.to_string();
    html! {
        <>
            <g role="row" aria-rowindex="1">
                <g role="columnheader" aria-colindex={(col + 2).to_string()} aria-label={to} />
            </g>
            <g role="row" aria-rowindex={(row + 2).to_string()}>
                <g role="rowheader" aria-colindex="1" aria-label={proved.name(from).to_owned()} />
                <g
                    id={format!("cell-{row}-{col}")} role="gridcell" class="mosaic__cell" aria-colindex={(col + 2).to_string()}
                    aria-label={proved.label(from, place)} aria-selected={(walked == Some((row, col))).then_some("true")}
                    tabindex={if stands { "0" } else { "-1" }}
                >
                    <rect x={pixels(col).to_string()} y={pixels(row).to_string()} width={cell.clone()} height={cell} />
                </g>
            </g>
        </>
    }
}

/// Marks the row and the column of the cell that the lens shows.
fn band(shown: Option<(usize, usize)>, width: i32, height: i32) -> Html {
    let Some((row, col)) = shown else {
        return html! {};
    };
    let (x, y, cell) = (
        pixels(col).to_string(),
        pixels(row).to_string(),
        CELL.to_string(),
    );
    html! {
        <g class="mosaic__band">
            <rect x="0" {y} width={width.to_string()} height={cell.clone()} />
            <rect {x} y="0" width={cell} height={height.to_string()} />
        </g>
    }
}

/// The tiles in view, and one more on each side.
fn in_view(scroller: &Element) -> Tiles {
    let side = i32::try_from(SIDE).unwrap_or(1) * CELL;
    let part = |from: i32, size: i32| {
        let tile = |at: i32| usize::try_from(at / side).unwrap_or(0);
        tile(from - side)..tile(from + size + side) + 1
    };
    (
        part(scroller.scroll_top(), scroller.client_height()),
        part(scroller.scroll_left(), scroller.client_width()),
    )
}

/// Scrolls so far that a cell is in view, with some around it.
fn bring(scroller: &Element, (row, col): (usize, usize)) {
    let into_view = |at: usize, from: i32, room: i32| {
        let (begin, end) = (pixels(at) - ROOM, pixels(at + 1) + ROOM - room);
        from.clamp(end.max(0), begin.max(end).max(0))
    };
    let (width, height) = room(scroller);
    scroller.set_scroll_top(into_view(row, scroller.scroll_top(), height));
    scroller.set_scroll_left(into_view(col, scroller.scroll_left(), width));
}

/// Width and height of what shows of the picture beside the names.
pub fn room(scroller: &Element) -> (i32, i32) {
    (
        scroller.client_width() - Edge::Rows.depth(),
        scroller.client_height() - Edge::Cols.depth(),
    )
}

/// The cell under the pointer.
fn cell_under(drawing: &NodeRef, axes: &Axes, event: &MouseEvent) -> Option<(usize, usize)> {
    let corner = drawing.cast::<Element>()?.get_bounding_client_rect();
    let place = |at: i32, from: f64, count: usize| {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a drawing is some thousand pixels large"
        )]
        let inside = at - from.floor() as i32;
        usize::try_from(inside / CELL)
            .ok()
            .filter(|place| inside >= 0 && *place < count)
    };
    let row = place(event.client_y(), corner.top(), axes.rows.len())?;
    let col = place(event.client_x(), corner.left(), axes.cols.len())?;
    Some((row, col))
}

/// Where a cell begins.
fn pixels(cells: usize) -> i32 {
    i32::try_from(cells).unwrap_or(0) * CELL
}
