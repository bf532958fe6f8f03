//! Machines through which others reach the internet.

use crate::plan::Family;

use super::{MeshNode, Why};

/// Notes in which families a machine is used as an exit; it forwards in these.
pub(super) fn serve(nodes: &mut [MeshNode]) {
    let mut used: Vec<(usize, Family)> = Vec::new();
    for node in nodes.iter() {
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
