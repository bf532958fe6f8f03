//! A stretch of Ethernet: the lab's internet, or a LAN inside a home.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::lab::namespace::{Namespace, connect};

/// A bridge inside a machine, into which others are plugged.
pub(crate) struct Segment {
    machine: Arc<Namespace>,
    bridge: String,
    ports: AtomicUsize,
}

impl Segment {
    /// Builds the bridge on the machine, for which it is also an interface of that name.
    pub(crate) fn new(machine: Arc<Namespace>, bridge: &str) -> Self {
        machine.script(&format!(
            "ip link add {bridge} type bridge; ip link set {bridge} up"
        ));
        Self {
            machine,
            bridge: bridge.to_owned(),
            ports: AtomicUsize::new(0),
        }
    }

    /// The bridge's name, which is also the machine's interface into this stretch.
    pub(crate) fn bridge(&self) -> &str {
        &self.bridge
    }

    /// Plugs a machine in; its end of the cable gets the name given and is still down.
    pub(crate) fn plug(&self, machine: &Namespace, interface: &str) {
        let bridge = &self.bridge;
        let port = format!("{bridge}-{}", self.ports.fetch_add(1, Ordering::Relaxed));
        connect(&self.machine, &port, machine, interface);
        self.machine
            .script(&format!("ip link set {port} master {bridge} up"));
    }
}
