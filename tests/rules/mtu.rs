//! How large packets the tunnel takes: the table of the reference, and where a file says it.

use serde_json::{Value, json};

use meshwright::mesh::WhyMtu;

use super::brief::{Solved, at, file, host, phone, solve_of, solved, vps};

/// The MTU of every machine that takes part, and whether its file says it.
fn mtus(mesh: &Solved) -> Vec<String> {
    let line = |node: &meshwright::mesh::MeshNode| {
        let mtu = &node.settings.mtu;
        let said = mtu.line().map_or("by itself", |_| "written");
        format!("{} {} {said}", node.name, mtu.bytes)
    };
    mesh.mesh.nodes.iter().map(line).collect()
}

/// A site whose router can be dialled, with its uplink.
fn site(name: &str, uplink: Value) -> Value {
    json!({ "name": name, "router": "nat", "uplink": uplink, "public": { "ipv4": "203.0.113.7" } })
}

/// What `nas` carries towards a server that it dials at an address or a name.
fn carried(uplink: Value, public: Value) -> (u16, bool) {
    let mesh = solve_of(
        json!([site("Home", uplink)]),
        json!([
            host("vps", "10.10.0.1", public, json!({})),
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
        ]),
    );
    let mtu = &mesh.mesh.nodes[mesh.place("nas")].settings.mtu;
    (mtu.carried, mtu.too_narrow)
}

#[test]
fn a_link_carries_what_the_table_says() {
    for (path, v4, unknown) in [
        (json!("ethernet"), 1440, 1420),
        (json!("pppoe"), 1432, 1412),
        (json!(1480), 1420, 1400),
        (json!("ds-lite"), 1400, 1380),
        (json!(1454), 1394, 1374),
        (json!("lte"), 1340, 1320),
        (json!(1280), 1220, 1200),
    ] {
        let literal = carried(path.clone(), json!({ "ipv4": "203.0.113.1" }));
        assert_eq!(literal, (v4, false), "{path}, IPv4");
        let name = carried(path.clone(), json!({ "name": "vps.example.net" }));
        assert_eq!(name, (unknown, false), "{path}, a name");
    }
}

#[test]
fn ipv6_outside_costs_eighty_bytes() {
    let mesh = solve_of(
        json!([]),
        json!([
            host(
                "a",
                "10.10.0.1",
                json!({ "ipv6": "2001:db8::1" }),
                json!({})
            ),
            host(
                "b",
                "10.10.0.2",
                json!({ "ipv6": "2001:db8::2" }),
                json!({})
            ),
        ]),
    );
    assert_eq!(mesh.mesh.nodes[0].settings.mtu.carried, 1420);
}

#[test]
fn nothing_is_written_where_the_platform_chooses_a_value_that_fits() {
    let mesh = solve_of(
        json!([site("Home", json!("pppoe"))]),
        json!([
            vps(),
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            phone("phone", "10.10.0.3", json!({}))
        ]),
    );
    // 1432 would pass, and wg-quick takes 1420 by itself; apps take 1280.
    assert_eq!(
        mtus(&mesh),
        [
            "nas 1420 by itself",
            "phone 1280 by itself",
            "vps 1420 by itself"
        ]
    );
    assert!(!mesh.conf("nas").contains("MTU"));
}

fn narrow(policy: &str) -> Solved {
    let mut file = file(
        json!([site("Cabin", json!("lte"))]),
        json!([
            vps(),
            host(
                "second",
                "10.10.0.4",
                json!({ "ipv4": "203.0.113.2" }),
                json!({})
            ),
            at("pi", "10.10.0.2", "Cabin", json!({}), json!({})),
            at(
                "nas",
                "10.10.0.5",
                "Cabin",
                json!({ "lan_address": "192.168.7.5" }),
                json!({})
            ),
            phone("phone", "10.10.0.3", json!({})),
        ]),
    );
    file["mtu"] = json!(policy);
    file["pairs"] = json!([{ "between": ["nas", "second"], "choice": "never" }, { "between": ["pi", "second"], "choice": { "via": "vps" } }]);
    solved(&file)
}

#[test]
fn one_narrow_link_sets_the_value_of_the_mesh() {
    let mesh = narrow("same");
    assert_eq!(
        mtus(&mesh),
        [
            "nas 1340 written",
            "phone 1280 by itself",
            "pi 1340 written",
            "second 1340 written",
            "vps 1340 written"
        ]
    );
    assert!(mesh.conf("second").contains("MTU = 1340"));
    let why = |name: &str| mesh.mesh.nodes[mesh.place(name)].settings.mtu.written;
    assert_eq!(why("pi"), Some(WhyMtu::OwnLinks));
    assert_eq!(why("second"), Some(WhyMtu::Mesh(mesh.place("nas"))));
    assert!(
        mesh.mesh.nodes.iter().all(|node| !node.settings.clamps),
        "all have one value"
    );
}

