//! On which sides of two cards a line between them leaves.

use crate::plan::Point;

use super::super::area::Rect;
use super::course::between;
use super::detail::Detail;
use super::grid::Grid;
use super::node::Card;
use super::port::{Dir, Port, tray_level};
use super::site::Frame;
use super::strand::StrandEnd;

/// How a line leaves its two cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) near: Dir,
    pub(super) far: Dir,
    /// How far it bows out, in percent of the usual.
    pub(super) bow: i32,
}

/// Where everything is.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    pub(super) cards: &'a [Option<Card>],
    pub(super) frames: &'a [Frame],
    pub(super) detail: Detail,
    /// The cards that hide lines, and how far around them that begins.
    pub(super) open: &'a Open,
}

/// The cards in the open, of machines that stand at no site.
pub(super) struct Open {
    cards: Vec<Card>,
    grid: Grid,
}

impl Open {
    pub(super) fn new(cards: &[Option<Card>], detail: Detail) -> Self {
        let open = cards.iter().flatten().filter(|card| card.site.is_none());
        let cards: Vec<Card> = open.copied().collect();
        let rooms = cards.iter().map(|card| card.whole().grown(detail.px(4)));
        let side = cards.first().map_or(1, |card| card.rect.width);
        Self {
            grid: Grid::new(rooms.collect(), side),
            cards,
        }
    }
}

impl Places<'_> {
    /// The card of a line's end.
    pub(super) fn card(&self, end: &StrandEnd) -> Option<Card> {
        self.cards.get(end.node).copied().flatten()
    }

    fn gate(&self, card: Card, internal: bool) -> Option<Point> {
        let site = card.site.filter(|_| !internal)?;
        self.frames.get(site).map(|frame| frame.gate.at)
    }

    /// About where an end is, as seen from the other one.
    pub(super) fn about(&self, end: &StrandEnd, internal: bool) -> Option<Point> {
        let card = self.card(end)?;
        let tray = card.tray.filter(|_| end.tray);
        Some(match (self.gate(card, internal), tray) {
            (Some(gate), _) => gate,
            (None, Some(tray)) => Point {
                x: tray.center().x,
                y: tray.bottom(),
            },
            (None, None) => card.rect.center(),
        })
    }

    /// The sides of both ends: those that face each other, or others where a
    /// card would be in the way. A `plain` line takes no detour.
    pub(super) fn sides(
        &self,
        one: &StrandEnd,
        other: &StrandEnd,
        internal: bool,
        plain: bool,
    ) -> Option<Sides> {
        let (a, b) = (self.card(one)?, self.card(other)?);
        if internal {
            let side = |card: &Card, far: &Card, end: &StrandEnd| {
                inner_side(self.cards, card, far, end.tray)
            };
            return Some(Sides {
                near: side(&a, &b, one),
                far: side(&b, &a, other),
                bow: 100,
            });
        }
        let (from, to) = (self.about(one, false)?, self.about(other, false)?);
        let facing = (
            self.open_side(a, to, b, one.tray),
            self.open_side(b, from, a, other.tray),
        );
        if plain {
            return Some(Sides {
                near: facing.0,
                far: facing.1,
                bow: 100,
            });
        }
        let others = |card: Card, tray: bool, there: Point, side: Dir| -> Vec<Dir> {
            match (card.site, tray) {
                (Some(_), _) => vec![Dir::Up],
                (None, true) => vec![side, Dir::Left, Dir::Right],
                (None, false) if card.tray.is_none() && there.y > card.rect.bottom() => {
                    vec![side, Dir::Down, Dir::Up, side.opposite()]
                }
                (None, false) => vec![side, Dir::Up, side.opposite()],
            }
        };
        let (first, second) = (
            others(a, one.tray, to, facing.0),
            others(b, other.tray, from, facing.1),
        );
        let mut choices: Vec<(Dir, Dir)> = Vec::new();
        for side in &first {
            choices.extend(second.iter().map(|far| (*side, *far)));
        }
        // Facing sides first, then an arch over everything, then the rest.
        crate::sorting::sort_by_key(&mut choices, |sides| {
            let changed = usize::from(sides.0 != facing.0) + usize::from(sides.1 != facing.1);
            let arch = *sides == (Dir::Up, Dir::Up);
            if arch { changed.min(1) } else { 2 * changed }
        });
        let mut best: Option<(usize, Sides)> = None;
        for bow in [100, 165] {
            for (near, far) in &choices {
                let sides = Sides {
                    near: *near,
                    far: *far,
                    bow,
                };
                let least = best.map_or(usize::MAX, |(least, _)| least);
                let hidden = self.hidden((a, one), (b, other), sides, least);
                if hidden == 0 {
                    return Some(sides);
                }
                if best.is_none_or(|(least, _)| hidden < least) {
                    best = Some((hidden, sides));
                }
            }
        }
        best.map(|(_, sides)| sides)
    }

    /// How many cards in the open hide a part of the line, counted up to `enough`.
    fn hidden(
        &self,
        one: (Card, &StrandEnd),
        other: (Card, &StrandEnd),
        sides: Sides,
        enough: usize,
    ) -> usize {
        let port = |(card, end): (Card, &StrandEnd), side: Dir| {
            let gate = self
                .gate(card, false)
                .map(|gate| Dir::Up.step(gate, self.detail.px(16)));
            let at = gate.unwrap_or_else(|| self.mid_side(card, end.tray, side));
            Port {
                lead: vec![at],
                edge: side,
                out: side,
                bow: sides.bow,
            }
        };
        let course = between(&port(one, sides.near), &port(other, sides.far), self.detail).points();
        let mut hidden: Vec<usize> = Vec::new();
        for at in course {
            for place in self.open.grid.at(at) {
                // A line often has several points in a row under the same card.
                if hidden.contains(&place) {
                    continue;
                }
                let own = self.open.cards.get(place).filter(|card| {
                    let same = |end: &Card| end.rect == card.rect && end == *card;
                    same(&one.0) || same(&other.0)
                });
                // Its own cards a line may touch, but not run under.
                let touches = own.is_some_and(|card| {
                    let room = card.whole().grown(self.detail.px(-3));
                    !room.holds(at)
                });
                if !touches {
                    hidden.push(place);
                    if hidden.len() >= enough {
                        return enough;
                    }
                }
            }
        }
        hidden.len()
    }

    fn mid_side(&self, card: Card, tray: bool, side: Dir) -> Point {
        let rect = card.tray.filter(|_| tray).unwrap_or(card.rect);
        let center = rect.center();
        let level = if tray {
            tray_level(card, self.detail)
        } else {
            center.y
        };
        match side {
            Dir::Up => Point {
                x: center.x,
                y: rect.y,
            },
            Dir::Down => Point {
                x: center.x,
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
        }
    }

    /// The side of a card in the open that looks towards the other end.
    fn open_side(&self, card: Card, other: Point, far: Card, tray: bool) -> Dir {
        if self.gate(card, false).is_some() {
            return Dir::Up;
        }
        let center = card.rect.center();
        let sideways = if other.x < center.x {
            Dir::Left
        } else {
            Dir::Right
        };
        if let (true, Some(tray)) = (tray, card.tray) {
            return if other.y > tray.bottom() + card.rect.height / 4 {
                Dir::Down
            } else {
                sideways
            };
        }
        // From a gate, a line comes in at the side, where its arrow can be seen.
        if far.site.is_some() || (other.x - center.x).abs() > card.rect.width * 3 / 4 {
            return sideways;
        }
        stacked(&card, &far)
    }
}

