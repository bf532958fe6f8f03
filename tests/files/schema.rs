//! The published schema of the plan file agrees with what is read and written.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use meshwright::project::{read_plan, write_plan};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::program::{folder, must, run};
use crate::plans::{self, Drawn};
use crate::support::{fixture_names, fixture_text};

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("static/plan.schema.json")
}

fn schema() -> Value {
    serde_json::from_str(&fs::read_to_string(path()).unwrap()).unwrap()
}

/// Checks a value against the part of JSON Schema that our schema uses; another keyword is a
/// panic, so that nothing is passed over in silence. Collects the properties that it meets.
struct Validator {
    root: Value,
    met: BTreeSet<String>,
}

impl Validator {
    fn new() -> Self {
        Self {
            root: schema(),
            met: BTreeSet::new(),
        }
    }

    fn check(&mut self, schema: &Value, value: &Value, place: &str) -> Result<(), String> {
        let wrong = |why: String| Err(format!("{place}: {why}"));
        let length = |of: &Value| match of {
            Value::String(text) => text.chars().count(),
            Value::Array(list) => list.len(),
            _ => 0,
        };
        for (keyword, stated) in schema.as_object().unwrap() {
            let number = || usize::try_from(stated.as_u64().unwrap()).unwrap();
            match keyword.as_str() {
                "$ref" => {
                    let target = self.resolve(stated);
                    self.check(&target, value, place)?;
                }
                "type" => {
                    let fits = match stated.as_str().unwrap() {
                        "object" => value.is_object(),
                        "array" => value.is_array(),
                        "string" => value.is_string(),
                        "boolean" => value.is_boolean(),
                        "integer" => value.is_i64() || value.is_u64(),
                        other => panic!("type {other}"),
                    };
                    if !fits {
                        return wrong(format!("{value} is no {stated}"));
                    }
                }
                "const" if stated != value => return wrong(format!("{value} is not {stated}")),
                "enum" if !stated.as_array().unwrap().contains(value) => {
                    return wrong(format!("{value} is none of {stated}"));
                }
                "minLength" | "minItems" if length(value) < number() => {
                    return wrong("too short".to_owned());
                }
                "maxLength" | "maxItems" if length(value) > number() => {
                    return wrong("too long".to_owned());
                }
                "minimum" if value.as_i64() < stated.as_i64() => {
                    return wrong(format!("{value} is too small"));
                }
                "maximum" if value.as_i64() > stated.as_i64() => {
                    return wrong(format!("{value} is too large"));
                }
                // Judged by the other validator.
                "pattern" => assert!(stated.as_str().unwrap().starts_with('^')),
                "items" => {
                    for (index, part) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(stated, part, &format!("{place}[{index}]"))?;
                    }
                }
                "required" => {
                    for field in stated.as_array().unwrap() {
                        if value.get(field.as_str().unwrap()).is_none() {
                            return wrong(format!("{field} is missing"));
                        }
                    }
                }
                "additionalProperties" => {
                    assert_eq!(stated, &json!(false));
                    for (key, part) in value.as_object().into_iter().flatten() {
                        let property = schema["properties"].get(key);
                        let Some(property) = property else {
                            return wrong(format!("unknown field {key}"));
                        };
                        self.check(property, part, &format!("{place}.{key}"))?;
                        self.met.insert(format!("{}.{key}", name_of(schema)));
                    }
                }
                "oneOf" => {
                    let options = stated.as_array().unwrap().clone();
                    let fitting = options
                        .iter()
                        .filter(|option| self.check(option, value, place).is_ok())
                        .count();
                    if fitting != 1 {
                        return wrong(format!("{value} fits {fitting} of the options"));
                    }
                }
                // What was kept above, and what demands nothing.
                "const" | "enum" | "minLength" | "maxLength" | "minItems" | "maxItems"
                | "minimum" | "maximum" | "$schema" | "$defs" | "title" | "description"
                | "properties" => {}
                other => panic!("the schema uses {other}"),
            }
        }
        Ok(())
    }

    fn resolve(&self, reference: &Value) -> Value {
        let pointer = reference.as_str().unwrap().strip_prefix('#').unwrap();
        self.root
            .pointer(pointer)
            .unwrap_or_else(|| panic!("{reference} leads nowhere"))
            .clone()
    }

    fn accepts(&mut self, text: &str) -> Result<(), String> {
        let root = self.root.clone();
        self.check(&root, &serde_json::from_str(text).unwrap(), "")
    }
}

/// What an object schema is called in the list of properties: its fields in a row.
fn name_of(schema: &Value) -> String {
    let fields: Vec<&str> = schema["properties"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    format!("{{{}}}", fields.join(" "))
}

/// All properties of all objects in the schema, each of which must be described.
fn properties(schema: &Value, found: &mut BTreeSet<String>) {
    if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
        for (key, property) in fields {
            found.insert(format!("{}.{key}", name_of(schema)));
            let text = property["description"]
                .as_str()
                .unwrap_or_else(|| panic!("{key} has no description"));
            assert!(text.len() > 5 && text.ends_with('.'), "{key}: {text}");
            properties(property, found);
        }
    }
    for (key, part) in schema.as_object().into_iter().flatten() {
        match (key.as_str(), part) {
            ("$defs", Value::Object(parts)) => {
                parts.values().for_each(|part| properties(part, found));
            }
            ("oneOf", Value::Array(parts)) => parts.iter().for_each(|part| properties(part, found)),
            ("items", part) => properties(part, found),
            _ => {}
        }
    }
}

