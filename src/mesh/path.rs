//! The verdict of every pair: its own link, relays, or nothing.

use crate::plan::{PairChoice, Plan};

use super::check::{LeftOut, Order};
use super::hub::Hubs;
use super::pin::{self, Pin};
use super::reach::{Closed, Reach};
use super::relay::Relays as Relaying;
use super::route::{Ground, Routes, Wanted};
use super::share::Shared;
use super::wish::Wishes;
use super::{DirectRefusal, LinkKind, Note, Pair, Reason, Relays, Verdict};

/// What decides about pairs.
pub(super) struct Paths<'a> {
    pub(super) order: &'a Order<'a>,
    pub(super) left_out: &'a [Option<LeftOut>],
    pub(super) wishes: &'a Wishes<'a>,
    /// Why each machine cannot be dialled by one with which it has no link. An
    /// end that can be dialled, and yet not by the other, speaks another family.
    closed: Vec<Closed>,
    pub(super) ground: Ground<'a>,
}

/// Decides about every pair, and gives the table of next hops that it follows.
pub(super) fn pairs(
    plan: &Plan,
    order: &Order<'_>,
    left_out: &[Option<LeftOut>],
    reach: &Reach,
    wishes: &Wishes<'_>,
    shares: &[Vec<Shared>],
    notes: &mut Vec<Note>,
) -> (Vec<Pair>, Routes) {
    let links = super::link::links(order, left_out, reach, wishes);
    let hubs = Hubs::new(plan, order, left_out, wishes, &links, notes);
    let relays = Relaying::new(order, left_out, reach, shares);
    let closed = (0..order.len()).map(|place| reach.closed(place).unwrap_or(Closed::OtherFamily));
    let paths = Paths {
        order,
        closed: closed.collect(),
        left_out,
        wishes,
        ground: Ground {
            reach,
            links: &links,
            relays: &relays,
            hubs: &hubs,
        },
    };
    paths.note_refused_directs(notes);
    let pins = pin::pins(&paths, plan, notes);
    let (routes, pins) = pin::follow(&paths, pins, notes);
    let count = order.len();
    let mut pairs = Vec::with_capacity(count * count.saturating_sub(1) / 2);
    for a in 0..count {
        for b in a + 1..count {
            let (verdict, reason) = paths.decide(&routes, &pins, a, b);
            pairs.push(Pair {
                a,
                b,
                verdict,
                reason,
            });
        }
    }
    keep_relays_awake(order, reach, &mut pairs);
    (pairs, routes)
}

