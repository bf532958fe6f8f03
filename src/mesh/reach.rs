//! How all machines stand towards the internet and their LANs, looked at once.

use litemap::LiteMap;
use std::net::IpAddr;

use crate::plan::{
    Endpoint, Family, Host, HostFirewall, Node, Place, Plan, Port, Prefix, Uplink as Line,
};

use super::check::{LeftOut, Order};
use super::uplink::{Egress, Inbound, Uplink, speaks, uplink};
use super::{Link, LinkKind, Note};

/// Why a machine cannot be dialled from the internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Behind a router that translates, without a forwarded port.
    Nat,
    /// Behind the provider's translation.
    Cgnat,
    /// Behind a router's firewall, which drops what nobody asked for.
    Firewall,
    /// Its own firewall drops what nobody asked for.
    HostFirewall,
    /// It moves about.
    Roams,
    /// Nobody said where it is found.
    AddressUnknown,
    /// Its address is a private one.
    AddressHidden,
    /// A port is forwarded, but nobody said where the router is.
    RouterUnknown,
    /// A port is forwarded, but to another port than it listens on.
    ForwardElsewhere,
    /// Another machine is dialled at the same address and port.
    Taken,
    /// It has no address of the family that the other end uses.
    OtherFamily,
}

/// Where a machine stands inside its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spot {
    /// In this LAN of the site.
    Lan(Prefix),
    /// In a LAN that nobody named.
    Unknown,
    /// At an address outside every LAN that the site names.
    Outside,
}

/// What is known of a machine.
pub(super) struct Standing {
    /// IPv4 and IPv6.
    pub(super) uplinks: [Uplink; 2],
    /// What fits into one packet of its connection inside the tunnel's overhead.
    room: [u16; 2],
    pub(super) lan_address: Option<IpAddr>,
    spot: Spot,
    /// Its site, by the place in the plan's list.
    site: Option<usize>,
    lets_in: bool,
    /// Whether it has each family on its own interfaces.
    speaks: [bool; 2],
}

/// What matters of a site for a pair inside it.
#[derive(Clone, Copy)]
struct Ground {
    lans: usize,
    routed: bool,
}

/// What matters of a machine's two uplinks for links with machines that stand
/// elsewhere: what it can send and what comes in, whether it is found at an
/// address and at a name, and what fits into a packet.
pub(super) type Outside = [(Egress, Inbound, [bool; 2], u16); 2];

/// How all machines stand towards the internet and their LANs, by place.
pub(super) struct Reach {
    pub(super) machines: Vec<Standing>,
    sites: Vec<Ground>,
}

/// Who is found at an address and port of the internet.
pub(super) type Found = LiteMap<(Host, Port), usize>;

impl Reach {
    /// Looks at every machine once. An address that two machines claim belongs
    /// to the one that comes first, because packets reach one of them only.
    pub(super) fn new(
        plan: &Plan,
        order: &Order<'_>,
        left_out: &[Option<LeftOut>],
        notes: &mut Vec<Note>,
    ) -> Self {
        let mut reach = Self {
            machines: order.iter().map(|(_, node)| standing(plan, node)).collect(),
            sites: plan.sites.values().map(ground).collect(),
        };
        let part = |place: &usize| left_out.get(*place).is_some_and(Option::is_none);
        let part: Vec<usize> = (0..order.len()).filter(part).collect();
        let mut found = Found::new();
        reach.claim_dialled(plan, order, &part, &mut found, notes);
        reach.doubt_names(order, &part, &found);
        reach.claim_translated(plan, order, &part, &mut found);
        reach.claim_lan(order, &part, notes);
        for (place, (_, node)) in order.iter().enumerate() {
            notes.extend(reach.contradiction(place, node));
        }
        reach
    }

    /// The uplink of a machine in one family.
    pub(super) fn uplink(&self, place: usize, family: Family) -> Option<&Uplink> {
        let [v4, v6] = &self.machines.get(place)?.uplinks;
        Some(match family {
            Family::V4 => v4,
            Family::V6 => v6,
        })
    }

    /// The bytes that pass inside the tunnel between two machines in one family.
    pub(super) fn room(&self, a: usize, b: usize, family: Family) -> u16 {
        let of = |place: usize| {
            let [v4, v6] = self.machines.get(place).map_or([0, 0], |one| one.room);
            match family {
                Family::V4 => v4,
                Family::V6 => v6,
            }
        };
        of(a).min(of(b))
    }

    /// What decides about a machine's links with machines that stand elsewhere.
    pub(super) fn outside(&self, place: usize) -> Outside {
        Family::BOTH.map(|family| {
            let room = self.room(place, place, family);
            match self.uplink(place, family) {
                Some(uplink) => {
                    let found = [uplink.literal.is_some(), uplink.name.is_some()];
                    (uplink.egress, uplink.inbound, found, room)
                }
                None => (Egress::None, Inbound::Hard, [false; 2], room),
            }
        })
    }

    /// The LAN address of a machine, if it has one that is its own.
    pub(super) fn lan_address(&self, place: usize) -> Option<IpAddr> {
        self.machines.get(place)?.lan_address
    }

    /// Whether a machine's own firewall lets in what nobody asked for.
    pub(super) fn lets_in(&self, place: usize) -> bool {
        self.machines.get(place).is_some_and(|one| one.lets_in)
    }

