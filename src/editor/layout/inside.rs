//! Cards beside each other in a grid, inside a site and elsewhere.

use crate::plan::{Node, NodeId, Plan, Point, Site, SiteId};

use super::super::area::{EMPTY_SITE, FOOTER, HEADER, PADDING, room_at_site, site_rect};
use super::order::{full_rows, in_rows};
use super::{CARD_HEIGHT, CARD_WIDTH, CLEAR, Rect, card_rect, up_to_grid};

/// Between two cards of a row. The ways to the gate pass there, and from 40 % of
/// zoom on, names have room.
const GAP: i32 = 72;
/// From one card to the next.
pub(in crate::editor) const ACROSS: i32 = CARD_WIDTH + GAP;
/// From one row of cards to the next. A relay's tray fits in between.
pub(in crate::editor) const DOWN: i32 = 112;
/// Cards whose corners differ by less are in one row.
const NEAR: i32 = 48;

/// How cards stand in a grid.
#[derive(Clone, Copy)]
pub(super) struct Spacing {
    /// From one column to the next.
    pub(super) across: i32,
    /// From one row to the next, if nothing hangs below its cards.
    pub(super) down: i32,
    /// Whether a shorter row stands in the middle.
    pub(super) centered: bool,
}

/// Cards in a grid, from the corner of the first one.
pub(super) struct Cards {
    /// The corner of each card.
    pub(super) at: Vec<(NodeId, Point)>,
    /// From the left edge of the first column to the right edge of the last.
    pub(super) width: i32,
    /// From the top of the first row to the bottom of the cards in the last.
    pub(super) height: i32,
}

/// Puts machines into a grid with so many columns, in the order that they have.
pub(super) fn in_grid(plan: &Plan, ids: &[NodeId], columns: usize, spacing: Spacing) -> Cards {
    let cards = ids
        .iter()
        .filter_map(|id| Some((plan.nodes.get(id)?.position, id)));
    let lengths = full_rows(ids.len(), columns);
    let rows = in_rows(cards.collect(), NEAR, &lengths);
    let mut grid = Cards {
        at: Vec::with_capacity(ids.len()),
        width: 0,
        height: 0,
    };
    let mut y = 0;
    for row in rows {
        let mut down = spacing.down;
        let missing = i32::try_from(columns.saturating_sub(row.len())).unwrap_or(0);
        let begin = if spacing.centered {
            missing * spacing.across / 2
        } else {
            0
        };
        for (x, id) in (0..).map(|place| begin + place * spacing.across).zip(row) {
            let hangs = plan.nodes.get(id).map_or(0, below);
            down = down.max(spacing.down + hangs);
            grid.at.push((id.clone(), Point { x, y }));
            grid.width = grid.width.max(x + CARD_WIDTH);
        }
        grid.height = y + CARD_HEIGHT;
        y += down;
    }
    grid
}

/// How much more room the LANs take that a machine shares.
pub(in crate::editor) fn below(node: &Node) -> i32 {
    match i32::try_from(node.shares.len()) {
        Ok(count) if count > 0 => 24 + 32 * count,
        _ => 0,
    }
}

/// In how many columns so many machines of a site stand: a site is rather wide
/// than high, like the window.
pub(in crate::editor) fn columns_for(count: usize) -> usize {
    let wide = |columns: usize| columns * 280;
    let high = |columns: usize| count.div_ceil(columns) * 112 + 130;
    (1..=count.max(1))
        .find(|columns| wide(*columns) * 10 >= high(*columns) * 11)
        .unwrap_or(1)
}

