//! Direct links: which pairs can have a session, and who dials whom.

use crate::plan::{Endpoint, Family, Host, Node, PairChoice, PairKey, Place, Plan};

use super::check::{LeftOut, Order};
use super::reach::uplink;

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
pub(super) fn links(plan: &Plan, order: &Order<'_>, left_out: &[Option<LeftOut>]) -> Links {
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
                link(plan, a_node, b_node)
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
fn link(plan: &Plan, a: &Node, b: &Node) -> Option<Link> {
    if let (Place::Site { site: one, .. }, Place::Site { site: other, .. }) = (&a.place, &b.place)
        && one == other
    {
        // A pair never dials its own router from inside: whether that works
        // depends on a feature (hairpin NAT) that many routers lack.
        return lan_link(plan, a, b);
    }
    let a_dials = dial(plan, a, b);
    let b_dials = dial(plan, b, a);
    let exists = a_dials.is_some() || b_dials.is_some();
    exists.then_some(Link {
        lan: false,
        a_dials,
        b_dials,
    })
}

/// The link of two machines at one site: over the LAN, if one of them has a
/// known address there and both are in the same LAN.
fn lan_link(plan: &Plan, a: &Node, b: &Node) -> Option<Link> {
    let site = plan.site_of(a)?;
    if let (Some(one), Some(other)) = (a.lan_address(), b.lan_address())
        && !site.same_lan(one, other)
    {
        return None;
    }
    // With several LANs, a machine without an address may stand in any of them.
    if site.lans.len() > 1 && (a.lan_address().is_none() || b.lan_address().is_none()) {
        return None;
    }
    let at = |node: &Node| {
        let host = Host::Address(node.lan_address()?);
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
fn dial(plan: &Plan, from: &Node, to: &Node) -> Option<Endpoint> {
    Family::BOTH.into_iter().find_map(|family| {
        let there = uplink(plan, to, family);
        let (host, port) = there.dialled_at(plan.listen_port_of(to))?;
        uplink(plan, from, family).egress.then(|| Endpoint {
            host: host.clone(),
            port,
        })
    })
}
