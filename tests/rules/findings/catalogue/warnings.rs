//! What works less well than people may think, and what is worth knowing.

use serde_json::{Value, json};

use super::{Example, example, nas, pi, share, two_sites};
use crate::rules::brief::{at, host, phone, vps};
use crate::rules::findings::{both_families, with};

/// A machine on the internet with the last byte of its addresses.
fn server(name: &str, number: u8) -> Value {
    host(
        name,
        &format!("10.10.0.{number}"),
        json!({ "ipv4": format!("203.0.113.{number}") }),
        json!({}),
    )
}

pub(super) fn closing_paths() -> Vec<Example> {
    vec![example(
        "nas cannot be reached while it is silent",
        |idle| {
            let nas = nas(with(
                share("192.168.77.0/24", "route"),
                json!({ "reachable_idle": idle }),
            ));
            json!({ "sites": [{ "name": "Home" }], "nodes": [vps(), nas] })
        },
        json!(false),
        json!(true),
    )]
}

pub(super) fn not_covered() -> Vec<Example> {
    vec![example(
        "nas does not hold the whole tunnel under vps",
        |pairs| {
            let nodes = json!([vps(), nas(json!({})), pi(json!({}))]);
            json!({ "covering": true, "pairs": pairs, "sites": two_sites(), "nodes": nodes })
        },
        json!([{ "between": ["nas", "pi"], "choice": "never" }]),
        json!([]),
    )]
}

pub(super) fn looked_up_once() -> Vec<Example> {
    vec![example(
        "tablet looks up vps.example.net only when its tunnel starts",
        |public| {
            let vps = host("vps", "10.10.0.1", public, json!({}));
            let tablet = phone("tablet", "10.10.0.2", json!({ "reachable_idle": true }));
            json!({ "nodes": [vps, tablet] })
        },
        json!({ "name": "vps.example.net" }),
        json!({ "ipv4": "203.0.113.1" }),
    )]
}

/// A relay at a site gets its IPv6 route from the router there, whether anybody says so or not.
pub(super) fn advertised_routes() -> Vec<Example> {
    let text = "gate may lose its own IPv6 connection, because it forwards IPv6";
    let relays = |(site, more): (Value, Value)| {
        let home = json!({ "name": "Home", "public": { "name": "home.example.net" } });
        let addresses = |number: u8| json!({ "addresses": [format!("10.10.0.{number}"), format!("fd3d:1cf6:6a5e::{number}")] });
        let gate = at(
            "gate",
            "10.10.0.1",
            "Home",
            json!({ "forward": 51820 }),
            with(addresses(1), json!({ "relay": true })),
        );
        let nodes = json!([
            with(gate, more),
            phone("one", "10.10.0.2", addresses(2)),
            phone("two", "10.10.0.3", addresses(3)),
        ]);
        with(
            json!({ "sites": [with(home, site)], "nodes": nodes }),
            both_families(),
        )
    };
    let example = |fires, silent| Example {
        text,
        fires: relays(fires),
        silent: relays(silent),
    };
    let with_ipv6 = || json!({ "ipv6": "firewalled" });
    let guessed = || (with_ipv6(), json!({}));
    vec![
        example(guessed(), (json!({ "ipv6": "none" }), json!({}))),
        example(guessed(), (with_ipv6(), json!({ "slaac": false }))),
        example(
            (with_ipv6(), json!({ "slaac": true })),
            (with_ipv6(), json!({ "slaac": true, "uplink_name": "eth0" })),
        ),
        example(
            (json!({ "ipv6": "open" }), json!({})),
            (json!({}), json!({})),
        ),
    ]
}

pub(super) fn clocks() -> Vec<Example> {
    vec![example(
        "pi may stay cut off after a power cut",
        |has_battery| {
            let vps = with(vps(), json!({ "exit": true }));
            let pi = pi(json!({ "form": "board", "uses_exit": "vps", "clock": has_battery }));
            json!({ "sites": two_sites(), "nodes": [vps, pi] })
        },
        json!(false),
        json!(true),
    )]
}

pub(super) fn name_servers() -> Vec<Example> {
    let asks = |(dns, pairs): (Value, Value)| {
        let dns = with(json!({ "domain": "mesh.internal", "server": "vps" }), dns);
        let phone = phone("phone", "10.10.0.3", json!({}));
        let nodes = json!([vps(), server("app", 2), phone]);
        json!({ "dns": dns, "pairs": pairs, "nodes": nodes })
    };
    let all = || json!({ "answers_public": true });
    let example = |text, fires| Example {
        text,
        fires: asks(fires),
        silent: asks((all(), json!([]))),
    };
    vec![
        example(
            "app cannot ask vps for names",
            (
                all(),
                json!([{ "between": ["app", "vps"], "choice": "never" }]),
            ),
        ),
        example(
            "phone cannot look up names of the mesh",
            (json!({ "answers_public": false }), json!([])),
        ),
        example(
            "phone cannot answer for names: an app is no name server",
            (json!({ "server": "phone" }), json!([])),
        ),
    ]
}

