//! Which machines can take part at all.
//!
//! A machine whose file would be refused by its reader, or would take another
//! machine's traffic away, is left out whole and a finding says why. The others
//! go on without it.

use litemap::LiteMap;
use std::net::IpAddr;

use crate::plan::{AddressError, Edit, Family, Host, Node, NodeId, Plan, Prefix, PublicKey};

use super::finding::{Code, Finding, Fix, Severity, Subject};
use super::reach::uplink;

/// The machines of a plan sorted by name, which is the order of everything.
pub(super) type Order<'a> = Vec<(&'a NodeId, &'a Node)>;

/// Why a machine takes no part in the mesh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// It has no tunnel address.
    NoAddress,
    /// Its tunnel address does not fit.
    Address(IpAddr, AddressError),
    /// The tunnel prefix is also the prefix of a LAN that it stands in.
    TunnelIsLan(Prefix),
    /// The tunnel prefix holds an address at which others dial it.
    TunnelHoldsEndpoint(IpAddr),
    /// Another machine has the same name or public key.
    SameAs(NodeId),
}

/// Sorts the machines by name, and by identity where names are equal.
pub(super) fn order(plan: &Plan) -> Order<'_> {
    let mut order: Order<'_> = plan.nodes.iter().collect();
    crate::sorting::sort_by(&mut order, |(one_id, one), (other_id, other)| {
        (&one.name, one_id).cmp(&(&other.name, other_id))
    });
    order
}

/// Finds the machines that take no part, and says why in findings.
pub(super) fn left_out(
    plan: &Plan,
    order: &Order<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<Option<LeftOut>> {
    let mut names: LiteMap<&str, &NodeId> = LiteMap::new();
    let mut addresses: LiteMap<IpAddr, &NodeId> = LiteMap::new();
    let mut keys: LiteMap<PublicKey, &NodeId> = LiteMap::new();
    let mut result = Vec::with_capacity(order.len());
    for (id, node) in order {
        let why = wrong_with(plan, id, node, &names, &addresses, &keys);
        if why.is_none() {
            names.insert(node.name.as_str(), id);
            for address in node.addresses.iter() {
                addresses.insert(address, id);
            }
            if let Some(key) = node.public_key {
                keys.insert(key, id);
            }
        }
        if let Some(why) = &why {
            findings.push(finding(plan, id, node, why));
        }
        result.push(why);
    }
    result
}

fn wrong_with(
    plan: &Plan,
    id: &NodeId,
    node: &Node,
    names: &LiteMap<&str, &NodeId>,
    addresses: &LiteMap<IpAddr, &NodeId>,
    keys: &LiteMap<PublicKey, &NodeId>,
) -> Option<LeftOut> {
    if let Some(owner) = names.get(node.name.as_str()) {
        return Some(LeftOut::SameAs((*owner).clone()));
    }
    if let Some(owner) = node.public_key.and_then(|key| keys.get(&key)) {
        return Some(LeftOut::SameAs((*owner).clone()));
    }
    for family in plan.families() {
        let Some(address) = node.addresses.of(family) else {
            return Some(LeftOut::NoAddress);
        };
        match plan.check_address(id, address) {
            // The machine that comes first keeps an address that two have.
            Err(AddressError::Taken(_)) => {
                if let Some(owner) = addresses.get(&address) {
                    return Some(LeftOut::Address(
                        address,
                        AddressError::Taken((*owner).clone()),
                    ));
                }
            }
            Err(error) => return Some(LeftOut::Address(address, error)),
            Ok(()) => {}
        }
    }
    if node.addresses.iter().next().is_none() {
        return Some(LeftOut::NoAddress);
    }
    let lans = plan.site_of(node).map_or(&[][..], |site| &site.lans);
    let own = node.lan_address().map(Prefix::host);
    let clash = lans
        .iter()
        .copied()
        .chain(own)
        .filter(|lan| plan.tunnel.iter().any(|tunnel| tunnel.overlaps(*lan)))
        .min();
    if let Some(lan) = clash {
        return Some(LeftOut::TunnelIsLan(lan));
    }
    // The interface's own prefix is a route into the tunnel for these packets.
    let dialled = Family::BOTH.into_iter().find_map(|family| {
        let uplink = uplink(plan, node, family);
        match uplink.dialled_at(plan.listen_port_of(node)) {
            Some((Host::Address(address), _)) => Some(*address),
            _ => None,
        }
        .filter(|address| plan.tunnel.iter().any(|tunnel| tunnel.holds(*address)))
    });
    dialled.map(LeftOut::TunnelHoldsEndpoint)
}

fn finding(plan: &Plan, id: &NodeId, node: &Node, why: &LeftOut) -> Finding {
    let name = &node.name;
    let new_address = || {
        let mut copy = plan.clone();
        copy.apply(&Edit::NewAddress(id.clone()));
        let addresses = copy.nodes.get(id).map(|node| node.addresses)?;
        let text = addresses
            .iter()
            .map(|address| address.to_string())
            .collect::<Vec<_>>()
            .join(" and ");
        (!text.is_empty()).then(|| Fix {
            text: format!("Give {name} {text}"),
            edit: Edit::NewAddress(id.clone()),
        })
    };
    let (code, text, evidence, fix) = match why {
        LeftOut::NoAddress => (
            Code::E04,
            format!("{name} has no tunnel address, so it takes no part"),
            "A machine needs one address in each tunnel prefix.".to_owned(),
            new_address(),
        ),
        LeftOut::Address(address, error) => (
            Code::E04,
            format!("{name} cannot have {address}: {}", error.sentence(plan)),
            "WireGuard gives a prefix to one peer only, so this machine is left out of all files.".to_owned(),
            new_address(),
        ),
        LeftOut::TunnelHoldsEndpoint(address) => (
            Code::E06,
            format!("The tunnel prefix holds {address}, where {name} is dialled"),
            "Encrypted packets to it would be sent back into the tunnel. Choose another tunnel prefix.".to_owned(),
            None,
        ),
        LeftOut::TunnelIsLan(lan) => (
            Code::E07,
            format!("The tunnel prefix overlaps {lan}, the LAN that {name} stands in"),
            "Its own LAN would be unreachable, or wg-quick would fail. Choose another tunnel prefix.".to_owned(),
            None,
        ),
        LeftOut::SameAs(other) => {
            let other = plan.nodes.get(other).map_or(other.as_str(), |node| node.name.as_str());
            let text = if other == name.as_str() {
                format!("Two machines are called {name}")
            } else {
                format!("{name} has the public key of {other}")
            };
            (Code::E05, text, "One of them is left out until this is settled.".to_owned(), None)
        }
    };
    Finding {
        code,
        severity: Severity::Error,
        subject: Subject::Node(id.clone()),
        text,
        evidence,
        fix,
    }
}
