//! Statements that contradict each other or the world.

use serde_json::{Value, json};

use meshwright::mesh::solve;

use super::brief::{Solved, at, file, host, phone, solve_of, solved, vps};

#[test]
fn a_router_forwards_a_port_to_one_machine() {
    let mesh = solve_of(
        json!([{ "name": "Home", "public": { "name": "home.example.net" } }, { "name": "Far" }]),
        json!([
            at(
                "desk",
                "10.10.0.2",
                "Home",
                json!({ "forward": 51820 }),
                json!({})
            ),
            at(
                "nas",
                "10.10.0.3",
                "Home",
                json!({ "forward": 51820 }),
                json!({})
            ),
            at("pi", "10.10.0.4", "Far", json!({}), json!({})),
        ]),
    );
    let finding = mesh.finding("E13");
    assert_eq!(
        finding.text,
        "UDP 51820 is forwarded to desk already and cannot be to nas as well at Home"
    );
    assert_eq!(mesh.verdict("desk", "pi"), "direct");
    assert_eq!(mesh.verdict("nas", "pi"), "impossible");
    assert!(!mesh.conf("pi").contains("[nas]"));
}

#[test]
fn two_machines_at_one_address_and_port_are_a_finding() {
    let both = json!({ "ipv4": "203.0.113.1" });
    let mesh = solve_of(
        json!([]),
        json!([
            host("one", "10.10.0.1", both.clone(), json!({})),
            host("two", "10.10.0.2", both.clone(), json!({})),
            phone("phone", "10.10.0.3", json!({})),
        ]),
    );
    assert_eq!(
        mesh.finding("E13").text,
        "two and one both listen at 203.0.113.1, port 51820"
    );
    assert_eq!(mesh.verdict("phone", "two"), "relayed via one");
    // Another port is another machine to the outside.
    let mesh = solve_of(
        json!([]),
        json!([
            host("one", "10.10.0.1", both.clone(), json!({})),
            host("two", "10.10.0.2", both, json!({ "listen_port": 51821 })),
        ]),
    );
    assert!(mesh.findings().is_empty());
}

#[test]
fn two_machines_with_one_lan_address_are_a_finding() {
    let ten = json!({ "lan_address": "192.168.1.10" });
    let mesh = solve_of(
        json!([{ "name": "Home", "lans": ["192.168.1.0/24"] }]),
        json!([
            at("desk", "10.10.0.2", "Home", ten.clone(), json!({})),
            at("nas", "10.10.0.3", "Home", ten, json!({})),
        ]),
    );
    let finding = mesh.finding("E13");
    assert_eq!(
        finding.text,
        "nas and desk both have the LAN address 192.168.1.10 at Home"
    );
    assert!(
        mesh.conf("nas")
            .contains("[desk]\nEndpoint = 192.168.1.10:51820")
    );
    assert!(!mesh.conf("desk").contains("Endpoint"));
}

#[test]
fn the_tunnel_must_not_be_a_lan_that_a_machine_stands_in() {
    for (lans, stands, text) in [
        (
            json!(["10.10.0.0/16"]),
            json!({}),
            "The tunnel prefix overlaps 10.10.0.0/16, the LAN that nas stands in",
        ),
        (
            json!([]),
            json!({ "lan_address": "10.10.0.77" }),
            "The tunnel prefix overlaps 10.10.0.77/32, the LAN that nas stands in",
        ),
    ] {
        let mesh = solve_of(
            json!([{ "name": "Home", "lans": lans }]),
            json!([at("nas", "10.10.0.2", "Home", stands, json!({})), vps()]),
        );
        assert_eq!(mesh.finding("E07").text, text);
        assert_eq!(mesh.conf("nas"), "no file");
    }
}

