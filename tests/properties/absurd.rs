//! Plans that nobody means and a file can hold all the same: solved without a panic, and soon.

use std::time::{Duration, Instant};

use meshwright::mesh::{Mesh, solve};
use meshwright::plan::{
    Answers, GroupPair, Node, NodeId, PairChoice, PairKey, Place, Plan, Prefix, PublicAddress,
    Relaying, SharedLan, Site, SiteId, SiteIpv6, Talk,
};
use meshwright::project::{read_plan, write_plan};

use super::delivery::prove;

fn parse<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

/// Solves a plan twice, which must be over soon and give the same.
fn solved(plan: &Plan) -> Mesh {
    let start = Instant::now();
    let mesh = solve(plan);
    let took = start.elapsed();
    // A thousand times what it should take, and still no hang.
    assert!(took < Duration::from_secs(20), "solving took {took:?}");
    assert_eq!(mesh, solve(plan));
    mesh
}

fn on_the_internet(index: usize) -> Node {
    let public = PublicAddress {
        ipv4: Some(parse(&format!("203.0.113.{}", index + 1))),
        ..PublicAddress::default()
    };
    Node::new(parse(&format!("m{index}")), Place::Internet(public))
}

fn plan_of(tunnel: &[&str], count: usize) -> Plan {
    let mut plan = Plan {
        tunnel: tunnel.iter().map(|prefix| parse(prefix)).collect(),
        ..Plan::empty()
    };
    for index in 0..count {
        plan.nodes
            .insert(NodeId::new(&format!("m{index}")), on_the_internet(index));
    }
    let _ = plan.assign_missing_addresses();
    plan
}

#[test]
fn sixty_thousand_lans_at_one_site() {
    let mut plan = plan_of(&["172.31.0.0/24"], 3);
    let lans: Vec<Prefix> = (0..=u16::MAX)
        .map(|lan| parse(&format!("10.{}.{}.0/24", lan >> 8, lan & 255)))
        .collect();
    let site = Site {
        lans,
        ..Site::new(parse("Everywhere"))
    };
    plan.sites.insert(SiteId::new("Everywhere"), site);
    for index in 3..20 {
        let place = Place::at(SiteId::new("Everywhere"));
        plan.nodes.insert(
            NodeId::new(&format!("m{index}")),
            Node::new(parse(&format!("m{index}")), place),
        );
    }
    plan.assign_missing_addresses().unwrap();
    solved(&plan);
    // A file that long is refused, and says so.
    let error = read_plan(&write_plan(&plan)).expect_err("more than anyone has");
    assert!(error.to_string().contains("65536 entries"), "{error}");
}

#[test]
fn sixty_thousand_lans_shared_by_one_machine() {
    let mut plan = plan_of(&["172.31.0.0/24"], 4);
    let shared = (0..=u16::MAX).map(|lan| SharedLan {
        prefix: parse(&format!("10.{}.{}.0/24", lan >> 8, lan & 255)),
        answers: Answers::Route,
    });
    plan.nodes.get_mut(&NodeId::new("m1")).unwrap().shares = shared.collect();
    let mesh = solved(&plan);
    let entries = mesh.nodes[0]
        .peers
        .iter()
        .map(|peer| peer.allowed.len())
        .sum::<usize>();
    assert!(entries > 65_536, "{entries}");
}

#[test]
fn pools_of_every_length() {
    for family in ["10.0.0.0", "2001:db8::"] {
        let longest = if family.contains(':') { 128 } else { 32 };
        for length in 0..=longest {
            let around = Prefix::around(parse(family), length).unwrap().to_string();
            for count in [0, 1, 4] {
                let mut plan = plan_of(&[&around], count);
                plan.covering = true;
                solved(&plan);
                prove(&plan).unwrap_or_else(|fault| panic!("{around}, {count} machines: {fault}"));
            }
        }
    }
}

#[test]
fn a_pool_of_everything_is_not_covered() {
    for pool in ["0.0.0.0/0", "::/0"] {
        let mut plan = plan_of(&[pool], 4);
        plan.covering = true;
        prove(&plan).unwrap_or_else(|fault| panic!("{pool}: {fault}"));
    }
}

#[test]
fn no_pool_at_all() {
    let plan = plan_of(&[], 5);
    let mesh = solved(&plan);
    assert!(mesh.pairs.iter().all(|pair| !pair.verdict.connects()));
}