impl Paths<'_> {
    /// Whether a machine takes part in the mesh.
    pub(super) fn takes_part(&self, place: usize) -> bool {
        self.left_out.get(place).is_some_and(Option::is_none)
    }

    /// Whether a machine relays where it is asked to, also one that the planner
    /// would not choose because it is not always on.
    pub(super) fn relays_if_asked(&self, place: usize) -> bool {
        self.order
            .get(place)
            .is_some_and(|(_, node)| node.may_relay())
    }

    /// What may become of a pair as far as it was decided by hand, if a relay
    /// that was chosen for it is taken or refused.
    pub(super) fn wanted(&self, a: usize, b: usize, pinned: bool) -> Wanted {
        if !self.takes_part(a) || !self.takes_part(b) || !self.talk(a, b, pinned) {
            Wanted::None
        } else if pinned {
            Wanted::Held
        } else {
            Wanted::Any
        }
    }

    /// Whether two machines are to talk. A choice for a pair comes before its
    /// groups where it is followed; where it is refused, nothing was chosen.
    fn talk(&self, a: usize, b: usize, pinned: bool) -> bool {
        match self.wishes.choice(a, b) {
            Some(PairChoice::Never) => false,
            Some(PairChoice::Via(_)) if pinned => true,
            Some(PairChoice::Direct) if self.ground.linked(a, b) => true,
            _ => self.wishes.in_groups(a, b),
        }
    }

    fn decide(&self, routes: &Routes, pins: &[Pin], a: usize, b: usize) -> (Verdict, Reason) {
        let hops = routes.hops(a, b);
        if hops == 1
            && let Some(link) = self.ground.links.get(a, b)
        {
            let verdict = match link.kind {
                LinkKind::Lan => Verdict::Lan,
                LinkKind::Dialled | LinkKind::Chosen => Verdict::Direct,
                LinkKind::Open => Verdict::Open,
            };
            return (verdict, Reason::Linked(link));
        }
        let pinned = pins.binary_search_by(|pin| pin.ends.cmp(&(a, b))).is_ok();
        let verdict = match hops {
            // Only a pair that is not to talk, or cannot, has no path.
            0 => match self.apart(a, b, pinned) {
                Some(apart) => return apart,
                None => Verdict::Impossible,
            },
            2 => routes
                .inside(a, b)
                .next()
                .map_or(Verdict::Impossible, |relay| {
                    Verdict::Relayed(Relays::one(relay))
                }),
            _ => Verdict::Relayed(routes.inside(a, b).collect::<Vec<_>>().into()),
        };
        let reason = if pinned {
            Reason::Chosen
        } else {
            self.why_no_link(a, b)
        };
        (verdict, reason)
    }

    /// Why no path was looked for between two machines, if none was.
    fn apart(&self, a: usize, b: usize, pinned: bool) -> Option<(Verdict, Reason)> {
        if !self.takes_part(a) || !self.takes_part(b) {
            return Some((Verdict::Impossible, Reason::LeftOut));
        }
        if self.talk(a, b, pinned) {
            return None;
        }
        let reason = match self.wishes.choice(a, b) {
            Some(PairChoice::Never) => Reason::SwitchedOff,
            _ => Reason::Groups,
        };
        Some((Verdict::Never, reason))
    }

    fn why_no_link(&self, a: usize, b: usize) -> Reason {
        let Ground { reach, hubs, .. } = &self.ground;
        if let Some((spoke, hub)) = hubs.between(a, b) {
            return Reason::OnlyThrough { spoke, hub };
        }
        if reach.site(a).is_some() && reach.site(a) == reach.site(b) {
            return Reason::NoLanAddress;
        }
        let why = |place: usize| {
            let closed = self.closed.get(place);
            closed.copied().unwrap_or(Closed::OtherFamily)
        };
        Reason::NeitherDials(why(a), why(b))
    }

    /// Pairs that were to be direct and have no link.
    fn note_refused_directs(&self, notes: &mut Vec<Note>) {
        for ((a, b), choice) in self.wishes.choices() {
            if *choice != PairChoice::Direct || !self.takes_part(a) || !self.takes_part(b) {
                continue;
            }
            let why = match self.ground.hubs.between(a, b) {
                Some((_, hub)) => DirectRefusal::OnlyThrough(hub),
                None if self.ground.links.get(a, b).is_none() => DirectRefusal::NoAddress,
                None => continue,
            };
            notes.push(Note::RefusedDirect { a, b, why });
        }
    }
}

/// A machine that relays for others must be reachable while it is silent,
/// whatever it needs for itself.
fn keep_relays_awake(order: &Order<'_>, reach: &Reach, pairs: &mut [Pair]) {
    let mut relays = vec![false; order.len()];
    for relay in pairs.iter().flat_map(|pair| pair.verdict.via()) {
        if let Some(flag) = relays.get_mut(*relay) {
            *flag = true;
        }
    }
    for ((_, node), relay) in order.iter().zip(&mut relays) {
        *relay &= !node.must_be_reachable_idle();
    }
    if !relays.contains(&true) {
        return;
    }
    let relays = |place: usize| relays.get(place).copied().unwrap_or_default();
    for pair in pairs {
        if let Reason::Linked(link) = &mut pair.reason {
            for (place, first) in [(pair.a, true), (pair.b, false)] {
                if relays(place) {
                    link.stay_awake(reach, (pair.a, pair.b), first);
                }
            }
        }
    }
}
