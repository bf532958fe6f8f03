//! What hooks do, as far as it matters for packets.

use ipnet::IpNet;

use crate::plan::Family;

/// When a hook runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Before the interface gets its settings.
    PreUp,
    /// Once the interface is up.
    PostUp,
    /// Before the interface goes down.
    PreDown,
    /// Once the interface is gone.
    PostDown,
}

/// A command that `wg-quick` runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// When it runs.
    pub when: When,
    /// The command as the file gives it, `%i` included.
    pub command: String,
}

/// What a hook that runs on the way up does to packets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Packets of the family are forwarded (`sysctl -w net.ipv4.ip_forward=1`).
    Forwards(Family),
    /// Forwarded packets get this machine's address as their source.
    Translates {
        /// The family.
        family: Family,
        /// Only from these sources; from all if empty.
        from: Vec<IpNet>,
        /// Only to these destinations; to all if empty.
        to: Vec<IpNet>,
        /// Not to these destinations.
        not_to: Vec<IpNet>,
        /// Only out of this interface; `%i` is the tunnel itself.
        out: Option<OutOf>,
    },
    /// Forwarded packets are dropped.
    Drops {
        /// The family; both if none is named.
        family: Option<Family>,
        /// Only from these sources; from all if empty.
        from: Vec<IpNet>,
        /// Only to these destinations; to all if empty.
        to: Vec<IpNet>,
        /// Only if they come in through the tunnel.
        from_tunnel: bool,
        /// Only if they leave through the tunnel.
        into_tunnel: bool,
    },
    /// The private key comes from a file on the machine
    /// (`wg set %i private-key FILE`).
    OwnKey,
    /// A route into the tunnel that the file adds by hand (`ip route add … dev %i`).
    Route(IpNet),
}

/// The interface that a packet rule names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutOf {
    /// The tunnel.
    Tunnel,
    /// Every interface but the tunnel.
    NotTunnel,
    /// This one.
    Named(String),
}
