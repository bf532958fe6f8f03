//! A router that translates, with the LANs behind it: a home, a phone's hotspot, or a provider.

use std::cell::RefCell;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::lab::namespace::Namespace;
use crate::lab::node::Node;
use crate::lab::segment::Segment;

/// The router's interface towards its uplink.
const WAN: &str = "wan";

/// The router's interface towards the internet of IPv6, which no provider translates.
const WAN6: &str = "wan6";

/// The router's own IPv6 address in each LAN.
const LINK_LOCAL: &str = "fe80::1";

/// Where the addresses begin that a router hands out.
const FIRST_LEASE: u8 = 100;

/// How a router translates. Each of them stays silent towards strangers.
#[derive(Clone, Copy)]
pub(crate) enum RouterKind {
    /// Keeps the source port where it can, as most home routers do.
    KeepsPorts,
    /// Takes a random port for every destination, as many mobile networks and providers do.
    Scrambles,
}

impl RouterKind {
    /// The nftables statement that translates what leaves the house.
    fn masquerade(self) -> &'static str {
        match self {
            Self::KeepsPorts => "masquerade",
            Self::Scrambles => "masquerade random,fully-random",
        }
    }
}

/// Where a router's outside is plugged in.
pub(crate) enum Uplink<'a> {
    /// Into the internet, with a public address.
    Internet(&'a Segment, Ipv4Addr),
    /// Into the network of a provider that translates once more.
    Carrier(&'a Home),
}

/// One LAN: a wire with one prefix of each family at most.
#[derive(Clone, Copy)]
pub(crate) struct Prefixes {
    /// Every LAN has IPv4.
    pub(crate) ipv4: Ipv4Net,
    /// Many have local IPv6 addresses as well.
    pub(crate) ipv6: Option<Ipv6Net>,
}

impl From<Ipv4Net> for Prefixes {
    fn from(ipv4: Ipv4Net) -> Self {
        Self { ipv4, ipv6: None }
    }
}

impl Prefixes {
    fn contains(self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(address) => self.ipv4.contains(&address),
            IpAddr::V6(address) => self.ipv6.is_some_and(|prefix| prefix.contains(&address)),
        }
    }
}

/// A LAN behind a router.
struct Lan {
    prefixes: Prefixes,
    segment: Segment,
    /// The last part of the next address that the router hands out.
    lease: AtomicU8,
}

/// A router and the LANs behind it.
pub(crate) struct Home {
    name: String,
    router: Arc<Namespace>,
    lans: Vec<Lan>,
    everyone: Rc<RefCell<Vec<Arc<Node>>>>,
}

impl Home {
    /// Sets a router up between its uplink and new LANs, which do not reach each other.
    ///
    /// The router itself takes the first address of each LAN.
    pub(crate) fn new(
        name: &str,
        uplink: &Uplink,
        lans: &[Prefixes],
        kind: RouterKind,
        everyone: Rc<RefCell<Vec<Arc<Node>>>>,
    ) -> Self {
        let router = Arc::new(Namespace::new(&format!("{name} router")));
        match uplink {
            Uplink::Internet(internet, address) => {
                internet.plug(&router, WAN);
                // A /32 and a default route without a gateway put every public address on link.
                router.script(&format!(
                    "ip addr add {address}/32 dev {WAN}
                    ip link set {WAN} up
                    ip route add default dev {WAN}"
                ));
            }
            Uplink::Carrier(carrier) => carrier.attach(&router, WAN, None),
        }
        router.script("sysctl -qw net.ipv4.ip_forward=1");
        router.write("/run/lab/router.nft", rules(kind).as_bytes());
        router.script("nft -f /run/lab/router.nft");
        let lans = lans
            .iter()
            .zip(0..)
            .map(|(prefixes, number)| lan(&router, *prefixes, number))
            .collect();
        Self {
            name: name.to_owned(),
            router,
            lans,
            everyone,
        }
    }

