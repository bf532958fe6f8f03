//! `meshwright solve` prints verdicts and findings and writes nothing.

use serde_json::{Value, json};

use super::call::Desk;
use crate::support::{fixture_names, fixture_text};

#[test]
fn verdicts_are_printed_for_people() {
    let desk = Desk::new("people", &fixture_text("article"));
    let ended = desk.call(&["solve", "plan.json"]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert_eq!(
        ended.out,
        "nas - pi: relayed via vps. Both ends are behind NAT, so neither can dial the other. vps relays, and can read this traffic.\n\
         nas - vps: direct. nas dials vps at 203.0.113.1:51820; vps cannot dial nas and need not.\n\
         pi - vps: direct. pi dials vps at 203.0.113.1:51820; vps cannot dial pi and need not.\n"
    );
}

#[test]
fn the_json_says_every_pair_both_ways_and_every_lan() {
    let desk = Desk::new("json", &fixture_text("article"));
    let ended = desk.call(&["solve", "plan.json", "--json"]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    let relayed = "Both ends are behind NAT, so neither can dial the other. vps relays, and can read this traffic.";
    let one = |verdict: &str, via: &[&str], why: &str| {
        let alone = json!({ "verdict": verdict, "via": via, "why": why });
        let mut whole = alone.clone();
        whole["families"] = json!({ "4": alone });
        whole["outer"] = if verdict == "direct" {
            json!("4")
        } else {
            Value::Null
        };
        whole
    };
    let nas = one(
        "direct",
        &[],
        "nas dials vps at 203.0.113.1:51820; vps cannot dial nas and need not.",
    );
    let pi = one(
        "direct",
        &[],
        "pi dials vps at 203.0.113.1:51820; vps cannot dial pi and need not.",
    );
    assert_eq!(
        json!({ "pairs": report["pairs"], "findings": report["findings"] }),
        json!({
            "pairs": {
                "nas>pi": one("relayed", &["vps"], relayed),
                "nas>vps": nas,
                "pi>192.168.1.0/24": one("relayed", &["vps"], relayed),
                "pi>nas": one("relayed", &["vps"], relayed),
                "pi>vps": pi,
                "vps>192.168.1.0/24": nas,
                "vps>nas": nas,
                "vps>pi": pi,
            },
            "findings": [],
        })
    );
}

#[test]
fn findings_in_json_have_every_field() {
    let mut plan: Value = serde_json::from_str(&fixture_text("article")).unwrap();
    plan["nodes"][2]["relay"] = json!(false);
    plan["nodes"][0]["shares"][0]["answers"] = json!("nothing");
    let desk = Desk::new("findings", &plan.to_string());
    let ended = desk.call(&["solve", "plan.json", "--json"]);
    assert_eq!(ended.code, 1, "a pair does not get through");
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(
        report["findings"],
        json!([
            {
                "code": "E02",
                "severity": "error",
                "subject": "nas>pi",
                "text": "nas and pi cannot reach each other",
                "evidence": "Both ends are behind NAT, so neither can dial the other. No machine that both can reach is there to relay.",
                "fix": "Let vps relay",
            },
            {
                "code": "W17",
                "severity": "warning",
                "subject": "nas",
                "text": "192.168.1.0/24 has no way back to the mesh",
                "evidence": "The router at Home does not know 10.10.0.0/24. Add a static route there, or let nas translate addresses.",
                "fix": "Translate on nas",
            },
        ])
    );
    assert_eq!(report["pairs"]["nas>pi"]["verdict"], "impossible");
}

#[test]
fn the_json_of_every_plan_has_the_documented_shape() {
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    for name in fixture_names() {
        let desk = Desk::new("shape", &fixture_text(&name));
        let ended = desk.call(&["solve", "plan.json", "--json"]);
        let report: Value = serde_json::from_str(&ended.out).unwrap();
        assert_eq!(
            keys(&report),
            [
                "explanations",
                "findings",
                "improvements",
                "pairs",
                "pillars"
            ]
        );
        let mut impossible = false;
        for (pair, verdict) in report["pairs"].as_object().unwrap() {
            assert_eq!(
                keys(verdict),
                ["families", "outer", "verdict", "via", "why"],
                "{name} {pair}"
            );
            let word = verdict["verdict"].as_str().unwrap();
            assert!(["lan", "direct", "open", "relayed", "none", "impossible"].contains(&word));
            impossible |= word == "impossible";
            assert_eq!(
                word == "relayed",
                !verdict["via"].as_array().unwrap().is_empty()
            );
            assert!(!verdict["why"].as_str().unwrap().is_empty());
            let has_session = ["lan", "direct", "open"].contains(&word);
            assert_eq!(verdict["outer"].is_string(), has_session);
            for (family, same) in verdict["families"].as_object().unwrap() {
                assert!(family == "4" || family == "6");
                assert_eq!(keys(same), ["verdict", "via", "why"]);
            }
            // Both ways are there, and back is the reverse.
            let (from, to) = pair.split_once('>').unwrap();
            if !to.contains('/') {
                let back = &report["pairs"][format!("{to}>{from}")];
                let mut via = verdict["via"].as_array().unwrap().clone();
                via.reverse();
                assert_eq!(back["via"], Value::Array(via));
            }
        }
        for finding in report["findings"].as_array().unwrap() {
            assert_eq!(
                keys(finding),
                ["code", "evidence", "fix", "severity", "subject", "text"]
            );
        }
        assert_eq!(ended.code, i32::from(impossible), "{name}");
    }
}

#[test]
fn solving_writes_nothing_and_shows_what_render_would_store() {
    let text = fixture_text("article").replace("\"addresses\": [\"10.10.0.3\"],", "");
    let desk = Desk::new("dry", &text);
    let ended = desk.call(&["solve", "plan.json"]);
    assert_eq!(ended.code, 0);
    assert_eq!(
        ended.err,
        "pi has no tunnel address yet and gets 10.10.0.3\n"
    );
    assert_eq!(desk.all().len(), 1);
    assert_eq!(desk.read("plan.json"), text);
}

#[test]
fn the_json_explains_every_value_of_every_peer() {
    let desk = Desk::new("explained", &fixture_text("article"));
    let ended = desk.call(&["solve", "plan.json", "--json"]);
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(
        report["explanations"]["nas"],
        json!({
            "peers": {
                "vps": {
                    "endpoint": {
                        "value": "203.0.113.1:51820",
                        "why": "where vps can be reached from the internet",
                    },
                    "keepalive": {
                        "value": 25,
                        "why": "Nobody can dial nas, so it sends an empty packet every 25 seconds and its router remembers the way back. vps needs no such line.",
                    },
                    "allowed": [
                        { "prefix": "10.10.0.1/32", "why": "vps" },
                        { "prefix": "10.10.0.3/32", "why": "pi, relayed by vps" },
                    ],
                }
            }
        })
    );
    let seen_by_vps = &report["explanations"]["vps"]["peers"]["nas"];
    assert_eq!(seen_by_vps["endpoint"], Value::Null);
    assert_eq!(seen_by_vps["keepalive"], Value::Null);
    assert_eq!(
        seen_by_vps["allowed"][1],
        json!({ "prefix": "192.168.1.0/24", "why": "the LAN that nas shares" })
    );
    assert_eq!(
        report["pillars"],
        json!([{ "node": "vps", "carries": 1, "cut_off": 1 }])
    );
}

#[test]
fn what_would_help_is_said_where_pairs_do_not_get_through() {
    let mut plan: Value = serde_json::from_str(&fixture_text("article")).unwrap();
    plan["nodes"][2]["relay"] = json!(false);
    let desk = Desk::new("help", &plan.to_string());
    let ended = desk.call(&["solve", "plan.json"]);
    assert_eq!(ended.code, 1);
    let help = ended.out.split("\n\n").nth(1).unwrap();
    assert!(
        help.starts_with("What would help:\n- Let vps relay: 1 pair becomes possible.\n"),
        "{help}"
    );
    assert!(help.contains("- Add a small VPS called relay: 1 pair becomes possible.\n"));
    let ended = desk.call(&["solve", "plan.json", "--json"]);
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(
        report["improvements"][0],
        json!({
            "action": "Let vps relay",
            "text": "Let vps relay: 1 pair becomes possible.",
            "possible": 1,
            "direct": 0,
        })
    );
}

#[test]
fn without_a_machine_some_are_cut_off() {
    let desk = Desk::new("without", &fixture_text("article"));
    let ended = desk.call(&["solve", "plan.json", "--without", "vps"]);
    assert_eq!((ended.code, ended.err.as_str()), (1, ""));
    assert_eq!(ended.out, "nas - pi: cut off. There is no other way.\n");
    let ended = desk.call(&["solve", "plan.json", "--without", "pi"]);
    assert_eq!(
        (ended.code, ended.out.as_str()),
        (0, "Without pi all others reach each other.\n")
    );
    let ended = desk.call(&["solve", "plan.json", "--json", "--without", "nas"]);
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(
        report,
        json!({
            "without": "nas",
            "cut_off": [],
            "until_new_files": [],
            "lans": ["192.168.1.0/24"],
            "without_internet": [],
        })
    );
    let ended = desk.call(&["solve", "plan.json", "--without", "nobody"]);
    assert_eq!(ended.code, 2);
    assert_eq!(
        ended.err,
        "meshwright: plan.json: there is no machine called nobody\n"
    );
}
