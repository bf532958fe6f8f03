//! The names along the edges of the picture: some of them at even distances, as
//! on a ruler, and those of the row and the column that the lens shows. They
//! stay in view while the picture scrolls under them.

use std::rc::Rc;

use yew::prelude::*;

use super::cells::Axes;
use super::tile::CELL;
use crate::ui::proving::{Proved, Same};

/// Each of so many rows and columns has its name.
const EVERY: usize = 4;
/// How many letters there is room for, in the widest of usual faces.
const LETTERS: usize = 14;

/// Along which edge.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The rows, on the left.
    Rows,
    /// The columns, at the top.
    Cols,
}

impl Edge {
    /// How much room the names take beside the picture, in pixels.
    pub fn depth(self) -> i32 {
        match self {
            Self::Rows => 112,
            Self::Cols => 92,
        }
    }
}

/// What [`Scale`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ScaleProps {
    /// The proof.
    pub proved: Same<Proved>,
    /// All rows and columns.
    pub axes: Rc<Axes>,
    /// Along which edge.
    pub edge: Edge,
}

/// The names at even distances, which are drawn once.
#[component]
pub fn Scale(props: &ScaleProps) -> Html {
    let count = match props.edge {
        Edge::Rows => props.axes.rows.len(),
        Edge::Cols => props.axes.cols.len(),
    };
    let names = (0..count).step_by(EVERY);
    html! { <g>{ for names.map(|at| name(&props.proved.0, &props.axes, props.edge, at, false)) }</g> }
}

/// The name of one row or column; the one that is pointed at covers others.
pub fn name(proved: &Proved, axes: &Axes, edge: Edge, at: usize, here: bool) -> Html {
    let name = match edge {
        Edge::Rows => axes.rows.get(at).map(|row| proved.name(*row).to_owned()),
        Edge::Cols => axes.cols.get(at).and_then(|col| {
            let target = proved.target(*col)?;
            Some(proved.target_name(target))
        }),
    };
    let Some(name) = name else { return html! {} };
    let middle = i32::try_from(at).unwrap_or(0) * CELL + CELL / 2;
    let (class, length) = (
        if here { "scale__here" } else { "scale__name" },
        edge.depth(),
    );
    // All names begin or end at the picture; those of columns are read upwards.
    let (place, anchor, way) = match edge {
        Edge::Rows => (format!("translate({length} {middle})"), "end", -1),
        Edge::Cols => (
            format!("translate({middle} {length}) rotate(-90)"),
            "start",
            1,
        ),
    };
    let x = (if way < 0 { -length } else { 0 }).to_string();
    html! {
        <g {class} transform={place}>
            if here {
                // A name right beside this one is covered as a whole.
                if at % EVERY == 1 || at % EVERY == EVERY - 1 {
                    <rect class="scale__cover" x={x.clone()} y="-15" width={length.to_string()} height="30" />
                }
                <rect {x} y="-9" width={length.to_string()} height="18" />
            }
            <path d={format!("M{} 0h{}", way, 4 * way)} />
            <text x={(8 * way).to_string()} y="4" text-anchor={anchor}>{ short(&name) }</text>
        </g>
    }
}

/// A name, cut where there is no more room.
fn short(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    let mut short: String = name.chars().take(LETTERS - 1).collect();
    short.push('\u{2026}');
    short
}
