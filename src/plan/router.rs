//! Ports at a router that several machines share.

use super::{Node, NodeId, Place, Plan, Port, Site, SiteId};

impl Plan {
    /// A port of the router in front of a machine that is forwarded to nobody
    /// else: the machine's own, or the next that is free. `None` for a machine
    /// that stands behind no router.
    #[must_use]
    pub fn free_external_port(&self, id: &NodeId) -> Option<Port> {
        let (node, at) = self.behind_router(id)?;
        let mut taken: Vec<Port> = self
            .nodes
            .iter()
            .filter(|(other, _)| *other != id)
            .filter_map(|(_, other)| match &other.place {
                Place::Site { site, forward, .. } if self.one_router(site, at) => {
                    forward.map(|forward| forward.external)
                }
                _ => None,
            })
            .collect();
        crate::sorting::sort(&mut taken);
        free_from(self.listen_port_of(node), &taken)
    }

    /// A port that no other machine behind the same router listens on: the
    /// machine's own, or the next that is free. A router that keeps source
    /// ports can do so for one machine per port only.
    #[must_use]
    pub fn free_listen_port(&self, id: &NodeId) -> Option<Port> {
        let (node, at) = self.behind_router(id)?;
        let mut taken: Vec<Port> = self
            .nodes
            .iter()
            .filter(|(other, _)| *other != id)
            .filter(|(_, other)| matches!(&other.place, Place::Site { site, .. } if self.one_router(site, at)))
            .map(|(_, other)| self.listen_port_of(other))
            .collect();
        crate::sorting::sort(&mut taken);
        free_from(self.listen_port_of(node), &taken)
    }

    fn behind_router(&self, id: &NodeId) -> Option<(&Node, &SiteId)> {
        let node = self.nodes.get(id)?;
        match &node.place {
            Place::Site { site, .. } => Some((node, site)),
            Place::Internet(_) | Place::Roams => None,
        }
    }

    /// Whether two sites are found at one router: they are one site, or have
    /// one address on the internet.
    fn one_router(&self, one: &SiteId, other: &SiteId) -> bool {
        let public = |site: &SiteId| self.sites.get(site).map(|site: &Site| &site.public);
        let (Some(a), Some(b)) = (public(one), public(other)) else {
            return one == other;
        };
        let same_address = a.ipv4.is_some() && a.ipv4 == b.ipv4;
        let same_name = a.name.is_some() && a.name == b.name;
        one == other || same_address || same_name
    }
}

/// The first port from a wish upwards that is not in a sorted list, and from
/// the first unprivileged port on where all above are taken.
fn free_from(wish: Port, taken: &[Port]) -> Option<Port> {
    let above = u64::from(wish.get())..=65_535;
    let below = 1024..u64::from(wish.get());
    above
        .chain(below)
        .filter_map(|number| Port::try_from(number).ok())
        .find(|port| taken.binary_search(port).is_err())
}
