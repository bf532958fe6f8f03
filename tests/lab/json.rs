//! A plan as plain JSON, and how the lab reads it.
//!
//! Not by the crate under test: the lab must not inherit a misunderstanding of where the machines
//! stand.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;

use ipnet::{IpNet, Ipv4Net};
use serde_json::Value;

use crate::lab::router::Prefixes;

/// The port of a plan that names none.
const WIREGUARD: u64 = 51820;

/// A plan under `tests/fixtures`.
pub(crate) fn fixture(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name);
    let text = fs::read_to_string(&path).expect("the fixture is there");
    serde_json::from_str(&text).expect("the fixture is JSON")
}

/// The LANs of a site. A prefix of each family lies on the first wire, the next two on the second.
pub(crate) fn lans(site: &Value) -> Vec<Prefixes> {
    let stated = list(&site["lans"]).iter().map(string).map(prefix);
    let (mut four, mut six) = (Vec::new(), Vec::new());
    for lan in stated {
        match lan {
            IpNet::V4(lan) => four.push(lan),
            IpNet::V6(lan) => six.push(lan),
        }
    }
    (0..four.len().max(six.len()))
        .map(|number| Prefixes {
            // What the plan does not know, the files must not need; but every LAN has IPv4.
            ipv4: four.get(number).copied().unwrap_or_else(|| {
                let third = u8::try_from(number).expect("a site has few LANs");
                Ipv4Net::new(Ipv4Addr::new(172, 29, third, 0), 24).expect("a constant length")
            }),
            ipv6: six.get(number).copied(),
        })
        .collect()
}

/// The port that a machine listens on.
pub(crate) fn listen_port(plan: &Value, node: &Value) -> u64 {
    let own = node["listen_port"].as_u64();
    own.or(plan["listen_port"].as_u64()).unwrap_or(WIREGUARD)
}

/// An IPv6 address of a fixture, if it has one there.
pub(crate) fn ipv6(value: &Value) -> Option<Ipv6Addr> {
    let text = value.as_str()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{text} is no IPv6 address")),
    )
}

/// An IPv4 address of a fixture.
pub(crate) fn ipv4(text: &str) -> Ipv4Addr {
    text.parse()
        .unwrap_or_else(|_| panic!("{text} is no IPv4 address"))
}

/// An address of a fixture.
pub(crate) fn address(text: &str) -> IpAddr {
    text.parse()
        .unwrap_or_else(|_| panic!("{text} is no address"))
}

/// A prefix of a fixture.
pub(crate) fn prefix(text: &str) -> IpNet {
    text.parse()
        .unwrap_or_else(|_| panic!("{text} is no prefix"))
}

/// A field that the format requires as text.
pub(crate) fn string(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("the plan has {value} where the lab needs text"))
}

/// A list, empty where the plan leaves it out.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
