//! The verdict of every pair: its own link, a relay, or nothing.
//!
//! A path with one relay over two direct links is always consistent: the relay
//! has a session with both ends, and both ends name the same relay, so each
//! accepts a source only from the peer that it would answer through.

use crate::plan::{Edit, Host, Node, PairChoice, PairKey, Place, Plan};

use super::check::{LeftOut, Order};
use super::finding::{Code, Finding, Fix, Severity, Subject};
use super::link::Links;
use super::reach::{closed, uplink};
use super::share::Shared;
use super::{Pair, Reason, Verdict};

/// Decides about every pair.
pub(super) fn pairs(
    plan: &Plan,
    order: &Order<'_>,
    left_out: &[Option<LeftOut>],
    links: &Links,
    shares: &[Vec<Shared>],
    findings: &mut Vec<Finding>,
) -> Vec<Pair> {
    let paths = Paths {
        plan,
        order,
        links,
        shares,
        relays: relays(plan, order, left_out),
    };
    let takes_part = |place: usize| left_out.get(place).is_some_and(Option::is_none);
    let mut pairs = Vec::with_capacity(order.len() * order.len().saturating_sub(1) / 2);
    for (a, (a_id, a_node)) in order.iter().enumerate() {
        for (b, (b_id, b_node)) in order.iter().enumerate().skip(a + 1) {
            let (verdict, reason) = if takes_part(a) && takes_part(b) {
                let choice = paths.choice(a_id, b_id);
                paths.decide((a, a_node), (b, b_node), choice, findings)
            } else {
                (Verdict::Impossible, Reason::LeftOut)
            };
            pairs.push(Pair {
                a,
                b,
                verdict,
                reason,
            });
        }
    }
    pairs
}

/// Machines that may relay, best first: those with a fixed address, then those
/// with a name, then by name.
fn relays(plan: &Plan, order: &Order<'_>, left_out: &[Option<LeftOut>]) -> Vec<usize> {
    let mut relays: Vec<(bool, usize)> = order
        .iter()
        .zip(left_out)
        .enumerate()
        .filter(|(_, ((_, node), why))| why.is_none() && node.may_relay())
        .map(|(place, ((_, node), _))| (!has_fixed_address(plan, node), place))
        .collect();
    relays.sort_unstable();
    relays.into_iter().map(|(_, place)| place).collect()
}

fn has_fixed_address(plan: &Plan, node: &Node) -> bool {
    crate::plan::Family::BOTH.into_iter().any(|family| {
        let uplink = uplink(plan, node, family);
        matches!(
            uplink.dialled_at(plan.listen_port_of(node)),
            Some((Host::Address(_), _))
        )
    })
}

struct Paths<'a> {
    plan: &'a Plan,
    order: &'a Order<'a>,
    links: &'a Links,
    shares: &'a [Vec<Shared>],
    relays: Vec<usize>,
}

impl Paths<'_> {
    fn choice(&self, a: &crate::plan::NodeId, b: &crate::plan::NodeId) -> Option<&PairChoice> {
        if self.plan.pairs.is_empty() {
            return None;
        }
        self.plan.pairs.get(&PairKey::new(a, b)?)
    }

    fn decide(
        &self,
        (a, a_node): (usize, &Node),
        (b, b_node): (usize, &Node),
        choice: Option<&PairChoice>,
        findings: &mut Vec<Finding>,
    ) -> (Verdict, Reason) {
        match choice {
            Some(PairChoice::Never) => return (Verdict::Never, Reason::SwitchedOff),
            Some(PairChoice::Via(relay)) => {
                let place = self.order.iter().position(|(id, _)| *id == relay);
                match place
                    .filter(|place| self.relays.contains(place) && self.can_relay(*place, a, b))
                {
                    Some(place) => return (Verdict::Relayed(vec![place]), Reason::Chosen),
                    None => findings.extend(self.refused_pin(a, b, relay)),
                }
            }
            None => {}
        }
        if let Some(link) = self.links.get(a, b) {
            let verdict = if link.lan {
                Verdict::Lan
            } else {
                Verdict::Direct
            };
            let reason = if link.lan {
                Reason::SameLan
            } else {
                Reason::Dials {
                    a_dials: link.a_dials.clone(),
                    b_dials: link.b_dials.clone(),
                }
            };
            return (verdict, reason);
        }
        let same_site = matches!(
            (&a_node.place, &b_node.place),
            (Place::Site { site: one, .. }, Place::Site { site: other, .. }) if one == other
        );
        let reason = if same_site {
            Reason::NoLanAddress
        } else {
            Reason::NeitherDials(closed(self.plan, a_node), closed(self.plan, b_node))
        };
        let relay = self
            .relays
            .iter()
            .copied()
            .find(|relay| self.can_relay(*relay, a, b));
        (
            relay.map_or(Verdict::Impossible, |relay| Verdict::Relayed(vec![relay])),
            reason,
        )
    }

    /// Whether a machine can stand between two others: it has a link with each
    /// that nobody pinned away, and it stands in no LAN that either shares.
    fn can_relay(&self, relay: usize, a: usize, b: usize) -> bool {
        let leg = |end: usize| {
            relay != end && self.links.get(relay, end).is_some() && !self.is_pinned(relay, end)
        };
        // It would deliver into its own LAN past the gateway, and the answer
        // would come back another way.
        let outside = |end: usize| {
            self.shares
                .get(end)
                .is_some_and(|shares| shares.iter().all(|share| share.is_for(relay)))
        };
        leg(a) && leg(b) && outside(a) && outside(b)
    }

    fn is_pinned(&self, one: usize, other: usize) -> bool {
        match (self.order.get(one), self.order.get(other)) {
            (Some((a, _)), Some((b, _))) => matches!(self.choice(a, b), Some(PairChoice::Via(_))),
            _ => false,
        }
    }

    fn refused_pin(&self, a: usize, b: usize, relay: &crate::plan::NodeId) -> Option<Finding> {
        let ((a_id, a_node), (b_id, b_node)) = (self.order.get(a)?, self.order.get(b)?);
        let key = PairKey::new(a_id, b_id)?;
        let relay = self
            .plan
            .nodes
            .get(relay)
            .map_or(relay.as_str(), |node| node.name.as_str());
        Some(Finding {
            code: Code::E03,
            severity: Severity::Error,
            subject: Subject::Pair(key.clone()),
            text: format!(
                "{} and {} cannot go through {relay}",
                a_node.name, b_node.name
            ),
            evidence: format!(
                "{relay} must be willing to relay and have a direct link with both. The pair is planned as if nothing was chosen."
            ),
            fix: Some(Fix {
                text: "Let the planner choose".to_owned(),
                edit: Edit::AsPlanned(key),
            }),
        })
    }
}