#[test]
fn the_tunnel_must_not_hold_an_endpoint() {
    let mesh = solve_of(
        json!([]),
        json!([
            host(
                "two",
                "10.10.0.2",
                json!({ "ipv4": "203.0.113.2" }),
                json!({})
            ),
            vps()
        ]),
    );
    let mut plan = mesh.plan.clone();
    plan.tunnel = vec!["203.0.113.0/24".parse().unwrap()];
    for (_, node) in &mut plan.nodes {
        node.addresses = meshwright::plan::TunnelAddresses::default();
    }
    plan.assign_missing_addresses().unwrap();
    let mesh = Solved {
        mesh: solve(&plan),
        plan,
    };
    assert_eq!(
        mesh.findings(),
        [
            "E06 The tunnel prefix holds 203.0.113.2, where two is dialled",
            "E06 The tunnel prefix holds 203.0.113.1, where vps is dialled",
            "W13 The tunnel prefix 203.0.113.0/24 takes addresses of other people on the internet"
        ]
    );
}

#[test]
fn two_machines_with_one_name_or_key_are_a_finding() {
    let key = "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=";
    let mesh = solve_of(
        json!([]),
        json!([
            host(
                "one",
                "10.10.0.1",
                json!({ "ipv4": "203.0.113.1" }),
                json!({ "public_key": key })
            ),
            phone(
                "two",
                "10.10.0.2",
                json!({ "platform": "linux", "public_key": key })
            ),
            phone("three", "10.10.0.3", json!({})),
        ]),
    );
    assert_eq!(mesh.finding("E05").text, "two has the public key of one");
    assert_eq!(mesh.conf("two"), "no file");
    assert_eq!(mesh.verdict("one", "three"), "direct");

    // No file can hold this, but an editor may pass through it.
    let mut plan = mesh.plan.clone();
    let name = plan.nodes[&meshwright::plan::NodeId::new("one")]
        .name
        .clone();
    let three = plan
        .nodes
        .get_mut(&meshwright::plan::NodeId::new("three"))
        .unwrap();
    three.name = name;
    let mesh = solve(&plan);
    let texts: Vec<&str> = mesh
        .findings
        .iter()
        .map(|finding| finding.text.as_str())
        .collect();
    assert!(texts.contains(&"Two machines are called one"), "{texts:?}");
}

#[test]
fn a_choice_that_names_a_machine_which_is_gone_changes_nothing() {
    let mut plan = file(
        json!([]),
        json!([
            vps(),
            phone("phone", "10.10.0.2", json!({})),
            phone("gone", "10.10.0.3", json!({}))
        ]),
    );
    plan["pairs"] = json!([{ "between": ["phone", "vps"], "choice": { "via": "gone" } }]);
    let mut mesh = solved(&plan);
    mesh.plan
        .nodes
        .remove(&meshwright::plan::NodeId::new("gone"));
    let mesh = Solved {
        mesh: solve(&mesh.plan),
        plan: mesh.plan,
    };
    assert_eq!(
        mesh.finding("E03").text,
        "phone and vps cannot go through gone"
    );
    assert_eq!(mesh.verdict("phone", "vps"), "direct");
    let text = meshwright::project::write_plan(&mesh.plan);
    assert!(!text.contains("gone"), "a file cannot name it");
}

#[test]
fn findings_come_errors_first_and_the_order_of_statements_does_not_matter() {
    let nodes = |reversed: bool| {
        let mut nodes: Vec<Value> = vec![
            at(
                "nas",
                "10.10.0.2",
                "Home",
                json!({ "forward": 51820 }),
                json!({ "shares": [{ "prefix": "192.168.1.0/24", "answers": "nothing" }] }),
            ),
            phone("phone", "10.10.0.2", json!({})),
            vps(),
        ];
        if reversed {
            nodes.reverse();
        }
        solve_of(
            json!([{ "name": "Home", "lans": ["192.168.1.0/24"] }]),
            json!(nodes),
        )
    };
    let expected = [
        "E04 phone cannot have 10.10.0.2: nas has this address",
        "E13 Nobody can dial nas yet, although a port is forwarded to it",
        "W17 192.168.1.0/24 has no way back to the mesh",
    ];
    assert_eq!(nodes(false).findings(), expected);
    assert_eq!(nodes(true).findings(), expected);
}
