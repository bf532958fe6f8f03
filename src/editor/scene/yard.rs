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

/// One site while its lines are laid.
pub(super) struct Yard<'a> {
    cards: Vec<Card>,
    frame: &'a Frame,
    detail: Detail,
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

    /// The ways of lines in the order of the gate's lanes. Each comes from a
    /// card, or from its tray.
    pub(super) fn leads(&self, lanes: &[(Card, bool)]) -> Vec<Port> {
        let count = i32::try_from(lanes.len()).unwrap_or(i32::MAX);
        (0_i32..)
            .zip(lanes)
            .map(|(lane, (card, tray))| {
                let same = |other: &&(Card, bool)| other.0 == *card;
                let own = i32::try_from(
                    lanes
                        .iter()
                        .take(usize::try_from(lane).unwrap_or(0))
                        .filter(same)
                        .count(),
                )
                .unwrap_or(0);
                let all = i32::try_from(lanes.iter().filter(same).count()).unwrap_or(1);
                // Lines from the left keep their order in the hall, those from
                // the right turn it around; neither way do they cross.
                let from_left = card.rect.center().x <= self.frame.gate.at.x;
                let track = if from_left { lane } else { count - 1 - lane };
                self.lead(*card, *tray, lane, (own, all), (track, count))
            })
            .collect()
    }

    fn lead(
        &self,
        card: Card,
        tray: bool,
        lane: i32,
        (own, all): (i32, i32),
        (track, tracks): (i32, i32),
    ) -> Port {
        let gate = self.frame.gate;
        let x = gate.lane_x(lane);
        let top = gate.at.y;
        let margin = self.detail.px(12);
        let straight = x >= card.rect.x + margin && x <= card.rect.right() - margin;
        let stub = Point {
            x,
            y: top - self.detail.px(16),
        };
        if !tray && straight && self.is_free(x, top, card) {
            return Port {
                lead: vec![Point { x, y: card.rect.y }, stub],
                edge: Dir::Up,
                out: Dir::Up,
            };
        }
        let hall = self.hall(card, track, tracks);
        let apart = self
            .detail
            .px(14)
            .min((card.rect.width - 2 * margin) / all.max(1));
        let rise = card.rect.center().x + (2 * own - (all - 1)) * apart / 2;
        if !tray && self.is_free(rise, hall, card) {
            let lead = vec![
                Point {
                    x: rise,
                    y: card.rect.y,
                },
                Point { x: rise, y: hall },
                Point { x, y: hall },
                stub,
            ];
            return Port {
                lead,
                edge: Dir::Up,
                out: Dir::Up,
            };
        }
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
        let lead = vec![
            start,
            Point {
                x: channel,
                y: start.y,
            },
            Point {
                x: channel,
                y: hall,
            },
            Point { x, y: hall },
            stub,
        ];
        Port {
            lead,
            edge,
            out: Dir::Up,
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
            .map(|other| other.whole())
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
