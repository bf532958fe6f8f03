//! When machines may ping, and for how long they try.
//!
//! Two ends that begin a handshake within the same millisecond undo each other: each answers, and
//! each drops the answer to its own beginning. Real machines meet like that by chance, and try again
//! after 5 s and up to a third of a second of jitter. A measurement must not bring them together
//! once more. A ping without a session begins a handshake at once, so pings of different machines
//! never leave at the same moment, and nobody gives up while both ends are still trying.
//!
//! There is a rarer way to meet. Where the other's beginning and its answer arrive together,
//! wireguard-go works on both at once and may forget the number of the session that it agrees to
//! (the kernel looks again and does not). It then hears nothing until it begins anew, 15 s after its
//! first packet without an answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::lab::node::Node;
use crate::lab::probe::Point;

/// How long a pair may take to work. Handshakes are retried every 5 s, so a first one that came too
/// early is followed by another within this time.
const SETTLE: Duration = Duration::from_secs(8);

/// How long a pair may take while a session is unsettled: five more retries.
const AT_MOST: Duration = Duration::from_secs(34);

/// What a pair still gets once the last session stands.
const GRACE: Duration = Duration::from_secs(3);

/// One machine tries each of its pairs once in this time, which is more than a ping takes.
const PERIOD: Duration = Duration::from_millis(1250);

/// How often the machines are asked about their sessions.
const LOOK: Duration = Duration::from_secs(1);

/// How old a session is at most, in seconds, while an end that hears nothing still waits.
const YOUNG: u64 = 25;

/// What one end has sent and the other not heard, in bytes, if that is more than handshakes that
/// came before the other was there. It is three pings.
const UNHEARD: u64 = 3 * 128;

/// The time of one measurement.
pub(crate) struct Clock<'a> {
    begin: Instant,
    /// The moment within each period at which a machine pings.
    turns: BTreeMap<&'a str, Duration>,
    everyone: &'a [Arc<Node>],
    patience: Mutex<Patience>,
}

/// When to give up, as far as is known.
struct Patience {
    deadline: Instant,
    looked: Option<Instant>,
}

impl<'a> Clock<'a> {
    /// Begins the measurement, with a turn of its own for each machine.
    pub(crate) fn new(points: &'a [Point], everyone: &'a [Arc<Node>]) -> Self {
        let names: BTreeSet<&str> = points.iter().map(Point::name).collect();
        let count = u32::try_from(names.len()).expect("a lab is small");
        let begin = Instant::now();
        Self {
            begin,
            turns: names
                .into_iter()
                .zip(0..)
                .map(|(name, place)| (name, PERIOD * place / count))
                .collect(),
            everyone,
            patience: Mutex::new(Patience {
                deadline: begin + SETTLE,
                looked: None,
            }),
        }
    }

    /// Sleeps until the machine's next turn.
    pub(crate) fn wait_for_turn(&self, machine: &str) {
        let turn = self.turns.get(machine).copied().unwrap_or_default();
        let now = self.begin.elapsed();
        let mut next = turn;
        while next < now {
            next += PERIOD;
        }
        thread::sleep(next.saturating_sub(now));
    }

    /// Whether a ping that is not answered now will be the last of its pair.
    ///
    /// It is not while the two ends of some session have heard each other and are not in step: the way
    /// between them is open, so a later try settles it, and what goes over that session works then.
    pub(crate) fn is_over(&self) -> bool {
        let now = Instant::now();
        let mut patience = self.patience.lock().expect("no look panics");
        if now < patience.deadline {
            return false;
        }
        if now >= self.begin + AT_MOST {
            return true;
        }
        if patience.looked.is_none_or(|looked| now >= looked + LOOK) {
            patience.looked = Some(now);
            if is_unsettled(self.everyone) {
                patience.deadline = now + GRACE;
            }
        }
        Instant::now() >= patience.deadline
    }
}

/// One end of a session, as `wg` reports it.
struct End {
    own: String,
    other: String,
    /// When both agreed, in seconds since 1970; zero if they never did.
    agreed: u64,
    received: u64,
    sent: u64,
}

/// Whether two machines have heard each other and yet do not understand each other.
fn is_unsettled(everyone: &[Arc<Node>]) -> bool {
    let ends: Vec<End> = everyone.iter().flat_map(|node| ends_of(node)).collect();
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("the clock is right")
        .as_secs();
    ends.iter().any(|end| {
        ends.iter()
            .filter(|back| back.own == end.other && back.other == end.own)
            .any(|back| {
                let negotiating = [end, back]
                    .iter()
                    .all(|end| end.received > 0 && end.agreed == 0);
                let young = [end, back]
                    .iter()
                    .all(|end| end.agreed > 0 && now < end.agreed + YOUNG);
                negotiating || (young && end.sent > back.received + UNHEARD)
            })
    })
}

/// The sessions of one machine, of which a machine without WireGuard has none.
fn ends_of(node: &Node) -> Vec<End> {
    let dump = node
        .namespace()
        .try_script("wg show all dump")
        .unwrap_or_default();
    let mut own = "";
    let mut ends = Vec::new();
    for row in dump.lines() {
        let row: Vec<&str> = row.split('\t').collect();
        match row.as_slice() {
            [_, _, public, _, _] => own = public,
            [_, other, _, _, _, agreed, received, sent, _] => {
                let number = |text: &str| text.parse().expect("wg prints numbers");
                ends.push(End {
                    own: own.to_owned(),
                    other: (*other).to_owned(),
                    agreed: number(agreed),
                    received: number(received),
                    sent: number(sent),
                });
            }
            _ => {}
        }
    }
    ends
}
