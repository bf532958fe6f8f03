//! Kernel settings of machines that forward: relays and gateways into a LAN.

use crate::mesh::{Ipv6Route, MeshNode};
use crate::plan::Family;

use super::{Kind, PLAIN_MODE, SystemFile};

/// Where the file belongs, from the root of the machine.
pub(super) const PATH: &str = "etc/sysctl.d/99-wg-mesh.conf";

/// The settings file of a machine, if it forwards.
pub(super) fn file(node: &MeshNode) -> Option<SystemFile> {
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
        advertised(node, &mut text);
    }
    Some(SystemFile::new(
        Kind::Sysctl,
        PATH.to_owned(),
        PLAIN_MODE,
        text,
    ))
}

/// With forwarding on, Linux ignores router advertisements, and a machine that
/// lives by them loses its IPv6 connection some time later.
fn advertised(node: &MeshNode, text: &mut String) {
    let name = node.settings.uplink_name.as_ref();
    match (node.settings.ipv6_route, name) {
        (Ipv6Route::Fixed, _) => {}
        (Ipv6Route::Advertised, Some(name)) => {
            text.push_str(
                "# With forwarding on, Linux ignores router advertisements unless told not to.\n",
            );
            text.push_str(&accept_ra(name.as_str()));
        }
        (Ipv6Route::Advertised, None) => {
            text.push_str(
                "# With forwarding on, Linux ignores router advertisements, and this machine gets\n\
                 # its IPv6 address from them. Add this with the name of its interface, which\n\
                 # `ip route show default` tells, or it loses IPv6:\n# ",
            );
            text.push_str(&accept_ra("eth0"));
        }
        (Ipv6Route::Unknown, name) => {
            text.push_str(
                "# With forwarding on, Linux ignores router advertisements. If the uplink gets\n\
                 # its IPv6 address from them, add this with the uplink's name, for instance:\n# ",
            );
            text.push_str(&accept_ra(name.map_or("eth0", |name| name.as_str())));
        }
    }
}

/// The setting for one interface. With slashes between the parts, a dot may be
/// part of the name.
fn accept_ra(interface: &str) -> String {
    if interface.contains('.') {
        format!("net/ipv6/conf/{interface}/accept_ra = 2\n")
    } else {
        format!("net.ipv6.conf.{interface}.accept_ra = 2\n")
    }
}
