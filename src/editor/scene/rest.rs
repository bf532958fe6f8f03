//! The lines of a crowded plan that nothing is selected of, as one path.

use std::fmt::Write as _;

use crate::mesh::{Mesh, Subject, Verdict};

use super::node::Card;
use super::site::Frame;

/// Straight lines between everything that is linked, sites taken as one. Those
/// of a machine in focus, if it stands alone, are drawn as its links. At most
/// so many stand for all of them.
pub(super) fn rest(
    mesh: &Mesh,
    cards: &[Option<Card>],
    frames: &[Frame],
    focus: &Subject,
    most: usize,
) -> String {
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
    let own = match focus {
        Subject::Node(id) => mesh.position(id).map(|place| frames.len() + place),
        _ => None,
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
            let is_own = Some(line.0) == own || Some(line.1) == own;
            if last.replace(line) != Some(line) && !is_own {
                lines.push(line);
            }
        }
    }
    crate::sorting::sort(&mut lines);
    lines.dedup();
    // Of very many lines a part makes the same haze, and is drawn in a tenth of the time.
    let step = lines.len().div_ceil(most).max(1);
    let mut path = String::new();
    for (a, b) in lines.into_iter().step_by(step) {
        if let (Some(a), Some(b)) = (spot(a), spot(b)) {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{} {}L{} {}", a.x, a.y, b.x, b.y);
        }
    }
    path
}
