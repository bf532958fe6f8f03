//! All that the ways of pairs depend on.

use crate::plan::{NodeId, Plan};

use super::check::{LeftOut, Order};
use super::hub::Hubs;
use super::link::Links;
use super::reach::{Closed, Reach};
use super::relay::Relays;
use super::share::Shared;
use super::wish::Wishes;
use super::{Note, link};

/// All that the ways of pairs depend on, and nothing else: where it is the same
/// after a change to the plan, so are they.
#[derive(PartialEq)]
pub(super) struct Ground {
    /// The machines in their order.
    pub(super) ids: Vec<NodeId>,
    pub(super) ends: Vec<End>,
    pub(super) wishes: Wishes,
    pub(super) links: Links,
    pub(super) relays: Relays,
    pub(super) hubs: Hubs,
}

/// What matters of a machine as an end of pairs.
#[derive(PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about one machine"
)]
pub(super) struct End {
    pub(super) takes_part: bool,
    /// Whether it relays where it is asked to, also if the planner would not
    /// choose it because it is not always on.
    pub(super) relays_if_asked: bool,
    /// Whether it must be reachable while it is silent.
    pub(super) awake: bool,
    /// Whether its own firewall lets in what nobody asked for.
    pub(super) lets_in: bool,
    /// Why it cannot be dialled by one with which it has no link. An end that
    /// can be dialled, and yet not by the other, speaks another family.
    pub(super) closed: Closed,
    pub(super) site: Option<usize>,
}

impl Ground {
    pub(super) fn new(
        plan: &Plan,
        order: &Order<'_>,
        left_out: &[Option<LeftOut>],
        reach: &Reach,
        shares: &[Vec<Shared>],
        notes: &mut Vec<Note>,
    ) -> Self {
        let wishes = Wishes::new(plan, order);
        let links = link::links(order, left_out, reach, &wishes);
        let machines = order.iter().zip(left_out).enumerate();
        Self {
            ids: order.iter().map(|(id, _)| (*id).clone()).collect(),
            ends: machines
                .map(|(place, ((_, node), why))| End {
                    takes_part: why.is_none(),
                    relays_if_asked: node.may_relay(),
                    awake: node.must_be_reachable_idle(),
                    lets_in: reach.lets_in(place),
                    closed: reach.closed(place).unwrap_or(Closed::OtherFamily),
                    site: reach.site(place),
                })
                .collect(),
            hubs: Hubs::new(plan, order, left_out, &wishes, &links, notes),
            relays: Relays::new(order, left_out, reach, shares),
            wishes,
            links,
        }
    }

    /// Whether a machine takes part in the mesh.
    pub(super) fn takes_part(&self, place: usize) -> bool {
        self.ends.get(place).is_some_and(|end| end.takes_part)
    }

    /// Whether two machines may have a session with each other.
    pub(super) fn linked(&self, a: usize, b: usize) -> bool {
        self.links.get(a, b).is_some() && self.hubs.between(a, b).is_none()
    }

    /// Whether a machine may stand inside a path between two others.
    pub(super) fn may_pass(&self, through: usize, (a, b): (usize, usize)) -> bool {
        through != a
            && through != b
            && (self.relays.rank(through).is_some() || self.hubs.serves(through, a, b))
            && !self.relays.is_shut(through, (a, b))
            && !self.relays.is_shut(through, (b, a))
    }
}
