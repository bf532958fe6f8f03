//! The law of paths: several relays, choices, spokes, groups, exits and the
//! covering prefix.

use serde_json::{Value, json};

use meshwright::mesh::{ExitRefusal, HubRefusal, Note, PinRefusal};

use super::brief::{Solved, at, file, host, phone, solved, vps};

/// Two islands: `old` and `new` have one family each, and `east` and `west`
/// both relay but only meet in IPv6.
fn islands() -> Value {
    file(
        json!([{ "name": "Home" }]),
        json!([
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            host(
                "east",
                "10.10.0.5",
                json!({ "ipv4": "203.0.113.5", "ipv6": "2001:db8::5" }),
                json!({})
            ),
            host(
                "west",
                "10.10.0.6",
                json!({ "ipv6": "2001:db8::6" }),
                json!({})
            ),
            host(
                "far",
                "10.10.0.7",
                json!({ "ipv6": "2001:db8::7" }),
                json!({ "relay": false })
            ),
        ]),
    )
}

fn law_holds(mesh: Solved) -> Solved {
    assert_eq!(mesh.mesh.unlawful_pair(), None);
    mesh
}

#[test]
fn a_path_goes_over_several_relays_where_one_is_not_enough() {
    let mut plan = islands();
    plan["pairs"] = json!([{ "between": ["east", "far"], "choice": { "via": "west" } }]);
    let mesh = law_holds(solved(&plan));
    assert_eq!(mesh.verdict("east", "far"), "relayed via west");
    assert_eq!(mesh.verdict("far", "nas"), "relayed via west, east");
    assert!(mesh.conf("nas").contains("[east]"));
    assert!(!mesh.conf("nas").contains("[west]"));
}

#[test]
fn a_longer_choice_needs_the_pairs_inside_to_agree() {
    let mut plan = islands();
    plan["pairs"] = json!([{ "between": ["far", "nas"], "choice": { "via": "west" } }]);
    let mesh = law_holds(solved(&plan));
    // nas reaches west through east, and east itself dials far: it would send
    // the packets of nas there, past west.
    assert_eq!(mesh.verdict("far", "nas"), "relayed via east");
    let (east, far) = (mesh.place("east"), mesh.place("far"));
    assert!(mesh.mesh.notes.iter().any(|note| matches!(
        note,
        Note::RefusedPin { why: PinRefusal::Conflict(one, other), .. } if (*one, *other) == (east, far)
    )));
    // With that pair put the same way the longer choice is followed.
    plan["pairs"] = json!([
        { "between": ["far", "nas"], "choice": { "via": "west" } },
        { "between": ["far", "east"], "choice": { "via": "west" } },
    ]);
    let mesh = law_holds(solved(&plan));
    assert_eq!(mesh.verdict("far", "nas"), "relayed via west, east");
    assert!(mesh.mesh.notes.is_empty());
}

fn hub_and_spokes() -> Value {
    file(
        json!([{ "name": "Home" }]),
        json!([
            vps(),
            host(
                "two",
                "10.10.0.6",
                json!({ "ipv4": "203.0.113.6" }),
                json!({})
            ),
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            phone("phone", "10.10.0.4", json!({ "hub": "vps" })),
        ]),
    )
}

#[test]
fn a_spoke_has_one_session() {
    let mesh = law_holds(solved(&hub_and_spokes()));
    assert_eq!(mesh.verdict("phone", "vps"), "direct");
    assert_eq!(mesh.verdict("phone", "two"), "relayed via vps");
    assert_eq!(mesh.verdict("nas", "phone"), "relayed via vps");
    assert_eq!(
        mesh.conf("phone"),
        "Address = 10.10.0.4/32\n[vps]\nEndpoint = 203.0.113.1:51820\nAllowedIPs = 10.10.0.1/32, 10.10.0.2/32, 10.10.0.6/32"
    );
    assert_eq!(
        mesh.why("phone", "two"),
        "phone talks only through vps. vps relays, and can read this traffic."
    );
}

#[test]
fn a_hub_without_a_link_is_no_hub() {
    let mut plan = hub_and_spokes();
    plan["nodes"][3]["hub"] = json!("nas");
    let mesh = law_holds(solved(&plan));
    assert_eq!(mesh.verdict("phone", "two"), "direct");
    assert!(mesh.mesh.notes.iter().any(|note| matches!(
        note,
        Note::RefusedHub {
            why: HubRefusal::NoLink,
            ..
        }
    )));
}

