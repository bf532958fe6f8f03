//! Where copies go on the canvas.

use crate::editor::area::{Rect, card_rect, site_rect};
use crate::editor::room::nearest_free;
use crate::plan::{Place, Plan, Point, SiteId};

use super::Insertion;

/// How far a part moves so that it hides nothing: as near as possible to where
/// it is wanted, or to the right of itself. Machines that join a site get their
/// places there.
pub(super) fn shift_to_room(
    plan: &Plan,
    insertion: &Insertion,
    round: usize,
    joins: impl Fn(&SiteId) -> bool,
) -> Point {
    const GAP: i32 = 48;
    let part = insertion.part.as_ref();
    let sites = part.sites.iter().filter(|(id, _)| !joins(id));
    let areas = sites.map(|(id, site)| site_rect(part, id, site));
    let loose = part
        .nodes
        .values()
        .filter(|node| !matches!(node.place, Place::Site { .. }));
    let own = areas.chain(loose.map(card_rect));
    let Some(own) = own.reduce(|one, other| one.around(other)) else {
        return Point::default();
    };
    let taken: Vec<Rect> = plan
        .nodes
        .values()
        .map(card_rect)
        .chain(
            plan.sites
                .iter()
                .map(|(id, site)| site_rect(plan, id, site)),
        )
        .map(|rect| rect.grown(GAP - 16))
        .collect();
    // Many copies stand in a block, and the original is the first of them.
    let mut columns = 1;
    while insertion.times > 1 && columns * columns <= insertion.times {
        columns += 1;
    }
    let (column, row) = match insertion.times {
        1 => (1, 0),
        _ => ((round + 1) % columns, (round + 1) / columns),
    };
    let steps = |count: usize, size: i32| {
        let count = i32::try_from(count).unwrap_or(i32::MAX);
        count.saturating_mul(size.saturating_add(GAP))
    };
    let wish = match insertion.at {
        Some(at) => Rect {
            x: at.x - own.width / 2,
            y: at.y - own.height / 2,
            ..own
        },
        None => Rect {
            x: own.x.saturating_add(steps(column, own.width)),
            y: own.y.saturating_add(steps(row, own.height)),
            ..own
        },
    };
    let to = nearest_free(&taken, wish);
    Point {
        x: to.x - own.x,
        y: to.y - own.y,
    }
}
