//! LANs that machines open to the mesh, and who may hold their prefixes.

use crate::plan::{Answers, Node, NodeId, Place, Plan, Prefix};

use super::check::{LeftOut, Order};
use super::reach::Reach;
use super::{Note, ShareRefusal};

/// A LAN that a machine opens to the mesh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The LAN.
    pub prefix: Prefix,
    /// How its hosts' answers return.
    pub answers: Answers,
    /// Machines, by their place, that must not hold the prefix because they
    /// stand in a LAN with the same addresses.
    pub not_for: Vec<usize>,
    /// Machines, by their place, that must not forward towards the prefix: they
    /// stand in a LAN that overlaps it and would deliver past the gateway.
    pub not_through: Vec<usize>,
}

impl Shared {
    /// Whether a machine may hold this prefix.
    #[must_use]
    pub fn is_for(&self, place: usize) -> bool {
        !self.not_for.contains(&place)
    }

    /// Whether a machine may forward packets towards this prefix.
    #[must_use]
    pub fn may_pass(&self, place: usize) -> bool {
        self.is_for(place) && !self.not_through.contains(&place)
    }
}

/// What each machine shares, without what a finding took out.
pub(super) fn shares(
    plan: &Plan,
    order: &Order<'_>,
    left_out: &[Option<LeftOut>],
    reach: &Reach,
    notes: &mut Vec<Note>,
) -> Vec<Vec<Shared>> {
    let mut accepted: Vec<(Prefix, usize)> = Vec::new();
    let mut result = Vec::with_capacity(order.len());
    for (place, ((id, node), why)) in order.iter().zip(left_out).enumerate() {
        let mut mine = Vec::new();
        if why.is_none() {
            // In the order of prefixes, so that the order of statements decides nothing.
            let mut stated = node.shares.clone();
            crate::sorting::sort_by_key(&mut stated, |share| share.prefix);
            for share in stated {
                let dialled = dialled_inside(order, reach, share.prefix);
                if let Some(why) = refusal(plan, node, share.prefix, &accepted, dialled) {
                    notes.push(Note::ShareRefused {
                        node: place,
                        prefix: share.prefix,
                        why,
                    });
                    continue;
                }
                accepted.push((share.prefix, place));
                mine.push(Shared {
                    prefix: share.prefix,
                    answers: share.answers,
                    not_for: standing_in(plan, order, place, share.prefix, notes),
                    not_through: overlapping(plan, order, id, share.prefix),
                });
            }
        }
        result.push(mine);
    }
    result
}

/// Why a machine may not share a prefix, if it may not.
fn refusal(
    plan: &Plan,
    node: &Node,
    prefix: Prefix,
    accepted: &[(Prefix, usize)],
    dialled: Option<usize>,
) -> Option<ShareRefusal> {
    if !node.platform.can_forward() {
        return Some(ShareRefusal::CannotForward);
    }
    if plan.tunnel_prefix(prefix.family()).is_none() {
        return Some(ShareRefusal::NoTunnelPrefix);
    }
    if let Some(tunnel) = plan.tunnel.iter().find(|tunnel| tunnel.overlaps(prefix)) {
        return Some(ShareRefusal::OverlapsTunnel(*tunnel));
    }
    let overlaps = |(other, _): &&(Prefix, usize)| other.overlaps(prefix);
    if let Some((other, owner)) = accepted.iter().find(overlaps) {
        return Some(ShareRefusal::OverlapsShare(*other, *owner));
    }
    dialled.map(ShareRefusal::HoldsEndpoint)
}

/// A machine that is dialled from the internet at an address inside a prefix.
fn dialled_inside(order: &Order<'_>, reach: &Reach, prefix: Prefix) -> Option<usize> {
    let inside = |place: &usize| reach.literals(*place).any(|address| prefix.holds(address));
    (0..order.len()).find(inside)
}

/// LANs that a machine stands in: those of its site and those that it shares.
fn lans_of<'a>(plan: &'a Plan, node: &'a Node) -> impl Iterator<Item = Prefix> + 'a {
    let site = plan.site_of(node).map_or(&[][..], |site| &site.lans);
    let shared = node.shares.iter().map(|share| share.prefix);
    site.iter().copied().chain(shared)
}

/// The machines that must not hold a prefix because they stand in a LAN with
/// the same addresses; where that is another LAN than the shared one, it is noted.
fn standing_in(
    plan: &Plan,
    order: &Order<'_>,
    owner: usize,
    prefix: Prefix,
    notes: &mut Vec<Note>,
) -> Vec<usize> {
    let mut places = Vec::new();
    let Some((_, owner_node)) = order.get(owner) else {
        return places;
    };
    for (place, (_, node)) in order.iter().enumerate() {
        if place == owner {
            continue;
        }
        let same_site = match (&node.place, &owner_node.place) {
            (Place::Site { site: one, .. }, Place::Site { site: other, .. }) => one == other,
            _ => false,
        };
        let stands_in_it = same_site && may_stand_in(plan, node, prefix);
        if !stands_in_it && !hides_own_lan(plan, node, prefix) {
            continue;
        }
        places.push(place);
        if !same_site {
            notes.push(Note::ShareHidden {
                owner,
                prefix,
                node: place,
            });
        }
    }
    places
}

/// Whether a route for this prefix would take a machine's own LAN away. A
/// prefix that is shorter than the LAN and contains it is harmless: the LAN's
/// own route is longer and wins.
fn hides_own_lan(plan: &Plan, node: &Node, prefix: Prefix) -> bool {
    if lans_of(plan, node).any(|lan| lan.overlaps(prefix) && lan.length() <= prefix.length()) {
        return true;
    }
    let (Place::Site { site: at, .. }, Some(site)) = (&node.place, plan.site_of(node)) else {
        return false;
    };
    // Where no LAN is stated, or another one, the addresses of the machines
    // there are all that is known of it, and this machine may dial any of them.
    let unstated = |address| site.lan_of(address).is_none() && prefix.holds(address);
    if site.lans.is_empty() {
        plan.nodes_at(at)
            .any(|(_, other)| other.lan_address().is_some_and(unstated))
    } else {
        node.lan_address().is_some_and(unstated)
    }
}

/// Whether a machine at the gateway's site may stand in the LAN that the
/// gateway shares: unless the site states LANs and none of them overlaps it.
fn may_stand_in(plan: &Plan, node: &Node, prefix: Prefix) -> bool {
    let lans = plan.site_of(node).map_or(&[][..], |site| &site.lans);
    lans.is_empty()
        || lans.iter().any(|lan| lan.overlaps(prefix))
        || node
            .lan_address()
            .is_some_and(|address| prefix.holds(address))
}

/// The machines that stand in a LAN which overlaps a prefix.
fn overlapping(plan: &Plan, order: &Order<'_>, owner: &NodeId, prefix: Prefix) -> Vec<usize> {
    let overlaps = |node: &Node| {
        lans_of(plan, node).any(|lan| lan.overlaps(prefix))
            || node
                .lan_address()
                .is_some_and(|address| prefix.holds(address))
    };
    let machines = order.iter().enumerate();
    machines
        .filter(|(_, (id, node))| *id != owner && overlaps(node))
        .map(|(place, _)| place)
        .collect()
}
