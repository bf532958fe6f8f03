//! Machines that carry others' packets, and cannot or not always.

use crate::plan::{Edit, Node, NodeId, Place, Plan};

use super::super::{Mesh, MeshNode, Verdict};
use super::{Code, Finding, Severity, Subject};

/// From how many relayed pairs on it is worth saying that one machine carries
/// them all; in a small mesh everybody knows.
const MANY: usize = 10;

/// What one machine states about relaying and its hub.
pub(super) fn of_node(plan: &Plan, mesh: &Mesh, place: usize, node: &Node) -> Vec<Finding> {
    let Some(mesh_node) = mesh.nodes.get(place) else {
        return Vec::new();
    };
    let id = &mesh_node.id;
    let all = [
        cannot_relay(plan, id, node),
        sleeps(plan, mesh, place, node),
    ];
    all.into_iter().flatten().collect()
}

fn cannot_relay(plan: &Plan, id: &NodeId, node: &Node) -> Option<Finding> {
    let claims = node.relay == crate::plan::Relaying::Yes && !node.platform.can_forward();
    claims.then(|| {
        Finding::about(
            Code::E03,
            Severity::Warning,
            Subject::Node(id.clone()),
            format!("{} cannot relay", node.name),
            "The WireGuard app forwards nothing between others. It is planned as a machine that does not relay.",
        )
        .with_fix(plan, Edit::StopRelaying(id.clone()))
    })
}

/// A relay that is not always on.
fn sleeps(plan: &Plan, mesh: &Mesh, place: usize, node: &Node) -> Option<Finding> {
    let relays = mesh.nodes.get(place).is_some_and(|node| node.relays);
    if !relays || node.is_always_on() {
        return None;
    }
    let id = &mesh.nodes.get(place)?.id;
    let carried = mesh.pairs.iter();
    let carried = carried.filter(|pair| pair.verdict.via().contains(&place));
    let pairs = counted(carried.count());
    let finding = Finding::about(
        Code::W11,
        Severity::Warning,
        Subject::Node(id.clone()),
        format!("{} relays {pairs} and is not always on", node.name),
        "While it is switched off or away, they are cut off: WireGuard moves no prefix to another peer by itself.",
    );
    Some(if node.place == Place::Roams {
        finding
    } else {
        finding.with_fix(plan, Edit::StayOn(id.clone()))
    })
}

/// The only machine that can relay, where many pairs depend on it.
pub(super) fn only_one(plan: &Plan, mesh: &Mesh) -> Option<Finding> {
    let relayed = || {
        let pairs = mesh.pairs.iter();
        pairs.filter(|pair| matches!(pair.verdict, Verdict::Relayed(_)))
    };
    let count = relayed().count();
    let [only] = *relayed().next()?.verdict.via() else {
        return None;
    };
    let could = |node: &&MeshNode| {
        node.left_out.is_none() && plan.nodes.get(&node.id).is_some_and(Node::may_relay)
    };
    let alone = mesh.nodes.iter().filter(could).count() == 1;
    if count < MANY || !alone || relayed().any(|pair| *pair.verdict.via() != [only]) {
        return None;
    }
    let node = mesh.nodes.get(only)?;
    Some(Finding::about(
        Code::W11,
        Severity::Info,
        Subject::Node(node.id.clone()),
        format!(
            "{} carries all {} and no other machine could",
            node.name,
            relayed_pairs(count)
        ),
        "While it is away, they are cut off. With a second machine that relays, new files would bring them back.",
    ))
}

fn counted(pairs: usize) -> String {
    if pairs == 1 {
        "1 pair".to_owned()
    } else {
        format!("{pairs} pairs")
    }
}

fn relayed_pairs(pairs: usize) -> String {
    format!("{pairs} relayed pairs")
}