/// The cards of a site from the corner of its area, and its extent.
pub(super) fn of_site(plan: &Plan, id: &SiteId, site: &Site) -> (Vec<(NodeId, Point)>, Point) {
    let ids: Vec<NodeId> = plan.nodes_at(id).map(|(id, _)| id.clone()).collect();
    let spacing = Spacing {
        across: ACROSS,
        down: DOWN,
        centered: false,
    };
    let mut grid = in_grid(plan, &ids, columns_for(ids.len()), spacing);
    let own = site.size.unwrap_or(EMPTY_SITE);
    let mut extent = Point {
        x: own.x.max(0),
        y: own.y.max(0),
    };
    if !grid.at.is_empty() {
        extent.x = extent.x.max(grid.width + 2 * PADDING);
        extent.y = extent.y.max(grid.height + HEADER + FOOTER);
    }
    let left = (extent.x - grid.width) / 2;
    let left = PADDING.max(left.div_euclid(super::GRID) * super::GRID);
    for (_, at) in &mut grid.at {
        (at.x, at.y) = (at.x + left, at.y + HEADER);
    }
    (grid.at, extent)
}

/// Puts some machines of a site in order, around those that stay. If the site
/// would have to grow over something else, all of them stay.
pub(super) fn arrange_among(plan: &mut Plan, id: &SiteId, ids: &[NodeId], others: &[Rect]) {
    let Some(site) = plan.sites.get(id) else {
        return;
    };
    let before = site_rect(plan, id, site);
    let staying: Vec<&Node> = plan
        .nodes_at(id)
        .filter(|(id, _)| !ids.contains(id))
        .map(|(_, node)| node)
        .collect();
    let own = Rect {
        x: site.position.x,
        y: site.position.y,
        width: site.size.unwrap_or(EMPTY_SITE).x,
        height: site.size.unwrap_or(EMPTY_SITE).y,
    };
    // Without those that move, so that it is the same the next time.
    let kept = staying
        .iter()
        .fold(own, |area, node| area.around(room_at_site(card_rect(node))));
    let count = ids.len() + staying.len();
    let fitting = usize::try_from((kept.width - 2 * PADDING + GAP) / ACROSS).unwrap_or(1);
    let columns = columns_for(count).max(fitting);
    let hangs = plan.nodes_at(id).map(|(_, node)| below(node)).max();
    let down = DOWN + hangs.unwrap_or(0);
    let taken: Vec<Rect> = staying
        .iter()
        .map(|node| {
            let card = card_rect(node);
            Rect {
                height: card.height + below(node),
                ..card
            }
            .grown(16)
        })
        .collect();
    let used = i32::try_from(columns.min(count)).unwrap_or(1);
    let slack = (kept.width - (used * ACROSS - GAP)) / 2;
    let inset = if staying.is_empty() { slack } else { 0 }.max(PADDING);
    let (left, top) = (up_to_grid(kept.x + inset), up_to_grid(kept.y + HEADER));
    let mut rows: Vec<Vec<Point>> = Vec::new();
    let mut found = 0;
    // Each card that stays takes at most four cells away.
    let most = 5 * count + 5;
    for y in (0..).map(|row| top + row * down).take(most) {
        let mut row = Vec::new();
        for x in (0..).map(|column| left + column * ACROSS).take(columns) {
            let cell = Rect {
                x,
                y,
                width: CARD_WIDTH,
                height: CARD_HEIGHT + down - DOWN,
            };
            if found < ids.len() && taken.iter().all(|other| !other.overlaps(cell)) {
                row.push(Point { x, y });
                found += 1;
            }
        }
        if !row.is_empty() {
            rows.push(row);
        }
        if found == ids.len() {
            break;
        }
    }
    let after = rows.iter().flatten().fold(kept, |area, at| {
        area.around(room_at_site(Rect {
            x: at.x,
            y: at.y,
            width: CARD_WIDTH,
            height: CARD_HEIGHT,
        }))
    });
    let grows = after.around(before) != before;
    let hits = |other: &Rect| other.grown(CLEAR).overlaps(after);
    if found < ids.len() || (grows && others.iter().any(hits)) {
        return;
    }
    let lengths: Vec<usize> = rows.iter().map(Vec::len).collect();
    let cards = ids
        .iter()
        .filter_map(|id| Some((plan.nodes.get(id)?.position, id)));
    let ordered = in_rows(cards.collect(), NEAR, &lengths);
    for (id, at) in ordered
        .into_iter()
        .flatten()
        .zip(rows.into_iter().flatten())
    {
        if let Some(node) = plan.nodes.get_mut(id) {
            node.position = at;
        }
    }
}
