//! On crowded plans, the lines of which nothing is selected: straight, and all
//! in one path, which stays the same object as long as nothing in it moves.

use std::fmt::Write as _;
use std::rc::Rc;

use crate::mesh::{Mesh, Verdict};
use crate::plan::Point;

use super::node::Card;
use super::site::Frame;

/// Straight lines between everything that is linked, sites taken as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rest {
    /// What it is made from, to see whether it is still the same.
    lines: Vec<(Point, Point)>,
    path: String,
}

impl Rest {
    /// The lines, or those of before if they are the same.
    pub(super) fn of(
        mesh: &Mesh,
        cards: &[Option<Card>],
        frames: &[Frame],
        before: Option<&Rc<Self>>,
    ) -> Rc<Self> {
        let lines = lines(mesh, cards, frames);
        if let Some(same) = before.filter(|before| before.lines == lines) {
            return Rc::clone(same);
        }
        let mut path = String::with_capacity(20 * lines.len());
        for (a, b) in &lines {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{} {}L{} {}", a.x, a.y, b.x, b.y);
        }
        Rc::new(Self { lines, path })
    }

    /// As an SVG path; empty where there are none.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

fn lines(mesh: &Mesh, cards: &[Option<Card>], frames: &[Frame]) -> Vec<(Point, Point)> {
    // Sites come first, then each machine that stands at none.
    let group = |(place, card): (usize, &Option<Card>)| match card.and_then(|card| card.site) {
        Some(site) => site,
        None => frames.len() + place,
    };
    let groups: Vec<usize> = cards.iter().enumerate().map(group).collect();
    let spot = |group: usize| match group.checked_sub(frames.len()) {
        None => frames.get(group).map(|frame| frame.gate.at),
        Some(place) => cards
            .get(place)
            .copied()
            .flatten()
            .map(|card| card.rect.center()),
    };
    let mut lines = Vec::new();
    let mut last = None;
    for pair in mesh
        .pairs
        .iter()
        .filter(|pair| matches!(pair.verdict, Verdict::Direct | Verdict::Open))
    {
        if let (Some(a), Some(b)) = (groups.get(pair.a), groups.get(pair.b)) {
            let line = (*a.min(b), *a.max(b));
            // Most pairs repeat the one before.
            if last.replace(line) != Some(line) {
                lines.push(line);
            }
        }
    }
    // Without sites they are in order as they come.
    if !lines.is_sorted() {
        crate::sorting::sort(&mut lines);
    }
    lines.dedup();
    let ends = |(a, b): (usize, usize)| Some((spot(a)?, spot(b)?));
    lines.into_iter().filter_map(ends).collect()
}
