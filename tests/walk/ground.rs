//! What the ground under the machines is like: which families each sends in, and which LANs it
//! stands in. Read from the plan's statements alone.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use meshwright::plan::{Node, Place, Prefix, Relaying, Router, Site, SiteId, SiteIpv6, Stack};

use super::World;

/// How a machine sends to the internet in one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sends {
    /// To every address.
    Freely,
    /// Through the provider's NAT64, so to names only.
    ByName,
    /// Not at all.
    No,
}

/// Whether the internet delivers to an IPv4 address.
fn is_routed_v4(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    let hidden = matches!(
        (a, b),
        (0 | 10 | 127, _) | (100, 64..=127) | (169, 254) | (172, 16..=31) | (192, 168)
    );
    !hidden && a < 224
}

/// Whether the internet delivers to an IPv6 address: `2000::/3` is all that is given out.
fn is_routed_v6(address: Ipv6Addr) -> bool {
    address.segments()[0] >> 13 == 1
}

pub(super) fn is_routed(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_routed_v4(address),
        IpAddr::V6(address) => is_routed_v6(address),
    }
}

/// Whether packets from the internet come to a site's router at all.
pub(super) fn reaches_router(site: &Site) -> bool {
    site.router == Router::Nat && site.public.ipv4.is_none_or(is_routed_v4)
}

/// Whether a machine has a family on its interfaces.
pub(super) fn speaks(node: &Node, over_v6: bool) -> bool {
    match node.stack {
        Stack::Usual => true,
        Stack::Ipv4Only => !over_v6,
        Stack::Ipv6Only | Stack::Nat64 => over_v6,
    }
}

/// Whether a machine is able and willing to relay.
pub(crate) fn may_relay(node: &Node) -> bool {
    let willing = match node.relay {
        Relaying::Automatic => matches!(node.place, Place::Internet(_)),
        Relaying::Yes => true,
        Relaying::No => false,
    };
    willing && !node.platform.is_app()
}

impl<'a> World<'a> {
    pub(super) fn site(&self, machine: usize) -> Option<(&'a SiteId, &'a Site)> {
        match &self.machines[machine].node.place {
            Place::Site { site, .. } => Some((site, self.plan.sites.get(site)?)),
            _ => None,
        }
    }

    /// Whether two machines stand behind one router.
    pub(crate) fn share_router(&self, one: usize, other: usize) -> bool {
        let id = |machine| self.site(machine).map(|(id, _)| id);
        id(one).is_some() && id(one) == id(other)
    }

    /// How a machine sends to the internet in a family.
    pub(super) fn sends(&self, machine: usize, over_v6: bool) -> Sends {
        let node = self.machines[machine].node;
        if !over_v6 && node.stack == Stack::Nat64 {
            return Sends::ByName;
        }
        let only_v6 = matches!(node.stack, Stack::Ipv6Only | Stack::Nat64);
        let sends = speaks(node, over_v6)
            && match &node.place {
                Place::Internet(public) if over_v6 => public.ipv6.map_or(only_v6, is_routed_v6),
                // Only a machine that is known to have nothing but IPv6 has no IPv4.
                Place::Internet(public) => {
                    node.stack == Stack::Ipv4Only
                        || public.ipv4.is_some()
                        || public.name.is_some()
                        || public.ipv6.is_none()
                }
                // Who says that a machine has IPv6 alone says that there is IPv6, whatever is
                // known of the site; the same holds for a machine that moves about.
                Place::Site { .. } if over_v6 => {
                    let there = |(_, site): (_, &Site)| site.ipv6 != SiteIpv6::None;
                    only_v6 || self.site(machine).is_some_and(there)
                }
                Place::Roams if over_v6 => only_v6,
                Place::Site { .. } | Place::Roams => true,
            };
        if sends { Sends::Freely } else { Sends::No }
    }

    /// Whether two machines of one site stand in one LAN as far as anyone knows, or in two that
    /// route to each other.
    pub(super) fn meet_in_lan(&self, one: usize, other: usize) -> bool {
        if !self.share_router(one, other) {
            return false;
        }
        let Some((_, site)) = self.site(one) else {
            return false;
        };
        if site.lans.is_empty() {
            return true;
        }
        let lan = |machine: usize| {
            let address = self.machines[machine].node.lan_address();
            address.map(|address| {
                site.lans
                    .iter()
                    .position(|lan| Some(*lan) == site.lan_of(address))
            })
        };
        match (lan(one), lan(other)) {
            // An address outside every LAN that is stated stands nobody knows where.
            (Some(None), _) | (_, Some(None)) => false,
            (Some(one), Some(other)) => site.lans_routed || one == other,
            (None, _) | (_, None) => site.lans_routed || site.lans.len() == 1,
        }
    }

    /// LANs that a machine's kernel has a route to: the one that it stands in, or all of the
    /// site's where nobody knows which, and those that it shares.
    pub(crate) fn connected(&self, machine: usize) -> Vec<IpNet> {
        let node = self.machines[machine].node;
        let mut lans = Vec::new();
        if let Some((_, site)) = self.site(machine) {
            match node.lan_address().and_then(|own| site.lan_of(own)) {
                Some(own) => lans.push(own),
                None => lans.extend(site.lans.iter().copied()),
            }
        }
        // Whoever shares a part of the tunnel prefix has made a mistake and has no such LAN.
        let is_tunnel = |prefix: &Prefix| {
            self.plan
                .tunnel
                .iter()
                .any(|tunnel| tunnel.overlaps(*prefix))
        };
        let shared = node.shares.iter().map(|share| share.prefix);
        lans.extend(shared.filter(|prefix| !is_tunnel(prefix)));
        lans.into_iter().map(Prefix::net).collect()
    }

    /// LANs that a machine reaches without the tunnel: those that it stands in, and those of its
    /// site if they route to each other.
    pub(crate) fn local(&self, machine: usize) -> Vec<IpNet> {
        let mut lans = self.connected(machine);
        if let Some((_, site)) = self.site(machine)
            && site.lans_routed
        {
            lans.extend(site.lans.iter().map(|lan| lan.net()));
        }
        lans
    }

    /// Whether an address is that of a machine at the same site.
    pub(super) fn is_near(&self, machine: usize, address: IpAddr) -> bool {
        self.site(machine).is_some()
            && (0..self.machines.len()).any(|other| {
                self.share_router(machine, other)
                    && self.machines[other].node.lan_address() == Some(address)
            })
    }
}
