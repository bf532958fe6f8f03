//! QR codes that are too dense.

use crate::plan::{Edit, Node, Plan};

use super::super::{Mesh, MeshNode};
use super::{Code, Finding, Severity, Subject};

/// What a code of version 25 carries at the lowest level of correction (ISO/IEC
/// 18004); cameras have trouble with denser ones.
const READABLE: usize = 1273;
/// A key as text.
const KEY: usize = 44;

/// A phone whose config makes a QR code that cameras have trouble with.
pub(super) fn dense(
    plan: &Plan,
    mesh: &Mesh,
    mesh_node: &MeshNode,
    node: &Node,
) -> Option<Finding> {
    if !node.platform.is_app() || node.keeps_its_key() || node.hub.is_some() {
        return None;
    }
    let bytes = length(mesh_node);
    if bytes <= READABLE {
        return None;
    }
    let finding = Finding::about(
        Code::W12,
        Severity::Warning,
        Subject::Node(mesh_node.id.clone()),
        format!("The QR code of {} is hard to scan", node.name),
        format!(
            "It carries about {bytes} bytes for {} peers. Copy the file instead, or let {} talk only through a relay.",
            mesh_node.peers.len(),
            node.name
        ),
    );
    let hub = mesh_node
        .peers
        .iter()
        .filter_map(|peer| mesh.nodes.get(peer.node))
        .filter(|peer| plan.nodes.get(&peer.id).is_some_and(Node::may_relay))
        .max_by_key(|peer| (peer.relays, peer.peers.len()));
    Some(match hub {
        Some(hub) => finding.with_fix(
            plan,
            Edit::TalkThrough(mesh_node.id.clone(), hub.id.clone()),
        ),
        None => finding,
    })
}

/// The bytes of a config in its shortest form: `Key=Value` in lines without
/// comments.
fn length(node: &MeshNode) -> usize {
    let list =
        |items: &mut dyn Iterator<Item = String>| items.map(|item| item.len() + 1).sum::<usize>();
    let line = |key: &str, value: usize| key.len() + 1 + value + 1;
    let addresses = list(&mut node.addresses.iter().map(|address| format!("{address}/32")));
    let interface = "[Interface]\n".len() + line("PrivateKey", KEY) + line("Address", addresses);
    let peers = node.peers.iter().map(|peer| {
        let allowed = list(&mut peer.allowed.iter().map(|entry| entry.prefix.to_string()));
        let endpoint = peer
            .endpoint
            .as_ref()
            .map(|at| line("Endpoint", at.to_string().len()));
        "[Peer]\n".len()
            + line("PublicKey", KEY)
            + usize::from(peer.preshared) * line("PresharedKey", KEY)
            + line("AllowedIPs", allowed)
            + endpoint.unwrap_or(0)
            + usize::from(peer.keepalive) * line("PersistentKeepalive", 2)
    });
    interface + peers.sum::<usize>()
}
