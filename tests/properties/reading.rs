//! Whatever is in a file, reading it ends in a value or in an error that names a place.

use meshwright::project::{FileError, read_keyring, read_plan};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::fixture_text;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let keys = prop_oneof![
            3 => proptest::sample::select(&[
                "format", "version", "name", "tunnel", "sites", "nodes", "pairs", "place", "site",
                "at", "internet", "roams", "ipv4", "addresses", "shares", "private_keys",
                "preshared_keys", "id", "between", "choice", "via", "talk", "dns", "domain", "server",
                "groups", "hub", "forward", "external", "uplink", "leaves_out",
            ][..]).prop_map(str::to_owned),
            1 => ".{0,6}",
        ];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((keys, inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        prop_assert!(read_plan(&text).is_err());
        prop_assert!(read_keyring(&text).is_err());
    }

    #[test]
    fn any_json_is_read_without_a_panic(value in any_json()) {
        prop_assert!(read_plan(&value.to_string()).is_err());
        prop_assert!(read_keyring(&value.to_string()).is_err());
    }

    #[test]
    fn any_json_under_a_right_head_is_read_without_a_panic(mut value in any_json(), field in 0_usize..10) {
        let fields = ["name", "tunnel", "sites", "nodes", "pairs", "listen_port", "talk", "dns", "mtu", "covering"];
        let mut plan: Value = serde_json::from_str(&fixture_text("article")).unwrap();
        plan[fields[field]] = value.take();
        let _ = read_plan(&plan.to_string());
        let keyring = json!({ "format": "meshwright-keyring", "version": 1, "private_keys": plan[fields[field]] });
        let _ = read_keyring(&keyring.to_string());
    }
}

fn message(error: &FileError) -> String {
    let text = error.to_string();
    assert!(
        !text.is_empty() && !text.contains('\n'),
        "one line: {text:?}"
    );
    text
}

#[test]
fn a_file_cut_off_anywhere_is_said_to_end_too_early() {
    let text = fixture_text("article");
    let whole = text.trim_end();
    for length in (0..whole.len()).filter(|length| whole.is_char_boundary(*length)) {
        let error = read_plan(&whole[..length]).expect_err("a part is no plan");
        let text = message(&error);
        assert!(
            text.contains("ends too early, at line "),
            "{length}: {text}"
        );
    }
}

/// Every place in a value as a path of keys and indices.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Array(list) => {
            for (index, part) in list.iter().enumerate() {
                places(part, &format!("{here}/{index}"), found);
            }
        }
        Value::Object(object) => {
            for (key, part) in object {
                places(part, &format!("{here}/{key}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn a_value_of_a_wrong_type_is_an_error_that_names_its_place() {
    let mut swapped = 0;
    for name in ["article", "files/maximal"] {
        let right: Value = serde_json::from_str(&fixture_text(name)).unwrap();
        let mut all = Vec::new();
        places(&right, "", &mut all);
        for place in all {
            let old = right.pointer(&place).unwrap();
            for wrong in [
                json!(null),
                json!(true),
                json!(-1),
                json!(0.5),
                json!(""),
                json!([]),
                json!({}),
            ] {
                // The same type may be a right value, and `null` is no other word for nothing.
                if std::mem::discriminant(old) == std::mem::discriminant(&wrong) {
                    continue;
                }
                let mut file = right.clone();
                *file.pointer_mut(&place).unwrap() = wrong.clone();
                let result = read_plan(&file.to_string());
                let last = place
                    .rsplit('/')
                    .find(|part| part.parse::<usize>().is_err())
                    .unwrap_or("");
                let error = result
                    .err()
                    .unwrap_or_else(|| panic!("{name}: {place} = {wrong} was accepted"));
                let text = message(&error);
                let word = if last.is_empty() { "format" } else { last };
                assert!(text.contains(word), "{name}: {place} = {wrong}: {text}");
                swapped += 1;
            }
        }
    }
    assert!(swapped > 500, "only {swapped} values were tried");
}

#[test]
fn an_unknown_field_is_an_error_that_names_it() {
    let mut file: Value = serde_json::from_str(&fixture_text("article")).unwrap();
    file["nodes"][1]["place"]["site"]["lan_adress"] = json!("192.168.1.10");
    let error = read_plan(&file.to_string()).expect_err("a slip of the pen");
    let text = message(&error);
    assert!(text.starts_with("nodes[1].place"), "{text}");
    assert!(text.contains("unknown field `lan_adress`"), "{text}");
}
