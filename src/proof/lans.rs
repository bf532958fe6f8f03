//! The LANs around a machine: which it stands in, and whom it meets there.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::plan::{Plan, Prefix, Site};

use super::world::World;

/// A LAN that a machine's kernel has a route to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Connected {
    /// The LAN.
    pub(super) net: IpNet,
    /// Whether the machine has a fixed address in it, so that the kernel's
    /// route has no metric and another one for the same prefix is refused.
    pub(super) fixed: bool,
}

/// LANs that a machine stands in: the one with its address, or all of its
/// site's where nobody knows which; and those that it shares.
pub(super) fn connected(plan: &Plan, node: &crate::plan::Node) -> Vec<Connected> {
    let mut found: Vec<Connected> = Vec::new();
    let mut add = |net: IpNet, fixed: bool| {
        if let Some(known) = found.iter_mut().find(|known| known.net == net) {
            known.fixed |= fixed;
        } else {
            found.push(Connected { net, fixed });
        }
    };
    if let Some(site) = plan.site_of(node) {
        match node.lan_address().and_then(|own| site.lan_of(own)) {
            Some(own) => add(own.net(), true),
            None => site.lans.iter().for_each(|lan| add(lan.net(), false)),
        }
    }
    // Whoever shares a part of the tunnel prefix has made a mistake and has no
    // such LAN.
    let is_tunnel = |prefix: Prefix| plan.tunnel.iter().any(|tunnel| tunnel.overlaps(prefix));
    for share in &node.shares {
        if !is_tunnel(share.prefix) {
            add(share.prefix.net(), false);
        }
    }
    found
}

impl<'a> World<'a> {
    /// The site that a machine stands at.
    pub(super) fn site(&self, machine: usize) -> Option<&'a Site> {
        self.plan.site_of(self.machines.get(machine)?.node)
    }

    /// Whether two machines stand behind one router.
    pub(super) fn share_router(&self, one: usize, other: usize) -> bool {
        let site = |machine: usize| self.machines.get(machine)?.ground.site;
        site(one).is_some() && site(one) == site(other)
    }

    /// Whether two machines of one site stand in one LAN as far as anyone
    /// knows, or in two that route to each other.
    pub(super) fn meet_in_lan(&self, one: usize, other: usize) -> bool {
        if !self.share_router(one, other) {
            return false;
        }
        let Some(site) = self.site(one) else {
            return false;
        };
        if site.lans.is_empty() {
            return true;
        }
        // An address outside every LAN that is stated stands nobody knows where.
        let lan = |machine: usize| self.lan_address(machine).map(|own| site.lan_of(own));
        match (lan(one), lan(other)) {
            (Some(None), _) | (_, Some(None)) => false,
            (Some(one), Some(other)) => site.lans_routed || one == other,
            (None, _) | (_, None) => site.lans_routed || site.lans.len() == 1,
        }
    }

    /// The LAN address of a machine.
    pub(super) fn lan_address(&self, machine: usize) -> Option<IpAddr> {
        self.machines.get(machine)?.ground.lan_address
    }

    /// The machine at the same site that has a LAN address; the first if
    /// several are said to have it.
    pub(super) fn near(&self, machine: usize, address: IpAddr) -> Option<usize> {
        let site = self.machines.get(machine)?.ground.site?;
        let found = self.near.get(&(site, address))?;
        Some(*found)
    }
}
