//! Where everything of a group stands: machines on the internet on top, sites
//! below, and those that roam beside the first or among the second.

use crate::plan::{NodeId, Place, Plan, Point, SiteId};

use super::super::scene::CROWD;
use super::inside::{Cards, Spacing, columns_for, in_grid, of_site};
use super::stack::{Block, DENSE, Stack, WIDE, stack};
use super::{CAPTION, CARD_HEIGHT, CARD_WIDTH, GRID, Rect, site_rect, up_to_grid};

/// Machines on the internet: between two of them is room for the badge of their
/// link, and below each for a tray and what stands above the next.
const PUBLIC: Spacing = Spacing {
    across: CARD_WIDTH + 112,
    down: 176,
    centered: true,
};
/// Machines that roam.
const ROAMING: Spacing = Spacing {
    across: CARD_WIDTH + 72,
    down: 136,
    centered: false,
};
/// The same below machines on the internet, with nothing else.
const FAN: Spacing = Spacing {
    across: CARD_WIDTH + 112,
    down: 176,
    centered: true,
};
/// From the last row of machines on the internet to the sites.
const ABOVE: i32 = 166;
/// So many of them stand in one row, even if the sites below are not as wide.
const ROW: usize = 4;
/// Between them and those that roam.
const ASIDE: i32 = 192;
/// From the last of those that roam to the sites.
const CLOSE: i32 = 94;
/// So far may those that roam stand out over the sites.
const OVER: i32 = 128;

/// Everything of a group, from its upper left corner.
pub(super) struct Group {
    /// The corners of sites.
    pub(super) sites: Vec<(SiteId, Point)>,
    /// The corners of cards, at sites and elsewhere.
    pub(super) cards: Vec<(NodeId, Point)>,
    /// How far it reaches.
    pub(super) extent: Point,
}

/// What stands in the rows: a site, or machines that roam, each with its cards.
type Part = (Option<SiteId>, Vec<(NodeId, Point)>);

impl Group {
    /// Puts these machines, which stand at no site, and these sites in order.
    pub(super) fn of(plan: &Plan, loose: &[NodeId], sites: &[SiteId]) -> Self {
        let is_public = |id: &&NodeId| {
            let node = plan.nodes.get(*id);
            node.is_some_and(|node| matches!(node.place, Place::Internet(_)))
        };
        let public: Vec<NodeId> = loose.iter().filter(is_public).cloned().collect();
        let roaming = loose.iter().filter(|id| !is_public(id));
        let roaming: Vec<NodeId> = roaming.cloned().collect();
        let band = if public.is_empty() {
            0
        } else {
            CAPTION + CARD_HEIGHT + ABOVE
        };
        let blocks = || sites.iter().filter_map(|id| site_block(plan, id));
        let at_sites = blocks().map(|block| block.what.1.len());
        let space = if loose.len() + at_sites.sum::<usize>() > CROWD {
            DENSE
        } else {
            WIDE
        };
        // First as if nobody roamed, to see whether those who do find room on top.
        let mut rows = stack(blocks().collect(), band, space);
        let half = in_band(plan, &public, rows.edges).width / 2;
        let room = rows.edges.1 - rows.axis + OVER - half - ASIDE;
        let beside = if public.is_empty() || sites.is_empty() {
            None
        } else {
            aside(plan, &roaming, room)
        };
        if beside.is_none() && !roaming.is_empty() {
            let everything = blocks().chain([roaming_block(plan, &roaming, sites.is_empty())]);
            rows = stack(everything.collect(), band, space);
        }
        let open = in_band(plan, &public, rows.edges);
        let left = (rows.axis - open.width / 2).div_euclid(GRID) * GRID;
        // What roams is as high as it is; the others keep their distance from the sites.
        let mut top = if public.is_empty() {
            0
        } else {
            CAPTION + open.height + ABOVE
        };
        if let Some(beside) = &beside {
            top = up_to_grid(top.max(CAPTION + beside.height + CLOSE));
        }
        let mut pieces = Pieces::default();
        let y = top - ABOVE - open.height;
        pieces.add_cards(&open, Point { x: left, y });
        if let Some(beside) = beside {
            let x = left + open.width + ASIDE;
            // A single row is level with the others.
            let y = if beside.height > CARD_HEIGHT {
                CAPTION
            } else {
                y
            };
            pieces.add_cards(&beside, Point { x, y });
        }
        pieces.add_rows(rows, top);
        pieces.done()
    }
}

/// Machines that roam in a space of this width beside those on the internet:
/// low rather than narrow, as long as that fits.
fn aside(plan: &Plan, ids: &[NodeId], room: i32) -> Option<Cards> {
    let fits = |high: &usize| {
        let grid = in_grid(plan, ids, ids.len().div_ceil(*high), ROAMING);
        (!ids.is_empty() && grid.width <= room).then_some(grid)
    };
    // Beside each other in one row, they would hide each other's links.
    let least = ids.len().clamp(1, 2);
    [least, 3].iter().find_map(fits)
}

