//! A machine's connection to the internet in one family of outer packets: what
//! it can send, what comes in, and where it is found.

use std::net::IpAddr;

use crate::plan::{
    Family, Host, HostFirewall, HostName, NatKind, Node, Place, Plan, Port, PublicAddress, Router,
    Site, SiteIpv6, Stack, is_hidden_v4, is_hidden_v6,
};

use super::Closed;

/// Where a machine can send packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Egress {
    /// Nowhere.
    None,
    /// To what has a name, through a translator of the provider (NAT64).
    ByName,
    /// Everywhere.
    Full,
}

/// What becomes of packets from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inbound {
    /// Whoever sends is let in.
    Open,
    /// Only answers are let in, at an address of the machine's own.
    Stateful,
    /// Only answers are let in, through a router that keeps the source port.
    Preserving,
    /// Only answers are let in, and where they must be sent nobody can know.
    Hard,
}

/// A machine's connection to the internet in one family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Uplink {
    pub(super) egress: Egress,
    pub(super) inbound: Inbound,
    /// Why nobody can dial it; means nothing where it is open.
    pub(super) why: Closed,
    /// The address at which it is found, its own or its router's.
    pub(super) literal: Option<IpAddr>,
    /// The name at which it is found.
    pub(super) name: Option<HostName>,
    /// The port at which it is found.
    pub(super) port: Port,
}

impl Uplink {
    /// A machine that nobody finds.
    fn closed(egress: Egress, why: Closed, port: Port) -> Self {
        Self {
            egress,
            inbound: Inbound::Hard,
            why,
            literal: None,
            name: None,
            port,
        }
    }

    /// Where it is found: an address before a name, which may have to be looked
    /// up anew.
    pub(super) fn host(&self) -> Option<Host> {
        match self.literal {
            Some(address) => Some(Host::Address(address)),
            None => self.name.clone().map(Host::Name),
        }
    }

    /// Where a machine that sends in this way finds it.
    pub(super) fn host_for(&self, egress: Egress) -> Option<Host> {
        match egress {
            Egress::Full => self.host(),
            Egress::ByName => self.name.clone().map(Host::Name),
            Egress::None => None,
        }
    }

    /// The addresses at which others dial it of their own accord.
    pub(super) fn dialled_literal(&self) -> Option<IpAddr> {
        self.literal
            .filter(|_| matches!(self.inbound, Inbound::Open | Inbound::Stateful))
    }

    /// Nobody finds it any more.
    pub(super) fn hide(&mut self, why: Option<Closed>) {
        self.inbound = Inbound::Hard;
        self.literal = None;
        self.name = None;
        self.why = why.unwrap_or(self.why);
    }
}

/// Whether a machine's own interfaces have a family.
pub(super) fn speaks(node: &Node, family: Family) -> bool {
    match node.stack {
        Stack::Usual => true,
        Stack::Ipv4Only => family == Family::V4,
        Stack::Ipv6Only | Stack::Nat64 => family == Family::V6,
    }
}

/// Whether a person said that a machine has IPv6 alone.
fn has_only_v6(node: &Node) -> bool {
    matches!(node.stack, Stack::Ipv6Only | Stack::Nat64)
}

/// The uplink of a machine in one family.
pub(super) fn uplink(plan: &Plan, node: &Node, family: Family) -> Uplink {
    let port = plan.listen_port_of(node);
    if !speaks(node, family) {
        let (egress, why) = match (node.stack, &node.place) {
            (Stack::Nat64, Place::Roams) => (Egress::ByName, Closed::Roams),
            (Stack::Nat64, _) => (Egress::ByName, Closed::Nat),
            (_, Place::Roams) => (Egress::None, Closed::Roams),
            _ => (Egress::None, Closed::OtherFamily),
        };
        return Uplink::closed(egress, why, port);
    }
    match (&node.place, family) {
        (Place::Internet(public), Family::V4) => internet_v4(node, public, port),
        (Place::Internet(public), Family::V6) => internet_v6(node, public, port),
        (Place::Site { site, .. }, Family::V4) => match plan.sites.get(site) {
            Some(site) => site_v4(node, site, port),
            None => Uplink::closed(Egress::Full, Closed::Nat, port),
        },
        (Place::Site { site, .. }, Family::V6) => site_v6(node, plan.sites.get(site), port),
        (Place::Roams, _) => {
            let sends = family == Family::V4 || has_only_v6(node);
            let egress = if sends { Egress::Full } else { Egress::None };
            Uplink::closed(egress, Closed::Roams, port)
        }
    }
}

fn internet_v4(node: &Node, public: &PublicAddress, port: Port) -> Uplink {
    let only_v6 = public.ipv4.is_none() && public.name.is_none() && public.ipv6.is_some();
    if only_v6 && node.stack == Stack::Usual {
        return Uplink::closed(Egress::None, Closed::OtherFamily, port);
    }
    if public.ipv4.is_some_and(is_hidden_v4) {
        return Uplink::closed(Egress::Full, Closed::AddressHidden, port);
    }
    own(node, public.ipv4.map(IpAddr::V4), public.name.clone(), port)
}

