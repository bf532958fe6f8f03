//! The ways inside a site, from its cards to its gate.
//!
//! A line goes straight up wherever it can. Otherwise it climbs to the hall, the
//! strip between the name of the site and its cards, runs there beside the
//! others and turns up to its lane of the gate. A card in the way is passed on
//! the side that is nearer to the gate.

use crate::plan::Point;

use super::super::area::Rect;
use super::detail::Detail;
use super::node::Card;
use super::port::{Dir, Port, tray_level};
use super::site::Frame;

/// A line that wants to get out.
#[derive(Clone, Copy)]
pub(super) struct Lane {
    pub(super) card: Card,
    /// Whether it comes from the card's tray.
    pub(super) tray: bool,
    /// Whether it stands for the whole site and begins at the gate.
    pub(super) from_gate: bool,
}

/// One site while its lines are laid.
pub(super) struct Yard<'a> {
    cards: Vec<Card>,
    frame: &'a Frame,
    detail: Detail,
}

/// One line on its way to the gate.
#[derive(Clone, Copy)]
struct Way {
    lane: Lane,
    /// The x of its lane.
    x: i32,
    /// Its place among the lines of its machine, and how many these are.
    own: i32,
    all: i32,
}

impl<'a> Yard<'a> {
    pub(super) fn new(
        cards: &[Option<Card>],
        site: usize,
        frame: &'a Frame,
        detail: Detail,
    ) -> Self {
        let cards = cards
            .iter()
            .flatten()
            .copied()
            .filter(|card| card.site == Some(site))
            .collect();
        Self {
            cards,
            frame,
            detail,
        }
    }

    /// The ways of lines in the order of the gate's lanes.
    pub(super) fn leads(&self, lanes: &[Lane]) -> Vec<Port> {
        let mut ways: Vec<Way> = Vec::with_capacity(lanes.len());
        for (x, lane) in (0..).map(|lane| self.frame.gate.lane_x(lane)).zip(lanes) {
            let beside = |other: &Lane| other.card == lane.card && !other.from_gate;
            let own = ways.iter().filter(|way| beside(&way.lane)).count();
            let all = lanes.iter().filter(|other| beside(other)).count();
            let (own, all) = (
                i32::try_from(own).unwrap_or(0),
                i32::try_from(all).unwrap_or(1),
            );
            ways.push(Way {
                lane: *lane,
                x,
                own,
                all,
            });
        }
        // The lines of one machine all run straight or all turn, so that they
        // stay side by side.
        let turns = |way: &Way| {
            let beside = |other: &&Way| other.lane.card == way.lane.card && !other.lane.from_gate;
            !way.lane.from_gate
                && ways
                    .iter()
                    .filter(beside)
                    .any(|other| !self.is_straight(other))
        };
        let halls: Vec<usize> = (0..ways.len())
            .filter(|place| ways.get(*place).is_some_and(turns))
            .collect();
        let tracks = i32::try_from(halls.len()).unwrap_or(0);
        ways.iter()
            .enumerate()
            .map(|(place, way)| {
                let Some(track) = halls.iter().position(|hall| *hall == place) else {
                    return self.straight(way);
                };
                // Lines from the left keep their order in the hall, those from
                // the right turn it around; neither way do they cross.
                let track = i32::try_from(track).unwrap_or(0);
                let from_left = way.lane.card.rect.center().x <= self.frame.gate.at.x;
                let track = if from_left { track } else { tracks - 1 - track };
                self.turning(way, self.hall(way.lane.card, track, tracks))
            })
            .collect()
    }

    fn is_straight(&self, way: &Way) -> bool {
        let margin = self.detail.px(12);
        let (left, right) = (
            way.lane.card.rect.x + margin,
            way.lane.card.rect.right() - margin,
        );
        !way.lane.tray
            && (left..=right).contains(&way.x)
            && self.is_free(way.x, self.frame.gate.at.y, way.lane.card)
    }

