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
    },
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
