//! Rules: from a plan to a mesh in which everything is explicit.
//!
//! [`solve`] never fails and assigns nothing. What it cannot solve it says in
//! [`Finding`]s, and it goes on with the rest.

mod check;
mod claim;
mod exit;
mod finding;
mod link;
mod lookup;
mod mtu;
mod path;
mod peer;
mod reach;
mod reason;
mod settings;
mod share;

use crate::plan::{
    Endpoint, Family, Label, NodeId, NodeName, PairKey, Plan, Platform, Port, Prefix, PublicKey,
};

pub use check::LeftOut;
pub use finding::{Code, Finding, Fix, Severity, Subject};
pub use link::Link;
pub use lookup::{Lookup, Names};
pub use mtu::{Narrowest, TunnelMtu, WhyMtu};
pub use peer::{Allowed, KEEPALIVE_SECONDS, Peer};
pub use reach::Closed;
pub use settings::{Ipv6Route, Settings};
pub use share::Shared;

/// The mesh that follows from a plan.
///
/// Machines are referred to by their place in `nodes`, which is sorted by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mesh {
    /// All machines of the plan, sorted by name.
    pub nodes: Vec<MeshNode>,
    /// The verdict of every pair `(a, b)` with `a < b`, in that order.
    pub pairs: Vec<Pair>,
    /// What is wrong or worth knowing, errors first.
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

/// How two machines reach each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The machine with the smaller name, by its place in [`Mesh::nodes`].
    pub a: usize,
    /// The other machine.
    pub b: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
}

/// How a pair gets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Over the LAN that both stand in.
    Lan,
    /// One end dials the other, or both do.
    Direct,
    /// Through relays, in order from `a` to `b`.
    Relayed(Vec<usize>),
    /// Not at all, by choice.
    Never,
    /// Not at all, because no path exists.
    Impossible,
}

impl Verdict {
    /// The word of the command line's JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Lan => "lan",
            Self::Direct => "direct",
            Self::Relayed(_) => "relayed",
            Self::Never => "none",
            Self::Impossible => "impossible",
        }
    }

    /// The relays of the path from `a` to `b`.
    #[must_use]
    pub fn via(&self) -> &[usize] {
        match self {
            Self::Relayed(via) => via,
            _ => &[],
        }
    }

    /// Whether packets get through.
    #[must_use]
    pub fn connects(&self) -> bool {
        matches!(self, Self::Lan | Self::Direct | Self::Relayed(_))
    }

    /// Whether the two ends have a session with each other.
    #[must_use]
    pub fn is_link(&self) -> bool {
        matches!(self, Self::Lan | Self::Direct)
    }
}

/// Why a pair has its verdict; [`Mesh::why`] puts it into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Both stand in one LAN.
    SameLan,
    /// Who dials whom.
    Dials {
        /// Where `a` dials `b`.
        a_dials: Option<Endpoint>,
        /// Where `b` dials `a`.
        b_dials: Option<Endpoint>,
    },
    /// Neither end can dial the other.
    NeitherDials(Closed, Closed),
    /// Both stand at one site, but not in one LAN with known addresses.
    NoLanAddress,
    /// The person chose this relay.
    Chosen,
    /// The person switched the pair off.
    SwitchedOff,
    /// An end takes no part in the mesh.
    LeftOut,
}

impl MeshNode {
    /// Its session with another machine, by that machine's place.
    #[must_use]
    pub fn peer(&self, place: usize) -> Option<&Peer> {
        let at = self.peers.binary_search_by_key(&place, |peer| peer.node);
        self.peers.get(at.ok()?)
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
        let (a, b) = (one.min(other), one.max(other));
        let count = self.nodes.len();
        if a == b || b >= count {
            return None;
        }
        // Row `a` of the upper triangle begins after the rows before it.
        let index = a * (2 * count - a - 1) / 2 + (b - a - 1);
        self.pairs.get(index)
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

/// Solves a plan. The result depends on nothing but the plan's content.
#[must_use]
pub fn solve(plan: &Plan) -> Mesh {
    let mut findings = Vec::new();
    let order = check::order(plan);
    let left_out = check::left_out(plan, &order, &mut findings);
    let reach = reach::Reach::new(plan, &order, &left_out);
    claim::contradictions(plan, &order, &reach, &mut findings);
    let shares = share::shares(plan, &order, &left_out, &reach, &mut findings);
    let links = link::links(plan, &order, &left_out, &reach);
    let pairs = path::pairs(
        plan,
        &order,
        &left_out,
        &reach,
        &links,
        &shares,
        &mut findings,
    );
    let mut nodes = peer::nodes(plan, &order, left_out, &links, shares, &pairs);
    settings::complete(plan, &pairs, &mut nodes);
    let mut mesh = Mesh {
        names: Names::new(plan, &nodes),
        nodes,
        pairs,
        findings: Vec::new(),
        families: plan.families().collect(),
        tunnel: plan.tunnel.clone(),
    };
    finding::explain_impossible_pairs(plan, &mesh, &mut findings);
    crate::sorting::sort_by(&mut findings, |one, other| one.order().cmp(&other.order()));
    mesh.findings = findings;
    mesh
}
