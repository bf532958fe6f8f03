//! Many plans of every kind, each held against what a packet finds.
//!
//! The number of plans and the first seed come from `MESHWRIGHT_PLANS` and `MESHWRIGHT_SEED`, for
//! long runs. With `MESHWRIGHT_FAULTS` naming a folder, a run does not stop at the first fault but
//! writes the smallest plan of each kind of fault there.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use meshwright::mesh::solve;
use meshwright::plan::{Node, Plan, Talk, TunnelAddresses};
use meshwright::project::write_plan;

use super::delivery::prove;
use crate::plans::smaller::smallest;
use crate::plans::wide::{self, Facts};

fn number(variable: &str, otherwise: u64) -> u64 {
    match std::env::var(variable) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{variable} is a number")),
        Err(_) => otherwise,
    }
}

/// What is wrong with a plan's mesh, a panic included.
fn fault(plan: &Plan) -> Option<String> {
    match catch_unwind(AssertUnwindSafe(|| prove(plan))) {
        Ok(result) => result.err(),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string));
            Some(format!("panic: {}", text.unwrap_or_default()))
        }
    }
}

/// A fault without what differs from plan to plan: names, addresses, numbers.
fn kind(fault: &str) -> String {
    let word = |word: &str| {
        if word.chars().any(|letter| letter.is_ascii_digit()) {
            "*".to_owned()
        } else {
            word.to_owned()
        }
    };
    fault.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn run(facts: Facts, count: u64) {
    let first = number("MESHWRIGHT_SEED", 0);
    let folder = std::env::var("MESHWRIGHT_FAULTS").ok();
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    for seed in first..first + number("MESHWRIGHT_PLANS", count) {
        let plan = wide::plan(seed, facts);
        let Some(found) = fault(&plan) else {
            continue;
        };
        let kind = kind(&found);
        let seen = kinds.entry(kind.clone()).or_insert(0);
        *seen += 1;
        if *seen > 1 {
            continue;
        }
        let same = |plan: &Plan| fault(plan).is_some_and(|other| self::kind(&other) == kind);
        let small = smallest(&plan, &same);
        let found = fault(&small).unwrap_or_default();
        let Some(folder) = &folder else {
            panic!("seed {seed}: {found}\n{}", write_plan(&small));
        };
        let name = format!("{folder}/seed-{seed}");
        std::fs::write(format!("{name}.json"), write_plan(&small)).unwrap();
        std::fs::write(format!("{name}.txt"), format!("{found}\n")).unwrap();
    }
    let total: u64 = kinds.values().sum();
    for (kind, count) in &kinds {
        eprintln!("{count:6} {kind}");
    }
    assert!(
        kinds.is_empty(),
        "{total} plans show faults of {} kinds",
        kinds.len()
    );
}

#[test]
fn every_promise_about_many_plans_is_kept() {
    run(FACTS, 3000);
}

/// How far the rules go by now.
pub(super) const FACTS: Facts = Facts::All;

/// Comings and goings: a machine that is added or taken away moves no address of another, and what
/// the files of others say changes only where it has to.
#[test]
fn a_machine_that_comes_or_goes_moves_no_other() {
    for seed in 0..400 {
        let plan = wide::plan(seed, Facts::All);
        for id in plan.nodes.keys().take(3) {
            let mut without = plan.clone();
            without.nodes.remove(id);
            let before = without.clone();
            let _ = without.assign_missing_addresses();
            for (other, node) in &before.nodes {
                let now = without.nodes[other].addresses;
                assert!(
                    node.addresses
                        .iter()
                        .all(|own| now.iter().any(|now| now == own)),
                    "seed {seed}: {other}"
                );
            }
            let mut again = without.clone();
            let node = Node {
                addresses: TunnelAddresses::default(),
                ..plan.nodes[id].clone()
            };
            again.nodes.insert(id.clone(), node);
            let _ = again.assign_missing_addresses();
            for (other, node) in &without.nodes {
                assert_eq!(
                    again.nodes[other].addresses, node.addresses,
                    "seed {seed}: {other}"
                );
            }
        }
    }
}

/// Facts in another order, in a file or in memory, are the same facts.
#[test]
fn the_order_of_many_facts_changes_nothing() {
    for seed in 0..600 {
        let plan = wide::plan(seed, Facts::All);
        let mut turned = plan.clone();
        turned.tunnel.reverse();
        for (_, site) in turned.sites.iter_mut() {
            site.lans.reverse();
        }
        for (_, node) in turned.nodes.iter_mut() {
            node.shares.reverse();
            node.groups.reverse();
            node.leaves_out.reverse();
        }
        if let Talk::Only(pairs) = &mut turned.talk {
            pairs.reverse();
        }
        let (one, mut other) = (solve(&plan), solve(&turned));
        other.tunnel.clone_from(&one.tunnel);
        assert_eq!(one.pairs, other.pairs, "seed {seed}");
        assert_eq!(one.nodes, other.nodes, "seed {seed}");
    }
}

/// A generator that never draws the hard cases would prove nothing.
#[test]
fn the_many_plans_are_of_every_kind() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..500 {
        let mesh = solve(&wide::plan(seed, Facts::All));
        for pair in mesh.pairs.iter() {
            *seen.entry(pair.verdict.word()).or_insert(0) += 1;
        }
    }
    for word in ["lan", "direct", "relayed", "none", "impossible"] {
        assert!(
            seen.get(word).is_some_and(|count| *count > 100),
            "{word} is rare: {seen:?}"
        );
    }
}
