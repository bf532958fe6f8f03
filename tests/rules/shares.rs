//! LANs that machines open to the mesh.

use serde_json::{Value, json};

use super::brief::{Solved, at, host, phone, solve_of, vps};

const LAN: &str = "192.168.1.0/24";

fn shares(prefix: &str, answers: &str) -> Value {
    json!({ "shares": [{ "prefix": prefix, "answers": answers }] })
}

/// A gateway at Home with what else is stated.
fn with_gateway(share: Value, others: Vec<Value>) -> Solved {
    let mut nodes = others;
    nodes.push(at(
        "nas",
        "10.10.0.2",
        "Home",
        json!({ "lan_address": "192.168.1.10" }),
        share,
    ));
    nodes.push(vps());
    solve_of(
        json!([
            { "name": "Home", "lans": [LAN] },
            { "name": "Same", "lans": [LAN] },
            { "name": "Other", "lans": ["192.168.7.0/24"], "public": { "name": "other.example.net" } },
        ]),
        json!(nodes),
    )
}

#[test]
fn a_shared_lan_takes_the_path_of_its_gateway() {
    let mesh = with_gateway(
        shares(LAN, "route"),
        vec![
            at("pi", "10.10.0.3", "Other", json!({}), json!({})),
            phone("phone", "10.10.0.4", json!({})),
        ],
    );
    assert!(
        mesh.conf("vps")
            .contains("[nas]\nAllowedIPs = 10.10.0.2/32, 192.168.1.0/24\n")
    );
    assert!(mesh.conf("pi").contains(
        "[vps]\nEndpoint = 203.0.113.1:51820\nAllowedIPs = 10.10.0.1/32, 10.10.0.2/32, 10.10.0.4/32, 192.168.1.0/24"
    ));
    assert!(
        mesh.conf("phone")
            .contains("AllowedIPs = 10.10.0.1/32, 10.10.0.2/32, 10.10.0.3/32, 192.168.1.0/24")
    );
    assert!(!mesh.conf("nas").contains("192.168.1.0/24"));
    assert_eq!(mesh.sysctl("nas"), ["net.ipv4.ip_forward = 1"]);
    assert_eq!(
        mesh.findings(),
        ["W13 phone will meet 192.168.1.0/24 of nas in other places"]
    );
}

#[test]
fn answers_need_a_way_back() {
    assert!(
        with_gateway(shares(LAN, "translate"), vec![])
            .findings()
            .is_empty()
    );
    let mesh = with_gateway(shares(LAN, "nothing"), vec![]);
    let finding = mesh.finding("W17");
    assert_eq!(finding.text, "192.168.1.0/24 has no way back to the mesh");
    assert_eq!(
        finding.evidence,
        "The router at Home does not know 10.10.0.0/24. Add a static route there, or let nas translate addresses."
    );
    assert_eq!(finding.fix.as_ref().unwrap().text, "Translate on nas");
    assert!(mesh.fixed("W17").findings().is_empty());
}

#[test]
fn who_stands_in_the_lan_does_not_get_it() {
    let mesh = with_gateway(
        shares(LAN, "route"),
        vec![at(
            "desk",
            "10.10.0.3",
            "Home",
            json!({ "lan_address": "192.168.1.11" }),
            json!({}),
        )],
    );
    assert!(
        mesh.conf("desk")
            .contains("[nas]\nEndpoint = 192.168.1.10:51820\nAllowedIPs = 10.10.0.2/32\n")
    );
    assert!(mesh.findings().is_empty());
}

#[test]
fn who_may_stand_in_the_lan_does_not_get_it_either() {
    // Nobody said what the LAN of Home is, so the shared one is probably it.
    let mesh = solve_of(
        json!([{ "name": "Home" }]),
        json!([
            at("desk", "10.10.0.3", "Home", json!({}), json!({})),
            at(
                "nas",
                "10.10.0.2",
                "Home",
                json!({ "lan_address": "192.168.1.10" }),
                shares(LAN, "route")
            ),
            vps(),
        ]),
    );
    assert!(!mesh.conf("desk").contains(LAN));
    assert!(mesh.conf("vps").contains(LAN));
}

#[test]
fn who_stands_in_another_lan_with_the_same_addresses_is_told() {
    let mesh = with_gateway(
        shares(LAN, "route"),
        vec![at("pi", "10.10.0.3", "Same", json!({}), json!({}))],
    );
    let finding = mesh.finding("E07");
    assert_eq!(finding.text, "pi cannot reach 192.168.1.0/24 of nas");
    assert_eq!(finding.severity.word(), "warning");
    assert!(!mesh.conf("pi").contains(LAN));
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via vps");
}

#[test]
fn a_longer_lan_inside_the_shared_one_keeps_its_own_route() {
    let mesh = with_gateway(
        shares("192.168.0.0/16", "route"),
        vec![at("pi", "10.10.0.3", "Other", json!({}), json!({}))],
    );
    assert!(mesh.conf("pi").contains("192.168.0.0/16"));
    assert!(mesh.findings().is_empty());
}

