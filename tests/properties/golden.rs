//! The article's own files, and its option B in full and by halves, walked by packets. What comes
//! out is what the network lab measures with real tunnels.

use std::collections::BTreeMap;

use meshwright::mesh::{Mesh, solve};
use meshwright::plan::{NodeId, Plan};

use crate::proof::{self, Claims};
use crate::support::{counted_keyring, files_of, fixtures, solved};
use crate::walk::World;
use crate::walk::conf::Conf;

const NAMES: [&str; 3] = ["nas", "pi", "vps"];

/// The article's machines. Solved, this is its option B.
fn article() -> (Plan, Mesh) {
    solved(
        r#"{
            "format": "meshwright-plan", "version": 1, "name": "Article", "preshared_keys": true,
            "tunnel": ["10.10.0.0/24"],
            "sites": [{ "name": "Home" }, { "name": "Far" }],
            "nodes": [
                { "name": "nas", "place": { "site": { "at": "Home" } }, "addresses": ["10.10.0.2"] },
                { "name": "pi", "place": { "site": { "at": "Far" } }, "addresses": ["10.10.0.3"] },
                { "name": "vps", "place": { "internet": { "ipv4": "203.0.113.1" } }, "addresses": ["10.10.0.1"] }
            ]
        }"#,
    )
}

/// A file of the article with the keys of the mesh in its placeholders and without its comments.
fn printed(mesh: &Mesh, name: &str) -> Conf {
    let path = fixtures().join(format!("article-as-printed/{name}.conf"));
    let mut text = std::fs::read_to_string(path).unwrap();
    let keyring = counted_keyring(mesh);
    for name in NAMES {
        let id = NodeId::new(name);
        let private = keyring.private_key(&id).unwrap().to_secret_text();
        let public = keyring.public_key(&id).unwrap().to_string();
        text = text.replace(&format!("<{name}_private_key>"), &private);
        text = text.replace(&format!("<{name}_public_key>"), &public);
    }
    let lines = text.lines().map(|line| match line.split_once('#') {
        Some((said, _)) => said.trim_end(),
        None => line,
    });
    Conf::read(&lines.collect::<Vec<_>>().join("\n"))
}

/// The way of a packet between each two machines, or what stops it.
fn walks(world: &World) -> BTreeMap<String, String> {
    let mut walks = BTreeMap::new();
    for (from, one) in NAMES.iter().enumerate() {
        for (to, other) in NAMES.iter().enumerate().filter(|(to, _)| *to != from) {
            let (source, target) = (world.addresses(from)[0], world.addresses(to)[0]);
            let way = match world.walk(from, source, target) {
                Ok(path) => {
                    let path = path.iter().map(|place| NAMES[*place]);
                    path.collect::<Vec<_>>().join(" ")
                }
                Err(why) => why,
            };
            walks.insert(format!("{one}>{other}"), way);
        }
    }
    walks
}

/// What holds whatever becomes of `nas` and `pi`: everybody talks with the server, directly. The
/// rest is returned, there and back.
fn between_the_diallers(world: &World) -> [String; 2] {
    let mut walks = walks(world);
    assert_eq!(walks.len(), 6);
    let there = walks.remove("nas>pi").unwrap();
    let back = walks.remove("pi>nas").unwrap();
    for (pair, way) in walks {
        assert_eq!(way, pair.replace('>', " "));
    }
    [there, back]
}

#[test]
fn the_articles_files_leave_a_pair_dead() {
    let (plan, mesh) = article();
    let mut world = World::read(&plan, &files_of(&plan, &mesh));
    for (place, name) in NAMES.into_iter().enumerate() {
        world.machines[place].conf = Some(printed(&mesh, name));
    }
    world.settle();
    assert_eq!(
        between_the_diallers(&world),
        [
            "nobody dials: nas has no Endpoint for pi; pi has no Endpoint for nas",
            "nobody dials: pi has no Endpoint for nas; nas has no Endpoint for pi",
        ]
    );
}

