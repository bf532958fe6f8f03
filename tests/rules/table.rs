//! The decision table, row by row: who dials whom, and who keeps the path open.

use serde_json::{Value, json};

use super::brief::{Solved, at, file, host, phone, solve_of, solved};

/// What the config of `name` says of dialling `peer`: the Endpoint with a `+`
/// where it keeps the path open, `-` if it waits to be dialled.
fn dials(mesh: &Solved, name: &str, peer: &str) -> String {
    let node = &mesh.mesh.nodes[mesh.place(name)];
    let Some(block) = node.peer(mesh.place(peer)) else {
        return "no block".to_owned();
    };
    let keeps = if block.keepalive { "+" } else { "" };
    block.endpoint.as_ref().map_or_else(
        || format!("-{keeps}"),
        |endpoint| format!("{endpoint}{keeps}"),
    )
}

/// Both directions of a pair, with its verdict.
fn link(mesh: &Solved, a: &str, b: &str) -> [String; 3] {
    assert_eq!(mesh.mesh.unlawful_pair(), None);
    [mesh.verdict(a, b), dials(mesh, a, b), dials(mesh, b, a)]
}

fn home_and_far(home: Value, far: Value, nodes: Value) -> Solved {
    let site = |name: &str, mut facts: Value| {
        facts["name"] = json!(name);
        facts
    };
    solve_of(json!([site("Home", home), site("Far", far)]), nodes)
}

#[test]
fn row_1_one_lan() {
    let pair = |nas: Value, pi: Value| {
        home_and_far(
            json!({ "lans": ["192.168.1.0/24"], "public": { "ipv4": "198.51.100.1" } }),
            json!({}),
            json!([
                at(
                    "nas",
                    "10.10.0.2",
                    "Home",
                    json!({ "lan_address": "192.168.1.2" }),
                    nas
                ),
                at(
                    "pi",
                    "10.10.0.3",
                    "Home",
                    json!({ "lan_address": "192.168.1.3" }),
                    pi
                ),
            ]),
        )
    };
    let mesh = pair(json!({}), json!({}));
    assert_eq!(
        link(&mesh, "nas", "pi"),
        ["lan", "192.168.1.3:51820", "192.168.1.2:51820"]
    );
    // A firewall drops what nobody asked for, so that side keeps its own hole open.
    let mesh = pair(json!({ "firewall": "blocks" }), json!({}));
    assert_eq!(
        link(&mesh, "nas", "pi"),
        ["lan", "192.168.1.3:51820+", "192.168.1.2:51820"]
    );
    let mesh = pair(
        json!({ "firewall": "blocks" }),
        json!({ "firewall": "blocks" }),
    );
    assert_eq!(
        link(&mesh, "nas", "pi"),
        ["lan", "192.168.1.3:51820+", "192.168.1.2:51820+"]
    );
}

#[test]
fn two_lans_of_one_site_meet_only_if_they_route_to_each_other() {
    let pair = |routed: bool| {
        home_and_far(
            json!({ "lans": ["192.168.1.0/24", "192.168.2.0/24"], "lans_routed": routed,
                "public": { "ipv4": "198.51.100.1" } }),
            json!({}),
            json!([
                at(
                    "nas",
                    "10.10.0.2",
                    "Home",
                    json!({ "lan_address": "192.168.1.2", "forward": 51820 }),
                    json!({})
                ),
                at(
                    "pi",
                    "10.10.0.3",
                    "Home",
                    json!({ "lan_address": "192.168.2.3" }),
                    json!({})
                ),
            ]),
        )
    };
    assert_eq!(
        link(&pair(true), "nas", "pi"),
        ["lan", "192.168.2.3:51820", "192.168.1.2:51820"]
    );
    // The port that is forwarded on their own router does not count: that is hairpin NAT.
    assert_eq!(
        link(&pair(false), "nas", "pi"),
        ["impossible", "no block", "no block"]
    );
}