#[test]
fn groups_keep_machines_apart_in_every_entry() {
    let mut plan = hub_and_spokes();
    plan["talk"] = json!([
        ["home", "servers"],
        ["servers", "servers"],
        ["phones", "servers"]
    ]);
    for (index, group) in ["servers", "servers", "home", "phones"]
        .into_iter()
        .enumerate()
    {
        plan["nodes"][index]["groups"] = json!([group]);
    }
    plan["covering"] = json!(true);
    let mesh = law_holds(solved(&plan));
    assert_eq!(mesh.verdict("nas", "phone"), "none");
    assert_eq!(
        mesh.why("nas", "phone"),
        "The groups of nas and phone do not talk to each other."
    );
    // The covering prefix would hold the other's address, so neither gets it.
    for name in ["nas", "phone"] {
        assert!(
            !mesh.conf(name).contains("10.10.0.0/24,"),
            "{}",
            mesh.conf(name)
        );
        assert!(!mesh.conf(name).contains("AllowedIPs = 10.10.0.0/24"));
    }
    let refused = mesh
        .mesh
        .notes
        .iter()
        .filter(|note| matches!(note, Note::CoveringRefused { .. }));
    assert_eq!(refused.count(), 2);
    // A choice for the pair comes before the groups.
    plan["pairs"] = json!([{ "between": ["nas", "phone"], "choice": { "via": "vps" } }]);
    assert_eq!(solved(&plan).verdict("nas", "phone"), "relayed via vps");
    // A choice that is refused opens nothing that the groups keep shut.
    for choice in [json!({ "via": "phone" }), json!("direct")] {
        plan["pairs"] = json!([{ "between": ["nas", "phone"], "choice": choice }]);
        let mesh = law_holds(solved(&plan));
        assert!(
            mesh.mesh
                .notes
                .iter()
                .any(|note| matches!(note, Note::RefusedPin { .. } | Note::RefusedDirect { .. }))
        );
        assert_eq!(mesh.verdict("nas", "phone"), "none");
        assert_eq!(
            mesh.why("nas", "phone"),
            "The groups of nas and phone do not talk to each other."
        );
    }
    // Nor does it where the two could dial each other.
    plan["nodes"][1]["groups"] = json!(["phones"]);
    plan["pairs"] = json!([{ "between": ["nas", "two"], "choice": { "via": "nas" } }]);
    assert_eq!(solved(&plan).verdict("nas", "two"), "none");
}

#[test]
fn a_pool_of_everything_covers_nothing() {
    let mut plan = hub_and_spokes();
    plan["tunnel"] = json!(["::/0"]);
    plan["covering"] = json!(true);
    for index in 0..4 {
        plan["nodes"][index]["addresses"] = json!([format!("fd00::{}", index + 1)]);
    }
    let mesh = law_holds(solved(&plan));
    let is_noted = |note: &Note| matches!(note, Note::CoveringIsInternet { .. });
    assert!(mesh.mesh.notes.iter().any(is_noted));
    for node in &mesh.mesh.nodes {
        let entries = node.peers.iter().flat_map(|peer| &peer.allowed);
        assert!(entries.clone().all(|entry| entry.prefix.length() == 128));
    }
    assert_eq!(
        mesh.finding("W03").text,
        "The tunnel prefix ::/0 cannot stand as a whole under the default relay"
    );
}

#[test]
fn the_default_relay_covers_the_tunnel() {
    let mut plan = hub_and_spokes();
    plan["covering"] = json!(true);
    let mesh = law_holds(solved(&plan));
    // Reference 5.6: the whole prefix under the relay, /32 for direct peers.
    assert_eq!(
        mesh.conf("nas"),
        "Address = 10.10.0.2/24\nListenPort = 51820\n\
         [two]\nEndpoint = 203.0.113.6:51820\nAllowedIPs = 10.10.0.6/32\nPersistentKeepalive = 25\n\
         [vps]\nEndpoint = 203.0.113.1:51820\nAllowedIPs = 10.10.0.0/24\nPersistentKeepalive = 25"
    );
    assert!(!mesh.conf("vps").contains("AllowedIPs = 10.10.0.0/24"));
}

