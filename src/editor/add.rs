//! New machines with sensible facts and a name of their own.

use crate::plan::{
    Form, Node, NodeId, NodeName, Place, Plan, Platform, Point, PublicAddress, SiteId,
    TunnelAddresses,
};

/// What a person adds, in their words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewNode {
    /// A server with a public address.
    Server,
    /// A machine behind the router of a site.
    AtSite(SiteId),
    /// A phone or tablet.
    Phone,
    /// A laptop that moves about.
    Laptop,
}

/// The first identity near a name that neither the plan nor `known` holds.
///
/// A machine that was deleted leaves its key in the keyring for undo; a new
/// machine must never inherit that key.
#[must_use]
pub fn free_node_id(plan: &Plan, name: &NodeName, known: impl Fn(&NodeId) -> bool) -> NodeId {
    NodeId::fresh(name.as_str(), |text| {
        let id = NodeId::new(text);
        plan.nodes.contains_key(&id) || known(&id)
    })
}

/// A new machine at a point, named and addressed.
pub(super) fn new_node(plan: &Plan, kind: &NewNode, at: Point) -> Option<Node> {
    let (stem, form, platform, place) = match kind {
        NewNode::Server => (
            "server",
            Form::Server,
            Platform::Linux,
            Place::Internet(PublicAddress::default()),
        ),
        NewNode::AtSite(site) => (
            "machine",
            Form::Computer,
            Platform::Linux,
            Place::at(site.clone()),
        ),
        NewNode::Phone => ("phone", Form::Phone, Platform::Android, Place::Roams),
        NewNode::Laptop => ("laptop", Form::Computer, Platform::Linux, Place::Roams),
    };
    let mut addresses = TunnelAddresses::default();
    for family in plan.families() {
        // A full prefix leaves the address open, and a finding says so.
        addresses.set(family, plan.next_free_address(family).ok());
    }
    Some(Node {
        form,
        platform,
        addresses,
        position: at,
        ..Node::new(free_name(plan, stem)?, place)
    })
}

/// `stem`, `stem2`, `stem3` … whichever no machine bears.
fn free_name(plan: &Plan, stem: &str) -> Option<NodeName> {
    let number_of = |number: usize| {
        if number == 1 {
            stem.to_owned()
        } else {
            format!("{stem}{number}")
        }
    };
    (1..=plan.nodes.len() + 1)
        .map(number_of)
        .find(|name| plan.node_named(name).is_none())?
        .parse()
        .ok()
}
