//! The table of broken files.

use std::collections::BTreeMap;

use crate::lab::broken::edit::{Edit, foreign, set, without, without_sysctl};
use crate::lab::look::{FAMILIES, Family};
use crate::lab::matrix::Outcome::{self, Direct, Nothing, OneWay};
use crate::lab::matrix::via;

/// A plan whose files were changed, and what becomes of its pairs.
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) plan: &'static str,
    pub(super) edits: Vec<Edit>,
    /// What `wg-quick` says on each machine that it does not bring up.
    pub(super) refused: &'static [&'static str],
    /// The family inside the tunnel that is looked at.
    pub(super) family: Family,
    /// Pairs that do not work until everybody has spoken.
    pub(super) asleep: &'static [&'static str],
    /// The pairs that do something else than with whole files.
    pub(super) changed: Vec<(&'static str, Outcome)>,
}

impl Case {
    /// What every pair of the case does.
    pub(super) fn expected(&self) -> BTreeMap<String, Outcome> {
        let whole = match self.plan {
            "article.json" => article(),
            "ipv6-homes.json" => homes(),
            "lab/ipv6-lans.json" => super::ipv6::lans(),
            other => panic!("it is not known what {other} does"),
        };
        whole
            .into_iter()
            .chain(self.changed.iter().cloned())
            .map(|(pair, outcome)| (pair.to_owned(), outcome))
            .collect()
    }
}

/// What the whole files of the article's three machines do: nas and pi dial vps, and nas shares its
/// LAN, whose router knows the way back.
fn article() -> Vec<(&'static str, Outcome)> {
    vec![
        ("vps>nas", Direct),
        ("vps>pi", Direct),
        ("nas>vps", Direct),
        ("pi>vps", Direct),
        ("nas>pi", via(["vps"])),
        ("pi>nas", via(["vps"])),
        ("vps>192.168.1.0/24", via(["nas"])),
        ("pi>192.168.1.0/24", via(["vps", "nas"])),
    ]
}

/// What the whole files of two homes behind IPv6 firewalls do: nas and pi open the way together.
fn homes() -> Vec<(&'static str, Outcome)> {
    vec![
        ("nas>pi", Direct),
        ("pi>nas", Direct),
        ("nas>tv", Direct),
        ("tv>nas", Direct),
        ("pi>tv", via(["vps"])),
        ("tv>pi", via(["vps"])),
        ("nas>vps", Direct),
        ("vps>nas", Direct),
        ("pi>vps", Direct),
        ("vps>pi", Direct),
        ("tv>vps", Direct),
        ("vps>tv", Direct),
    ]
}

/// The LAN is reached as before, but no word of nas itself is accepted, so that it is a hop without a
/// name.
fn nas_has_no_name(from: &'static str) -> (&'static str, Outcome) {
    match from {
        "vps" => ("vps>192.168.1.0/24", via(["?"])),
        _ => ("pi>192.168.1.0/24", via(["vps", "?"])),
    }
}

