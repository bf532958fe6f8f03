//! Direct links: which pairs can have a session, and who dials whom.

use crate::plan::{Family, Node, PairChoice, PairKey, Place, Plan};

use super::check::{LeftOut, Order};
use super::reach::{Inbound, Reach};

/// How a session comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// Inside one LAN.
    Lan,
    /// One end dials the other over the internet, or both do.
    Dialled,
    /// Both ends send at once, and each opens its own firewall for the other.
    Open,
}

/// How the two machines of a pair have a session. Where they dial each other
/// stands in their [`Peer`](super::Peer)s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "two independent facts about each end"
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
}

/// The links of all pairs, as an upper triangle in the order of machines.
pub(super) struct Links {
    count: usize,
    rows: Vec<Option<Link>>,
}

impl Links {
    /// The link of two machines, if they can have one.
    pub(super) fn get(&self, one: usize, other: usize) -> Option<&Link> {
        let (a, b) = (one.min(other), one.max(other));
        if a == b || b >= self.count {
            return None;
        }
        self.rows
            .get(a * (2 * self.count - a - 1) / 2 + (b - a - 1))?
            .as_ref()
    }
}

/// Finds every pair that can have a session and is not switched off.
pub(super) fn links(
    plan: &Plan,
    order: &Order<'_>,
    left_out: &[Option<LeftOut>],
    reach: &Reach,
) -> Links {
    let takes_part = |place: usize| left_out.get(place).is_some_and(Option::is_none);
    let mut rows = Vec::with_capacity(order.len() * order.len().saturating_sub(1) / 2);
    for (a, (a_id, a_node)) in order.iter().enumerate() {
        for (b, (b_id, b_node)) in order.iter().enumerate().skip(a + 1) {
            let choice = if plan.pairs.is_empty() {
                None
            } else {
                PairKey::new(a_id, b_id).and_then(|key| plan.pairs.get(&key))
            };
            let wanted = takes_part(a) && takes_part(b) && choice != Some(&PairChoice::Never);
            rows.push(if wanted {
                link(plan, reach, (a, a_node), (b, b_node))
            } else {
                None
            });
        }
    }
    Links {
        count: order.len(),
        rows,
    }
}

/// The link of two machines that both take part.
fn link(plan: &Plan, reach: &Reach, a: (usize, &Node), b: (usize, &Node)) -> Option<Link> {
    if let (Place::Site { site: one, .. }, Place::Site { site: other, .. }) =
        (&a.1.place, &b.1.place)
        && one == other
    {
        // A pair never dials its own router from inside: whether that works
        // depends on a feature (hairpin NAT) that many routers lack.
        return lan_link(plan, reach, a, b);
    }
    Family::BOTH.into_iter().find_map(|family| {
        let dials = |from: usize, to: usize| {
            let (Some(from), Some(to)) = (reach.uplink(from, family), reach.uplink(to, family))
            else {
                return false;
            };
            from.egress && !matches!(to.inbound, Inbound::Closed(_))
        };
        built(LinkKind::Dialled, family, a, b, dials)
    })
}

/// The link of two machines at one site: over the LAN, if one of them has a
/// known address there and both are in the same LAN.
fn lan_link(plan: &Plan, reach: &Reach, a: (usize, &Node), b: (usize, &Node)) -> Option<Link> {
    let site = plan.site_of(a.1)?;
    let (at_a, at_b) = (reach.lan_address(a.0), reach.lan_address(b.0));
    if !site.same_lan(at_a, at_b) {
        return None;
    }
    let family = Family::of(at_a.or(at_b)?);
    let dials = |_: usize, to: usize| reach.lan_address(to).is_some();
    built(LinkKind::Lan, family, a, b, dials)
}

/// A link between two machines of which at least one dials the other.
///
/// The side that cannot be dialled keeps the path open, if others must reach it
/// while it is silent. On the dialled side a keepalive would only knock at a
/// peer that has left.
fn built(
    kind: LinkKind,
    family: Family,
    (a, a_node): (usize, &Node),
    (b, b_node): (usize, &Node),
    dials: impl Fn(usize, usize) -> bool,
) -> Option<Link> {
    let (a_dials, b_dials) = (dials(a, b), dials(b, a));
    (a_dials || b_dials).then(|| Link {
        kind,
        family,
        a_dials,
        b_dials,
        a_keeps: a_dials && !b_dials && a_node.must_be_reachable_idle(),
        b_keeps: b_dials && !a_dials && b_node.must_be_reachable_idle(),
    })
}
