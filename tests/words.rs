//! The texts of the page and their translations, held against each other by
//! reading the source: each text has a counterpart in each catalogue, and each
//! counterpart has a text.
//!
//! With `WRITE_CATALOGUE=1` in the environment the catalogues are written anew:
//! sorted, without what no longer stands in the source, and with an empty
//! counterpart for what is missing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets a surprise stops there"
)]

#[path = "words/source.rs"]
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use meshwright::editor::example;
use meshwright::mesh::{Mesh, solve};
use meshwright::plan::Plan;
use meshwright::project::read_plan;
use meshwright::words::Catalogue;

type Entries = BTreeMap<String, String>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// All catalogues with their paths.
fn catalogues() -> Vec<(PathBuf, Entries)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join("static/lang")).unwrap() {
        let path = entry.unwrap().path();
        let entries = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        found.push((path, entries));
    }
    assert!(!found.is_empty(), "there is no catalogue");
    found
}

/// What looks like a text of the page and stays as it is in every language.
fn kept() -> BTreeSet<String> {
    let list = fs::read_to_string(root().join("tests/words/kept.txt")).unwrap();
    let lines = list.lines().filter(|line| !line.starts_with("# "));
    lines.map(|line| line.replace("\\n", "\n")).collect()
}

/// The holes of a text, sorted, since another language may order them anew.
fn holes(text: &str) -> Vec<String> {
    let text = text.replace("{{", "").replace("}}", "");
    let parts = text.split('{').skip(1);
    let mut holes: Vec<String> = parts
        .map(|part| part.split('}').next().unwrap().to_owned())
        .collect();
    holes.sort();
    holes
}

#[test]
fn every_text_has_a_counterpart_and_every_counterpart_a_text() {
    let (texts, literals) = source::texts();
    let kept = kept();
    let mut broken = Vec::new();
    for (path, mut entries) in catalogues() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if std::env::var_os("WRITE_CATALOGUE").is_some() {
            entries.retain(|text, _| literals.contains(text));
            for text in texts.keys().filter(|text| !kept.contains(*text)) {
                entries.entry(text.clone()).or_default();
            }
            let written = serde_json::to_string_pretty(&entries).unwrap();
            fs::write(&path, written + "\n").unwrap();
        }
        for (text, place) in &texts {
            if !kept.contains(text) && entries.get(text).is_none_or(String::is_empty) {
                broken.push(format!("{name}: nothing for {text:?} of src/{place}"));
            }
        }
        for (text, other) in &entries {
            if !literals.contains(text) {
                broken.push(format!("{name}: {text:?} stands nowhere in the source"));
            }
            if !other.is_empty() && holes(text) != holes(other) {
                broken.push(format!("{name}: other holes than in {text:?}: {other:?}"));
            }
            if kept.contains(text) {
                broken.push(format!("{name}: {text:?} is to stay as it is"));
            }
        }
    }
    for text in kept.iter().filter(|text| !texts.contains_key(*text)) {
        broken.push(format!("kept.txt: {text:?} is no text of the source"));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The plans of the other tests and the example.
fn plans() -> Vec<Plan> {
    let mut plans = vec![example()];
    let mut folders = vec![root().join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("node_modules") {
                    folders.push(path);
                }
            } else if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                plans.extend(read_plan(&fs::read_to_string(&path).unwrap()).ok());
            }
        }
    }
    plans
}

/// What the page says of a mesh.
fn sayings(mesh: &Mesh) -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    for finding in &mesh.findings {
        said.insert(finding.text.clone());
        said.insert(finding.evidence.clone());
        said.extend(finding.fix.iter().map(|fix| fix.text.clone()));
    }
    said.extend(mesh.pairs.iter().map(|pair| mesh.why(pair)));
    said
}

/// Words that tell an English sentence from a German one.
const ENGLISH: [&str; 15] = [
    "the", "and", "of", "is", "are", "its", "it", "that", "this", "which", "from", "with", "to",
    "neither", "both",
];

#[test]
fn what_is_said_of_a_mesh_is_said_in_german_from_end_to_end() {
    let (_, entries) = catalogues()
        .into_iter()
        .find(|(path, _)| path.ends_with("de.json"))
        .unwrap();
    let catalogue = Catalogue::new(entries);
    let mut broken = BTreeSet::new();
    let plans = plans();
    assert!(plans.len() > 3, "the plans were not found");
    let mut heard = 0;
    for plan in &plans {
        let mesh = solve(plan);
        let is_name = |text: &str| plan.nodes.values().any(|node| node.name.as_str() == text);
        for text in sayings(&mesh).into_iter().filter(|text| !text.is_empty()) {
            heard += 1;
            let german = catalogue.translate(&text, &is_name).unwrap_or_default();
            let mut words = german.split(|character: char| !character.is_alphanumeric());
            if german.is_empty() || words.any(|word| ENGLISH.contains(&word)) {
                broken.insert(format!("{text:?} became {german:?}"));
            }
        }
    }
    assert!(heard > 20, "only {heard} sentences were said");
    let broken: Vec<String> = broken.into_iter().collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
