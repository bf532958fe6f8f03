//! The cheapest fix: changes that a person could make, and what they would do.

use serde_json::{Value, json};

use meshwright::mesh::{Asks, Ranking, Subject, candidates, connect, improvements};
use meshwright::plan::{Edit, NodeId, PairKey, Plan, SiteId};

use super::brief::{Solved, at, host, phone, solve_of, vps};

fn asked(solved: &Solved, scope: &Subject) -> Vec<String> {
    let found = improvements(&solved.plan, &solved.mesh, scope);
    found.into_iter().map(|found| found.text).collect()
}

fn pair(a: &str, b: &str) -> Subject {
    Subject::Pair(PairKey::new(&NodeId::new(a), &NodeId::new(b)).unwrap())
}

fn site(name: &str, more: Value) -> Value {
    let mut site = json!({ "name": name });
    for (key, value) in more.as_object().unwrap() {
        site[key] = value.clone();
    }
    site
}

/// `nas` at Home, whose router has a name, with machines at other sites that
/// nobody can dial, and `vps` between them.
fn around_home(count: usize) -> Solved {
    let mut sites = vec![site(
        "Home",
        json!({ "public": { "name": "home.example.net" } }),
    )];
    let mut nodes = vec![vps(), at("nas", "10.10.0.2", "Home", json!({}), json!({}))];
    for number in 0..count {
        let name = format!("Far {number}");
        sites.push(site(&name, json!({ "router": "cgnat" })));
        let node = format!("pi{number}");
        let address = format!("10.10.0.{}", 10 + number);
        nodes.push(at(&node, &address, &name, json!({}), json!({})));
    }
    solve_of(json!(sites), json!(nodes))
}

#[test]
fn a_port_forward_turns_relayed_pairs_direct() {
    let solved = around_home(6);
    assert_eq!(
        asked(&solved, &Subject::Plan),
        ["Forward UDP 51820 to nas on the router at Home: 6 relayed pairs become direct."]
    );
    assert_eq!(
        asked(&solved, &pair("nas", "pi3")),
        asked(&solved, &Subject::Plan),
        "for one pair it is the same change"
    );
    assert!(asked(&solved, &pair("pi1", "pi2")).is_empty());
    assert_eq!(
        asked(&solved, &Subject::Site(SiteId::new("Home"))),
        asked(&solved, &Subject::Plan)
    );
    assert_eq!(
        asked(&solved, &Subject::Node(NodeId::new("pi3"))),
        asked(&solved, &Subject::Plan),
        "what helps a machine may be done at another"
    );
}

/// The promise is kept: the change does to the plan what the words say.
#[test]
fn a_change_does_what_it_says() {
    let solved = around_home(3);
    let best = &improvements(&solved.plan, &solved.mesh, &Subject::Plan)[0];
    assert_eq!((best.possible, best.direct, &best.asks), (0, 3, &None));
    let mut plan = solved.plan.clone();
    plan.apply(best.edit.as_ref().unwrap());
    let mesh = connect(&plan);
    let links = |mesh: &meshwright::mesh::Mesh| {
        let pairs = mesh.pairs.iter();
        pairs.filter(|pair| pair.verdict.is_link()).count()
    };
    assert_eq!(links(&mesh), links(&solved.mesh) + 3);
}

#[test]
fn a_router_without_a_name_is_asked_for_one() {
    let solved = solve_of(
        json!([
            site("Home", json!({})),
            site("Far", json!({ "router": "cgnat" }))
        ]),
        json!([
            vps(),
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            at("pi", "10.10.0.3", "Far", json!({}), json!({}))
        ]),
    );
    let best = &improvements(&solved.plan, &solved.mesh, &pair("nas", "pi"))[0];
    assert_eq!(
        best.text,
        "Forward UDP 51820 to nas on the router at Home and give that router a DDNS name: 1 relayed pair becomes direct."
    );
    assert_eq!(best.asks, Some(Asks::Router(SiteId::new("Home"))));
    // After the edit a finding asks for the name.
    let mut plan = solved.plan.clone();
    plan.apply(best.edit.as_ref().unwrap());
    let mesh = meshwright::mesh::solve(&plan);
    assert_eq!(mesh.findings[0].code.as_str(), "E13");
    assert_eq!(
        mesh.findings[0].evidence,
        "Say the public IPv4 address or DNS name of the router at Home."
    );
}

