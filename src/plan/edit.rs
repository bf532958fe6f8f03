//! Changes to a plan that a finding can offer as its fix.

use super::{Answers, Forward, NodeId, Place, Plan, Port, Prefix, Relaying};

/// One change to a plan, as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Let a machine relay.
    LetRelay(NodeId),
    /// State how answers from a shared LAN return.
    ReturnAnswers(NodeId, Prefix, Answers),
    /// Forward a port of the router to the port that a machine listens on.
    Forward(NodeId, Port),
    /// Take the port forward of a machine away.
    StopForward(NodeId),
    /// Stop sharing a LAN.
    StopSharing(NodeId, Prefix),
    /// Give a machine another, free tunnel address.
    NewAddress(NodeId),
    /// Let the planner decide about a pair again.
    AsPlanned(super::PairKey),
}

impl Plan {
    /// Makes a change. What names a machine that is gone changes nothing.
    pub fn apply(&mut self, edit: &Edit) {
        match edit {
            Edit::LetRelay(id) => {
                if let Some(node) = self.nodes.get_mut(id) {
                    node.relay = Relaying::Yes;
                }
            }
            Edit::ReturnAnswers(id, prefix, answers) => {
                let shares = self
                    .nodes
                    .get_mut(id)
                    .into_iter()
                    .flat_map(|node| &mut node.shares);
                for share in shares.filter(|share| share.prefix == *prefix) {
                    share.answers = *answers;
                }
            }
            Edit::Forward(id, port) => self.set_forward(id, Some((*port).into())),
            Edit::StopForward(id) => self.set_forward(id, None),
            Edit::StopSharing(id, prefix) => {
                if let Some(node) = self.nodes.get_mut(id) {
                    node.shares.retain(|share| share.prefix != *prefix);
                }
            }
            Edit::NewAddress(id) => self.give_new_addresses(id),
            Edit::AsPlanned(pair) => {
                self.pairs.remove(pair);
            }
        }
    }

    fn set_forward(&mut self, id: &NodeId, to: Option<Forward>) {
        if let Some(Place::Site { forward, .. }) =
            self.nodes.get_mut(id).map(|node| &mut node.place)
        {
            *forward = to;
        }
    }

    /// Replaces the addresses that do not fit; those that fit stay.
    fn give_new_addresses(&mut self, id: &NodeId) {
        let Some(addresses) = self.nodes.get(id).map(|node| node.addresses) else {
            return;
        };
        for family in super::Family::BOTH {
            let unfit = addresses
                .of(family)
                .is_some_and(|address| self.check_address(id, address).is_err());
            let missing = addresses.of(family).is_none() && self.tunnel_prefix(family).is_some();
            if unfit || missing {
                let fresh = self.next_free_address(family).ok();
                if let Some(node) = self.nodes.get_mut(id) {
                    node.addresses.set(family, fresh);
                }
            }
        }
    }
}
