//! What a machine's files say beside its peers.

use crate::plan::{Family, InterfaceName, Node, Plan};

use super::lookup::Lookup;
use super::mtu::TunnelMtu;
use super::{MeshNode, Pair};

/// What a machine's files say beside its peers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// How large packets its tunnel interface takes.
    pub mtu: TunnelMtu,
    /// Whether it lowers the segment size of connections that it relays,
    /// because its tunnel interface takes less than both ends believe.
    pub clamps: bool,
    /// The families in which others reach the internet through it.
    pub exit: Vec<Family>,
    /// Where its IPv6 default route comes from.
    pub ipv6_route: Ipv6Route,
    /// What its system calls the interface that leads to the internet.
    pub uplink_name: Option<InterfaceName>,
    /// Whether its clock goes back when it is switched off, so that peers would
    /// take its first packets for old ones.
    pub loses_time: bool,
    /// How it finds others by name.
    pub lookup: Lookup,
    /// Whether it answers for the mesh's names.
    pub serves_names: bool,
}

/// Where a machine's IPv6 default route comes from. Linux ignores router
/// advertisements once it forwards, unless it is told not to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ipv6Route {
    /// Nobody said.
    #[default]
    Unknown,
    /// From router advertisements.
    Advertised,
    /// From its own configuration.
    Fixed,
}

impl MeshNode {
    /// Whether it would lose its IPv6 connection because it forwards IPv6, and
    /// its settings file cannot prevent that without the interface's name.
    #[must_use]
    pub fn may_lose_ipv6(&self) -> bool {
        self.forwards.contains(&Family::V6)
            && self.settings.ipv6_route == Ipv6Route::Advertised
            && self.settings.uplink_name.is_none()
    }

    /// Whether it dials some peer by name. Names are looked up only when the
    /// tunnel is configured, so somebody has to look again.
    #[must_use]
    pub fn dials_names(&self) -> bool {
        self.peers.iter().any(super::Peer::is_dialled_by_name)
    }
}

/// Fills in the settings of all machines, once their peers are known.
pub(super) fn complete(plan: &Plan, pairs: &[Pair], nodes: &mut [MeshNode]) {
    for mesh_node in nodes.iter_mut() {
        if let Some(node) = plan.nodes.get(&mesh_node.id) {
            mesh_node.settings = stated(node);
        }
    }
    super::exit::serve(plan, nodes);
    super::mtu::fit(plan, pairs, nodes);
    super::lookup::direct(plan, nodes);
}

/// What the plan says outright.
fn stated(node: &Node) -> Settings {
    Settings {
        ipv6_route: match node.slaac {
            None => Ipv6Route::Unknown,
            Some(true) => Ipv6Route::Advertised,
            Some(false) => Ipv6Route::Fixed,
        },
        uplink_name: node.uplink_name.clone(),
        loses_time: !node.keeps_time() && !node.platform.is_app(),
        ..Settings::default()
    }
}
