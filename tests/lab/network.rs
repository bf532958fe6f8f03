//! The whole lab: an internet with hosts on it and homes around it.

use std::cell::RefCell;
use std::net::Ipv4Addr;
use std::rc::Rc;
use std::sync::Arc;

use ipnet::Ipv4Net;

use crate::lab::matrix::Matrix;
use crate::lab::namespace::Namespace;
use crate::lab::needs;
use crate::lab::node::Node;
use crate::lab::probe::{self, Point};
use crate::lab::router::{Home, RouterKind, Uplink};
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
            internet: Segment::new(Arc::new(Namespace::new("internet")), "internet"),
            everyone: Rc::default(),
        }
    }

    /// A machine with a public address and nothing in front of it. Its uplink is called `eth0`.
    pub(crate) fn internet_host(&self, name: &str, address: Ipv4Addr) -> Arc<Node> {
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

    /// A home: a router with a public address, and the LANs behind it.
    pub(crate) fn home(&self, name: &str, public: Ipv4Addr, lans: &[Ipv4Net]) -> Home {
        let uplink = Uplink::Internet(&self.internet, public);
        self.router(name, &uplink, lans, RouterKind::KeepsPorts)
    }

    /// A provider with a public address, behind which homes and hotspots share a network.
    pub(crate) fn carrier(&self, name: &str, public: Ipv4Addr) -> Home {
        let uplink = Uplink::Internet(&self.internet, public);
        let shared = "100.64.0.0/24".parse().expect("a constant prefix");
        self.router(name, &uplink, &[shared], RouterKind::Scrambles)
    }

    /// A home whose provider translates once more.
    pub(crate) fn home_behind(&self, carrier: &Home, name: &str, lans: &[Ipv4Net]) -> Home {
        self.router(
            name,
            &Uplink::Carrier(carrier),
            lans,
            RouterKind::KeepsPorts,
        )
    }

    fn router(&self, name: &str, uplink: &Uplink, lans: &[Ipv4Net], kind: RouterKind) -> Home {
        Home::new(name, uplink, lans, kind, Rc::clone(&self.everyone))
    }

    /// Measures every ordered pair of the points.
    pub(crate) fn measure(&self, points: &[Point]) -> Matrix {
        self.measure_only(points, |_, _| true)
    }

    /// Measures the ordered pairs that are wanted, named from one machine to the other.
    pub(crate) fn measure_only(
        &self,
        points: &[Point],
        wanted: impl Fn(&str, &str) -> bool,
    ) -> Matrix {
        probe::measure(points, &self.everyone.borrow(), wanted)
    }
}
