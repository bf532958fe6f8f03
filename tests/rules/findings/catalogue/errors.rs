//! What does not work.

use serde_json::json;

use super::{Example, example, nas, pi, share, two_sites};
use crate::rules::brief::{at, host, phone, vps};
use crate::rules::findings::{both_families, dual, with};

const KEY: &str = "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=";
const OTHER_KEY: &str = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=";

pub(super) fn unreachable() -> Vec<Example> {
    vec![example(
        "nas and pi cannot reach each other",
        |relays| {
            let vps = with(vps(), json!({ "relay": relays }));
            json!({ "sites": two_sites(), "nodes": [vps, nas(json!({})), pi(json!({}))] })
        },
        json!(false),
        json!(true),
    )]
}

pub(super) fn cannot_forward() -> Vec<Example> {
    vec![
        example(
            "phone cannot relay",
            |more| json!({ "nodes": [vps(), phone("phone", "10.10.0.2", more)] }),
            json!({ "relay": true }),
            json!({}),
        ),
        example(
            "phone cannot share 192.168.77.0/24",
            |more| json!({ "nodes": [vps(), phone("phone", "10.10.0.2", more)] }),
            share("192.168.77.0/24", "route"),
            json!({}),
        ),
        example(
            "nas and pi cannot go through desk",
            |via| {
                let choice = json!([{ "between": ["nas", "pi"], "choice": { "via": via } }]);
                let desk = at("desk", "10.10.0.4", "Third", json!({}), json!({}));
                let mut sites = two_sites();
                sites
                    .as_array_mut()
                    .unwrap()
                    .push(json!({ "name": "Third" }));
                let nodes = json!([vps(), nas(json!({})), pi(json!({})), desk]);
                json!({ "sites": sites, "nodes": nodes, "pairs": choice })
            },
            json!("desk"),
            json!("vps"),
        ),
    ]
}

pub(super) fn addresses() -> Vec<Example> {
    let of_nas = |addresses| {
        let nas = with(nas(json!({})), json!({ "addresses": addresses }));
        json!({ "sites": [{ "name": "Home" }], "nodes": [vps(), nas] })
    };
    let faults = [
        (json!([]), "nas has no tunnel address, so it takes no part"),
        (
            json!(["10.10.0.1"]),
            "vps cannot have 10.10.0.1: nas has this address",
        ),
        (
            json!(["10.99.0.1"]),
            "nas cannot have 10.99.0.1: this address lies outside the tunnel prefix 10.10.0.0/24",
        ),
        (
            json!(["10.10.0.0"]),
            "nas cannot have 10.10.0.0: the first and last address of a prefix belong to no machine",
        ),
        (
            json!(["10.10.0.255"]),
            "nas cannot have 10.10.0.255: the first and last address of a prefix belong to no machine",
        ),
        (
            json!(["10.10.0.2", "fd3d:1cf6:6a5e::2"]),
            "nas has fd3d:1cf6:6a5e::2, but the tunnel has no IPv6 prefix",
        ),
    ];
    let fine = || json!(["10.10.0.2"]);
    let all = faults.into_iter();
    all.map(|(fault, text)| example(text, of_nas, fault, fine()))
        .collect()
}

pub(super) fn same_twice() -> Vec<Example> {
    vec![example(
        "two has the public key of one",
        |key| {
            let one = host(
                "one",
                "10.10.0.1",
                json!({ "ipv4": "203.0.113.1" }),
                json!({ "public_key": KEY }),
            );
            let two = host(
                "two",
                "10.10.0.2",
                json!({ "ipv4": "203.0.113.2" }),
                json!({ "public_key": key }),
            );
            json!({ "nodes": [one, two] })
        },
        json!(KEY),
        json!(OTHER_KEY),
    )]
}

pub(super) fn endpoints_inside() -> Vec<Example> {
    vec![
        example(
            "nas shares 198.51.100.0/24, which holds the public address of far",
            |public| {
                let nas = nas(share("198.51.100.0/24", "route"));
                let far = host("far", "10.10.0.3", json!({ "ipv4": public }), json!({}));
                json!({ "sites": [{ "name": "Home" }], "nodes": [vps(), nas, far] })
            },
            json!("198.51.100.9"),
            json!("203.0.113.9"),
        ),
        example(
            "The tunnel prefix holds 203.0.113.1, where vps is dialled",
            |net| {
                let net = net.as_str().unwrap();
                let address = |last: u8| json!({ "addresses": [format!("{net}.{last}")] });
                let nodes = json!([with(vps(), address(5)), nas(address(6))]);
                let tunnel = json!([format!("{net}.0/24")]);
                json!({ "tunnel": tunnel, "sites": [{ "name": "Home" }], "nodes": nodes })
            },
            json!("203.0.113"),
            json!("10.10.0"),
        ),
    ]
}

pub(super) fn own_lan_hidden() -> Vec<Example> {
    vec![
        example(
            "The tunnel prefix overlaps 10.10.0.0/16, the LAN that nas stands in",
            |lan| {
                let home = json!({ "name": "Home", "lans": [lan] });
                json!({ "sites": [home], "nodes": [vps(), nas(json!({}))] })
            },
            json!("10.10.0.0/16"),
            json!("10.11.0.0/16"),
        ),
        example(
            "pi cannot reach 192.168.77.0/24 of nas",
            |lan| {
                let home = json!({ "name": "Home", "lans": ["192.168.77.0/24"] });
                let far = json!({ "name": "Far", "lans": [lan] });
                let nas = nas(share("192.168.77.0/24", "route"));
                json!({ "sites": [home, far], "nodes": [vps(), nas, pi(json!({}))] })
            },
            json!("192.168.77.0/24"),
            json!("192.168.78.0/24"),
        ),
    ]
}

