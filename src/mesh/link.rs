//! Direct links: which pairs can have a session, and who dials whom.

use crate::plan::{Family, PairChoice};

use super::check::{LeftOut, Order};
use super::reach::{Outside, Reach};
use super::uplink::{Egress, Inbound};
use super::wish::Wishes;

/// How a session comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// Inside one LAN.
    Lan,
    /// One end dials the other over the internet, or both do.
    Dialled,
    /// Both ends send at once, and each opens its own firewall for the other.
    Open,
    /// The person says that it works, and the plan does not show why.
    Chosen,
}

/// How the two machines of a pair have a session. Where they dial each other
/// stands in their [`Peer`](super::Peer)s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "two independent facts about each end, and one about the LANs"
)]
pub struct Link {
    /// How it comes about.
    pub kind: LinkKind,
    /// The family of the packets that carry the tunnel.
    pub family: Family,
    /// Whether the first machine dials the second.
    pub a_dials: bool,
    /// Whether the second machine dials the first.
    pub b_dials: bool,
    /// Whether the first machine keeps the path open.
    pub a_keeps: bool,
    /// Whether the second machine keeps the path open.
    pub b_keeps: bool,
    /// Whether the two stand in different LANs of their site, which route to
    /// each other.
    pub routed: bool,
}

/// The links of all pairs, as an upper triangle in the order of machines.
#[derive(PartialEq)]
pub(super) struct Links {
    count: usize,
    rows: Vec<Option<Link>>,
}

impl Links {
    /// Whether each pair can have a session, in the order of machines.
    pub(super) fn in_order(&self) -> impl Iterator<Item = bool> + '_ {
        self.rows.iter().map(Option::is_some)
    }

    /// The link of two machines, if they can have one.
    pub(super) fn get(&self, one: usize, other: usize) -> Option<Link> {
        let (a, b) = (one.min(other), one.max(other));
        if a == b || b >= self.count {
            return None;
        }
        *self
            .rows
            .get(a * (2 * self.count - a - 1) / 2 + (b - a - 1))?
    }
}

/// What is asked of a machine for each of its pairs, looked up once.
struct End {
    takes_part: bool,
    /// Whether it must be reachable while it is silent.
    awake: bool,
    site: Option<usize>,
    /// Machines of one kind have the same links with machines elsewhere.
    kind: usize,
}

fn ends(order: &Order<'_>, left_out: &[Option<LeftOut>], reach: &Reach) -> (Vec<End>, usize) {
    let mut kinds: Vec<(Outside, bool)> = Vec::new();
    let mut ends = Vec::with_capacity(order.len());
    for (place, ((_, node), why)) in order.iter().zip(left_out).enumerate() {
        let awake = node.must_be_reachable_idle();
        let kind = (reach.outside(place), awake);
        let known = kinds.iter().position(|known| *known == kind);
        ends.push(End {
            takes_part: why.is_none(),
            awake,
            site: reach.site(place),
            kind: known.unwrap_or_else(|| {
                kinds.push(kind);
                kinds.len() - 1
            }),
        });
    }
    (ends, kinds.len())
}

/// Finds every pair that can have a session and is not kept apart.
pub(super) fn links(
    order: &Order<'_>,
    left_out: &[Option<LeftOut>],
    reach: &Reach,
    wishes: &Wishes,
) -> Links {
    let (ends, kinds) = ends(order, left_out, reach);
    let count = ends.len();
    // A large mesh has many machines and few kinds.
    let mut known: Vec<Option<Option<Link>>> = vec![None; kinds * kinds];
    let mut rows = Vec::with_capacity(count * count.saturating_sub(1) / 2);
    for (a, from) in ends.iter().enumerate() {
        for (b, to) in ends.iter().enumerate().skip(a + 1) {
            if !from.takes_part || !to.takes_part || !wishes.may_link(a, b) {
                rows.push(None);
                continue;
            }
            let chosen = wishes.choice(a, b) == Some(&PairChoice::Direct);
            let near = from.site.is_some() && from.site == to.site;
            let slot = known.get_mut(from.kind * kinds + to.kind);
            let mut slot = slot.filter(|_| !chosen && !near);
            let link = match slot.as_deref() {
                Some(Some(link)) => *link,
                _ => best(reach, (a, b), (from.awake, to.awake), chosen),
            };
            if let Some(slot) = &mut slot {
                **slot = Some(link);
            }
            rows.push(link);
        }
    }
    Links { count, rows }
}

