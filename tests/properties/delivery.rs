//! What the solver promises, a packet finds in the files.

use std::net::IpAddr;

use ipnet::IpNet;
use meshwright::mesh::{Mesh, Verdict, solve};
use meshwright::plan::{Plan, Prefix};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

use crate::support::{files_of, fixture, fixture_names};
use crate::walk::World;
use crate::{plans, walk};

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_promise_is_kept_by_the_files(plans::Drawn(plan) in plans::plan()) {
        if let Err(fault) = prove(&plan) {
            panic!("{fault}");
        }
    }
}

/// A generator that never draws the hard cases would prove nothing.
#[test]
fn the_plans_reach_every_rule() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..1500 {
        let plans::Drawn(plan) = plans::plan().new_tree(&mut runner).unwrap().current();
        let mesh = solve(&plan);
        for pair in &mesh.pairs {
            *seen.entry(pair.verdict.word()).or_insert(0) += 1;
            if pair.reason == meshwright::mesh::Reason::Chosen {
                *seen.entry("chosen").or_insert(0) += 1;
            }
        }
        for finding in &mesh.findings {
            *seen.entry(finding.code.as_str()).or_insert(0) += 1;
        }
    }
    for wanted in [
        "lan",
        "direct",
        "relayed",
        "none",
        "impossible",
        "chosen",
        "E02",
        "E03",
        "E04",
        "E05",
        "E06",
        "E07",
        "E08",
        "E10",
        "E13",
        "W17",
        "W18",
    ] {
        assert!(
            seen.get(wanted).is_some_and(|count| *count >= 10),
            "{wanted} is rare: {seen:?}"
        );
    }
}

#[test]
fn every_promise_is_kept_for_the_fixtures() {
    for name in fixture_names() {
        prove(&fixture(&name)).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    }
}

/// Checks everything about a plan's files that a packet can find out.
fn prove(plan: &Plan) -> Result<(), String> {
    let mesh = solve(plan);
    let files = files_of(plan, &mesh);
    let world = World::read(plan, &files);
    for (place, node) in mesh.nodes.iter().enumerate() {
        let has_file = world.machines[place].conf.is_some();
        let wants_file =
            node.left_out.is_none() && !(node.platform.is_app() && node.own_key.is_some());
        if has_file != wants_file {
            return Err(format!(
                "{}: a file is there or not, against expectation",
                node.name
            ));
        }
        blocks_have_a_purpose(&world, place).map_err(|fault| format!("{}: {fault}", node.name))?;
        own_lan_stays(&world, place).map_err(|fault| format!("{}: {fault}", node.name))?;
    }
    for pair in &mesh.pairs {
        for (from, to) in [(pair.a, pair.b), (pair.b, pair.a)] {
            // A machine without a file takes its settings from elsewhere.
            if world.machines[from].conf.is_none() || world.machines[to].conf.is_none() {
                continue;
            }
            let names = format!(
                "{} to {}, {}",
                mesh.name(from),
                mesh.name(to),
                pair.verdict.word()
            );
            if pair.verdict.connects() {
                delivered(&world, &mesh, from, to, &pair.verdict)
                    .map_err(|fault| format!("{names}: {fault}"))?;
            } else {
                kept_apart(&world, &mesh, from, to).map_err(|fault| format!("{names}: {fault}"))?;
            }
        }
    }
    Ok(())
}

/// No prefix under two peers; no block that does nothing; keepalive where it helps and nowhere else.
fn blocks_have_a_purpose(world: &World, place: usize) -> Result<(), String> {
    let machine = &world.machines[place];
    let Some(conf) = &machine.conf else {
        return Ok(());
    };
    if machine.node.platform.is_app() && !conf.hooks.is_empty() {
        return Err("an app refuses hooks".to_owned());
    }
    let mut held: Vec<IpNet> = Vec::new();
    for peer in &conf.peers {
        let other = world.peer_machine(peer).ok_or("a block for nobody")?;
        let name = &world.machines[other].node.name;
        if other == place {
            return Err("a block for itself".to_owned());
        }
        if peer.allowed.is_empty() {
            return Err(format!("the block for {name} allows nothing"));
        }
        for prefix in &peer.allowed {
            if !conf
                .addresses
                .iter()
                .any(|own| own.addr().is_ipv4() == prefix.addr().is_ipv4())
            {
                return Err(format!(
                    "{prefix} is of a family in which {} has no address",
                    machine.node.name
                ));
            }
            if held.contains(prefix) {
                return Err(format!("{prefix} stands twice"));
            }
            held.push(*prefix);
        }
        if world.machines[other].conf.is_none() {
            continue;
        }
        world.session(place, other)?;
        if peer.endpoint.is_some() {
            world.dial(place, other, peer)?;
        }
        let dialled = world
            .block(other, place)
            .is_some_and(|back| back.endpoint.is_some());
        let must_keep =
            peer.endpoint.is_some() && !dialled && machine.node.must_be_reachable_idle();
        match peer.keepalive {
            Some(25) if must_keep => {}
            None if !must_keep => {}
            found => {
                return Err(format!(
                    "keepalive towards {name} is {found:?}, needed: {must_keep}"
                ));
            }
        }
    }
    Ok(())
}

