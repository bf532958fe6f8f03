//! Machines on the internet, behind NAT, and behind a forwarded port.

use serde_json::{Value, json};

use super::brief::{Solved, at, file, host, solve_of, solved, vps};

fn two_homes(public: Value, stands: Value) -> Solved {
    solve_of(
        json!([{ "name": "Home", "public": public }, { "name": "Far" }]),
        json!([
            at("nas", "10.10.0.2", "Home", stands, json!({})),
            at("pi", "10.10.0.3", "Far", json!({}), json!({})),
        ]),
    )
}

#[test]
fn two_machines_on_the_internet_dial_each_other() {
    let mesh = solve_of(
        json!([]),
        json!([
            vps(),
            host(
                "two",
                "10.10.0.2",
                json!({ "name": "two.example.net" }),
                json!({ "listen_port": 4500 })
            ),
        ]),
    );
    assert_eq!(mesh.verdict("two", "vps"), "direct");
    assert_eq!(
        mesh.why("two", "vps"),
        "Both can be dialled from the internet, so each dials the other."
    );
    assert_eq!(
        mesh.conf("vps"),
        "Address = 10.10.0.1/24\nListenPort = 51820\n\
         [two]\nEndpoint = two.example.net:4500\nAllowedIPs = 10.10.0.2/32"
    );
    assert_eq!(
        mesh.conf("two"),
        "Address = 10.10.0.2/24\nListenPort = 4500\n\
         [vps]\nEndpoint = 203.0.113.1:51820\nAllowedIPs = 10.10.0.1/32"
    );
    assert!(
        mesh.sysctl("vps").is_empty(),
        "who relays nothing forwards nothing"
    );
    assert!(mesh.findings().is_empty());
}

#[test]
fn a_machine_behind_nat_dials_and_keeps_the_way_open() {
    for router in ["nat", "cgnat"] {
        let mesh = solve_of(
            json!([{ "name": "Home", "router": router }]),
            json!([at("nas", "10.10.0.2", "Home", json!({}), json!({})), vps()]),
        );
        assert_eq!(mesh.verdict("nas", "vps"), "direct");
        assert_eq!(
            mesh.why("nas", "vps"),
            "nas dials vps at 203.0.113.1:51820; vps cannot dial nas and need not."
        );
        assert_eq!(
            mesh.conf("nas"),
            "Address = 10.10.0.2/24\nListenPort = 51820\n\
             [vps]\nEndpoint = 203.0.113.1:51820\nAllowedIPs = 10.10.0.1/32\nPersistentKeepalive = 25"
        );
        assert_eq!(
            mesh.conf("vps"),
            "Address = 10.10.0.1/24\nListenPort = 51820\n[nas]\nAllowedIPs = 10.10.0.2/32"
        );
        assert!(mesh.findings().is_empty());
    }
}

#[test]
fn a_forwarded_port_is_dialled_at_the_router() {
    for (public, endpoint) in [
        (json!({ "ipv4": "198.51.100.7" }), "198.51.100.7:51999"),
        (
            json!({ "name": "home.example.net" }),
            "home.example.net:51999",
        ),
        // A literal address is better than a name that has to be looked up.
        (
            json!({ "ipv4": "198.51.100.7", "name": "home.example.net" }),
            "198.51.100.7:51999",
        ),
    ] {
        let mesh = two_homes(public, json!({ "forward": 51999 }));
        assert_eq!(mesh.verdict("nas", "pi"), "direct");
        assert_eq!(
            mesh.conf("pi"),
            format!(
                "Address = 10.10.0.3/24\nListenPort = 51820\n\
                 [nas]\nEndpoint = {endpoint}\nAllowedIPs = 10.10.0.2/32\nPersistentKeepalive = 25"
            )
        );
        assert_eq!(
            mesh.conf("nas"),
            "Address = 10.10.0.2/24\nListenPort = 51820\n[pi]\nAllowedIPs = 10.10.0.3/32"
        );
        assert!(mesh.findings().is_empty());
    }
}

