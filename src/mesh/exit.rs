//! Machines through which others reach the internet.

use crate::plan::{Family, Plan};

use super::{MeshNode, Why};

/// Notes in which families a machine is used as an exit; it forwards in these.
pub(super) fn serve(plan: &Plan, nodes: &mut [MeshNode]) {
    let mut used: Vec<(usize, Family)> = Vec::new();
    let uses_exit = |node: &&MeshNode| {
        let stated = plan.nodes.get(&node.id);
        stated.is_some_and(|stated| stated.uses_exit.is_some())
    };
    for node in nodes.iter().filter(uses_exit) {
        let entries = node.peers.iter().flat_map(|peer| &peer.allowed);
        let everything = entries.filter(|entry| entry.why == Why::Exit);
        used.extend(everything.map(|entry| (entry.owner, entry.prefix.family())));
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
