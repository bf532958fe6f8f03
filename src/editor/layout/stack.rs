//! Sites in rows, one below the other.

use crate::plan::Point;

use super::order::{even_rows, in_rows};
use super::up_to_grid;

/// How far apart sites stand.
#[derive(Clone, Copy)]
pub(super) struct Space {
    /// Between two sites of a row.
    gutter: i32,
    /// Between two rows.
    aisle: i32,
    /// Whether gates look between the sites of the row above.
    staggered: bool,
}

/// With room for all links between sites and for the arches over their gates.
pub(super) const WIDE: Space = Space {
    gutter: 128,
    aisle: 160,
    staggered: true,
};
/// For many machines: only the links of one are drawn then, and all have to be
/// as large as can be.
pub(super) const DENSE: Space = Space {
    gutter: 64,
    aisle: 112,
    staggered: false,
};
/// Sites whose middles differ by less are in one row. It is less than any aisle,
/// so that rows stay rows the next time.
const NEAR: i32 = 100;
/// The window, about, that everything has to fit into.
const WINDOW: (i64, i64) = (1_000, 730);
/// Half the width of what has to be free above a gate.
const GATE: i32 = 56;

/// Something with an extent: a site, or the machines that roam.
pub(super) struct Block<T> {
    /// What it is.
    pub(super) what: T,
    /// The middle of where it was.
    pub(super) middle: Point,
    /// Its extent.
    pub(super) extent: Point,
    /// Where its links leave upwards, from its left edge.
    pub(super) gate: Option<i32>,
}

/// Blocks with their corners.
pub(super) struct Stack<T> {
    /// The upper left corner of each.
    pub(super) at: Vec<(T, Point)>,
    /// The left and the right edge.
    pub(super) edges: (i32, i32),
    /// The middle of the first row.
    pub(super) axis: i32,
    /// The lower edge.
    pub(super) bottom: i32,
}

/// Puts blocks into rows that begin at y = 0, around x = 0, in a picture that
/// needs so much height `above` them.
pub(super) fn stack<T>(blocks: Vec<Block<T>>, above: i32, space: Space) -> Stack<T> {
    let lengths = even_rows(blocks.len(), rows_for(&blocks, above, space));
    let things = blocks.into_iter().map(|block| (block.middle, block));
    let rows = in_rows(things.collect(), NEAR, &lengths);
    let mut stack = Stack {
        at: Vec::new(),
        edges: (0, 0),
        axis: 0,
        bottom: 0,
    };
    let mut above: Vec<(i32, i32)> = Vec::new();
    let mut y = 0;
    for row in rows {
        let width: i32 = row
            .iter()
            .map(|block| up_to_grid(block.extent.x) + space.gutter)
            .sum();
        let begin = -((width - space.gutter) / 2).div_euclid(super::GRID) * super::GRID;
        let begin = if space.staggered {
            begin + between(&row, begin, space.gutter, &above)
        } else {
            begin
        };
        if y == 0 {
            stack.axis = begin + (width - space.gutter) / 2;
        }
        above.clear();
        let (mut x, mut high) = (begin, 0);
        for block in row {
            let extent = block.extent;
            above.push((x, x + extent.x));
            stack.edges = (stack.edges.0.min(x), stack.edges.1.max(x + extent.x));
            stack.at.push((block.what, Point { x, y }));
            x += up_to_grid(extent.x) + space.gutter;
            high = high.max(extent.y);
        }
        stack.bottom = y + high;
        y = up_to_grid(stack.bottom + space.aisle);
    }
    stack
}

/// How far a row moves aside so that as many gates as can be look between two
/// blocks of the row above.
fn between<T>(row: &[Block<T>], begin: i32, gutter: i32, above: &[(i32, i32)]) -> i32 {
    let blocked = |by: i32| {
        let mut x = begin + by;
        let mut count = 0;
        for block in row {
            if let Some(gate) = block.gate {
                let gate = x + gate;
                let hides =
                    |(left, right): &(i32, i32)| gate + GATE > *left && gate - GATE < *right;
                count += i32::from(above.iter().any(hides));
            }
            x += up_to_grid(block.extent.x) + gutter;
        }
        count
    };
    let steps = (0..=24).flat_map(|step| [step * 16, -step * 16]);
    steps.min_by_key(|by| (blocked(*by), by.abs())).unwrap_or(0)
}

/// In how many rows everything is as large as can be in the window. More rows
/// have to be worth it, because links have to pass the rows above. Only what
/// does not depend on the order counts, so that it is the same the next time.
fn rows_for<T>(blocks: &[Block<T>], above: i32, space: Space) -> usize {
    let count = i64::try_from(blocks.len()).unwrap_or(i64::MAX).max(1);
    let all = |side: fn(&Point) -> i32| {
        blocks
            .iter()
            .map(move |block| i64::from(side(&block.extent)))
    };
    let (wide, high) = (
        all(|extent| extent.x).sum::<i64>() / count,
        all(|extent| extent.y).sum::<i64>() / count,
    );
    let highest = all(|extent| extent.y).max().unwrap_or(0);
    let (gutter, aisle) = (i64::from(space.gutter), i64::from(space.aisle));
    let size = |rows: i64| {
        let long = count.div_euclid(rows) + i64::from(count % rows > 0);
        let aside = if space.staggered && rows > 1 && count % rows == 0 {
            i64::midpoint(wide, gutter)
        } else {
            0
        };
        let width = long * (wide + gutter) - gutter + aside;
        let height = i64::from(above) + rows * (i64::midpoint(high, highest) + aisle) - aisle;
        let zoom = (WINDOW.0 * 10_000 / width.max(1)).min(WINDOW.1 * 10_000 / height.max(1));
        zoom.min(10_000) * 10 / (9 + rows)
    };
    // The first of equal ones.
    let best = (1..=count).rev().max_by_key(|rows| size(*rows));
    usize::try_from(best.unwrap_or(1)).unwrap_or(1)
}
