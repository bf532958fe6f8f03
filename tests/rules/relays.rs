//! Relays: which one is taken, and what a person may choose.

use serde_json::{Value, json};

use super::brief::{Solved, at, file, host, phone, solve_of, solved, vps};

/// Two machines behind NAT and what else there is.
fn with_relays(relays: Vec<Value>) -> Solved {
    let mut nodes = relays;
    nodes.push(at("nas", "10.10.0.2", "Home", json!({}), json!({})));
    nodes.push(at("pi", "10.10.0.3", "Far", json!({}), json!({})));
    solve_of(json!([{ "name": "Home" }, { "name": "Far" }]), json!(nodes))
}

/// The same with two servers and a choice for a pair.
fn with_choice(pairs: Value) -> Solved {
    let mut plan = file(
        json!([{ "name": "Home" }, { "name": "Far" }]),
        json!([
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            at("pi", "10.10.0.3", "Far", json!({}), json!({})),
            host(
                "alpha",
                "10.10.0.5",
                json!({ "ipv4": "203.0.113.5" }),
                json!({})
            ),
            host(
                "beta",
                "10.10.0.6",
                json!({ "ipv4": "203.0.113.6" }),
                json!({})
            ),
        ]),
    );
    plan["pairs"] = pairs;
    solved(&plan)
}

#[test]
fn a_relay_stands_between_two_machines_behind_nat() {
    let mesh = with_relays(vec![vps()]);
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via vps");
    assert_eq!(
        mesh.why("nas", "pi"),
        "Both ends are behind NAT, so neither can dial the other. vps relays, and can read this traffic."
    );
    assert_eq!(
        mesh.conf("nas"),
        "Address = 10.10.0.2/24\nListenPort = 51820\n\
         [vps]\nEndpoint = 203.0.113.1:51820\nAllowedIPs = 10.10.0.1/32, 10.10.0.3/32\nPersistentKeepalive = 25"
    );
    assert_eq!(
        mesh.conf("vps"),
        "Address = 10.10.0.1/24\nListenPort = 51820\n\
         [nas]\nAllowedIPs = 10.10.0.2/32\n[pi]\nAllowedIPs = 10.10.0.3/32"
    );
    assert_eq!(mesh.sysctl("vps"), ["net.ipv4.ip_forward = 1"]);
    assert!(mesh.sysctl("nas").is_empty());
}

#[test]
fn a_fixed_address_beats_a_name_and_then_the_name_decides() {
    let named = |name: &str, address: &str| {
        host(
            name,
            address,
            json!({ "name": format!("{name}.example.net") }),
            json!({}),
        )
    };
    let fixed = |name: &str, address: &str, public: &str| {
        host(name, address, json!({ "ipv4": public }), json!({}))
    };
    let mesh = with_relays(vec![
        named("aaa", "10.10.0.5"),
        fixed("zzz", "10.10.0.6", "203.0.113.6"),
        fixed("yyy", "10.10.0.7", "203.0.113.7"),
    ]);
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via yyy");
    let mesh = with_relays(vec![named("bbb", "10.10.0.6"), named("aaa", "10.10.0.5")]);
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via aaa");
}

#[test]
fn a_machine_at_a_site_relays_only_if_told_to() {
    let sites = json!([
        { "name": "Home" },
        { "name": "Far" },
        { "name": "Office", "public": { "name": "office.example.net" } },
    ]);
    for (relay, expected) in [
        (Value::Null, "impossible"),
        (json!(true), "relayed via gate"),
    ] {
        let mut gate = at(
            "gate",
            "10.10.0.5",
            "Office",
            json!({ "forward": 51820 }),
            json!({}),
        );
        if !relay.is_null() {
            gate["relay"] = relay;
        }
        let nodes = json!([
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            at("pi", "10.10.0.3", "Far", json!({}), json!({})),
            gate,
        ]);
        assert_eq!(
            solve_of(sites.clone(), nodes).verdict("nas", "pi"),
            expected
        );
    }
}

#[test]
fn a_phone_never_relays() {
    let mesh = solve_of(
        json!([{ "name": "Home" }, { "name": "Far" }]),
        json!([
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            at("pi", "10.10.0.3", "Far", json!({}), json!({})),
            host(
                "tablet",
                "10.10.0.5",
                json!({ "ipv4": "203.0.113.5" }),
                json!({ "platform": "android", "relay": true })
            ),
        ]),
    );
    assert_eq!(mesh.verdict("nas", "pi"), "impossible");
    assert!(mesh.finding("E02").fix.is_none());
}

