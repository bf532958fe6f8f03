//! Files that were changed where LANs with IPv6 are shared.

use crate::lab::broken::cases::{Case, three};
use crate::lab::broken::edit::{Edit, set, without_hook, without_sysctl};
use crate::lab::look::FAMILIES;
use crate::lab::matrix::Outcome::{self, Direct, Nothing, OneWay};
use crate::lab::matrix::via;

/// What the whole files do: all dial vps, the hosts of the LAN behind nas know the way back, pi
/// translates, and the hosts behind desk do not know where to answer.
pub(super) fn lans() -> Vec<(&'static str, Outcome)> {
    vec![
        ("vps>nas", Direct),
        ("vps>pi", Direct),
        ("vps>desk", Direct),
        ("nas>vps", Direct),
        ("pi>vps", Direct),
        ("desk>vps", Direct),
        ("nas>pi", via(["vps"])),
        ("nas>desk", via(["vps"])),
        ("pi>nas", via(["vps"])),
        ("pi>desk", via(["vps"])),
        ("desk>nas", via(["vps"])),
        ("desk>pi", via(["vps"])),
        ("vps>fd01:0:0:1::/64", via(["nas"])),
        ("pi>fd01:0:0:1::/64", via(["vps", "nas"])),
        ("desk>fd01:0:0:1::/64", via(["vps", "nas"])),
        ("vps>fd02:0:0:178::/64", via(["pi"])),
        ("nas>fd02:0:0:178::/64", via(["vps", "pi"])),
        ("desk>fd02:0:0:178::/64", via(["vps", "pi"])),
        ("vps>fd03:0:0:10::/64", OneWay),
        ("nas>fd03:0:0:10::/64", OneWay),
        ("pi>fd03:0:0:10::/64", OneWay),
    ]
}

fn six(
    name: &'static str,
    edits: impl Into<Vec<Edit>>,
    changed: Vec<(&'static str, Outcome)>,
) -> Case {
    Case {
        plan: "lab/ipv6-lans.json",
        family: FAMILIES[1],
        ..three(name, edits, changed)
    }
}

/// The LAN behind pi is reached from nowhere.
fn no_lan_behind_pi() -> Vec<(&'static str, Outcome)> {
    ["vps", "nas", "desk"]
        .map(|from| match from {
            "vps" => ("vps>fd02:0:0:178::/64", Nothing),
            "nas" => ("nas>fd02:0:0:178::/64", Nothing),
            _ => ("desk>fd02:0:0:178::/64", Nothing),
        })
        .into()
}

/// Every case.
pub(super) fn cases() -> Vec<Case> {
    let beside_all = "10.10.0.0/24, fd5e:3a1c:77b2::/64, fd01:0:0:1::/64, fd02:0:0:178::/64, \
                      fd03:0:0:10::/64, 192.168.1.0/24";
    vec![
        // Linux gives a LAN the metric 256 and a route that `wg-quick` adds the metric 1024. So nothing
        // is refused, and the LAN keeps its packets.
        six(
            "the own LAN of IPv6 among the allowed IPs",
            [set("pi", "vps", "AllowedIPs", beside_all)],
            vec![],
        ),
        six(
            "the shared LAN of IPv6 among the gateway's allowed IPs",
            [set(
                "nas",
                "vps",
                "AllowedIPs",
                "10.10.0.0/24, 192.168.178.0/24, fd5e:3a1c:77b2::/64, fd01:0:0:1::/64, \
                 fd02:0:0:178::/64, fd03:0:0:10::/64",
            )],
            vec![],
        ),
        six(
            "a gateway that does not forward IPv6",
            [without_sysctl("pi")],
            no_lan_behind_pi(),
        ),
        six(
            "a gateway that translates IPv4 alone",
            [without_hook("pi", "ip6 saddr")],
            vec![
                ("vps>fd02:0:0:178::/64", OneWay),
                ("nas>fd02:0:0:178::/64", OneWay),
                ("desk>fd02:0:0:178::/64", OneWay),
            ],
        ),
        six(
            "a relay that does not know the LAN of IPv6",
            [set(
                "vps",
                "pi",
                "AllowedIPs",
                "10.10.0.3/32, fd5e:3a1c:77b2::3/128, 192.168.178.0/24",
            )],
            no_lan_behind_pi(),
        ),
    ]
}
