//! Tunnel addresses: given once, and then they stay.

use std::net::IpAddr;

use serde_json::{Value, json};

use meshwright::mesh::solve;
use meshwright::plan::{AddressError, Edit, Family, NodeId, Plan};
use meshwright::project::read_plan;

use super::brief::{file, solved};

fn plan(tunnel: Value, nodes: &[(&str, &[&str])]) -> Plan {
    let nodes: Vec<Value> = nodes
        .iter()
        .map(|(name, addresses)| json!({ "name": name, "place": "roams", "addresses": addresses }))
        .collect();
    let mut file = file(json!([]), json!(nodes));
    file["tunnel"] = tunnel;
    read_plan(&file.to_string()).unwrap()
}

fn addresses(plan: &Plan) -> Vec<String> {
    let line = |(id, node): (&NodeId, &meshwright::plan::Node)| {
        let all: Vec<String> = node
            .addresses
            .iter()
            .map(|address| address.to_string())
            .collect();
        format!("{id} {}", all.join(" "))
    };
    plan.nodes.iter().map(line).collect()
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn addresses_are_given_in_the_order_of_names() {
    let mut plan = plan(
        json!(["10.10.0.0/24"]),
        &[("pi", &[]), ("nas", &[]), ("vps", &["10.10.0.1"])],
    );
    assert_eq!(
        plan.assign_missing_addresses().unwrap(),
        ["nas", "pi"].map(NodeId::new)
    );
    assert_eq!(
        addresses(&plan),
        ["nas 10.10.0.2", "pi 10.10.0.3", "vps 10.10.0.1"]
    );
    assert_eq!(
        plan.assign_missing_addresses(),
        Ok(vec![]),
        "what is given stays"
    );
}

#[test]
fn an_address_stays_when_others_come_and_go() {
    let mut plan = plan(
        json!(["10.10.0.0/24"]),
        &[("b", &[]), ("c", &[]), ("d", &[])],
    );
    plan.assign_missing_addresses().unwrap();
    assert_eq!(
        addresses(&plan),
        ["b 10.10.0.1", "c 10.10.0.2", "d 10.10.0.3"]
    );
    let gone = plan.nodes.remove(&NodeId::new("b")).unwrap();
    plan.assign_missing_addresses().unwrap();
    assert_eq!(addresses(&plan), ["c 10.10.0.2", "d 10.10.0.3"]);
    let mut fresh = gone;
    fresh.addresses = meshwright::plan::TunnelAddresses::default();
    fresh.name = "a".parse().unwrap();
    plan.nodes.insert(NodeId::new("a"), fresh);
    plan.assign_missing_addresses().unwrap();
    assert_eq!(
        addresses(&plan),
        ["a 10.10.0.1", "c 10.10.0.2", "d 10.10.0.3"]
    );
}

#[test]
fn the_edges_of_a_prefix_belong_to_nobody() {
    let mut three = plan(
        json!(["10.10.0.0/30"]),
        &[("a", &[]), ("b", &[]), ("c", &[])],
    );
    let full = three.assign_missing_addresses();
    assert_eq!(
        full,
        Err(AddressError::Full(vec!["10.10.0.0/30".parse().unwrap()]))
    );
    assert_eq!(
        full.unwrap_err().sentence(&three),
        "every address of 10.10.0.0/30 is taken; widen it to 10.10.0.0/29, or add a second tunnel prefix"
    );
    assert_eq!(addresses(&three), ["a 10.10.0.1", "b 10.10.0.2", "c "]);
    let a = NodeId::new("a");
    assert_eq!(
        three.check_address(&a, ip("10.10.0.0")),
        Err(AddressError::Edge)
    );
    assert_eq!(
        three.check_address(&a, ip("10.10.0.3")),
        Err(AddressError::Edge)
    );
    assert_eq!(three.check_address(&a, ip("10.10.0.1")), Ok(()));
    assert_eq!(
        three.check_address(&a, ip("10.10.0.2")),
        Err(AddressError::Taken(NodeId::new("b")))
    );
    let tunnel = "10.10.0.0/30".parse().unwrap();
    assert_eq!(
        three.check_address(&a, ip("10.10.0.4")),
        Err(AddressError::Outside(vec![tunnel]))
    );
    assert_eq!(
        three.check_address(&a, ip("fd00::1")),
        Err(AddressError::NoPrefix(Family::V6))
    );
}

#[test]
fn a_prefix_of_two_or_one_address_has_no_edges() {
    let mut two = plan(json!(["10.10.0.4/31"]), &[("a", &[]), ("b", &[])]);
    two.assign_missing_addresses().unwrap();
    assert_eq!(addresses(&two), ["a 10.10.0.4", "b 10.10.0.5"]);
    assert!(two.next_free_address(Family::V4).is_err());
    let mut one = plan(json!(["10.10.0.7/32"]), &[("a", &[])]);
    one.assign_missing_addresses().unwrap();
    assert_eq!(addresses(&one), ["a 10.10.0.7"]);
}

#[test]
fn ipv6_addresses_begin_behind_the_routers_anycast_address() {
    let mut both = plan(
        json!(["10.10.0.0/24", "fd00:10:10::/64"]),
        &[("a", &[]), ("b", &["fd00:10:10::1"])],
    );
    both.assign_missing_addresses().unwrap();
    assert_eq!(
        addresses(&both),
        ["a 10.10.0.1 fd00:10:10::2", "b 10.10.0.2 fd00:10:10::1"]
    );
    let mut small = plan(json!(["fd00::/127"]), &[("a", &[]), ("b", &[])]);
    small.assign_missing_addresses().unwrap();
    assert_eq!(addresses(&small), ["a fd00::", "b fd00::1"]);
}

#[test]
fn a_huge_or_last_prefix_is_no_trouble() {
    for (prefix, first) in [
        ("0.0.0.0/0", "0.0.0.1"),
        ("255.255.255.0/24", "255.255.255.1"),
        ("::/0", "::1"),
        ("ffff::/16", "ffff::1"),
    ] {
        let plan = plan(json!([prefix]), &[("a", &[])]);
        let family = plan.tunnel[0].family();
        assert_eq!(plan.next_free_address(family), Ok(ip(first)));
    }
}

#[test]
fn solving_assigns_nothing_and_leaves_out_who_has_no_address() {
    let mesh = solved(&file(
        json!([]),
        json!([
            { "name": "a", "place": { "internet": { "ipv4": "203.0.113.1" } }, "addresses": ["10.10.0.1"] },
            { "name": "b", "place": "roams" },
        ]),
    ));
    assert_eq!(
        mesh.findings(),
        ["E04 b has no tunnel address, so it takes no part"]
    );
    assert_eq!(
        mesh.finding("E04").fix.as_ref().unwrap().text,
        "Give b 10.10.0.2"
    );
    assert_eq!(mesh.verdict("a", "b"), "impossible");
    assert_eq!(
        mesh.why("a", "b"),
        "b is left out of the mesh until its finding is settled."
    );
    assert_eq!(mesh.conf("b"), "no file");
    let fixed = mesh.fixed("E04");
    assert!(fixed.findings().is_empty());
    assert_eq!(fixed.verdict("a", "b"), "direct");
}

#[test]
fn who_has_a_wrong_address_is_left_out_with_a_fix() {
    for (address, text) in [
        (
            "10.99.0.1",
            "E04 b cannot have 10.99.0.1: this address lies outside the tunnel prefix 10.10.0.0/24",
        ),
        (
            "10.10.0.0",
            "E04 b cannot have 10.10.0.0: the first and last address of a prefix belong to no machine",
        ),
        (
            "10.10.0.1",
            "E04 b cannot have 10.10.0.1: a has this address",
        ),
    ] {
        let plan = plan(
            json!(["10.10.0.0/24"]),
            &[("a", &["10.10.0.1"]), ("b", &[address])],
        );
        let mesh = solve(&plan);
        let finding = &mesh.findings[0];
        assert_eq!(format!("{} {}", finding.code.as_str(), finding.text), text);
        let fix = finding.fix.as_ref().unwrap();
        assert_eq!(fix.text, "Give b 10.10.0.2");
        let mut fixed = plan.clone();
        fixed.apply(&fix.edit);
        assert_eq!(addresses(&fixed), ["a 10.10.0.1", "b 10.10.0.2"]);
    }
}

#[test]
fn an_address_of_a_family_that_the_tunnel_lacks_is_left_out() {
    let plan = plan(json!(["10.10.0.0/24"]), &[("a", &["10.10.0.1", "fd00::1"])]);
    let mesh = solve(&plan);
    let finding = &mesh.findings[0];
    assert_eq!(
        finding.text,
        "a has fd00::1, but the tunnel has no IPv6 prefix"
    );
    assert_eq!(mesh.nodes[0].addresses, [ip("10.10.0.1")]);
    let mut fixed = plan.clone();
    fixed.apply(&finding.fix.as_ref().unwrap().edit);
    assert_eq!(addresses(&fixed), ["a 10.10.0.1"]);
}

#[test]
fn a_new_address_keeps_what_fits() {
    let mut plan = plan(
        json!(["10.10.0.0/24", "fd00:10:10::/64"]),
        &[
            ("a", &["10.10.0.9", "fd99::1"]),
            ("b", &["10.10.0.1", "fd00:10:10::1"]),
        ],
    );
    plan.apply(&Edit::NewAddress(NodeId::new("a")));
    assert_eq!(
        addresses(&plan),
        ["a 10.10.0.9 fd00:10:10::2", "b 10.10.0.1 fd00:10:10::1"]
    );
}

#[test]
fn addresses_come_from_the_first_pool_with_room() {
    let mut five = plan(
        json!(["10.30.0.0/24", "10.10.0.0/30", "10.20.0.5/32"]),
        &[
            ("a", &[]),
            ("b", &["10.30.0.9"]),
            ("c", &[]),
            ("d", &[]),
            ("e", &[]),
        ],
    );
    five.assign_missing_addresses().unwrap();
    assert_eq!(
        addresses(&five),
        [
            "a 10.10.0.1",
            "b 10.30.0.9",
            "c 10.10.0.2",
            "d 10.20.0.5",
            "e 10.30.0.1"
        ]
    );
    let takes_part = |node: &meshwright::mesh::MeshNode| node.left_out.is_none();
    assert!(solve(&five).nodes.iter().all(takes_part));
    assert_eq!(five.next_free_address(Family::V4), Ok(ip("10.30.0.2")));
    let a = NodeId::new("a");
    assert_eq!(five.check_address(&a, ip("10.30.0.200")), Ok(()));
    // The edges are those of the pool that holds the address.
    assert_eq!(
        five.check_address(&a, ip("10.10.0.3")),
        Err(AddressError::Edge)
    );
    let outside = five.check_address(&a, ip("10.20.0.6")).unwrap_err();
    assert_eq!(
        outside.sentence(&five),
        "this address lies outside the tunnel prefixes 10.10.0.0/30, 10.20.0.5/32, 10.30.0.0/24"
    );
    let mut full = plan(
        json!([
            "10.10.0.1/32",
            "10.10.0.2/32",
            "10.10.0.3/32",
            "10.10.0.4/31"
        ]),
        &[
            ("a", &[]),
            ("b", &[]),
            ("c", &[]),
            ("d", &[]),
            ("e", &[]),
            ("f", &[]),
        ],
    );
    let problem = full.assign_missing_addresses().unwrap_err();
    assert_eq!(
        problem.sentence(&full),
        "every address of 10.10.0.1/32, 10.10.0.2/32, 10.10.0.3/32 and 1 more is taken; widen 10.10.0.1/32 to 10.10.0.0/31, or add another tunnel prefix"
    );
}
