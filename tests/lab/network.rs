//! The whole lab: an internet with hosts on it and homes around it.

use std::cell::RefCell;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::rc::Rc;
use std::sync::Arc;

use ipnet::Ipv4Net;

use crate::lab::matrix::Matrix;
use crate::lab::namespace::Namespace;
use crate::lab::needs;
use crate::lab::node::Node;
use crate::lab::probe::{self, Point};
use crate::lab::router::{Home, Prefixes, RouterKind, Uplink};
use crate::lab::segment::Segment;
use crate::lab::slot::Slot;

/// A small internet of its own. Everything in it disappears with the value and its homes.
pub(crate) struct Lab {
    /// Given back last, when all machines are gone.
    _slot: Slot,
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
        let slot = Slot::take();
        Self {
            _slot: slot,
            internet: Segment::new(Arc::new(Namespace::new("internet")), "internet"),
            everyone: Rc::default(),
        }
    }

    /// A machine with public addresses and nothing in front of it. Its uplink is called `eth0`.
    pub(crate) fn internet_host(
        &self,
        name: &str,
        ipv4: Option<Ipv4Addr>,
        ipv6: Option<Ipv6Addr>,
    ) -> Arc<Node> {
        let namespace = Namespace::new(name);
        self.internet.plug(&namespace, "eth0");
        namespace.script("ip link set eth0 up");
        // A /32 and a default route without a gateway put every public address on link.
        if let Some(address) = ipv4 {
            namespace.script(&format!(
                "ip addr add {address}/32 dev eth0; ip route add default dev eth0"
            ));
        }
        if let Some(address) = ipv6 {
            namespace.script(&format!(
                "ip -6 addr add {address}/128 dev eth0 nodad; ip -6 route add default dev eth0"
            ));
        }
        let node = Arc::new(Node::new(namespace, None));
        self.everyone.borrow_mut().push(Arc::clone(&node));
        node
    }

    /// The internet itself, for routers with IPv6.
    pub(crate) fn internet(&self) -> &Segment {
        &self.internet
    }

    /// A home: a router with a public address, and the LANs behind it.
    pub(crate) fn home(&self, name: &str, public: Ipv4Addr, lans: &[Ipv4Net]) -> Home {
        let lans: Vec<Prefixes> = lans.iter().map(|lan| Prefixes::from(*lan)).collect();
        self.home_with(name, public, &lans, RouterKind::KeepsPorts)
    }

    /// A home whose router translates in one way or the other.
    pub(crate) fn home_with(
        &self,
        name: &str,
        public: Ipv4Addr,
        lans: &[Prefixes],
        kind: RouterKind,
    ) -> Home {
        let uplink = Uplink::Internet(&self.internet, public);
        self.router(name, &uplink, lans, kind)
    }

    /// A provider with a public address, behind which homes and hotspots share a network.
    pub(crate) fn carrier(&self, name: &str, public: Ipv4Addr) -> Home {
        let uplink = Uplink::Internet(&self.internet, public);
        let shared: Ipv4Net = "100.64.0.0/24".parse().expect("a constant prefix");
        self.router(name, &uplink, &[shared.into()], RouterKind::Scrambles)
    }

    /// A home whose provider translates once more.
    pub(crate) fn home_behind(&self, carrier: &Home, name: &str, lans: &[Prefixes]) -> Home {
        self.router(
            name,
            &Uplink::Carrier(carrier),
            lans,
            RouterKind::KeepsPorts,
        )
    }

    fn router(&self, name: &str, uplink: &Uplink, lans: &[Prefixes], kind: RouterKind) -> Home {
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
