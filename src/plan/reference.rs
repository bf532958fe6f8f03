//! What names a machine.

use super::{NodeId, PairChoice, Plan};

impl Plan {
    /// Forgets all that names machines that are gone: choices for pairs with
    /// them or via them, hubs, exits and the server of names.
    pub fn forget_gone(&mut self) {
        let nodes = &self.nodes;
        let is_gone = |id: &NodeId| !nodes.contains_key(id);
        self.pairs.retain(|pair, choice| {
            let (a, b) = pair.ends();
            let relay_gone = matches!(choice, PairChoice::Via(relay) if is_gone(relay));
            !is_gone(a) && !is_gone(b) && !relay_gone
        });
        if let Some(dns) = &mut self.dns {
            dns.server.take_if(|server| is_gone(server));
        }
        let ids: Vec<NodeId> = nodes.keys().cloned().collect();
        let is_gone = |id: &NodeId| ids.binary_search(id).is_err();
        for (_, node) in &mut self.nodes {
            node.hub.take_if(|hub| is_gone(hub));
            node.uses_exit.take_if(|exit| is_gone(exit));
        }
    }
}
