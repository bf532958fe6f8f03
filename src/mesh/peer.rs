//! What each machine's file says: its peers, their allowed IPs, endpoints and
//! keepalives.

use crate::plan::{Endpoint, Family, Host, Node, Plan};

use super::check::{LeftOut, Order};
use super::link::{Link, LinkKind};
use super::reach::Reach;
use super::route::Routes;
use super::share::Shared;
use super::{AllowedIps, MeshNode, Pair, Reason};

/// A machine that another has a session with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Which machine, by its place.
    pub node: usize,
    /// Where it is dialled; `None` if it dials.
    pub endpoint: Option<Endpoint>,
    /// How the session comes about.
    pub link: LinkKind,
    /// The family of the packets that carry the tunnel.
    pub family: Family,
    /// Whether this side keeps the path open.
    pub keepalive: bool,
    /// Whether the pair has a preshared key.
    pub preshared: bool,
    /// What is sent to it and accepted from it, sorted.
    pub allowed: AllowedIps,
}

impl Peer {
    /// Whether it is dialled at a name, which is looked up only when the tunnel
    /// is configured.
    #[must_use]
    pub fn is_dialled_by_name(&self) -> bool {
        matches!(&self.endpoint, Some(endpoint) if matches!(endpoint.host, Host::Name(_)))
    }
}

/// The interval that survives the NAT time-outs of real routers, in seconds.
pub const KEEPALIVE_SECONDS: u16 = 25;

/// The machines that each has a session with, sorted, with nothing allowed yet.
pub(super) fn peers(
    plan: &Plan,
    order: &Order<'_>,
    reach: &Reach,
    pairs: &[Pair],
    routes: &Routes,
) -> Vec<Vec<Peer>> {
    let links = (0..order.len()).map(|place| routes.links(place));
    let mut peers: Vec<Vec<Peer>> = links.map(Vec::with_capacity).collect();
    // Pairs come in the order of machines, and so do the blocks of each machine.
    for pair in pairs {
        if let Reason::Linked(link) = &pair.reason {
            let (a, b) = (pair.a, pair.b);
            let to_b = (link.a_dials, link.a_keeps);
            let to_a = (link.b_dials, link.b_keeps);
            push(&mut peers, a, peer(plan, order, reach, *link, (a, b), to_b));
            push(&mut peers, b, peer(plan, order, reach, *link, (b, a), to_a));
        }
    }
    peers
}

/// Puts together what every machine's files say.
pub(super) fn nodes(
    plan: &Plan,
    order: &Order<'_>,
    left_out: Vec<Option<LeftOut>>,
    shares: Vec<Vec<Shared>>,
    pairs: &[Pair],
    peers: Vec<Vec<Peer>>,
) -> Vec<MeshNode> {
    let families: Vec<Family> = plan.families().collect();
    let mut relays = vec![false; order.len()];
    for relay in pairs.iter().flat_map(|pair| pair.verdict.via()) {
        if let Some(flag) = relays.get_mut(*relay) {
            *flag = true;
        }
    }
    let mut dialled = vec![false; order.len()];
    for target in peers
        .iter()
        .flatten()
        .filter(|peer| peer.endpoint.is_some())
    {
        if let Some(flag) = dialled.get_mut(target.node) {
            *flag = true;
        }
    }
    let parts = order
        .iter()
        .zip(left_out)
        .zip(shares)
        .zip(peers)
        .zip(relays)
        .zip(dialled);
    parts
        .map(
            |((((((id, node), left_out), shares), peers), relays), dialled)| MeshNode {
                id: (*id).clone(),
                name: node.name.clone(),
                platform: node.platform,
                site: plan.site_of(node).map(|site| site.name.clone()),
                addresses: carried(plan, node).collect(),
                listen_port: plan.listen_port_of(node),
                dialled,
                forwards: families
                    .iter()
                    .copied()
                    .filter(|family| {
                        relays || shares.iter().any(|share| share.prefix.family() == *family)
                    })
                    .collect(),
                peers,
                shares,
                relays,
                settings: super::Settings::default(),
                own_key: node.public_key,
                left_out,
            },
        )
        .collect()
}

/// A machine's tunnel addresses in the families that the tunnel carries.
pub(super) fn carried(plan: &Plan, node: &Node) -> impl Iterator<Item = std::net::IpAddr> {
    let lacking = Family::BOTH.map(|family| plan.tunnel_prefix(family).is_none());
    node.addresses.iter().filter(move |address| {
        let [no_v4, no_v6] = lacking;
        match Family::of(*address) {
            Family::V4 => !no_v4,
            Family::V6 => !no_v6,
        }
    })
}

fn push(peers: &mut [Vec<Peer>], place: usize, peer: Peer) {
    if let Some(list) = peers.get_mut(place) {
        list.push(peer);
    }
}

/// The block for a machine in the file of the other end of a link, which dials
/// it and keeps the path open, or does not.
fn peer(
    plan: &Plan,
    order: &Order<'_>,
    reach: &Reach,
    link: Link,
    (own, other): (usize, usize),
    (dials, keeps): (bool, bool),
) -> Peer {
    let port = order
        .get(other)
        .map(|(_, node)| plan.listen_port_of(node))
        .filter(|_| dials);
    Peer {
        node: other,
        endpoint: port.and_then(|port| reach.endpoint(own, other, link, port)),
        link: link.kind,
        family: link.family,
        keepalive: keeps,
        preshared: plan.preshared_keys,
        allowed: AllowedIps::default(),
    }
}