#[test]
fn a_forward_on_a_router_that_nobody_can_find_is_a_finding() {
    let mesh = two_homes(json!({}), json!({ "forward": 51820 }));
    assert_eq!(mesh.verdict("nas", "pi"), "impossible");
    let finding = mesh.finding("E13");
    assert_eq!(
        finding.text,
        "Nobody can dial nas yet, although a port is forwarded to it"
    );
    assert_eq!(
        finding.evidence,
        "Say the public IPv4 address or DNS name of the router at Home."
    );
}

#[test]
fn a_forward_behind_the_providers_nat_is_a_finding() {
    for (router, public, evidence) in [
        (
            "cgnat",
            json!({ "name": "home.example.net" }),
            "The provider translates addresses a second time in front of the router at Home, and forwards nothing.",
        ),
        (
            "nat",
            json!({ "ipv4": "100.64.3.4" }),
            "The router at Home has a private address on the internet side, so the provider translates a second time.",
        ),
        (
            "nat",
            json!({ "ipv4": "192.168.0.2" }),
            "The router at Home has a private address on the internet side, so the provider translates a second time.",
        ),
    ] {
        let mesh = solve_of(
            json!([{ "name": "Home", "router": router, "public": public }]),
            json!([
                at(
                    "nas",
                    "10.10.0.2",
                    "Home",
                    json!({ "forward": 51820 }),
                    json!({})
                ),
                vps()
            ]),
        );
        let finding = mesh.finding("E13");
        assert_eq!(finding.text, "The port forwarded to nas cannot be reached");
        assert_eq!(finding.evidence, evidence);
        assert_eq!(
            finding.fix.as_ref().unwrap().text,
            "Do not count on UDP 51820"
        );
        // The machine still dials out.
        assert_eq!(mesh.verdict("nas", "vps"), "direct");
        assert!(!mesh.conf("vps").contains("Endpoint"));
        assert!(mesh.fixed("E13").findings().is_empty());
    }
}

#[test]
fn a_machine_on_the_internet_without_an_address_is_a_finding() {
    let mesh = solve_of(
        json!([]),
        json!([vps(), host("two", "10.10.0.2", json!({}), json!({}))]),
    );
    assert_eq!(
        mesh.findings(),
        ["E13 Nobody can dial two yet, although it is on the internet"]
    );
    assert_eq!(mesh.verdict("two", "vps"), "direct");
    assert!(!mesh.conf("vps").contains("Endpoint"));
}

#[test]
fn a_private_address_is_not_on_the_internet() {
    for public in [
        json!({ "ipv4": "10.0.0.5" }),
        json!({ "ipv4": "100.64.0.1" }),
        json!({ "ipv4": "169.254.3.4" }),
        json!({ "ipv6": "fd12:3456:789a::1" }),
        json!({ "ipv6": "fe80::1" }),
    ] {
        let mesh = solve_of(
            json!([]),
            json!([vps(), host("two", "10.10.0.2", public, json!({}))]),
        );
        assert_eq!(
            mesh.finding("E13").text,
            "two has a private address, so nobody can dial it from the internet"
        );
        assert!(!mesh.conf("vps").contains("Endpoint"));
    }
    // One address that works is enough.
    let both = json!({ "ipv4": "10.0.0.5", "ipv6": "2001:db8::5" });
    let mesh = solve_of(
        json!([]),
        json!([vps(), host("two", "10.10.0.2", both, json!({}))]),
    );
    assert!(mesh.findings().is_empty(), "{:?}", mesh.findings());
}

#[test]
fn two_machines_behind_nat_without_a_relay_cannot_meet() {
    let mesh = two_homes(json!({}), json!({}));
    assert_eq!(mesh.verdict("nas", "pi"), "impossible");
    assert_eq!(
        mesh.why("nas", "pi"),
        "Both ends are behind NAT, so neither can dial the other. No machine that both can reach is there to relay."
    );
    assert_eq!(
        mesh.conf("nas"),
        "Address = 10.10.0.2/24\nListenPort = 51820"
    );
    let finding = mesh.finding("E02");
    assert_eq!(finding.text, "nas and pi cannot reach each other");
    assert!(finding.fix.is_none(), "nobody knows where the routers are");
}

