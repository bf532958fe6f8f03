//! What a machine's own system needs for its part to work.

use crate::plan::{Edit, Family, Node, Place, Plan, SiteIpv6};

use super::super::{Ipv6Route, Mesh, MeshNode};
use super::{Code, Finding, Severity, Subject};

/// What one machine needs.
pub(super) fn of_node(plan: &Plan, mesh: &Mesh, mesh_node: &MeshNode, node: &Node) -> Vec<Finding> {
    if mesh_node.left_out.is_some() {
        return Vec::new();
    }
    let all = [
        falls_asleep(plan, mesh, mesh_node, node),
        looks_up_once(mesh_node, node),
        loses_ipv6(plan, mesh_node, node),
        wrong_time(plan, mesh_node, node),
    ];
    all.into_iter().flatten().collect()
}

/// A machine that others need while it is silent, and whose path closes.
fn falls_asleep(plan: &Plan, mesh: &Mesh, mesh_node: &MeshNode, node: &Node) -> Option<Finding> {
    if node.must_be_reachable_idle() {
        return None;
    }
    let needed = if mesh_node.relays {
        "It relays for others".to_owned()
    } else if let Some(share) = mesh_node.shares.first() {
        format!("It shares {}", share.prefix)
    } else if !mesh_node.settings.exit.is_empty() {
        "It leads others to the internet".to_owned()
    } else {
        return None;
    };
    let place = mesh.position(&mesh_node.id)?;
    let is_dialled = |peer: usize| {
        let back = mesh.nodes.get(peer).and_then(|other| other.peer(place));
        back.is_some_and(|back| back.endpoint.is_some())
    };
    let closes = mesh_node
        .peers
        .iter()
        .any(|peer| !peer.keepalive && !is_dialled(peer.node));
    closes.then(|| {
        Finding::about(
            Code::W01,
            Severity::Warning,
            Subject::Node(mesh_node.id.clone()),
            format!("{} cannot be reached while it is silent", node.name),
            format!("{needed}, but the path to it closes after some seconds without a packet, because it keeps none open."),
        )
        .with_fix(plan, Edit::StayReachable(mesh_node.id.clone()))
    })
}

/// An app looks a name up when its tunnel starts or its network changes. One
/// that stays where it is and runs on never does again.
fn looks_up_once(mesh_node: &MeshNode, node: &Node) -> Option<Finding> {
    let stays = node.platform.is_app() && node.must_be_reachable_idle();
    let mut dialled = mesh_node
        .peers
        .iter()
        .filter(|peer| stays && peer.is_dialled_by_name());
    let host = dialled.find_map(|peer| peer.endpoint.as_ref())?;
    Some(Finding::about(
        Code::W04,
        Severity::Warning,
        Subject::Node(mesh_node.id.clone()),
        format!(
            "{} looks up {} only when its tunnel starts",
            node.name, host.host
        ),
        "After that address has changed, it is cut off until somebody switches its tunnel off and on.",
    ))
}

/// Linux ignores router advertisements once it forwards IPv6.
fn loses_ipv6(plan: &Plan, mesh_node: &MeshNode, node: &Node) -> Option<Finding> {
    let name = &node.name;
    let forwards = mesh_node.forwards.contains(&Family::V6);
    let advertised = match mesh_node.settings.ipv6_route {
        Ipv6Route::Advertised => true,
        Ipv6Route::Fixed => false,
        // At a site with IPv6 nearly all machines get their route this way.
        Ipv6Route::Unknown => {
            matches!(node.place, Place::Site { .. })
                && plan
                    .site_of(node)
                    .is_some_and(|site| site.ipv6 != SiteIpv6::None)
        }
    };
    let known = mesh_node.settings.uplink_name.is_some()
        && mesh_node.settings.ipv6_route == Ipv6Route::Advertised;
    (forwards && advertised && !known).then(|| {
        Finding::about(
            Code::W07,
            Severity::Warning,
            Subject::Node(mesh_node.id.clone()),
            format!("{name} may lose its own IPv6 connection, because it forwards IPv6"),
            format!(
                "Linux then ignores router advertisements, unless the interface they come from is told to take them. Say that {name} uses them and what that interface is called, such as eth0, or that its route is fixed."
            ),
        )
    })
}

/// A clock that can be set only through the tunnel, which needs the time.
fn wrong_time(plan: &Plan, mesh_node: &MeshNode, node: &Node) -> Option<Finding> {
    let through_tunnel = node.uses_exit.is_some() && mesh_node.settings.loses_time;
    through_tunnel.then(|| {
        Finding::about(
            Code::W08,
            Severity::Warning,
            Subject::Node(mesh_node.id.clone()),
            format!("{} may stay cut off after a power cut", node.name),
            "Its clock has no battery, and peers ignore packets that seem older than the last. It sets its clock over the internet, which it reaches through the tunnel only.",
        )
        .with_fix(plan, Edit::LeaveExit(mesh_node.id.clone()))
    })
}