/// The side towards a card of the same site, around cards in between.
fn inner_side(cards: &[Option<Card>], card: &Card, far: &Card, tray: bool) -> Dir {
    let (from, to) = (card.rect.center(), far.rect.center());
    let sideways = if to.x < from.x { Dir::Left } else { Dir::Right };
    if tray {
        return if to.y > card.rect.bottom() + card.rect.height {
            Dir::Down
        } else {
            sideways
        };
    }
    if (to.x - from.x).abs() <= card.rect.width * 3 / 4 {
        return stacked(card, far);
    }
    let between = Rect {
        x: from.x.min(to.x),
        y: from.y.min(to.y),
        width: (to.x - from.x).abs(),
        height: (to.y - from.y).abs().max(1),
    };
    let blocked = cards.iter().flatten().any(|other| {
        other.rect != card.rect && other.rect != far.rect && other.rect.overlaps(between)
    });
    if blocked { Dir::Up } else { sideways }
}

/// The facing sides of two cards, one above the other. What hangs below the
/// upper one is passed on the right.
fn stacked(card: &Card, far: &Card) -> Dir {
    let upper = if card.rect.y < far.rect.y { card } else { far };
    if upper.tray.is_some() || upper.shares {
        Dir::Right
    } else if card.rect.y < far.rect.y {
        Dir::Down
    } else {
        Dir::Up
    }
}
