//! What a person states: machines, where they stand, what they share.
//!
//! Plain values without secrets. A plan may be unfinished or contradict itself;
//! it is still a value, and [`crate::mesh::solve`] says what is wrong. What can
//! never be meant, such as port 70000, cannot be held at all: names, ports,
//! hosts, prefixes and keys are parsed into types of their own.

mod address;
mod clash;
mod dns;
mod drawing;
mod edit;
mod host;
mod id;
mod key;
mod lan;
mod name;
mod node;
mod pair;
mod place;
mod pool;
mod port;
mod prefix;
mod reference;
mod router;
mod site;
mod talk;
mod uplink;

use std::net::IpAddr;

use litemap::LiteMap;

pub use address::{AddressError, TunnelAddresses};
pub use clash::{CommonClash, UlaFault, common_clash, ula_fault};
pub use dns::Dns;
pub use edit::Edit;
pub use host::{Endpoint, Host, HostError, HostName};
pub use id::{NodeId, ProjectId, SiteId};
pub(crate) use key::decode as decode_key;
pub use key::{KeyError, PublicKey};
pub use name::{InterfaceName, InterfaceNameError, Label, NameError, NodeName};
pub use node::{Answers, Form, HostFirewall, Node, Platform, Relaying, SharedLan, Stack};
pub use pair::{PairChoice, PairKey};
pub use place::{Place, PublicAddress};
pub(crate) use place::{is_hidden_v4, is_hidden_v6};
pub use port::{Forward, Port, PortError};
pub use prefix::{Family, Prefix, PrefixError};
pub use site::{NatKind, Router, Site, SiteIpv6};
pub use talk::{GroupPair, Talk};
pub use uplink::{Mtu, MtuError, MtuPolicy, Uplink};

/// A position on the canvas in whole pixels at 100 % zoom; y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// Pixels to the right of the canvas origin.
    pub x: i32,
    /// Pixels below the canvas origin.
    pub y: i32,
}

/// Everything a person states about a mesh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Which project this is; the page gives one to a plan that has none.
    pub id: Option<ProjectId>,
    /// What the person calls this network.
    pub name: Label,
    /// The pools that tunnel addresses come from: sorted prefixes of which no
    /// two overlap. A family may have several, none or one.
    pub tunnel: Vec<Prefix>,
    /// The UDP port that machines listen on unless they say otherwise.
    pub listen_port: Port,
    /// Whether each direct pair gets a preshared key.
    pub preshared_keys: bool,
    /// The places with a router.
    pub sites: LiteMap<SiteId, Site>,
    /// The machines.
    pub nodes: LiteMap<NodeId, Node>,
    /// Who talks to whom.
    pub talk: Talk,
    /// Whether a machine holds all tunnel addresses under its default relay, so
    /// that a new machine changes fewer files.
    pub covering: bool,
    /// Whether all tunnel interfaces get one MTU.
    pub mtu: MtuPolicy,
    /// How machines are found by name, if they are.
    pub dns: Option<Dns>,
    /// Pairs for which the person overrode the planner.
    pub pairs: LiteMap<PairKey, PairChoice>,
}

impl Plan {
    /// A plan without machines, with the tunnel prefix `10.10.0.0/24`.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            id: None,
            name: Label::fallback("New mesh"),
            tunnel: vec![Prefix::default_tunnel()],
            listen_port: Port::WIREGUARD,
            preshared_keys: true,
            sites: LiteMap::new(),
            nodes: LiteMap::new(),
            talk: Talk::Everyone,
            covering: false,
            mtu: MtuPolicy::Same,
            dns: None,
            pairs: LiteMap::new(),
        }
    }

    /// The tunnel prefix of one family, if the plan has one; the first if it
    /// has several.
    #[must_use]
    pub fn tunnel_prefix(&self, family: Family) -> Option<Prefix> {
        self.pools(family).next()
    }

    /// All tunnel prefixes of one family in their order.
    pub fn pools(&self, family: Family) -> impl Iterator<Item = Prefix> + '_ {
        self.tunnel
            .iter()
            .copied()
            .filter(move |prefix| prefix.family() == family)
    }

    /// The tunnel prefix that an address lies in.
    #[must_use]
    pub fn pool_of(&self, address: IpAddr) -> Option<Prefix> {
        let mut pools = self.tunnel.iter().copied();
        pools.find(|prefix| prefix.holds(address))
    }

    /// The families that the tunnel carries, IPv4 first.
    pub fn families(&self) -> impl Iterator<Item = Family> + '_ {
        Family::BOTH
            .into_iter()
            .filter(|family| self.tunnel_prefix(*family).is_some())
    }

    /// The port that a node listens on.
    #[must_use]
    pub fn listen_port_of(&self, node: &Node) -> Port {
        node.listen_port.unwrap_or(self.listen_port)
    }

    /// The site that a node stands at, if it stands at one that exists.
    #[must_use]
    pub fn site_of(&self, node: &Node) -> Option<&Site> {
        match &node.place {
            Place::Site { site, .. } => self.sites.get(site),
            Place::Internet(_) | Place::Roams => None,
        }
    }

    /// What connects a node to the internet; `None` if it roams and nothing is said.
    #[must_use]
    pub fn uplink_of(&self, node: &Node) -> Option<Uplink> {
        match node.place {
            Place::Site { .. } => self.site_of(node).map(|site| site.uplink),
            Place::Internet(_) => Some(node.uplink.unwrap_or_default()),
            Place::Roams => node.uplink,
        }
    }

    /// The node with this name.
    #[must_use]
    pub fn node_named(&self, name: &str) -> Option<(&NodeId, &Node)> {
        self.nodes
            .iter()
            .find(|(_, node)| node.name.as_str() == name)
    }
}
