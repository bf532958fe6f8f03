//! The measurement: does a ping get from one machine to another, and over which others?

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::lab::clock::Clock;
use crate::lab::matrix::{Cell, Matrix, Outcome};
use crate::lab::node::Node;

/// More hops than any plan has.
const MOST_HOPS: &str = "8";

/// How often the hops are asked for before one that does not answer is accepted.
const TRACE_TRIES: usize = 3;

/// The identifier of the next pair's echo requests.
///
/// Whatever carries a pair's identifier counts as its own, so none is used twice in a lab: a machine
/// that sleeps gets the last request of an earlier measurement when it awakes, and answers it. Those
/// of `traceroute` carry the number of its process, which is much lower on a machine that has just
/// begun.
static NEXT_IDENTIFIER: AtomicUsize = AtomicUsize::new(0);

/// The identifiers that pairs have, in turn.
const IDENTIFIERS: RangeInclusive<u16> = 30_000..=u16::MAX;

/// Remembers the identifiers of all echo requests that arrive, so that a request without an answer
/// can be told from one that never came. The priority places it behind every other firewall rule,
/// and a second measurement starts with an empty table.
const WATCH: &str = r"
table inet lab
delete table inet lab
table inet lab {
    set four {
        typeof icmp id
        flags dynamic
        size 65535
    }
    set six {
        typeof icmpv6 id
        flags dynamic
        size 65535
    }
    chain arrivals {
        type filter hook input priority 300; policy accept;
        icmp type echo-request update @four { icmp id }
        icmpv6 type echo-request update @six { icmpv6 id }
    }
}
";

/// A machine under one of its addresses.
#[derive(Clone)]
pub(crate) struct Point {
    node: Arc<Node>,
    address: IpAddr,
}

impl Point {
    /// The machine, reached under the address.
    pub(crate) fn new(node: Arc<Node>, address: IpAddr) -> Self {
        Self { node, address }
    }

    /// The name of the machine.
    pub(crate) fn name(&self) -> &str {
        self.node.name()
    }

    /// The address that it is reached under.
    pub(crate) fn address(&self) -> IpAddr {
        self.address
    }
}

/// One ordered pair, with the identifier that its echo requests carry.
struct Pair<'a> {
    from: &'a Point,
    to: &'a Point,
    identifier: u16,
}

impl Pair<'_> {
    fn name(&self) -> String {
        format!("{}>{}", self.from.node.name(), self.to.node.name())
    }
}

/// An identifier that no other pair of the same lab has.
fn identifier() -> u16 {
    let turn = NEXT_IDENTIFIER.fetch_add(1, Ordering::Relaxed) % IDENTIFIERS.len();
    IDENTIFIERS.clone().nth(turn).expect("the range is so long")
}

/// Measures the ordered pairs of the points that are wanted; `everyone` gives hops their names.
pub(crate) fn measure(
    points: &[Point],
    everyone: &[Arc<Node>],
    wanted: impl Fn(&str, &str) -> bool,
) -> Matrix {
    for point in points {
        point
            .node
            .namespace()
            .write("/run/lab/watch.nft", WATCH.as_bytes());
        point.node.namespace().script("nft -f /run/lab/watch.nft");
    }
    let addresses: Vec<(&Node, Vec<IpAddr>)> = everyone
        .iter()
        .map(|node| (node.as_ref(), node.addresses()))
        .collect();
    let pairs: Vec<Pair> = points
        .iter()
        .flat_map(|from| points.iter().map(move |to| (from, to)))
        .filter(|(from, to)| from.node.name() != to.node.name())
        .filter(|(from, to)| wanted(from.node.name(), to.node.name()))
        .map(|(from, to)| Pair {
            from,
            to,
            identifier: identifier(),
        })
        .collect();

    let clock = Clock::new(points, everyone);
    // All at the same time, since they mostly wait, and every pair is owed the whole time.
    let mut cells: BTreeMap<String, Cell> = thread::scope(|scope| {
        let probes: Vec<_> = pairs
            .iter()
            .map(|pair| scope.spawn(|| (pair.name(), probe(pair, &clock, &addresses))))
            .collect();
        probes
            .into_iter()
            .map(|probe| probe.join().expect("a probe ends"))
            .collect()
    });

    // Arrivals are read once at the end, because one listing per machine serves all pairs.
    for point in points {
        let seen = point.node.namespace().script("nft list table inet lab");
        for pair in pairs
            .iter()
            .filter(|pair| pair.to.node.name() == point.node.name())
        {
            let cell = cells
                .get_mut(&pair.name())
                .expect("every pair was measured");
            if cell.outcome == Outcome::Nothing && mentions(&seen, pair.identifier) {
                cell.outcome = Outcome::OneWay;
            }
        }
    }
    let nodes = everyone.iter().map(Arc::clone).collect();
    Matrix::new(
        points
            .iter()
            .map(|point| point.node.name().to_owned())
            .collect(),
        cells,
        nodes,
    )
}