    /// Whether a machine has the family of an address on its own interfaces.
    pub(super) fn speaks(&self, place: usize, address: IpAddr) -> bool {
        let [v4, v6] = self
            .machines
            .get(place)
            .map_or([false; 2], |one| one.speaks);
        match Family::of(address) {
            Family::V4 => v4,
            Family::V6 => v6,
        }
    }

    /// The site at which a machine stands, by its place in the plan's list.
    pub(super) fn site(&self, place: usize) -> Option<usize> {
        self.machines.get(place)?.site
    }

    /// Whether two machines of one site stand in one LAN or in LANs that route
    /// to each other.
    pub(super) fn meet_in_lan(&self, a: usize, b: usize) -> bool {
        let (Some(a), Some(b)) = (self.machines.get(a), self.machines.get(b)) else {
            return false;
        };
        let Some(site) = a.site.filter(|site| b.site == Some(*site)) else {
            return false;
        };
        let Some(Ground { lans, routed }) = self.sites.get(site).copied() else {
            return false;
        };
        if lans == 0 {
            return true;
        }
        match (a.spot, b.spot) {
            (Spot::Outside, _) | (_, Spot::Outside) => false,
            (Spot::Lan(one), Spot::Lan(other)) => routed || one == other,
            (Spot::Unknown, _) | (_, Spot::Unknown) => routed || lans == 1,
        }
    }

    /// Whether two machines that meet in a LAN stand in the same one, as far as
    /// anyone knows.
    pub(super) fn share_lan(&self, a: usize, b: usize) -> bool {
        let spot = |place: usize| self.machines.get(place).map(|one| one.spot);
        match (spot(a), spot(b)) {
            (Some(Spot::Lan(one)), Some(Spot::Lan(other))) => one == other,
            _ => self.on_one_wire(a, b),
        }
    }

    /// Whether no router stands between two machines that meet in a LAN.
    pub(super) fn on_one_wire(&self, a: usize, b: usize) -> bool {
        let site = self.site(a).and_then(|site| self.sites.get(site));
        self.meet_in_lan(a, b) && site.is_some_and(|site| !site.routed || site.lans <= 1)
    }

    /// Where one machine dials another over a link.
    pub(super) fn endpoint(
        &self,
        from: usize,
        to: usize,
        link: Link,
        port: Port,
    ) -> Option<Endpoint> {
        if link.kind == LinkKind::Lan {
            let host = Host::Address(self.lan_address(to)?);
            return Some(Endpoint { host, port });
        }
        let egress = self.uplink(from, link.family)?.egress;
        let there = self.uplink(to, link.family)?;
        let host = there.host_for(egress)?;
        let port = there.port;
        Some(Endpoint { host, port })
    }

    /// The literal addresses at which a machine is dialled from the internet.
    pub(super) fn literals(&self, place: usize) -> impl Iterator<Item = IpAddr> + '_ {
        let uplinks = self.machines.get(place).into_iter();
        uplinks
            .flat_map(|one| &one.uplinks)
            .filter_map(Uplink::dialled_literal)
    }

    /// Why a machine cannot be dialled in one family, if it cannot.
    pub(super) fn closed_in(&self, place: usize, family: Family) -> Option<Closed> {
        let uplink = self.uplink(place, family)?;
        (uplink.inbound != Inbound::Open).then_some(uplink.why)
    }

    /// Why a machine cannot be dialled, in the family that says most; `None`
    /// if it can be in one of them.
    pub(super) fn closed(&self, place: usize) -> Option<Closed> {
        let v4 = self.closed_in(place, Family::V4)?;
        let v6 = self.closed_in(place, Family::V6)?;
        Some(if v4 == Closed::OtherFamily { v6 } else { v4 })
    }
}

fn standing(plan: &Plan, node: &Node) -> Standing {
    let uplinks = Family::BOTH.map(|family| uplink(plan, node, family));
    let line = plan.uplink_of(node).unwrap_or_default();
    // The inner packets of DS-Lite travel in IPv6, which itself loses nothing.
    let v6 = if line == Line::DsLite {
        Line::Ethernet
    } else {
        line
    };
    let speaks = Family::BOTH.map(|family| speaks(node, family));
    let [has_v4, has_v6] = speaks;
    let lan_address = node.lan_address().filter(|address| match address {
        IpAddr::V4(_) => has_v4,
        IpAddr::V6(_) => has_v6,
    });
    let spot = match (node.lan_address(), plan.site_of(node)) {
        (Some(address), Some(site)) => site.lan_of(address).map_or(Spot::Outside, Spot::Lan),
        _ => Spot::Unknown,
    };
    let site = match &node.place {
        Place::Site { site, .. } => plan.sites.keys().position(|id| id == site),
        Place::Internet(_) | Place::Roams => None,
    };
    Standing {
        uplinks,
        room: [line.mtu().saturating_sub(60), v6.mtu().saturating_sub(80)],
        lan_address,
        spot,
        site,
        lets_in: node.firewall == HostFirewall::LetsIn,
        speaks,
    }
}

fn ground(site: &crate::plan::Site) -> Ground {
    Ground {
        lans: site.lans.len(),
        routed: site.lans_routed,
    }
}
