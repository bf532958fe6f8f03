//! Which machines may stand inside a path, and which of them is the best.

use crate::plan::{Family, Relaying};

use super::check::{LeftOut, Order};
use super::reach::Reach;
use super::share::Shared;
use super::uplink::{Egress, Inbound};

/// A set of relays, one bit for each in the order of preference.
pub(super) type RelaySet = Vec<u64>;

/// How good a relay's endpoint is: an address, a name, or none.
const CLASSES: usize = 3;

/// The machines that may relay, best first.
#[derive(PartialEq)]
pub(super) struct Relays {
    /// Their places.
    list: Vec<usize>,
    /// The rank of each machine in the list, by place.
    rank: Vec<Option<usize>>,
    /// Where each class of endpoints ends in the list.
    ends: [usize; CLASSES],
    /// How good the endpoint of each machine is, by place.
    class: Vec<usize>,
    /// The site of each machine, by place.
    site: Vec<Option<usize>>,
    /// The relays of each site.
    at_site: Vec<(usize, RelaySet)>,
    /// What forbids machines to forward towards what each machine shares.
    shut: Vec<Vec<Shut>>,
}

/// What a shared LAN forbids.
#[derive(PartialEq, Eq)]
struct Shut {
    /// The machines that must not forward towards it, sorted.
    machines: Vec<usize>,
    /// The relays among them.
    relays: RelaySet,
    /// The machines that do not hold its prefix, sorted: for them it forbids nothing.
    not_for: Vec<usize>,
}

impl Shut {
    fn is_for(&self, other: usize) -> bool {
        self.not_for.binary_search(&other).is_err()
    }
}

impl Relays {
    /// Finds the relays. A machine that is not always on relays only if it says so.
    pub(super) fn new(
        order: &Order<'_>,
        left_out: &[Option<LeftOut>],
        reach: &Reach,
        shares: &[Vec<Shared>],
    ) -> Self {
        let mut ranked: Vec<(usize, bool, usize)> = Vec::new();
        for (place, ((_, node), why)) in order.iter().zip(left_out).enumerate() {
            let steady = node.is_always_on() || node.relay == Relaying::Yes;
            if why.is_none() && node.may_relay() && steady {
                let is_single = !Family::BOTH.into_iter().all(|family| {
                    reach
                        .uplink(place, family)
                        .is_some_and(|uplink| uplink.egress == Egress::Full)
                });
                ranked.push((class(reach, place), is_single, place));
            }
        }
        crate::sorting::sort(&mut ranked);
        let list: Vec<usize> = ranked.iter().map(|(_, _, place)| *place).collect();
        let upto = |class: usize| ranked.iter().take_while(|(of, _, _)| *of <= class).count();
        let mut rank = vec![None; order.len()];
        for (number, place) in list.iter().enumerate() {
            if let Some(slot) = rank.get_mut(*place) {
                *slot = Some(number);
            }
        }
        let places = 0..order.len();
        let mut relays = Self {
            class: places.clone().map(|place| class(reach, place)).collect(),
            site: places.map(|place| reach.site(place)).collect(),
            ends: [upto(0), upto(1), upto(2)],
            at_site: Vec::new(),
            shut: Vec::with_capacity(order.len()),
            list,
            rank,
        };
        for (number, place) in relays.list.clone().into_iter().enumerate() {
            if let Some(site) = reach.site(place) {
                let known = relays.at_site.iter().position(|(at, _)| *at == site);
                let index = known.unwrap_or_else(|| {
                    relays.at_site.push((site, relays.none()));
                    relays.at_site.len() - 1
                });
                if let Some((_, set)) = relays.at_site.get_mut(index) {
                    insert(set, number);
                }
            }
        }
        for shared in shares {
            // LANs of one machine mostly forbid the same, or nothing.
            let mut shut: Vec<Shut> = Vec::new();
            for share in shared {
                let more = relays.shut_by(share);
                if !more.machines.is_empty() && !shut.contains(&more) {
                    shut.push(more);
                }
            }
            relays.shut.push(shut);
        }
        relays
    }

    /// A set without relays.
    pub(super) fn none(&self) -> RelaySet {
        vec![0; self.list.len().div_ceil(64)]
    }

    fn shut_by(&self, share: &Shared) -> Shut {
        let both = share.not_for.iter().chain(&share.not_through);
        let mut machines: Vec<usize> = both.copied().collect();
        crate::sorting::sort(&mut machines);
        machines.dedup();
        let mut relays = self.none();
        for rank in machines.iter().filter_map(|place| self.rank(*place)) {
            insert(&mut relays, rank);
        }
        let mut not_for = share.not_for.clone();
        crate::sorting::sort(&mut not_for);
        Shut {
            machines,
            relays,
            not_for,
        }
    }