#[test]
fn a_chosen_relay_is_taken() {
    assert_eq!(
        with_choice(json!([])).verdict("nas", "pi"),
        "relayed via alpha"
    );
    let mesh = with_choice(json!([{ "between": ["pi", "nas"], "choice": { "via": "beta" } }]));
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via beta");
    assert_eq!(
        mesh.why("nas", "pi"),
        "You chose this path. beta relays, and can read this traffic."
    );
    assert!(mesh.findings().is_empty());
    assert!(mesh.sysctl("alpha").is_empty());
}

#[test]
fn a_relay_may_be_chosen_for_a_pair_that_could_talk_directly() {
    let mesh = with_choice(json!([{ "between": ["alpha", "nas"], "choice": { "via": "beta" } }]));
    assert_eq!(mesh.verdict("alpha", "nas"), "relayed via beta");
    assert!(
        !mesh.conf("nas").contains("[alpha]"),
        "a peer that is not used would own the address"
    );
    // It has no session with nas any more, so it cannot relay for it.
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via beta");
}

#[test]
fn a_relay_that_cannot_is_refused() {
    let mut plan = file(
        json!([{ "name": "Home" }, { "name": "Far" }]),
        json!([
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            at("pi", "10.10.0.3", "Far", json!({}), json!({})),
            phone("phone", "10.10.0.4", json!({})),
            host(
                "shy",
                "10.10.0.7",
                json!({ "ipv4": "203.0.113.7" }),
                json!({ "relay": false })
            ),
            vps(),
        ]),
    );
    for (relay, why) in [
        ("phone", "phone does not relay."),
        ("shy", "shy does not relay."),
        ("nas", "A pair is relayed by a third machine."),
    ] {
        plan["pairs"] = json!([{ "between": ["nas", "pi"], "choice": { "via": relay } }]);
        let mesh = solved(&plan);
        let finding = mesh.finding("E03");
        assert_eq!(
            finding.text,
            format!("nas and pi cannot go through {relay}")
        );
        assert_eq!(
            finding.evidence,
            format!("{why} The pair is planned as if nothing was chosen.")
        );
        assert_eq!(mesh.verdict("nas", "pi"), "relayed via vps");
        assert!(mesh.fixed("E03").findings().is_empty());
    }
}

#[test]
fn a_refused_choice_takes_no_link_from_a_relay() {
    // The choice for vps and nas is refused, so vps keeps its link with nas and may relay.
    let mut plan = file(
        json!([{ "name": "Home" }, { "name": "Far" }]),
        json!([
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            at("pi", "10.10.0.3", "Far", json!({}), json!({})),
            vps(),
        ]),
    );
    plan["pairs"] = json!([{ "between": ["nas", "vps"], "choice": { "via": "pi" } }]);
    let mesh = solved(&plan);
    assert_eq!(mesh.finding("E03").text, "nas and vps cannot go through pi");
    assert_eq!(mesh.verdict("nas", "vps"), "direct");
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via vps");
}

#[test]
fn choices_that_need_each_others_legs_are_refused() {
    let mesh = with_choice(json!([
        { "between": ["nas", "alpha"], "choice": { "via": "beta" } },
        { "between": ["nas", "beta"], "choice": { "via": "alpha" } },
    ]));
    assert_eq!(mesh.findings().len(), 2, "{:?}", mesh.findings());
    assert_eq!(mesh.verdict("alpha", "nas"), "direct");
    assert_eq!(mesh.verdict("beta", "nas"), "direct");
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via alpha");
}

#[test]
fn a_pair_that_is_switched_off_is_in_no_file() {
    let mesh = with_choice(json!([
        { "between": ["nas", "alpha"], "choice": "never" },
        { "between": ["nas", "pi"], "choice": "never" },
    ]));
    assert_eq!(mesh.verdict("nas", "pi"), "none");
    assert_eq!(mesh.why("nas", "pi"), "Switched off by choice.");
    assert!(mesh.findings().is_empty());
    for (holder, address) in [
        ("nas", "10.10.0.5"),
        ("alpha", "10.10.0.2"),
        ("nas", "10.10.0.3"),
        ("pi", "10.10.0.2"),
    ] {
        assert!(
            !mesh.conf(holder).contains(&format!("{address}/32")),
            "{holder} holds {address}"
        );
    }
}

#[test]
fn a_machine_that_is_switched_off_towards_an_end_does_not_relay_for_it() {
    let mesh = with_choice(json!([{ "between": ["nas", "alpha"], "choice": "never" }]));
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via beta");
}
