//! What the proof says about the written files, in the terms of a measurement.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::lab::matrix::{Matrix, Outcome};
use crate::lab::plan::{list, string};
use crate::lab::promises::gateway_of;

/// Whether everybody has spoken yet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Those who need not be reached have said nothing since they came up.
    Before,
    /// All have.
    After,
}

fn ends(pair: &str) -> (&str, &str) {
    pair.split_once('>').expect("a pair has two ends")
}

/// One claim as a measurement would see it. The gateway of a LAN is a hop on the way to its hosts.
fn outcome(plan: &Value, to: &str, claim: &Value, moment: Moment) -> Outcome {
    let mut via: Vec<String> = list(&claim["via"])
        .iter()
        .map(|name| string(name).to_owned())
        .collect();
    via.extend(gateway_of(plan, to).map(|(gateway, _)| gateway.to_owned()));
    match string(&claim["verdict"]) {
        "broken" => Outcome::Nothing,
        "dormant" if moment == Moment::Before => Outcome::Nothing,
        "one-way" => Outcome::OneWay,
        "direct" | "via" | "dormant" if via.is_empty() => Outcome::Direct,
        "direct" | "via" | "dormant" => Outcome::Via(via),
        other => panic!("the proof says {other}"),
    }
}

/// Compares what was measured with what the proof says about the same files, cell by cell.
///
/// Every measured cell must be claimed. Before the sleepers have spoken every dormant pair must have
/// been measured, too, except for those that begin at a sleeper, which is awake once it asks.
pub(crate) fn compare(
    plan: &Value,
    proof: &Value,
    family: &str,
    moment: Moment,
    measured: &Matrix,
) -> Result<(), String> {
    let pairs = proof["pairs"].as_object().expect("the proof has pairs");
    let claims: Vec<(&String, &Value)> = pairs
        .iter()
        .filter_map(|(pair, claim)| Some((pair, claim["families"].get(family)?)))
        .collect();
    let is_dormant = |claim: &Value| claim["verdict"] == "dormant";
    let sleepers: BTreeSet<&str> = claims
        .iter()
        .filter(|(_, claim)| is_dormant(claim))
        .map(|(pair, _)| ends(pair).1)
        .collect();
    let expected: BTreeMap<String, Outcome> = claims
        .into_iter()
        .filter(|(pair, claim)| {
            measured.outcome(pair).is_some()
                || (moment == Moment::Before
                    && is_dormant(claim)
                    && !sleepers.contains(ends(pair).0))
        })
        .map(|(pair, claim)| {
            let outcome = outcome(plan, ends(pair).1, claim, moment);
            (
                pair.clone(),
                named_where_seen(outcome, measured.outcome(pair)),
            )
        })
        .collect();
    measured
        .compare(&expected)
        .map_err(|report| format!("the proof says something else: {report}"))
}

/// A hop whose own answers are accepted nowhere shows no name, wherever it stands.
fn named_where_seen(claim: Outcome, measured: Option<&Outcome>) -> Outcome {
    match (claim, measured) {
        (Outcome::Via(claimed), Some(Outcome::Via(seen))) if claimed.len() == seen.len() => {
            let names = claimed.into_iter().zip(seen);
            Outcome::Via(
                names
                    .map(|(name, seen)| if seen == "?" { seen.clone() } else { name })
                    .collect(),
            )
        }
        (claim, _) => claim,
    }
}
