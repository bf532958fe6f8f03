//! How large packets the tunnel interfaces take.
//!
//! A packet in the tunnel grows by WireGuard's header, by UDP's and by that of
//! the outer IP, and what then exceeds the path is fragmented or lost. Relaying
//! adds nothing: a relay decrypts, and encrypts for the next leg.

use crate::plan::{Family, Host, MtuPolicy, Node, Place, Plan, Stack, Uplink};

use super::{LinkKind, MeshNode, Pair, Peer};

/// What WireGuard, UDP and IPv4 add to a packet.
const OVER_IPV4: u16 = 32 + 8 + 20;
/// What WireGuard, UDP and IPv6 add to a packet.
const OVER_IPV6: u16 = 32 + 8 + 40;
/// What a LAN carries, and what is assumed of a connection that nobody described.
const ETHERNET: u16 = 1500;
/// What the apps take by themselves.
const APP: u16 = 1280;
/// The smallest MTU with IPv6 inside: Linux takes IPv6 from an interface below.
const WITH_IPV6: u16 = 1280;
/// The smallest MTU of IPv4, which every host must take.
const WITH_IPV4: u16 = 576;

/// How large packets a tunnel interface takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TunnelMtu {
    /// The MTU of the interface, whoever chooses it.
    pub bytes: u16,
    /// Why the file says it; `None` where the platform chooses a value by
    /// itself that fits, and the file says nothing.
    pub written: Option<WhyMtu>,
    /// What its links carry whole.
    pub carried: u16,
    /// The link that carries least.
    pub narrowest: Option<Narrowest>,
    /// Whether it should be smaller than an interface can be: packets of full
    /// size are fragmented.
    pub too_narrow: bool,
}

/// Why a file says the MTU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyMtu {
    /// The person stated it.
    Stated,
    /// Its own links carry no more.
    OwnLinks,
    /// A link of another machine carries no more, and all have one value; the
    /// machine is named by its place.
    Mesh(usize),
}

/// The link of a machine that carries least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Narrowest {
    /// The machine at the other end, by its place.
    pub peer: usize,
    /// What the path between both routers carries.
    pub path: u16,
    /// What the tunnel adds on this path.
    pub overhead: u16,
}

impl Narrowest {
    /// What the link carries whole, inside the tunnel.
    #[must_use]
    pub fn carried(self) -> u16 {
        self.path.saturating_sub(self.overhead)
    }
}

impl TunnelMtu {
    /// The value of the file's line, if it has one.
    #[must_use]
    pub fn line(&self) -> Option<u16> {
        self.written.map(|_| self.bytes)
    }
}

/// Chooses the MTU of every tunnel interface.
pub(super) fn fit(plan: &Plan, pairs: &[Pair], nodes: &mut [MeshNode]) {
    let stated: Vec<Option<&Node>> = nodes.iter().map(|node| plan.nodes.get(&node.id)).collect();
    let ends: Vec<End> = stated.iter().map(|node| End::new(plan, *node)).collect();
    let dialled = Dialled::new(nodes);
    let narrowest: Vec<Option<Narrowest>> = (0..nodes.len())
        .map(|place| narrowest(nodes, &ends, &dialled, place))
        .collect();
    let tightest = narrowest
        .iter()
        .enumerate()
        .filter_map(|(place, link)| Some((link.as_ref()?.carried(), place)))
        .min();
    let floor = if plan.tunnel_prefix(Family::V6).is_some() {
        WITH_IPV6
    } else {
        WITH_IPV4
    };
    // One value for the mesh is written to all machines if one of them needs it.
    let same = tightest.filter(|(bytes, _)| {
        let needs = |(mesh_node, node): (&MeshNode, Option<&Node>)| {
            let app = mesh_node.platform.is_app();
            mesh_node.left_out.is_none() && !app && *bytes < by_itself(plan, node, app)
        };
        plan.mtu == MtuPolicy::Same && nodes.iter().zip(stated.iter().copied()).any(needs)
    });
    for ((mesh_node, node), link) in nodes.iter_mut().zip(&stated).zip(&narrowest) {
        let app = mesh_node.platform.is_app();
        let by_itself = by_itself(plan, *node, app);
        let carried = link.map_or(by_itself, Narrowest::carried);
        let own = (carried < by_itself).then_some((carried, WhyMtu::OwnLinks));
        let of_mesh = same
            .filter(|(bytes, _)| !app || *bytes < by_itself)
            .map(|(bytes, at)| {
                let why = if carried == bytes {
                    WhyMtu::OwnLinks
                } else {
                    WhyMtu::Mesh(at)
                };
                (bytes, why)
            });
        let by_hand = node
            .and_then(|node| node.mtu)
            .map(|mtu| (mtu.get(), WhyMtu::Stated));
        let wanted = by_hand.or(of_mesh).or(own);
        let bytes = wanted.map_or(by_itself, |(bytes, _)| bytes);
        mesh_node.settings.mtu = TunnelMtu {
            bytes: bytes.max(floor),
            written: wanted.map(|(_, why)| why),
            carried,
            narrowest: *link,
            too_narrow: bytes < floor || carried < floor,
        };
    }
    clamp(pairs, nodes);
}