#[test]
fn where_only_an_address_is_missing_it_is_asked_for() {
    let solved = solve_of(
        json!([site("Home", json!({})), site("Far", json!({}))]),
        json!([
            host("vps", "10.10.0.1", json!({}), json!({})),
            at(
                "nas",
                "10.10.0.2",
                "Home",
                json!({ "forward": 51820 }),
                json!({})
            ),
            at("pi", "10.10.0.3", "Far", json!({}), json!({}))
        ]),
    );
    let all = asked(&solved, &Subject::Plan);
    assert_eq!(
        all[0],
        "Say the public address or DNS name of vps: 3 pairs become possible."
    );
    assert!(
        all.contains(
            &"Say the public address or DNS name of the router at Home: 2 pairs become possible."
                .to_owned()
        )
    );
}

#[test]
fn nobody_forwards_where_nothing_arrives() {
    let far = |name: &str| site(name, json!({ "router": "cgnat" }));
    let hidden = site("Hidden", json!({ "public": { "ipv4": "100.72.1.1" } }));
    let walled = json!({ "firewall": "blocks" });
    let solved = solve_of(
        json!([far("Far"), hidden, site("Home", json!({}))]),
        json!([
            vps(),
            at("pi", "10.10.0.2", "Far", json!({}), json!({})),
            at("nas", "10.10.0.3", "Hidden", json!({}), json!({})),
            at("desk", "10.10.0.4", "Home", json!({}), walled),
            at(
                "tablet",
                "10.10.0.5",
                "Home",
                json!({}),
                json!({ "platform": "android" })
            ),
            phone("phone", "10.10.0.6", json!({})),
        ]),
    );
    let found = candidates(&solved.plan, &solved.mesh, &Subject::Plan);
    let forwards = found
        .iter()
        .filter(|candidate| matches!(candidate.edit, Some(Edit::Forward(..))));
    assert_eq!(forwards.count(), 0, "{found:?}");
}

#[test]
fn the_second_machine_gets_another_port() {
    let solved = solve_of(
        json!([
            site("Home", json!({ "public": { "name": "home.example.net" } })),
            site("Far", json!({ "router": "cgnat" }))
        ]),
        json!([
            vps(),
            at(
                "desk",
                "10.10.0.2",
                "Home",
                json!({ "forward": 51820 }),
                json!({})
            ),
            at("nas", "10.10.0.3", "Home", json!({}), json!({})),
            at("pi", "10.10.0.4", "Far", json!({}), json!({}))
        ]),
    );
    assert_eq!(
        asked(&solved, &pair("nas", "pi")),
        ["Forward UDP 51821 to nas on the router at Home: 1 relayed pair becomes direct."]
    );
}

#[test]
fn a_machine_that_may_relay_helps_those_who_are_cut_off() {
    let solved = solve_of(
        json!([
            site("Home", json!({ "router": "cgnat" })),
            site("Far", json!({ "router": "cgnat" })),
        ]),
        json!([
            host(
                "vps",
                "10.10.0.1",
                json!({ "ipv4": "203.0.113.1" }),
                json!({ "relay": false })
            ),
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            at("pi", "10.10.0.3", "Far", json!({}), json!({}))
        ]),
    );
    let all = asked(&solved, &Subject::Plan);
    assert_eq!(
        all,
        [
            "Let vps relay: 1 pair becomes possible.",
            "Add a small VPS called relay: 1 pair becomes possible."
        ],
        "what costs nothing comes first"
    );
}

