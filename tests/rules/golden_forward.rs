//! The article's option C: a port that the home router forwards to the NAS.

use serde_json::json;

use super::brief::at;
use super::golden_article::{article, assert_conf};

/// "If you can forward UDP port 51820 on your home router to nas, it gets a de-facto public
/// endpoint."
#[test]
fn option_c() {
    let nas = at(
        "nas",
        "10.10.0.2",
        "Home",
        json!({ "forward": 51820 }),
        json!({}),
    );
    for (public, host) in [
        (json!({ "name": "home.example.net" }), "home.example.net"),
        (json!({ "ipv4": "198.51.100.7" }), "198.51.100.7"),
    ] {
        let mesh = article(json!({ "public": public }), nas.clone(), json!({}));
        let endpoint = format!("Endpoint = {host}:51820");
        for (one, other) in [("nas", "pi"), ("nas", "vps"), ("pi", "vps")] {
            assert_eq!(mesh.verdict(one, other), "direct");
        }
        // `nas` can be dialled now, so it keeps no path open, and it learns where `pi` is.
        assert_conf(
            &mesh,
            "nas",
            &[
                "Address = 10.10.0.2/24",
                "ListenPort = 51820",
                "[pi]",
                "AllowedIPs = 10.10.0.3/32",
                "[vps]",
                "Endpoint = 203.0.113.1:51820",
                "AllowedIPs = 10.10.0.1/32",
            ],
        );
        assert_conf(
            &mesh,
            "pi",
            &[
                "Address = 10.10.0.3/24",
                "ListenPort = 51820",
                "[nas]",
                &endpoint,
                "AllowedIPs = 10.10.0.2/32",
                "PersistentKeepalive = 25",
                "[vps]",
                "Endpoint = 203.0.113.1:51820",
                "AllowedIPs = 10.10.0.1/32",
                "PersistentKeepalive = 25",
            ],
        );
        assert_conf(
            &mesh,
            "vps",
            &[
                "Address = 10.10.0.1/24",
                "ListenPort = 51820",
                "[nas]",
                &endpoint,
                "AllowedIPs = 10.10.0.2/32",
                "[pi]",
                "AllowedIPs = 10.10.0.3/32",
            ],
        );
        assert!(mesh.sysctl("vps").is_empty(), "nobody needs a relay");
        assert!(mesh.findings().is_empty(), "{:?}", mesh.findings());
    }
}

/// "NAT behind CGNAT is a special hell": there the forwarded port leads nowhere.
#[test]
fn option_c_behind_a_second_nat() {
    let nas = at(
        "nas",
        "10.10.0.2",
        "Home",
        json!({ "forward": 51820 }),
        json!({}),
    );
    let home = json!({ "public": { "ipv4": "100.64.3.4" } });
    let mesh = article(home, nas, json!({}));
    assert_eq!(
        mesh.findings(),
        ["E13 The port forwarded to nas cannot be reached"]
    );
    assert_eq!(mesh.verdict("nas", "pi"), "relayed via vps");
    assert!(!mesh.conf("pi").contains("100.64.3.4"));
}