fn internet_v6(node: &Node, public: &PublicAddress, port: Port) -> Uplink {
    match public.ipv6 {
        Some(address) if is_hidden_v6(address) => {
            Uplink::closed(Egress::None, Closed::AddressHidden, port)
        }
        // A name stands for an IPv4 address unless the machine has none.
        None if !has_only_v6(node) => Uplink::closed(Egress::None, Closed::OtherFamily, port),
        address => own(node, address.map(IpAddr::V6), public.name.clone(), port),
    }
}

/// A machine with an address of its own and no firewall but its own.
fn own(node: &Node, literal: Option<IpAddr>, name: Option<HostName>, port: Port) -> Uplink {
    let (inbound, why) = match (literal.is_some() || name.is_some(), node.firewall) {
        (false, _) => (Inbound::Hard, Closed::AddressUnknown),
        (true, HostFirewall::LetsIn) => (Inbound::Open, Closed::AddressUnknown),
        (true, HostFirewall::Blocks) => (Inbound::Stateful, Closed::HostFirewall),
    };
    Uplink {
        egress: Egress::Full,
        inbound,
        why,
        literal,
        name,
        port,
    }
}

fn site_v4(node: &Node, site: &Site, port: Port) -> Uplink {
    let Place::Site { forward, .. } = &node.place else {
        return Uplink::closed(Egress::Full, Closed::Nat, port);
    };
    let forward = forward.as_ref();
    let visible = site
        .public
        .ipv4
        .is_none_or(|address| !is_hidden_v4(address));
    let literal = site.public.ipv4.filter(|_| visible).map(IpAddr::V4);
    let name = site.public.name.clone().filter(|_| visible);
    let known = literal.is_some() || name.is_some();
    let leads_here = forward.is_some_and(|forward| forward.internal.is_none_or(|to| to == port));
    // Behind the provider a forward helps nobody, unless the person knows better.
    let found_at = forward.filter(|_| leads_here);
    let keeps_port = site.nat == NatKind::KeepsPort && known;
    let (inbound, why) = match (forward, node.firewall) {
        _ if is_behind_provider(site) => (Inbound::Hard, Closed::Cgnat),
        (Some(_), _) if !known => (Inbound::Hard, Closed::RouterUnknown),
        (Some(_), HostFirewall::LetsIn) if leads_here => (Inbound::Open, Closed::Nat),
        _ => {
            let why = match forward {
                None => Closed::Nat,
                Some(_) if leads_here => Closed::HostFirewall,
                Some(_) => Closed::ForwardElsewhere,
            };
            let inbound = if keeps_port {
                Inbound::Preserving
            } else {
                Inbound::Hard
            };
            (inbound, why)
        }
    };
    Uplink {
        egress: Egress::Full,
        inbound,
        why,
        literal,
        name,
        port: found_at.map_or(port, |forward| forward.external),
    }
}

fn site_v6(node: &Node, site: Option<&Site>, port: Port) -> Uplink {
    let (
        Some(site),
        Place::Site {
            ipv6,
            ipv6_name,
            ipv6_open,
            ..
        },
    ) = (site, &node.place)
    else {
        let sends = has_only_v6(node);
        let egress = if sends { Egress::Full } else { Egress::None };
        return Uplink::closed(egress, Closed::OtherFamily, port);
    };
    // Who says that a machine has IPv6 alone says that there is IPv6.
    if site.ipv6 == SiteIpv6::None && !has_only_v6(node) {
        return Uplink::closed(Egress::None, Closed::OtherFamily, port);
    }
    let (literal, name) = (*ipv6, ipv6_name.clone());
    if literal.is_some_and(is_hidden_v6) {
        return Uplink::closed(Egress::Full, Closed::AddressHidden, port);
    }
    if literal.is_none() && name.is_none() {
        return Uplink::closed(Egress::Full, Closed::AddressUnknown, port);
    }
    let passes_router = site.ipv6 == SiteIpv6::Open || *ipv6_open;
    let (inbound, why) = match (passes_router, node.firewall) {
        (true, HostFirewall::LetsIn) => (Inbound::Open, Closed::Firewall),
        (true, HostFirewall::Blocks) => (Inbound::Stateful, Closed::HostFirewall),
        (false, _) => (Inbound::Stateful, Closed::Firewall),
    };
    Uplink {
        egress: Egress::Full,
        inbound,
        why,
        literal: literal.map(IpAddr::V6),
        name,
        port,
    }
}

/// Whether the provider translates once more in front of a site's router.
pub(super) fn is_behind_provider(site: &Site) -> bool {
    site.router == Router::Cgnat || site.public.ipv4.is_some_and(is_hidden_v4)
}

/// Where the internet finds a site's router, if a port forwarded there can be reached.
pub(super) fn router_address(site: &Site) -> Option<Host> {
    if is_behind_provider(site) {
        return None;
    }
    stated_router(site)
}

/// Where a site's router is said to be found on the internet, if it can be there.
pub(super) fn stated_router(site: &Site) -> Option<Host> {
    if site.public.ipv4.is_some_and(is_hidden_v4) {
        return None;
    }
    match (site.public.ipv4, &site.public.name) {
        (Some(address), _) => Some(Host::Address(IpAddr::V4(address))),
        (None, Some(name)) => Some(Host::Name(name.clone())),
        (None, None) => None,
    }
}
