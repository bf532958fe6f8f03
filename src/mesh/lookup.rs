//! How machines find each other by name.

use std::net::IpAddr;

use litemap::LiteMap;

use crate::plan::{HostName, NodeName, Plan};

use super::MeshNode;

/// How a machine finds others by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Lookup {
    /// Not at all.
    #[default]
    Nothing,
    /// By lines in its own file of hosts.
    Hosts,
    /// It asks the server at these addresses for names of the mesh, and others
    /// for all other names.
    Split(Vec<IpAddr>),
    /// It asks the server at these addresses for every name.
    Everything(Vec<IpAddr>),
}

/// The names inside a mesh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The domain that they lie in.
    pub domain: HostName,
    /// The machine that answers for them, by its place.
    pub server: Option<usize>,
    /// Whether that machine answers for all other names, too.
    pub answers_public: bool,
    /// The first part of each machine's name, by its place; `None` for who
    /// takes no part, and where another machine has the same.
    pub labels: Vec<Option<String>>,
}

impl Names {
    /// The names of a plan's machines, if they have any.
    pub(super) fn new(plan: &Plan, nodes: &[MeshNode]) -> Option<Self> {
        let dns = plan.dns.as_ref()?;
        let mut labels: Vec<Option<String>> = Vec::with_capacity(nodes.len());
        let mut given: LiteMap<String, ()> = LiteMap::new();
        for node in nodes {
            let label = label(&node.name);
            let fits = node.left_out.is_none() && !label.is_empty() && !given.contains_key(&label);
            if fits {
                given.insert(label.clone(), ());
            }
            labels.push(fits.then_some(label));
        }
        Some(Self {
            domain: dns.domain.clone(),
            server: server(plan, nodes),
            answers_public: dns.answers_public,
            labels,
        })
    }

    /// The whole name of a machine.
    #[must_use]
    pub fn of(&self, place: usize) -> Option<String> {
        let label = self.labels.get(place)?.as_ref()?;
        Some(format!("{label}.{}", self.domain))
    }
}

/// The part of a host name that a machine's name becomes. Host names have no
/// underscores and end with no hyphen (RFC 1123).
fn label(name: &NodeName) -> String {
    let label = name.as_str().replace('_', "-");
    label.trim_end_matches('-').to_owned()
}

/// The machine that answers for names, by its place, if it can.
fn server(plan: &Plan, nodes: &[MeshNode]) -> Option<usize> {
    let id = plan.dns.as_ref()?.server.as_ref()?;
    let able =
        |node: &MeshNode| node.id == *id && node.left_out.is_none() && node.platform.can_forward();
    nodes.iter().position(able)
}

/// Decides how each machine looks names up.
pub(super) fn direct(plan: &Plan, nodes: &mut [MeshNode]) {
    let Some(dns) = &plan.dns else {
        return;
    };
    let server = server(plan, nodes);
    let addresses = server
        .and_then(|place| nodes.get(place))
        .map_or_else(Vec::new, |node| node.addresses.clone());
    for (place, node) in nodes.iter_mut().enumerate() {
        if node.left_out.is_some() {
            continue;
        }
        // What is outside the allowed IPs would be asked outside the tunnel.
        let held = |address: &IpAddr| {
            let mut entries = node.peers.iter().flat_map(|peer| &peer.allowed);
            entries.any(|entry| entry.prefix.holds(*address))
        };
        let reached: Vec<IpAddr> = addresses.iter().copied().filter(held).collect();
        let is_server = server == Some(place);
        node.settings.serves_names = is_server;
        node.settings.lookup = match (node.platform.is_app(), reached.is_empty() || is_server) {
            // An app sends every question to the server that its file names.
            (true, false) if dns.answers_public => Lookup::Everything(reached),
            (true, _) => Lookup::Nothing,
            (false, false) => Lookup::Split(reached),
            (false, true) => Lookup::Hosts,
        };
    }
}