/// The server of the article keeps open two paths that it cannot dial.
#[test]
fn the_articles_keepalives_on_the_server_are_needless() {
    let (plan, mesh) = article();
    let right = World::read(&plan, &files_of(&plan, &mesh));
    let needless = printed(&mesh, "vps").peers;
    assert_eq!(needless.len(), 2);
    for peer in needless {
        assert!(peer.endpoint.is_none() && peer.keepalive == Some(25));
        let mut wrong = right.clone();
        let conf = wrong.machines[2].conf.as_mut().unwrap();
        let same = conf.peers.iter_mut();
        let mut same = same.filter(|own| own.public_key == peer.public_key);
        same.next().unwrap().keepalive = peer.keepalive;
        wrong.settle();
        let fault = proof::prove(&wrong, &Claims::of(&mesh)).unwrap_err();
        assert!(fault.starts_with("vps: a keepalive towards"), "{fault}");
    }
}

#[test]
fn option_b_delivers_both_ways() {
    let (plan, mesh) = article();
    let world = World::read(&plan, &files_of(&plan, &mesh));
    assert_eq!(between_the_diallers(&world), ["nas vps pi", "pi vps nas"]);
    proof::prove(&world, &Claims::of(&mesh)).unwrap();
}

#[test]
fn option_b_needs_forwarding_on_the_server() {
    let (plan, mesh) = article();
    let mut world = World::read(&plan, &files_of(&plan, &mesh));
    assert!(world.machines[2].forwards_v4);
    world.machines[2].forwards_v4 = false;
    world.settle();
    let why = "vps does not forward";
    assert_eq!(between_the_diallers(&world), [why, why]);
}

/// The article changes the file of `nas` only. Then `pi` takes the packets of `nas` for those of a
/// stranger, because it expects them from `nas` itself.
#[test]
fn option_b_by_halves_delivers_neither_way() {
    let (plan, mesh) = article();
    let mut world = World::read(&plan, &files_of(&plan, &mesh));
    let mut pi = printed(&mesh, "pi");
    let planned = world.machines[1].conf.clone().unwrap();
    // The session with the server stands, so it needs the preshared key that the server has.
    let to_vps = &planned.peers[0];
    for peer in &mut pi.peers {
        if peer.public_key == to_vps.public_key {
            peer.preshared.clone_from(&to_vps.preshared);
        }
    }
    world.machines[1].conf = Some(pi);
    world.settle();
    assert_eq!(
        between_the_diallers(&world),
        [
            "pi drops 10.10.0.2 from vps: unallowed source",
            "pi and nas do not know each other",
        ]
    );
}

/// Two machines behind IPv6 firewalls. Endpoint and keepalive stand in both files, and without any
/// of the four lines no packet passes.
#[test]
fn two_ipv6_firewalls_need_all_four_lines() {
    let (plan, mesh) = solved(
        r#"{
            "format": "meshwright-plan", "version": 1, "name": "Two homes",
            "tunnel": ["10.10.0.0/24"],
            "sites": [
                { "name": "Home", "router": "cgnat", "ipv6": "firewalled" },
                { "name": "Far", "router": "cgnat", "ipv6": "firewalled" }
            ],
            "nodes": [
                { "name": "nas", "place": { "site": { "at": "Home", "ipv6": "2001:db8:a::2" } }, "addresses": ["10.10.0.2"] },
                { "name": "pi", "place": { "site": { "at": "Far", "ipv6": "2001:db8:b::3" } }, "addresses": ["10.10.0.3"] }
            ]
        }"#,
    );
    assert_eq!(solve(&plan), mesh);
    let right = World::read(&plan, &files_of(&plan, &mesh));
    let address = |place: usize| right.addresses(place)[0];
    let arrives = |world: &World, from: usize, to: usize| {
        world.walk(from, address(from), address(to)).is_ok()
    };
    assert!(arrives(&right, 0, 1) && arrives(&right, 1, 0));
    for place in 0..2 {
        for endpoint in [true, false] {
            let mut wrong = right.clone();
            let conf = wrong.machines[place].conf.as_mut().unwrap();
            let peer = &mut conf.peers[0];
            if endpoint {
                peer.endpoint.take().unwrap();
            } else {
                assert_eq!(peer.keepalive.take(), Some(25));
            }
            wrong.settle();
            assert!(!arrives(&wrong, 0, 1) && !arrives(&wrong, 1, 0));
        }
    }
}
