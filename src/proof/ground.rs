//! Where a machine stands towards the internet, read from the plan's statements.

use std::net::IpAddr;

use crate::plan::{
    Family, Node, Place, Plan, Router, Site, SiteIpv6, Stack, is_hidden_v4, is_hidden_v6,
};

/// How a machine sends to the internet in one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sends {
    /// To every address.
    Freely,
    /// Through the provider's translation (NAT64), so to names only.
    ByName,
    /// Not at all.
    No,
}

/// Where a machine stands.
pub(super) struct Ground {
    /// Its site, by the place in the plan's list.
    pub(super) site: Option<usize>,
    /// How it sends in IPv4 and IPv6.
    pub(super) sends: [Sends; 2],
    /// Its address in its site's LAN.
    pub(super) lan_address: Option<IpAddr>,
}

impl Ground {
    /// Looks at what the plan says of a machine.
    pub(super) fn new(plan: &Plan, node: &Node) -> Self {
        let site = match &node.place {
            Place::Site { site, .. } => plan.sites.keys().position(|id| id == site),
            Place::Internet(_) | Place::Roams => None,
        };
        Self {
            site,
            sends: Family::BOTH.map(|family| sends(plan, node, family)),
            lan_address: node.lan_address(),
        }
    }

    /// How it sends in a family.
    pub(super) fn sends(&self, family: Family) -> Sends {
        let [four, six] = self.sends;
        match family {
            Family::V4 => four,
            Family::V6 => six,
        }
    }
}

/// Whether the internet delivers to an address.
pub(super) fn is_routed(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, ..] = address.octets();
            !is_hidden_v4(address) && (1..224).contains(&first)
        }
        IpAddr::V6(address) => !is_hidden_v6(address),
    }
}

/// Whether packets from the internet come to a site's router at all.
pub(super) fn reaches_router(site: &Site) -> bool {
    let routed = |address: std::net::Ipv4Addr| is_routed(address.into());
    site.router == Router::Nat && site.public.ipv4.is_none_or(routed)
}

/// Whether a machine has a family on its interfaces.
pub(super) fn speaks(node: &Node, family: Family) -> bool {
    match node.stack {
        Stack::Usual => true,
        Stack::Ipv4Only => family == Family::V4,
        Stack::Ipv6Only | Stack::Nat64 => family == Family::V6,
    }
}

fn sends(plan: &Plan, node: &Node, family: Family) -> Sends {
    if family == Family::V4 && node.stack == Stack::Nat64 {
        return Sends::ByName;
    }
    let has = match family {
        Family::V4 => has_ipv4(node),
        Family::V6 => has_ipv6(plan, node),
    };
    if has && speaks(node, family) {
        Sends::Freely
    } else {
        Sends::No
    }
}

/// Only a machine that is known to have nothing but IPv6 has no IPv4.
fn has_ipv4(node: &Node) -> bool {
    match &node.place {
        Place::Internet(public) => {
            node.stack == Stack::Ipv4Only
                || public.ipv4.is_some()
                || public.name.is_some()
                || public.ipv6.is_none()
        }
        Place::Site { .. } | Place::Roams => true,
    }
}

/// Who says that a machine has IPv6 alone says that there is IPv6, whatever is
/// known of its place.
fn has_ipv6(plan: &Plan, node: &Node) -> bool {
    let only = matches!(node.stack, Stack::Ipv6Only | Stack::Nat64);
    match &node.place {
        Place::Internet(public) => public
            .ipv6
            .map_or(only, |address| is_routed(address.into())),
        Place::Site { .. } => {
            only || plan
                .site_of(node)
                .is_some_and(|site| site.ipv6 != SiteIpv6::None)
        }
        Place::Roams => only,
    }
}