#[test]
fn who_stands_in_the_lan_does_not_relay_towards_it() {
    // The gate of Other could relay, but would deliver 192.168.7.0/24 at home.
    let gate = || {
        let stands = json!({ "lan_address": "192.168.7.2", "forward": 51820 });
        at(
            "gate",
            "10.10.0.3",
            "Other",
            stands,
            json!({ "relay": true }),
        )
    };
    let mesh = with_gateway(
        shares("192.168.0.0/16", "route"),
        vec![gate(), phone("phone", "10.10.0.4", json!({}))],
    );
    assert_eq!(mesh.verdict("nas", "phone"), "relayed via vps");
    // For any other pair it may: its name comes first, but vps has a fixed address.
    assert_eq!(mesh.verdict("gate", "nas"), "direct");

    let mut without = mesh.plan.clone();
    without.nodes.remove(&meshwright::plan::NodeId::new("vps"));
    let mesh = Solved {
        mesh: meshwright::mesh::solve(&without),
        plan: without,
    };
    assert_eq!(mesh.verdict("nas", "phone"), "impossible");
    assert!(
        mesh.finding("E02").fix.is_none(),
        "letting gate relay would not help"
    );
}

#[test]
fn shared_lans_must_not_overlap() {
    let mesh = with_gateway(
        shares(LAN, "route"),
        vec![at(
            "pi",
            "10.10.0.3",
            "Other",
            json!({}),
            shares("192.168.1.128/25", "route"),
        )],
    );
    let finding = mesh.finding("E08");
    assert_eq!(
        finding.text,
        "pi shares 192.168.1.128/25, which overlaps 192.168.1.0/24 of nas"
    );
    assert_eq!(
        finding.fix.as_ref().unwrap().text,
        "Stop sharing 192.168.1.128/25 from pi"
    );
    assert!(!mesh.conf("vps").contains("192.168.1.128/25"));
    assert!(mesh.fixed("E08").findings().is_empty());
}

#[test]
fn a_shared_lan_must_not_overlap_the_tunnel() {
    for prefix in ["10.10.0.0/16", "10.10.0.128/25", "0.0.0.0/0"] {
        let mesh = with_gateway(shares(prefix, "route"), vec![]);
        let text = format!("nas shares {prefix}, which overlaps the tunnel prefix 10.10.0.0/24");
        assert_eq!(mesh.finding("E08").text, text);
    }
}

#[test]
fn a_shared_lan_must_not_hold_an_endpoint() {
    for (public, prefix) in [
        (json!({ "ipv4": "198.51.100.9" }), "198.51.100.0/24"),
        (
            json!({ "ipv4": "198.51.100.9", "ipv6": "2001:db8::9" }),
            "198.51.100.0/24",
        ),
    ] {
        let mesh = with_gateway(
            shares(prefix, "route"),
            vec![host("far", "10.10.0.3", public, json!({}))],
        );
        let finding = mesh.finding("E06");
        assert_eq!(
            finding.text,
            format!("nas shares {prefix}, which holds the public address of far")
        );
        assert!(!mesh.conf("vps").contains(prefix));
    }
}

#[test]
fn a_lan_of_a_family_that_the_tunnel_lacks_cannot_be_shared() {
    let mesh = with_gateway(shares("fd11::/64", "route"), vec![]);
    assert_eq!(
        mesh.finding("E03").text,
        "nas cannot share fd11::/64: the tunnel has no IPv6 prefix"
    );
    assert!(!mesh.conf("vps").contains("fd11::/64"));
}

#[test]
fn an_app_cannot_share_a_lan() {
    let mesh = with_gateway(
        json!({}),
        vec![phone("phone", "10.10.0.4", shares(LAN, "route"))],
    );
    assert_eq!(
        mesh.finding("E03").text,
        "phone cannot share 192.168.1.0/24"
    );
}

#[test]
fn lans_of_two_gateways_reach_each_other() {
    let mesh = with_gateway(
        shares(LAN, "translate"),
        vec![at(
            "pi",
            "10.10.0.3",
            "Other",
            json!({ "lan_address": "192.168.7.2" }),
            shares("192.168.7.0/24", "route"),
        )],
    );
    assert!(
        mesh.conf("nas")
            .contains("AllowedIPs = 10.10.0.1/32, 10.10.0.3/32, 192.168.7.0/24")
    );
    assert!(
        mesh.conf("pi")
            .contains("AllowedIPs = 10.10.0.1/32, 10.10.0.2/32, 192.168.1.0/24")
    );
    assert!(mesh.conf("vps").contains("[nas]\nAllowedIPs = 10.10.0.2/32, 192.168.1.0/24\n[pi]\nAllowedIPs = 10.10.0.3/32, 192.168.7.0/24"));
    // What is translated comes from the tunnel or the other LAN, and goes to the shared one.
    assert!(mesh.conf("nas").contains(
        "PostUp = nft add rule inet meshwright-%i translate 'ip saddr { 10.10.0.0/24, 192.168.7.0/24 } ip daddr 192.168.1.0/24 masquerade'"
    ));
}
