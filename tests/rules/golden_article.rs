//! The article's topologies, each stated as a plan, with the files that an expert would write: hub
//! and spoke, its "mesh", and option B. Option C, a forwarded port, has its own module.

use serde_json::{Value, json};

use super::brief::{Solved, at, file, host, solved, vps};

/// The article's machines: a server, and a NAS and a Pi behind the routers of two places.
pub(super) fn article(home: Value, nas: Value, facts: Value) -> Solved {
    let home = with(json!({ "name": "Home", "router": "nat" }), home);
    let far = json!({ "name": "Friend's place", "router": "nat" });
    let pi = at("pi", "10.10.0.3", "Friend's place", json!({}), json!({}));
    solved(&with(
        file(json!([home, far]), json!([vps(), nas, pi])),
        facts,
    ))
}

fn with(mut one: Value, more: Value) -> Value {
    for (key, value) in more.as_object().unwrap() {
        one[key] = value.clone();
    }
    one
}

fn nas() -> Value {
    at("nas", "10.10.0.2", "Home", json!({}), json!({}))
}

/// The file of a machine, line by line.
pub(super) fn assert_conf(mesh: &Solved, name: &str, lines: &[&str]) {
    assert_eq!(mesh.conf(name).lines().collect::<Vec<_>>(), lines, "{name}");
}

/// The server's file in the article's plan. It has an Endpoint for nobody, whose addresses it
/// learns, and so no keepalive either; the article's two lines are needless. Nothing is translated,
/// because both ends of a relayed packet are machines of the mesh.
const VPS: [&str; 6] = [
    "Address = 10.10.0.1/24",
    "ListenPort = 51820",
    "[nas]",
    "AllowedIPs = 10.10.0.2/32",
    "[pi]",
    "AllowedIPs = 10.10.0.3/32",
];

/// What `nas` or `pi` has if all it knows is the server, which holds these addresses.
fn spoke(address: &'static str, allowed: &'static str) -> [&'static str; 6] {
    [
        address,
        "ListenPort = 51820",
        "[vps]",
        "Endpoint = 203.0.113.1:51820",
        allowed,
        "PersistentKeepalive = 25",
    ]
}

fn no_masquerade(mesh: &Solved) {
    for file in crate::support::files_of(&mesh.plan, &mesh.mesh) {
        let text = file.secret_text().to_lowercase();
        assert!(!text.contains("masquerade"), "{text}");
    }
}

/// "If the VPS is in Frankfurt and your NAS and Pi are both in the same apartment, you're routing
/// packets to Germany and back."
#[test]
fn hub_and_spoke() {
    let apartment = |facts: Value| {
        let stands = |number: u8| json!({ "lan_address": format!("192.168.1.{number}") });
        solved(&file(
            json!([{ "name": "Home", "lans": ["192.168.1.0/24"], "router": "nat" }]),
            json!([
                vps(),
                at("nas", "10.10.0.2", "Home", stands(10), facts.clone()),
                at("pi", "10.10.0.3", "Home", stands(11), facts),
                host(
                    "app",
                    "10.10.0.4",
                    json!({ "ipv4": "203.0.113.4" }),
                    json!({})
                ),
            ]),
        ))
    };
    let trap = apartment(json!({ "hub": "vps" }));
    assert_eq!(trap.verdict("nas", "pi"), "relayed via vps");
    assert_eq!(trap.verdict("nas", "app"), "relayed via vps");
    assert_eq!(trap.verdict("app", "vps"), "direct");
    assert_conf(
        &trap,
        "nas",
        &spoke(
            "Address = 10.10.0.2/24",
            "AllowedIPs = 10.10.0.1/32, 10.10.0.3/32, 10.10.0.4/32",
        ),
    );
    assert_conf(
        &trap,
        "pi",
        &spoke(
            "Address = 10.10.0.3/24",
            "AllowedIPs = 10.10.0.1/32, 10.10.0.2/32, 10.10.0.4/32",
        ),
    );
    assert_conf(
        &trap,
        "app",
        &[
            "Address = 10.10.0.4/24",
            "ListenPort = 51820",
            "[vps]",
            "Endpoint = 203.0.113.1:51820",
            "AllowedIPs = 10.10.0.1/32, 10.10.0.2/32, 10.10.0.3/32",
        ],
    );
    assert_conf(
        &trap,
        "vps",
        &[
            "Address = 10.10.0.1/24",
            "ListenPort = 51820",
            "[app]",
            "Endpoint = 203.0.113.4:51820",
            "AllowedIPs = 10.10.0.4/32",
            "[nas]",
            "AllowedIPs = 10.10.0.2/32",
            "[pi]",
            "AllowedIPs = 10.10.0.3/32",
        ],
    );
    assert_eq!(trap.sysctl("vps"), ["net.ipv4.ip_forward = 1"]);
    assert!(trap.findings().is_empty(), "{:?}", trap.findings());
    no_masquerade(&trap);

    // Out of the trap: over the LAN, two metres.
    let free = apartment(json!({}));
    assert_eq!(free.verdict("nas", "pi"), "lan");
    assert_conf(
        &free,
        "nas",
        &[
            "Address = 10.10.0.2/24",
            "ListenPort = 51820",
            "[app]",
            "Endpoint = 203.0.113.4:51820",
            "AllowedIPs = 10.10.0.4/32",
            "PersistentKeepalive = 25",
            "[pi]",
            "Endpoint = 192.168.1.11:51820",
            "AllowedIPs = 10.10.0.3/32",
            "[vps]",
            "Endpoint = 203.0.113.1:51820",
            "AllowedIPs = 10.10.0.1/32",
            "PersistentKeepalive = 25",
        ],
    );
    assert!(free.sysctl("vps").is_empty(), "nothing is left to relay");
    assert!(free.findings().is_empty(), "{:?}", free.findings());
}

