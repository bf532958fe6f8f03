//! Whether packets of a tunnel get through from one machine to its peer.

use crate::conf::Peer;

use super::dial::{has, meets};
use super::directory::How;
use super::world::World;

/// A keepalive above this leaves gaps in which routers forget: Linux keeps a
/// UDP flow that was answered for 120 seconds (`nf_conntrack_udp_timeout_stream`).
const LONGEST_KEEPALIVE: u16 = 120;

/// Whether a packet that one machine sends gets through to its peer, although
/// nothing was sent for long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Session {
    /// Nobody looked yet.
    Unknown,
    /// The sender wakes the peer, whose way is open for it.
    Dials,
    /// The peer keeps the way open.
    Kept,
    /// Only once the peer has spoken.
    Asleep,
    /// No machine has the key of this block.
    NoSuchKey,
    /// The peer takes no part.
    Down,
    /// The peer has no block for the sender, and so refuses its handshake.
    Stranger,
    /// The preshared keys differ.
    Preshared,
    /// Neither finds a way to the other.
    NoWay,
}

impl World<'_> {
    /// How packets of a machine fare that it sends to the peer of a block.
    pub(super) fn session(&self, machine: usize, block: usize) -> Session {
        let Some(here) = self.machines.get(machine) else {
            return Session::NoWay;
        };
        let Some(own) = here.blocks.get(block) else {
            return Session::NoWay;
        };
        let Some(other) = own.machine else {
            return Session::NoSuchKey;
        };
        let Some(there) = self.machines.get(other).filter(|there| there.is_up()) else {
            return Session::Down;
        };
        let Some((back, theirs)) = own
            .back
            .and_then(|back| Some((there.blocks.get(back)?, there.peer(back)?)))
        else {
            return Session::Stranger;
        };
        let Some(ours) = here.peer(block) else {
            return Session::NoWay;
        };
        if !same_preshared_key(ours, theirs) {
            return Session::Preshared;
        }
        let (forth, back) = (&own.dial, &back.dial);
        let asleep_unless = |kept: bool| if kept { Session::Kept } else { Session::Asleep };
        if has(forth, How::Unasked) {
            Session::Dials
        } else if has(back, How::Unasked) || meets(forth, back, How::Answered) {
            asleep_unless(keeps_open(theirs))
        } else if self.is_believed(machine, other) {
            match (forth, back) {
                // Both open the way at once, so both have to go on knocking.
                (Ok(_), Ok(_)) if meets(forth, back, How::Believed) => {
                    asleep_unless(keeps_open(theirs))
                }
                (Ok(_), _) => Session::Dials,
                (Err(_), Ok(_)) => asleep_unless(keeps_open(theirs)),
                (Err(_), Err(_)) => Session::NoWay,
            }
        } else {
            Session::NoWay
        }
    }
}

/// Whether a block keeps the way open, which takes somewhere to send to.
pub(super) fn keeps_open(peer: &Peer) -> bool {
    let seconds = peer.keepalive.as_ref().map_or(0, |seconds| seconds.value);
    peer.endpoint.is_some() && (1..=LONGEST_KEEPALIVE).contains(&seconds)
}

fn same_preshared_key(one: &Peer, other: &Peer) -> bool {
    match (&one.preshared_key, &other.preshared_key) {
        (None, None) => true,
        (Some(one), Some(other)) => one.value.is_same(&other.value),
        _ => false,
    }
}
