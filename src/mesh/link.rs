//! Direct links: which pairs can have a session, and who dials whom.

use crate::plan::{Endpoint, Family, Host, Node, PairChoice, PairKey, Place, Plan};

use super::check::{LeftOut, Order};
use super::reach::Reach;

/// A pair that can have a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whether it runs inside one LAN.
    pub lan: bool,
    /// Where the first machine dials the second.
    pub a_dials: Option<Endpoint>,
    /// Where the second machine dials the first.
    pub b_dials: Option<Endpoint>,
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
    let a_dials = dial(plan, reach, a.0, b);
    let b_dials = dial(plan, reach, b.0, a);
    let exists = a_dials.is_some() || b_dials.is_some();
    exists.then_some(Link {
        lan: false,
        a_dials,
        b_dials,
    })
}

/// The link of two machines at one site: over the LAN, if one of them has a
/// known address there and both are in the same LAN.
fn lan_link(plan: &Plan, reach: &Reach, a: (usize, &Node), b: (usize, &Node)) -> Option<Link> {
    let site = plan.site_of(a.1)?;
    if !site.same_lan(reach.lan_address(a.0), reach.lan_address(b.0)) {
        return None;
    }
    let at = |(place, node): (usize, &Node)| {
        let host = Host::Address(reach.lan_address(place)?);
        Some(Endpoint {
            host,
            port: plan.listen_port_of(node),
        })
    };
    let (a_dials, b_dials) = (at(b), at(a));
    let exists = a_dials.is_some() || b_dials.is_some();
    exists.then_some(Link {
        lan: true,
        a_dials,
        b_dials,
    })
}

/// Where `from` dials `to` over the internet, if it can. IPv4 comes first,
/// because its header is 20 bytes shorter.
fn dial(plan: &Plan, reach: &Reach, from: usize, (to, node): (usize, &Node)) -> Option<Endpoint> {
    Family::BOTH.into_iter().find_map(|family| {
        let (host, port) = reach
            .uplink(to, family)?
            .dialled_at(plan.listen_port_of(node))?;
        reach.uplink(from, family)?.egress.then(|| Endpoint {
            host: host.clone(),
            port,
        })
    })
}
