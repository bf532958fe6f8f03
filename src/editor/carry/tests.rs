//! What commands do to the facts of a plan, and what they refuse.

use super::*;
use crate::editor::{Editor, NodeField, SiteField, example};
use crate::plan::{
    Family, GroupPair, HostFirewall, Label, MtuPolicy, NatKind, Node, Prefix, SiteId, SiteIpv6,
    Stack, Uplink,
};

fn id(name: &str) -> NodeId {
    NodeId::new(name)
}

fn label(text: &str) -> Label {
    text.parse().unwrap()
}

fn prefix(text: &str) -> Prefix {
    text.parse().unwrap()
}

fn prefixes(texts: &[&str]) -> Vec<Prefix> {
    texts.iter().map(|text| prefix(text)).collect()
}

/// The example after some commands.
fn after(commands: &[Command]) -> Plan {
    let mut editor = Editor::open(example());
    for command in commands {
        editor = editor.update(command).unwrap();
    }
    editor.plan().as_ref().clone()
}

/// Why a command is refused in a plan.
fn refusal(plan: &Plan, command: &Command) -> String {
    let problem = check(plan, command).expect_err("this is refused");
    assert!(Editor::open(plan.clone()).update(command).is_err());
    problem.0
}

fn address(plan: &Plan, name: &str, family: Family) -> Option<String> {
    let address = plan.nodes[&id(name)].addresses.of(family);
    address.map(|address| address.to_string())
}

#[test]
fn each_fact_of_a_machine_is_set_in_one_step_that_undo_takes_back() {
    type Holds = fn(&Node) -> bool;
    let cases: [(NodeField, Holds); 14] = [
        (NodeField::Stack(Stack::Nat64), |node| {
            node.stack == Stack::Nat64
        }),
        (NodeField::Firewall(HostFirewall::Blocks), |node| {
            node.firewall == HostFirewall::Blocks
        }),
        (NodeField::AlwaysOn(Some(false)), |node| {
            !node.is_always_on()
        }),
        (NodeField::Uplink(Some(Uplink::Lte)), |node| {
            node.uplink == Some(Uplink::Lte)
        }),
        (NodeField::Mtu("1380".parse().ok()), |node| {
            node.mtu.is_some_and(|mtu| mtu.get() == 1380)
        }),
        (NodeField::Clock(Some(false)), |node| !node.keeps_time()),
        (NodeField::Slaac(Some(true)), |node| {
            node.slaac == Some(true)
        }),
        (NodeField::UplinkName("eth0".parse().ok()), |node| {
            node.uplink_name
                .as_ref()
                .is_some_and(|name| name.as_str() == "eth0")
        }),
        (NodeField::Hub(Some(id("vps"))), |node| {
            node.hub == Some(id("vps"))
        }),
        (
            NodeField::Groups(vec![label("b"), label("a"), label("b")]),
            |node| node.groups == [label("a"), label("b")],
        ),
        (NodeField::Exit(true), |node| node.exit),
        (NodeField::UsesExit(Some(id("vps"))), |node| {
            node.uses_exit == Some(id("vps"))
        }),
        (
            NodeField::LeavesOut(prefixes(&[
                "192.168.2.0/24",
                "10.5.0.0/24",
                "192.168.2.0/24",
            ])),
            |node| node.leaves_out == prefixes(&["10.5.0.0/24", "192.168.2.0/24"]),
        ),
        (NodeField::ReachableIdle(Some(false)), |node| {
            !node.must_be_reachable_idle()
        }),
    ];
    for (field, holds) in cases {
        let before = Editor::open(example());
        let nas = id("nas");
        assert!(!holds(&before.plan().nodes[&nas]), "{field:?}");
        let command = Command::EditNode(nas.clone(), field);
        let changed = before.update(&command).unwrap();
        assert!(holds(&changed.plan().nodes[&nas]), "{command:?}");
        assert_eq!(changed.history().undo_name(), Some("Change nas"));
        let undone = changed.update(&Command::Undo).unwrap();
        assert_eq!(undone.plan(), before.plan());
    }
}

#[test]
fn each_fact_of_a_site_is_set() {
    let home = SiteId::new("Home");
    let edit = |field| Command::EditSite(home.clone(), field);
    let plan = after(&[
        edit(SiteField::Nat(NatKind::KeepsPort)),
        edit(SiteField::Ipv6(SiteIpv6::Firewalled)),
        edit(SiteField::LansRouted(true)),
        edit(SiteField::Uplink(Uplink::Pppoe)),
    ]);
    let site = &plan.sites[&home];
    assert_eq!(
        (site.nat, site.ipv6),
        (NatKind::KeepsPort, SiteIpv6::Firewalled)
    );
    assert_eq!((site.lans_routed, site.uplink), (true, Uplink::Pppoe));
}