#[test]
fn a_global_ipv6_address_serves_inside_a_site_where_the_lan_does_not() {
    let mesh = home_and_far(
        json!({ "lans": ["192.168.1.0/24", "192.168.2.0/24"], "ipv6": "open" }),
        json!({}),
        json!([
            at(
                "nas",
                "10.10.0.2",
                "Home",
                json!({ "lan_address": "192.168.1.2", "ipv6": "2001:db8:1::2" }),
                json!({})
            ),
            at(
                "pi",
                "10.10.0.3",
                "Home",
                json!({ "lan_address": "192.168.2.3" }),
                json!({})
            ),
        ]),
    );
    assert_eq!(
        link(&mesh, "nas", "pi"),
        ["direct", "-", "[2001:db8:1::2]:51820+"]
    );
}

#[test]
fn rows_2_and_3_dialable_machines() {
    let mesh = home_and_far(
        json!({}),
        json!({ "router": "cgnat" }),
        json!([
            host(
                "one",
                "10.10.0.5",
                json!({ "ipv4": "203.0.113.5" }),
                json!({})
            ),
            host(
                "two",
                "10.10.0.6",
                json!({ "ipv4": "203.0.113.6" }),
                json!({})
            ),
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            at("pi", "10.10.0.3", "Far", json!({}), json!({})),
            phone("phone", "10.10.0.4", json!({})),
        ]),
    );
    assert_eq!(
        link(&mesh, "one", "two"),
        ["direct", "203.0.113.6:51820", "203.0.113.5:51820"]
    );
    // Symmetric NAT and the provider's NAT make no difference to who dials out.
    for end in ["nas", "pi"] {
        assert_eq!(
            link(&mesh, end, "one"),
            ["direct", "203.0.113.5:51820+", "-"]
        );
    }
    // Row 10: a phone dials, and need not be reachable while it sleeps.
    assert_eq!(
        link(&mesh, "phone", "one"),
        ["direct", "203.0.113.5:51820", "-"]
    );
    // Rows 9 and 10: a relay.
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via one");
    assert_eq!(mesh.verdict("nas", "phone"), "relayed via one");
}

#[test]
fn row_4_two_families_meet_at_a_relay_that_has_both() {
    let mesh = solve_of(
        json!([]),
        json!([
            host(
                "four",
                "10.10.0.5",
                json!({ "ipv4": "203.0.113.5" }),
                json!({ "relay": false })
            ),
            host(
                "six",
                "10.10.0.6",
                json!({ "ipv6": "2001:db8::6" }),
                json!({ "relay": false })
            ),
            host(
                "both",
                "10.10.0.7",
                json!({ "ipv4": "203.0.113.7", "ipv6": "2001:db8::7" }),
                json!({})
            ),
        ]),
    );
    assert_eq!(mesh.verdict("four", "six"), "relayed via both");
}

#[test]
fn row_6_two_firewalls_open_at_once() {
    let site = json!({ "ipv6": "firewalled" });
    let far = |ipv6: Value| {
        at(
            "pi",
            "10.10.0.3",
            "Far",
            ipv6,
            json!({ "reachable_idle": false }),
        )
    };
    let nas = at(
        "nas",
        "10.10.0.2",
        "Home",
        json!({ "ipv6": "2001:db8:1::2" }),
        json!({}),
    );
    let mesh = home_and_far(
        site.clone(),
        site.clone(),
        json!([nas, far(json!({ "ipv6_name": "pi.example.net" }))]),
    );
    assert_eq!(
        link(&mesh, "nas", "pi"),
        ["open", "pi.example.net:51820+", "[2001:db8:1::2]:51820+"]
    );
    // Without an address of one end nothing opens.
    let mesh = home_and_far(site.clone(), site.clone(), json!([nas, far(json!({}))]));
    assert_eq!(mesh.verdict("nas", "pi"), "impossible");
    // Where a router lets one end in, the other dials it.
    let open = json!({ "ipv6": "2001:db8:2::3", "ipv6_open": true });
    let mesh = home_and_far(site.clone(), site, json!([nas, far(open)]));
    assert_eq!(
        link(&mesh, "nas", "pi"),
        ["direct", "[2001:db8:2::3]:51820+", "-"]
    );
}