#[test]
fn an_exit_is_used_over_a_direct_link_only() {
    let mut plan = hub_and_spokes();
    plan["nodes"][0]["exit"] = json!(true);
    plan["nodes"][3]["uses_exit"] = json!("vps");
    let mesh = law_holds(solved(&plan));
    assert!(
        mesh.conf("phone")
            .contains("AllowedIPs = 0.0.0.0/0, 10.10.0.1/32")
    );
    let refusal = |plan: &Value| {
        let mesh = solved(plan);
        mesh.mesh.notes.iter().find_map(|note| match note {
            Note::RefusedExit { why, .. } => Some(*why),
            _ => None,
        })
    };
    assert_eq!(refusal(&plan), None);
    plan["nodes"][3]["uses_exit"] = json!("two");
    assert_eq!(refusal(&plan), Some(ExitRefusal::NotAnExit));
    plan["nodes"][1]["exit"] = json!(true);
    assert_eq!(refusal(&plan), Some(ExitRefusal::NotDirect));
}

#[test]
fn a_machine_that_sleeps_relays_only_if_it_says_so() {
    let plan = |more: Value| {
        let mut sleeper = host(
            "sleeper",
            "10.10.0.5",
            json!({ "ipv4": "203.0.113.5" }),
            more,
        );
        sleeper["always_on"] = json!(false);
        file(
            json!([{ "name": "Home" }, { "name": "Far" }]),
            json!([
                sleeper,
                at("nas", "10.10.0.2", "Home", json!({}), json!({})),
                at("pi", "10.10.0.3", "Far", json!({}), json!({})),
            ]),
        )
    };
    assert_eq!(solved(&plan(json!({}))).verdict("nas", "pi"), "impossible");
    assert_eq!(
        solved(&plan(json!({ "relay": true }))).verdict("nas", "pi"),
        "relayed via sleeper"
    );
}

#[test]
fn a_lan_that_a_machine_leaves_out_stands_in_none_of_its_entries() {
    let mut plan = hub_and_spokes();
    plan["nodes"][2]["shares"] = json!([{ "prefix": "192.168.1.0/24", "answers": "translate" }]);
    assert!(solved(&plan).conf("phone").contains("192.168.1.0/24"));
    plan["nodes"][3]["leaves_out"] = json!(["192.168.1.0/24"]);
    let mesh = law_holds(solved(&plan));
    assert!(!mesh.conf("phone").contains("192.168.1.0/24"));
    assert!(mesh.conf("two").contains("192.168.1.0/24"));
}

/// Option C of the article: a port forwarded to the NAS makes the pair direct.
#[test]
fn the_articles_port_forward_needs_no_relay() {
    let plan = file(
        json!([{ "name": "Home", "public": { "ipv4": "198.51.100.1" } }, { "name": "Far" }]),
        json!([
            vps(),
            at(
                "nas",
                "10.10.0.2",
                "Home",
                json!({ "forward": 51820 }),
                json!({})
            ),
            at("pi", "10.10.0.3", "Far", json!({}), json!({})),
        ]),
    );
    let mesh = law_holds(solved(&plan));
    assert_eq!(mesh.verdict("nas", "pi"), "direct");
    assert_eq!(
        mesh.conf("pi"),
        "Address = 10.10.0.3/24\nListenPort = 51820\n\
         [nas]\nEndpoint = 198.51.100.1:51820\nAllowedIPs = 10.10.0.2/32\nPersistentKeepalive = 25\n\
         [vps]\nEndpoint = 203.0.113.1:51820\nAllowedIPs = 10.10.0.1/32\nPersistentKeepalive = 25"
    );
}

/// The article's first topology: everything through the hub.
#[test]
fn the_articles_hub_and_spoke() {
    let plan = file(
        json!([{ "name": "Home" }, { "name": "Far" }]),
        json!([
            vps(),
            at(
                "nas",
                "10.10.0.2",
                "Home",
                json!({}),
                json!({ "hub": "vps" })
            ),
            at("pi", "10.10.0.3", "Far", json!({}), json!({ "hub": "vps" })),
        ]),
    );
    let mesh = law_holds(solved(&plan));
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via vps");
    assert!(mesh.findings().is_empty(), "{:?}", mesh.findings());
}
