//! E09, W09 and W19: names.

use serde_json::{Value, json};

use super::{plan, silent, words};
use crate::rules::brief::{Solved, at, host, phone, vps};

fn named(name: &str) -> Solved {
    plan(
        json!({}),
        json!([{ "name": "Home", "public": { "name": name } }]),
        json!([vps(), at("nas", "10.10.0.2", "Home", json!({}), json!({}))]),
    )
}

fn dns(facts: Value, more: Vec<Value>) -> Solved {
    let mut nodes = more;
    nodes.push(vps());
    nodes.push(host(
        "nas",
        "10.10.0.2",
        json!({ "ipv4": "203.0.113.2" }),
        json!({}),
    ));
    plan(json!({ "dns": facts }), json!([]), json!(nodes))
}

#[test]
fn names_that_only_a_lan_knows() {
    for name in [
        "fritz.box.local",
        "router",
        "home.lan",
        "nas.internal",
        "localhost",
    ] {
        let found = words(&named(name), "E09");
        assert_eq!(
            found[1],
            format!("Nobody on the internet can look up {name}, the name of the router at Home")
        );
    }
    for name in ["home.example.net", "home.dyndns.org", "local.example.com"] {
        assert!(silent(&named(name), "E09"), "{name}");
    }
}

#[test]
fn names_that_are_too_long() {
    // 253 letters in all: three for nas, a dot and 249 for the domain.
    let domain = |length: usize| {
        let mut text = "a.".repeat(length / 2);
        text.truncate(length - 2);
        json!({ "domain": format!("{}bc", text.trim_end_matches('.').to_owned() + if length.is_multiple_of(2) { "." } else { "" }) })
    };
    let fits = domain(248);
    assert!(silent(&dns(fits, vec![]), "E09"));
    let long = json!({ "domain": format!("{}bcd", "a.".repeat(125)) });
    assert_eq!(
        words(&dns(long, vec![]), "E09")[1],
        "The domain is too long for the name of nas"
    );
}

#[test]
fn the_domain_of_multicast_dns() {
    let fires = dns(json!({ "domain": "home.local" }), vec![]);
    assert_eq!(
        words(&fires, "W19"),
        [
            "warning",
            "Names under home.local belong to multicast DNS",
            "Phones and desktops ask their LAN for names under .local, and never the mesh (RFC 6762).",
            "Use the domain home.internal",
        ]
    );
    assert!(silent(&fires.fixed("W19"), "W19"));
    assert_eq!(
        words(&dns(json!({ "domain": "local" }), vec![]), "W19")[3],
        "Use the domain mesh.internal"
    );
    for domain in [
        "mesh.internal",
        "mesh.home.arpa",
        "notlocal",
        "local.example.com",
    ] {
        assert!(
            silent(&dns(json!({ "domain": domain }), vec![]), "W19"),
            "{domain}"
        );
    }
}

#[test]
fn a_name_server_that_phones_cannot_use() {
    let facts = |public: bool| {
        let dns = json!({ "domain": "mesh.internal", "server": "vps", "answers_public": public });
        dns_with_phone(dns)
    };
    let fires = facts(false);
    assert_eq!(
        words(&fires, "W09"),
        [
            "info",
            "phone cannot look up names of the mesh",
            "The app sends every question to the server that its file names, and this one answers for the mesh only. So the file names none.",
            "Let vps answer for all names",
        ]
    );
    assert!(silent(&fires.fixed("W09"), "W09"));
    assert!(silent(&facts(true), "W09"));
}

fn dns_with_phone(facts: Value) -> Solved {
    dns(facts, vec![phone("phone", "10.10.0.3", json!({}))])
}

#[test]
fn a_name_server_that_is_none() {
    let fires = dns_with_phone(json!({ "domain": "mesh.internal", "server": "phone" }));
    assert_eq!(
        words(&fires, "W09"),
        [
            "warning",
            "phone cannot answer for names: an app is no name server",
            "Names are then looked up in each machine's own list of hosts.",
            "Let no machine answer for names",
        ]
    );
    assert!(silent(&fires.fixed("W09"), "W09"));
    let mut gone = dns(
        json!({ "domain": "mesh.internal", "server": "vps" }),
        vec![],
    );
    assert!(silent(&gone, "W09"));
    gone.plan.dns.as_mut().unwrap().server = Some(meshwright::plan::NodeId::new("gone"));
    gone.mesh = meshwright::mesh::solve(&gone.plan);
    assert_eq!(
        words(&gone, "W09")[1],
        "The machine that answers for names is gone"
    );
    assert!(silent(&gone.fixed("W09"), "W09"));
}

#[test]
fn a_machine_that_cannot_ask_the_name_server() {
    let mut solved = dns(
        json!({ "domain": "mesh.internal", "server": "vps" }),
        vec![],
    );
    let id = meshwright::plan::NodeId::new;
    let pair = meshwright::plan::PairKey::new(&id("nas"), &id("vps")).unwrap();
    solved
        .plan
        .pairs
        .insert(pair, meshwright::plan::PairChoice::Never);
    solved.mesh = meshwright::mesh::solve(&solved.plan);
    assert_eq!(words(&solved, "W09")[1], "nas cannot ask vps for names");
}