#[test]
fn rows_7_to_9_kinds_of_nat() {
    let pair = |far: &str, choice: Value| {
        let mut plan = file(
            json!([{ "name": "Home", "nat": "keeps-port", "public": { "ipv4": "198.51.100.1" } },
                   { "name": "Far", "nat": far, "public": { "ipv4": "198.51.100.2" } }]),
            json!([
                at("nas", "10.10.0.2", "Home", json!({}), json!({})),
                at("pi", "10.10.0.3", "Far", json!({}), json!({})),
            ]),
        );
        if !choice.is_null() {
            plan["pairs"] = json!([{ "between": ["nas", "pi"], "choice": choice }]);
        }
        solved(&plan)
    };
    assert_eq!(
        pair("keeps-port", Value::Null).verdict("nas", "pi"),
        "impossible"
    );
    assert_eq!(
        pair("symmetric", Value::Null).verdict("nas", "pi"),
        "impossible"
    );
    assert_eq!(
        link(&pair("keeps-port", json!("direct")), "nas", "pi"),
        ["open", "198.51.100.2:51820+", "198.51.100.1:51820+"]
    );
    // Who knows better may have it wherever an address is known.
    assert_eq!(
        link(&pair("symmetric", json!("direct")), "nas", "pi"),
        ["direct", "198.51.100.2:51820+", "198.51.100.1:51820+"]
    );
}

#[test]
fn a_direct_link_is_refused_where_nobody_has_an_address() {
    let mut plan = file(
        json!([{ "name": "Home" }, { "name": "Far" }]),
        json!([
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            at("pi", "10.10.0.3", "Far", json!({}), json!({})),
        ]),
    );
    plan["pairs"] = json!([{ "between": ["nas", "pi"], "choice": "direct" }]);
    let mesh = solved(&plan);
    assert_eq!(mesh.verdict("nas", "pi"), "impossible");
    assert!(mesh.mesh.notes.iter().any(|note| matches!(
        note,
        meshwright::mesh::Note::RefusedDirect {
            why: meshwright::mesh::DirectRefusal::NoAddress,
            ..
        }
    )));
}

#[test]
fn who_knows_better_means_the_port_that_is_forwarded() {
    // Behind two routers: both forward, which the plan cannot show.
    let behind_two = |forward: Value| {
        let mut plan = file(
            json!([{ "name": "Home", "router": "cgnat", "public": { "ipv4": "198.51.100.1" } }]),
            json!([
                at(
                    "nas",
                    "10.10.0.2",
                    "Home",
                    json!({ "forward": forward }),
                    json!({})
                ),
                at("pi", "10.10.0.3", "Home", json!({}), json!({})),
                phone("phone", "10.10.0.4", json!({})),
            ]),
        );
        plan["pairs"] = json!([{ "between": ["nas", "phone"], "choice": "direct" }]);
        solved(&plan)
    };
    assert_eq!(
        link(&behind_two(json!(4500)), "phone", "nas"),
        ["direct", "198.51.100.1:4500+", "-"]
    );
    // The router forwards to a port at which nobody listens.
    let elsewhere = json!({ "external": 51820, "internal": 4500 });
    let mesh = behind_two(elsewhere);
    assert_eq!(mesh.verdict("nas", "phone"), "impossible");
    assert!(mesh.mesh.notes.iter().any(|note| matches!(
        note,
        meshwright::mesh::Note::RefusedDirect {
            why: meshwright::mesh::DirectRefusal::NoAddress,
            ..
        }
    )));
}