/// No route into the tunnel takes a LAN away in which the machine stands.
fn own_lan_stays(world: &World, place: usize) -> Result<(), String> {
    for lan in world.lans(place) {
        for route in world.tunnel_routes(place) {
            if lan.contains(&route) {
                return Err(format!("the route {route} hides its own LAN {lan}"));
            }
        }
    }
    if let Some(own) = world.machines[place].node.lan_address()
        && world.lans(place).iter().all(|lan| !lan.contains(&own))
        && let Some(route) = world
            .tunnel_routes(place)
            .into_iter()
            .find(|route| route.contains(&own))
    {
        return Err(format!("the route {route} holds its own LAN address {own}"));
    }
    Ok(())
}

/// Packets go both ways, over the machines that the verdict names.
fn delivered(
    world: &World,
    mesh: &Mesh,
    from: usize,
    to: usize,
    verdict: &Verdict,
) -> Result<(), String> {
    let mut via = verdict.via().to_vec();
    if from > to {
        via.reverse();
    }
    let expected: Vec<usize> = [from].into_iter().chain(via).chain([to]).collect();
    let sources = reachable(world, mesh, from, to);
    let targets = reachable(world, mesh, to, from);
    for family in &mesh.families {
        let here = |address: &&IpAddr| meshwright::plan::Family::of(**address) == *family;
        if !targets.iter().any(|address| here(&address)) {
            return Err(format!("no {family} address"));
        }
        for source in sources.iter().filter(here) {
            for target in targets.iter().filter(here) {
                let path = world
                    .walk(from, *source, *target)
                    .map_err(|why| format!("{source} to {target}: {why}"))?;
                if path != expected {
                    return Err(format!(
                        "{source} to {target} went {path:?} instead of {expected:?}"
                    ));
                }
            }
        }
    }
    Ok(())
}

/// The addresses of a machine and of its LANs that another may use, but not where the other
/// stands in a smaller LAN with the same addresses.
fn reachable(world: &World, mesh: &Mesh, owner: usize, user: usize) -> Vec<IpAddr> {
    let node = &mesh.nodes[owner];
    let mut addresses = node.addresses.clone();
    for share in node.shares.iter().filter(|share| share.is_for(user)) {
        let hidden = |address: &IpAddr| world.lans(user).iter().any(|lan| lan.contains(address));
        let hosts = hosts(world, share.prefix).into_iter();
        addresses.extend(hosts.filter(|address| !hidden(address)));
    }
    addresses
}

/// The first and the last host of a LAN, and one in each smaller LAN that some machine stands in.
fn hosts(world: &World, prefix: Prefix) -> Vec<IpAddr> {
    if prefix.length() == prefix.family().host_length() {
        return vec![prefix.net().addr()];
    }
    let last = match prefix.net().broadcast() {
        IpAddr::V4(address) => IpAddr::V4((u32::from(address) - 1).into()),
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) - 1).into()),
    };
    let mut hosts = vec![plans::host(prefix, 1), last];
    let lans = (0..world.machines.len()).flat_map(|machine| world.lans(machine));
    let inside = lans.filter(|lan| prefix.net().contains(lan) && *lan != prefix.net());
    hosts.extend(inside.filter_map(|lan| lan.hosts().nth(2)));
    hosts.sort_unstable();
    hosts.dedup();
    hosts
}

/// No packet arrives, and no entry would even let it begin.
fn kept_apart(world: &World, mesh: &Mesh, from: usize, to: usize) -> Result<(), String> {
    let (here, there) = (&mesh.nodes[from], &mesh.nodes[to]);
    for target in &there.addresses {
        if world.next(from, *target).is_some() {
            return Err(format!("an entry holds {target}"));
        }
        for source in &here.addresses {
            if world.walk(from, *source, *target).is_ok() {
                return Err(format!("{source} reaches {target}"));
            }
        }
    }
    for share in &there.shares {
        let routes: &walk::conf::Conf = world.machines[from].conf.as_ref().unwrap();
        if routes
            .peers
            .iter()
            .any(|peer| peer.allowed.contains(&share.prefix.net()))
        {
            return Err(format!("an entry holds {}", share.prefix));
        }
    }
    Ok(())
}