#[test]
fn a_small_server_helps_where_nothing_else_does() {
    let solved = solve_of(
        json!([
            site("Home", json!({ "router": "cgnat" })),
            site("Far", json!({ "router": "cgnat" })),
        ]),
        json!([
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            at("pi", "10.10.0.3", "Far", json!({}), json!({})),
            phone("relay", "10.10.0.4", json!({})),
        ]),
    );
    let best = improvements(&solved.plan, &solved.mesh, &Subject::Plan);
    assert_eq!(
        best.iter()
            .map(|best| best.text.as_str())
            .collect::<Vec<_>>(),
        ["Add a small VPS called relay2: 3 pairs become possible."]
    );
    assert_eq!(best[0].asks, Some(Asks::Host(NodeId::new("relay2"))));
    let mut plan = solved.plan.clone();
    plan.apply(best[0].edit.as_ref().unwrap());
    let relay = &plan.nodes[&NodeId::new("relay2")];
    assert_eq!(relay.name.as_str(), "relay2");
    assert_eq!(
        relay.addresses.v4.unwrap().to_string(),
        "10.10.0.1",
        "it has a tunnel address"
    );
    assert_eq!(
        meshwright::mesh::solve(&plan)
            .findings
            .iter()
            .find(|finding| finding.code.as_str() == "E13")
            .unwrap()
            .evidence,
        "Say the public address or DNS name of relay2."
    );
}

#[test]
fn a_fixed_address_brings_two_machines_at_one_site_together() {
    let home = site("Home", json!({ "lans": ["192.168.1.0/24"] }));
    let solved = solve_of(
        json!([home]),
        json!([
            vps(),
            at("desk", "10.10.0.2", "Home", json!({}), json!({})),
            at("nas", "10.10.0.3", "Home", json!({}), json!({})),
        ]),
    );
    assert_eq!(solved.verdict("desk", "nas"), "relayed via vps");
    let all = asked(&solved, &pair("desk", "nas"));
    assert_eq!(
        all,
        [
            "Give desk the fixed LAN address 192.168.1.10: 1 relayed pair becomes direct.",
            "Give nas the fixed LAN address 192.168.1.10: 1 relayed pair becomes direct."
        ]
    );
}

#[test]
fn a_plan_that_is_as_good_as_it_gets_has_nothing_to_improve() {
    let solved = solve_of(
        json!([site("Home", json!({ "router": "cgnat" }))]),
        json!([
            vps(),
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            phone("phone", "10.10.0.3", json!({})),
        ]),
    );
    assert!(asked(&solved, &Subject::Plan).is_empty());
    let gone = Subject::Node(NodeId::new("gone"));
    assert!(asked(&solved, &gone).is_empty());
    let nothing = Plan::empty();
    assert!(improvements(&nothing, &connect(&nothing), &Subject::Plan).is_empty());
}

#[test]
fn a_ranking_tells_how_far_it_is() {
    let solved = around_home(3);
    let mut ranking = Ranking::new(&solved.plan, &solved.mesh, &Subject::Plan);
    assert_eq!(ranking.tried(), 0);
    let total = ranking.total();
    assert!(total > 0);
    for tried in 1..=total {
        assert!(ranking.step());
        assert_eq!(ranking.tried(), tried);
    }
    assert!(!ranking.step());
    assert_eq!(
        ranking.best(),
        improvements(&solved.plan, &solved.mesh, &Subject::Plan)
    );
}

#[test]
fn of_a_large_plan_the_changes_that_touch_the_most_pairs_are_tried() {
    let mut sites = vec![];
    let mut nodes = vec![vps()];
    for number in 0..100 {
        let name = format!("Site {number}");
        sites.push(site(
            &name,
            json!({ "public": { "ipv4": format!("198.51.100.{}", number + 1) } }),
        ));
        let (node, address) = (format!("n{number}"), format!("10.10.0.{}", number + 2));
        nodes.push(at(&node, &address, &name, json!({}), json!({})));
    }
    let solved = solve_of(json!(sites), json!(nodes));
    let found = candidates(&solved.plan, &solved.mesh, &Subject::Plan);
    assert_eq!(found.len(), meshwright::mesh::MOST);
}
