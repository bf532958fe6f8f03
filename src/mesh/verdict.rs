//! How a pair gets through, and why.

use super::{Closed, Link};

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
    /// Both ends open the path at once, because neither lets the other in unasked.
    Open,
    /// Through relays, in order from `a` to `b`.
    Relayed(Relays),
    /// Not at all, by choice.
    Never,
    /// Not at all, because no path exists.
    Impossible,
}

/// The relays of a path in order, without an allocation for the usual one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relays {
    /// A single relay.
    One([usize; 1]),
    /// Two or more.
    Many(Box<[usize]>),
}

impl Relays {
    /// A path through one relay.
    #[must_use]
    pub fn one(relay: usize) -> Self {
        Self::One([relay])
    }
}

impl std::ops::Deref for Relays {
    type Target = [usize];

    fn deref(&self) -> &[usize] {
        match self {
            Self::One(relay) => relay,
            Self::Many(relays) => relays,
        }
    }
}

impl From<Vec<usize>> for Relays {
    fn from(relays: Vec<usize>) -> Self {
        match relays.as_slice() {
            [relay] => Self::one(*relay),
            _ => Self::Many(relays.into()),
        }
    }
}

impl Verdict {
    /// The word of the command line's JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Lan => "lan",
            Self::Direct => "direct",
            Self::Open => "open",
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
        self.is_link() || matches!(self, Self::Relayed(_))
    }

    /// Whether the two ends have a session with each other.
    #[must_use]
    pub fn is_link(&self) -> bool {
        matches!(self, Self::Lan | Self::Direct | Self::Open)
    }
}

/// Why a pair has its verdict; [`Mesh::why`] puts it into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The two have a link of their own.
    Linked(Link),
    /// Neither end can dial the other.
    NeitherDials(Closed, Closed),
    /// Both stand at one site, but not in one LAN with known addresses.
    NoLanAddress,
    /// The person chose this relay.
    Chosen,
    /// The person switched the pair off.
    SwitchedOff,
    /// The groups of the two do not talk to each other.
    Groups,
    /// One end talks only through its hub.
    OnlyThrough {
        /// That end.
        spoke: usize,
        /// Its hub.
        hub: usize,
    },
    /// An end takes no part in the mesh.
    LeftOut,
}
