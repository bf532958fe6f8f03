//! Facts as they stand in a plan file: each is read as it is stated, the usual is left out when it
//! is written, and what cannot be meant is refused with its place.

use meshwright::plan::{
    Dns, Forward, GroupPair, HostFirewall, Label, MtuPolicy, NatKind, NodeId, PairChoice, PairKey,
    Place, Plan, Port, SiteId, SiteIpv6, Stack, Talk, Uplink,
};
use meshwright::project::{read_plan, write_plan};
use serde_json::{Value, json};

use crate::support::{fixture, fixture_names, fixture_text};

fn maximal() -> Value {
    serde_json::from_str(&fixture_text("files/maximal")).unwrap()
}

fn read(file: &Value) -> Plan {
    read_plan(&file.to_string()).unwrap()
}

fn port(number: u16) -> Port {
    Port::try_from(u64::from(number)).unwrap()
}

fn parse<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

#[test]
fn the_facts_of_a_mesh_are_read() {
    let plan = read(&maximal());
    let pools: Vec<String> = plan.tunnel.iter().map(ToString::to_string).collect();
    assert_eq!(
        pools,
        ["10.10.0.0/24", "10.20.0.0/24", "fd12:3456:789a::/64"]
    );
    assert!(plan.covering);
    assert_eq!(plan.mtu, MtuPolicy::Each);
    assert_eq!(
        plan.dns,
        Some(Dns {
            domain: parse("mesh.internal"),
            server: Some(NodeId::new("vps")),
            answers_public: true,
        })
    );
    let pair = |a, b| GroupPair::new(parse::<Label>(a), parse(b));
    assert_eq!(
        plan.talk,
        Talk::Only(vec![pair("laptops", "servers"), pair("servers", "servers")])
    );
    let direct = PairKey::new(&NodeId::new("phone"), &NodeId::new("vps2")).unwrap();
    assert_eq!(plan.pairs.get(&direct), Some(&PairChoice::Direct));
}

#[test]
fn the_facts_of_a_site_are_read() {
    let plan = read(&maximal());
    let home = &plan.sites[&SiteId::new("Flat")];
    assert!(home.lans_routed);
    assert_eq!(home.nat, NatKind::KeepsPort);
    assert_eq!(home.ipv6, SiteIpv6::Firewalled);
    assert_eq!(home.uplink, Uplink::Pppoe);
    let office = &plan.sites[&SiteId::new("Office")];
    assert!(!office.lans_routed);
    assert_eq!(office.nat, NatKind::Symmetric);
    assert_eq!(office.ipv6, SiteIpv6::Open);
    assert_eq!(office.uplink, Uplink::Own(parse("1420")));
    for (word, uplink, bytes) in [
        ("ethernet", Uplink::Ethernet, 1500),
        ("pppoe", Uplink::Pppoe, 1492),
        ("ds-lite", Uplink::DsLite, 1460),
        ("lte", Uplink::Lte, 1400),
    ] {
        let mut file = maximal();
        file["sites"][1]["uplink"] = json!(word);
        let read = read(&file).sites[&SiteId::new("Office")].uplink;
        assert_eq!((read, read.mtu()), (uplink, bytes));
    }
}

#[test]
fn the_facts_of_a_machine_are_read() {
    let plan = read(&maximal());
    // Machines are named by their names of today, and held by their identities.
    let nas = &plan.nodes[&NodeId::new("old-nas")];
    assert_eq!(
        nas.place,
        Place::Site {
            site: SiteId::new("Flat"),
            lan_address: Some(parse("192.168.1.10")),
            forward: Some(port(51830).into()),
            ipv6: Some(parse("2001:db8::30")),
            ipv6_name: Some(parse("nas.example.net")),
            ipv6_open: true,
        }
    );
    assert_eq!(nas.stack, Stack::Nat64);
    assert_eq!(nas.firewall, HostFirewall::Blocks);
    assert_eq!((nas.always_on, nas.is_always_on()), (Some(false), false));
    assert_eq!((nas.clock, nas.keeps_time()), (Some(true), true));
    assert_eq!(nas.uplink, Some(Uplink::Lte));
    assert_eq!(
        plan.uplink_of(nas),
        Some(Uplink::Pppoe),
        "a machine at a site has the site's connection"
    );
    assert_eq!(nas.uplink_name, Some(parse("eth0")));
    assert_eq!(nas.slaac, Some(true));
    assert_eq!(nas.mtu, Some(parse("1380")));
    assert_eq!(nas.hub, Some(NodeId::new("vps")));
    assert_eq!(nas.groups, [parse("servers"), parse("storage")]);
    assert!(nas.exit);
    assert_eq!(nas.uses_exit, Some(NodeId::new("vps")));
    assert_eq!(
        nas.leaves_out,
        [parse("192.168.0.0/24"), parse("192.168.178.0/24")]
    );
    let desk = &plan.nodes[&NodeId::new("desk")];
    assert_eq!(desk.stack, Stack::Ipv4Only);
    let Place::Site { forward, .. } = desk.place else {
        panic!("the desk stands in the office");
    };
    assert_eq!(
        forward,
        Some(Forward {
            external: port(443),
            internal: Some(port(51820)),
        })
    );
}

