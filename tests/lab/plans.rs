//! Whole plans: the files that the command line writes, measured.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::lab::json::{address, fixture, prefix};
use crate::lab::keys;
use crate::lab::matrix::Outcome::{Direct, Nothing};
use crate::lab::matrix::via;
use crate::lab::plan::Staged;

/// A phone dials out and is never dialled. It is asleep until it has spoken, which is planned; from
/// then on everyone reaches it, and it reaches everyone, over the server where it must.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn a_phone_is_reached_once_it_has_spoken() {
    let staged = Staged::new(fixture("phone.json"));
    staged.up();
    staged
        .measure_towards("phone")
        .expect([("vps>phone", Nothing), ("nas>phone", Nothing)]);
    staged
        .node("phone")
        .namespace()
        .script("ping -c 1 -W 5 10.10.0.1");
    staged.measure().expect([
        ("phone>vps", Direct),
        ("phone>nas", via(["vps"])),
        ("vps>phone", Direct),
        ("nas>phone", via(["vps"])),
        ("vps>nas", Direct),
        ("nas>vps", Direct),
    ]);
}

/// After half a minute of silence a router forgets a flow. What must be reachable meanwhile keeps
/// its flow alive; the phone does not, and is asleep again.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn routers_forget_the_phone_and_not_the_nas() {
    let staged = Staged::new(fixture("phone.json"));
    staged.forget_flows_after(30);
    staged.up();
    staged
        .node("phone")
        .namespace()
        .script("ping -c 1 -W 5 10.10.0.1");
    // The server alone asks, since any other packet would keep a flow alive.
    staged
        .measure_from("vps")
        .expect([("vps>nas", Direct), ("vps>phone", Direct)]);
    // Longer than the memory of the routers after the answer that a receiver owes after 10 s.
    thread::sleep(Duration::from_secs(45));
    staged
        .measure_from("vps")
        .expect([("vps>nas", Direct), ("vps>phone", Nothing)]);
}

/// A machine behind NAT is reached although it has said nothing itself: its keepalive did.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn a_silent_machine_is_reached() {
    let staged = Staged::new(fixture("article.json"));
    staged.up();
    staged
        .measure_towards("nas")
        .expect([("vps>nas", Direct), ("pi>nas", via(["vps"]))]);
}

/// A forwarded port turns a relayed pair into a direct one. The port outside differs from the one
/// that nas listens on, and pi knows the router by its name.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn a_forwarded_port_lets_two_homes_talk_directly() {
    let staged = Staged::new(fixture("forward.json"));
    staged.up();
    staged
        .measure()
        .expect([("nas>pi", Direct), ("pi>nas", Direct)]);
}

/// Two machines in one LAN talk inside of it, and not by way of their router's public address.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn two_machines_of_a_site_talk_over_its_lan() {
    let staged = Staged::new(fixture("same-site.json"));
    staged.up();
    staged.measure().expect([
        ("nas>desk", Direct),
        ("desk>nas", Direct),
        ("nas>vps", Direct),
        ("vps>nas", Direct),
        ("desk>vps", Direct),
        ("vps>desk", Direct),
    ]);
    let endpoints = staged
        .node("nas")
        .namespace()
        .script("wg show wg0 endpoints");
    assert!(
        endpoints.contains("192.168.1.11:51820"),
        "nas reaches desk elsewhere:\n{endpoints}"
    );
}

/// Where the LAN's router knows nothing of the tunnel, nas translates. Then the mesh reaches the
/// LAN, and the LAN by itself reaches nobody in the mesh.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn a_translated_lan_answers_the_mesh() {
    let mut plan = fixture("article.json");
    node_of(&mut plan, "nas")["shares"][0]["answers"] = "translate".into();
    let mut staged = Staged::new(plan);
    staged.lan_host("Home", "192.168.1.50");
    staged.up();
    staged.measure().expect([
        ("vps>nas", Direct),
        ("vps>pi", Direct),
        ("nas>vps", Direct),
        ("pi>vps", Direct),
        ("nas>pi", via(["vps"])),
        ("pi>nas", via(["vps"])),
        ("nas>192.168.1.50", Direct),
        ("vps>192.168.1.50", via(["nas"])),
        ("pi>192.168.1.50", via(["vps", "nas"])),
        ("192.168.1.50>nas", Nothing),
        ("192.168.1.50>vps", Nothing),
        ("192.168.1.50>pi", Nothing),
    ]);
}

