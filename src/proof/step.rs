//! A packet's way, step by step, with the lines that it follows.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::plan::Family;

use super::fault::{Fault, Line};
use super::target::Destination;

/// One step of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The machine that takes it.
    pub machine: usize,
    /// The line that it follows, if a file has one.
    pub line: Option<Line>,
    /// What happens.
    pub kind: StepKind,
}

/// What happens to a packet. Machines are named by their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// The kernel sends it into the tunnel.
    Route(Destination),
    /// The allowed IPs give it to a peer.
    Peer(usize, IpNet),
    /// The peer is dialled at its Endpoint.
    Dials(usize, String),
    /// The peer keeps the way open.
    Kept(usize),
    /// The peer has to speak first.
    Wakes(usize),
    /// The receiver takes it, since the source belongs to the sender.
    Accepts(IpAddr, usize),
    /// The machine forwards it.
    Forwards(Family),
    /// It has arrived.
    Delivered(Destination),
    /// The gateway gives it its own address on the way out.
    Translates(Destination),
    /// Hosts of the LAN answer by way of their router, as the plan says.
    Answers(Destination),
    /// The answer comes back over the same machines.
    Returns(usize),
    /// It stops here.
    Stops(Fault),
}

/// Collects steps where they are asked for.
pub(super) struct Trace<'a> {
    pub(super) steps: Option<&'a mut Vec<Step>>,
}

impl Trace<'_> {
    pub(super) fn none() -> Self {
        Self { steps: None }
    }

    /// Notes a step that is worked out only if somebody looks.
    pub(super) fn note(&mut self, step: impl FnOnce() -> Step) {
        if let Some(steps) = &mut self.steps {
            steps.push(step());
        }
    }
}
