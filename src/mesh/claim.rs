//! What machines claim about where they are found, and who of two is right.

use litemap::LiteMap;
use std::net::IpAddr;

use crate::plan::{Family, Forward, Host, Node, Place, Plan, Port, SiteId};

use super::check::Order;
use super::reach::{Found, Reach};
use super::uplink::{Egress, Inbound, stated_router};
use super::{ClashAt, Closed, Note};

impl Reach {
    /// The addresses at which machines say that they are found: their own, and
    /// those of routers that forward a port.
    pub(super) fn claim_dialled(
        &mut self,
        plan: &Plan,
        order: &Order<'_>,
        part: &[usize],
        found: &mut Found,
        notes: &mut Vec<Note>,
    ) {
        for place in part {
            let (Some(machine), Some((_, node))) =
                (self.machines.get_mut(*place), order.get(*place))
            else {
                continue;
            };
            for (family, uplink) in Family::BOTH.into_iter().zip(&mut machine.uplinks) {
                let dialled = matches!(uplink.inbound, Inbound::Open | Inbound::Stateful);
                // A forward that leads nowhere takes the port all the same, and one
                // behind the provider takes it from what the router translates.
                let forward = forwarded(plan, node).filter(|_| family == Family::V4);
                let key = match (dialled, forward) {
                    (true, _) => uplink.host().map(|host| (host, uplink.port)),
                    (false, forward) => forward,
                };
                let Some(key) = key else {
                    continue;
                };
                if let Some(owner) = found.get(&key) {
                    // That a forward behind the provider helps nobody is said anyway.
                    if uplink.why == Closed::Cgnat {
                        uplink.hide(None);
                        continue;
                    }
                    notes.push(Note::Clash {
                        owner: *owner,
                        other: *place,
                        at: ClashAt::Internet(key.0, key.1),
                    });
                    uplink.hide(Some(Closed::Taken));
                    continue;
                }
                let at = key.1;
                found.insert(key, *place);
                if let (Some(_), Some(name)) = (uplink.literal, &uplink.name) {
                    let key = (Host::Name(name.clone()), at);
                    if found.get(&key).is_some_and(|owner| owner != place) {
                        uplink.name = None;
                    } else {
                        found.insert(key, *place);
                    }
                }
            }
        }
    }

    /// A machine that is found by a name in one family, and of which an address
    /// of the other was stated: the name may stand for that, too. If another
    /// machine has the address, the name leads there.
    pub(super) fn doubt_names(&mut self, order: &Order<'_>, part: &[usize], found: &Found) {
        for place in part {
            let (Some(machine), Some((_, node))) =
                (self.machines.get_mut(*place), order.get(*place))
            else {
                continue;
            };
            let Place::Internet(public) = &node.place else {
                continue;
            };
            let others = [public.ipv6.map(IpAddr::V6), public.ipv4.map(IpAddr::V4)];
            for (uplink, other) in machine.uplinks.iter_mut().zip(others) {
                let key = other.map(|address| (Host::Address(address), uplink.port));
                let owner = key.and_then(|key| found.get(&key));
                if uplink.name.is_none() || owner.is_none_or(|owner| owner == place) {
                    continue;
                }
                uplink.name = None;
                if uplink.literal.is_none() {
                    uplink.hide(Some(Closed::Taken));
                }
            }
        }
    }