/// A machine of the mesh that also stands in a shared LAN is reached under its tunnel address only.
/// A packet to its LAN address arrives over the LAN and is answered through the tunnel, where the
/// LAN address is a stranger. So is a host of the LAN that sends to the tunnel address by way of the
/// gateway.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn a_machine_inside_a_shared_lan_has_one_name_in_the_mesh() {
    let mut plan = fixture("same-site.json");
    node_of(&mut plan, "nas")["shares"] =
        json!([{ "prefix": "192.168.1.0/24", "answers": "route" }]);
    let mut staged = Staged::new(plan);
    staged.lan_host("Home", "192.168.1.50");
    staged.up();
    staged.measure().expect([
        ("nas>desk", Direct),
        ("desk>nas", Direct),
        ("nas>vps", Direct),
        ("vps>nas", Direct),
        ("desk>vps", Direct),
        ("vps>desk", Direct),
        ("nas>192.168.1.50", Direct),
        ("desk>192.168.1.50", Direct),
        ("vps>192.168.1.50", via(["nas"])),
        ("192.168.1.50>nas", Direct),
        ("192.168.1.50>desk", Nothing),
        ("192.168.1.50>vps", via(["nas"])),
    ]);
    let under_its_lan_address = staged
        .node("vps")
        .namespace()
        .try_script("ping -c 3 -W 1 192.168.1.11");
    assert!(under_its_lan_address.is_err(), "{under_its_lan_address:?}");
}

/// Two shared LANs reach each other once each router also has a route to the other LAN.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn two_shared_lans_meet_once_their_routers_know() {
    let mut plan = fixture("article.json");
    node_of(&mut plan, "pi")["shares"] =
        json!([{ "prefix": "192.168.178.0/24", "answers": "route" }]);
    let mut staged = Staged::new(plan);
    staged.lan_hosts();
    staged.up();
    staged.measure_between_lans().expect([
        ("192.168.1.0/24>192.168.178.0/24", Nothing),
        ("192.168.178.0/24>192.168.1.0/24", Nothing),
    ]);
    staged
        .home("Home")
        .route(prefix("192.168.178.0/24"), address("192.168.1.10"));
    staged
        .home("Friend's place")
        .route(prefix("192.168.1.0/24"), address("192.168.178.20"));
    staged.measure_between_lans().expect([
        ("192.168.1.0/24>192.168.178.0/24", via(["nas", "vps", "pi"])),
        ("192.168.178.0/24>192.168.1.0/24", via(["pi", "vps", "nas"])),
    ]);
}

/// A tunnel with both families relays both, over an internet that has only IPv4.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn both_families_pass_the_relay() {
    let mut plan = fixture("article.json");
    plan["tunnel"] = json!(["10.10.0.0/24", "fd5e:3a1c:77b2::/64"]);
    for (name, number) in [("vps", 1), ("nas", 2), ("pi", 3)] {
        node_of(&mut plan, name)["addresses"] = json!([
            format!("10.10.0.{number}"),
            format!("fd5e:3a1c:77b2::{number}")
        ]);
    }
    let staged = Staged::new(plan);
    staged.up();
    let expected = [
        ("vps>nas", Direct),
        ("vps>pi", Direct),
        ("nas>vps", Direct),
        ("pi>vps", Direct),
        ("nas>pi", via(["vps"])),
        ("pi>nas", via(["vps"])),
    ];
    staged.measure().expect(expected.clone());
    staged.measure_ipv6().expect(expected);
}

/// A machine may keep its private key to itself. Its owner makes it there with the commands that
/// the file names, and the plan holds nothing but the public key.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn a_machine_that_keeps_its_key_takes_part() {
    let private = keys::private();
    let mut plan = fixture("article.json");
    node_of(&mut plan, "pi")["public_key"] = keys::public(&private).into();
    let staged = Staged::new(plan);
    staged
        .node("pi")
        .namespace()
        .write("/etc/wireguard/wg0.key", private.as_bytes());
    staged.up();
    staged.measure().expect([
        ("vps>nas", Direct),
        ("vps>pi", Direct),
        ("nas>vps", Direct),
        ("pi>vps", Direct),
        ("nas>pi", via(["vps"])),
        ("pi>nas", via(["vps"])),
    ]);
}

/// A machine that uses an exit reaches the whole internet through it, and the mesh as before. Who
/// answers sees the exit. The others go out as they always did.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn an_exit_carries_what_is_meant_for_the_internet() {
    let mut plan = fixture("article.json");
    node_of(&mut plan, "vps")["exit"] = true.into();
    node_of(&mut plan, "pi")["uses_exit"] = "vps".into();
    let mut staged = Staged::new(plan);
    staged.stranger("stranger", "198.51.100.77");
    staged.up();
    let wanted = [
        ("pi>stranger", via(["vps"])),
        ("nas>stranger", Direct),
        ("pi>vps", Direct),
        ("vps>pi", Direct),
        ("nas>pi", via(["vps"])),
        ("pi>nas", via(["vps"])),
    ];
    let pairs = wanted
        .iter()
        .map(|(pair, outcome)| ((*pair).to_owned(), outcome.clone()))
        .collect();
    staged.measure_pairs(&pairs).expect(wanted);
}

/// One machine of a plan, to change it.
fn node_of<'a>(plan: &'a mut Value, name: &str) -> &'a mut Value {
    let nodes = plan["nodes"].as_array_mut().expect("a plan has nodes");
    nodes
        .iter_mut()
        .find(|node| node["name"] == name)
        .expect("the plan has this node")
}