    /// Lets the LANs reach each other.
    pub(crate) fn join_lans(&self) {
        self.router
            .script(r#"nft add rule inet router forward iifname "lan*" oifname "lan*" accept"#);
    }

    /// Connects the home to the internet of IPv6. Nothing new gets in unless all is let in.
    pub(crate) fn connect_ipv6(&self, internet: &Segment, lets_all_in: bool) {
        internet.plug(&self.router, WAN6);
        // Neighbours ask the router for the addresses behind it, as no prefix is delegated here. It
        // answers at once; by default it waits for up to 0.8 s, and what waits for the answer on both
        // sides then arrives in one lump.
        self.router.script(&format!(
            "sysctl -qw net.ipv6.conf.all.forwarding=1 net.ipv6.conf.{WAN6}.accept_dad=0 \
                net.ipv6.conf.{WAN6}.proxy_ndp=1 net.ipv6.neigh.{WAN6}.proxy_delay=0
            ip link set {WAN6} up
            ip -6 route add default dev {WAN6}"
        ));
        for bridge in self.lans.iter().map(|lan| lan.segment.bridge()) {
            self.router.script(&format!(
                "ip -6 addr replace {LINK_LOCAL}/64 dev {bridge} nodad"
            ));
        }
        if lets_all_in {
            self.router.script(&format!(
                "nft add rule inet router forward iifname {WAN6} accept"
            ));
        }
    }

    /// Gives a machine of this home a global IPv6 address, and lets a UDP port in to it.
    pub(crate) fn give_ipv6(
        &self,
        machine: &Node,
        lan_address: Option<IpAddr>,
        address: Ipv6Addr,
        lets_in: Option<u64>,
    ) {
        let bridge = self.lan_of(machine.name(), lan_address).segment.bridge();
        self.router.script(&format!(
            "ip -6 neigh add proxy {address} dev {WAN6}
            ip -6 route add {address}/128 dev {bridge}"
        ));
        machine.namespace().script(&format!(
            "ip -6 addr add {address}/128 dev eth0 nodad
            ip -6 route replace default via {LINK_LOCAL} dev eth0"
        ));
        if let Some(port) = lets_in {
            self.router.script(&format!(
                "nft add rule inet router forward iifname {WAN6} ip6 daddr {address} udp dport {port} accept"
            ));
        }
    }

    /// The LAN that holds an address, or the first.
    fn lan_of(&self, machine: &str, address: Option<IpAddr>) -> &Lan {
        match address {
            Some(address) => self.lans.iter().find(|lan| lan.prefixes.contains(address)),
            None => self.lans.first(),
        }
        .unwrap_or_else(|| panic!("{} has no LAN for {machine}", self.name))
    }

    /// Adds a machine to the LAN that holds its address, or to the first LAN with an address that
    /// the router hands out. Its uplink is called `eth0`.
    pub(crate) fn host(&self, name: &str, address: Option<IpAddr>) -> Arc<Node> {
        let namespace = Namespace::new(name);
        self.attach(&namespace, "eth0", address);
        let node = Arc::new(Node::new(namespace, Some(self.name.clone())));
        self.everyone.borrow_mut().push(Arc::clone(&node));
        node
    }

    /// Plugs a machine into a LAN, with the router as its way out.
    fn attach(&self, machine: &Namespace, interface: &str, address: Option<IpAddr>) {
        let lan = self.lan_of(machine.name(), address);
        let Prefixes { ipv4, ipv6 } = lan.prefixes;
        let lease = lan.lease.fetch_add(1, Ordering::Relaxed);
        let own = if let Some(IpAddr::V4(own)) = address {
            own
        } else {
            let [a, b, c, _] = ipv4.network().octets();
            Ipv4Addr::new(a, b, c, lease)
        };
        lan.segment.plug(machine, interface);
        machine.script(&format!(
            "ip addr add {own}/{} dev {interface}
            ip link set {interface} up
            ip route add default via {}",
            ipv4.prefix_len(),
            gateway(ipv4)
        ));
        if let Some(prefix) = ipv6 {
            let own = if let Some(IpAddr::V6(own)) = address {
                own
            } else {
                numbered(prefix, lease.into())
            };
            machine.script(&format!(
                "ip -6 addr add {own}/{} dev {interface} nodad
                ip -6 route replace default via {LINK_LOCAL} dev {interface}",
                prefix.prefix_len()
            ));
        }
    }

    /// A static route on the router, as one clicks it together on a home router's page.
    pub(crate) fn route(&self, destination: IpNet, via: IpAddr) {
        self.router
            .script(&format!("ip route add {destination} via {via}"));
    }

    /// Makes the router forget a UDP flow that has been silent for so many seconds.
    pub(crate) fn forget_flows_after(&self, seconds: u32) {
        self.router.script(&format!(
            "sysctl -qw net.netfilter.nf_conntrack_udp_timeout={seconds} \
                net.netfilter.nf_conntrack_udp_timeout_stream={seconds}"
        ));
    }

    /// A forwarded UDP port, as one clicks it together on a home router's page.
    pub(crate) fn forward(&self, outside: u64, to: Ipv4Addr, inside: u64) {
        self.router.script(&format!(
            "nft add rule inet router inward iifname {WAN} udp dport {outside} dnat ip to {to}:{inside}"
        ));
    }
}

/// The firewall and the translation of a router.
///
/// The input chain matters: a router that answers strangers creates state that renumbers the
/// outgoing flow, so that a direct path between two homes cannot open.
fn rules(kind: RouterKind) -> String {
    let masquerade = kind.masquerade();
    format!(
        r#"
table inet router {{
    chain input {{
        type filter hook input priority filter; policy accept;
        iifname {{ "{WAN}", "{WAN6}" }} meta l4proto udp ct state new drop
    }}
    chain forward {{
        type filter hook forward priority filter; policy drop;
        ct state established,related accept
        ct status dnat accept
        oifname "{WAN}" accept
        iifname "lan0" oifname "lan0" accept
        iifname "lan1" oifname "lan1" accept
        oifname "{WAN6}" accept
    }}
    chain inward {{
        type nat hook prerouting priority dstnat; policy accept;
    }}
    chain outward {{
        type nat hook postrouting priority srcnat; policy accept;
        meta nfproto ipv4 oifname "{WAN}" {masquerade}
    }}
}}
"#
    )
}

/// Builds a LAN behind a router.
fn lan(router: &Arc<Namespace>, prefixes: Prefixes, number: usize) -> Lan {
    let bridge = format!("lan{number}");
    let segment = Segment::new(Arc::clone(router), &bridge);
    let Prefixes { ipv4, ipv6 } = prefixes;
    let (address, length) = (gateway(ipv4), ipv4.prefix_len());
    router.script(&format!("ip addr add {address}/{length} dev {bridge}"));
    if let Some(prefix) = ipv6 {
        router.script(&format!(
            "sysctl -qw net.ipv6.conf.all.forwarding=1
            ip -6 addr add {}/{} dev {bridge} nodad
            ip -6 addr replace {LINK_LOCAL}/64 dev {bridge} nodad",
            numbered(prefix, 1),
            prefix.prefix_len()
        ));
    }
    Lan {
        prefixes,
        segment,
        lease: AtomicU8::new(FIRST_LEASE),
    }
}

/// The address with this number in a LAN.
pub(crate) fn numbered(prefix: Ipv6Net, number: u128) -> Ipv6Addr {
    Ipv6Addr::from(u128::from(prefix.network()) + number)
}

/// The address that the router takes in a LAN.
fn gateway(prefix: Ipv4Net) -> Ipv4Addr {
    prefix
        .hosts()
        .next()
        .expect("a LAN has room for its router")
}
