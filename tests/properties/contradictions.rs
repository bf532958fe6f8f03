//! What the page shows as a contradiction between the planner and the files does not occur.

use meshwright::editor::proving::{ProjectFiles, ReadBefore, contradictions};
use meshwright::mesh::solve;
use meshwright::plan::Plan;

use crate::plans::wide::{self, Facts};
use crate::support::{counted_keyring, fixture, fixture_names};

/// The pairs on which planner and proof differ, in words.
fn found(plan: &Plan) -> Vec<String> {
    let mesh = solve(plan);
    let keyring = counted_keyring(&mesh);
    let files = ProjectFiles::read(&mesh, &keyring, &mut ReadBefore::default()).unwrap();
    let proof = files.world(plan).prove();
    let pairs = contradictions(&mesh, &proof).into_iter();
    pairs
        .map(|(from, to)| {
            let outcome = proof.cell(from, to).unwrap().worst().unwrap();
            let target = proof.targets[to];
            let planned = &mesh.pair(from, to).unwrap().verdict;
            let why = proof.why(from, target, outcome);
            format!(
                "{} to {}, {planned:?}: {why}",
                proof.name(from),
                proof.name(to)
            )
        })
        .collect()
}

#[test]
fn the_files_do_what_the_planner_says() {
    for name in fixture_names() {
        assert_eq!(found(&fixture(&name)), [""; 0], "{name}");
    }
    for seed in 0..400 {
        assert_eq!(found(&wide::plan(seed, Facts::All)), [""; 0], "plan {seed}");
    }
}
