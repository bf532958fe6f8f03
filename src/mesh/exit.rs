//! Machines through which others reach the internet.

use crate::plan::{Family, Plan};

use super::MeshNode;

/// Notes in which families a machine is used as an exit; it forwards in these.
pub(super) fn serve(plan: &Plan, nodes: &mut [MeshNode]) {
    let mut used: Vec<(usize, Family)> = Vec::new();
    for node in nodes.iter() {
        let Some(exit) = plan
            .nodes
            .get(&node.id)
            .and_then(|node| node.uses_exit.as_ref())
        else {
            continue;
        };
        let entries = node.peers.iter().flat_map(|peer| &peer.allowed);
        let everything = entries.filter(|entry| entry.prefix.length() == 0);
        used.extend(
            everything
                .filter(|entry| {
                    nodes
                        .get(entry.owner)
                        .is_some_and(|owner| owner.id == *exit)
                })
                .map(|entry| (entry.owner, entry.prefix.family())),
        );
    }
    crate::sorting::sort(&mut used);
    used.dedup();
    for (place, family) in used {
        if let Some(node) = nodes.get_mut(place) {
            node.settings.exit.push(family);
            if !node.forwards.contains(&family) {
                node.forwards.push(family);
                crate::sorting::sort(&mut node.forwards);
            }
        }
    }
}
