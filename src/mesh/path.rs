//! The verdict of every pair: its own link, a relay, or nothing.
//!
//! A path with one relay over two direct links is always consistent: the relay
//! has a session with both ends, and both ends name the same relay, so each
//! accepts a source only from the peer that it would answer through.

use litemap::LiteMap;

use crate::plan::{NodeId, PairChoice, PairKey, Place, Plan};

use super::check::{LeftOut, Order};
use super::link::Links;
use super::reach::{Closed, Reach};
use super::share::Shared;
use super::{LinkKind, Note, Pair, Reason, Relays, Verdict};

/// Decides about every pair.
pub(super) fn pairs(
    plan: &Plan,
    order: &Order<'_>,
    left_out: &[Option<LeftOut>],
    reach: &Reach,
    links: &Links,
    shares: &[Vec<Shared>],
    notes: &mut Vec<Note>,
) -> Vec<Pair> {
    let mut paths = Paths {
        plan,
        order,
        reach,
        links,
        shares,
        relays: relays(order, left_out, reach),
        pinned: LiteMap::new(),
    };
    paths.pinned = paths.pins();
    let takes_part = |place: usize| left_out.get(place).is_some_and(Option::is_none);
    let mut pairs = Vec::with_capacity(order.len() * order.len().saturating_sub(1) / 2);
    for (a, (a_id, _)) in order.iter().enumerate() {
        for (b, (b_id, _)) in order.iter().enumerate().skip(a + 1) {
            let (verdict, reason) = if takes_part(a) && takes_part(b) {
                let choice = paths.choice(a_id, b_id);
                paths.decide(a, b, choice, notes)
            } else {
                (Verdict::Impossible, Reason::LeftOut)
            };
            pairs.push(Pair {
                a,
                b,
                verdict,
                reason,
            });
        }
    }
    pairs
}

/// Machines that may relay, best first: those with a fixed address, then those
/// with a name, then by name.
fn relays(order: &Order<'_>, left_out: &[Option<LeftOut>], reach: &Reach) -> Vec<usize> {
    let mut relays: Vec<(bool, usize)> = order
        .iter()
        .zip(left_out)
        .enumerate()
        .filter(|(_, ((_, node), why))| why.is_none() && node.may_relay())
        .map(|(place, _)| (reach.literals(place).next().is_none(), place))
        .collect();
    crate::sorting::sort(&mut relays);
    relays.into_iter().map(|(_, place)| place).collect()
}

struct Paths<'a> {
    plan: &'a Plan,
    order: &'a Order<'a>,
    reach: &'a Reach,
    links: &'a Links,
    shares: &'a [Vec<Shared>],
    relays: Vec<usize>,
    /// The relays that were chosen for pairs `(a, b)` with `a < b` and can be used.
    pinned: LiteMap<(usize, usize), usize>,
}

impl Paths<'_> {
    fn choice(&self, a: &NodeId, b: &NodeId) -> Option<&PairChoice> {
        if self.plan.pairs.is_empty() {
            return None;
        }
        self.plan.pairs.get(&PairKey::new(a, b)?)
    }

    /// The chosen relays that can be used. A choice needs two direct legs, so
    /// of choices that take each other's legs away none is followed; a choice
    /// that is refused for another reason takes no leg away.
    fn pins(&self) -> LiteMap<(usize, usize), usize> {
        let place = |id: &NodeId| self.order.iter().position(|(other, _)| *other == id);
        let mut wished = LiteMap::new();
        for (key, choice) in &self.plan.pairs {
            let (a, b) = key.ends();
            if let (PairChoice::Via(relay), Some(a), Some(b)) = (choice, place(a), place(b))
                && let Some(relay) = place(relay)
                && self.relays.contains(&relay)
                && self.can_relay(relay, a, b)
            {
                wished.insert((a.min(b), a.max(b)), relay);
            }
        }
        let is_leg =
            |one: usize, other: usize| wished.contains_key(&(one.min(other), one.max(other)));
        let mut pins = wished.clone();
        pins.retain(|(a, b), relay| !is_leg(*relay, *a) && !is_leg(*relay, *b));
        pins
    }

    fn decide(
        &self,
        a: usize,
        b: usize,
        choice: Option<&PairChoice>,
        notes: &mut Vec<Note>,
    ) -> (Verdict, Reason) {
        match choice {
            Some(PairChoice::Never) => return (Verdict::Never, Reason::SwitchedOff),
            Some(PairChoice::Via(relay)) => match self.pinned.get(&(a, b)) {
                Some(place) => return (Verdict::Relayed(Relays::one(*place)), Reason::Chosen),
                None => notes.push(Note::RefusedPin {
                    a,
                    b,
                    relay: relay.clone(),
                }),
            },
            Some(PairChoice::Direct) | None => {}
        }
        if let Some(link) = self.links.get(a, b) {
            let verdict = match link.kind {
                LinkKind::Lan => Verdict::Lan,
                LinkKind::Dialled => Verdict::Direct,
                LinkKind::Open => Verdict::Open,
            };
            return (verdict, Reason::Linked(*link));
        }
        let site = |place: usize| match self.order.get(place).map(|(_, node)| &node.place) {
            Some(Place::Site { site, .. }) => Some(site),
            _ => None,
        };
        let reason = if site(a).is_some() && site(a) == site(b) {
            Reason::NoLanAddress
        } else {
            // An end that can be dialled, and yet not by the other, speaks
            // another family.
            let why = |place| self.reach.closed(place).unwrap_or(Closed::OtherFamily);
            Reason::NeitherDials(why(a), why(b))
        };
        let relay = self
            .relays
            .iter()
            .copied()
            .find(|relay| self.can_relay(*relay, a, b));
        (
            relay.map_or(Verdict::Impossible, |relay| {
                Verdict::Relayed(Relays::one(relay))
            }),
            reason,
        )
    }

    /// Whether a machine can stand between two others: it has a link with each
    /// that nobody pinned away, and it stands in no LAN that either shares.
    fn can_relay(&self, relay: usize, a: usize, b: usize) -> bool {
        let leg = |end: usize| {
            relay != end && self.links.get(relay, end).is_some() && !self.is_pinned(relay, end)
        };
        // It would deliver into its own LAN past the gateway, and the answer
        // would come back another way.
        let outside = |end: usize| {
            self.shares
                .get(end)
                .is_some_and(|shares| shares.iter().all(|share| share.may_pass(relay)))
        };
        leg(a) && leg(b) && outside(a) && outside(b)
    }

    fn is_pinned(&self, one: usize, other: usize) -> bool {
        self.pinned.contains_key(&(one.min(other), one.max(other)))
    }
}
