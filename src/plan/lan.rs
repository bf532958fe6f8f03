//! Fixed addresses in the LANs of sites.

use std::net::IpAddr;

use super::{Plan, Prefix, SiteId};

impl Plan {
    /// A LAN address that no machine of a site has, in the LAN of `beside` or
    /// else in the site's first LAN.
    ///
    /// Routers mostly stand at the first address and give the twentieth and
    /// those above out by themselves, so the tenth and those behind it come first.
    #[must_use]
    pub fn free_lan_address(&self, at: &SiteId, beside: Option<IpAddr>) -> Option<IpAddr> {
        const FIRST: u128 = 10;
        let site = self.sites.get(at)?;
        let lan = match beside {
            Some(address) => site.lan_of(address)?,
            None => *site.lans.first()?,
        };
        let taken: Vec<IpAddr> = self
            .nodes_at(at)
            .filter_map(|(_, node)| node.lan_address())
            .collect();
        // Of so many addresses one is free, unless the LAN ends before.
        let some = taken.len() as u128 + 1;
        (FIRST..FIRST + some)
            .chain(2..FIRST)
            .filter_map(|number| host(lan, number))
            .find(|address| !taken.contains(address))
    }
}

/// A host of a prefix by its number; `None` for the last and those behind it.
fn host(lan: Prefix, number: u128) -> Option<IpAddr> {
    let address = match lan.net().network() {
        IpAddr::V4(first) => IpAddr::V4(
            u32::from(first)
                .checked_add(u32::try_from(number).ok()?)?
                .into(),
        ),
        IpAddr::V6(first) => IpAddr::V6(u128::from(first).checked_add(number)?.into()),
    };
    (lan.holds(address) && address != lan.net().broadcast()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Node, NodeId, Place, Site};

    #[test]
    fn a_free_lan_address_lies_below_what_routers_give_out() {
        let mut plan = Plan::empty();
        let home = SiteId::new("Home");
        let mut site = Site::new("Home".parse().unwrap());
        site.lans = vec![
            "192.168.1.0/24".parse().unwrap(),
            "10.5.0.0/30".parse().unwrap(),
        ];
        plan.sites.insert(home.clone(), site);
        let free = |plan: &Plan, beside: Option<&str>| {
            let beside = beside.map(|text| text.parse().unwrap());
            plan.free_lan_address(&home, beside)
                .map(|address| address.to_string())
        };
        assert_eq!(free(&plan, None).as_deref(), Some("192.168.1.10"));
        // A /30 has two hosts, and its router is the first of them.
        assert_eq!(free(&plan, Some("10.5.0.1")).as_deref(), Some("10.5.0.2"));
        assert_eq!(free(&plan, Some("10.9.0.1")), None);
        let mut place = Place::at(home.clone());
        if let Place::Site { lan_address, .. } = &mut place {
            *lan_address = Some("192.168.1.10".parse().unwrap());
        }
        let node = Node::new("nas".parse().unwrap(), place);
        plan.nodes.insert(NodeId::new("nas"), node);
        assert_eq!(free(&plan, None).as_deref(), Some("192.168.1.11"));
    }
}
