//! Who can be dialled, and where, per address family of the outer packets.
//!
//! The model is that of `inbound` and `egress`: a family in which a machine can
//! send to the internet, and how packets from outside arrive in it.

use std::net::IpAddr;

use crate::plan::{Family, Host, Node, Place, Plan, Port, Router, is_hidden_v4};

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

fn site_inbound(plan: &Plan, site: &crate::plan::SiteId, forward: Option<Port>) -> Inbound {
    let Some(site) = plan.sites.get(site) else {
        return Inbound::Closed(Closed::Nat);
    };
    let hidden = site.router == Router::Cgnat || site.public.ipv4.is_some_and(is_hidden_v4);
    match (forward, hidden) {
        (_, true) => Inbound::Closed(Closed::Cgnat),
        (None, false) => Inbound::Closed(Closed::Nat),
        (Some(port), false) => match (site.public.ipv4, &site.public.name) {
            (Some(address), _) => Inbound::Forwarded(Host::Address(IpAddr::V4(address)), port),
            (None, Some(name)) => Inbound::Forwarded(Host::Name(name.clone()), port),
            (None, None) => Inbound::Closed(Closed::RouterUnknown),
        },
    }
}

/// Why a machine cannot be dialled, in the family that says most.
pub(super) fn closed(plan: &Plan, node: &Node) -> Closed {
    match uplink(plan, node, Family::V4).inbound {
        Inbound::Closed(why) => why,
        Inbound::Open(_) | Inbound::Forwarded(..) => Closed::OtherFamily,
    }
}
