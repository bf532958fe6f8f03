//! Packets that are too large or too small for a path.

use crate::plan::{Edit, Family, Node, Plan};

use super::super::{Mesh, MeshNode};
use super::{Code, Finding, Severity, Subject};

/// What is wrong with the MTU of one machine.
pub(super) fn of_node(
    plan: &Plan,
    mesh: &Mesh,
    mesh_node: &MeshNode,
    node: &Node,
) -> Option<Finding> {
    if mesh_node.left_out.is_some() {
        return None;
    }
    let (name, mtu) = (&node.name, &mesh_node.settings.mtu);
    let subject = Subject::Node(mesh_node.id.clone());
    let planned = Edit::PlannedMtu(mesh_node.id.clone());
    let (smallest, why) = if mesh.families.contains(&Family::V6) {
        (
            1280,
            "Linux takes IPv6 from an interface with less than 1280 bytes, and the mesh carries IPv6.",
        )
    } else {
        (
            576,
            "Every IPv4 host takes packets of 576 bytes, and some take no smaller interface.",
        )
    };
    if let Some(stated) = node.mtu.filter(|stated| stated.get() < smallest) {
        let text = format!("The MTU {stated} of {name} is too small");
        let finding = Finding::about(Code::E11, Severity::Error, subject, text, why);
        return Some(finding.with_fix(plan, planned));
    }
    if mtu.carried < smallest {
        let peer = mtu.narrowest.as_ref();
        let peer = peer.map_or("its peers", |link| mesh.name(link.peer));
        return Some(Finding::about(
            Code::E11,
            Severity::Error,
            subject,
            format!(
                "The link between {name} and {peer} carries {} bytes inside the tunnel, which is too little",
                mtu.carried
            ),
            format!("{why} Full packets are broken into pieces, or lost."),
        ));
    }
    let stated = node.mtu.filter(|stated| stated.get() > mtu.carried)?;
    let link = mtu.narrowest.as_ref()?;
    let text = format!(
        "The MTU {stated} of {name} is more than its link with {} carries",
        mesh.name(link.peer)
    );
    let evidence = format!(
        "The path carries {} bytes and the tunnel adds {}, so at most {} fit. Larger packets are broken into pieces, or lost.",
        link.path, link.overhead, mtu.carried
    );
    let finding = Finding::about(Code::W21, Severity::Warning, subject, text, evidence);
    Some(finding.with_fix(plan, planned))
}
