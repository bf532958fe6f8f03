//! Rules: from a plan to a mesh in which everything is explicit.
//!
//! [`connect`] decides who reaches whom, and how. It never fails and assigns
//! nothing; what it cannot solve it notes as data, and it goes on with the rest.
//! [`solve`] adds [`Finding`]s, which say in words what is wrong and what would
//! help. A picture needs neither the words nor the files: [`sketch`] will do.

// What comes out, as data and in words.
mod note;
mod reason;
mod verdict;

// Who takes part, and how each machine stands towards the internet.
mod check;
mod claim;
mod reach;
mod uplink;

// Which pairs can have a session, and what people wish of pairs.
mod ground;
mod hub;
mod link;
mod share;
mod wish;

// Which way each pair takes.
mod law;
mod path;
mod pin;
mod relay;
mod route;

// What each machine's files say.
mod allow;
mod allowed;
mod exit;
mod lookup;
mod mtu;
mod peer;
mod prefixes;
mod settings;
mod widen;

// What is wrong, what would help, and what if.
mod absence;
mod finding;
mod improve;

// All of it in order, and what stays after a change.
mod solved;

use std::rc::Rc;

use crate::plan::{
    Family, Label, NodeId, NodeName, PairKey, Plan, Platform, Port, Prefix, PublicKey,
};

pub use absence::{Absence, Pillar, pillars, without};
pub use allowed::{Allowed, AllowedIps, Why};
pub use check::LeftOut;
pub use finding::{Code, Finding, Fix, Severity, Subject};
pub use improve::{Asks, Candidate, Improvement, MOST, Ranking, candidates, improvements};
pub use link::{Link, LinkKind};
pub use lookup::{Lookup, Names};
pub use mtu::{Narrowest, TunnelMtu, WhyMtu};
pub use note::{ClashAt, DirectRefusal, ExitRefusal, HubRefusal, Note, PinRefusal, ShareRefusal};
pub use peer::{KEEPALIVE_SECONDS, Peer};
pub use reach::Closed;
pub use settings::{Ipv6Route, Settings};
pub use share::Shared;
pub use solved::Solved;
pub use verdict::{Pair, Reason, Relays, Verdict};

/// The mesh that follows from a plan.
///
/// Machines are referred to by their place in `nodes`, which is sorted by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mesh {
    /// All machines of the plan, sorted by name.
    pub nodes: Vec<MeshNode>,
    /// The verdict of every pair `(a, b)` with `a < b`, in that order.
    /// Shared by all meshes that it is the same in.
    pub pairs: Rc<Vec<Pair>>,
    /// What was noticed on the way, as data.
    pub notes: Vec<Note>,
    /// What is wrong or worth knowing, errors first; [`connect`] leaves it empty.
    pub findings: Vec<Finding>,
    /// The families that the tunnel carries.
    pub families: Vec<Family>,
    /// The tunnel prefixes.
    pub tunnel: Vec<Prefix>,
    /// The names of its machines, if the plan has a domain for them.
    pub names: Option<Names>,
}

/// One machine of the mesh with all that its files say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeshNode {
    /// Its identity in the plan.
    pub id: NodeId,
    /// Its name.
    pub name: NodeName,
    /// What reads its config.
    pub platform: Platform,
    /// The site that it stands at, for sentences.
    pub site: Option<Label>,
    /// Its tunnel addresses, IPv4 first.
    pub addresses: Vec<std::net::IpAddr>,
    /// The UDP port that it listens on.
    pub listen_port: Port,
    /// Whether others dial it or its port matters for another reason.
    pub dialled: bool,
    /// The machines that it has a session with, sorted by name.
    pub peers: Vec<Peer>,
    /// The LANs that it opens to the mesh, without those that a finding took out.
    pub shares: Vec<Shared>,
    /// The families in which it forwards packets for others.
    pub forwards: Vec<Family>,
    /// Whether it forwards packets between other machines, and not only into its LAN.
    pub relays: bool,
    /// What its files say beside its peers.
    pub settings: Settings,
    /// Its public key, if it keeps its private key to itself.
    pub own_key: Option<PublicKey>,
    /// Why it takes no part in the mesh, if it does not.
    pub left_out: Option<LeftOut>,
}

impl MeshNode {
    /// Its block for another machine, if it has a session with it.
    #[must_use]
    pub fn peer(&self, other: usize) -> Option<&Peer> {
        let found = self
            .peers
            .binary_search_by(|peer| peer.node.cmp(&other))
            .ok()?;
        self.peers.get(found)
    }
}

impl Mesh {
    /// Where a machine stands in [`Mesh::nodes`].
    #[must_use]
    pub fn position(&self, id: &NodeId) -> Option<usize> {
        self.nodes.iter().position(|node| node.id == *id)
    }

    /// The pair of two machines, by their places and in either order.
    #[must_use]
    pub fn pair(&self, one: usize, other: usize) -> Option<&Pair> {
        self.pairs.get(self.pair_place(one, other)?)
    }

    /// Where the pair of two machines stands in [`Mesh::pairs`].
    #[must_use]
    pub fn pair_place(&self, one: usize, other: usize) -> Option<usize> {
        let (a, b) = (one.min(other), one.max(other));
        let count = self.nodes.len();
        if a == b || b >= count {
            return None;
        }
        // Row `a` of the upper triangle begins after the rows before it.
        Some(a * (2 * count - a - 1) / 2 + (b - a - 1))
    }

    /// The identity of a pair.
    #[must_use]
    pub fn key_of(&self, pair: &Pair) -> Option<PairKey> {
        PairKey::new(&self.nodes.get(pair.a)?.id, &self.nodes.get(pair.b)?.id)
    }

    /// The name of a machine by its place.
    #[must_use]
    pub fn name(&self, place: usize) -> &str {
        self.nodes.get(place).map_or("", |node| node.name.as_str())
    }

    /// Machines whose private key this project makes and keeps.
    pub fn nodes_with_keys(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.nodes
            .iter()
            .filter(|node| node.own_key.is_none())
            .map(|node| node.id.clone())
    }

    /// Pairs that need a preshared key: those with a session.
    pub fn pairs_with_preshared_keys(&self) -> impl Iterator<Item = PairKey> + '_ {
        self.nodes.iter().flat_map(move |node| {
            node.peers
                .iter()
                .filter(|peer| peer.preshared)
                .filter_map(move |peer| PairKey::new(&node.id, &self.nodes.get(peer.node)?.id))
        })
    }

    /// Whether some pair that should talk does not get through.
    #[must_use]
    pub fn has_impossible_pairs(&self) -> bool {
        self.pairs
            .iter()
            .any(|pair| pair.verdict == Verdict::Impossible)
    }
}

/// Decides who reaches whom, and how, and leaves out what only the files say:
/// allowed IPs, settings and names. A drawing shows none of these.
#[must_use]
pub fn sketch(plan: &Plan) -> Mesh {
    solved::sketch(plan)
}

/// Decides who reaches whom, and how. The result depends on nothing but the
/// plan's content.
#[must_use]
pub fn connect(plan: &Plan) -> Mesh {
    solved::connect(plan, &solved::Nothing).0
}

/// Solves a plan: connects its machines, and finds what is wrong.
#[must_use]
pub fn solve(plan: &Plan) -> Mesh {
    let mut mesh = connect(plan);
    mesh.findings = finding::findings(plan, &mesh);
    mesh
}
