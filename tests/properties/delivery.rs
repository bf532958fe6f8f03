//! What the solver promises, a packet finds in the files.

use meshwright::mesh::solve;
use meshwright::plan::Plan;
use proptest::strategy::{Strategy as _, ValueTree as _};

use crate::plans;
use crate::proof::{self, Claims};
use crate::support::{files_of, fixture, fixture_names};
use crate::walk::World;

/// A generator that never draws the hard cases would prove nothing.
#[test]
fn the_plans_reach_every_rule() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..1500 {
        let plans::Drawn(plan) = plans::plan().new_tree(&mut runner).unwrap().current();
        let mesh = solve(&plan);
        for pair in mesh.pairs.iter() {
            *seen.entry(pair.verdict.word()).or_insert(0) += 1;
            if pair.reason == meshwright::mesh::Reason::Chosen {
                *seen.entry("chosen").or_insert(0) += 1;
            }
        }
        for finding in &mesh.findings {
            *seen.entry(finding.code.as_str()).or_insert(0) += 1;
        }
    }
    for wanted in [
        "lan",
        "direct",
        "relayed",
        "none",
        "impossible",
        "chosen",
        "E02",
        "E03",
        "E04",
        "E05",
        "E06",
        "E07",
        "E08",
        "E10",
        "E13",
        "W17",
        "W18",
    ] {
        assert!(
            seen.get(wanted).is_some_and(|count| *count >= 10),
            "{wanted} is rare: {seen:?}"
        );
    }
}

#[test]
fn every_promise_is_kept_for_the_fixtures() {
    for name in fixture_names() {
        prove(&fixture(&name)).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    }
}

/// Solves a plan, writes its files and holds the one against the other.
pub(crate) fn prove(plan: &Plan) -> Result<(), String> {
    let mesh = solve(plan);
    let files = files_of(plan, &mesh);
    let world = World::read(plan, &files);
    for (place, node) in mesh.nodes.iter().enumerate() {
        let has_file = world.machines[place].conf.is_some();
        let wants_file =
            node.left_out.is_none() && !(node.platform.is_app() && node.own_key.is_some());
        if has_file != wants_file {
            return Err(format!(
                "{}: a file is there or not, against expectation",
                node.name
            ));
        }
    }
    proof::prove(&world, &Claims::of(&mesh))
}