    /// Just outside the gate, where the open course begins.
    fn outside(&self, way: &Way) -> Point {
        Point {
            x: way.x,
            y: self.frame.gate.at.y - self.detail.px(16),
        }
    }

    fn straight(&self, way: &Way) -> Port {
        let y = if way.lane.from_gate {
            self.frame.gate.at.y
        } else {
            way.lane.card.rect.y
        };
        let lead = vec![Point { x: way.x, y }, self.outside(way)];
        Port {
            lead,
            edge: Dir::Up,
            out: Dir::Up,
            bow: 100,
        }
    }

    fn turning(&self, way: &Way, hall: i32) -> Port {
        let Way {
            lane: Lane { card, tray, .. },
            x,
            own,
            all,
        } = *way;
        let apart = self
            .detail
            .px(14)
            .min((card.rect.width - self.detail.px(24)) / all.max(1));
        let rise = card.rect.center().x + (2 * own - (all - 1)) * apart / 2;
        let (start, edge, up) = if !tray && self.is_free(rise, hall, card) {
            (
                Point {
                    x: rise,
                    y: card.rect.y,
                },
                Dir::Up,
                rise,
            )
        } else {
            let (edge, channel) = self.channel(card, own, hall);
            let side = |rect: Rect| {
                if edge == Dir::Left {
                    rect.x
                } else {
                    rect.right()
                }
            };
            let start = match card.tray.filter(|_| tray) {
                Some(tray) => Point {
                    x: side(tray),
                    y: tray_level(card, self.detail),
                },
                None => Point {
                    x: side(card.rect),
                    y: card.rect.center().y + (2 * own - (all - 1)) * self.detail.px(4),
                },
            };
            (start, edge, channel)
        };
        let mut lead = vec![start];
        if edge != Dir::Up {
            lead.push(Point { x: up, y: start.y });
        }
        lead.extend([
            Point { x: up, y: hall },
            Point { x, y: hall },
            self.outside(way),
        ]);
        Port {
            lead,
            edge,
            out: Dir::Up,
            bow: 100,
        }
    }

    /// Whether nothing stands between a height and the top of a card at this x.
    fn is_free(&self, x: i32, from: i32, card: Card) -> bool {
        let margin = self.detail.px(6);
        let strip = Rect {
            x: x - margin,
            y: from,
            width: 2 * margin,
            height: (card.rect.y - from).max(0),
        };
        self.cards
            .iter()
            .all(|other| *other == card || !other.whole().overlaps(strip))
    }

    /// The height of a track of the hall.
    fn hall(&self, card: Card, track: i32, tracks: i32) -> i32 {
        let first = self
            .cards
            .iter()
            .map(|card| card.rect.y)
            .min()
            .unwrap_or(card.rect.y);
        let floor = first - self.detail.px(12);
        let ceiling = (self.frame.header.bottom() + self.detail.px(6)).min(floor);
        let apart = if tracks > 1 {
            self.detail.px(14).min((floor - ceiling) / (tracks - 1))
        } else {
            0
        };
        ceiling + apart * track
    }

    /// The side of a card, and the x beside all cards above it, on which a line
    /// gets up to the hall.
    fn channel(&self, card: Card, own: i32, hall: i32) -> (Dir, i32) {
        let column = Rect {
            y: hall,
            height: card.rect.bottom() - hall,
            ..card.rect
        };
        let above = self
            .cards
            .iter()
            .map(Card::whole)
            .filter(|other| other.overlaps(column));
        let (left, right) = above.fold((card.rect.x, card.rect.right()), |(left, right), other| {
            (left.min(other.x), right.max(other.right()))
        });
        let beside = self.detail.px(14) + own * self.detail.px(10);
        if self.frame.gate.at.x <= card.rect.center().x {
            (Dir::Left, left - beside)
        } else {
            (Dir::Right, right + beside)
        }
    }
}
