//! The catalogue of findings: for each code a plan that fires it, and one that is silent.

mod catalogue;
mod exits;
mod golden;
mod links;
mod machines;
mod names;
mod pairs;
mod prefixes;
mod relays;

use serde_json::{Value, json};

use super::brief::{Solved, file, solved};

/// An object with the fields of a second added.
fn with(mut one: Value, more: Value) -> Value {
    for (key, value) in more.as_object().unwrap() {
        one[key] = value.clone();
    }
    one
}

/// A plan with further facts of the plan itself.
fn plan(facts: Value, sites: Value, nodes: Value) -> Solved {
    solved(&with(file(sites, nodes), facts))
}

/// A machine on the internet with both families.
fn dual(name: &str, number: u8, more: Value) -> Value {
    let place =
        json!({ "ipv4": format!("203.0.113.{number}"), "ipv6": format!("2001:db8::{number}") });
    let addresses = [
        format!("10.10.0.{number}"),
        format!("fd3d:1cf6:6a5e::{number}"),
    ];
    with(
        json!({ "name": name, "place": { "internet": place }, "addresses": addresses }),
        more,
    )
}

/// The facts of a plan whose tunnel carries both families.
fn both_families() -> Value {
    json!({ "tunnel": ["10.10.0.0/24", "fd3d:1cf6:6a5e::/64"] })
}

/// Severity, text and evidence of the only finding with a code, and its fix.
fn words(solved: &Solved, code: &str) -> [String; 4] {
    let finding = solved.finding(code);
    let fix = finding.fix.as_ref();
    [
        finding.severity.word().to_owned(),
        finding.text.clone(),
        finding.evidence.clone(),
        fix.map_or_else(|| "no fix".to_owned(), |fix| fix.text.clone()),
    ]
}

/// Whether no finding has a code.
fn silent(solved: &Solved, code: &str) -> bool {
    solved
        .mesh
        .findings
        .iter()
        .all(|finding| finding.code.as_str() != code)
}
