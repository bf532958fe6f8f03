//! Where each line leaves its card, and how it gets out of its site.
//!
//! Lines that leave on one side of a card, or through one gate, are put into an
//! order in which they cross as little as possible.

use crate::plan::Point;

use super::detail::Detail;
use super::node::Card;
use super::sheaf;
use super::side::{Open, Places};
use super::site::Frame;
use super::strand::{Strand, StrandEnd};
use super::yard::{Lane, Yard};

/// A direction on the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dir {
    /// Towards smaller y.
    Up,
    /// Towards larger y.
    Down,
    /// Towards smaller x.
    Left,
    /// Towards larger x.
    Right,
}

impl Dir {
    /// The other way.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// The point so far in this direction.
    #[must_use]
    pub fn step(self, from: Point, by: i32) -> Point {
        match self {
            Self::Up => Point {
                x: from.x,
                y: from.y - by,
            },
            Self::Down => Point {
                x: from.x,
                y: from.y + by,
            },
            Self::Left => Point {
                x: from.x - by,
                y: from.y,
            },
            Self::Right => Point {
                x: from.x + by,
                y: from.y,
            },
        }
    }

    /// How far `to` lies from `from` in this direction.
    pub(super) fn along(self, from: Point, to: Point) -> i32 {
        match self {
            Self::Up => from.y - to.y,
            Self::Down => to.y - from.y,
            Self::Left => from.x - to.x,
            Self::Right => to.x - from.x,
        }
    }
}

/// One end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Port {
    /// From the edge of the card to where the open course begins.
    pub(super) lead: Vec<Point>,
    /// In which direction it leaves the card.
    pub(super) edge: Dir,
    /// In which direction the open course begins.
    pub(super) out: Dir,
    /// How far the open course bows out, in percent of the usual.
    pub(super) bow: i32,
}

impl Port {
    /// The point on the edge of the card or tray.
    pub(super) fn touch(&self) -> Point {
        self.lead.first().copied().unwrap_or_default()
    }

    /// Where the open course begins.
    pub(super) fn exit(&self) -> Point {
        self.lead.last().copied().unwrap_or_default()
    }
}

/// One end of a strand while its place is looked for.
#[derive(Clone, Copy)]
struct Draft {
    /// Strand and which of its ends.
    key: (usize, usize),
    end: StrandEnd,
    card: Card,
    /// The site whose gate it passes.
    gate: Option<usize>,
    side: Dir,
    /// About where the other end is.
    other: Point,
    bow: i32,
}

/// The ports of all strands, two each.
pub(super) fn ports(
    cards: &[Option<Card>],
    frames: &[Frame],
    strands: &[Strand],
    detail: Detail,
) -> Vec<[Option<Port>; 2]> {
    let site_of = |node: usize| {
        cards
            .get(node)
            .copied()
            .flatten()
            .and_then(|card| card.site)
    };
    let open = Open::new(cards, detail);
    let places = Places {
        cards,
        frames,
        detail,
        open: &open,
    };
    let many = strands.len() > sheaf::MOST;
    let mut drafts = Vec::with_capacity(2 * strands.len());
    for (index, strand) in strands.iter().enumerate() {
        let internal = strand.is_internal(site_of);
        let [one, other] = &strand.ends;
        // Nobody follows one of so many lines, so they take the shortest way.
        let one_of_many = many && strand.pairs.len() == 1;
        let Some(sides) = places.sides(one, other, internal, one_of_many) else {
            continue;
        };
        let ends = [(one, other, sides.near), (other, one, sides.far)];
        for (which, (end, far, side)) in ends.into_iter().enumerate() {
            if let (Some(card), Some(other)) = (places.card(end), places.about(far, internal)) {
                let gate = if internal { None } else { card.site };
                drafts.push(Draft {
                    key: (index, which),
                    end: *end,
                    card,
                    gate,
                    side,
                    other,
                    bow: sides.bow,
                });
            }
        }
    }
    let mut ports = vec![[None, None]; strands.len()];
    let mut put = |key: (usize, usize), port: Port| {
        if let Some(slot) = ports
            .get_mut(key.0)
            .and_then(|ends: &mut [Option<Port>; 2]| ends.get_mut(key.1))
        {
            *slot = Some(port);
        }
    };
    for (index, frame) in frames.iter().enumerate() {
        let mut through: Vec<Draft> = drafts
            .iter()
            .copied()
            .filter(|draft| draft.gate == Some(index))
            .collect();
        crate::sorting::sort_by_key(&mut through, |draft| gate_order(draft, frame));
        let yard = Yard::new(cards, index, frame, detail);
        let lanes: Vec<Lane> = through
            .iter()
            .map(|draft| Lane {
                card: draft.card,
                tray: draft.end.tray,
                from_gate: draft.end.from_gate,
            })
            .collect();
        for (draft, port) in through.iter().zip(yard.leads(&lanes)) {
            put(
                draft.key,
                Port {
                    bow: draft.bow,
                    ..port
                },
            );
        }
    }
    let mut open: Vec<Draft> = drafts
        .into_iter()
        .filter(|draft| draft.gate.is_none())
        .collect();
    crate::sorting::sort_by_key(&mut open, |draft| {
        (
            draft.end.node,
            draft.end.tray,
            draft.side,
            side_order(draft),
            draft.key,
        )
    });
    for group in
        open.chunk_by(|a, b| (a.end.node, a.end.tray, a.side) == (b.end.node, b.end.tray, b.side))
    {
        for (place, draft) in (0..).zip(group) {
            let count = i32::try_from(group.len()).unwrap_or(1);
            put(draft.key, on_side(draft, place, count, detail));
        }
    }
    ports
}

