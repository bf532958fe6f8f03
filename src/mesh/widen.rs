//! Allowed IPs that hold more than one machine's addresses: the whole tunnel
//! under the default relay, and the internet under an exit.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::plan::{Family, Plan, Prefix};

use super::check::Order;
use super::peer::Peer;
use super::wish::Wishes;
use super::{Allowed, ExitRefusal, Note, Pair, Reason, Verdict, Why};

/// Gives machines the entries that hold more than one machine's addresses.
pub(super) fn widen(
    plan: &Plan,
    order: &Order<'_>,
    wishes: &Wishes,
    pairs: &[Pair],
    peers: &mut [Vec<Peer>],
    notes: &mut Vec<Note>,
) {
    let whole = Whole {
        plan,
        pairs,
        count: order.len(),
    };
    let mut relay = plan.covering.then(|| whole.default_relay(order)).flatten();
    // A prefix of length 0 is an internet exit to what reads the file, which
    // would send everything there.
    if let (Some(_), Some(prefix)) = (relay, plan.tunnel.iter().find(|pool| pool.length() == 0)) {
        notes.push(Note::CoveringIsInternet { prefix: *prefix });
        relay = None;
    }
    if let Some(relay) = relay {
        for holder in 0..order.len() {
            whole.cover(relay, holder, peers, notes);
        }
    }
    whole.lead_out(order, wishes, relay, peers, notes);
}

/// The block for a machine in a sorted list.
fn of_mut(peers: &mut [Peer], other: usize) -> Option<&mut Peer> {
    let found = peers.binary_search_by(|peer| peer.node.cmp(&other)).ok()?;
    peers.get_mut(found)
}

/// The prefix of all addresses of a family.
fn everything(family: Family) -> Option<Prefix> {
    let zero = match family {
        Family::V4 => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        Family::V6 => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    };
    Prefix::around(zero, 0)
}

/// Entries that hold more than one machine's addresses.
struct Whole<'a> {
    plan: &'a Plan,
    pairs: &'a [Pair],
    count: usize,
}

impl Whole<'_> {
    fn pair(&self, one: usize, other: usize) -> Option<&Pair> {
        let (a, b) = (one.min(other), one.max(other));
        if a == b || b >= self.count {
            return None;
        }
        self.pairs
            .get(a * (2 * self.count - a - 1) / 2 + (b - a - 1))
    }

    fn connects(&self, one: usize, other: usize) -> bool {
        self.pair(one, other)
            .is_some_and(|pair| pair.verdict.connects())
    }

    fn linked(&self, one: usize, other: usize) -> bool {
        self.pair(one, other)
            .is_some_and(|pair| pair.verdict.is_link())
    }

    /// The relay that most pairs use, the first by name of several; the first
    /// that is willing where no pair needs one.
    fn default_relay(&self, order: &Order<'_>) -> Option<usize> {
        let mut uses = vec![0_usize; self.count];
        for relay in self.pairs.iter().flat_map(|pair| pair.verdict.via()) {
            if let Some(count) = uses.get_mut(*relay) {
                *count += 1;
            }
        }
        let most = uses.iter().copied().max().filter(|most| *most > 0);
        match most {
            Some(most) => uses.iter().position(|count| *count == most),
            None => order.iter().enumerate().position(|(place, (_, node))| {
                node.may_relay()
                    && node.is_always_on()
                    && (0..self.count).any(|other| self.linked(place, other))
            }),
        }
    }

    /// Puts the tunnel prefixes under the default relay, in place of what they
    /// hold anyway, unless that would let the machine send to one with which it
    /// must not talk.
    fn cover(&self, relay: usize, holder: usize, peers: &mut [Vec<Peer>], notes: &mut Vec<Note>) {
        if !self.linked(relay, holder) {
            return;
        }
        let carries = |other: &usize| {
            let pair = self.pair(holder, *other);
            pair.is_some_and(|pair| match pair.verdict {
                Verdict::Never => true,
                Verdict::Impossible => {
                    pair.reason != Reason::LeftOut && self.connects(relay, *other)
                }
                _ => false,
            })
        };
        if let Some(other) = (0..self.count).find(carries) {
            notes.push(Note::CoveringRefused {
                node: holder,
                relay,
                other,
            });
            return;
        }
        let Some(peer) = peers.get_mut(holder).and_then(|list| of_mut(list, relay)) else {
            return;
        };
        let mut entries = peer.allowed.to_vec();
        entries.retain(|entry| entry.why != Why::Own);
        entries.extend(self.plan.tunnel.iter().map(|prefix| Allowed {
            prefix: *prefix,
            owner: relay,
            why: Why::Covering,
        }));
        peer.allowed = entries.into();
    }

    /// Puts the internet under the exit of each machine that uses one.
    fn lead_out(
        &self,
        order: &Order<'_>,
        wishes: &Wishes,
        relay: Option<usize>,
        peers: &mut [Vec<Peer>],
        notes: &mut Vec<Note>,
    ) {
        let mut users: Vec<(usize, usize)> = Vec::new();
        for (place, (_, node)) in order.iter().enumerate() {
            let Some(named) = &node.uses_exit else {
                continue;
            };
            match self.may_use(order, wishes.exit(place), place, relay, &users) {
                Ok(exit) => {
                    users.push((place, exit));
                    let peer = peers.get_mut(place).and_then(|list| of_mut(list, exit));
                    if let Some(peer) = peer {
                        let internet = self.plan.families().filter_map(everything);
                        let mut entries = peer.allowed.to_vec();
                        entries.extend(internet.map(|prefix| Allowed {
                            prefix,
                            owner: exit,
                            why: Why::Exit,
                        }));
                        peer.allowed = entries.into();
                    }
                }
                Err(why) => notes.push(Note::RefusedExit {
                    node: place,
                    exit: named.clone(),
                    why,
                }),
            }
        }
    }

    /// The exit of a machine, if it can use it.
    fn may_use(
        &self,
        order: &Order<'_>,
        exit: Option<usize>,
        user: usize,
        relay: Option<usize>,
        users: &[(usize, usize)],
    ) -> Result<usize, ExitRefusal> {
        let exit = exit.ok_or(ExitRefusal::Gone)?;
        let (_, node) = order.get(exit).ok_or(ExitRefusal::Gone)?;
        if !node.exit || !node.platform.can_forward() {
            return Err(ExitRefusal::NotAnExit);
        }
        if node.uses_exit.is_some() {
            return Err(ExitRefusal::UsesExit);
        }
        if !self.linked(user, exit) {
            return Err(ExitRefusal::NotDirect);
        }
        // Whoever also sends everything to this machine would be reached
        // through it, and would answer through it.
        let together = |other: usize| {
            let apart = self
                .pair(user, other)
                .is_some_and(|pair| !pair.verdict.connects() && pair.reason != Reason::LeftOut);
            apart.then_some(other)
        };
        let by_exit = users.iter().filter(|(_, of)| *of == exit);
        let covered = (relay == Some(exit)).then_some(0..self.count);
        let by_cover = covered
            .into_iter()
            .flatten()
            .filter(|other| self.linked(*other, exit));
        let carried = by_exit
            .map(|(other, _)| *other)
            .chain(by_cover)
            .find_map(together);
        match carried {
            Some(other) => Err(ExitRefusal::Carries(other)),
            None => Ok(exit),
        }
    }
}