    /// The router's address for machines behind it to which no port is
    /// forwarded: who wants to be found there needs the port for itself, and
    /// the address must not lie in a prefix that runs into the tunnel.
    pub(super) fn claim_translated(
        &mut self,
        plan: &Plan,
        order: &Order<'_>,
        part: &[usize],
        found: &mut Found,
    ) {
        let tunnelled = |address: IpAddr| {
            let mut shares = plan.nodes.values().flat_map(|node| &node.shares);
            plan.tunnel.iter().any(|prefix| prefix.holds(address))
                || shares.any(|share| share.prefix.holds(address))
        };
        for place in part {
            let (Some(machine), Some((_, node))) =
                (self.machines.get_mut(*place), order.get(*place))
            else {
                continue;
            };
            let [uplink, _] = &mut machine.uplinks;
            if !matches!(node.place, Place::Site { .. }) || uplink.egress == Egress::None {
                continue;
            }
            let is_open = uplink.inbound == Inbound::Open;
            // A forward to a port at which nobody listens takes its packets.
            let lost = leads_elsewhere(plan, node)
                && forwarded(plan, node).is_some_and(|(_, port)| port == uplink.port);
            let mut keep = !lost;
            // Behind NAT64 nobody finds a machine, nor where another has the port
            // that is forwarded in vain, but its packets take a port.
            let unfound = uplink.egress == Egress::ByName || leads_elsewhere(plan, node);
            let router = plan.site_of(node).filter(|_| unfound);
            let router = router.map(|site| &site.public);
            let literal = router.and_then(|public| public.ipv4).map(IpAddr::V4);
            let name = router.and_then(|public| public.name.clone());
            let hosts = [
                uplink.literal.or(literal).map(Host::Address),
                uplink.name.clone().or(name).map(Host::Name),
            ];
            for host in hosts.into_iter().flatten() {
                let listens = plan.listen_port_of(node);
                let owner = *found.entry((host.clone(), listens)).or_insert(*place);
                let owner = if uplink.port == listens {
                    owner
                } else {
                    found.get(&(host, uplink.port)).copied().unwrap_or(*place)
                };
                keep &= owner == *place;
            }
            if !is_open && (!keep || uplink.literal.is_some_and(tunnelled)) {
                uplink.hide(None);
            }
        }
    }

    pub(super) fn claim_lan(&mut self, order: &Order<'_>, part: &[usize], notes: &mut Vec<Note>) {
        let mut local: LiteMap<(&SiteId, IpAddr), usize> = LiteMap::new();
        for place in part {
            let (Some(machine), Some((_, node))) =
                (self.machines.get_mut(*place), order.get(*place))
            else {
                continue;
            };
            // An address of a family that it does not speak is taken all the same.
            let (Place::Site { site, .. }, Some(address)) = (&node.place, node.lan_address())
            else {
                continue;
            };
            if let Some(owner) = local.get(&(site, address)) {
                notes.push(Note::Clash {
                    owner: *owner,
                    other: *place,
                    at: ClashAt::Lan(address),
                });
                machine.lan_address = None;
            } else {
                local.insert((site, address), *place);
            }
        }
    }

    /// A claim to be dialable that cannot be true.
    pub(super) fn contradiction(&self, place: usize, node: &Node) -> Option<Note> {
        let why = match &node.place {
            Place::Site {
                forward, ipv6_open, ..
            } => {
                let v4 = self.closed_in(place, Family::V4).filter(|why| {
                    forward.is_some()
                        && matches!(
                            why,
                            Closed::Cgnat
                                | Closed::RouterUnknown
                                | Closed::ForwardElsewhere
                                | Closed::HostFirewall
                                | Closed::OtherFamily
                        )
                });
                let v6 = || {
                    self.closed_in(place, Family::V6).filter(|why| {
                        *ipv6_open && matches!(why, Closed::AddressUnknown | Closed::AddressHidden)
                    })
                };
                v4.or_else(v6)?
            }
            Place::Internet(_) => self
                .closed(place)
                .filter(|why| matches!(why, Closed::AddressUnknown | Closed::AddressHidden))?,
            Place::Roams => return None,
        };
        Some(Note::NotDialable { node: place, why })
    }
}

/// Where a router forwards a port to a machine, whether or not that helps it.
fn forwarded(plan: &Plan, node: &Node) -> Option<(Host, Port)> {
    let Place::Site {
        forward: Some(forward),
        ..
    } = &node.place
    else {
        return None;
    };
    let host = stated_router(plan.site_of(node)?)?;
    Some((host, forward.external))
}

/// Whether a router forwards a port of a machine to one at which it does not listen.
fn leads_elsewhere(plan: &Plan, node: &Node) -> bool {
    let listens = plan.listen_port_of(node);
    matches!(
        &node.place,
        Place::Site { forward: Some(Forward { internal: Some(to), .. }), .. } if *to != listens
    )
}
