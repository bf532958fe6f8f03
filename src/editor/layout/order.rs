//! The order that things have on the canvas, read as one reads a page.

use crate::plan::Point;
use crate::sorting::sort_by_key;

/// Things in rows of these lengths: from top to bottom into the rows, and from
/// left to right within each. What lies within `near` of the topmost of a line
/// is one line, so that a hand's trembling does not count.
///
/// Of things that lie so already, each stays in its row and at its place.
pub(super) fn in_rows<T>(mut things: Vec<(Point, T)>, near: i32, lengths: &[usize]) -> Vec<Vec<T>> {
    sort_by_key(&mut things, |(at, _)| (at.y, at.x));
    let mut lines: Vec<(i32, Point, T)> = Vec::with_capacity(things.len());
    let mut top = None;
    for (at, thing) in things {
        let line = match top {
            Some(top) if at.y - top <= near => top,
            _ => at.y,
        };
        top = Some(line);
        lines.push((line, at, thing));
    }
    sort_by_key(&mut lines, |(line, at, _)| (*line, at.x, at.y));
    let mut rest = lines.into_iter();
    let mut rows = Vec::with_capacity(lengths.len());
    for length in lengths {
        let mut row: Vec<_> = rest.by_ref().take(*length).collect();
        sort_by_key(&mut row, |(_, at, _)| (at.x, at.y));
        rows.push(row.into_iter().map(|(_, _, thing)| thing).collect());
    }
    rows
}

/// The lengths of rows with so many columns; the last one may be shorter.
pub(super) fn full_rows(count: usize, columns: usize) -> Vec<usize> {
    let columns = columns.max(1);
    (0..count.div_ceil(columns))
        .map(|row| columns.min(count - row * columns))
        .collect()
}

/// The lengths of so many rows that are about as long as each other. Longer
/// and shorter ones take turns, so that what stands in one row looks between
/// two things of the row above.
pub(super) fn even_rows(count: usize, rows: usize) -> Vec<usize> {
    let rows = rows.max(1);
    let (least, mut more) = (count / rows, count % rows);
    let mut lengths = vec![least; rows];
    for first in [0, 1] {
        for length in lengths.iter_mut().skip(first).step_by(2) {
            if more > 0 {
                *length += 1;
                more -= 1;
            }
        }
    }
    lengths
}