    /// How good a machine is as a relay; smaller is better.
    pub(super) fn rank(&self, place: usize) -> Option<usize> {
        self.rank.get(place).copied().flatten()
    }

    fn site_of(&self, place: usize) -> Option<usize> {
        self.site.get(place).copied().flatten()
    }

    /// Whether a machine must not forward towards what another shares, because
    /// it would deliver past the gateway into a LAN of its own.
    pub(super) fn is_shut(&self, through: usize, (owner, other): (usize, usize)) -> bool {
        let mut shut = self.shut.get(owner).into_iter().flatten();
        shut.any(|shut| shut.machines.binary_search(&through).is_ok() && shut.is_for(other))
    }

    /// The best relay that is linked with both ends: one with a fixed address
    /// before one with a name, then one at the site of an end, then by the order
    /// of the list.
    pub(super) fn best(
        &self,
        of_a: &RelaySet,
        of_b: &RelaySet,
        (a, b): (usize, usize),
    ) -> Option<usize> {
        let word = |set: Option<&RelaySet>, index: usize| {
            set.and_then(|set| set.get(index)).copied().unwrap_or(0)
        };
        let shut = |owner: usize, other: usize| {
            let shut = self.shut.get(owner).into_iter().flatten();
            shut.filter(move |shut| shut.is_for(other))
        };
        let blocked = |index: usize| {
            shut(a, b)
                .chain(shut(b, a))
                .fold(0, |all, shut| all | word(Some(&shut.relays), index))
        };
        let common =
            |index: usize| word(Some(of_a), index) & word(Some(of_b), index) & !blocked(index);
        let words = of_a.len();
        if self.at_site.is_empty() {
            return first(words, common).and_then(|rank| self.list.get(rank).copied());
        }
        let best = first(words, common)?;
        // The class of the best one decides; inside it those near an end come first.
        let mut start = 0;
        for end in self.ends {
            if best < end {
                let near = |index: usize| {
                    let at = |end: usize| {
                        let site = self.site_of(end);
                        let found = self.at_site.iter().find(|(at, _)| Some(*at) == site);
                        word(found.map(|(_, set)| set), index)
                    };
                    common(index) & (at(a) | at(b)) & between(start, end, index)
                };
                let rank = first(words, near).unwrap_or(best);
                return self.list.get(rank).copied();
            }
            start = end;
        }
        None
    }

    /// How good a path is that passes these machines between two ends; smaller
    /// is better. Each part is a sum over machines or links, or compares sets
    /// of machines, so a part of the best path is itself the best.
    pub(super) fn cost(
        &self,
        (a, b): (usize, usize),
        inside: &[usize],
    ) -> (usize, usize, Vec<usize>) {
        let class = |place: &usize| self.class.get(*place).copied().unwrap_or(CLASSES - 1);
        let classes = inside.iter().map(class).sum();
        let mut far = 0;
        let mut last = a;
        for place in inside.iter().chain([&b]) {
            let site = self.site_of(last);
            far += usize::from(site.is_none() || site != self.site_of(*place));
            last = *place;
        }
        let mut ranks: Vec<usize> = inside
            .iter()
            .map(|place| self.rank(*place).unwrap_or(self.list.len() + place))
            .collect();
        crate::sorting::sort_by(&mut ranks, |one, other| other.cmp(one));
        (classes, far, ranks)
    }
}

/// How good a machine's endpoint is: 0 for an address, 1 for a name, 2 for none.
fn class(reach: &Reach, place: usize) -> usize {
    let mut open = Family::BOTH
        .into_iter()
        .filter_map(|family| reach.uplink(place, family))
        .filter(|uplink| uplink.inbound == Inbound::Open)
        .peekable();
    match open.peek() {
        None => 2,
        Some(_) => usize::from(!open.any(|uplink| uplink.literal.is_some())),
    }
}

/// Puts a relay into a set by its rank.
pub(super) fn insert(set: &mut RelaySet, rank: usize) {
    if let Some(word) = set.get_mut(rank / 64) {
        *word |= 1 << (rank % 64);
    }
}

/// The first member of a set that is given word by word.
fn first(words: usize, word: impl Fn(usize) -> u64) -> Option<usize> {
    (0..words).find_map(|index| {
        let word = word(index);
        (word != 0).then(|| index * 64 + word.trailing_zeros() as usize)
    })
}

/// A word of the set of all ranks from `start` up to and without `end`.
fn between(start: usize, end: usize, index: usize) -> u64 {
    let below = |limit: usize| match limit.saturating_sub(index * 64) {
        0 => 0,
        bits if bits >= 64 => u64::MAX,
        bits => (1 << bits) - 1,
    };
    below(end) & !below(start)
}
