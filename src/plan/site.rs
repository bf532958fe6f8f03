//! A place with a router: one LAN or several behind it.

use super::{Label, Place, Plan, Point, Prefix, PublicAddress, SiteId};

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

/// A site: facts that all machines behind one router share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// What people call it.
    pub name: Label,
    /// The LANs behind the router.
    pub lans: Vec<Prefix>,
    /// What the router does.
    pub router: Router,
    /// The router's own address or name on the internet, as far as it is known.
    pub public: PublicAddress,
    /// Top left corner of its area on the canvas.
    pub position: Point,
    /// Width and height of its area on the canvas, if the person set them.
    pub size: Option<Point>,
}

impl Site {
    /// Whether machines with these LAN addresses are in one LAN of this site:
    /// they are unless they lie in different LANs that the site names.
    #[must_use]
    pub fn same_lan(&self, a: std::net::IpAddr, b: std::net::IpAddr) -> bool {
        let lan_of = |address| self.lans.iter().position(|lan| lan.holds(address));
        match (lan_of(a), lan_of(b)) {
            (Some(one), Some(other)) => one == other,
            (None, None) => self.lans.is_empty(),
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
