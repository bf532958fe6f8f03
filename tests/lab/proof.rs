//! What the proof says about the written files, in the terms of a measurement.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::lab::json::{list, string};
use crate::lab::matrix::{Matrix, Outcome};
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

/// All claims of one family.
fn claims<'a>(proof: &'a Value, family: &str) -> Vec<(&'a String, &'a Value)> {
    let pairs = proof["pairs"].as_object().expect("the proof has pairs");
    pairs
        .iter()
        .filter_map(|(pair, claim)| Some((pair, claim["families"].get(family)?)))
        .collect()
}

/// Adds the pairs that work only once their end has spoken, as the proof says, and where nothing
/// arrives until then. Pairs that begin at a sleeper are left out: that is awake once it asks, and
/// wakes those who relay for it.
pub(crate) fn add_dormant(proof: &Value, family: &str, asleep: &mut BTreeMap<String, Outcome>) {
    let claims = claims(proof, family);
    let dormant = claims
        .iter()
        .filter(|(_, claim)| claim["verdict"] == "dormant");
    asleep.extend(
        dormant
            .clone()
            .map(|(pair, _)| ((*pair).clone(), Outcome::Nothing)),
    );
    let sleepers: BTreeSet<&str> = dormant.map(|(pair, _)| ends(pair).1).collect();
    asleep.retain(|pair, _| !sleepers.contains(ends(pair).0));
}

/// Compares what was measured with what the proof says about the same files, cell by cell. Every
/// measured cell must be claimed.
pub(crate) fn compare(
    plan: &Value,
    proof: &Value,
    family: &str,
    moment: Moment,
    measured: &Matrix,
) -> Result<(), String> {
    let expected: BTreeMap<String, Outcome> = claims(proof, family)
        .into_iter()
        .filter(|(pair, _)| measured.outcome(pair).is_some())
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
