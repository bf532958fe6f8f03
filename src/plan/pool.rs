//! Pools of tunnel addresses: which address is free, and how a full pool grows.
//!
//! Whatever is looked for in a pool, the effort depends on the number of
//! machines and never on the size of the pool.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use super::{AddressError, CommonClash, Family, NodeId, Place, Plan, Prefix};

/// How many prefixes are looked at in search of another pool.
const CANDIDATES: usize = 1024;

impl Plan {
    /// The lowest address of the first tunnel prefix with one that no machine holds.
    ///
    /// # Errors
    /// The tunnel has no prefix of this family, or all of them are full.
    pub fn next_free_address(&self, family: Family) -> Result<IpAddr, AddressError> {
        self.free_beside(family, &self.taken(family))
    }

    /// Gives each machine the addresses that it lacks, in the order of names,
    /// and returns who got one.
    ///
    /// # Errors
    /// A prefix is full; machines before that one have got theirs.
    pub fn assign_missing_addresses(&mut self) -> Result<Vec<NodeId>, AddressError> {
        let mut order: Vec<_> = self
            .nodes
            .iter()
            .map(|(id, node)| (node.name.clone(), id.clone()))
            .collect();
        crate::sorting::sort(&mut order);
        let mut pools: Vec<(Family, Vec<IpAddr>)> = self
            .families()
            .map(|family| (family, self.taken(family)))
            .collect();
        let mut changed = Vec::new();
        for (_, id) in order {
            let mut got_one = false;
            for (family, taken) in &mut pools {
                let lacks = self
                    .nodes
                    .get(&id)
                    .is_some_and(|node| node.addresses.of(*family).is_none());
                if lacks {
                    let address = self.free_beside(*family, taken)?;
                    if let Err(at) = taken.binary_search(&address) {
                        taken.insert(at, address);
                    }
                    if let Some(node) = self.nodes.get_mut(&id) {
                        node.addresses.set(*family, Some(address));
                        got_one = true;
                    }
                }
            }
            if got_one {
                changed.push(id);
            }
        }
        Ok(changed)
    }

    /// The tunnel addresses of one family that machines hold, sorted.
    fn taken(&self, family: Family) -> Vec<IpAddr> {
        let mut taken: Vec<IpAddr> = self
            .nodes
            .values()
            .filter_map(|node| node.addresses.of(family))
            .collect();
        crate::sorting::sort(&mut taken);
        taken
    }

    /// The lowest address of the first pool with one that is not in a sorted list.
    fn free_beside(&self, family: Family, taken: &[IpAddr]) -> Result<IpAddr, AddressError> {
        if self.tunnel_prefix(family).is_none() {
            return Err(AddressError::NoPrefix(family));
        }
        let free = |pool| {
            // Of so many addresses one is free, unless the pool ends before.
            let few = hosts(pool).take(taken.len().saturating_add(3));
            let mut fit = few.filter(|address| !is_edge(pool, *address));
            fit.find(|address| taken.binary_search(address).is_err())
        };
        self.pools(family)
            .find_map(free)
            .ok_or_else(|| AddressError::Full(self.pools(family).collect()))
    }

    /// The next larger prefix that a pool can become without touching anything
    /// else: all its machines keep their addresses, there is room for more, and
    /// nothing is hidden that the pool does not hide already.
    #[must_use]
    pub fn wider_pool(&self, pool: Prefix) -> Option<Prefix> {
        let held = |wider: Prefix| {
            self.nodes
                .values()
                .filter_map(move |node| node.addresses.of(wider.family()))
                .filter(move |address| pool.holds(*address))
        };
        (1..=pool.length())
            .filter_map(|fewer| Prefix::around(pool.net().network(), pool.length() - fewer))
            // A prefix that collides does so at every shorter length, too.
            .take_while(|wider| self.is_vacant(*wider, Some(pool)))
            .find(|wider| held(*wider).all(|address| !is_edge(*wider, address)))
    }

    /// A prefix as large as a pool that could be added beside it.
    #[must_use]
    pub fn another_pool(&self, pool: Prefix) -> Option<Prefix> {
        let mut at = pool;
        for _ in 0..CANDIDATES {
            at = after(at)?;
            if self.is_vacant(at, None) {
                return Some(at);
            }
        }
        None
    }