#[test]
fn a_forward_is_applied_before_the_routers_own_translation() {
    // The router gives what comes for port 51820 to pi, so nas is not found there.
    let mut plan = file(
        json!([{ "name": "Home", "router": "cgnat", "public": { "ipv4": "198.51.100.1" } }]),
        json!([
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            at(
                "pi",
                "10.10.0.3",
                "Home",
                json!({ "forward": 51820 }),
                json!({})
            ),
            phone("phone", "10.10.0.4", json!({})),
        ]),
    );
    plan["pairs"] = json!([{ "between": ["nas", "phone"], "choice": "direct" }]);
    assert_eq!(solved(&plan).verdict("nas", "phone"), "impossible");
}

#[test]
fn nat64_reaches_ipv4_by_name_only() {
    let six = |public: Value| {
        solve_of(
            json!([]),
            json!([
                host("vps", "10.10.0.1", public, json!({})),
                phone("phone", "10.10.0.4", json!({ "stack": "nat64" })),
            ]),
        )
    };
    assert_eq!(
        six(json!({ "ipv4": "203.0.113.1" })).verdict("vps", "phone"),
        "impossible"
    );
    let mesh = six(json!({ "ipv4": "203.0.113.1", "name": "vps.example.net" }));
    assert_eq!(
        link(&mesh, "phone", "vps"),
        ["direct", "vps.example.net:51820", "-"]
    );
}

#[test]
fn a_forward_that_cannot_be_a_way_in_is_none() {
    let with = |site: Value, forward: Value, more: Value| {
        home_and_far(
            site,
            json!({}),
            json!([
                at(
                    "nas",
                    "10.10.0.2",
                    "Home",
                    json!({ "forward": forward }),
                    more
                ),
                phone("phone", "10.10.0.4", json!({})),
            ]),
        )
    };
    let public = json!({ "public": { "ipv4": "198.51.100.1" } });
    let to = |internal: u16| json!({ "external": 4500, "internal": internal });
    assert_eq!(
        with(public.clone(), to(51820), json!({})).verdict("nas", "phone"),
        "direct"
    );
    for mesh in [
        with(public.clone(), to(51821), json!({})),
        with(public, to(51820), json!({ "firewall": "blocks" })),
        with(
            json!({ "public": { "ipv4": "100.64.3.4" } }),
            to(51820),
            json!({}),
        ),
        with(
            json!({ "public": { "ipv4": "192.168.178.20" } }),
            to(51820),
            json!({}),
        ),
        with(
            json!({ "router": "cgnat", "public": { "ipv4": "198.51.100.1" } }),
            to(51820),
            json!({}),
        ),
    ] {
        assert_eq!(mesh.verdict("nas", "phone"), "impossible");
        assert!(
            mesh.mesh
                .notes
                .iter()
                .any(|note| matches!(note, meshwright::mesh::Note::NotDialable { .. }))
        );
    }
}

#[test]
fn ds_lite_carries_more_inside_ipv6() {
    let mesh = home_and_far(
        json!({ "uplink": "ds-lite" }),
        json!({}),
        json!([
            host(
                "vps",
                "10.10.0.1",
                json!({ "ipv4": "203.0.113.1", "ipv6": "2001:db8::1" }),
                json!({})
            ),
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
        ]),
    );
    assert_eq!(
        link(&mesh, "nas", "vps"),
        ["direct", "203.0.113.1:51820+", "-"]
    );
    let mesh = home_and_far(
        json!({ "uplink": "ds-lite", "ipv6": "firewalled" }),
        json!({}),
        json!([
            host(
                "vps",
                "10.10.0.1",
                json!({ "ipv4": "203.0.113.1", "ipv6": "2001:db8::1" }),
                json!({})
            ),
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
        ]),
    );
    assert_eq!(
        link(&mesh, "nas", "vps"),
        ["direct", "[2001:db8::1]:51820+", "-"]
    );
}
