//! What people want of their machines: who talks to whom, through whom, and what for.

use meshwright::plan::{
    Dns, GroupPair, Label, MtuPolicy, NodeId, PairChoice, PairKey, Plan, Prefix, Talk,
};

use super::{Dice, Kinds, some_machine};
use crate::plans::parse;

const GROUPS: [&str; 3] = ["laptops", "servers", "\u{5b9d}\u{5bb6}"];

pub(super) fn add(plan: &mut Plan, dice: &mut Dice, kinds: &Kinds, ids: &[NodeId]) {
    choices(plan, dice, kinds, ids);
    if kinds.groups {
        groups(plan, dice, ids);
    }
    if kinds.spokes {
        spokes(plan, dice, kinds, ids);
    }
    if kinds.exits {
        exits(plan, dice, kinds, ids);
    }
    if kinds.shares && kinds.settings {
        left_out(plan, dice, ids);
    }
    if kinds.settings {
        plan.covering = dice.percent(40);
        plan.mtu = dice.pick(&[MtuPolicy::Same, MtuPolicy::Each]);
        plan.dns = dice.percent(20).then(|| Dns {
            domain: parse("mesh.internal"),
            server: some_machine(dice, kinds, ids),
            answers_public: dice.percent(50),
        });
    }
}

fn choices(plan: &mut Plan, dice: &mut Dice, kinds: &Kinds, ids: &[NodeId]) {
    let mut wishes = Vec::new();
    if kinds.pins {
        wishes.extend(["via"; 3]);
    }
    if kinds.direct {
        wishes.extend(["direct"; 2]);
    }
    if kinds.never {
        wishes.push("never");
    }
    if wishes.is_empty() || ids.is_empty() {
        return;
    }
    // Choices among few machines come in each other's way.
    let reach = dice.pick(&[4, ids.len()]).min(ids.len());
    for _ in 0..dice.within(0..=ids.len().min(8)) {
        let (a, b) = (dice.below(reach), dice.below(reach));
        let Some(key) = PairKey::new(&ids[a], &ids[b]) else {
            continue;
        };
        let choice = match dice.pick(&wishes) {
            "via" => some_machine(dice, kinds, &ids[..reach]).map(PairChoice::Via),
            "direct" => Some(PairChoice::Direct),
            _ => Some(PairChoice::Never),
        };
        plan.pairs.extend(choice.map(|choice| (key, choice)));
    }
}

fn groups(plan: &mut Plan, dice: &mut Dice, ids: &[NodeId]) {
    for id in ids {
        let chosen = GROUPS
            .iter()
            .filter(|_| dice.percent(45))
            .map(|group| parse(group));
        let mut chosen: Vec<Label> = chosen.collect();
        chosen.sort();
        if let Some(node) = plan.nodes.get_mut(id) {
            node.groups = chosen;
        }
    }
    if dice.percent(85) {
        let pairs = (0..dice.within(0..=3))
            .map(|_| GroupPair::new(parse(dice.pick(&GROUPS)), parse(dice.pick(&GROUPS))));
        plan.talk = Talk::only(pairs.collect());
    }
}

fn spokes(plan: &mut Plan, dice: &mut Dice, kinds: &Kinds, ids: &[NodeId]) {
    let hub = some_machine(dice, kinds, ids);
    for id in ids {
        if !dice.percent(25) {
            continue;
        }
        let hub = if dice.percent(70) {
            hub.clone()
        } else {
            some_machine(dice, kinds, ids)
        };
        if let Some(node) = plan.nodes.get_mut(id) {
            // A machine that is its own hub is a mistake that a file can hold.
            node.hub = hub.filter(|hub| hub != id || kinds.odd);
        }
    }
}

fn exits(plan: &mut Plan, dice: &mut Dice, kinds: &Kinds, ids: &[NodeId]) {
    let exit = some_machine(dice, kinds, ids);
    if let Some(node) = exit.as_ref().and_then(|exit| plan.nodes.get_mut(exit)) {
        node.exit = true;
    }
    for id in ids {
        let used = if dice.percent(75) {
            exit.clone()
        } else {
            some_machine(dice, kinds, ids)
        };
        let (wants, is_exit) = (dice.percent(30), dice.percent(10));
        if let Some(node) = plan.nodes.get_mut(id) {
            node.exit |= is_exit;
            if wants {
                node.uses_exit = used;
            }
        }
    }
}

fn left_out(plan: &mut Plan, dice: &mut Dice, ids: &[NodeId]) {
    let shared: Vec<Prefix> = plan
        .nodes
        .values()
        .flat_map(|node| node.shares.iter().map(|share| share.prefix))
        .collect();
    for id in ids {
        let mut prefixes: Vec<Prefix> = shared
            .iter()
            .copied()
            .filter(|_| dice.percent(10))
            .collect();
        prefixes.sort();
        prefixes.dedup();
        if let Some(node) = plan.nodes.get_mut(id) {
            node.leaves_out = prefixes;
        }
    }
}