#[test]
fn each_fact_of_the_mesh_is_set_and_named() {
    let pair = |a, b| GroupPair::new(label(a), label(b));
    let dns = Dns {
        domain: "mesh.internal".parse().unwrap(),
        server: Some(id("nas")),
        answers_public: false,
    };
    let editor = Editor::open(example());
    for (command, name) in [
        (
            Command::SetTalk(Talk::Only(vec![
                pair("b", "a"),
                pair("a", "b"),
                pair("a", "a"),
            ])),
            "Change who talks to whom",
        ),
        (
            Command::SetCovering(true),
            "Let the default relay hold the whole tunnel",
        ),
        (
            Command::SetMtu(MtuPolicy::Each),
            "Change how the MTU is chosen",
        ),
        (
            Command::SetDns(Some(dns.clone())),
            "Change names in the mesh",
        ),
        (
            Command::AddRandomTunnel([0x12, 0x34, 0x56, 0x78, 0x9a]),
            "Add the tunnel prefix fd12:3456:789a::/64",
        ),
    ] {
        let changed = editor.update(&command).unwrap();
        assert_eq!(changed.history().undo_name(), Some(name));
        let plan = changed.plan();
        match command {
            Command::SetTalk(_) => {
                assert_eq!(plan.talk, Talk::Only(vec![pair("a", "a"), pair("a", "b")]));
            }
            Command::SetCovering(_) => assert!(plan.covering),
            Command::SetMtu(_) => assert_eq!(plan.mtu, MtuPolicy::Each),
            Command::SetDns(_) => assert_eq!(plan.dns, Some(dns.clone())),
            _ => assert_eq!(plan.tunnel.len(), 2),
        }
    }
}

#[test]
fn what_names_no_other_machine_is_refused() {
    let plan = example();
    let nas = |field| Command::EditNode(id("nas"), field);
    let gone = "This machine is no longer in the plan.";
    let pair = PairKey::new(&id("nas"), &id("pi")).unwrap();
    let lost = PairKey::new(&id("nas"), &id("lost")).unwrap();
    let via = |relay| Some(PairChoice::Via(id(relay)));
    let dns = Dns {
        domain: "mesh.internal".parse().unwrap(),
        server: Some(id("lost")),
        answers_public: false,
    };
    for (command, sentence) in [
        (
            nas(NodeField::Hub(Some(id("nas")))),
            "A machine is no hub for itself.",
        ),
        (
            nas(NodeField::UsesExit(Some(id("nas")))),
            "A machine is no exit for itself.",
        ),
        (nas(NodeField::Hub(Some(id("lost")))), gone),
        (nas(NodeField::UsesExit(Some(id("lost")))), gone),
        (Command::EditNode(id("lost"), NodeField::Exit(true)), gone),
        (Command::SetDns(Some(dns)), gone),
        (Command::SetPair(lost, Some(PairChoice::Direct)), gone),
        (Command::SetPair(pair.clone(), via("lost")), gone),
        (
            Command::SetPair(pair, via("nas")),
            "A pair is relayed by a third machine.",
        ),
    ] {
        assert_eq!(refusal(&plan, &command), sentence, "{command:?}");
    }
}

#[test]
fn nothing_names_a_machine_that_was_deleted() {
    let pair = PairKey::new(&id("nas"), &id("pi")).unwrap();
    let other = PairKey::new(&id("nas"), &id("vps")).unwrap();
    let whole = after(&[
        Command::EditNode(id("nas"), NodeField::Hub(Some(id("vps")))),
        Command::EditNode(id("nas"), NodeField::UsesExit(Some(id("vps")))),
        Command::EditNode(id("pi"), NodeField::Hub(Some(id("nas")))),
        Command::SetDns(Some(Dns {
            domain: "mesh.internal".parse().unwrap(),
            server: Some(id("vps")),
            answers_public: true,
        })),
        Command::SetPair(pair.clone(), Some(PairChoice::Via(id("vps")))),
        Command::SetPair(other, Some(PairChoice::Direct)),
    ]);
    let editor = Editor::open(whole.clone());
    let without = editor
        .update(&Command::Remove(Subject::Node(id("vps"))))
        .unwrap();
    let plan = without.plan();
    assert_eq!(
        (
            &plan.nodes[&id("nas")].hub,
            &plan.nodes[&id("nas")].uses_exit
        ),
        (&None, &None)
    );
    assert_eq!(
        plan.nodes[&id("pi")].hub,
        Some(id("nas")),
        "what is there stays named"
    );
    let dns = plan.dns.as_ref().unwrap();
    assert_eq!((dns.domain.as_str(), &dns.server), ("mesh.internal", &None));
    assert!(plan.pairs.is_empty());
    assert_eq!(
        without.update(&Command::Undo).unwrap().plan().as_ref(),
        &whole
    );

    // A site takes its machines along, and what names them.
    let without = editor
        .update(&Command::Remove(Subject::Site(SiteId::new("Home"))))
        .unwrap();
    assert_eq!(without.plan().nodes[&id("pi")].hub, None);
}