pub(super) fn single_relays() -> Vec<Example> {
    vec![
        example(
            "gate relays 1 pair and is not always on",
            |on| {
                let home = json!({ "name": "Home", "public": { "ipv4": "198.51.100.7" } });
                let willing = json!({ "relay": true, "always_on": on });
                let gate = at(
                    "gate",
                    "10.10.0.1",
                    "Home",
                    json!({ "forward": 51820 }),
                    willing,
                );
                let phone = phone("phone", "10.10.0.4", json!({}));
                let far = json!({ "name": "Far" });
                json!({ "sites": [home, far], "nodes": [gate, pi(json!({})), phone] })
            },
            json!(false),
            json!(true),
        ),
        // Five phones are ten pairs.
        example(
            "vps carries all 10 relayed pairs and no other machine could",
            |more| {
                let mut nodes = vec![vps()];
                nodes.extend(more.as_array().unwrap().iter().cloned());
                for number in 10..15 {
                    let name = format!("phone{number}");
                    nodes.push(phone(&name, &format!("10.10.0.{number}"), json!({})));
                }
                json!({ "nodes": nodes })
            },
            json!([]),
            json!([server("second", 2)]),
        ),
    ]
}

/// The reference's table: six peers with a preshared key fit a code of version 25.
pub(super) fn dense_codes() -> Vec<Example> {
    vec![example(
        "The QR code of phone is hard to scan",
        |count| {
            let servers = 1..=u8::try_from(count.as_u64().unwrap()).unwrap();
            let servers = servers.map(|number| server(&format!("s{number}"), number));
            let mut nodes: Vec<Value> = servers.collect();
            nodes.push(phone("phone", "10.10.0.250", json!({})));
            json!({ "preshared_keys": true, "nodes": nodes })
        },
        json!(8),
        json!(6),
    )]
}

pub(super) fn common_prefixes() -> Vec<Example> {
    let pools = [
        (
            "100.64.7.0/24",
            "The tunnel prefix 100.64.7.0/24 takes 100.64.0.0/10, where providers translate and Tailscale lives",
        ),
        (
            "172.17.7.0/24",
            "The tunnel prefix 172.17.7.0/24 takes 172.17.0.0/16, which Docker takes on every machine it runs on",
        ),
        (
            "192.168.0.0/24",
            "The tunnel prefix 192.168.0.0/24 takes 192.168.0.0/24, which many home routers use",
        ),
    ];
    let tunnel = |pool| json!({ "tunnel": [pool] });
    let pools = pools.into_iter();
    let pools = pools.map(|(pool, text)| example(text, tunnel, json!(pool), json!("10.77.7.0/24")));
    let met = example(
        "phone will meet 192.168.1.0/24 of nas in other places",
        |left_out| {
            let nas = nas(share("192.168.1.0/24", "route"));
            let phone = phone("phone", "10.10.0.4", json!({ "leaves_out": left_out }));
            json!({ "sites": [{ "name": "Home" }], "nodes": [vps(), nas, phone] })
        },
        json!([]),
        json!(["192.168.1.0/24"]),
    );
    pools.chain([met]).collect()
}

pub(super) fn no_way_back() -> Vec<Example> {
    let shared = |answers: Value| {
        let nas = nas(share("192.168.77.0/24", answers.as_str().unwrap()));
        json!({ "sites": [{ "name": "Home" }], "nodes": [vps(), nas] })
    };
    let text = "192.168.77.0/24 has no way back to the mesh";
    ["route", "translate"]
        .map(|way| example(text, shared, json!("nothing"), json!(way)))
        .into()
}

pub(super) fn neighbours() -> Vec<Example> {
    vec![example(
        "desk and nas stand at one site but talk through a relay",
        |stands| {
            let home = json!({ "name": "Home", "lans": ["192.168.1.0/24"] });
            let desk = at("desk", "10.10.0.3", "Home", stands, json!({}));
            json!({ "sites": [home], "nodes": [vps(), nas(json!({})), desk] })
        },
        json!({}),
        json!({ "lan_address": "192.168.1.10" }),
    )]
}

pub(super) fn multicast_names() -> Vec<Example> {
    vec![example(
        "Names under home.local belong to multicast DNS",
        |domain| json!({ "nodes": [vps()], "dns": { "domain": domain } }),
        json!("home.local"),
        json!("home.internal"),
    )]
}

/// A server that is dialled by a name may be dialled over IPv6, which takes 80 of 1500 bytes.
pub(super) fn large_packets() -> Vec<Example> {
    vec![example(
        "The MTU 1421 of nas is more than its link with vps carries",
        |mtu| {
            let public = json!({ "name": "vps.example.net" });
            let vps = host("vps", "10.10.0.1", public, json!({}));
            let nas = nas(json!({ "mtu": mtu }));
            json!({ "sites": [{ "name": "Home" }], "nodes": [vps, nas] })
        },
        json!(1421),
        json!(1420),
    )]
}

pub(super) fn not_random() -> Vec<Example> {
    let tunnel = |pool| json!({ "tunnel": [pool] });
    let random = || json!("fd3d:1cf6:6a5e::/64");
    vec![
        example(
            "The tunnel prefix fc3d:1cf6:6a5e::/64 lies in fc00::/8, which nobody may give to himself",
            tunnel,
            json!("fc3d:1cf6:6a5e::/64"),
            random(),
        ),
        example(
            "The tunnel prefix fd00:10:10::/64 does not look random",
            tunnel,
            json!("fd00:10:10::/64"),
            random(),
        ),
    ]
}
