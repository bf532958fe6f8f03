//! Every plan under `tests/fixtures` does what the planner says it does.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::lab::json::{fixture, list, string};
use crate::lab::look::{FAMILIES, look};
use crate::lab::matrix::Outcome;
use crate::lab::plan::Staged;
use crate::lab::proof::{self, Moment};
use crate::lab::side_by_side::measure_all;
use crate::lab::sleep;

/// The folders whose plans are measured, below `tests/fixtures`.
const FOLDERS: [&str; 2] = ["", "lab/"];

/// What the planner promises in one family about each pair of machines, and about each machine and
/// shared LAN.
fn promised(plan: &Value, report: &Value, family: &str) -> BTreeMap<String, Outcome> {
    let pairs = report["pairs"].as_object().expect("the report has pairs");
    let outcomes = pairs.iter().filter_map(|(pair, promise)| {
        let promise = promise["families"].get(family)?;
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
        Some((pair.clone(), outcome))
    });
    outcomes.collect()
}

/// The machine that shares a LAN, and how answers return, if the name is that of a LAN.
pub(crate) fn gateway_of<'a>(plan: &'a Value, lan: &str) -> Option<(&'a str, &'a Value)> {
    list(&plan["nodes"]).iter().find_map(|node| {
        let share = list(&node["shares"])
            .iter()
            .find(|share| share["prefix"] == lan)?;
        Some((string(&node["name"]), &share["answers"]))
    })
}

/// Measures one plan before and after its sleeping machines have spoken, and compares every cell
/// with the promise and with the proof of the written files. Says how many cells agree; the error is
/// the report with the name of the plan.
pub(crate) fn measure(name: &str, plan: &Value) -> Result<usize, String> {
    let mut staged = Staged::new(plan.clone());
    staged.lan_hosts();
    let rendered = staged.up();
    let report = rendered.promises();
    let proof = rendered.proof();
    let mut cells = 0;
    for moment in [Moment::Before, Moment::After] {
        for family in FAMILIES {
            let promised = promised(plan, &report, family.0);
            let expected = match moment {
                Moment::Before => {
                    // What the files say of whole machines, and the proof of single pairs.
                    let mut asleep = sleep::asleep(plan, &rendered, promised.keys());
                    proof::add_dormant(&proof, family.0, &mut asleep);
                    asleep
                }
                Moment::After => promised,
            };
            cells += look(name, &staged, &proof, family, moment, &expected)?;
        }
    }
    Ok(cells)
}

/// The planner's verdict is a promise. Here it is kept, or the plan and the pair are named. A plan
/// that is added to the fixtures is measured from then on.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn every_plan_does_what_it_promises() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut plans: Vec<(String, Value)> = Vec::new();
    for folder in FOLDERS {
        for entry in fs::read_dir(fixtures.join(folder)).expect("the fixtures are there") {
            let file = entry.expect("a folder lists its entries").file_name();
            let file = file.to_str().expect("a fixture has a plain name");
            if let Some(name) = file.strip_suffix(".json") {
                plans.push((
                    format!("{folder}{name}"),
                    fixture(&format!("{folder}{file}")),
                ));
            }
        }
    }
    plans.sort_by(|(one, _), (other, _)| one.cmp(other));
    measure_all("plans", &plans, measure);
}
