//! Which machines can take part at all.
//!
//! A machine whose file would be refused by its reader, or would take another
//! machine's traffic away, is left out whole and a finding says why. The others
//! go on without it.

use litemap::LiteMap;
use std::net::IpAddr;

use crate::plan::{AddressError, Family, Node, NodeId, Plan, Prefix, PublicKey};

use super::uplink::uplink;

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

/// Finds the machines that take no part.
pub(super) fn left_out(plan: &Plan, order: &Order<'_>) -> Vec<Option<LeftOut>> {
    let mut names: LiteMap<&str, &NodeId> = LiteMap::new();
    let mut addresses: LiteMap<IpAddr, &NodeId> = LiteMap::new();
    let mut keys: LiteMap<PublicKey, &NodeId> = LiteMap::new();
    let mut result = Vec::with_capacity(order.len());
    for (id, node) in order {
        let why = wrong_with(plan, node, &names, &addresses, &keys);
        if why.is_none() {
            names.insert(node.name.as_str(), id);
            for address in node.addresses.iter() {
                addresses.insert(address, id);
            }
            if let Some(key) = node.public_key {
                keys.insert(key, id);
            }
        }
        result.push(why);
    }
    result
}

fn wrong_with(
    plan: &Plan,
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
        // The machine that comes first keeps an address that two have.
        let taken = || match addresses.get(&address) {
            Some(owner) => Err(AddressError::Taken((*owner).clone())),
            None => Ok(()),
        };
        if let Err(error) = plan.check_fit(address).and_then(|()| taken()) {
            return Some(LeftOut::Address(address, error));
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
        uplink(plan, node, family)
            .dialled_literal()
            .filter(|address| plan.tunnel.iter().any(|tunnel| tunnel.holds(*address)))
    });
    dialled.map(LeftOut::TunnelHoldsEndpoint)
}
