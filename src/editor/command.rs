//! Everything that a person can do to a plan.

use std::fmt;
use std::net::IpAddr;
use std::rc::Rc;

use crate::mesh::{Fix, Subject};
use crate::plan::{
    Family, Form, Label, NodeId, NodeName, PairChoice, PairKey, Place, Plan, Platform, Point, Port,
    Prefix, PublicAddress, PublicKey, Relaying, Router, SharedLan, SiteId,
};

use super::add::NewNode;

/// One thing that a person does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Select something, or nothing with [`Subject::Plan`].
    Select(Subject),
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
    /// Change one fact of a machine.
    EditNode(NodeId, NodeField),
    /// Change one fact of a site.
    EditSite(SiteId, SiteField),
    /// Rename the plan.
    RenamePlan(Label),
    /// Set or take away the tunnel prefix of one family. Machines get addresses
    /// from a new one; those that still fit stay.
    SetTunnel(Family, Option<Prefix>),
    /// Set the port that machines listen on unless they say otherwise.
    SetListenPort(Port),
    /// Switch preshared keys on or off.
    SetPresharedKeys(bool),
    /// Override the planner for a pair, or stop overriding it.
    SetPair(PairKey, Option<PairChoice>),
    /// Delete what is named, with everything that depends on it. Machines of a
    /// deleted site go with it.
    Remove(Subject),
    /// Apply the fix of a finding.
    ApplyFix(Fix),
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
