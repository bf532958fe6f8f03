//! What the passes notice on the way from a plan to a mesh, as data. The
//! findings put it into words.

use crate::plan::{Host, NodeId, Port, Prefix};
use std::net::IpAddr;

use super::Closed;

/// One thing that a pass noticed. Machines are named by their place in
/// [`Mesh::nodes`](super::Mesh::nodes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Two machines are said to be found at one address. The first keeps it,
    /// and the other is planned as if it had none.
    Clash {
        /// The machine that keeps the address.
        owner: usize,
        /// The machine that is planned as if it had none.
        other: usize,
        /// Where both are said to be.
        at: ClashAt,
    },
    /// A machine is said to be dialable and is not.
    NotDialable {
        /// Which machine.
        node: usize,
        /// What is in the way.
        why: Closed,
    },
    /// A LAN cannot be shared and is left out of all files.
    ShareRefused {
        /// The machine that shares it.
        node: usize,
        /// The LAN.
        prefix: Prefix,
        /// What is in the way.
        why: ShareRefusal,
    },
    /// A machine cannot hold the prefix of a shared LAN, because it stands in
    /// another LAN with the same addresses.
    ShareHidden {
        /// The machine that shares it.
        owner: usize,
        /// The LAN.
        prefix: Prefix,
        /// The machine that cannot reach it.
        node: usize,
    },
    /// A relay that was chosen for a pair cannot be used.
    RefusedPin {
        /// The end with the smaller place.
        a: usize,
        /// The other end.
        b: usize,
        /// The chosen relay, which may be gone.
        relay: NodeId,
        /// What is in the way.
        why: PinRefusal,
    },
    /// A pair was to be direct and cannot be.
    RefusedDirect {
        /// The end with the smaller place.
        a: usize,
        /// The other end.
        b: usize,
        /// What is in the way.
        why: DirectRefusal,
    },
    /// A machine cannot talk through the hub that it names.
    RefusedHub {
        /// The machine.
        node: usize,
        /// Its hub, which may be gone.
        hub: NodeId,
        /// What is in the way.
        why: HubRefusal,
    },
    /// A machine cannot use the exit that it names.
    RefusedExit {
        /// The machine.
        node: usize,
        /// The exit, which may be gone.
        exit: NodeId,
        /// What is in the way.
        why: ExitRefusal,
    },
    /// Nobody gets the covering prefix, because it holds all addresses there
    /// are, and a default route is an internet exit.
    CoveringIsInternet {
        /// The tunnel prefix.
        prefix: Prefix,
    },
    /// A machine does not get the covering prefix, because it would carry
    /// packets to a machine with which it must not talk.
    CoveringRefused {
        /// The machine.
        node: usize,
        /// The default relay.
        relay: usize,
        /// With which it must not talk.
        other: usize,
    },
}

/// Why a chosen relay cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinRefusal {
    /// There is no such machine.
    Gone,
    /// It is an end of the pair.
    IsEnd,
    /// It does not relay, or takes no part.
    Unwilling,
    /// It stands in a LAN that an end shares, and would deliver past the gateway.
    InLan,
    /// An end talks only through this machine.
    OnlyThrough(usize),
    /// It has no path to one of the ends.
    NoPath,
    /// The path would need this pair, by places, to go another way than it does.
    Conflict(usize, usize),
}

/// Why a pair cannot be direct although a person said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectRefusal {
    /// Neither end knows where to send to.
    NoAddress,
    /// An end talks only through this machine.
    OnlyThrough(usize),
}

/// Why a machine cannot talk through its hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HubRefusal {
    /// There is no such machine. The machine is planned as if it had no hub.
    Gone,
    /// It names itself. It is planned as if it had no hub.
    Itself,
    /// The two cannot have a session. The machine is planned as if it had no hub.
    NoLink,
    /// The hub talks only through a machine of its own.
    IsSpoke(usize),
    /// The hub does not relay, so the machine reaches nobody else.
    CannotRelay,
}

/// Why a machine cannot use an exit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitRefusal {
    /// There is no such machine.
    Gone,
    /// It does not serve as an exit.
    NotAnExit,
    /// It uses an exit itself.
    UsesExit,
    /// The two have no link of their own.
    NotDirect,
    /// Both use this exit, and would reach this machine through it, with which
    /// the first must not talk.
    Carries(usize),
}

/// Where two machines are said to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClashAt {
    /// At this address and port on the internet.
    Internet(Host, Port),
    /// At this address in the LAN of a site.
    Lan(IpAddr),
}

/// Why a LAN cannot be shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareRefusal {
    /// The machine's platform does not forward packets.
    CannotForward,
    /// The tunnel carries no addresses of its family.
    NoTunnelPrefix,
    /// It overlaps a tunnel prefix.
    OverlapsTunnel(Prefix),
    /// It overlaps a LAN that a machine shares.
    OverlapsShare(Prefix, usize),
    /// It holds the public address at which a machine is dialled.
    HoldsEndpoint(usize),
}
