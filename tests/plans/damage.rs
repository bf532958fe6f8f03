//! Mistakes that no editor would let pass and a file may hold all the same.

use meshwright::plan::{Node, NodeId, PairChoice, PairKey, Plan, TunnelAddresses};
use proptest::prelude::*;

use super::parse;

/// What is drawn to make a plan wrong after it was right.
#[derive(Clone, Debug)]
pub(super) enum Damage {
    None,
    SameAddress(usize, usize),
    NoAddress(usize),
    Outside(usize),
    ForeignFamily(usize),
    SameName(usize, usize),
    SameKey(usize, usize),
    NamesTheGone(usize, usize),
}

/// A machine that no plan holds.
pub(crate) const GONE: &str = "gone";

/// Mostly none, so that the rest of the plan is what decides.
pub(super) fn damage() -> impl Strategy<Value = Damage> {
    let one = 0_usize..12;
    let two = (0_usize..12, 0_usize..12);
    prop_oneof![
        20 => Just(Damage::None),
        1 => two.clone().prop_map(|(a, b)| Damage::SameAddress(a, b)),
        1 => one.clone().prop_map(Damage::NoAddress),
        1 => one.clone().prop_map(Damage::Outside),
        1 => one.prop_map(Damage::ForeignFamily),
        1 => two.clone().prop_map(|(a, b)| Damage::SameName(a, b)),
        1 => two.clone().prop_map(|(a, b)| Damage::SameKey(a, b)),
        1 => two.prop_map(|(a, b)| Damage::NamesTheGone(a, b)),
    ]
}

/// One of the six kinds of damage, done to these machines.
pub(super) fn any(kind: usize, a: usize, b: usize) -> Damage {
    match kind {
        0 => Damage::SameAddress(a, b),
        1 => Damage::NoAddress(a),
        2 => Damage::Outside(a),
        3 => Damage::ForeignFamily(a),
        4 => Damage::SameName(a, b),
        _ => Damage::SameKey(a, b),
    }
}

/// Makes the plan wrong.
pub(super) fn break_plan(plan: &mut Plan, ids: &[NodeId], damage: &Damage) {
    let node = |index: &usize| ids.get(*index).and_then(|id| plan.nodes.get(id)).cloned();
    let put = |index: &usize, change: &dyn Fn(&mut Node)| {
        if let Some(mut changed) = node(index) {
            change(&mut changed);
            return Some((ids[*index].clone(), changed));
        }
        None
    };
    let changed = match damage {
        Damage::None => None,
        Damage::SameAddress(a, b) => {
            node(a).and_then(|other| put(b, &|node| node.addresses = other.addresses))
        }
        Damage::NoAddress(a) => put(a, &|node| node.addresses = TunnelAddresses::default()),
        Damage::Outside(a) => put(a, &|node| node.addresses.v4 = Some(parse("10.99.0.1"))),
        Damage::ForeignFamily(a) => {
            put(a, &|node| node.addresses.v6 = Some(parse("fd00:10:10::77")))
        }
        Damage::SameName(a, b) => {
            node(a).and_then(|other| put(b, &|node| node.name = other.name.clone()))
        }
        Damage::SameKey(a, b) => {
            node(a).and_then(|other| put(b, &|node| node.public_key = other.public_key))
        }
        Damage::NamesTheGone(a, _) => put(a, &|node| {
            node.hub = Some(NodeId::new(GONE));
            node.uses_exit = Some(NodeId::new(GONE));
        }),
    };
    if let Some((id, node)) = changed {
        plan.nodes.insert(id, node);
    }
    if let Damage::NamesTheGone(a, b) = damage {
        let gone = NodeId::new(GONE);
        if let Some(dns) = &mut plan.dns {
            dns.server = Some(gone.clone());
        }
        if let (Some(a), Some(b)) = (ids.get(*a), ids.get(*b)) {
            let choice = PairChoice::Via(gone.clone());
            plan.pairs
                .extend(PairKey::new(a, b).map(|key| (key, choice)));
            plan.pairs
                .extend(PairKey::new(a, &gone).map(|key| (key, PairChoice::Never)));
        }
    }
}
