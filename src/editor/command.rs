//! Everything that a person can do to a plan.

use std::fmt;
use std::net::IpAddr;
use std::rc::Rc;

use crate::mesh::{Fix, Subject};
use crate::plan::{
    Dns, Family, Form, HostFirewall, InterfaceName, Label, Mtu, MtuPolicy, NatKind, NodeId,
    NodeName, PairChoice, PairKey, Place, Plan, Platform, Point, Port, Prefix, PublicAddress,
    PublicKey, Relaying, Router, SharedLan, SiteId, SiteIpv6, Stack, Talk, Uplink,
};

use super::add::NewNode;
use super::align::Arrange;
use super::duplicate::Insertion;
use super::selection::Selection;

/// One thing that a person does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Select something, or nothing with [`Subject::Plan`].
    Select(Subject),
    /// Select several things, or whatever else a selection holds.
    Choose(Selection),
    /// Take the last step back.
    Undo,
    /// Make the step again that was taken back.
    Redo,
    /// Open another plan; its history begins anew.
    Open(Rc<Plan>),
    /// Add a machine. `id` comes from [`super::free_node_id`].
    AddNode {
        /// What kind.
        kind: NewNode,
        /// The identity that it gets, which no key in the keyring bears.
        id: Option<NodeId>,
        /// Top left corner of its card.
        at: Point,
    },
    /// Add a site with this top left corner.
    AddSite(Point),
    /// Move a machine's card; where it lands can change where it stands.
    MoveNode(NodeId, Point),
    /// Move a site's area with all cards in it.
    MoveSite(SiteId, Point),
    /// Move all cards and areas of several sites and machines by this much. The
    /// machines of a site move with it.
    MoveSeveral(Vec<Subject>, Point),
    /// Bring several sites and machines into an order.
    Arrange(Vec<Subject>, Arrange),
    /// Bring sites and machines into order around everything else, or
    /// everything if none is named.
    Tidy(Vec<Subject>),
    /// Put copies of sites and machines into the plan.
    Insert(Insertion),
    /// Change one fact of a machine.
    EditNode(NodeId, NodeField),
    /// Change facts of several machines, as one step.
    EditNodes(Vec<(NodeId, NodeField)>),
    /// Change one fact of a site.
    EditSite(SiteId, SiteField),
    /// Change facts of several sites, as one step.
    EditSites(Vec<(SiteId, SiteField)>),
    /// Rename the plan.
    RenamePlan(Label),
    /// Set the tunnel prefixes of one family, or take them all away. Addresses
    /// that still fit stay, and all other machines get new ones.
    SetTunnel(Family, Vec<Prefix>),
    /// Add an IPv6 tunnel prefix that five random bytes make unique.
    AddRandomTunnel([u8; 5]),
    /// Set the port that machines listen on unless they say otherwise.
    SetListenPort(Port),
    /// Switch preshared keys on or off.
    SetPresharedKeys(bool),
    /// Say who talks to whom.
    SetTalk(Talk),
    /// Let machines hold all tunnel addresses under their default relay, or not.
    SetCovering(bool),
    /// Say whether all tunnel interfaces get one MTU.
    SetMtu(MtuPolicy),
    /// Say how machines are found by name, if they are.
    SetDns(Option<Dns>),
    /// Override the planner for a pair, or stop overriding it.
    SetPair(PairKey, Option<PairChoice>),
    /// The same for several pairs, as one step.
    SetPairs(Vec<PairKey>, Option<PairChoice>),
    /// Delete what is named, with everything that depends on it. Machines of a
    /// deleted site go with it.
    Remove(Subject),
    /// Delete several sites and machines, as one step.
    RemoveSeveral(Vec<Subject>),
    /// Apply the fix of a finding.
    ApplyFix(Fix),
    /// Apply the fixes of several findings, as one step.
    ApplyFixes(Vec<Fix>),
}

impl Command {
    /// Changes one fact of several machines. A machine that is to be a hub or an
    /// exit for the others is none for itself.
    #[must_use]
    pub fn for_all(ids: &[NodeId], field: &NodeField) -> Self {
        let itself = match field {
            NodeField::Hub(other) | NodeField::UsesExit(other) => other.as_ref(),
            _ => None,
        };
        let others = ids.iter().filter(|id| Some(*id) != itself);
        Self::EditNodes(others.map(|id| (id.clone(), field.clone())).collect())
    }
}

