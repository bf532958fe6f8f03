//! E03 and W11: machines that carry others' packets.

use serde_json::json;

use super::{plan, silent, words};
use crate::rules::brief::{at, host, phone, solve_of, vps};

#[test]
fn a_phone_that_should_relay() {
    let phone_with = |more| solve_of(json!([]), json!([vps(), phone("phone", "10.10.0.2", more)]));
    let fires = phone_with(json!({ "relay": true }));
    assert_eq!(
        words(&fires, "E03"),
        [
            "warning",
            "phone cannot relay",
            "The WireGuard app forwards nothing between others. It is planned as a machine that does not relay.",
            "Do not let phone relay",
        ]
    );
    assert!(fires.fixed("E03").findings().is_empty());
    assert!(silent(&phone_with(json!({})), "E03"));
}

#[test]
fn a_relay_that_sleeps() {
    let home = |more: serde_json::Value| {
        solve_of(
            json!([{ "name": "Home", "public": { "name": "home.example.net" } }, { "name": "Far" }]),
            json!([
                at(
                    "nas",
                    "10.10.0.2",
                    "Home",
                    json!({ "forward": 51820 }),
                    more
                ),
                at("pi", "10.10.0.3", "Far", json!({}), json!({})),
                phone("phone", "10.10.0.4", json!({})),
            ]),
        )
    };
    let fires = home(json!({ "relay": true, "always_on": false }));
    assert_eq!(
        words(&fires, "W11"),
        [
            "warning",
            "nas relays 1 pair and is not always on",
            "While it is switched off or away, they are cut off: WireGuard moves no prefix to another peer by itself.",
            "Keep nas switched on",
        ]
    );
    assert!(silent(&fires.fixed("W11"), "W11"));
    assert!(silent(&home(json!({ "relay": true })), "W11"));
}

#[test]
fn one_machine_that_many_pairs_depend_on() {
    let phones = |count: usize, more: Vec<serde_json::Value>| {
        let mut nodes = more;
        nodes.push(vps());
        for number in 0..count {
            let address = format!("10.10.0.{}", 10 + number);
            nodes.push(phone(&format!("phone{number}"), &address, json!({})));
        }
        solve_of(json!([]), json!(nodes))
    };
    // Five phones are ten pairs.
    assert_eq!(
        words(&phones(5, vec![]), "W11"),
        [
            "info",
            "vps carries all 10 relayed pairs and no other machine could",
            "While it is away, they are cut off. With a second machine that relays, new files would bring them back.",
            "no fix",
        ]
    );
    assert!(
        silent(&phones(4, vec![]), "W11"),
        "in a small mesh everybody knows"
    );
    let second = host(
        "second",
        "10.10.0.2",
        json!({ "ipv4": "203.0.113.2" }),
        json!({}),
    );
    assert!(silent(&phones(5, vec![second]), "W11"));
}

#[test]
fn hubs_that_do_not_work() {
    let spoke = |hub: &str| {
        let far = at("pi", "10.10.0.4", "Far", json!({}), json!({}));
        let stern = json!({ "relay": false });
        let deaf = host("deaf", "10.10.0.5", json!({ "ipv4": "203.0.113.5" }), stern);
        let nas = at("nas", "10.10.0.2", "Home", json!({}), json!({ "hub": hub }));
        plan(
            json!({}),
            json!([{ "name": "Home" }, { "name": "Far" }]),
            json!([vps(), nas, far, deaf]),
        )
    };
    assert!(silent(&spoke("vps"), "E03"));
    assert_eq!(
        words(&spoke("pi"), "E03"),
        [
            "error",
            "nas talks only through pi, but the two cannot have a session",
            "A hub needs a direct link with its machine. It is planned as if it had no hub.",
            "Let nas talk without a hub",
        ]
    );
    assert!(silent(&spoke("pi").fixed("E03"), "E03"));
    let deaf = spoke("deaf");
    assert_eq!(
        words(&deaf, "E03"),
        [
            "error",
            "nas talks only through deaf, which does not relay",
            "nas reaches nobody else.",
            "Let deaf relay",
        ]
    );
    assert!(silent(&deaf.fixed("E03"), "E03"));
}

#[test]
fn a_hub_that_is_gone() {
    let mut solved = solve_of(
        json!([]),
        json!([vps(), phone("phone", "10.10.0.2", json!({ "hub": "vps" }))]),
    );
    assert!(solved.findings().is_empty());
    let id = |name| meshwright::plan::NodeId::new(name);
    let phone = solved.plan.nodes.get_mut(&id("phone")).unwrap();
    phone.hub = Some(id("gone"));
    solved.mesh = meshwright::mesh::solve(&solved.plan);
    assert_eq!(
        words(&solved, "E03"),
        [
            "error",
            "phone talks only through a machine that is gone",
            "It is planned as if it had no hub.",
            "Let phone talk without a hub",
        ]
    );
    assert!(solved.fixed("E03").findings().is_empty());
}
