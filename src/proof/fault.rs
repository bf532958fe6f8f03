//! What stops a packet, and the line that is to blame.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::conf::{self, At};
use crate::plan::Family;

use super::dial::DialFault;
use super::target::Destination;

/// Which file of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The tunnel config.
    Config,
    /// The kernel settings.
    Sysctl,
}

/// A line of a machine's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// In which file.
    pub which: Which,
    /// Where in it.
    pub at: At,
}

/// What stops a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The machine whose files are to blame.
    pub machine: usize,
    /// The line, if there is one.
    pub line: Option<Line>,
    /// What is wrong.
    pub cause: Cause,
}

/// Why a packet does not get through. Machines are named by their places; "here"
/// is the machine whose files are to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// There is no config for the machine.
    NoFile,
    /// The reader of the config refuses it.
    Refused(conf::Fault),
    /// `wg-quick` gives up, because a LAN has the route already.
    Clash(IpNet),
    /// The machine has no tunnel address of a family that the other has.
    NoCommonFamily(usize),
    /// The kernel sends the packet to the default gateway.
    RouteOut(Destination),
    /// The kernel sends the packet into a LAN.
    RouteLan(Destination, IpNet),
    /// The kernel sends the packet to a neighbour in the LAN.
    RouteBeside(Destination),
    /// The tunnel and a LAN claim the same route.
    RouteClash(Destination, IpNet),
    /// A relay that stands in a shared LAN delivers past its gateway.
    PastGateway(IpNet),
    /// No peer has the address among its allowed IPs.
    NoPeer(Destination),
    /// Parts of a LAN go to different peers.
    Split(IpNet),
    /// The packet goes to a peer whose key no machine has.
    NoSuchKey,
    /// The peer does not know the sender.
    Stranger(usize),
    /// The preshared keys of the two differ.
    Preshared(usize),
    /// Neither finds a way to the other: from here, and back.
    NoWay(usize, Way, Way),
    /// The peer refuses the source, since it belongs to another peer, or to none.
    Source {
        /// The source of the packet.
        source: IpAddr,
        /// Whom it came from.
        from: usize,
        /// Whose it is by the allowed IPs here.
        owner: Option<usize>,
    },
    /// The machine does not forward packets of a family.
    NotForwarding(Family),
    /// A hook drops what is forwarded.
    Dropped,
    /// The packet came back to a machine that it had passed.
    Circle,
    /// The gateway does not reach the LAN itself.
    NotAtLan(Destination),
    /// Hosts of the LAN do not know the way back.
    NoAnswer(Destination),
    /// The machine has fallen silent and must not: it keeps no way open to this one.
    Asleep(usize),
}

/// What becomes of packets to an Endpoint, where that is not enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// They do not arrive.
    Fails(DialFault),
    /// They are let in only as answers.
    OnlyAnswers,
    /// Nobody can know whether they are let in.
    Unsure,
}
