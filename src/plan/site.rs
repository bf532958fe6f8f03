//! A place with a router: one LAN or several behind it.

use std::net::IpAddr;

use super::{Label, Place, Plan, Point, Prefix, PublicAddress, SiteId, Uplink};

/// What the router of a site does with packets from outside, in the user's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Router {
    /// It translates addresses and has a public IPv4 address of its own, so
    /// that a port can be forwarded.
    Nat,
    /// The provider translates once more (carrier-grade NAT), so that no port
    /// can be forwarded.
    Cgnat,
}

/// What a router does to the source ports of packets that it translates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NatKind {
    /// Nobody has found out yet; the cautious case is planned for.
    #[default]
    Unknown,
    /// Packets leave with the port that the machine chose, wherever they go.
    KeepsPort,
    /// Packets leave with another port for each destination.
    Symmetric,
}

/// What IPv6 the connection of a site brings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SiteIpv6 {
    /// None.
    #[default]
    None,
    /// Each machine has a global address; packets that nobody asked for are
    /// dropped unless the router lets them in to that machine.
    Firewalled,
    /// Each machine has a global address and nothing is filtered.
    Open,
}

/// A site: facts that all machines behind one router share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// What people call it.
    pub name: Label,
    /// The LANs behind the router.
    pub lans: Vec<Prefix>,
    /// What the router does.
    pub router: Router,
    /// What the router does to source ports.
    pub nat: NatKind,
    /// What IPv6 there is.
    pub ipv6: SiteIpv6,
    /// Whether the LANs of this site route to each other.
    pub lans_routed: bool,
    /// What connects it to the internet.
    pub uplink: Uplink,
    /// The router's own address or name on the internet, as far as it is known.
    pub public: PublicAddress,
    /// Top left corner of its area on the canvas.
    pub position: Point,
    /// Width and height of its area on the canvas, if the person set them.
    pub size: Option<Point>,
}

impl Site {
    /// A site of which nothing but the name is known.
    #[must_use]
    pub fn new(name: Label) -> Self {
        Self {
            name,
            lans: Vec::new(),
            router: Router::Nat,
            nat: NatKind::Unknown,
            ipv6: SiteIpv6::None,
            lans_routed: false,
            uplink: Uplink::Ethernet,
            public: PublicAddress::default(),
            position: Point::default(),
            size: None,
        }
    }

    /// The LAN of this site that an address lies in: the smallest that the site names.
    #[must_use]
    pub fn lan_of(&self, address: IpAddr) -> Option<Prefix> {
        let holding = self.lans.iter().filter(|lan| lan.holds(address));
        holding.max_by_key(|lan| lan.length()).copied()
    }

    /// Whether machines with these LAN addresses are in one LAN of this site.
    ///
    /// They are if the site names no LAN, or one that holds both. A machine
    /// whose address is not known stands in the only LAN, if there is but one.
    #[must_use]
    pub fn same_lan(&self, a: Option<IpAddr>, b: Option<IpAddr>) -> bool {
        match (a, b, self.lans.as_slice()) {
            (_, _, []) => true,
            (Some(one), Some(other), _) => {
                self.lan_of(one).is_some() && self.lan_of(one) == self.lan_of(other)
            }
            (Some(one), None, [lan]) | (None, Some(one), [lan]) => lan.holds(one),
            _ => false,
        }
    }
}

impl Plan {
    /// The machines that stand at a site.
    pub fn nodes_at<'a>(
        &'a self,
        site: &'a SiteId,
    ) -> impl Iterator<Item = (&'a super::NodeId, &'a super::Node)> {
        self.nodes.iter().filter(
            move |(_, node)| matches!(&node.place, Place::Site { site: at, .. } if at == site),
        )
    }
}
