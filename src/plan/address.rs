//! Tunnel addresses: given once, when a machine is added, and then stored.
//!
//! Solving assigns nothing, so a deployed address never moves because another
//! machine came or went.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::pool::is_edge;
use super::{Family, NodeId, Plan, Prefix};

/// A machine's addresses in the tunnel, at most one per family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TunnelAddresses {
    /// Its IPv4 address.
    pub v4: Option<Ipv4Addr>,
    /// Its IPv6 address.
    pub v6: Option<Ipv6Addr>,
}

impl TunnelAddresses {
    /// The address of one family.
    #[must_use]
    pub fn of(&self, family: Family) -> Option<IpAddr> {
        match family {
            Family::V4 => self.v4.map(IpAddr::V4),
            Family::V6 => self.v6.map(IpAddr::V6),
        }
    }

    /// Puts an address in the place of its family; `None` empties that place.
    pub fn set(&mut self, family: Family, address: Option<IpAddr>) {
        match (family, address) {
            (_, Some(IpAddr::V4(address))) => self.v4 = Some(address),
            (_, Some(IpAddr::V6(address))) => self.v6 = Some(address),
            (Family::V4, None) => self.v4 = None,
            (Family::V6, None) => self.v6 = None,
        }
    }

    /// The addresses, IPv4 first.
    pub fn iter(&self) -> impl Iterator<Item = IpAddr> + use<> {
        self.v4
            .map(IpAddr::V4)
            .into_iter()
            .chain(self.v6.map(IpAddr::V6))
    }
}

/// Why an address does not fit the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// Outside the plan's tunnel prefixes of that family, which are these.
    Outside(Vec<Prefix>),
    /// The plan has no tunnel prefix of that family.
    NoPrefix(Family),
    /// The first or last address of an IPv4 prefix shorter than /31.
    Edge,
    /// Held by another machine.
    Taken(NodeId),
    /// Every address of these prefixes, all of one family, is taken.
    Full(Vec<Prefix>),
}

impl AddressError {
    /// The problem in one sentence; names are looked up in the plan.
    #[must_use]
    pub fn sentence(&self, plan: &Plan) -> String {
        match self {
            Self::Outside(pools) => {
                let noun = if pools.len() == 1 {
                    "prefix"
                } else {
                    "prefixes"
                };
                format!(
                    "this address lies outside the tunnel {noun} {}",
                    listed(pools)
                )
            }
            Self::NoPrefix(family) => format!("the tunnel has no {family} prefix"),
            Self::Edge => "the first and last address of a prefix belong to no machine".to_owned(),
            Self::Taken(owner) => {
                let owner = plan
                    .nodes
                    .get(owner)
                    .map_or(owner.as_str(), |node| node.name.as_str());
                format!("{owner} has this address")
            }
            Self::Full(pools) => format!(
                "every address of {} is taken; {}",
                listed(pools),
                room(plan, pools)
            ),
        }
    }
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(&Plan::empty()))
    }
}

impl std::error::Error for AddressError {}

impl Plan {
    /// Whether `node` may hold `address`.
    ///
    /// # Errors
    /// Says why it may not.
    pub fn check_address(&self, node: &NodeId, address: IpAddr) -> Result<(), AddressError> {
        self.check_fit(address)?;
        let family = Family::of(address);
        let owner = self
            .nodes
            .iter()
            .find(|(id, other)| other.addresses.of(family) == Some(address) && *id != node);
        match owner {
            Some((id, _)) => Err(AddressError::Taken(id.clone())),
            None => Ok(()),
        }
    }

    /// Whether a machine could have a tunnel address if it were the only one.
    pub(crate) fn check_fit(&self, address: IpAddr) -> Result<(), AddressError> {
        let family = Family::of(address);
        if self.tunnel_prefix(family).is_none() {
            return Err(AddressError::NoPrefix(family));
        }
        let prefix = self
            .pool_of(address)
            .ok_or_else(|| AddressError::Outside(self.pools(family).collect()))?;
        if is_edge(prefix, address) {
            return Err(AddressError::Edge);
        }
        Ok(())
    }
}

/// What makes room where these prefixes are full.
fn room(plan: &Plan, pools: &[Prefix]) -> String {
    let wider = pools
        .iter()
        .find_map(|pool| Some((pool, plan.wider_pool(*pool)?)));
    let second = pools.iter().find_map(|pool| plan.another_pool(*pool));
    match (wider, second) {
        (Some((_, wider)), _) if pools.len() == 1 => {
            format!("widen it to {wider}, or add a second tunnel prefix")
        }
        (Some((pool, wider)), _) => {
            format!("widen {pool} to {wider}, or add another tunnel prefix")
        }
        (None, Some(second)) => format!("add another tunnel prefix, such as {second}"),
        (None, None) => "choose a larger tunnel prefix".to_owned(),
    }
}

/// Prefixes in a sentence; of many the first few.
fn listed(pools: &[Prefix]) -> String {
    const SHOWN: usize = 3;
    let shown: Vec<String> = pools.iter().take(SHOWN).map(Prefix::to_string).collect();
    let shown = shown.join(", ");
    match pools.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
