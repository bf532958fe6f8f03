//! Who can be dialled, and where, per address family of the outer packets.
//!
//! The model is that of `inbound` and `egress`: a family in which a machine can
//! send to the internet, and how packets from outside arrive in it.

use litemap::LiteMap;
use std::net::IpAddr;

use crate::plan::{
    Endpoint, Family, Forward, Host, Node, Place, Plan, Port, Router, Site, SiteId, is_hidden_v4,
    is_hidden_v6,
};

use super::check::{LeftOut, Order};
use super::{ClashAt, Link, LinkKind, Note};

/// Why a machine cannot be dialled from the internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Behind a router that translates, without a forwarded port.
    Nat,
    /// Behind the provider's translation.
    Cgnat,
    /// It moves about.
    Roams,
    /// On the internet, but nobody said where.
    AddressUnknown,
    /// On the internet, but its address is a private one.
    AddressHidden,
    /// A port is forwarded, but nobody said where the router is.
    RouterUnknown,
    /// Another machine is dialled at the same address and port.
    Taken,
    /// It has no address of the family that the other end uses.
    OtherFamily,
}

/// How packets from the internet arrive at a machine in one family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Inbound {
    /// At its own address.
    Open(Host),
    /// At its router, which forwards them.
    Forwarded(Host, Port),
    /// They do not.
    Closed(Closed),
}

/// A machine's connection to the internet in one family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Uplink {
    /// Whether it can send there.
    pub(super) egress: bool,
    /// How packets arrive.
    pub(super) inbound: Inbound,
}

impl Uplink {
    /// Where others dial this machine, if they can.
    pub(super) fn dialled_at(&self, listen_port: Port) -> Option<(&Host, Port)> {
        match &self.inbound {
            Inbound::Open(host) => Some((host, listen_port)),
            Inbound::Forwarded(host, port) => Some((host, *port)),
            Inbound::Closed(_) => None,
        }
    }
}

/// The uplink of a machine in one family.
pub(super) fn uplink(plan: &Plan, node: &Node, family: Family) -> Uplink {
    match &node.place {
        Place::Internet(public) => match family {
            Family::V4 => {
                let only_v6 =
                    public.ipv4.is_none() && public.name.is_none() && public.ipv6.is_some();
                let inbound = match (public.ipv4, &public.name) {
                    (Some(address), _) if is_hidden_v4(address) => {
                        Inbound::Closed(Closed::AddressHidden)
                    }
                    (Some(address), _) => Inbound::Open(Host::Address(IpAddr::V4(address))),
                    (None, Some(name)) => Inbound::Open(Host::Name(name.clone())),
                    (None, None) if only_v6 => Inbound::Closed(Closed::OtherFamily),
                    (None, None) => Inbound::Closed(Closed::AddressUnknown),
                };
                Uplink {
                    egress: !only_v6,
                    inbound,
                }
            }
            Family::V6 => match public.ipv6 {
                Some(address) if is_hidden_v6(address) => Uplink {
                    egress: false,
                    inbound: Inbound::Closed(Closed::AddressHidden),
                },
                Some(address) => Uplink {
                    egress: true,
                    inbound: Inbound::Open(Host::Address(IpAddr::V6(address))),
                },
                None => Uplink {
                    egress: false,
                    inbound: Inbound::Closed(Closed::OtherFamily),
                },
            },
        },
        Place::Site { site, forward, .. } => match family {
            Family::V4 => Uplink {
                egress: true,
                inbound: site_inbound(plan, site, *forward),
            },
            Family::V6 => Uplink {
                egress: false,
                inbound: Inbound::Closed(Closed::OtherFamily),
            },
        },
        Place::Roams => Uplink {
            egress: family == Family::V4,
            inbound: Inbound::Closed(Closed::Roams),
        },
    }
}

fn site_inbound(plan: &Plan, site: &SiteId, forward: Option<Forward>) -> Inbound {
    let Some(site) = plan.sites.get(site) else {
        return Inbound::Closed(Closed::Nat);
    };
    match (forward, is_behind_provider(site), router_address(site)) {
        (_, true, _) => Inbound::Closed(Closed::Cgnat),
        (None, false, _) => Inbound::Closed(Closed::Nat),
        (Some(forward), false, Some(host)) => Inbound::Forwarded(host, forward.external),
        (Some(_), false, None) => Inbound::Closed(Closed::RouterUnknown),
    }
}

/// Whether the provider translates once more in front of a site's router.
fn is_behind_provider(site: &Site) -> bool {
    site.router == Router::Cgnat || site.public.ipv4.is_some_and(is_hidden_v4)
}

