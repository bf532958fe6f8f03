//! What several test crates need: fixtures, keys that are the same every time, and files.

#![allow(dead_code, reason = "no test crate needs everything")]

use std::fs;
use std::path::PathBuf;

use meshwright::keyring::Keyring;
use meshwright::mesh::{Mesh, solve};
use meshwright::plan::Plan;
use meshwright::project::{read_plan, write_plan};
use meshwright::render::{Artifact, Keys, artifacts};

/// The folder of the fixtures.
pub(crate) fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The text of a fixture by its name without `.json`.
pub(crate) fn fixture_text(name: &str) -> String {
    let path = fixtures().join(format!("{name}.json"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A fixture as a plan.
pub(crate) fn fixture(name: &str) -> Plan {
    read_plan(&fixture_text(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The names of all fixtures that are plans, without `.json`: those that the network lab stages,
/// and those under `files/`, which it cannot.
pub(crate) fn fixture_names() -> Vec<String> {
    let mut names: Vec<String> = ["", "files/"]
        .into_iter()
        .flat_map(|folder| {
            let entries = fs::read_dir(fixtures().join(folder)).unwrap();
            let paths = entries.map(|entry| entry.unwrap().path());
            paths
                .filter(|path| {
                    path.extension()
                        .is_some_and(|extension| extension == "json")
                })
                .map(move |path| format!("{folder}{}", path.file_stem().unwrap().to_str().unwrap()))
        })
        .collect();
    names.sort();
    assert!(names.iter().any(|name| name == "article"));
    assert!(names.iter().any(|name| name == "files/maximal"));
    names
}

/// All keys that a mesh needs, made from counting bytes instead of chance.
pub(crate) fn counted_keyring(mesh: &Mesh) -> Keyring {
    let mut keyring = Keyring::default();
    let mut count = 0_u64;
    keyring
        .make_missing(
            mesh.nodes_with_keys(),
            mesh.pairs_with_preshared_keys(),
            &mut |bytes: &mut [u8; 32]| {
                count += 1;
                for part in bytes.chunks_mut(8) {
                    part.copy_from_slice(&count.to_be_bytes());
                }
                Ok(())
            },
        )
        .unwrap();
    keyring
}

/// All files of a plan, with counted keys.
pub(crate) fn files_of(plan: &Plan, mesh: &Mesh) -> Vec<Artifact> {
    files_with(plan, mesh, &counted_keyring(mesh))
}

/// All files of a plan, with given keys.
pub(crate) fn files_with(plan: &Plan, mesh: &Mesh, keyring: &Keyring) -> Vec<Artifact> {
    let keys = Keys::complete(mesh, keyring).unwrap_or_else(|missing| panic!("{missing}"));
    artifacts(plan, mesh, &keys, write_plan(plan))
}

/// The plan that a text describes, with its mesh.
pub(crate) fn solved(text: &str) -> (Plan, Mesh) {
    let plan = read_plan(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mesh = solve(&plan);
    (plan, mesh)
}

/// Whether a missing tool fails the tests, as it does where others rely on the result.
pub(crate) fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true" || value == "1")
}

/// Whether a program is there. Where it must be and is not, the test fails; elsewhere it says
/// that it did not run.
pub(crate) fn have(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let there = std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    if !there {
        let sentence = format!("not run: {program} is missing");
        assert!(!in_ci(), "{sentence}, and CI=true demands it");
        eprintln!("{sentence}");
    }
    there
}
