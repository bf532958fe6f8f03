//! Mistakes end with status 2, one line, and nothing changed.

use serde_json::{Value, json};

use super::call::Desk;
use crate::support::fixture_text;

fn changed(change: impl Fn(&mut Value)) -> String {
    let mut plan: Value = serde_json::from_str(&fixture_text("article")).unwrap();
    change(&mut plan);
    plan.to_string()
}

#[test]
fn a_plan_that_cannot_be_read_is_refused_in_one_line() {
    let half = "{\n  \"format\": \"meshwright-plan\",";
    for (text, line) in [
        ("", "plan.json: the file ends too early, at line 1, column 1; it was probably not saved whole".to_owned()),
        (half, "plan.json: the file ends too early, at line 2, column 30; it was probably not saved whole".to_owned()),
        ("{]", "plan.json: this is not valid JSON at line 1, column 2".to_owned()),
        ("{}", "plan.json: this is not a file of this kind: it does not say \"format\": \"meshwright-plan\"".to_owned()),
        ("[1]", "plan.json: this is not a file of this kind: it does not say \"format\": \"meshwright-plan\"".to_owned()),
        (
            &changed(|plan| plan["version"] = json!(2)),
            "plan.json: this file has version 2 and was written by a newer Meshwright; this one reads up to version 1".to_owned(),
        ),
        (
            &changed(|plan| plan["nodes"][1]["place"]["site"]["at"] = json!("Hom\u{1b}[2Je")),
            "plan.json: nodes[1].place.site.at: no site is called \u{201c}Hom\u{fffd}[2Je\u{201d}".to_owned(),
        ),
        (
            &changed(|plan| plan["nodes"][0]["addresses"] = json!("10.10.0.2")),
            "plan.json: nodes[0].addresses: a list is expected here, not a text".to_owned(),
        ),
        (
            &changed(|plan| plan["tunnel"][0] = json!("10.10.0.7/24")),
            "plan.json: tunnel[0]: \u{201c}10.10.0.7/24\u{201d}: bits are set behind the prefix length; 10.10.0.0/24 is probably meant".to_owned(),
        ),
        (
            &changed(|plan| plan["listen_port"] = json!(70_000)),
            "plan.json: listen_port: 70000: a port is a whole number from 1 to 65535".to_owned(),
        ),
        (
            &changed(|plan| plan["nodes"][0]["form"] = json!("na\ns")),
            "plan.json: nodes[0].form: \u{201c}na\u{fffd}s\u{201d}: one of server, nas, board, computer, phone is expected here".to_owned(),
        ),
    ] {
        let desk = Desk::new("refused", text);
        let before = desk.all();
        assert_eq!(desk.call(&["solve", "plan.json"]).refused(), line);
        assert_eq!(desk.call(&["solve", "plan.json", "--json"]).refused(), line);
        assert_eq!(desk.render().refused(), line);
        assert_eq!(desk.all(), before, "nothing is written");
    }
}

#[test]
fn a_path_that_leads_nowhere_is_refused_in_one_line() {
    let desk = Desk::new("paths", &fixture_text("article"));
    assert_eq!(
        desk.call(&["solve", "other.json"]).refused(),
        "other.json: there is no such file"
    );
    assert_eq!(desk.call(&["solve", "."]).refused(), ".: this is a folder");
    std::fs::write(desk.path("latin1.json"), b"{\"name\": \"\xe4\"}").unwrap();
    assert_eq!(
        desk.call(&["solve", "latin1.json"]).refused(),
        "latin1.json: this is not UTF-8 text"
    );
    let line = desk.call(&[
        "render",
        "plan.json",
        "--out",
        "out",
        "--keyring",
        "no/keys.json",
    ]);
    assert!(line.refused().starts_with("no/keys.json: "), "{}", line.err);
    let line = desk.call(&["render", "plan.json", "--out", "out", "--keyring", "."]);
    assert_eq!(line.refused(), ".: this is a folder");
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let desk = Desk::new("arguments", &fixture_text("article"));
    for arguments in [
        &["bring-up"][..],
        &["solve"],
        &["render", "plan.json"],
        &["solve", "plan.json", "--yaml"],
    ] {
        let ended = desk.call(arguments);
        assert_eq!(ended.code, 2);
        assert!(ended.out.is_empty() && !ended.err.is_empty());
    }
    let help = desk.call(&["--help"]);
    assert_eq!(help.code, 0);
    assert!(help.out.contains("solve") && help.out.contains("render"));
}

#[test]
fn a_folder_that_cannot_be_written_leaves_plan_and_keys_alone() {
    let desk = Desk::new(
        "unwritable",
        &fixture_text("article").replace("\"addresses\": [\"10.10.0.2\"],", ""),
    );
    desk.write("out", "a file where the folder should be");
    let before = desk.all();
    let ended = desk.render();
    assert_eq!(ended.code, 2);
    assert!(ended.out.is_empty());
    let last = ended.err.lines().last().unwrap();
    assert!(last.starts_with("meshwright: out: "), "{last}");
    assert_eq!(desk.all(), before);
}

#[test]
fn a_broken_keyring_stays_as_it_is_and_nothing_is_written() {
    let key = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
    let head = "\"format\": \"meshwright-keyring\", \"version\": 1";
    for (text, line) in [
        (String::new(), "keys.json: the file ends too early, at line 1, column 1; it was probably not saved whole".to_owned()),
        (
            fixture_text("article"),
            "keys.json: this is not a file of this kind: it does not say \"format\": \"meshwright-keyring\"".to_owned(),
        ),
        (
            "{\"format\": \"meshwright-keyring\", \"version\": 9}".to_owned(),
            "keys.json: this file has version 9 and was written by a newer Meshwright; this one reads up to version 1".to_owned(),
        ),
        (
            format!("{{{head}, \"private_keys\": {{\"nas\": \"{}\"}}}}", &key[..40]),
            "keys.json: private_keys.nas: a key has 44 characters as \u{201c}wg pubkey\u{201d} prints them, ending in =".to_owned(),
        ),
        (
            format!("{{{head}, \"private_keys\": \"{key}\"}}"),
            "keys.json: private_keys: an object is expected here, not a text".to_owned(),
        ),
        (
            format!("{{{head}, \"preshared_keys\": {{\"nas\": \"{key}\"}}}}"),
            "keys.json: preshared_keys.nas: two machines with a space between them are expected here".to_owned(),
        ),
    ] {
        // The plan lacks an address, which would be stored if all were well.
        let desk = Desk::new("broken-keyring", &fixture_text("article").replace("\"addresses\": [\"10.10.0.2\"],", ""));
        desk.write("keys.json", &text);
        let before = desk.all();
        let ended = desk.render();
        assert_eq!(ended.refused(), line);
        assert!(!ended.err.contains(key), "an error quotes no key");
        assert_eq!(desk.all(), before);
    }
}
