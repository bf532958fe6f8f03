//! The JSON that the README documents. Fields may be added, never renamed.

use serde_json::{Map, Value, json};

use meshwright::plan::Family;
use meshwright::proof::{Outcome, Target, Verdict};

use super::Proved;

/// Everything that was proved.
pub(super) fn report(proved: &Proved) -> Value {
    let proof = &proved.proof;
    let mut pairs = Map::new();
    for (from, target, cell, worst) in proof.asked() {
        let mut families = Map::new();
        for (family, number) in [(Family::V4, "4"), (Family::V6, "6")] {
            if let Some(outcome) = cell.family(family) {
                let value = outcome_json(proved, from, target, outcome);
                families.insert(number.to_owned(), value);
            }
        }
        let mut value = outcome_json(proved, from, target, worst);
        if let Some(object) = value.as_object_mut() {
            object.insert("families".to_owned(), Value::Object(families));
            let wanted = proved.is_wanted(from, target);
            object.insert("wanted".to_owned(), Value::Bool(wanted));
        }
        let key = format!("{}>{}", proof.name(from), proof.target_name(target));
        pairs.insert(key, value);
    }
    let tally = proved.tally();
    json!({
        "pairs": pairs,
        "proved": tally.through,
        "of": tally.pairs,
        "dormant": tally.dormant,
        "supposed": proved.assumed,
    })
}

fn outcome_json(proved: &Proved, from: usize, target: Target, outcome: &Outcome) -> Value {
    let proof = &proved.proof;
    let via: Vec<&str> = outcome.via.iter().map(|place| proof.name(*place)).collect();
    let fault = outcome.fault.as_deref();
    json!({
        "verdict": outcome.verdict.word(),
        "through": outcome.verdict.is_through(),
        "via": via,
        "why": proof.why(from, target, outcome),
        "at": fault.and_then(|fault| proof.place(fault.machine, fault.line?)),
        "sleeper": outcome
            .sleeper
            .filter(|_| matches!(outcome.verdict, Verdict::Dormant | Verdict::Asleep))
            .map(|place| proof.name(place)),
    })
}