/// Where the internet finds a site's router, if a port forwarded there can be reached.
pub(super) fn router_address(site: &Site) -> Option<Host> {
    if is_behind_provider(site) {
        return None;
    }
    match (site.public.ipv4, &site.public.name) {
        (Some(address), _) => Some(Host::Address(IpAddr::V4(address))),
        (None, Some(name)) => Some(Host::Name(name.clone())),
        (None, None) => None,
    }
}

/// How all machines stand towards the internet and their LANs, by place.
pub(super) struct Reach {
    uplinks: Vec<[Uplink; 2]>,
    lan_addresses: Vec<Option<IpAddr>>,
}

impl Reach {
    /// Looks at every machine once. An address that two machines claim belongs
    /// to the one that comes first, because packets reach one of them only.
    pub(super) fn new(
        plan: &Plan,
        order: &Order<'_>,
        left_out: &[Option<LeftOut>],
        notes: &mut Vec<Note>,
    ) -> Self {
        let mut public: LiteMap<(Host, Port), usize> = LiteMap::new();
        let mut local: LiteMap<(&SiteId, IpAddr), usize> = LiteMap::new();
        let mut reach = Self {
            uplinks: Vec::with_capacity(order.len()),
            lan_addresses: Vec::with_capacity(order.len()),
        };
        for (place, (_, node)) in order.iter().enumerate() {
            let mut uplinks = Family::BOTH.map(|family| uplink(plan, node, family));
            let mut lan_address = node.lan_address();
            if left_out.get(place).is_some_and(Option::is_none) {
                let port = plan.listen_port_of(node);
                for uplink in &mut uplinks {
                    let Some((host, port)) = uplink.dialled_at(port) else {
                        continue;
                    };
                    let key = (host.clone(), port);
                    if let Some(owner) = public.get(&key) {
                        let at = ClashAt::Internet(key.0, key.1);
                        notes.push(Note::Clash {
                            owner: *owner,
                            other: place,
                            at,
                        });
                        uplink.inbound = Inbound::Closed(Closed::Taken);
                    } else {
                        public.insert(key, place);
                    }
                }
                if let (Place::Site { site, .. }, Some(address)) = (&node.place, lan_address) {
                    if let Some(owner) = local.get(&(site, address)) {
                        let at = ClashAt::Lan(address);
                        notes.push(Note::Clash {
                            owner: *owner,
                            other: place,
                            at,
                        });
                        lan_address = None;
                    } else {
                        local.insert((site, address), place);
                    }
                }
            }
            reach.uplinks.push(uplinks);
            reach.lan_addresses.push(lan_address);
            if let Some(why) = reach.closed(place) {
                let claimed = match (&node.place, why) {
                    (Place::Site { forward, .. }, Closed::Cgnat | Closed::RouterUnknown) => {
                        forward.is_some()
                    }
                    (Place::Internet(_), Closed::AddressUnknown | Closed::AddressHidden) => true,
                    _ => false,
                };
                if claimed {
                    notes.push(Note::NotDialable { node: place, why });
                }
            }
        }
        reach
    }

    /// The uplink of a machine in one family.
    pub(super) fn uplink(&self, place: usize, family: Family) -> Option<&Uplink> {
        let [v4, v6] = self.uplinks.get(place)?;
        Some(match family {
            Family::V4 => v4,
            Family::V6 => v6,
        })
    }

    /// The LAN address of a machine, if it has one that is its own.
    pub(super) fn lan_address(&self, place: usize) -> Option<IpAddr> {
        self.lan_addresses.get(place).copied().flatten()
    }

    /// Where a machine with this listen port is dialled over a link.
    pub(super) fn endpoint(&self, place: usize, link: Link, port: Port) -> Option<Endpoint> {
        if link.kind == LinkKind::Lan {
            let host = Host::Address(self.lan_address(place)?);
            return Some(Endpoint { host, port });
        }
        let (host, port) = self.uplink(place, link.family)?.dialled_at(port)?;
        let host = host.clone();
        Some(Endpoint { host, port })
    }

    /// The literal addresses at which a machine is dialled from the internet.
    pub(super) fn literals(&self, place: usize) -> impl Iterator<Item = IpAddr> + '_ {
        self.uplinks
            .get(place)
            .into_iter()
            .flatten()
            .filter_map(|uplink| match &uplink.inbound {
                Inbound::Open(Host::Address(address))
                | Inbound::Forwarded(Host::Address(address), _) => Some(*address),
                _ => None,
            })
    }

    /// Why a machine cannot be dialled, in the family that says most; `None`
    /// if it can be in one of them.
    pub(super) fn closed(&self, place: usize) -> Option<Closed> {
        let [v4, v6] = self.uplinks.get(place)?;
        match (&v4.inbound, &v6.inbound) {
            (Inbound::Closed(Closed::OtherFamily), Inbound::Closed(why))
            | (Inbound::Closed(why), Inbound::Closed(_)) => Some(*why),
            _ => None,
        }
    }
}
