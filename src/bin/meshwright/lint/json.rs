//! The same for programs.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{As, Linted, place};

/// All files in the order of the command line.
pub(super) fn report(read: &[(&PathBuf, Result<Linted, String>)], reader: As) -> Value {
    let files: Vec<Value> = read
        .iter()
        .map(|(path, linted)| match linted {
            Ok(linted) => file(linted, reader),
            Err(problem) => json!({
                "file": path.display().to_string(),
                "reader": reader.word(),
                "accepted": null,
                "at": null,
                "why": problem,
                "warnings": [],
            }),
        })
        .collect();
    json!({ "files": files })
}

fn file(linted: &Linted, reader: As) -> Value {
    let name = linted.name.iter();
    let name = name.map(|text| json!({ "at": linted.path, "text": text }));
    let warnings = linted
        .warnings
        .iter()
        .map(|fault| json!({ "at": place(&linted.path, fault), "text": fault.to_string() }));
    json!({
        "file": linted.path,
        "reader": reader.word(),
        "accepted": linted.refused.is_none(),
        "at": linted.refused.as_ref().map(|fault| place(&linted.path, fault)),
        "why": linted.refused.as_ref().map(ToString::to_string),
        "warnings": name.chain(warnings).collect::<Vec<Value>>(),
    })
}
