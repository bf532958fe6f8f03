//! Where things lie on the canvas, in whole pixels at 100 % zoom.

use crate::plan::{Node, Plan, Point, Site, SiteId};

/// Width of a machine's card.
pub const CARD_WIDTH: i32 = 208;
/// Height of a machine's card.
pub const CARD_HEIGHT: i32 = 74;

/// Space between a card and the border of its site.
pub(super) const PADDING: i32 = 32;
/// Space for the name of a site above its cards.
pub(super) const HEADER: i32 = 96;
/// Space for a shared LAN below a card.
pub(super) const FOOTER: i32 = 72;
/// A site without machines.
pub(super) const EMPTY_SITE: Point = Point { x: 400, y: 200 };

/// A rectangle on the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

impl Rect {
    /// The right edge.
    #[must_use]
    pub fn right(&self) -> i32 {
        self.x + self.width
    }

    /// The bottom edge.
    #[must_use]
    pub fn bottom(&self) -> i32 {
        self.y + self.height
    }

    /// The middle.
    #[must_use]
    pub fn center(&self) -> Point {
        Point {
            x: self.x + self.width / 2,
            y: self.y + self.height / 2,
        }
    }

    /// Whether a point lies inside.
    #[must_use]
    pub fn holds(&self, point: Point) -> bool {
        (self.x..self.right()).contains(&point.x) && (self.y..self.bottom()).contains(&point.y)
    }

    /// Whether two rectangles share any point.
    #[must_use]
    pub fn overlaps(&self, other: Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// The rectangle with so much more on every side.
    #[must_use]
    pub fn grown(&self, by: i32) -> Self {
        Self {
            x: self.x - by,
            y: self.y - by,
            width: self.width + 2 * by,
            height: self.height + 2 * by,
        }
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn around(&self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
        }
    }
}

/// The rectangle of a machine's card.
#[must_use]
pub fn card_rect(node: &Node) -> Rect {
    Rect {
        x: node.position.x,
        y: node.position.y,
        width: CARD_WIDTH,
        height: CARD_HEIGHT,
    }
}

/// The rectangle of a site: as large as the person made it, and large enough
/// for its machines.
#[must_use]
pub fn site_rect(plan: &Plan, id: &SiteId, site: &Site) -> Rect {
    let extent = site.size.unwrap_or(EMPTY_SITE);
    let own = Rect {
        x: site.position.x,
        y: site.position.y,
        width: extent.x,
        height: extent.y,
    };
    plan.nodes_at(id).fold(own, |area, (_, node)| {
        area.around(room_at_site(card_rect(node)))
    })
}

/// What a card at a site takes of its area, with the name above it and whatever
/// hangs below.
pub(super) fn room_at_site(card: Rect) -> Rect {
    Rect {
        x: card.x - PADDING,
        y: card.y - HEADER,
        width: card.width + 2 * PADDING,
        height: card.height + HEADER + FOOTER,
    }
}