    /// Puts a larger prefix in the place of a pool, if there is a larger one
    /// that collides with nothing; says whether it did.
    pub(super) fn widen_pool(&mut self, pool: Prefix) -> bool {
        let Some(wider) = self.wider_pool(pool) else {
            return false;
        };
        let Some(at) = self.tunnel.iter().position(|other| *other == pool) else {
            return false;
        };
        self.tunnel.remove(at);
        self.add_pool(wider)
    }

    /// Adds a tunnel prefix in its place, if it overlaps none; says whether it did.
    pub(super) fn add_pool(&mut self, pool: Prefix) -> bool {
        let fits = !self.tunnel.iter().any(|other| other.overlaps(pool));
        if fits {
            self.tunnel.push(pool);
            crate::sorting::sort(&mut self.tunnel);
        }
        fits
    }

    /// Whether nothing that the plan knows has addresses inside a prefix. What
    /// lies in the pool that is to become this prefix counts as its own.
    fn is_vacant(&self, prefix: Prefix, instead_of: Option<Prefix>) -> bool {
        let is_old = |other: Prefix| instead_of == Some(other);
        let overlaps = |other: &Prefix| other.overlaps(prefix);
        let known =
            |clash: CommonClash| instead_of.and_then(super::common_clash).as_ref() == Some(&clash);
        let mut tunnel = self.tunnel.iter().filter(|other| !is_old(**other));
        let mut lans = self.sites.values().flat_map(|site| &site.lans);
        let mut shared = self.nodes.values().flat_map(|node| &node.shares);
        let mut left_out = self.nodes.values().flat_map(|node| &node.leaves_out);
        let inside = |address: IpAddr| {
            prefix.holds(address) && !instead_of.is_some_and(|old| old.holds(address))
        };
        super::common_clash(prefix).is_none_or(known)
            && !tunnel.any(overlaps)
            && !lans.any(overlaps)
            && !shared.any(|share| overlaps(&share.prefix))
            && !left_out.any(overlaps)
            && !self.stated_addresses().any(inside)
    }

    /// The addresses outside the tunnel that the plan states.
    fn stated_addresses(&self) -> impl Iterator<Item = IpAddr> + '_ {
        let public = |place: &super::PublicAddress| {
            let v4 = place.ipv4.map(IpAddr::V4);
            v4.into_iter().chain(place.ipv6.map(IpAddr::V6))
        };
        let routers = self
            .sites
            .values()
            .flat_map(move |site| public(&site.public));
        let machines = self.nodes.values().flat_map(move |node| {
            let (own, lan, v6) = match &node.place {
                Place::Internet(at) => (Some(public(at)), None, None),
                Place::Site {
                    lan_address, ipv6, ..
                } => (None, *lan_address, *ipv6),
                Place::Roams => (None, None, None),
            };
            let at_site = lan.into_iter().chain(v6.map(IpAddr::V6));
            own.into_iter().flatten().chain(at_site)
        });
        routers.chain(machines)
    }
}

/// Whether an address is the first or last of an IPv4 prefix shorter than /31,
/// or the first of an IPv6 prefix shorter than /127 (the subnet-router anycast
/// address, RFC 4291 section 2.6.1).
pub(super) fn is_edge(prefix: Prefix, address: IpAddr) -> bool {
    match prefix.net() {
        IpNet::V4(net) => {
            net.prefix_len() < 31 && (address == net.network() || address == net.broadcast())
        }
        IpNet::V6(net) => net.prefix_len() < 127 && address == net.network(),
    }
}

/// All addresses of a prefix in order. A large prefix is cheap: nothing is
/// collected.
fn hosts(prefix: Prefix) -> Box<dyn Iterator<Item = IpAddr>> {
    match prefix.net() {
        IpNet::V4(net) => {
            let (first, last) = (u32::from(net.network()), u32::from(net.broadcast()));
            Box::new((first..=last).map(|bits| IpAddr::V4(Ipv4Addr::from(bits))))
        }
        IpNet::V6(net) => {
            let (first, last) = (u128::from(net.network()), u128::from(net.broadcast()));
            Box::new((first..=last).map(|bits| IpAddr::V6(Ipv6Addr::from(bits))))
        }
    }
}

/// The prefix of the same length that follows; `None` behind the last.
fn after(prefix: Prefix) -> Option<Prefix> {
    let next = match prefix.net() {
        IpNet::V4(net) => IpAddr::V4(u32::from(net.broadcast()).checked_add(1)?.into()),
        IpNet::V6(net) => IpAddr::V6(u128::from(net.broadcast()).checked_add(1)?.into()),
    };
    Prefix::around(next, prefix.length())
}
