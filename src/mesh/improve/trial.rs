//! A change on a copy of the plan, with stand-ins for what nobody said yet.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::plan::{HostName, Node, Place, Plan, PublicAddress};

use super::{Asks, Candidate};

/// The plan as it would be.
pub(super) fn plan_with(plan: &Plan, candidate: &Candidate) -> Plan {
    let mut copy = plan.clone();
    if let Some(edit) = &candidate.edit {
        copy.apply(edit);
    }
    match &candidate.asks {
        Some(Asks::Router(id)) => {
            if let Some(site) = copy.sites.get_mut(id) {
                site.public.name = stand_in_name();
            }
        }
        Some(Asks::Host(id)) => {
            let public = stand_in(plan);
            if let Some(node) = copy.nodes.get_mut(id) {
                say_address(node, public);
            }
        }
        Some(Asks::Ipv6(id)) => {
            if let Some(Place::Site { ipv6_name, .. }) =
                copy.nodes.get_mut(id).map(|node| &mut node.place)
            {
                *ipv6_name = stand_in_name();
            }
        }
        None => {}
    }
    copy
}

fn say_address(node: &mut Node, public: PublicAddress) {
    if let Place::Internet(address) = &mut node.place {
        *address = public;
    }
}

/// A name that nothing bears (RFC 2606).
fn stand_in_name() -> Option<HostName> {
    "stand-in.invalid".parse().ok()
}

/// Addresses of both families that nothing has, from the ranges for
/// documentation (RFC 5737, RFC 3849): a small VPS has both.
fn stand_in(plan: &Plan) -> PublicAddress {
    let taken = |address: &Ipv4Addr| {
        let hosts = plan.nodes.values().any(
            |node| matches!(&node.place, Place::Internet(public) if public.ipv4 == Some(*address)),
        );
        hosts
            || plan
                .sites
                .values()
                .any(|site| site.public.ipv4 == Some(*address))
    };
    let mut free = (1..=254).rev().map(|last| Ipv4Addr::new(192, 0, 2, last));
    PublicAddress {
        ipv4: free.find(|address| !taken(address)),
        ipv6: Some(Ipv6Addr::new(
            0x2001, 0xdb8, 0xffff, 0xffff, 0, 0, 0, 0xffff,
        )),
        name: None,
    }
}
