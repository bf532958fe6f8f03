//! E02, E14 and W18: pairs that do not get through, or not well.

use serde_json::{Value, json};

use super::{both_families, dual, plan, silent, words};
use crate::rules::brief::{Solved, at, solve_of, vps};

#[test]
fn nobody_to_meet_at() {
    let far = |more: Vec<Value>| {
        let mut nodes = more;
        nodes.push(at("nas", "10.10.0.2", "Home", json!({}), json!({})));
        nodes.push(at("pi", "10.10.0.3", "Far", json!({}), json!({})));
        solve_of(json!([{ "name": "Home" }, { "name": "Far" }]), json!(nodes))
    };
    let fires = far(vec![]);
    assert_eq!(
        words(&fires, "E02")[1],
        "nas and pi cannot reach each other"
    );
    assert!(silent(&far(vec![vps()]), "E02"));
}

#[test]
fn different_ip_versions() {
    let apart = |more: Vec<Value>| {
        let v4 = json!({ "name": "old", "place": { "internet": { "ipv4": "203.0.113.4" } }, "addresses": ["10.10.0.4", "fd3d:1cf6:6a5e::4"] });
        let v6 = json!({ "name": "new", "place": { "internet": { "ipv6": "2001:db8::6" } }, "addresses": ["10.10.0.6", "fd3d:1cf6:6a5e::6"] });
        let mut nodes = more;
        nodes.extend([v4, v6]);
        plan(both_families(), json!([]), json!(nodes))
    };
    assert_eq!(
        words(&apart(vec![]), "E14"),
        [
            "error",
            "new and old speak different IP versions, and no relay speaks both",
            "A machine that relays and has IPv4 and IPv6 on the internet, such as a small VPS, would join them.",
            "no fix",
        ]
    );
    assert!(silent(&apart(vec![]), "E02"), "one fault, one finding");
    let unwilling = apart(vec![dual("vps", 1, json!({ "relay": false }))]);
    assert_eq!(words(&unwilling, "E14")[3], "Let vps relay");
    assert!(unwilling.fixed("E14").findings().is_empty());
    assert!(apart(vec![dual("vps", 1, json!({}))]).findings().is_empty());
}

fn at_home(lans: Value, desk: Value, nas: Value) -> Solved {
    solve_of(
        json!([{ "name": "Home", "lans": lans }]),
        json!([
            vps(),
            at("desk", "10.10.0.2", "Home", desk, json!({})),
            at("nas", "10.10.0.3", "Home", nas, json!({})),
        ]),
    )
}

#[test]
fn at_one_site_for_want_of_an_address() {
    let lan = || json!(["192.168.1.0/24"]);
    let fires = at_home(lan(), json!({}), json!({}));
    assert_eq!(
        words(&fires, "W18"),
        [
            "warning",
            "desk and nas stand at one site but talk through a relay",
            "Give desk or nas a fixed LAN address, and they talk over the LAN.",
            "Give desk the fixed LAN address 192.168.1.10",
        ]
    );
    let fixed = fires.fixed("W18");
    assert!(fixed.findings().is_empty());
    assert_eq!(fixed.verdict("desk", "nas"), "lan");
    let known = json!({ "lan_address": "192.168.1.10" });
    assert!(at_home(lan(), json!({}), known).findings().is_empty());
    // Of two LANs the one of the other machine is meant.
    let two = json!(["192.168.1.0/24", "192.168.2.0/24"]);
    let fires = at_home(two, json!({ "lan_address": "192.168.2.10" }), json!({}));
    assert_eq!(
        words(&fires, "W18")[3],
        "Give nas the fixed LAN address 192.168.2.11"
    );
    assert_eq!(fires.fixed("W18").verdict("desk", "nas"), "lan");
}
