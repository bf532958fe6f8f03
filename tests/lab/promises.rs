//! Every plan under `tests/fixtures` does what the planner says it does.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::thread;

use serde_json::Value;

use crate::lab::matrix::Outcome;
use crate::lab::plan::{Staged, fixture, list, string};

/// How many labs stand at the same time. They mostly wait for handshakes that must not happen.
const AT_ONCE: usize = 4;

/// What the planner promises about each pair of machines, and about each machine and shared LAN.
fn promised(plan: &Value, report: &Value) -> BTreeMap<String, Outcome> {
    let pairs = report["pairs"].as_object().expect("the report has pairs");
    let outcomes = pairs.iter().map(|(pair, promise)| {
        let mut via: Vec<String> = list(&promise["via"])
            .iter()
            .map(string)
            .map(str::to_owned)
            .collect();
        let (_, to) = pair.split_once('>').expect("a pair has two ends");
        let gateway = gateway_of(plan, to);
        via.extend(gateway.map(|(node, _)| node.to_owned()));
        let outcome = match string(&promise["verdict"]) {
            "none" | "impossible" => Outcome::Nothing,
            _ if gateway.is_some_and(|(_, answers)| answers == "nothing") => Outcome::OneWay,
            _ if via.is_empty() => Outcome::Direct,
            _ => Outcome::Via(via),
        };
        (pair.clone(), outcome)
    });
    outcomes.collect()
}

/// The machine that shares a LAN, and how answers return, if the name is that of a LAN.
fn gateway_of<'a>(plan: &'a Value, lan: &str) -> Option<(&'a str, &'a Value)> {
    list(&plan["nodes"]).iter().find_map(|node| {
        let share = list(&node["shares"])
            .iter()
            .find(|share| share["prefix"] == lan)?;
        Some((string(&node["name"]), &share["answers"]))
    })
}

/// Measures one plan; the error is the report with the name of the plan.
fn measure(name: &str) -> Result<(), String> {
    let plan = fixture(name);
    let mut staged = Staged::new(plan.clone());
    staged.lan_hosts();
    let expected = promised(&plan, &staged.up().promises());
    let measured = staged.measure_pairs(&expected);
    // Seen with `--nocapture`, or when the test fails.
    println!("{name}\n{measured}");
    measured
        .compare(&expected)
        .map_err(|report| format!("{name}: {report}"))
}

/// The planner's verdict is a promise. Here it is kept, or the plan and the pair are named. A plan
/// that is added to the fixtures is measured from then on.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn every_plan_does_what_it_promises() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut plans: Vec<OsString> = fs::read_dir(folder)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("a folder lists its entries").file_name())
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    plans.sort();
    let mut reports = Vec::new();
    for some in plans.chunks(AT_ONCE) {
        thread::scope(|scope| {
            let labs: Vec<_> = some
                .iter()
                .map(|name| {
                    scope.spawn(|| measure(name.to_str().expect("a fixture has a plain name")))
                })
                .collect();
            reports.extend(
                labs.into_iter()
                    .filter_map(|lab| lab.join().expect("the lab stands").err()),
            );
        });
    }
    assert!(reports.is_empty(), "{}", reports.join("\n\n"));
}
