//! A square of cells drawn as one path for each sign.

use std::fmt::Write as _;
use std::rc::Rc;

use yew::prelude::*;

use super::cells::{Axes, look};
use crate::proof::Verdict;
use crate::ui::proving::{Proved, Same, Sign};

/// The width and height of a cell in pixels.
pub const CELL: i32 = 8;

/// How many cells a tile is wide and high.
pub const SIDE: usize = 32;

/// All signs in the order of their patterns, with what is drawn in a cell. The
/// strokes are those that the verdicts have as lines.
const SIGNS: [(Sign, &str); 9] = [
    (Sign::Itself, ""),
    (Sign::NotAsked, "M3 3.5h1"),
    (Sign::ByChoice, "M2 3.5h3"),
    (Sign::Verdict(Verdict::Direct), "M1 5.5h5"),
    (Sign::Verdict(Verdict::Via), "M1 5.5h2m1 0h2"),
    (Sign::Verdict(Verdict::Dormant), "M1 5.5h3m1 0h1"),
    (Sign::Verdict(Verdict::Asleep), "M1 3.5h3m1 0h1"),
    (Sign::Verdict(Verdict::OneWay), "M1 5.5h3M3.5 1v3"),
    (Sign::Verdict(Verdict::Broken), "M1.5 1.5l4 4m0 -4l-4 4"),
];

/// What each sign looks like.
pub fn patterns() -> Html {
    let patterns = SIGNS.iter().enumerate().map(|(number, (sign, stroke))| {
        let (_, class) = look(*sign);
        html! {
            <pattern id={format!("mosaic-{number}")} class={class} width="8" height="8" patternUnits="userSpaceOnUse">
                <rect width="7" height="7" />
                <path d={*stroke} />
            </pattern>
        }
    });
    html! { <defs>{ for patterns }</defs> }
}

/// What [`Tile`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TileProps {
    /// The proof.
    pub proved: Same<Proved>,
    /// All rows and columns.
    pub axes: Rc<Axes>,
    /// Which tile from above.
    pub row: usize,
    /// Which tile from the left.
    pub col: usize,
}

/// The cells of a tile.
#[component]
pub fn Tile(props: &TileProps) -> Html {
    let (axes, proved) = (&props.axes, &props.proved.0);
    let mut paths = [const { String::new() }; SIGNS.len()];
    let mut strange = String::new();
    let cols = axes.cols.iter().copied().enumerate();
    let cols = cols.skip(props.col * SIDE).take(SIDE);
    let rows = axes.rows.iter().copied().enumerate();
    for (row, from) in rows.skip(props.row * SIDE).take(SIDE) {
        // Neighbours with the same sign are one rectangle.
        let mut run: Option<(usize, usize, usize)> = None;
        let mut end = |run: (usize, usize, usize)| {
            if let Some(path) = paths.get_mut(run.0) {
                rectangle(path, row, run.1, run.2);
            }
        };
        for (col, place) in cols.clone() {
            let sign = proved.sign(from, place);
            let number = SIGNS.iter().position(|(one, _)| *one == sign).unwrap_or(0);
            run = match run {
                Some((same, begin, length)) if same == number => Some((same, begin, length + 1)),
                before => {
                    if let Some(before) = before {
                        end(before);
                    }
                    Some((number, col, 1))
                }
            };
            if proved.is_strange(from, place) {
                rectangle(&mut strange, row, col, 1);
            }
        }
        if let Some(run) = run {
            end(run);
        }
    }
    let paths = paths.into_iter().enumerate();
    html! {
        <g>
            for (number, d) in paths.filter(|(_, d)| !d.is_empty()) {
                <path {d} fill={format!("url(#mosaic-{number})")} />
            }
            if !strange.is_empty() {
                <path class="mosaic__strange" d={strange} />
            }
        </g>
    }
}

fn rectangle(path: &mut String, row: usize, col: usize, cells: usize) {
    let cell = CELL.unsigned_abs();
    let pixels = |cells: usize| u32::try_from(cells).unwrap_or(0) * cell;
    let (x, y, width) = (pixels(col), pixels(row), pixels(cells));
    // Writing into a text cannot fail.
    let _ = write!(path, "M{x} {y}h{width}v{cell}h-{width}z");
}