#[test]
fn a_full_pool_grows_by_a_second_one() {
    let v4 = |texts: &[&str]| Command::SetTunnel(Family::V4, prefixes(texts));
    // The small pool has room for the two machines that stand in it already.
    let plan = after(&[
        v4(&["10.20.0.0/24", "10.10.0.0/30"]),
        Command::AddNode {
            kind: crate::editor::NewNode::Phone,
            id: None,
            at: crate::plan::Point::default(),
        },
    ]);
    assert_eq!(plan.tunnel, prefixes(&["10.10.0.0/30", "10.20.0.0/24"]));
    for (name, held) in [
        ("vps", "10.10.0.1"),
        ("nas", "10.10.0.2"),
        ("pi", "10.20.0.1"),
        ("phone", "10.20.0.2"),
    ] {
        assert_eq!(address(&plan, name, Family::V4).as_deref(), Some(held));
    }
    assert_eq!(plan.tunnel_prefix(Family::V4), Some(prefix("10.10.0.0/30")));
    let pool = plan.pool_of("10.20.0.9".parse().unwrap());
    assert_eq!(pool, Some(prefix("10.20.0.0/24")));
    assert_eq!(plan.pool_of("10.30.0.9".parse().unwrap()), None);
}

#[test]
fn addresses_that_fit_stay_when_pools_change() {
    let v4 = |texts: &[&str]| Command::SetTunnel(Family::V4, prefixes(texts));
    let plan = after(&[v4(&["10.10.0.0/16"])]);
    for name in ["nas", "pi", "vps"] {
        assert_eq!(
            address(&plan, name, Family::V4),
            address(&example(), name, Family::V4)
        );
    }
    // The last address of the smaller prefix belongs to no machine.
    let mut plan = plan;
    let edge = "10.10.0.255".parse().unwrap();
    plan.nodes
        .get_mut(&id("nas"))
        .unwrap()
        .addresses
        .set(Family::V4, Some(edge));
    carry_out(&mut plan, &v4(&["10.10.0.0/24"])).unwrap();
    let moved = plan.nodes[&id("nas")].addresses.of(Family::V4).unwrap();
    assert_eq!(plan.check_address(&id("nas"), moved), Ok(()));
}

#[test]
fn pools_that_cannot_be_are_refused() {
    let plan = example();
    let v4 = |texts: &[&str]| Command::SetTunnel(Family::V4, prefixes(texts));
    for (command, sentence) in [
        (v4(&[]), "A mesh needs at least one tunnel prefix."),
        (
            v4(&["10.10.0.128/25", "10.10.0.0/24"]),
            "10.10.0.128/25 overlaps 10.10.0.0/24; an address belongs to one tunnel prefix only.",
        ),
        (v4(&["fd00::/64"]), "fd00::/64 is no IPv4 prefix."),
        (
            v4(&["10.10.0.0/30"]),
            "every address of 10.10.0.0/30 is taken; widen it to 10.10.0.0/29, or add a second tunnel prefix.",
        ),
        (
            v4(&["10.10.0.1/32", "10.10.0.2/32"]),
            "every address of 10.10.0.1/32, 10.10.0.2/32 is taken; widen 10.10.0.1/32 to 10.10.0.0/31, or add another tunnel prefix.",
        ),
    ] {
        assert_eq!(refusal(&plan, &command), sentence, "{command:?}");
    }
    let twice = Command::AddRandomTunnel([1; 5]);
    let once = after(std::slice::from_ref(&twice));
    assert_eq!(
        refusal(&once, &twice),
        "fd01:101:101::/64 overlaps fd01:101:101::/64; an address belongs to one tunnel prefix only."
    );
    assert_eq!(
        address(&once, "nas", Family::V6).as_deref(),
        Some("fd01:101:101::1")
    );
}
