//! Kernel settings of machines that forward: relays and gateways into a LAN.

use zeroize::Zeroizing;

use crate::mesh::MeshNode;
use crate::plan::Family;

use super::{Artifact, Kind, PLAIN_MODE};

/// Where the file belongs, from the root of the machine.
pub(super) const PATH: &str = "etc/sysctl.d/99-wg-mesh.conf";

/// The settings file of a machine, if it forwards.
pub(super) fn artifact(node: &MeshNode) -> Option<Artifact> {
    if node.forwards.is_empty() {
        return None;
    }
    let mut text = format!(
        "# {} forwards packets for others. Apply with: sysctl --system\n",
        node.name
    );
    if node.forwards.contains(&Family::V4) {
        text.push_str("net.ipv4.ip_forward = 1\n");
    }
    if node.forwards.contains(&Family::V6) {
        text.push_str("net.ipv6.conf.all.forwarding = 1\n");
        text.push_str(
            "# With forwarding on, Linux ignores router advertisements. If the uplink gets\n",
        );
        text.push_str(
            "# its IPv6 address from them, add this with the uplink's name, for instance:\n",
        );
        text.push_str("# net.ipv6.conf.eth0.accept_ra = 2\n");
    }
    Some(Artifact {
        node: Some(node.id.clone()),
        kind: Kind::Sysctl,
        path: format!("{}/{PATH}", node.name),
        mode: PLAIN_MODE,
        text: Zeroizing::new(text),
    })
}