pub(super) fn overlaps() -> Vec<Example> {
    vec![
        example(
            "pi shares 192.168.77.128/25, which overlaps 192.168.77.0/24 of nas",
            |prefix| {
                let nas = nas(share("192.168.77.0/24", "route"));
                let pi = pi(share(prefix.as_str().unwrap(), "route"));
                json!({ "sites": two_sites(), "nodes": [vps(), nas, pi] })
            },
            json!("192.168.77.128/25"),
            json!("192.168.78.128/25"),
        ),
        example(
            "nas shares 10.10.0.128/25, which overlaps the tunnel prefix 10.10.0.0/24",
            |prefix| {
                let nas = nas(share(prefix.as_str().unwrap(), "route"));
                json!({ "sites": [{ "name": "Home" }], "nodes": [vps(), nas] })
            },
            json!("10.10.0.128/25"),
            json!("10.10.1.0/25"),
        ),
    ]
}

pub(super) fn unknown_names() -> Vec<Example> {
    vec![
        example(
            "Nobody on the internet can look up nas.lan, the name of the router at Home",
            |name| {
                let home = json!({ "name": "Home", "public": { "name": name } });
                json!({ "sites": [home], "nodes": [vps(), nas(json!({}))] })
            },
            json!("nas.lan"),
            json!("nas.example.net"),
        ),
        example(
            "The domain is too long for the name of vps",
            |domain| json!({ "nodes": [vps()], "dns": { "domain": domain } }),
            // A host name has 253 letters at most, and `vps.` are four of them.
            json!(format!("{}bc", "a.".repeat(124))),
            json!(format!("{}b", "a.".repeat(124))),
        ),
    ]
}

pub(super) fn refused_by_apps() -> Vec<Example> {
    vec![example(
        "phone cannot keep its private key to itself",
        |platform| {
            let own = json!({ "public_key": KEY, "platform": platform });
            json!({ "nodes": [vps(), phone("phone", "10.10.0.4", own)] })
        },
        json!("ios"),
        json!("linux"),
    )]
}

pub(super) fn small_packets() -> Vec<Example> {
    let two = |more| {
        let nodes = json!([dual("vps", 1, json!({})), dual("two", 2, more)]);
        with(json!({ "nodes": nodes }), both_families())
    };
    vec![
        example(
            "The MTU 1279 of two is too small",
            two,
            json!({ "mtu": 1279 }),
            json!({ "mtu": 1280 }),
        ),
        // IPv6 inside needs 1280 bytes, and IPv4 or IPv6 outside takes up to 80.
        example(
            "The link between two and vps carries 1220 bytes inside the tunnel, which is too little",
            two,
            json!({ "uplink": 1280 }),
            json!({ "uplink": 1400 }),
        ),
    ]
}

pub(super) fn not_dialable() -> Vec<Example> {
    let home = |site| {
        let home = with(json!({ "name": "Home" }), site);
        let nas = at(
            "nas",
            "10.10.0.2",
            "Home",
            json!({ "forward": 51820 }),
            json!({}),
        );
        json!({ "sites": [home], "nodes": [vps(), nas] })
    };
    let public = || json!({ "public": { "ipv4": "198.51.100.7" } });
    vec![
        example(
            "The port forwarded to nas cannot be reached",
            home,
            json!({ "public": { "ipv4": "100.64.0.7" } }),
            public(),
        ),
        example(
            "Nobody can dial nas yet, although a port is forwarded to it",
            home,
            json!({}),
            public(),
        ),
        example(
            "nas and pi cannot talk directly",
            |choice| {
                let pairs = json!([{ "between": ["nas", "pi"], "choice": choice }]);
                let nodes = json!([vps(), nas(json!({})), pi(json!({}))]);
                json!({ "sites": two_sites(), "nodes": nodes, "pairs": pairs })
            },
            json!("direct"),
            json!({ "via": "vps" }),
        ),
    ]
}

pub(super) fn apart() -> Vec<Example> {
    vec![example(
        "new and old speak different IP versions, and no relay speaks both",
        |relays| {
            let of = |name: &str, number: u8, public| {
                let addresses = [
                    format!("10.10.0.{number}"),
                    format!("fd3d:1cf6:6a5e::{number}"),
                ];
                with(
                    host(name, "10.10.0.9", public, json!({})),
                    json!({ "addresses": addresses }),
                )
            };
            let old = of("old", 4, json!({ "ipv4": "203.0.113.4" }));
            let new = of("new", 6, json!({ "ipv6": "2001:db8::6" }));
            let nodes = json!([dual("vps", 1, json!({ "relay": relays })), old, new]);
            with(json!({ "nodes": nodes }), both_families())
        },
        json!(false),
        json!(true),
    )]
}

pub(super) fn exits() -> Vec<Example> {
    vec![example(
        "phone reaches the internet through vps, which does not lead there",
        |leads| {
            let vps = with(vps(), json!({ "exit": leads }));
            let phone = phone("phone", "10.10.0.2", json!({ "uses_exit": "vps" }));
            json!({ "nodes": [vps, phone] })
        },
        json!(false),
        json!(true),
    )]
}