#[test]
fn names_in_every_script() {
    let mut plan = plan_of(&["10.10.0.0/24"], 4);
    for name in [
        "\u{5b9d}\u{5bb6}",
        "\u{645}\u{646}\u{632}\u{644}",
        "\u{1f3e0}",
        "Zo\u{eb}\u{2019}s",
        "a\u{300}\u{301}\u{302}",
    ] {
        let site = Site {
            ipv6: SiteIpv6::Firewalled,
            ..Site::new(parse(name))
        };
        plan.sites.insert(SiteId::new(name), site);
        let id = NodeId::new(&format!("in-{name}"));
        let node = Node {
            groups: vec![parse(name)],
            ..Node::new(
                parse(&format!("n{}", plan.nodes.len())),
                Place::at(SiteId::new(name)),
            )
        };
        plan.nodes.insert(id, node);
    }
    plan.assign_missing_addresses().unwrap();
    plan.talk = Talk::only(vec![GroupPair::new(
        parse("\u{1f3e0}"),
        parse("\u{5b9d}\u{5bb6}"),
    )]);
    solved(&plan);
    prove(&plan).unwrap();
    assert_eq!(read_plan(&write_plan(&plan)).as_ref(), Ok(&plan));
}

#[test]
fn everything_names_what_is_gone() {
    let gone = NodeId::new("gone");
    let mut plan = plan_of(&["10.10.0.0/24", "fd00:10:10::/64"], 8);
    let ids: Vec<NodeId> = plan.nodes.keys().cloned().collect();
    for (index, id) in ids.iter().enumerate() {
        let node = plan.nodes.get_mut(id).unwrap();
        node.hub = Some(if index == 1 { id.clone() } else { gone.clone() });
        node.uses_exit = Some(if index == 2 { id.clone() } else { gone.clone() });
        node.leaves_out = vec![parse("0.0.0.0/0")];
        if index > 4 {
            node.place = Place::at(SiteId::new("gone"));
        }
        let pin = PairChoice::Via(gone.clone());
        plan.pairs
            .extend(PairKey::new(id, &ids[(index + 1) % ids.len()]).map(|key| (key, pin)));
        plan.pairs
            .extend(PairKey::new(id, &gone).map(|key| (key, PairChoice::Direct)));
    }
    solved(&plan);
    prove(&plan).unwrap();
}

#[test]
fn hubs_in_a_circle() {
    let mut plan = plan_of(&["10.10.0.0/24"], 6);
    for index in 0..6 {
        let hub = NodeId::new(&format!("m{}", (index + 1) % 6));
        plan.nodes
            .get_mut(&NodeId::new(&format!("m{index}")))
            .unwrap()
            .hub = Some(hub);
    }
    solved(&plan);
    prove(&plan).unwrap();
}

#[test]
fn exits_in_a_circle() {
    let mut plan = plan_of(&["10.10.0.0/24"], 6);
    for index in 0..6 {
        let node = plan
            .nodes
            .get_mut(&NodeId::new(&format!("m{index}")))
            .unwrap();
        node.exit = true;
        node.uses_exit = Some(NodeId::new(&format!("m{}", (index + 1) % 6)));
    }
    solved(&plan);
    prove(&plan).unwrap();
}

#[test]
fn every_pair_pinned_through_every_other() {
    let mut plan = plan_of(&["10.10.0.0/24"], 24);
    let ids: Vec<NodeId> = plan.nodes.keys().cloned().collect();
    for (a, one) in ids.iter().enumerate() {
        plan.nodes.get_mut(one).unwrap().relay = Relaying::Yes;
        for (b, other) in ids.iter().enumerate().skip(a + 1) {
            let via = PairChoice::Via(ids[(a * 7 + b * 3) % ids.len()].clone());
            plan.pairs
                .extend(PairKey::new(one, other).map(|key| (key, via)));
        }
    }
    solved(&plan);
    prove(&plan).unwrap();
}

/// Relays that see only their neighbours: the longest paths that there are.
#[test]
fn a_long_chain_of_relays() {
    let mut plan = plan_of(&["10.10.0.0/24"], 0);
    for index in 0..40_usize {
        let group = |index: usize| parse(&format!("between {} and {}", index, index + 1));
        let mut groups = vec![group(index), group(index + 1)];
        groups.sort();
        let node = Node {
            groups,
            relay: Relaying::Yes,
            ..on_the_internet(index)
        };
        plan.nodes.insert(NodeId::new(&format!("m{index}")), node);
    }
    plan.assign_missing_addresses().unwrap();
    plan.talk = Talk::only(
        (0..=40)
            .map(|index| {
                let group = format!("between {} and {}", index, index + 1);
                GroupPair::new(parse(&group), parse(&group))
            })
            .collect(),
    );
    solved(&plan);
    prove(&plan).unwrap();
}
