//! What each machine's file says: its peers, their allowed IPs, endpoints and
//! keepalives.

use crate::plan::{Endpoint, Family, Node, Plan, Prefix};

use super::check::{LeftOut, Order};
use super::link::{Link, LinkKind};
use super::reach::Reach;
use super::share::Shared;
use super::{MeshNode, Pair, Reason};

/// Why an entry stands among a peer's allowed IPs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It is the owner's own tunnel address.
    Own,
    /// It is a LAN that the owner shares.
    Lan,
    /// It covers all machines that have no entry of their own; its owner is the
    /// default relay.
    Covering,
    /// It is the internet, which its owner leads to.
    Exit,
}

/// One entry of a peer's allowed IPs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Allowed {
    /// The prefix.
    pub prefix: Prefix,
    /// The machine that owns it, by its place.
    pub owner: usize,
    /// Why it stands there.
    pub why: Why,
}

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
    pub allowed: Vec<Allowed>,
}

/// The interval that survives the NAT time-outs of real routers, in seconds.
pub const KEEPALIVE_SECONDS: u16 = 25;

/// The machines that each has a session with, sorted, with nothing allowed yet.
pub(super) fn peers(
    plan: &Plan,
    order: &Order<'_>,
    reach: &Reach,
    pairs: &[Pair],
) -> Vec<Vec<Peer>> {
    let mut peers: Vec<Vec<Peer>> = vec![Vec::new(); order.len()];
    for pair in pairs {
        if let Reason::Linked(link) = &pair.reason {
            let (a, b) = (pair.a, pair.b);
            let to_b = (link.a_dials, link.a_keeps);
            let to_a = (link.b_dials, link.b_keeps);
            push(&mut peers, a, peer(plan, order, reach, *link, (a, b), to_b));
            push(&mut peers, b, peer(plan, order, reach, *link, (b, a), to_a));
        }
    }
    for list in &mut peers {
        crate::sorting::sort_by_key(list, |peer| peer.node);
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
        allowed: Vec::new(),
    }
}