#[test]
fn what_is_left_out_is_the_usual() {
    let plan = fixture("article");
    assert_eq!((plan.covering, plan.mtu), (false, MtuPolicy::Same));
    assert_eq!((&plan.dns, &plan.talk), (&None, &Talk::Everyone));
    for site in plan.sites.values() {
        assert_eq!((site.nat, site.ipv6), (NatKind::Unknown, SiteIpv6::None));
        assert_eq!((site.uplink.mtu(), site.lans_routed), (1500, false));
    }
    for node in plan.nodes.values() {
        assert_eq!(
            (node.stack, node.firewall),
            (Stack::Usual, HostFirewall::LetsIn)
        );
        assert!(node.groups.is_empty() && node.leaves_out.is_empty() && !node.exit);
        assert_eq!((&node.hub, &node.uses_exit), (&None, &None));
        assert_eq!(node.is_always_on(), node.place != Place::Roams);
    }
}

#[test]
fn the_usual_is_not_written() {
    // The fixtures that state no such fact show none when they are written.
    let new = [
        "covering",
        "mtu",
        "dns",
        "talk",
        "lans_routed",
        "nat",
        "ipv6",
        "uplink",
        "stack",
        "firewall",
        "always_on",
        "clock",
        "uplink_name",
        "slaac",
        "hub",
        "groups",
        "exit",
        "uses_exit",
        "leaves_out",
        "ipv6_name",
        "ipv6_open",
        "internal",
    ];
    let is_field = |text: &str, name: &str| text.contains(&format!("\"{name}\":"));
    let mut seen = 0;
    for name in fixture_names() {
        let text = fixture_text(&name);
        let written = write_plan(&read_plan(&text).unwrap());
        for field in new.iter().filter(|field| !is_field(&text, field)) {
            assert!(!is_field(&written, field), "{name}: {field}");
            seen += 1;
        }
    }
    assert!(seen > 100);
    // Stating the usual is the same as leaving it out.
    let mut file: Value = serde_json::from_str(&fixture_text("article")).unwrap();
    let plan = read(&file);
    file["covering"] = json!(false);
    file["mtu"] = json!("same");
    file["sites"][0]["nat"] = json!("unknown");
    file["sites"][0]["ipv6"] = json!("none");
    file["sites"][0]["uplink"] = json!("ethernet");
    file["sites"][0]["lans_routed"] = json!(false);
    file["nodes"][0]["stack"] = json!("usual");
    file["nodes"][0]["firewall"] = json!("lets-in");
    file["nodes"][0]["exit"] = json!(false);
    file["nodes"][0]["groups"] = json!([]);
    assert_eq!(read(&file), plan);
    assert_eq!(write_plan(&read(&file)), write_plan(&plan));
    // Nobody may talk, which is not the same as everybody.
    file["talk"] = json!([]);
    assert_eq!(read(&file).talk, Talk::Only(vec![]));
    assert!(write_plan(&read(&file)).contains("\"talk\": []"));
}