/// Measures one pair, with retries until the clock gives up.
fn probe(pair: &Pair, clock: &Clock, addresses: &[(&Node, Vec<IpAddr>)]) -> Cell {
    let answer = loop {
        // Asked before the ping, so that the last one has its whole time, and before the turn, so that
        // the answer may take a while.
        let last = clock.is_over();
        clock.wait_for_turn(pair.from.name());
        match ping(pair) {
            Ok(said) => break said,
            Err(detail) if last => {
                return Cell {
                    outcome: Outcome::Nothing,
                    detail,
                };
            }
            Err(_) => {}
        }
    };
    let (hops, hop_lines) = trace(pair);
    let detail = answer + &hop_lines;
    let via: Vec<String> = hops
        .iter()
        .filter_map(|hop| match hop {
            Some(address) => node_at(*address, &pair.from.node, addresses).map(str::to_owned),
            None => Some("?".to_owned()),
        })
        .collect();
    let outcome = if via.is_empty() {
        Outcome::Direct
    } else {
        Outcome::Via(via)
    };
    Cell { outcome, detail }
}

/// One echo request with one second for its answer; either way what `ping` said.
fn ping(pair: &Pair) -> Result<String, String> {
    let identifier = pair.identifier.to_string();
    let mut command = pair.from.node.namespace().command("ping");
    command.args([
        "-n",
        "-c",
        "1",
        "-W",
        "1",
        "-e",
        &identifier,
        &pair.to.address.to_string(),
    ]);
    let (success, said) = finish(command);
    if success { Ok(said) } else { Err(said) }
}

/// The machines on the way, without the last; one that did not answer is nothing.
fn trace(pair: &Pair) -> (Vec<Option<IpAddr>>, String) {
    let mut tries = 0;
    loop {
        tries += 1;
        let mut command = pair.from.node.namespace().command("traceroute");
        command.args([
            "-n",
            "-I",
            "-q",
            "1",
            "-w",
            "1",
            "-m",
            MOST_HOPS,
            &pair.to.address.to_string(),
        ]);
        let (_, said) = finish(command);
        let mut hops: Vec<Option<IpAddr>> = said
            .lines()
            .skip(1)
            .map(|line| {
                line.split_whitespace()
                    .nth(1)
                    .and_then(|word| word.parse().ok())
            })
            .collect();
        let arrived = hops.pop().flatten() == Some(pair.to.address);
        if (arrived && hops.iter().all(Option::is_some)) || tries == TRACE_TRIES {
            return (hops, said);
        }
    }
}

/// The mesh machine that has the address, seen from another one.
///
/// The same LAN address may exist in several homes, and then the one in the asker's own home is
/// meant. Home routers are no machines of the plan, so their hops have no name and do not count.
fn node_at<'a>(
    address: IpAddr,
    from: &Node,
    addresses: &[(&'a Node, Vec<IpAddr>)],
) -> Option<&'a str> {
    let holders = || {
        addresses
            .iter()
            .filter(|(_, own)| own.contains(&address))
            .map(|(node, _)| *node)
    };
    let neighbour = holders().find(|node| node.home().is_some() && node.home() == from.home());
    neighbour.or_else(|| holders().next()).map(Node::name)
}

/// Whether a set in the listing has the identifier as an element.
fn mentions(listing: &str, identifier: u16) -> bool {
    let identifier = identifier.to_string();
    listing
        .split("elements = {")
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .any(|elements| {
            elements
                .split([',', ' ', '\n', '\t'])
                .any(|word| word == identifier)
        })
}

/// Runs a command to its end; whether it succeeded, and all that it said.
fn finish(mut command: Command) -> (bool, String) {
    match command.output() {
        Ok(output) => {
            let said = [output.stdout, output.stderr].concat();
            (
                output.status.success(),
                String::from_utf8_lossy(&said).into_owned(),
            )
        }
        Err(error) => (false, format!("the command does not start: {error}")),
    }
}
