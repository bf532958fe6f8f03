//! What if a machine is away: who is cut off, and which machines carry others.
//!
//! WireGuard moves no prefix to another peer by itself. So a relay that is away
//! cuts off every pair that it carries, until new files say another way; and
//! where there is no other way, they stay cut off.

use crate::plan::{NodeId, Plan, Prefix};

use super::{Mesh, connect};

/// What is lost while one machine is away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Absence {
    /// Pairs of other machines that get through now and have no other way.
    pub cut_off: Vec<(NodeId, NodeId)>,
    /// Pairs of other machines that it carries now, and that new files could
    /// lead another way.
    pub until_new_files: Vec<(NodeId, NodeId)>,
    /// LANs that only it shares.
    pub lans: Vec<Prefix>,
    /// Machines that reach the internet through it.
    pub without_internet: Vec<NodeId>,
}

impl Absence {
    /// Whether nothing is lost but the machine itself.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A machine whose absence cuts off pairs of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pillar {
    /// The machine.
    pub node: NodeId,
    /// How many pairs of others it carries.
    pub carries: usize,
    /// How many of them have no other way.
    pub cut_off: usize,
}

/// What is lost while a machine is away; nothing if it is not in the plan.
#[must_use]
pub fn without(plan: &Plan, node: &NodeId) -> Absence {
    without_from(plan, &connect(plan), node)
}

/// The same where the mesh of the plan is known.
fn without_from(plan: &Plan, mesh: &Mesh, away: &NodeId) -> Absence {
    let Some(place) = mesh.position(away) else {
        return Absence::default();
    };
    let mut rest = plan.clone();
    rest.nodes.remove(away);
    let after = connect(&rest);
    // Both lists are in the order of names, so those behind it move up by one.
    let moved = |other: usize| other - usize::from(other > place);
    let mut absence = Absence::default();
    for pair in mesh.pairs.iter() {
        if pair.a == place || pair.b == place || !pair.verdict.connects() {
            continue;
        }
        let still = after
            .pair(moved(pair.a), moved(pair.b))
            .is_some_and(|pair| pair.verdict.connects());
        let ends = || {
            let id = |place: usize| mesh.nodes.get(place).map(|node| node.id.clone());
            Some((id(pair.a)?, id(pair.b)?))
        };
        if !still {
            absence.cut_off.extend(ends());
        } else if pair.verdict.via().contains(&place) {
            absence.until_new_files.extend(ends());
        }
    }
    if let Some(node) = mesh.nodes.get(place) {
        absence.lans = node.shares.iter().map(|share| share.prefix).collect();
    }
    absence.without_internet = mesh
        .nodes
        .iter()
        .filter(|node| {
            let stated = plan.nodes.get(&node.id);
            stated.is_some_and(|stated| stated.uses_exit.as_ref() == Some(away))
        })
        .map(|node| node.id.clone())
        .collect();
    absence
}

/// The single points of failure: machines whose absence cuts off pairs of
/// others, the weightiest first. Only who relays can be one.
#[must_use]
pub fn pillars(plan: &Plan, mesh: &Mesh) -> Vec<Pillar> {
    let mut pillars: Vec<Pillar> = mesh
        .nodes
        .iter()
        .filter(|node| node.relays)
        .map(|node| {
            let absence = without_from(plan, mesh, &node.id);
            Pillar {
                node: node.id.clone(),
                carries: absence.cut_off.len() + absence.until_new_files.len(),
                cut_off: absence.cut_off.len(),
            }
        })
        .filter(|pillar| pillar.carries > 0)
        .collect();
    crate::sorting::sort_by(&mut pillars, |one, other| {
        (other.cut_off, other.carries).cmp(&(one.cut_off, one.carries))
    });
    pillars
}