/// Machines on the internet, in a row as wide as what stands below.
fn in_band(plan: &Plan, ids: &[NodeId], (left, right): (i32, i32)) -> Cards {
    let room = usize::try_from((right - left) / PUBLIC.across).unwrap_or(0);
    let most = if right > left {
        ROW.max(room)
    } else {
        // With nothing below, they are all there is to the picture.
        ROW.max(columns_for(ids.len()))
    };
    let rows = ids.len().div_ceil(most).max(1);
    in_grid(plan, ids, ids.len().div_ceil(rows), PUBLIC)
}

fn site_block(plan: &Plan, id: &SiteId) -> Option<Block<Part>> {
    let site = plan.sites.get(id)?;
    let (cards, extent) = of_site(plan, id, site);
    let count = i32::try_from(cards.len()).unwrap_or(i32::MAX);
    let middles = cards.iter().map(|(_, at)| at.x + CARD_WIDTH / 2);
    // The name of the site keeps the gate from the left edge.
    let gate = match count {
        0 => extent.x / 2,
        count => (middles.sum::<i32>() / count).max(200),
    };
    let area = site_rect(plan, id, site);
    let area = Rect {
        width: area.width.max(0),
        height: area.height.max(0),
        ..area
    };
    Some(Block {
        middle: area.center(),
        what: (Some(id.clone()), cards),
        extent,
        gate: Some(gate),
    })
}

fn roaming_block(plan: &Plan, ids: &[NodeId], alone: bool) -> Block<Part> {
    let mut grid = if alone {
        let rows = ids.len().div_ceil(ROW.max(columns_for(ids.len())));
        in_grid(plan, ids, ids.len().div_ceil(rows.max(1)), FAN)
    } else {
        in_grid(plan, ids, columns_for(ids.len()), ROAMING)
    };
    for (_, at) in &mut grid.at {
        at.y += CAPTION;
    }
    let nodes = ids.iter().filter_map(|id| plan.nodes.get(id));
    let middles: Vec<Point> = nodes.map(|node| super::card_rect(node).center()).collect();
    let mean = |side: fn(&Point) -> i32| {
        let sum: i64 = middles.iter().map(|at| i64::from(side(at))).sum();
        let count = i64::try_from(middles.len()).unwrap_or(1).max(1);
        i32::try_from(sum.div_euclid(count)).unwrap_or(0)
    };
    Block {
        middle: Point {
            x: mean(|at| at.x),
            y: mean(|at| at.y),
        },
        extent: Point {
            x: grid.width,
            y: grid.height + CAPTION,
        },
        what: (None, grid.at),
        gate: None,
    }
}

/// What is placed so far, around x = 0.
#[derive(Default)]
struct Pieces {
    sites: Vec<(SiteId, Point)>,
    cards: Vec<(NodeId, Point)>,
    /// The left, right and lower edges.
    edges: Option<(i32, i32, i32)>,
}

impl Pieces {
    fn reach(&mut self, left: i32, right: i32, bottom: i32) {
        let (l, r, b) = self.edges.unwrap_or((left, right, bottom));
        self.edges = Some((l.min(left), r.max(right), b.max(bottom)));
    }

    fn add_cards(&mut self, cards: &Cards, corner: Point) {
        if cards.at.is_empty() {
            return;
        }
        self.put(&cards.at, corner);
        self.reach(corner.x, corner.x + cards.width, corner.y + cards.height);
    }

    fn add_rows(&mut self, rows: Stack<Part>, top: i32) {
        if rows.at.is_empty() {
            return;
        }
        self.reach(rows.edges.0, rows.edges.1, top + rows.bottom);
        for ((site, cards), at) in rows.at {
            let corner = Point {
                x: at.x,
                y: top + at.y,
            };
            self.put(&cards, corner);
            self.sites.extend(site.map(|id| (id, corner)));
        }
    }

    fn put(&mut self, cards: &[(NodeId, Point)], corner: Point) {
        let moved = cards.iter().map(|(id, at)| {
            let at = Point {
                x: corner.x + at.x,
                y: corner.y + at.y,
            };
            (id.clone(), at)
        });
        self.cards.extend(moved);
    }

    fn done(mut self) -> Group {
        let (left, right, bottom) = self.edges.unwrap_or_default();
        for (_, at) in &mut self.sites {
            at.x -= left;
        }
        for (_, at) in &mut self.cards {
            at.x -= left;
        }
        Group {
            sites: self.sites,
            cards: self.cards,
            extent: Point {
                x: right - left,
                y: bottom,
            },
        }
    }
}
