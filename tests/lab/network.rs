//! The whole lab: an internet with hosts on it and homes around it.

use std::cell::RefCell;
use std::net::Ipv4Addr;
use std::rc::Rc;
use std::sync::Arc;

use crate::lab::matrix::Matrix;
use crate::lab::namespace::Namespace;
use crate::lab::needs;
use crate::lab::node::Node;
use crate::lab::probe::{self, Point};
use crate::lab::router::{Home, RouterKind};
use crate::lab::segment::Segment;

/// A small internet of its own. Everything in it disappears with the value and its homes.
pub(crate) struct Lab {
    internet: Segment,
    everyone: Rc<RefCell<Vec<Arc<Node>>>>,
}

impl Lab {
    /// An empty internet.
    ///
    /// # Panics
    /// With one sentence per missing thing, where the lab cannot run.
    pub(crate) fn new() -> Self {
        needs::check();
        Self {
            internet: Segment::new(Arc::new(Namespace::new("internet"))),
            everyone: Rc::default(),
        }
    }

    /// A machine with a public address and nothing in front of it. Its uplink is called `eth0`.
    pub(crate) fn internet_host(&self, name: &str, address: &str) -> Arc<Node> {
        let address: Ipv4Addr = address
            .parse()
            .expect("a public address is an IPv4 address");
        let namespace = Namespace::new(name);
        self.internet.plug(&namespace, "eth0");
        // A /32 and a default route without a gateway put every public address on link.
        namespace.script(&format!(
            "ip addr add {address}/32 dev eth0
            ip link set eth0 up
            ip route add default dev eth0"
        ));
        let node = Arc::new(Node::new(namespace, None));
        self.everyone.borrow_mut().push(Arc::clone(&node));
        node
    }

    /// A home: a router with a public address, and the LAN behind it.
    pub(crate) fn home(&self, name: &str, public: &str, lan: &str, kind: RouterKind) -> Home {
        let public = public.parse().expect("a public address is an IPv4 address");
        let lan = lan.parse().expect("a LAN is an IPv4 prefix");
        Home::new(
            name,
            &self.internet,
            public,
            lan,
            kind,
            Rc::clone(&self.everyone),
        )
    }

    /// Measures every ordered pair of the points.
    pub(crate) fn measure(&self, points: &[Point]) -> Matrix {
        probe::measure(points, &self.everyone.borrow())
    }
}
