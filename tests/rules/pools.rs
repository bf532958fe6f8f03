//! Pools that grow, and prefixes that would collide.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use meshwright::plan::{AddressError, Edit, Family, NodeId, Plan, Prefix};
use meshwright::project::read_plan;

use super::brief::{at, file, host};

fn plan(tunnel: Value, sites: Value, nodes: Value) -> Plan {
    let mut file = file(sites, nodes);
    file["tunnel"] = tunnel;
    read_plan(&file.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

fn prefix(text: &str) -> Prefix {
    text.parse().unwrap()
}

fn named(count: usize) -> Value {
    (0..count)
        .map(|n| json!({ "name": format!("n{n:04}"), "place": "roams" }))
        .collect()
}

/// The pools after a pool was widened.
fn widened(plan: &Plan, pool: &str) -> Vec<String> {
    let mut copy = plan.clone();
    copy.apply(&Edit::WidenPool(prefix(pool)));
    copy.tunnel.iter().map(ToString::to_string).collect()
}

#[test]
fn a_full_pool_grows_and_everybody_keeps_his_address() {
    let mut plan = plan(json!(["10.10.0.8/29"]), json!([]), named(7));
    let full = plan.assign_missing_addresses().unwrap_err();
    assert_eq!(full, AddressError::Full(vec![prefix("10.10.0.8/29")]));
    assert_eq!(
        full.sentence(&plan),
        "every address of 10.10.0.8/29 is taken; widen it to 10.10.0.0/28, or add a second tunnel prefix"
    );
    let before = plan.nodes.clone();
    plan.apply(&Edit::WidenPool(prefix("10.10.0.8/29")));
    assert_eq!(plan.tunnel, [prefix("10.10.0.0/28")]);
    assert_eq!(
        plan.assign_missing_addresses(),
        Ok(vec![NodeId::new("n0006")])
    );
    for (id, node) in before.iter().take(6) {
        assert_eq!(plan.nodes[id].addresses, node.addresses);
        let address = node.addresses.of(Family::V4).unwrap();
        assert_eq!(plan.check_address(id, address), Ok(()));
    }
}

#[test]
fn a_pool_grows_past_a_length_at_which_a_held_address_would_be_its_edge() {
    // 10.10.0.4 and .5 are all of their /31; .4 is the network address of the /30.
    let mut two = plan(json!(["10.10.0.4/31"]), json!([]), named(2));
    two.assign_missing_addresses().unwrap();
    assert_eq!(widened(&two, "10.10.0.4/31"), ["10.10.0.0/29"]);
    let mut one = plan(json!(["10.10.0.7/32"]), json!([]), named(1));
    one.assign_missing_addresses().unwrap();
    // At /31 there are no edges, at /30 and /29 it would be the last.
    assert_eq!(widened(&one, "10.10.0.7/32"), ["10.10.0.6/31"]);
}

#[test]
fn a_pool_does_not_grow_over_what_the_plan_knows() {
    let home = json!([{ "name": "Home", "router": "nat", "lans": ["10.10.1.0/24"] }]);
    let lan = plan(json!(["10.10.0.0/24"]), home, json!([]));
    assert_eq!(widened(&lan, "10.10.0.0/24"), ["10.10.0.0/24"], "a LAN");
    assert_eq!(
        lan.another_pool(prefix("10.10.0.0/24")),
        Some(prefix("10.10.2.0/24"))
    );

    let pools = plan(
        json!(["10.10.0.0/24", "10.10.1.0/24"]),
        json!([]),
        json!([]),
    );
    let both = ["10.10.0.0/24", "10.10.1.0/24"];
    assert_eq!(widened(&pools, "10.10.0.0/24"), both, "another pool");

    let bare = json!([{ "name": "Home", "router": "nat" }]);
    let nas = at(
        "nas",
        "10.10.0.2",
        "Home",
        json!({ "lan_address": "10.10.1.9" }),
        json!({}),
    );
    let machine = plan(json!(["10.10.0.0/24"]), bare, json!([nas]));
    assert_eq!(
        widened(&machine, "10.10.0.0/24"),
        ["10.10.0.0/24"],
        "a machine in a LAN"
    );

    let vps = host(
        "vps",
        "203.0.112.1",
        json!({ "ipv4": "203.0.113.1" }),
        json!({}),
    );
    let public = plan(json!(["203.0.112.0/24"]), json!([]), json!([vps]));
    assert_eq!(
        widened(&public, "203.0.112.0/24"),
        ["203.0.112.0/24"],
        "a public address"
    );

    let docker = plan(json!(["172.16.0.0/16"]), json!([]), json!([]));
    assert_eq!(
        widened(&docker, "172.16.0.0/16"),
        ["172.16.0.0/16"],
        "Docker's bridge"
    );
    let shared = plan(json!(["192.168.3.0/25"]), json!([]), json!([]));
    assert_eq!(
        widened(&shared, "192.168.3.0/25"),
        ["192.168.3.0/24"],
        "what it collides with already does not stop it"
    );
}

#[test]
fn where_a_pool_cannot_grow_the_way_out_is_another() {
    let home = json!([{ "name": "Home", "router": "nat", "lans": ["10.10.0.4/30"] }]);
    let plan = plan(json!(["10.10.0.0/30"]), home, named(3));
    let mut copy = plan.clone();
    let full = copy.assign_missing_addresses().unwrap_err();
    assert_eq!(
        full.sentence(&copy),
        "every address of 10.10.0.0/30 is taken; add another tunnel prefix, such as 10.10.0.8/30"
    );
    copy.apply(&Edit::AddPool(prefix("10.10.0.8/30")));
    assert_eq!(
        copy.assign_missing_addresses(),
        Ok(vec![NodeId::new("n0002")])
    );
    let third = copy.nodes[&NodeId::new("n0002")].addresses.of(Family::V4);
    assert_eq!(third, Some("10.10.0.9".parse().unwrap()));
    copy.apply(&Edit::AddPool(prefix("10.10.0.0/16")));
    assert_eq!(copy.tunnel.len(), 2, "pools never overlap");
}

#[test]
fn the_largest_and_smallest_pools_neither_hang_nor_break() {
    let began = Instant::now();
    for pool in [
        "0.0.0.0/0",
        "0.0.0.0/1",
        "255.255.255.255/32",
        "255.255.255.254/31",
        "0.0.0.0/32",
        "::/0",
        "::/1",
        "::/128",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127",
        "fd9e:21a7:a92c::/48",
    ] {
        let mut plan = plan(json!([pool]), json!([]), named(3));
        let given = plan.assign_missing_addresses();
        let family = plan.tunnel[0].family();
        let room = prefix(pool).length() + 1 < family.host_length();
        assert_eq!(given.is_ok(), room, "{pool}");
        if let Err(full) = given {
            assert!(
                full.sentence(&plan)
                    .starts_with(&format!("every address of {pool} is taken; "))
            );
        }
        plan.apply(&Edit::WidenPool(prefix(pool)));
        let _ = plan.another_pool(prefix(pool));
        let _ = meshwright::mesh::solve(&plan);
    }
    let mut many = plan(json!(["::/0", "10.0.0.0/8"]), json!([]), named(2000));
    many.assign_missing_addresses().unwrap();
    let last = many.nodes[&NodeId::new("n1999")].addresses;
    assert_eq!(last.v6, Some("::7d0".parse().unwrap()));
    assert_eq!(last.v4, Some("10.0.7.208".parse().unwrap()));
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn a_wish_is_checked_against_every_pool() {
    let mut plan = plan(json!(["10.10.0.0/30", "10.20.0.0/30"]), json!([]), named(4));
    plan.assign_missing_addresses().unwrap();
    let last = NodeId::new("n0003");
    let held = plan.nodes[&last].addresses.of(Family::V4).unwrap();
    assert_eq!(
        held.to_string(),
        "10.20.0.2",
        "the second pool follows the first"
    );
    let check = |text: &str| plan.check_address(&last, text.parse().unwrap());
    assert_eq!(check("10.20.0.2"), Ok(()));
    assert_eq!(check("10.20.0.3"), Err(AddressError::Edge));
    assert_eq!(
        check("10.10.0.1"),
        Err(AddressError::Taken(NodeId::new("n0000")))
    );
    let outside = check("10.30.0.1").unwrap_err().to_string();
    assert_eq!(
        outside,
        "this address lies outside the tunnel prefixes 10.10.0.0/30, 10.20.0.0/30"
    );
}

#[test]
fn machines_behind_one_router_are_given_ports_of_their_own() {
    let sites = json!([
        { "name": "Home", "router": "nat", "public": { "name": "home.example.net" } },
        { "name": "Shed", "router": "nat", "public": { "name": "home.example.net" } },
        { "name": "Away", "router": "nat", "public": { "ipv4": "203.0.113.9" } },
    ]);
    let nodes = json!([
        at(
            "a",
            "10.10.0.1",
            "Home",
            json!({ "forward": 51820 }),
            json!({})
        ),
        at("b", "10.10.0.2", "Home", json!({}), json!({})),
        at(
            "c",
            "10.10.0.3",
            "Shed",
            json!({ "forward": 51821 }),
            json!({ "listen_port": 51830 })
        ),
        at("d", "10.10.0.4", "Away", json!({}), json!({})),
        at(
            "e",
            "10.10.0.5",
            "Home",
            json!({}),
            json!({ "listen_port": 65535 })
        ),
        host(
            "f",
            "10.10.0.6",
            json!({ "ipv4": "203.0.113.1" }),
            json!({})
        ),
    ]);
    let mut plan = plan(json!(["10.10.0.0/24"]), sites, nodes);
    let external = |plan: &Plan, name: &str| {
        plan.free_external_port(&NodeId::new(name))
            .map(meshwright::plan::Port::get)
    };
    assert_eq!(external(&plan, "a"), Some(51820), "its own is not taken");
    assert_eq!(external(&plan, "b"), Some(51822));
    assert_eq!(external(&plan, "d"), Some(51820), "another router");
    assert_eq!(external(&plan, "e"), Some(65535));
    assert_eq!(external(&plan, "f"), None, "no router");
    let listen = |name: &str| {
        plan.free_listen_port(&NodeId::new(name))
            .map(meshwright::plan::Port::get)
    };
    assert_eq!(listen("c"), Some(51830));
    assert_eq!(listen("b"), Some(51821));
    plan.apply(&Edit::Forward(
        NodeId::new("b"),
        meshwright::plan::Port::try_from(65_535).unwrap(),
    ));
    assert_eq!(
        external(&plan, "e"),
        Some(1024),
        "from the first unprivileged port on"
    );
}
