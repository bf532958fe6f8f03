//! Machines at one site.

use serde_json::{Value, json};

use super::brief::{Solved, at, solve_of, vps};

fn at_home(lans: Value, one: Value, two: Value) -> Solved {
    solve_of(
        json!([{ "name": "Home", "lans": lans, "public": { "ipv4": "198.51.100.7" } }]),
        json!([
            at("desk", "10.10.0.2", "Home", one, json!({})),
            at("nas", "10.10.0.3", "Home", two, json!({})),
            vps(),
        ]),
    )
}

#[test]
fn two_known_addresses_in_one_lan_dial_each_other() {
    // A forwarded port changes nothing: the own router is never dialled from inside.
    for (lans, forward) in [
        (json!(["192.168.1.0/24"]), Value::Null),
        (json!([]), Value::Null),
        (json!(["192.168.1.0/24"]), json!(51999)),
    ] {
        let mut two = json!({ "lan_address": "192.168.1.11" });
        if !forward.is_null() {
            two["forward"] = forward;
        }
        let mesh = at_home(lans, json!({ "lan_address": "192.168.1.10" }), two);
        assert_eq!(mesh.verdict("desk", "nas"), "lan");
        assert_eq!(
            mesh.why("desk", "nas"),
            "desk and nas stand in the same LAN at Home, so no router is between them."
        );
        assert!(
            mesh.conf("desk")
                .contains("[nas]\nEndpoint = 192.168.1.11:51820\nAllowedIPs = 10.10.0.3/32\n[vps]")
        );
        assert!(
            mesh.conf("nas").contains(
                "[desk]\nEndpoint = 192.168.1.10:51820\nAllowedIPs = 10.10.0.2/32\n[vps]"
            )
        );
    }
}

#[test]
fn one_known_address_is_dialled_by_the_other() {
    let mesh = at_home(
        json!(["192.168.1.0/24"]),
        json!({}),
        json!({ "lan_address": "192.168.1.11" }),
    );
    assert_eq!(mesh.verdict("desk", "nas"), "lan");
    assert!(mesh.conf("desk").contains(
        "[nas]\nEndpoint = 192.168.1.11:51820\nAllowedIPs = 10.10.0.3/32\nPersistentKeepalive = 25"
    ));
    assert!(
        mesh.conf("nas")
            .contains("[desk]\nAllowedIPs = 10.10.0.2/32\n[vps]")
    );
}

#[test]
fn without_a_known_address_they_talk_through_a_relay_and_the_plan_says_so() {
    let mesh = at_home(
        json!(["192.168.1.0/24"]),
        json!({}),
        json!({ "forward": 51820 }),
    );
    assert_eq!(mesh.verdict("desk", "nas"), "relayed via vps");
    assert_eq!(
        mesh.why("desk", "nas"),
        "desk and nas stand at one site, but no fixed address in a common LAN is known. vps relays, and can read this traffic."
    );
    let finding = mesh.finding("W18");
    assert_eq!(
        finding.text,
        "desk and nas stand at one site but talk through a relay"
    );
    assert_eq!(
        finding.evidence,
        "Give desk or nas a fixed LAN address, and they talk over the LAN."
    );
}

#[test]
fn different_lans_of_a_site_do_not_meet() {
    let lans = json!(["192.168.1.0/24", "192.168.2.0/24"]);
    let ten = json!({ "lan_address": "192.168.1.10" });
    let other_lan = at_home(
        lans.clone(),
        ten.clone(),
        json!({ "lan_address": "192.168.2.10" }),
    );
    assert_eq!(other_lan.verdict("desk", "nas"), "relayed via vps");
    assert_eq!(
        other_lan.finding("W18").evidence,
        "Their LAN addresses do not lie in one LAN of the site."
    );

    // With several LANs, a machine without an address may stand in any of them.
    let unknown = at_home(lans.clone(), ten.clone(), json!({}));
    assert_eq!(unknown.verdict("desk", "nas"), "relayed via vps");
    assert_eq!(
        unknown.finding("W18").evidence,
        "Give nas a fixed LAN address in the same LAN, and they talk over the LAN."
    );

    let same_lan = at_home(lans, ten, json!({ "lan_address": "192.168.1.11" }));
    assert_eq!(same_lan.verdict("desk", "nas"), "lan");
}

#[test]
fn lans_that_reach_each_other_are_not_called_one() {
    let home = json!([{
        "name": "Home",
        "lans": ["192.168.1.0/24", "192.168.2.0/24"],
        "lans_routed": true,
    }]);
    let desk = |address: &str| {
        let stands = json!({ "lan_address": address });
        at("desk", "10.10.0.2", "Home", stands, json!({}))
    };
    let nas = || {
        let stands = json!({ "lan_address": "192.168.2.10" });
        at("nas", "10.10.0.3", "Home", stands, json!({}))
    };
    let apart = solve_of(home.clone(), json!([desk("192.168.1.10"), nas()]));
    assert_eq!(apart.verdict("desk", "nas"), "lan");
    assert_eq!(
        apart.why("desk", "nas"),
        "desk and nas stand in different LANs at Home, which reach each other."
    );
    let together = solve_of(home, json!([desk("192.168.2.11"), nas()]));
    assert_eq!(
        together.why("desk", "nas"),
        "desk and nas stand in the same LAN at Home, so no router is between them."
    );
}

#[test]
fn the_smallest_lan_that_holds_an_address_is_meant() {
    let lans = json!(["192.168.0.0/16", "192.168.1.0/24"]);
    let ten = json!({ "lan_address": "192.168.1.10" });
    let inside = at_home(
        lans.clone(),
        ten.clone(),
        json!({ "lan_address": "192.168.1.11" }),
    );
    assert_eq!(inside.verdict("desk", "nas"), "lan");
    let outside = at_home(lans, ten, json!({ "lan_address": "192.168.7.11" }));
    assert_eq!(outside.verdict("desk", "nas"), "relayed via vps");
}

#[test]
fn an_address_outside_the_stated_lan_is_not_dialled() {
    let mesh = at_home(
        json!(["192.168.1.0/24"]),
        json!({}),
        json!({ "lan_address": "10.5.1.7" }),
    );
    assert_eq!(mesh.verdict("desk", "nas"), "relayed via vps");
}

#[test]
fn lan_addresses_of_ipv6_stand_in_brackets() {
    let mesh = at_home(
        json!(["fd11:0:0:1::/64"]),
        json!({ "lan_address": "fd11:0:0:1::a" }),
        json!({ "lan_address": "fd11:0:0:1::b" }),
    );
    assert!(
        mesh.conf("desk")
            .contains("Endpoint = [fd11:0:0:1::b]:51820")
    );
}

#[test]
fn the_sites_own_prefix_is_in_no_file() {
    let mesh = at_home(
        json!(["192.168.1.0/24"]),
        json!({ "lan_address": "192.168.1.10" }),
        json!({ "lan_address": "192.168.1.11" }),
    );
    for name in ["desk", "nas", "vps"] {
        assert!(!mesh.conf(name).contains("192.168.1.0"));
    }
}
