//! LANs that machines open to the mesh, and who may hold their prefixes.

use litemap::LiteMap;
use std::net::IpAddr;

use crate::plan::{Answers, Node, Place, Plan, Prefix, Site, SiteId};

use super::check::{LeftOut, Order};
use super::prefixes::{Prefixes, inside};
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
    /// stand in a LAN with the same addresses; sorted.
    pub not_for: Vec<usize>,
    /// Machines, by their place, that must not forward towards the prefix: they
    /// stand in a LAN that overlaps it and would deliver past the gateway; sorted.
    pub not_through: Vec<usize>,
}

impl Shared {
    /// Whether a machine may hold this prefix.
    #[must_use]
    pub fn is_for(&self, place: usize) -> bool {
        self.not_for.binary_search(&place).is_err()
    }

    /// Whether a machine may forward packets towards this prefix.
    #[must_use]
    pub fn may_pass(&self, place: usize) -> bool {
        self.is_for(place) && self.not_through.binary_search(&place).is_err()
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
    let lans = lans_of_sites(plan);
    let standings = standings(plan, order, &unstated, &lans);
    let literals = literals(order, reach);
    let mut accepted = Prefixes::default();
    let mut result = Vec::with_capacity(order.len());
    for (place, ((_, node), why)) in order.iter().zip(left_out).enumerate() {
        let mut mine: Vec<Shared> = Vec::new();
        if why.is_none() {
            // In the order of prefixes, so that the order of statements decides nothing.
            let mut stated = node.shares.clone();
            crate::sorting::sort_by_key(&mut stated, |share| share.prefix);
            for share in stated {
                // Of one's own, sorted, only the last can overlap the next.
                let last = mine.last().map(|last| (last.prefix, place));
                let overlapped = last.filter(|(last, _)| last.overlaps(share.prefix));
                let overlapped = accepted.overlapping(share.prefix).or(overlapped);
                let dialled = inside(&literals, share.prefix, |(address, _)| *address);
                let dialled = dialled.iter().map(|(_, place)| *place).min();
                if let Some(why) = refusal(plan, node, share.prefix, overlapped, dialled) {
                    notes.push(Note::ShareRefused {
                        node: place,
                        prefix: share.prefix,
                        why,
                    });
                    continue;
                }
                mine.push(Shared {
                    prefix: share.prefix,
                    answers: share.answers,
                    not_for: standing_in(&standings, place, share.prefix, notes),
                    not_through: overlapping(&standings, place, share.prefix),
                });
            }
        }
        accepted.add(mine.iter().map(|share| (share.prefix, place)));
        result.push(mine);
    }
    result
}

/// Why a machine may not share a prefix, if it may not.
fn refusal(
    plan: &Plan,
    node: &Node,
    prefix: Prefix,
    overlapped: Option<(Prefix, usize)>,
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
    if let Some((other, owner)) = overlapped {
        return Some(ShareRefusal::OverlapsShare(other, owner));
    }
    dialled.map(ShareRefusal::HoldsEndpoint)
}

/// The addresses at which machines are dialled from the internet, sorted.
fn literals(order: &Order<'_>, reach: &Reach) -> Vec<(IpAddr, usize)> {
    let of = |place| reach.literals(place).map(move |address| (address, place));
    let mut found: Vec<(IpAddr, usize)> = (0..order.len()).flat_map(of).collect();
    crate::sorting::sort(&mut found);
    found
}

/// The LANs of a site in two forms, for two questions.
struct SiteLans {
    /// Each of them, sorted.
    each: Vec<Prefix>,
    /// All their addresses.
    all: Prefixes,
}

fn lans_of_sites(plan: &Plan) -> LiteMap<&SiteId, SiteLans> {
    let sites = plan.sites.iter().map(|(id, site)| {
        let lans = SiteLans {
            each: crate::sorting::distinct(site.lans.clone()),
            all: Prefixes::covering(site.lans.iter().copied()),
        };
        (id, lans)
    });
    sites.collect()
}

/// What a machine stands in, looked up once.
struct Standing<'a> {
    site: Option<(&'a SiteId, &'a Site)>,
    /// The LANs of its site.
    lans: Option<&'a SiteLans>,
    /// The LANs that it shares.
    shared: Prefixes,
    address: Option<IpAddr>,
    /// The LAN of its site that holds its address.
    own_lan: Option<Prefix>,
    /// Addresses of machines at its site that lie in no LAN which the site
    /// names, sorted; all are in question, for this machine may dial any of them.
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
    for (_, addresses) in found.iter_mut() {
        crate::sorting::sort(addresses);
    }
    found
}

fn standings<'a>(
    plan: &'a Plan,
    order: &Order<'a>,
    unstated: &'a LiteMap<&SiteId, Vec<IpAddr>>,
    lans: &'a LiteMap<&SiteId, SiteLans>,
) -> Vec<Standing<'a>> {
    let nodes = order.iter().map(|(_, node)| {
        let site = match &node.place {
            Place::Site { site, .. } => plan.sites.get(site).map(|facts| (site, facts)),
            Place::Internet(_) | Place::Roams => None,
        };
        let address = node.lan_address();
        Standing {
            site,
            lans: site.and_then(|(id, _)| lans.get(&id)),
            shared: Prefixes::covering(node.shares.iter().map(|share| share.prefix)),
            address,
            own_lan: address.and_then(|own| site?.1.lan_of(own)),
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
        let at_site = self.lans.and_then(|lans| lans.all.around(prefix));
        if at_site.is_some() || self.shared.around(prefix).is_some() {
            return true;
        }
        let (Some((_, site)), Some(lans)) = (self.site, self.lans) else {
            return false;
        };
        // Packets to the other LANs of the site have no longer route to win.
        if site.lans_routed {
            let within = inside(&lans.each, prefix, |lan| lan.net().addr());
            if within.iter().any(|lan| Some(*lan) != self.own_lan) {
                return true;
            }
        }
        // Where no LAN is stated, or another one, the addresses of the machines
        // there are all that is known of it.
        if site.lans.is_empty() {
            !inside(self.unstated, prefix, |address| *address).is_empty()
        } else {
            self.own_lan.is_none() && self.address.is_some_and(|own| prefix.holds(own))
        }
    }

    /// Whether a machine at the gateway's site may stand in the LAN that the
    /// gateway shares: unless the site states LANs and none of them overlaps it.
    fn may_stand_in(&self, prefix: Prefix) -> bool {
        let stated = self.lans.filter(|lans| !lans.each.is_empty());
        stated.is_none_or(|lans| lans.all.overlapping(prefix).is_some())
            || self.address.is_some_and(|address| prefix.holds(address))
    }

    /// Whether the machine stands in a LAN which overlaps a prefix.
    fn overlaps(&self, prefix: Prefix) -> bool {
        let at_site = self.lans.and_then(|lans| lans.all.overlapping(prefix));
        at_site.is_some()
            || self.shared.overlapping(prefix).is_some()
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
