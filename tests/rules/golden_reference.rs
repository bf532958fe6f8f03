//! Golden examples of the field's own rules: packet sizes, neighbours, and two IPv6 firewalls.

use serde_json::{Value, json};

use super::brief::{Solved, at, file, host, solve_of, solved, vps};

/// (1500, IPv4) = 1440, (1500, unknown) = 1420, (1492, unknown) = 1412, and 1280 with IPv6 inside
/// is an error.
#[test]
fn packet_sizes() {
    let carried = |uplink: Value, public: Value, ipv6_inside: bool| {
        let home = json!({ "name": "Home", "uplink": uplink });
        let server = host("vps", "10.10.0.1", public, json!({}));
        let nas = at("nas", "10.10.0.2", "Home", json!({}), json!({}));
        let mut file = file(json!([home]), json!([server, nas]));
        if ipv6_inside {
            file["tunnel"] = json!(["10.10.0.0/24", "fd3d:1cf6:6a5e::/64"]);
            file["nodes"][0]["addresses"] = json!(["10.10.0.1", "fd3d:1cf6:6a5e::1"]);
            file["nodes"][1]["addresses"] = json!(["10.10.0.2", "fd3d:1cf6:6a5e::2"]);
        }
        let mesh = solved(&file);
        let bytes = mesh.mesh.nodes[mesh.place("nas")].settings.mtu.carried;
        let codes = mesh.mesh.findings.iter();
        let codes: Vec<_> = codes.map(|finding| finding.code.as_str()).collect();
        (bytes, codes)
    };
    let literal = || json!({ "ipv4": "203.0.113.1" });
    let name = || json!({ "name": "vps.example.net" });
    let fine = Vec::<&str>::new;
    assert_eq!(carried(json!("ethernet"), literal(), false), (1440, fine()));
    assert_eq!(carried(json!("ethernet"), name(), false), (1420, fine()));
    assert_eq!(carried(json!("pppoe"), name(), false), (1412, fine()));
    assert_eq!(carried(json!(1280), literal(), false), (1220, fine()));
    let (bytes, codes) = carried(json!(1280), literal(), true);
    assert_eq!(bytes, 1220);
    assert!(codes.contains(&"E11"), "{codes:?}");
}

/// Neighbours dial each other in the LAN, and the LAN itself stands in no file there, even if one
/// of them shares it. The others get it.
#[test]
fn neighbours() {
    let stands = |number: u8| json!({ "lan_address": format!("192.168.1.{number}") });
    let lan = json!({ "shares": [{ "prefix": "192.168.1.0/24", "answers": "route" }] });
    let mesh = solve_of(
        json!([{ "name": "Home", "lans": ["192.168.1.0/24"], "router": "nat" }]),
        json!([
            vps(),
            at("nas", "10.10.0.2", "Home", stands(10), lan),
            at("desk", "10.10.0.3", "Home", stands(11), json!({})),
        ]),
    );
    assert_eq!(mesh.verdict("desk", "nas"), "lan");
    let to_vps =
        "[vps]\nEndpoint = 203.0.113.1:51820\nAllowedIPs = 10.10.0.1/32\nPersistentKeepalive = 25";
    assert_eq!(
        mesh.conf("desk"),
        format!(
            "Address = 10.10.0.3/24\nListenPort = 51820\n\
             [nas]\nEndpoint = 192.168.1.10:51820\nAllowedIPs = 10.10.0.2/32\n{to_vps}"
        )
    );
    assert_eq!(
        mesh.conf("nas"),
        format!(
            "Address = 10.10.0.2/24\nListenPort = 51820\n\
             [desk]\nEndpoint = 192.168.1.11:51820\nAllowedIPs = 10.10.0.3/32\n{to_vps}"
        )
    );
    assert_eq!(
        mesh.conf("vps"),
        "Address = 10.10.0.1/24\nListenPort = 51820\n\
         [desk]\nAllowedIPs = 10.10.0.3/32\n\
         [nas]\nAllowedIPs = 10.10.0.2/32, 192.168.1.0/24"
    );
    assert!(mesh.findings().is_empty(), "{:?}", mesh.findings());
}

/// Two machines behind IPv6 firewalls, and what is said of `nas`.
fn firewalled(stands: Value, more: Value) -> Solved {
    let site = |name: &str| json!({ "name": name, "router": "cgnat", "ipv6": "firewalled" });
    let far = json!({ "ipv6": "2001:db8:b::3" });
    solve_of(
        json!([site("Home"), site("Far")]),
        json!([
            host(
                "vps",
                "10.10.0.1",
                json!({ "ipv4": "203.0.113.1", "ipv6": "2001:db8:f::1" }),
                json!({})
            ),
            at("nas", "10.10.0.2", "Home", stands, more),
            at("pi", "10.10.0.3", "Far", far, json!({})),
        ]),
    )
}

/// Behind two firewalls each has to dial, and to go on: twelve pings of twelve came through with
/// Endpoint and keepalive on both sides, none without one of the four lines.
#[test]
fn two_ipv6_firewalls() {
    let open = firewalled(json!({ "ipv6": "2001:db8:a::2" }), json!({}));
    assert_eq!(open.verdict("nas", "pi"), "open");
    assert!(open.findings().is_empty(), "{:?}", open.findings());
    let both = |endpoint: &str, address: &str| {
        format!(
            "Endpoint = [{endpoint}]:51820\nAllowedIPs = {address}/32\nPersistentKeepalive = 25"
        )
    };
    let nas = open.conf("nas");
    let pi = open.conf("pi");
    let to_pi = format!("[pi]\n{}", both("2001:db8:b::3", "10.10.0.3"));
    let to_nas = format!("[nas]\n{}", both("2001:db8:a::2", "10.10.0.2"));
    assert!(nas.contains(&to_pi), "{nas}");
    assert!(pi.contains(&to_nas), "{pi}");

    // The path needs both keepalives even if nobody else needs to reach nas while it is silent.
    let known = json!({ "ipv6": "2001:db8:a::2" });
    let quiet = firewalled(known, json!({ "reachable_idle": false }));
    assert_eq!(quiet.verdict("nas", "pi"), "open");
    assert!(quiet.conf("nas").contains(&to_pi) && quiet.conf("pi").contains(&to_nas));

    // If nobody knows where one of them is, a relay it is.
    let unknown = firewalled(json!({}), json!({}));
    assert_eq!(unknown.verdict("nas", "pi"), "relayed via vps");
    assert!(!unknown.conf("nas").contains("[pi]") && !unknown.conf("pi").contains("[nas]"));
}