#[test]
fn each_machine_may_have_its_own_value() {
    let mesh = narrow("each");
    assert_eq!(
        mtus(&mesh),
        [
            "nas 1340 written",
            "phone 1280 by itself",
            "pi 1340 written",
            "second 1420 by itself",
            "vps 1340 written"
        ]
    );
    // Every pair that vps relays has an end that knows the smaller size.
    assert!(mesh.mesh.nodes.iter().all(|node| !node.settings.clamps));
}

#[test]
fn a_relay_clamps_what_both_ends_believe_to_be_larger() {
    let home = |name: &str| json!({ "name": name, "router": "cgnat" });
    let mut file = file(
        json!([home("North"), home("South"), { "name": "Cabin", "router": "cgnat", "uplink": "lte" }]),
        json!([
            vps(),
            at("n", "10.10.0.2", "North", json!({}), json!({})),
            at("s", "10.10.0.3", "South", json!({}), json!({})),
            at("c", "10.10.0.4", "Cabin", json!({}), json!({})),
        ]),
    );
    file["mtu"] = json!("each");
    let mesh = solved(&file);
    assert_eq!(
        mtus(&mesh),
        [
            "c 1340 written",
            "n 1420 by itself",
            "s 1420 by itself",
            "vps 1340 written"
        ]
    );
    let clamping: Vec<&str> = mesh
        .mesh
        .nodes
        .iter()
        .filter(|node| node.settings.clamps)
        .map(|node| node.name.as_str())
        .collect();
    assert_eq!(clamping, ["vps"]);
    let conf = mesh.conf("vps");
    let rule = "PostUp = nft add rule inet meshwright-%i clamp 'oifname \"%i\" tcp flags & (syn | rst) == syn tcp option maxseg size set rt mtu'";
    assert!(conf.contains(rule), "{conf}");
    file["mtu"] = json!("same");
    assert!(!solved(&file).conf("vps").contains("nft"));
}

#[test]
fn a_stated_value_is_written_whatever_it_is() {
    let mesh = solve_of(
        json!([]),
        json!([
            host(
                "a",
                "10.10.0.1",
                json!({ "ipv4": "203.0.113.1" }),
                json!({ "mtu": 1420 })
            ),
            phone("b", "10.10.0.2", json!({ "mtu": 1380 })),
            host(
                "c",
                "10.10.0.3",
                json!({ "ipv4": "203.0.113.3" }),
                json!({})
            ),
        ]),
    );
    assert_eq!(
        mtus(&mesh),
        ["a 1420 written", "b 1380 written", "c 1420 by itself"]
    );
    assert!(mesh.conf("b").contains("MTU = 1380"));
}

#[test]
fn an_interface_with_ipv6_is_never_smaller_than_1280() {
    let mut file = file(
        json!([site("Cabin", json!(1280))]),
        json!([vps(), at("pi", "10.10.0.2", "Cabin", json!({}), json!({}))]),
    );
    assert_eq!(
        mtus(&solved(&file)),
        ["pi 1220 written", "vps 1220 written"]
    );
    file["tunnel"] = json!(["10.10.0.0/24", "fd9e:21a7:a92c::/64"]);
    file["nodes"][0]["addresses"] = json!(["10.10.0.1", "fd9e:21a7:a92c::1"]);
    file["nodes"][1]["addresses"] = json!(["10.10.0.2", "fd9e:21a7:a92c::2"]);
    let mesh = solved(&file);
    assert_eq!(mtus(&mesh), ["pi 1280 written", "vps 1280 written"]);
    assert!(
        mesh.mesh
            .nodes
            .iter()
            .all(|node| node.settings.mtu.too_narrow)
    );
    file["nodes"][0]["mtu"] = json!(576);
    assert_eq!(
        mtus(&solved(&file)),
        ["pi 1280 written", "vps 1280 written"]
    );
}

#[test]
fn packets_inside_a_lan_do_not_pass_the_router() {
    let lan = |own: &str| json!({ "lan_address": own });
    let mesh = solve_of(
        json!([{ "name": "Cabin", "router": "cgnat", "uplink": "lte", "lans": ["192.168.7.0/24"] }]),
        json!([
            at("a", "10.10.0.1", "Cabin", lan("192.168.7.1"), json!({})),
            at("b", "10.10.0.2", "Cabin", lan("192.168.7.2"), json!({})),
        ]),
    );
    assert_eq!(mesh.mesh.nodes[0].settings.mtu.carried, 1440);
}

#[test]
fn jumbo_frames_are_not_assumed_on_the_way() {
    let jumbo = |name: &str, n: u8, more: Value| {
        host(
            name,
            &format!("10.10.0.{n}"),
            json!({ "ipv4": format!("203.0.113.{n}") }),
            more,
        )
    };
    let mesh = solve_of(
        json!([]),
        json!([
            jumbo("a", 1, json!({ "uplink": 9000 })),
            jumbo("b", 2, json!({ "uplink": 9000 })),
            jumbo("c", 3, json!({}))
        ]),
    );
    // wg-quick would take 8920 on a and b, and c cannot be reached with that.
    assert_eq!(
        mtus(&mesh),
        ["a 1440 written", "b 1440 written", "c 1440 written"]
    );
}
