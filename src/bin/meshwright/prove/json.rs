//! The JSON that the README documents. Fields may be added, never renamed.
//!
//! It is written pair by pair, because that of a thousand machines would not fit
//! into memory as one value.

use std::io::{BufWriter, Write};

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value, json};

use meshwright::plan::Family;
use meshwright::proof::{Cell, Outcome, Target, Verdict};

use super::Proved;

/// Writes everything that was proved.
///
/// # Errors
/// The output cannot be written.
pub(super) fn write(proved: &Proved, to: impl Write) -> std::io::Result<()> {
    let mut to = BufWriter::new(to);
    let mut pretty = serde_json::Serializer::pretty(&mut to);
    Report(proved)
        .serialize(&mut pretty)
        .map_err(std::io::Error::from)?;
    to.write_all(b"\n")?;
    to.flush()
}

struct Report<'a>(&'a Proved);

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let tally = self.0.tally();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("pairs", &Pairs(self.0))?;
        map.serialize_entry("proved", &tally.through)?;
        map.serialize_entry("of", &tally.pairs)?;
        map.serialize_entry("dormant", &tally.dormant)?;
        map.serialize_entry("supposed", &self.0.assumed)?;
        map.serialize_entry("unproved", &self.0.unseen())?;
        map.end()
    }
}

struct Pairs<'a>(&'a Proved);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let proof = &self.0.proof;
        serializer.collect_map(proof.asked().map(|(from, target, cell, worst)| {
            let key = format!("{}>{}", proof.name(from), proof.target_name(target));
            (key, pair(self.0, from, target, cell, worst))
        }))
    }
}

fn pair(proved: &Proved, from: usize, target: Target, cell: &Cell, worst: &Outcome) -> Value {
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
    value
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
