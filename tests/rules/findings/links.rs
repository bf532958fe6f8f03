//! E11, E13 and W21: what links carry, and ways in that are none.

use serde_json::{Value, json};

use super::{both_families, dual, plan, silent, words};
use crate::rules::brief::{Solved, at, host, solve_of, vps};

/// `nas` at a site, with facts of the site, of where it stands and of itself.
fn home(site: Value, stands: Value, more: Value) -> Solved {
    let site = super::with(json!({ "name": "Home" }), site);
    solve_of(
        json!([site]),
        json!([vps(), at("nas", "10.10.0.2", "Home", stands, more)]),
    )
}

#[test]
fn ways_in_that_are_none() {
    let named = || json!({ "public": { "name": "home.example.net" } });
    let forward = || json!({ "forward": 51820 });
    assert!(home(named(), forward(), json!({})).findings().is_empty());
    for (site, stands, more, text, fix) in [
        (
            json!({ "router": "cgnat" }),
            forward(),
            json!({}),
            "The port forwarded to nas cannot be reached",
            "Do not count on UDP 51820",
        ),
        (
            json!({ "public": { "ipv4": "100.72.1.1" } }),
            forward(),
            json!({}),
            "The port forwarded to nas cannot be reached",
            "Do not count on UDP 51820",
        ),
        (
            json!({ "public": { "ipv4": "192.168.178.20" } }),
            forward(),
            json!({}),
            "The port forwarded to nas cannot be reached",
            "Do not count on UDP 51820",
        ),
        (
            named(),
            json!({ "forward": { "external": 51820, "internal": 51900 } }),
            json!({}),
            "UDP 51820 is forwarded to port 51900 of nas, which listens on 51820",
            "Forward UDP 51820 to nas on the router at Home",
        ),
        (
            named(),
            forward(),
            json!({ "firewall": "blocks" }),
            "The port forwarded to nas cannot be reached",
            "Do not count on UDP 51820",
        ),
        (
            json!({}),
            forward(),
            json!({}),
            "Nobody can dial nas yet, although a port is forwarded to it",
            "no fix",
        ),
        (
            json!({ "ipv6": "firewalled" }),
            json!({ "ipv6_open": true }),
            json!({}),
            "Nobody can dial nas over IPv6 yet, although the firewall is open for it",
            "no fix",
        ),
    ] {
        let fires = home(site, stands, more);
        let found = words(&fires, "E13");
        assert_eq!((found[1].as_str(), found[3].as_str()), (text, fix));
        assert_eq!(found[0], "error");
        if fix != "no fix" {
            assert!(silent(&fires.fixed("E13"), "E13"), "{text}");
        }
    }
}

#[test]
fn a_pair_that_cannot_be_direct() {
    let pairs = |sites: Value| {
        plan(
            json!({ "pairs": [{ "between": ["nas", "pi"], "choice": "direct" }] }),
            sites,
            json!([
                vps(),
                at("nas", "10.10.0.2", "Home", json!({}), json!({})),
                at("pi", "10.10.0.3", "Far", json!({}), json!({})),
            ]),
        )
    };
    let fires = pairs(json!([{ "name": "Home" }, { "name": "Far" }]));
    assert_eq!(
        words(&fires, "E13"),
        [
            "error",
            "nas and pi cannot talk directly",
            "Neither end has an address or name to which the other could send. The pair is planned as if nothing was chosen.",
            "Let the planner choose",
        ]
    );
    assert!(fires.fixed("E13").findings().is_empty());
    let known =
        json!([{ "name": "Home", "public": { "name": "home.example.net" } }, { "name": "Far" }]);
    assert!(silent(&pairs(known), "E13"));
}

/// Section 7 of the reference: 80 bytes of overhead where the outer family is
/// not certain, 1280 bytes at least with IPv6 inside.
#[test]
fn too_small_for_ipv6() {
    let with = |facts: Value, more: Value| {
        plan(
            facts,
            json!([]),
            json!([dual("vps", 1, json!({})), dual("two", 2, more)]),
        )
    };
    let fires = with(both_families(), json!({ "mtu": 1200 }));
    assert_eq!(
        words(&fires, "E11"),
        [
            "error",
            "The MTU 1200 of two is too small",
            "Linux takes IPv6 from an interface with less than 1280 bytes, and the mesh carries IPv6.",
            "Let the planner choose the MTU of two",
        ]
    );
    assert!(silent(&fires.fixed("E11"), "E11"));
    assert!(silent(
        &with(both_families(), json!({ "mtu": 1280 })),
        "E11"
    ));
    let only_v4 = |more: Value| {
        let two = host("two", "10.10.0.2", json!({ "ipv4": "203.0.113.2" }), more);
        solve_of(json!([]), json!([vps(), two]))
    };
    assert!(only_v4(json!({ "mtu": 1200 })).findings().is_empty());
    // (1280, IPv6 inside) is an error in the reference's table.
    let narrow = plan(
        both_families(),
        json!([]),
        json!([
            dual("vps", 1, json!({})),
            dual("two", 2, json!({ "uplink": 1280 }))
        ]),
    );
    assert!(!silent(&narrow, "E11"), "{:?}", narrow.findings());
    assert!(only_v4(json!({ "uplink": 1280 })).findings().is_empty());
}

#[test]
fn more_than_the_links_carry() {
    let dialled = |mtu: u16| {
        let named = host(
            "vps",
            "10.10.0.1",
            json!({ "name": "vps.example.net" }),
            json!({}),
        );
        let nas = at("nas", "10.10.0.2", "Home", json!({}), json!({ "mtu": mtu }));
        solve_of(
            json!([{ "name": "Home", "uplink": "pppoe" }]),
            json!([named, nas]),
        )
    };
    // PPPoE carries 1492 bytes, and an outer family that is not certain costs 80.
    assert_eq!(
        words(&dialled(1420), "W21"),
        [
            "warning",
            "The MTU 1420 of nas is more than its link with vps carries",
            "The path carries 1492 bytes and the tunnel adds 80, so at most 1412 fit. Larger packets are broken into pieces, or lost.",
            "Let the planner choose the MTU of nas",
        ]
    );
    assert!(dialled(1420).fixed("W21").findings().is_empty());
    assert!(dialled(1412).findings().is_empty());
}