impl Link {
    /// Whether the first end, or else the second, must keep the path open where
    /// others rely on it, so that it may not sleep. `lets_in` is what its own
    /// firewall does.
    pub(super) fn stay_awake(&mut self, lets_in: bool, first: bool) {
        let (dials, is_dialled) = if first {
            (self.a_dials, self.b_dials)
        } else {
            (self.b_dials, self.a_dials)
        };
        let keeps = match self.kind {
            LinkKind::Lan => dials && !(is_dialled && lets_in),
            LinkKind::Dialled => dials && !is_dialled,
            LinkKind::Open | LinkKind::Chosen => return,
        };
        if first {
            self.a_keeps |= keeps;
        } else {
            self.b_keeps |= keeps;
        }
    }
}

/// How two machines stand towards each other on one ground: a LAN, or the
/// internet in one family.
#[derive(Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the same facts about each end"
)]
struct Facing {
    /// Whether the first knows where to send to the second.
    a_finds: bool,
    /// Whether the second knows where to send to the first.
    b_finds: bool,
    /// Whether the first lets in what it did not ask for.
    a_open: bool,
    /// Whether the second lets in what it did not ask for.
    b_open: bool,
    /// Whether both let in answers at the address where they are found.
    both_stateful: bool,
    /// The same, if their routers do what the person believes.
    both_preserving: bool,
    /// Whether each must be reachable while it is silent.
    awake: (bool, bool),
}

/// The rows of the decision table that make a link, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    BothDial,
    OneDials,
    BothOpen,
    BothHope,
    Chosen,
}

impl Facing {
    /// The first row that matches, with the link that it makes.
    fn link(self, kind: LinkKind, family: Family, chosen: bool) -> Option<(Row, Link)> {
        let a_certain = self.a_finds && self.b_open;
        let b_certain = self.b_finds && self.a_open;
        // Inside a LAN every known address is written down: a firewall there
        // may be opened any day, and nothing else has to change then.
        let both_written = kind == LinkKind::Lan;
        let link = |kind, a_dials, b_dials, a_keeps, b_keeps| Link {
            kind,
            family,
            a_dials,
            b_dials,
            a_keeps,
            b_keeps,
            routed: false,
        };
        let open = if kind == LinkKind::Lan {
            LinkKind::Lan
        } else {
            LinkKind::Open
        };
        Some(if a_certain && b_certain {
            (Row::BothDial, link(kind, true, true, false, false))
        } else if a_certain || b_certain {
            let a_dials = a_certain || (both_written && self.a_finds);
            let b_dials = b_certain || (both_written && self.b_finds);
            let (a_awake, b_awake) = self.awake;
            let (a_keeps, b_keeps) = (a_certain && a_awake, b_certain && b_awake);
            (
                Row::OneDials,
                link(kind, a_dials, b_dials, a_keeps, b_keeps),
            )
        } else if self.a_finds && self.b_finds && self.both_stateful {
            (Row::BothOpen, link(open, true, true, true, true))
        } else if chosen && self.a_finds && self.b_finds && self.both_preserving {
            (Row::BothHope, link(open, true, true, true, true))
        } else if chosen && (self.a_finds || self.b_finds) {
            let kind = if kind == LinkKind::Lan {
                kind
            } else {
                LinkKind::Chosen
            };
            let (a, b) = (self.a_finds, self.b_finds);
            (Row::Chosen, link(kind, a, b, a, b))
        } else {
            return None;
        })
    }
}

/// How good a link is, smaller first: its row, how many names have to be looked
/// up, and how much fits into a packet.
type Rank = (Row, usize, std::cmp::Reverse<u16>);