#[test]
fn a_forward_to_another_port_is_written_with_both() {
    let text = write_plan(&read(&maximal()));
    let file: Value = serde_json::from_str(&text).unwrap();
    let forwards: Vec<&Value> = file["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|node| node.pointer("/place/site/forward"))
        .collect();
    assert_eq!(
        forwards,
        [
            &json!({ "external": 443, "internal": 51820 }),
            &json!(51830)
        ]
    );
    let mut file = maximal();
    file["nodes"][0]["place"]["site"]["forward"] = json!({ "external": 51830 });
    assert_eq!(read(&file), read(&maximal()));
}

/// The line that a changed file is refused with.
fn refused(place: &str, value: Value) -> String {
    let mut file = maximal();
    let (parent, key) = place.rsplit_once('/').unwrap();
    file.pointer_mut(parent).unwrap()[key] = value;
    read_plan(&file.to_string()).unwrap_err().to_string()
}

/// Each change of the file is refused with its line.
fn all_refused(changes: Vec<(&str, Value, &str)>) {
    for (place, value, line) in changes {
        assert_eq!(refused(place, value), line);
    }
}

#[test]
fn nonsense_about_a_mesh_is_refused_with_its_place() {
    all_refused(vec![
        (
            "/tunnel",
            json!(["10.10.0.0/24", "10.10.0.128/25"]),
            "tunnel[1]: 10.10.0.128/25 overlaps 10.10.0.0/24; an address belongs to one tunnel prefix only",
        ),
        (
            "/tunnel",
            json!(["10.10.0.128/25", "fd00::/64", "10.10.0.0/16"]),
            "tunnel[2]: 10.10.0.0/16 overlaps 10.10.0.128/25; an address belongs to one tunnel prefix only",
        ),
        (
            "/tunnel",
            json!(["10.10.0.0/24", "10.10.0.0/24"]),
            "tunnel[1]: 10.10.0.0/24 overlaps 10.10.0.0/24; an address belongs to one tunnel prefix only",
        ),
        (
            "/tunnel",
            json!(["10.0.0.0/8", "fd00::/64", "10.255.255.255/32"]),
            "tunnel[2]: 10.255.255.255/32 overlaps 10.0.0.0/8; an address belongs to one tunnel prefix only",
        ),
        (
            "/tunnel",
            json!(vec!["10.10.0.0/24"; 10_001]),
            "tunnel: 10001 entries; at most 10000 are read",
        ),
        (
            "/tunnel",
            json!([]),
            "tunnel: at least one prefix is needed, such as 10.10.0.0/24",
        ),
        (
            "/mtu",
            json!(1420),
            "mtu: a text is expected here, not a whole number",
        ),
        (
            "/mtu",
            json!("own"),
            "mtu: \u{201c}own\u{201d}: one of same, each is expected here",
        ),
        (
            "/covering",
            json!("yes"),
            "covering: true or false is expected here, not a text",
        ),
        (
            "/dns",
            json!("mesh.internal"),
            "dns: an object is expected here, not a text",
        ),
        ("/dns", json!({}), "dns: the field `domain` is missing"),
        (
            "/dns/domain",
            json!("my mesh"),
            "dns.domain: \u{201c}my mesh\u{201d}: a host is an address like 203.0.113.1 or a name like home.example.net",
        ),
        (
            "/dns/server",
            json!("old-nas"),
            "dns.server: no machine is called \u{201c}old-nas\u{201d}",
        ),
        (
            "/talk",
            json!(["servers"]),
            "talk[0]: a list is expected here, not a text",
        ),
        (
            "/talk",
            json!([["a", "b", "c"]]),
            "talk[0]: 3 entries; at most 2 are read",
        ),
        (
            "/talk",
            json!([["a"]]),
            "talk[0]: two values is expected here, not a list",
        ),
        (
            "/talk",
            json!([["a", "b"], ["b", "a"]]),
            "talk[1]: this is listed twice",
        ),
        (
            "/talk",
            json!([["a", "b\u{7}"]]),
            "talk[0][1]: \u{201c}b\u{fffd}\u{201d}: a name cannot hold \u{201c}\\u{7}\u{201d}; use a-z, 0-9, - and _",
        ),
    ]);
}

#[test]
fn nonsense_about_a_site_is_refused_with_its_place() {
    all_refused(vec![
        (
            "/sites/0/nat",
            json!("cone"),
            "sites[0].nat: \u{201c}cone\u{201d}: one of unknown, keeps-port, symmetric is expected here",
        ),
        (
            "/sites/0/ipv6",
            json!(true),
            "sites[0].ipv6: a text is expected here, not true or false",
        ),
        (
            "/sites/0/uplink",
            json!("dsl"),
            "sites[0].uplink: \u{201c}dsl\u{201d}: one of ethernet, pppoe, ds-lite, lte is expected here",
        ),
        (
            "/sites/0/uplink",
            json!(575),
            "sites[0].uplink: 575: an MTU is a whole number from 576 to 9200",
        ),
        (
            "/sites/0/uplink",
            json!(-1),
            "sites[0].uplink: -1: an MTU is a whole number from 576 to 9200",
        ),
        (
            "/sites/0/lans_routed",
            json!(1),
            "sites[0].lans_routed: true or false is expected here, not a whole number",
        ),
        (
            "/sites/0/lans",
            json!(vec!["10.5.0.0/24"; 65_536]),
            "sites[0].lans: 65536 entries; at most 10000 are read",
        ),
    ]);
}

#[test]
fn nonsense_about_a_machine_is_refused_with_its_place() {
    all_refused(vec![
        (
            "/nodes/0/mtu",
            json!(67_036),
            "nodes[0].mtu: 67036: an MTU is a whole number from 576 to 9200",
        ),
        (
            "/nodes/0/stack",
            json!("dual"),
            "nodes[0].stack: \u{201c}dual\u{201d}: one of usual, ipv4-only, ipv6-only, nat64 is expected here",
        ),
        (
            "/nodes/0/firewall",
            json!(false),
            "nodes[0].firewall: a text is expected here, not true or false",
        ),
        (
            "/nodes/0/uplink_name",
            json!("eth0; reboot"),
            "nodes[0].uplink_name: \u{201c}eth0; reboot\u{201d}: an interface is named like eth0, with 1 to 15 letters, digits and _=+.-",
        ),
        (
            "/nodes/0/hub",
            json!("nas"),
            "nodes[0].hub: another machine is expected here, not this one itself",
        ),
        (
            "/nodes/0/uses_exit",
            json!("nas"),
            "nodes[0].uses_exit: another machine is expected here, not this one itself",
        ),
        (
            "/nodes/0/hub",
            json!("nobody"),
            "nodes[0].hub: no machine is called \u{201c}nobody\u{201d}",
        ),
        (
            "/nodes/0/hub",
            json!(["vps"]),
            "nodes[0].hub: a text is expected here, not a list",
        ),
        (
            "/nodes/0/groups",
            json!(["servers", " servers "]),
            "nodes[0].groups[1]: this is listed twice",
        ),
        (
            "/nodes/0/groups",
            json!([""]),
            "nodes[0].groups[0]: \u{201c}\u{201d}: a name is needed",
        ),
        (
            "/nodes/0/leaves_out",
            json!(["10.5.0.0/24", "10.5.0.0/24"]),
            "nodes[0].leaves_out[1]: this is listed twice",
        ),
    ]);
}

#[test]
fn nonsense_about_a_place_or_a_pair_is_refused_with_its_place() {
    all_refused(vec![
        (
            "/nodes/0/place/site/forward",
            json!(0),
            "nodes[0].place.site.forward: 0: a port is a whole number from 1 to 65535",
        ),
        (
            "/nodes/0/place/site/forward",
            json!("51820"),
            "nodes[0].place.site.forward: an object is expected here, not a text",
        ),
        (
            "/nodes/0/place/site/forward",
            json!({ "internal": 51820 }),
            "nodes[0].place.site.forward: the field `external` is missing",
        ),
        (
            "/nodes/0/place/site/forward",
            json!({ "external": 443, "internal": 70_000 }),
            "nodes[0].place.site.forward.internal: 70000: a port is a whole number from 1 to 65535",
        ),
        (
            "/nodes/0/place/site/ipv6",
            json!("203.0.113.1"),
            "nodes[0].place.site.ipv6: \u{201c}203.0.113.1\u{201d}: an IPv6 address is expected here",
        ),
        (
            "/nodes/0/place/site/ipv6_name",
            json!("my_nas.de"),
            "nodes[0].place.site.ipv6_name: \u{201c}my_nas.de\u{201d}: a host name has no underscore; phones refuse it",
        ),
        (
            "/pairs/0/choice",
            json!("straight"),
            "pairs[0].choice: \u{201c}straight\u{201d}: one of direct, never is expected here",
        ),
    ]);
}

#[test]
fn pools_of_any_size_and_number_are_read() {
    let sizes = [
        json!(["0.0.0.0/0"]),
        json!(["::/0", "10.0.0.1/32"]),
        json!(["10.0.0.0/31", "10.0.0.2/31", "fd00::1/128"]),
    ];
    for pools in sizes {
        let mut file = maximal();
        file["tunnel"] = pools.clone();
        let read = read(&file);
        assert_eq!(read.tunnel.len(), pools.as_array().unwrap().len());
        // Whatever the addresses of its machines, solving ends.
        assert!(!meshwright::mesh::solve(&read).nodes.is_empty());
    }
    let many: Vec<String> = (0..10_000)
        .map(|number| format!("10.{}.{}.0/24", number / 256, number % 256))
        .collect();
    let mut file = maximal();
    file["tunnel"] = json!(many);
    let plan = read(&file);
    assert_eq!(plan.tunnel.len(), 10_000);
    assert!(plan.tunnel.is_sorted());
}
