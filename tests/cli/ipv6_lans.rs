//! `meshwright prove` and LANs of IPv6 that a file sends into the tunnel although its machine stands
//! in them. The network lab measures the same files.

use serde_json::Value;

use super::call::Desk;
use super::prove::{rendered, report};

/// Adds a prefix to the allowed IPs of the peer that begins with the tunnel's own prefix.
fn allow(desk: &Desk, node: &str, prefix: &str) -> Value {
    let file = format!("out/{node}/wg0.conf");
    let before = desk.read(&file);
    let text = before.replace("AllowedIPs = ", &format!("AllowedIPs = {prefix}, "));
    assert_ne!(text, before, "{node} has no peer");
    desk.write(&file, &text);
    report(desk, &["out", "--plan", "plan.json"]).1
}

/// A route that `wg-quick` adds has the metric 1024 in IPv6, and that of the LAN 256: nothing is
/// refused, and packets to the LAN stay there.
#[test]
fn the_own_lan_of_ipv6_is_not_taken_away() {
    let desk = rendered("prove-own-lan-6", "lab/ipv6-lans");
    let whole = report(&desk, &["out", "--plan", "plan.json"]).1;
    for (node, prefix) in [
        // Where the machine has its fixed address, and where it has another one that nobody stated.
        ("pi", "fd02:0:0:178::/64"),
        ("nas", "fd01:0:0:1::/64"),
    ] {
        let changed = allow(&desk, node, prefix);
        for (pair, said) in whole["pairs"].as_object().unwrap() {
            let now = &changed["pairs"][pair];
            assert_eq!(now["verdict"], said["verdict"], "{node}: {pair}: {now}");
        }
    }
}

/// In IPv4 both routes have no metric. The kernel refuses the second, and `wg-quick` gives up.
#[test]
fn the_own_lan_of_ipv4_takes_the_tunnel_down() {
    let desk = rendered("prove-own-lan-4", "lab/ipv6-lans");
    let changed = allow(&desk, "nas", "192.168.1.0/24");
    let why = changed["pairs"]["nas>vps"]["why"].as_str().unwrap();
    assert!(why.contains("File exists"), "{why}");
}