/// The best link of two machines that both take part.
fn best(reach: &Reach, (a, b): (usize, usize), awake: (bool, bool), chosen: bool) -> Option<Link> {
    let same_site = reach.site(a).is_some() && reach.site(a) == reach.site(b);
    if same_site && let Some(link) = in_lan(reach, (a, b), awake, chosen) {
        return Some(link);
    }
    let mut best: Option<(Rank, Link)> = None;
    for family in Family::BOTH {
        // A pair never dials its own router from inside: whether that works
        // depends on a feature (hairpin NAT) that many routers lack.
        if same_site && family == Family::V4 {
            continue;
        }
        let Some((row, link)) = over_internet(reach, (a, b), awake, family)
            .and_then(|facing| facing.link(LinkKind::Dialled, family, chosen))
        else {
            continue;
        };
        let named = |to: usize, dials: bool| {
            let uplink = reach.uplink(to, family);
            usize::from(dials && uplink.is_some_and(|uplink| uplink.literal.is_none()))
        };
        // Addresses before names, which have to be looked up anew, and the
        // connection with more room, which of two equal ones is IPv4.
        let lookups = named(b, link.a_dials) + named(a, link.b_dials);
        let rank = (row, lookups, std::cmp::Reverse(reach.room(a, b, family)));
        if best.as_ref().is_none_or(|(other, _)| rank < *other) {
            best = Some((rank, link));
        }
    }
    best.map(|(_, link)| link)
}

/// The link of two machines at one site over the LAN, if one of them has a known
/// address there and both are in one LAN, or in two that route to each other.
fn in_lan(
    reach: &Reach,
    (a, b): (usize, usize),
    awake: (bool, bool),
    chosen: bool,
) -> Option<Link> {
    if !reach.meet_in_lan(a, b) {
        return None;
    }
    let finds = |from: usize, to: usize| {
        let address = reach.lan_address(to)?;
        reach.speaks(from, address).then_some(Family::of(address))
    };
    let (to_b, to_a) = (finds(a, b), finds(b, a));
    let facing = Facing {
        a_finds: to_b.is_some(),
        b_finds: to_a.is_some(),
        a_open: reach.lets_in(a),
        b_open: reach.lets_in(b),
        both_stateful: to_a == to_b,
        both_preserving: to_a == to_b,
        awake,
    };
    // The longer header counts.
    let family = to_a.max(to_b)?;
    let (_, mut link) = facing.link(LinkKind::Lan, family, chosen)?;
    link.routed = !reach.share_lan(a, b);
    Some(link)
}

/// How two machines stand towards each other on the internet in one family.
fn over_internet(
    reach: &Reach,
    (a, b): (usize, usize),
    awake: (bool, bool),
    family: Family,
) -> Option<Facing> {
    let (of_a, of_b) = (reach.uplink(a, family)?, reach.uplink(b, family)?);
    if of_a.egress == Egress::None || of_b.egress == Egress::None {
        return None;
    }
    let finds = |from: Egress, literal: bool, name: bool| match from {
        Egress::Full => literal || name,
        Egress::ByName => name,
        Egress::None => false,
    };
    let one_wire = reach.on_one_wire(a, b);
    let open = |place: usize, inbound: Inbound| {
        inbound == Inbound::Open || (one_wire && reach.lets_in(place))
    };
    let is = |wanted: &[Inbound]| wanted.contains(&of_a.inbound) && wanted.contains(&of_b.inbound);
    Some(Facing {
        a_finds: finds(of_a.egress, of_b.literal.is_some(), of_b.name.is_some()),
        b_finds: finds(of_b.egress, of_a.literal.is_some(), of_a.name.is_some()),
        a_open: open(a, of_a.inbound),
        b_open: open(b, of_b.inbound),
        both_stateful: is(&[Inbound::Stateful]),
        both_preserving: is(&[Inbound::Stateful, Inbound::Preserving]),
        awake,
    })
}
