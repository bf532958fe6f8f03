//! W01, W04, W07, W08 and W12: what a machine's own system needs.

use serde_json::{Value, json};

use super::{both_families, plan, silent, words};
use crate::rules::brief::{Solved, at, host, phone, solve_of, vps};

#[test]
fn a_gateway_whose_path_closes() {
    let gateway = |more: Value| {
        let share = json!({ "shares": [{ "prefix": "192.168.77.0/24", "answers": "route" }] });
        let nas = at(
            "nas",
            "10.10.0.2",
            "Home",
            json!({}),
            super::with(share, more),
        );
        solve_of(json!([{ "name": "Home" }]), json!([vps(), nas]))
    };
    let fires = gateway(json!({ "reachable_idle": false }));
    assert_eq!(
        words(&fires, "W01"),
        [
            "warning",
            "nas cannot be reached while it is silent",
            "It shares 192.168.77.0/24, but the path to it closes after some seconds without a packet, because it keeps none open.",
            "Keep nas reachable while it is silent",
        ]
    );
    assert!(fires.fixed("W01").findings().is_empty());
    assert!(
        fires
            .fixed("W01")
            .conf("nas")
            .contains("PersistentKeepalive")
    );
    assert!(gateway(json!({})).findings().is_empty());
}

#[test]
fn an_app_that_runs_on_looks_a_name_up_once() {
    let dials = |public: Value, more: Value| {
        let nodes = json!([
            host("vps", "10.10.0.1", public, json!({})),
            phone("tablet", "10.10.0.2", more)
        ]);
        solve_of(json!([]), nodes)
    };
    let name = || json!({ "name": "vps.example.net" });
    let stays = || json!({ "reachable_idle": true });
    assert_eq!(
        words(&dials(name(), stays()), "W04")[1],
        "tablet looks up vps.example.net only when its tunnel starts"
    );
    // A phone switches its tunnel on anew all the time, and an address stays.
    assert!(dials(name(), json!({})).findings().is_empty());
    assert!(
        dials(json!({ "ipv4": "203.0.113.1" }), stays())
            .findings()
            .is_empty()
    );
}

#[test]
fn a_relay_that_loses_its_own_ipv6() {
    let relay = |facts: Value, more: Value| {
        let phones = (3..5).map(|number| {
            let addresses = [
                format!("10.10.0.{number}"),
                format!("fd3d:1cf6:6a5e::{number}"),
            ];
            super::with(
                phone(&format!("phone{number}"), "10.10.0.9", json!({})),
                json!({ "addresses": addresses }),
            )
        });
        let mut nodes: Vec<Value> = phones.collect();
        nodes.push(super::dual("vps", 1, more));
        plan(facts, json!([]), json!(nodes))
    };
    let advertised = || json!({ "slaac": true });
    let fires = relay(both_families(), advertised());
    assert_eq!(
        words(&fires, "W07")[1],
        "vps may lose its own IPv6 connection, because it forwards IPv6"
    );
    assert!(
        relay(
            both_families(),
            json!({ "slaac": true, "uplink_name": "eth0" })
        )
        .findings()
        .is_empty()
    );
    assert!(
        relay(both_families(), json!({ "slaac": false }))
            .findings()
            .is_empty()
    );
    assert!(
        relay(both_families(), json!({})).findings().is_empty(),
        "servers mostly have a fixed route"
    );
}

#[test]
fn a_clock_that_only_the_tunnel_could_set() {
    let board = |more: Value| {
        let server = super::with(vps(), json!({ "exit": true }));
        let pi = at(
            "pi",
            "10.10.0.2",
            "Home",
            json!({}),
            super::with(json!({ "form": "board" }), more),
        );
        solve_of(json!([{ "name": "Home" }]), json!([server, pi]))
    };
    let fires = board(json!({ "uses_exit": "vps" }));
    assert_eq!(
        words(&fires, "W08"),
        [
            "warning",
            "pi may stay cut off after a power cut",
            "Its clock has no battery, and peers ignore packets that seem older than the last. It sets its clock over the internet, which it reaches through the tunnel only.",
            "Let pi reach the internet by itself",
        ]
    );
    assert!(fires.fixed("W08").findings().is_empty());
    assert!(
        board(json!({ "uses_exit": "vps", "clock": true }))
            .findings()
            .is_empty()
    );
    assert!(
        board(json!({})).findings().is_empty(),
        "its start waits for the time"
    );
}

/// `count` servers and a phone with a peer for each, with preshared keys.
fn phone_among(count: usize) -> Solved {
    let mut nodes = vec![phone("phone", "10.10.0.250", json!({}))];
    for number in 1..=count {
        let public = json!({ "ipv4": format!("203.0.113.{number}") });
        nodes.push(host(
            &format!("s{number}"),
            &format!("10.10.0.{number}"),
            public,
            json!({}),
        ));
    }
    plan(json!({ "preshared_keys": true }), json!([]), json!(nodes))
}

/// The reference's table: a code of version 25 at level L holds six peers with
/// preshared key, endpoint and keepalive. A phone keeps no path open, which
/// saves 23 bytes for each peer.
#[test]
fn a_code_too_dense_to_scan() {
    assert!(phone_among(6).findings().is_empty());
    let fires = phone_among(8);
    assert_eq!(
        words(&fires, "W12")[1],
        "The QR code of phone is hard to scan"
    );
    assert_eq!(words(&fires, "W12")[3], "Let phone talk only through s8");
    assert!(silent(&fires.fixed("W12"), "W12"));
}