/// One fact of a machine with its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeField {
    /// Its name.
    Name(NodeName),
    /// What it looks like.
    Form(Form),
    /// What reads its config.
    Platform(Platform),
    /// Where it stands.
    Place(Place),
    /// Its tunnel address.
    Address(IpAddr),
    /// Its UDP port; `None` for the plan's.
    ListenPort(Option<Port>),
    /// Whether it relays.
    Relay(Relaying),
    /// The LANs that it shares.
    Shares(Vec<SharedLan>),
    /// Whether others must reach it while it is silent.
    ReachableIdle(Option<bool>),
    /// The public key of a machine that keeps its private key to itself.
    PublicKey(Option<PublicKey>),
    /// The families that it dials out with.
    Stack(Stack),
    /// What its own firewall does.
    Firewall(HostFirewall),
    /// Whether it is switched on all the time; `None` for the usual.
    AlwaysOn(Option<bool>),
    /// What connects it to the internet, if it stands at no site.
    Uplink(Option<Uplink>),
    /// The MTU of its tunnel interface; `None` lets the planner decide.
    Mtu(Option<Mtu>),
    /// Whether its clock runs on while it is switched off; `None` for the usual.
    Clock(Option<bool>),
    /// Whether its IPv6 default route comes from router advertisements.
    Slaac(Option<bool>),
    /// What Linux calls the interface that leads to the internet.
    UplinkName(Option<InterfaceName>),
    /// The machine through which alone it talks.
    Hub(Option<NodeId>),
    /// The groups that it belongs to.
    Groups(Vec<Label>),
    /// Whether others may reach the internet through it.
    Exit(bool),
    /// The machine through which it reaches the internet.
    UsesExit(Option<NodeId>),
    /// Shared LANs that it does not want to reach.
    LeavesOut(Vec<Prefix>),
}

impl NodeField {
    /// What the fact is called in the name of a step.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Self::Name(_) => "the name",
            Self::Form(_) => "the icon",
            Self::Platform(_) => "the platform",
            Self::Place(_) => "the place",
            Self::Address(_) => "the address",
            Self::ListenPort(_) => "the listen port",
            Self::Relay(_) => "relaying",
            Self::Shares(_) => "the shared LANs",
            Self::ReachableIdle(_) => "reachability",
            Self::PublicKey(_) => "the public key",
            Self::Stack(_) => "the families",
            Self::Firewall(_) => "the firewall",
            Self::AlwaysOn(_) => "the hours",
            Self::Uplink(_) => "the uplink",
            Self::Mtu(_) => "the MTU",
            Self::Clock(_) => "the clock",
            Self::Slaac(_) => "router advertisements",
            Self::UplinkName(_) => "the interface",
            Self::Hub(_) => "the hub",
            Self::Groups(_) => "the groups",
            Self::Exit(_) => "the exit",
            Self::UsesExit(_) => "the exit in use",
            Self::LeavesOut(_) => "the LANs left out",
        }
    }
}

/// One fact of a site with its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiteField {
    /// Its name.
    Name(Label),
    /// Its LANs.
    Lans(Vec<Prefix>),
    /// What its router does.
    Router(Router),
    /// The router's own address or name on the internet.
    Public(PublicAddress),
    /// What the provider gives: both of these, as one answer.
    Outside(Router, PublicAddress),
    /// What its router does to source ports.
    Nat(NatKind),
    /// What IPv6 there is.
    Ipv6(SiteIpv6),
    /// Whether its LANs route to each other.
    LansRouted(bool),
    /// What connects it to the internet.
    Uplink(Uplink),
}

impl SiteField {
    /// What the fact is called in the name of a step.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Self::Name(_) => "the name",
            Self::Lans(_) => "the LANs",
            Self::Router(_) => "the router",
            Self::Public(_) => "the public address",
            Self::Outside(..) => "what the provider gives",
            Self::Nat(_) => "the outgoing ports",
            Self::Ipv6(_) => "IPv6",
            Self::LansRouted(_) => "the routes between LANs",
            Self::Uplink(_) => "the connection",
        }
    }
}

/// Why a command cannot be carried out, as a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem(pub String);

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Problem {}