#[test]
fn a_port_forward_that_helps_is_offered() {
    let mesh = two_homes(json!({ "name": "home.example.net" }), json!({}));
    let fix = mesh.finding("E02").fix.clone().unwrap();
    assert_eq!(fix.text, "Forward UDP 51820 to nas on the router at Home");
    let fixed = mesh.fixed("E02");
    assert!(fixed.findings().is_empty());
    assert_eq!(fixed.verdict("nas", "pi"), "direct");
}

#[test]
fn a_relay_that_helps_is_offered() {
    let mesh = solve_of(
        json!([{ "name": "Home" }, { "name": "Far" }]),
        json!([
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            at("pi", "10.10.0.3", "Far", json!({}), json!({})),
            host(
                "vps",
                "10.10.0.1",
                json!({ "ipv4": "203.0.113.1" }),
                json!({ "relay": false })
            ),
        ]),
    );
    assert_eq!(mesh.verdict("nas", "pi"), "impossible");
    assert_eq!(
        mesh.finding("E02").fix.as_ref().unwrap().text,
        "Let vps relay"
    );
    let fixed = mesh.fixed("E02");
    assert_eq!(fixed.verdict("nas", "pi"), "relayed via vps");
    assert!(fixed.findings().is_empty());
}

#[test]
fn each_family_of_the_internet_counts_for_itself() {
    let six = json!({ "ipv6": "2001:db8::2" });
    let both = json!({ "ipv4": "203.0.113.1", "ipv6": "2001:db8::1" });
    let mesh = solve_of(
        json!([{ "name": "Home" }]),
        json!([
            host("dual", "10.10.0.1", both, json!({})),
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            host("six", "10.10.0.3", six, json!({})),
        ]),
    );
    assert!(
        mesh.conf("six")
            .contains("[dual]\nEndpoint = [2001:db8::1]:51820")
    );
    assert!(
        mesh.conf("dual")
            .contains("[six]\nEndpoint = [2001:db8::2]:51820")
    );
    assert!(mesh.conf("nas").contains("[dual\n").eq(&false));
    assert!(mesh.conf("nas").contains("Endpoint = 203.0.113.1:51820"));
    assert_eq!(mesh.verdict("nas", "six"), "relayed via dual");
    assert_eq!(
        mesh.why("nas", "six"),
        "Neither can dial the other: nas is behind NAT, and six speaks another IP version. dual relays, and can read this traffic."
    );
}

#[test]
fn a_dual_tunnel_carries_both_families_over_either() {
    let mut plan = file(
        json!([{ "name": "Home" }, { "name": "Far" }]),
        json!([
            at(
                "nas",
                "10.10.0.2",
                "Home",
                json!({}),
                json!({ "addresses": ["10.10.0.2", "fd00:10:10::2"] })
            ),
            at(
                "pi",
                "10.10.0.3",
                "Far",
                json!({}),
                json!({ "addresses": ["fd00:10:10::3", "10.10.0.3"] })
            ),
            host(
                "vps",
                "",
                json!({ "ipv4": "203.0.113.1" }),
                json!({ "addresses": ["10.10.0.1", "fd00:10:10::1"] })
            ),
        ]),
    );
    plan["tunnel"] = json!(["fd00:10:10::/64", "10.10.0.0/24"]);
    let mesh = solved(&plan);
    assert_eq!(
        mesh.conf("nas"),
        "Address = 10.10.0.2/24, fd00:10:10::2/64\nListenPort = 51820\n[vps]\nEndpoint = 203.0.113.1:51820\n\
         AllowedIPs = 10.10.0.1/32, 10.10.0.3/32, fd00:10:10::1/128, fd00:10:10::3/128\nPersistentKeepalive = 25"
    );
    assert_eq!(
        mesh.sysctl("vps"),
        [
            "net.ipv4.ip_forward = 1",
            "net.ipv6.conf.all.forwarding = 1"
        ]
    );
}