/// Each pair does nothing any more.
fn nothing<const N: usize>(pairs: [&'static str; N]) -> Vec<(&'static str, Outcome)> {
    pairs.map(|pair| (pair, Nothing)).into()
}

/// All pairs that end at nas or begin there.
fn nas_is_cut_off() -> Vec<(&'static str, Outcome)> {
    nothing([
        "vps>nas",
        "nas>vps",
        "nas>pi",
        "pi>nas",
        "vps>192.168.1.0/24",
        "pi>192.168.1.0/24",
    ])
}

/// All pairs that end at pi or begin there.
fn pi_is_cut_off() -> Vec<(&'static str, Outcome)> {
    nothing(["vps>pi", "pi>vps", "nas>pi", "pi>nas", "pi>192.168.1.0/24"])
}

/// A case of the article's three machines.
pub(super) fn three(
    name: &'static str,
    edits: impl Into<Vec<Edit>>,
    changed: Vec<(&'static str, Outcome)>,
) -> Case {
    Case {
        name,
        plan: "article.json",
        edits: edits.into(),
        refused: &[],
        family: FAMILIES[0],
        asleep: &[],
        changed,
    }
}

/// Every case.
pub(super) fn all() -> Vec<Case> {
    [
        who_is_who(),
        who_owns_a_prefix(),
        the_way_there(),
        machines(),
        super::ipv6::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Keys, endpoints and keepalives: whether there is a session.
fn who_is_who() -> Vec<Case> {
    vec![
        three(
            "a wrong public key",
            [foreign("pi", "vps", "PublicKey")],
            pi_is_cut_off(),
        ),
        three(
            "a preshared key at one end",
            [foreign("pi", "vps", "PresharedKey")],
            pi_is_cut_off(),
        ),
        three(
            "nobody has an endpoint",
            [without("nas", "vps", "Endpoint")],
            nas_is_cut_off(),
        ),
        three(
            "an endpoint with another port",
            [set("nas", "vps", "Endpoint", "203.0.113.1:51821")],
            nas_is_cut_off(),
        ),
        three(
            "another port to listen on",
            [set("vps", "Interface", "ListenPort", "51821")],
            [nas_is_cut_off(), pi_is_cut_off()].concat(),
        ),
        Case {
            asleep: &[
                "vps>nas",
                "pi>nas",
                "vps>192.168.1.0/24",
                "pi>192.168.1.0/24",
            ],
            ..three(
                "no keepalive",
                [without("nas", "vps", "PersistentKeepalive")],
                vec![],
            )
        },
        Case {
            plan: "ipv6-homes.json",
            ..three(
                "one firewall that nobody opens",
                [
                    without("pi", "nas", "Endpoint"),
                    without("pi", "nas", "PersistentKeepalive"),
                ],
                nothing(["nas>pi", "pi>nas"]),
            )
        },
        Case {
            plan: "ipv6-homes.json",
            asleep: &["nas>pi"],
            ..three(
                "a firewall that opens once its machine speaks",
                [without("pi", "nas", "PersistentKeepalive")],
                vec![],
            )
        },
    ]
}

/// Allowed IPs: which peer a packet goes to, and from which it is accepted.
fn who_owns_a_prefix() -> Vec<Case> {
    vec![
        three(
            "allowed IPs at one end only",
            [set(
                "pi",
                "vps",
                "AllowedIPs",
                "10.10.0.1/32, 192.168.1.0/24",
            )],
            [nothing(["nas>pi", "pi>nas"]), vec![nas_has_no_name("pi")]].concat(),
        ),
        three(
            "the relay does not know the LAN",
            [set("vps", "nas", "AllowedIPs", "10.10.0.2/32")],
            nothing(["vps>192.168.1.0/24", "pi>192.168.1.0/24"]),
        ),
        // The prefix moves to the peer that is configured last, and from nas it is refused.
        three(
            "a prefix under two peers, taken by the last",
            [set("vps", "pi", "AllowedIPs", "10.10.0.2/32, 10.10.0.3/32")],
            [
                nothing(["vps>nas", "nas>vps", "nas>pi", "pi>nas"]),
                vec![nas_has_no_name("vps"), nas_has_no_name("pi")],
            ]
            .concat(),
        ),
        three(
            "a prefix under two peers, which the last has anyway",
            [set(
                "vps",
                "nas",
                "AllowedIPs",
                "10.10.0.2/32, 10.10.0.3/32, 192.168.1.0/24",
            )],
            vec![],
        ),
        three(
            "a LAN under two peers, taken by the last",
            [set(
                "vps",
                "pi",
                "AllowedIPs",
                "10.10.0.3/32, 192.168.1.0/24",
            )],
            nothing(["vps>192.168.1.0/24", "pi>192.168.1.0/24"]),
        ),
        three(
            "a longer prefix inside a shorter one",
            [set(
                "vps",
                "nas",
                "AllowedIPs",
                "10.10.0.0/24, 192.168.1.0/24",
            )],
            vec![],
        ),
        three(
            "a longer prefix under another peer",
            [set(
                "vps",
                "pi",
                "AllowedIPs",
                "10.10.0.3/32, 192.168.1.128/25",
            )],
            nothing(["vps>192.168.1.0/24", "pi>192.168.1.0/24"]),
        ),
        three(
            "an endpoint inside the allowed IPs",
            [set(
                "nas",
                "vps",
                "AllowedIPs",
                "10.10.0.0/24, 203.0.113.0/24",
            )],
            nas_is_cut_off(),
        ),
        Case {
            refused: &["File exists"],
            ..three(
                "the own LAN among the allowed IPs",
                [set(
                    "pi",
                    "vps",
                    "AllowedIPs",
                    "10.10.0.0/24, 192.168.178.0/24",
                )],
                pi_is_cut_off(),
            )
        },
    ]
}

/// Forwarding and the ways back.
fn the_way_there() -> Vec<Case> {
    vec![
        three(
            "a relay that does not forward",
            [without_sysctl("vps")],
            nothing(["nas>pi", "pi>nas", "pi>192.168.1.0/24"]),
        ),
        three(
            "a relay whose firewall drops what it forwards",
            [set(
                "vps",
                "Interface",
                "PostUp",
                "iptables -A FORWARD -j DROP",
            )],
            nothing(["nas>pi", "pi>nas", "pi>192.168.1.0/24"]),
        ),
        three(
            "a gateway that does not forward",
            [without_sysctl("nas")],
            nothing(["vps>192.168.1.0/24", "pi>192.168.1.0/24"]),
        ),
        // Answers belong to a flow that began in the tunnel, and are left as they are.
        three(
            "a gateway that translates towards the tunnel",
            [set(
                "nas",
                "Interface",
                "PostUp",
                "iptables -t nat -A POSTROUTING -o %i -j MASQUERADE",
            )],
            vec![],
        ),
        three(
            "a gateway that lets nothing back out of the LAN",
            [set(
                "nas",
                "Interface",
                "PostUp",
                "iptables -A FORWARD -o %i -j DROP",
            )],
            vec![
                ("vps>192.168.1.0/24", OneWay),
                ("pi>192.168.1.0/24", OneWay),
            ],
        ),
    ]
}

/// Addresses and routes of a machine.
fn machines() -> Vec<Case> {
    vec![
        three(
            "another tunnel address",
            [set("nas", "Interface", "Address", "10.10.0.9/24")],
            [
                nothing(["vps>nas", "nas>vps", "nas>pi", "pi>nas"]),
                vec![nas_has_no_name("vps"), nas_has_no_name("pi")],
            ]
            .concat(),
        ),
        three(
            "a tunnel address without its network",
            [set("nas", "Interface", "Address", "10.10.0.2/32")],
            vec![],
        ),
        // The network of the address is on link, but the LAN behind nas is not.
        three(
            "no routes",
            [set("pi", "Interface", "Table", "off")],
            nothing(["pi>192.168.1.0/24"]),
        ),
        // What arrives is answered by way of the router at home.
        three(
            "neither network nor routes",
            [
                set("pi", "Interface", "Address", "10.10.0.3/32"),
                set("pi", "Interface", "Table", "off"),
            ],
            [
                pi_is_cut_off(),
                vec![("vps>pi", OneWay), ("nas>pi", OneWay)],
            ]
            .concat(),
        ),
    ]
}
