//! A home: a router with NAT towards the internet, and a LAN behind it.

use std::cell::RefCell;
use std::net::Ipv4Addr;
use std::rc::Rc;
use std::sync::Arc;

use ipnet::Ipv4Net;

use crate::lab::namespace::Namespace;
use crate::lab::node::Node;
use crate::lab::segment::{BRIDGE, Segment};

/// How a router translates.
#[derive(Clone, Copy)]
pub(crate) enum RouterKind {
    /// Keeps the source port where it can, and stays silent towards strangers, as most home routers
    /// do.
    KeepsPorts,
}

impl RouterKind {
    /// The nftables statement that translates what leaves the house.
    fn masquerade(self) -> &'static str {
        match self {
            Self::KeepsPorts => "masquerade",
        }
    }
}

/// A router and the LAN behind it.
pub(crate) struct Home {
    name: String,
    router: Arc<Namespace>,
    lan: Segment,
    prefix: Ipv4Net,
    everyone: Rc<RefCell<Vec<Arc<Node>>>>,
}

impl Home {
    /// Sets the router up between the internet and a new LAN.
    ///
    /// The router itself takes the first address of the LAN.
    pub(crate) fn new(
        name: &str,
        internet: &Segment,
        public: Ipv4Addr,
        prefix: Ipv4Net,
        kind: RouterKind,
        everyone: Rc<RefCell<Vec<Arc<Node>>>>,
    ) -> Self {
        let router = Arc::new(Namespace::new(&format!("{name} router")));
        internet.plug(&router, "wan");
        let lan = Segment::new(Arc::clone(&router));
        let gateway = gateway(prefix);
        let length = prefix.prefix_len();
        // `arp_ignore` keeps the router from answering on the outside for its address in the LAN.
        router.script(&format!(
            "sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.wan.arp_ignore=1
            ip addr add {public}/32 dev wan
            ip link set wan up
            ip route add default dev wan
            ip addr add {gateway}/{length} dev {BRIDGE}"
        ));
        // The input chain matters: a router that answers strangers creates state that renumbers the
        // outgoing flow.
        router.write(
            "/run/router.nft",
            format!(
                "table inet router {{
    chain input {{
        type filter hook input priority filter; policy accept;
        iifname \"wan\" meta l4proto udp ct state new drop
    }}
    chain forward {{
        type filter hook forward priority filter; policy drop;
        ct state established,related accept
        ct status dnat accept
        iifname \"{BRIDGE}\" accept
    }}
    chain inward {{
        type nat hook prerouting priority dstnat; policy accept;
    }}
    chain outward {{
        type nat hook postrouting priority srcnat; policy accept;
        oifname \"wan\" {}
    }}
}}
",
                kind.masquerade()
            )
            .as_bytes(),
        );
        router.script("nft -f /run/router.nft");
        Self {
            name: name.to_owned(),
            router,
            lan,
            prefix,
            everyone,
        }
    }

    /// Adds a machine to the LAN, with the router as its way out.
    pub(crate) fn host(&self, name: &str, address: &str) -> Arc<Node> {
        let address: Ipv4Addr = address.parse().expect("a LAN address is an IPv4 address");
        assert!(
            self.prefix.contains(&address),
            "{address} is not in the LAN {}",
            self.prefix
        );
        let namespace = Namespace::new(name);
        self.lan.plug(&namespace, "eth0");
        namespace.script(&format!(
            "ip addr add {address}/{} dev eth0
            ip link set eth0 up
            ip route add default via {}",
            self.prefix.prefix_len(),
            gateway(self.prefix)
        ));
        let node = Arc::new(Node::new(namespace, Some(self.name.clone())));
        self.everyone.borrow_mut().push(Arc::clone(&node));
        node
    }

    /// A static route on the router, as one clicks it together on a home router's page.
    pub(crate) fn route(&self, destination: &str, via: &str) {
        self.router
            .script(&format!("ip route add {destination} via {via}"));
    }
}

/// The address that the router takes in its LAN.
fn gateway(prefix: Ipv4Net) -> Ipv4Addr {
    prefix
        .hosts()
        .next()
        .expect("a LAN has room for its router")
}
