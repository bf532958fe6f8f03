//! What a person states: machines, where they stand, what they share.
//!
//! Plain values without secrets. A plan may be unfinished or contradict itself;
//! it is still a value, and [`crate::mesh::solve`] says what is wrong. What can
//! never be meant, such as port 70000, cannot be held at all: names, ports,
//! hosts, prefixes and keys are parsed into types of their own.

mod address;
mod edit;
mod host;
mod id;
mod key;
mod name;
mod node;
mod pair;
mod place;
mod port;
mod prefix;
mod site;

use litemap::LiteMap;

pub use address::{AddressError, TunnelAddresses};
pub use edit::Edit;
pub use host::{Endpoint, Host, HostError, HostName};
pub use id::{NodeId, ProjectId, SiteId};
pub(crate) use key::decode as decode_key;
pub use key::{KeyError, PublicKey};
pub use name::{Label, NameError, NodeName};
pub use node::{Answers, Form, Node, Platform, Relaying, SharedLan};
pub use pair::{PairChoice, PairKey};
pub use place::{Place, PublicAddress};
pub(crate) use place::{is_hidden_v4, is_hidden_v6};
pub use port::{Port, PortError};
pub use prefix::{Family, Prefix, PrefixError};
pub use site::{Router, Site};

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
    /// Prefixes that tunnel addresses come from; at most one per family.
    pub tunnel: Vec<Prefix>,
    /// The UDP port that machines listen on unless they say otherwise.
    pub listen_port: Port,
    /// Whether each direct pair gets a preshared key.
    pub preshared_keys: bool,
    /// The places with a router.
    pub sites: LiteMap<SiteId, Site>,
    /// The machines.
    pub nodes: LiteMap<NodeId, Node>,
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
            pairs: LiteMap::new(),
        }
    }

    /// The tunnel prefix of one family, if the plan has one.
    #[must_use]
    pub fn tunnel_prefix(&self, family: Family) -> Option<Prefix> {
        self.tunnel
            .iter()
            .copied()
            .find(|prefix| prefix.family() == family)
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

    /// The node with this name.
    #[must_use]
    pub fn node_named(&self, name: &str) -> Option<(&NodeId, &Node)> {
        self.nodes
            .iter()
            .find(|(_, node)| node.name.as_str() == name)
    }
}
