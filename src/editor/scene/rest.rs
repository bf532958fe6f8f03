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
    /// Where lines may begin and end. What moves is left out.
    spots: Vec<Option<Point>>,
    path: String,
}

impl Rest {
    /// The lines, or those of before if they are the same.
    pub(super) fn of(mesh: &Mesh, ground: &Ground<'_>, before: Option<&Rc<Self>>) -> Rc<Self> {
        let spots = ground.spots(&[]);
        let lines = lines(mesh, ground, &spots);
        match before.filter(|before| before.lines == lines) {
            Some(same) => Rc::clone(same),
            None => Self::new(lines, spots),
        }
    }

    /// The lines without those of what moves. Of the same mesh, `before` stays
    /// as long as nothing else moves.
    pub(super) fn without(
        mesh: &Mesh,
        ground: &Ground<'_>,
        moving: &[usize],
        before: &Rc<Self>,
    ) -> Rc<Self> {
        let spots = ground.spots(moving);
        if before.spots == spots {
            return Rc::clone(before);
        }
        Self::new(lines(mesh, ground, &spots), spots)
    }

    fn new(lines: Vec<(Point, Point)>, spots: Vec<Option<Point>>) -> Rc<Self> {
        let mut path = String::with_capacity(20 * lines.len());
        for (a, b) in &lines {
            line(&mut path, *a, *b);
        }
        Rc::new(Self { lines, spots, path })
    }

    /// As an SVG path; empty where there are none.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// Where machines and gates stand.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) cards: &'a [Option<Card>],
    pub(super) frames: &'a [Frame],
}

impl Ground<'_> {
    /// What a machine is drawn with: its site, or itself. Sites come first.
    pub(super) fn group(&self, place: usize) -> usize {
        let card = self.cards.get(place).copied().flatten();
        card.and_then(|card| card.site)
            .unwrap_or(self.frames.len() + place)
    }

    /// The place of each group, but for those of the machines that move.
    fn spots(&self, moving: &[usize]) -> Vec<Option<Point>> {
        let gates = self.frames.iter().map(|frame| Some(frame.gate.at));
        let cards = self.cards.iter();
        let cards = cards.map(|card| card.map(|card| card.rect.center()));
        let mut spots: Vec<Option<Point>> = gates.chain(cards).collect();
        for place in moving {
            if let Some(spot) = spots.get_mut(self.group(*place)) {
                *spot = None;
            }
        }
        // A machine at a site has no line of its own.
        for (place, card) in self.cards.iter().enumerate() {
            if card.is_some_and(|card| card.site.is_some())
                && let Some(spot) = spots.get_mut(self.frames.len() + place)
            {
                *spot = None;
            }
        }
        spots
    }
}

/// Adds a straight line to a path.
pub(super) fn line(path: &mut String, a: Point, b: Point) {
    // Writing to a string cannot fail.
    let _ = write!(path, "M{} {}L{} {}", a.x, a.y, b.x, b.y);
}

fn lines(mesh: &Mesh, ground: &Ground<'_>, spots: &[Option<Point>]) -> Vec<(Point, Point)> {
    let groups: Vec<usize> = (0..ground.cards.len())
        .map(|place| ground.group(place))
        .collect();
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
    let spot = |group: usize| spots.get(group).copied().flatten();
    let ends = |(a, b): (usize, usize)| Some((spot(a)?, spot(b)?));
    lines.into_iter().filter_map(ends).collect()
}