#[test]
fn a_maximal_plan_uses_every_property_and_no_other() {
    let text = fixture_text("files/maximal");
    let written = write_plan(&read_plan(&text).unwrap());
    let mut validator = Validator::new();
    validator.accepts(&text).unwrap();
    validator.accepts(&written).unwrap();
    let mut stated = BTreeSet::new();
    properties(&schema(), &mut stated);
    let unused: Vec<&String> = stated.difference(&validator.met).collect();
    assert!(
        unused.is_empty(),
        "the schema states what is never written: {unused:?}"
    );
}

#[test]
fn the_schema_accepts_what_is_written_and_the_reader_takes_it() {
    let mut runner = TestRunner::deterministic();
    let mut validator = Validator::new();
    for _ in 0..300 {
        let Drawn(plan) = plans::plan().new_tree(&mut runner).unwrap().current();
        validator.accepts(&write_plan(&plan)).unwrap();
    }
    // Chance states every fact, so that what holds for drawn plans holds for all.
    let mut stated = BTreeSet::new();
    properties(&schema(), &mut stated);
    let never: Vec<&str> = stated
        .difference(&validator.met)
        .filter_map(|property| property.rsplit_once('.').map(|(_, key)| key))
        .collect();
    assert!(never.is_empty(), "never drawn: {never:?}");
    for name in fixture_names() {
        validator
            .accepts(&fixture_text(&name))
            .unwrap_or_else(|fault| panic!("{name}: {fault}"));
    }
}

/// What the schema refuses the reader refuses, too; the reader knows more and refuses more.
#[test]
fn the_reader_is_at_least_as_strict_as_the_schema() {
    let right: Value = serde_json::from_str(&fixture_text("files/maximal")).unwrap();
    let mut places = vec![String::new()];
    let mut index = 0;
    while index < places.len() {
        let place = places[index].clone();
        match right.pointer(&place).unwrap() {
            Value::Array(list) => {
                places.extend((0..list.len()).map(|part| format!("{place}/{part}")));
            }
            Value::Object(object) => {
                places.extend(object.keys().map(|key| format!("{place}/{key}")));
            }
            _ => {}
        }
        index += 1;
    }
    let mut validator = Validator::new();
    let root = schema();
    let mut refused = 0;
    for place in places.iter().filter(|place| !place.is_empty()) {
        for wrong in [
            json!(null),
            json!(true),
            json!(70_000),
            json!(-1),
            json!(0.5),
            json!(""),
            json!("x y"),
            json!([]),
            json!([1]),
            json!({}),
            json!({ "odd": 1 }),
        ] {
            let mut file = right.clone();
            *file.pointer_mut(place).unwrap() = wrong.clone();
            if validator.check(&root, &file, "").is_err() {
                refused += 1;
                assert!(
                    read_plan(&file.to_string()).is_err(),
                    "{place} = {wrong} is read"
                );
            }
        }
        let mut file = right.clone();
        let (parent, key) = place.rsplit_once('/').unwrap();
        if let Some(Value::Object(object)) = file.pointer_mut(parent) {
            object.remove(key);
            if validator.check(&root, &file, "").is_err() {
                refused += 1;
                assert!(
                    read_plan(&file.to_string()).is_err(),
                    "{place} may be missing"
                );
            }
        }
    }
    assert!(refused > 500, "only {refused} wrong files");
}

#[test]
fn a_real_validator_accepts_the_schema_and_the_fixtures() {
    let python = |script: &str| {
        run(Command::new("python3").args(["-c", script]), "")
            .status
            .success()
    };
    if Command::new("python3").arg("--version").output().is_err() || !python("import jsonschema") {
        eprintln!("not run: Python's jsonschema is missing, which is optional");
        return;
    }
    let folder = folder("schema");
    let mut runner = TestRunner::deterministic();
    for number in 0..100 {
        let Drawn(plan) = plans::plan().new_tree(&mut runner).unwrap().current();
        fs::write(folder.join(format!("{number}.json")), write_plan(&plan)).unwrap();
    }
    for name in fixture_names() {
        let flat = name.replace('/', "-");
        fs::write(folder.join(format!("{flat}.json")), fixture_text(&name)).unwrap();
    }
    let script = "import glob, json, sys\n\
        from jsonschema import Draft202012Validator as V\n\
        s = json.load(open(sys.argv[1])); V.check_schema(s); v = V(s)\n\
        for f in glob.glob(sys.argv[2] + '/*.json'):\n    v.validate(json.load(open(f)))\n";
    must(
        Command::new("python3")
            .args(["-c", script])
            .arg(path())
            .arg(&folder),
        "",
    );
}