/// With the covering prefix a new spoke changes no file but the hub's.
#[test]
fn hub_and_spoke_with_a_covering_prefix() {
    let mesh = article(json!({}), nas(), json!({ "covering": true }));
    let covered = "AllowedIPs = 10.10.0.0/24";
    assert_conf(&mesh, "nas", &spoke("Address = 10.10.0.2/24", covered));
    assert_conf(&mesh, "pi", &spoke("Address = 10.10.0.3/24", covered));
    assert_conf(&mesh, "vps", &VPS);
    assert_eq!(mesh.sysctl("vps"), ["net.ipv4.ip_forward = 1"]);
    assert!(mesh.findings().is_empty(), "{:?}", mesh.findings());

    let mut larger = mesh.plan.clone();
    let mut added = larger.nodes[&meshwright::plan::NodeId::new("pi")].clone();
    added.name = "tv".parse().unwrap();
    added.addresses = meshwright::plan::TunnelAddresses::default();
    larger
        .nodes
        .insert(meshwright::plan::NodeId::new("tv"), added);
    larger.assign_missing_addresses().unwrap();
    let larger = Solved {
        mesh: meshwright::mesh::solve(&larger),
        plan: larger,
    };
    assert_eq!(larger.conf("nas"), mesh.conf("nas"));
    assert_eq!(larger.conf("pi"), mesh.conf("pi"));
    assert_ne!(larger.conf("vps"), mesh.conf("vps"));
}

/// The three files of the article want `nas` and `pi` to talk directly, although neither has an
/// Endpoint for the other, and let nobody relay for them: the pair is dead for good.
#[test]
fn the_articles_mesh() {
    let direct = json!([{ "between": ["nas", "pi"], "choice": "direct" }]);
    let mut mesh = article(json!({}), nas(), json!({ "pairs": direct }));
    let refused = "E13 nas and pi cannot talk directly";
    // With a server that relays, the wish costs nothing but its finding.
    assert_eq!(mesh.findings(), [refused]);
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via vps");

    let vps = meshwright::plan::NodeId::new("vps");
    mesh.plan.nodes.get_mut(&vps).unwrap().relay = meshwright::plan::Relaying::No;
    let mesh = Solved {
        mesh: meshwright::mesh::solve(&mesh.plan),
        plan: mesh.plan,
    };
    assert_eq!(
        mesh.findings(),
        ["E02 nas and pi cannot reach each other", refused]
    );
    assert_eq!(mesh.verdict("nas", "pi"), "impossible");
    // No block stands for a peer that cannot be reached.
    let allowed = "AllowedIPs = 10.10.0.1/32";
    assert_conf(&mesh, "nas", &spoke("Address = 10.10.0.2/24", allowed));
    assert_conf(&mesh, "pi", &spoke("Address = 10.10.0.3/24", allowed));
    assert_conf(&mesh, "vps", &VPS);
    assert!(mesh.sysctl("vps").is_empty());
    no_masquerade(&mesh);
    let fixed = mesh.fixed("E13").fixed("E02");
    assert!(fixed.findings().is_empty());
    assert_eq!(fixed.verdict("nas", "pi"), "relayed via vps");
}

/// "Route all inter-peer traffic through the VPS." The article shows the line of `nas`; `pi` needs
/// its twin, and the server needs forwarding and nothing else.
#[test]
fn option_b() {
    let mesh = article(json!({}), nas(), json!({}));
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via vps");
    assert_conf(
        &mesh,
        "nas",
        &spoke(
            "Address = 10.10.0.2/24",
            "AllowedIPs = 10.10.0.1/32, 10.10.0.3/32",
        ),
    );
    assert_conf(
        &mesh,
        "pi",
        &spoke(
            "Address = 10.10.0.3/24",
            "AllowedIPs = 10.10.0.1/32, 10.10.0.2/32",
        ),
    );
    assert_conf(&mesh, "vps", &VPS);
    assert_eq!(mesh.sysctl("vps"), ["net.ipv4.ip_forward = 1"]);
    assert!(mesh.sysctl("nas").is_empty() && mesh.sysctl("pi").is_empty());
    assert!(mesh.findings().is_empty(), "{:?}", mesh.findings());
    no_masquerade(&mesh);
}
