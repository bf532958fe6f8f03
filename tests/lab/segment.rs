//! A stretch of Ethernet: the lab's internet, or the LAN inside a home.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::lab::namespace::{Namespace, connect};

/// The name of the bridge, which on a router is also the interface towards its LAN.
pub(crate) const BRIDGE: &str = "lan";

/// A bridge inside a machine, into which others are plugged.
pub(crate) struct Segment {
    machine: Arc<Namespace>,
    ports: AtomicUsize,
}

impl Segment {
    /// Builds the bridge on the machine.
    pub(crate) fn new(machine: Arc<Namespace>) -> Self {
        machine.script(&format!(
            "ip link add {BRIDGE} type bridge; ip link set {BRIDGE} up"
        ));
        Self {
            machine,
            ports: AtomicUsize::new(0),
        }
    }

    /// Plugs a machine in; its end of the cable gets the name given and is still down.
    pub(crate) fn plug(&self, machine: &Namespace, interface: &str) {
        let port = format!("port{}", self.ports.fetch_add(1, Ordering::Relaxed));
        connect(&self.machine, &port, machine, interface);
        self.machine
            .script(&format!("ip link set {port} master {BRIDGE} up"));
    }
}
