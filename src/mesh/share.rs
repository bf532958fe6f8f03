//! LANs that machines open to the mesh, and who may hold their prefixes.

use litemap::LiteMap;
use std::net::IpAddr;

use crate::plan::{Answers, Node, Place, Plan, Prefix, Site, SiteId};

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
    let unstated = unstated(plan);
    let standings = standings(plan, order, &unstated);
    let mut accepted: Vec<(Prefix, usize)> = Vec::new();
    let mut result = Vec::with_capacity(order.len());
    for (place, ((_, node), why)) in order.iter().zip(left_out).enumerate() {
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
                    not_for: standing_in(&standings, place, share.prefix, notes),
                    not_through: overlapping(&standings, place, share.prefix),
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

/// What a machine stands in, looked up once.
struct Standing<'a> {
    site: Option<(&'a SiteId, &'a Site)>,
    /// The LANs of its site and those that it shares.
    lans: Vec<Prefix>,
    address: Option<IpAddr>,
    /// Addresses of machines at its site that lie in no LAN which the site
    /// names; all are in question, for this machine may dial any of them.
    unstated: &'a [IpAddr],
    leaves_out: &'a [Prefix],
}

/// The LAN addresses at each site that no LAN of the site holds.
fn unstated(plan: &Plan) -> LiteMap<&SiteId, Vec<IpAddr>> {
    let mut found: LiteMap<&SiteId, Vec<IpAddr>> = LiteMap::new();
    for node in plan.nodes.values() {
        if let (Place::Site { site: at, .. }, Some(address)) = (&node.place, node.lan_address())
            && plan
                .sites
                .get(at)
                .is_some_and(|site| site.lan_of(address).is_none())
        {
            found.entry(at).or_default().push(address);
        }
    }
    found
}

fn standings<'a>(
    plan: &'a Plan,
    order: &Order<'a>,
    unstated: &'a LiteMap<&SiteId, Vec<IpAddr>>,
) -> Vec<Standing<'a>> {
    let nodes = order.iter().map(|(_, node)| {
        let site = match &node.place {
            Place::Site { site, .. } => plan.sites.get(site).map(|facts| (site, facts)),
            Place::Internet(_) | Place::Roams => None,
        };
        let of_site = site.map_or(&[][..], |(_, site)| &site.lans);
        let shared = node.shares.iter().map(|share| share.prefix);
        Standing {
            site,
            lans: of_site.iter().copied().chain(shared).collect(),
            address: node.lan_address(),
            unstated: site
                .and_then(|(id, _)| unstated.get(&id))
                .map_or(&[], Vec::as_slice),
            leaves_out: &node.leaves_out,
        }
    });
    nodes.collect()
}

impl Standing<'_> {
    /// Whether a route for this prefix would take the machine's own LAN away. A
    /// prefix that is shorter than the LAN and contains it is harmless: the
    /// LAN's own route is longer and wins.
    fn is_hidden_by(&self, prefix: Prefix) -> bool {
        let hides = |lan: &Prefix| lan.overlaps(prefix) && lan.length() <= prefix.length();
        if self.lans.iter().any(hides) {
            return true;
        }
        // Packets to the other LANs of the site have no longer route to win.
        if let Some((_, site)) = self.site.filter(|(_, site)| site.lans_routed) {
            let own = self.address.and_then(|own| site.lan_of(own));
            let mut others = site.lans.iter().filter(|lan| Some(**lan) != own);
            if others.any(|lan| lan.overlaps(prefix)) {
                return true;
            }
        }
        // Where no LAN is stated, or another one, the addresses of the machines
        // there are all that is known of it.
        let Some((_, site)) = self.site else {
            return false;
        };
        if site.lans.is_empty() {
            self.unstated.iter().any(|address| prefix.holds(*address))
        } else {
            self.address
                .is_some_and(|own| site.lan_of(own).is_none() && prefix.holds(own))
        }
    }

    /// Whether a machine at the gateway's site may stand in the LAN that the
    /// gateway shares: unless the site states LANs and none of them overlaps it.
    fn may_stand_in(&self, prefix: Prefix) -> bool {
        let lans = self.site.map_or(&[][..], |(_, site)| &site.lans);
        lans.is_empty()
            || lans.iter().any(|lan| lan.overlaps(prefix))
            || self.address.is_some_and(|address| prefix.holds(address))
    }

    /// Whether the machine stands in a LAN which overlaps a prefix.
    fn overlaps(&self, prefix: Prefix) -> bool {
        self.lans.iter().any(|lan| lan.overlaps(prefix))
            || self.address.is_some_and(|address| prefix.holds(address))
    }
}

/// The machines that must not hold a prefix because they stand in a LAN with
/// the same addresses; where that is another LAN than the shared one, it is
/// noted. Nor do those hold it that do not want to.
fn standing_in(
    standings: &[Standing<'_>],
    owner: usize,
    prefix: Prefix,
    notes: &mut Vec<Note>,
) -> Vec<usize> {
    let at = |place: usize| standings.get(place).and_then(|one| one.site);
    let mut places = Vec::new();
    for (place, standing) in standings.iter().enumerate() {
        if place == owner {
            continue;
        }
        let same_site = match (at(place), at(owner)) {
            (Some((one, _)), Some((other, _))) => one == other,
            _ => false,
        };
        let stands_in_it = same_site && standing.may_stand_in(prefix);
        let is_hidden = !stands_in_it && standing.is_hidden_by(prefix);
        let leaves_out = standing.leaves_out.contains(&prefix);
        if stands_in_it || is_hidden || leaves_out {
            places.push(place);
        }
        if is_hidden && !same_site && !leaves_out {
            notes.push(Note::ShareHidden {
                owner,
                prefix,
                node: place,
            });
        }
    }
    places
}

/// The machines that stand in a LAN which overlaps a prefix.
fn overlapping(standings: &[Standing<'_>], owner: usize, prefix: Prefix) -> Vec<usize> {
    let machines = standings.iter().enumerate();
    machines
        .filter(|(place, standing)| *place != owner && standing.overlaps(prefix))
        .map(|(place, _)| place)
        .collect()
}
