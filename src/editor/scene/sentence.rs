//! The plate of a line, grown to its sentence: what the line is, and why.

use crate::mesh::{Mesh, Pair};

use super::super::area::Rect;
use super::Scene;
use super::link::LinkShape;

/// So many letters at most stand in a row.
const ROW: usize = 54;
/// So many rows at most.
const ROWS: usize = 5;

/// What is said of a line while it is pointed at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The grown plate.
    pub rect: Rect,
    /// The names of the ends, or how many pairs there are.
    pub title: String,
    /// The reason in rows, or the names of the pairs.
    pub rows: Vec<String>,
}

/// The sentence of a line. Its plate grows from where the names stand, to the
/// side where it covers least and stays in what `shown` of the canvas shows.
#[must_use]
pub fn sentence(scene: &Scene, mesh: &Mesh, link: &LinkShape, shown: Rect) -> Sentence {
    let detail = scene.detail;
    let rows = rows(&words(mesh, link));
    let letters = |text: &String| i32::try_from(text.chars().count()).unwrap_or(0);
    let longest = rows.iter().map(letters).max().unwrap_or(0);
    let width = (longest * 31 / 5 + 30).max(letters(&link.title) * 13 / 2 + 46);
    let height = 30 + i32::try_from(rows.len()).unwrap_or(0) * 17 + 7;
    let (width, height) = (detail.px(width), detail.px(height));
    let from = link.plate;
    let wide = (width - from.width).max(0);
    let tall = (height - from.height).max(0);
    let places = [
        (wide / 2, 0),
        (wide / 2, tall),
        (0, 0),
        (wide, 0),
        (0, tall),
        (wide, tall),
    ];
    let place = |(left, up): (i32, i32)| Rect {
        x: from.x - left,
        y: from.y - up,
        width: width.max(from.width),
        height,
    };
    let covered = |rect: &Rect| {
        let cards = scene.nodes.iter().map(|node| shared(*rect, node.rect));
        let outside = area(*rect) - shared(*rect, shown);
        // What lies outside cannot be read, what lies below can be seen again.
        cards.sum::<i64>() + 4 * outside
    };
    let rect = places.into_iter().map(place).min_by_key(covered);
    Sentence {
        rect: rect.unwrap_or(from),
        title: link.title.clone(),
        rows,
    }
}

fn area(rect: Rect) -> i64 {
    i64::from(rect.width.max(0)) * i64::from(rect.height.max(0))
}

/// The area that two rectangles share.
fn shared(one: Rect, other: Rect) -> i64 {
    let width = one.right().min(other.right()) - one.x.max(other.x);
    let height = one.bottom().min(other.bottom()) - one.y.max(other.y);
    i64::from(width.max(0)) * i64::from(height.max(0))
}

/// The reason of one pair, or the names of several.
fn words(mesh: &Mesh, link: &LinkShape) -> String {
    let pair = |key: &crate::plan::PairKey| -> Option<&Pair> {
        let (one, other) = key.ends();
        mesh.pair(mesh.position(one)?, mesh.position(other)?)
    };
    if let [only] = link.pairs.as_slice() {
        return pair(only).map_or_else(String::new, |pair| mesh.why(pair));
    }
    let names = link.pairs.iter().take(12).filter_map(pair);
    let names = names.map(|pair| format!("{} \u{2194} {}", mesh.name(pair.a), mesh.name(pair.b)));
    let mut names: Vec<String> = names.collect();
    if link.pairs.len() > names.len() {
        names.push("\u{2026}".to_owned());
    }
    names.join(", ")
}

/// A text in rows that are not too long; one that is much longer ends with an ellipsis.
fn rows(text: &str) -> Vec<String> {
    // About as many letters in each row, so that no word stands alone.
    let length = text.chars().count();
    let most = (length / length.div_ceil(ROW - 6).max(1) + 6).min(ROW);
    let mut rows: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let full = rows.len() == ROWS;
        match rows.last_mut() {
            Some(row) if row.chars().count() + 1 + word.chars().count() <= most => {
                row.push(' ');
                row.push_str(word);
            }
            Some(row) if full => {
                row.push_str(" \u{2026}");
                break;
            }
            _ => rows.push(word.to_owned()),
        }
    }
    rows
}