/// What a platform chooses at most where the file says nothing: `wg-quick` takes
/// 80 bytes less than the outgoing interface, which is Ethernet behind a
/// router, whatever the router's own connection carries. An app takes 1280.
fn by_itself(plan: &Plan, node: Option<&Node>, app: bool) -> u16 {
    if app {
        return APP;
    }
    let uplink = node
        .and_then(|node| plan.uplink_of(node))
        .map_or(ETHERNET, Uplink::mtu);
    uplink.max(ETHERNET) - OVER_IPV6
}

/// What matters of a machine for all its links, looked up once.
#[derive(Clone, Copy)]
struct End {
    /// What its connection carries. A machine on the move is not assumed to be
    /// in the worst network there is, unless the plan says so.
    uplink: u16,
    /// Whether a translator makes IPv6 of its IPv4.
    translated: bool,
}

impl End {
    fn new(plan: &Plan, node: Option<&Node>) -> Self {
        let line = node.and_then(|node| plan.uplink_of(node));
        Self {
            uplink: line.map_or(ETHERNET, Uplink::mtu),
            translated: node.is_some_and(|node| {
                let outside = !matches!(node.place, Place::Internet(_));
                outside && node.stack == Stack::Nat64
            }),
        }
    }
}

/// The link of a machine that carries least; of equals the first.
fn narrowest(
    nodes: &[MeshNode],
    ends: &[End],
    dialled: &Dialled,
    place: usize,
) -> Option<Narrowest> {
    let own = ends.get(place)?;
    let links = nodes.get(place)?.peers.iter().filter_map(|peer| {
        let other = ends.get(peer.node)?;
        let translated = own.translated || other.translated;
        Some(Narrowest {
            peer: peer.node,
            path: if peer.link == LinkKind::Lan {
                ETHERNET
            } else {
                own.uplink.min(other.uplink)
            },
            overhead: if !translated && dialled.is_surely_ipv4(place, peer) {
                OVER_IPV4
            } else {
                OVER_IPV6
            },
        })
    });
    links.min_by_key(|link| (link.carried(), link.peer))
}

/// At what the machines dial each other, as a table, so that both ends of a
/// link are at hand at once.
struct Dialled {
    count: usize,
    at: Vec<At>,
}

/// At what one machine dials another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Not at all.
    Nothing,
    /// At an IPv4 address.
    Ipv4,
    /// At a name or an IPv6 address.
    Other,
}

impl Dialled {
    fn new(nodes: &[MeshNode]) -> Self {
        let count = nodes.len();
        let mut at = vec![At::Nothing; count * count];
        for (place, node) in nodes.iter().enumerate() {
            for peer in &node.peers {
                if let (Some(endpoint), Some(slot)) =
                    (&peer.endpoint, at.get_mut(place * count + peer.node))
                {
                    *slot = match endpoint.host {
                        Host::Address(address) if address.is_ipv4() => At::Ipv4,
                        _ => At::Other,
                    };
                }
            }
        }
        Self { count, at }
    }

    /// Whether every end of a link that dials does so at an IPv4 address.
    fn is_surely_ipv4(&self, place: usize, peer: &Peer) -> bool {
        let of = |from: usize, to: usize| {
            let at = self.at.get(from * self.count + to);
            at.copied().unwrap_or(At::Nothing)
        };
        // The family is that of the longer header.
        peer.family == Family::V4
            && matches!(
                (of(place, peer.node), of(peer.node, place)),
                (At::Ipv4, At::Ipv4 | At::Nothing) | (At::Nothing, At::Ipv4)
            )
    }
}

/// Finds the relays whose tunnel interface takes less than both ends of a pair
/// believe. Every other end tells its peer the smaller size by itself.
fn clamp(pairs: &[Pair], nodes: &mut [MeshNode]) {
    let bytes: Vec<u16> = nodes.iter().map(|node| node.settings.mtu.bytes).collect();
    let bytes = |place: usize| bytes.get(place).copied().unwrap_or(ETHERNET);
    for pair in pairs {
        for relay in pair.verdict.via() {
            let ends = bytes(pair.a).min(bytes(pair.b));
            if bytes(*relay) < ends
                && let Some(node) = nodes.get_mut(*relay)
            {
                node.settings.clamps = true;
            }
        }
    }
}
