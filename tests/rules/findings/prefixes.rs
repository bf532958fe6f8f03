//! W13, W23 and W03: prefixes that others use, too, or that cannot hold all.

use serde_json::{Value, json};

use super::{plan, silent, words};
use crate::rules::brief::{Solved, at, phone, vps};

fn tunnel(pool: &str) -> Solved {
    plan(json!({ "tunnel": [pool] }), json!([]), json!([]))
}

#[test]
fn tunnel_prefixes_that_others_use() {
    for (pool, text) in [
        (
            "100.64.0.0/24",
            "The tunnel prefix 100.64.0.0/24 takes 100.64.0.0/10, where providers translate and Tailscale lives",
        ),
        (
            "172.17.0.0/24",
            "The tunnel prefix 172.17.0.0/24 takes 172.17.0.0/16, which Docker takes on every machine it runs on",
        ),
        (
            "192.168.1.0/24",
            "The tunnel prefix 192.168.1.0/24 takes 192.168.1.0/24, which many home routers use",
        ),
    ] {
        let found = words(&tunnel(pool), "W13");
        assert_eq!((found[0].as_str(), found[1].as_str()), ("warning", text));
    }
    for pool in ["10.10.0.0/24", "172.20.5.0/24", "fd3d:1cf6:6a5e::/64"] {
        assert!(tunnel(pool).findings().is_empty(), "{pool}");
    }
}

#[test]
fn unique_local_prefixes_are_random() {
    for (pool, severity) in [
        ("fc3d:1cf6:6a5e::/64", "warning"),
        ("fd00:10:10::/64", "info"),
        ("fd3d::/16", "info"),
    ] {
        assert_eq!(words(&tunnel(pool), "W23")[0], severity, "{pool}");
    }
    assert!(silent(&tunnel("fd3d:1cf6:6a5e::/48"), "W23"));
    assert!(silent(&tunnel("2001:db8:1::/48"), "W23"));
}

/// `nas` shares a LAN, and who is given by `who` gets it.
fn shared(lan: &str, who: Value) -> Solved {
    let share = json!({ "shares": [{ "prefix": lan, "answers": "route" }] });
    plan(
        json!({}),
        json!([{ "name": "Home" }]),
        json!([vps(), at("nas", "10.10.0.2", "Home", json!({}), share), who]),
    )
}

#[test]
fn a_machine_on_the_move_meets_common_lans() {
    let roams = |more| phone("phone", "10.10.0.3", more);
    let fires = shared("192.168.178.0/24", roams(json!({})));
    assert_eq!(
        words(&fires, "W13"),
        [
            "warning",
            "phone will meet 192.168.178.0/24 of nas in other places",
            "Many home routers use 192.168.178.0/24. In such a LAN phone reaches either its neighbours or the machines behind nas.",
            "Leave 192.168.178.0/24 out for phone",
        ]
    );
    assert!(fires.conf("phone").contains("192.168.178.0/24"));
    let fixed = fires.fixed("W13");
    assert!(fixed.findings().is_empty());
    assert!(!fixed.conf("phone").contains("192.168.178.0/24"));
    // A LAN that few use, one whose routes are longer, and a machine that stays.
    assert!(silent(&shared("192.168.77.0/24", roams(json!({}))), "W13"));
    assert!(silent(&shared("192.168.0.0/16", roams(json!({}))), "W13"));
    assert!(silent(&shared("192.168.178.0/24", vps_like()), "W13"));
}

fn vps_like() -> Value {
    crate::rules::brief::host(
        "second",
        "10.10.0.3",
        json!({ "ipv4": "203.0.113.3" }),
        json!({}),
    )
}

#[test]
fn a_prefix_that_would_hold_too_much() {
    let covered = |pairs: Value| {
        plan(
            json!({ "covering": true, "pairs": pairs }),
            json!([{ "name": "Home" }, { "name": "Far" }]),
            json!([
                vps(),
                at("nas", "10.10.0.2", "Home", json!({}), json!({})),
                at("pi", "10.10.0.3", "Far", json!({}), json!({})),
                phone("phone", "10.10.0.4", json!({})),
            ]),
        )
    };
    assert!(silent(&covered(json!([])), "W03"));
    let fires = covered(json!([{ "between": ["nas", "pi"], "choice": "never" }]));
    let texts: Vec<String> = fires.findings();
    assert!(
        texts.contains(&"W03 nas does not hold the whole tunnel under vps".to_owned()),
        "{texts:?}"
    );
}
