//! The verdict of every pair: its own link, relays, or nothing.

use std::rc::Rc;

use crate::plan::PairChoice;

use super::ground::Ground;
use super::pin::{self, Pin};
use super::route::{Routes, Wanted};
use super::{DirectRefusal, LinkKind, Note, Pair, Reason, Relays, Verdict};

/// The ways of all pairs.
pub(super) struct Ways {
    /// The verdict of every pair.
    pub(super) pairs: Rc<Vec<Pair>>,
    /// The table of next hops that the verdicts follow.
    pub(super) routes: Rc<Routes>,
    /// What people chose and cannot have.
    pub(super) notes: Vec<Note>,
}

impl Ways {
    /// Decides about every pair.
    pub(super) fn new(ground: &Ground) -> Self {
        let mut notes = Vec::new();
        ground.note_refused_directs(&mut notes);
        let pins = pin::pins(ground, &mut notes);
        let (routes, pins) = pin::follow(ground, pins, &mut notes);
        let count = ground.ends.len();
        let mut pairs = Vec::with_capacity(count * count.saturating_sub(1) / 2);
        for a in 0..count {
            for b in a + 1..count {
                let (verdict, reason) = ground.decide(&routes, &pins, a, b);
                pairs.push(Pair {
                    a,
                    b,
                    verdict,
                    reason,
                });
            }
        }
        keep_relays_awake(ground, &mut pairs);
        Self {
            pairs: Rc::new(pairs),
            routes: Rc::new(routes),
            notes,
        }
    }
}

impl Ground {
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
            Some(PairChoice::Direct) if self.linked(a, b) => true,
            _ => self.wishes.in_groups(a, b),
        }
    }

    fn decide(&self, routes: &Routes, pins: &[Pin], a: usize, b: usize) -> (Verdict, Reason) {
        let hops = routes.hops(a, b);
        if hops == 1
            && let Some(link) = self.links.get(a, b)
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
        if let Some((spoke, hub)) = self.hubs.between(a, b) {
            return Reason::OnlyThrough { spoke, hub };
        }
        let (Some(one), Some(other)) = (self.ends.get(a), self.ends.get(b)) else {
            return Reason::LeftOut;
        };
        if one.site.is_some() && one.site == other.site {
            return Reason::NoLanAddress;
        }
        Reason::NeitherDials(one.closed, other.closed)
    }

    /// Pairs that were to be direct and have no link.
    fn note_refused_directs(&self, notes: &mut Vec<Note>) {
        for ((a, b), choice) in self.wishes.choices() {
            if *choice != PairChoice::Direct || !self.takes_part(a) || !self.takes_part(b) {
                continue;
            }
            let why = match self.hubs.between(a, b) {
                Some((_, hub)) => DirectRefusal::OnlyThrough(hub),
                None if self.links.get(a, b).is_none() => DirectRefusal::NoAddress,
                None => continue,
            };
            notes.push(Note::RefusedDirect { a, b, why });
        }
    }
}

/// A machine that relays for others must be reachable while it is silent,
/// whatever it needs for itself.
fn keep_relays_awake(ground: &Ground, pairs: &mut [Pair]) {
    let mut relays = vec![false; ground.ends.len()];
    for relay in pairs.iter().flat_map(|pair| pair.verdict.via()) {
        if let Some(flag) = relays.get_mut(*relay) {
            *flag = true;
        }
    }
    for (end, relay) in ground.ends.iter().zip(&mut relays) {
        *relay &= !end.awake;
    }
    if !relays.contains(&true) {
        return;
    }
    for pair in pairs {
        if let Reason::Linked(link) = &mut pair.reason {
            for (place, first) in [(pair.a, true), (pair.b, false)] {
                if relays.get(place) == Some(&true) {
                    let end = ground.ends.get(place);
                    link.stay_awake(end.is_some_and(|end| end.lets_in), first);
                }
            }
        }
    }
}