/// Machines from left to right; of one machine, lines that turn left come
/// first, and of those that turn the same way the one that climbs higher goes
/// around the others.
fn gate_order(draft: &Draft, frame: &Frame) -> (i32, i32, usize, bool, i32, i32, (usize, usize)) {
    let center = draft.card.rect.center();
    let turn = (draft.other.x - frame.gate.at.x).abs();
    let right = draft.other.x >= frame.gate.at.x;
    let (climb, turn) = if right {
        (draft.other.y, -turn)
    } else {
        (-draft.other.y, turn)
    };
    (
        center.x,
        center.y,
        draft.end.node,
        right,
        climb,
        turn,
        draft.key,
    )
}

/// From top to bottom or from left to right, so that arches nest.
fn side_order(draft: &Draft) -> (i32, i32) {
    let center = draft.card.rect.center();
    let (dx, dy) = ((draft.other.x - center.x).abs(), draft.other.y - center.y);
    match draft.side {
        Dir::Up | Dir::Down => (draft.other.x, 0),
        Dir::Left | Dir::Right if dy.abs() < draft.card.rect.height => (1, draft.other.y),
        Dir::Left | Dir::Right if dy < 0 => (0, dx),
        Dir::Left | Dir::Right => (2, -dx),
    }
}

/// The port at its place among those of one side.
fn on_side(draft: &Draft, place: i32, count: i32, detail: Detail) -> Port {
    let (rect, room, gap) = match draft.card.tray.filter(|_| draft.end.tray) {
        Some(tray) => (tray, tray.width - detail.px(64), detail.px(108)),
        None if matches!(draft.side, Dir::Left | Dir::Right) => (
            draft.card.rect,
            draft.card.rect.height - detail.px(20),
            detail.px(16),
        ),
        None => (
            draft.card.rect,
            draft.card.rect.width - detail.px(40),
            detail.px(24),
        ),
    };
    let apart = if count > 1 {
        gap.min(room.max(detail.px(12)) / (count - 1))
    } else {
        0
    };
    let shift = (2 * place - (count - 1)) * apart / 2;
    let center = rect.center();
    // Everything that reaches a tray from the side runs along its floor.
    let level = if draft.end.tray {
        tray_level(draft.card, detail)
    } else {
        center.y + shift
    };
    let x = if draft.end.tray && count == 1 {
        // Alone, it leaves room for one from the other side.
        let aside = detail.px(54).min(rect.width / 4);
        if draft.other.x < center.x {
            center.x - aside
        } else {
            center.x + aside
        }
    } else {
        center.x + shift
    };
    let at = match draft.side {
        Dir::Up => Point { x, y: rect.y },
        Dir::Down => Point {
            x,
            y: rect.bottom(),
        },
        Dir::Left => Point {
            x: rect.x,
            y: level,
        },
        Dir::Right => Point {
            x: rect.right(),
            y: level,
        },
    };
    Port {
        lead: vec![at],
        edge: draft.side,
        out: draft.side,
        bow: draft.bow,
    }
}

/// The height at which paths cross a tray.
pub(super) fn tray_level(card: Card, detail: Detail) -> i32 {
    card.rect.bottom() + detail.px(8)
}
