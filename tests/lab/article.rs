//! The three machines of the article: a server, a NAS at home and a Pi at a friend's place.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::lab::json::{fixture, ipv4};
use crate::lab::keys;
use crate::lab::matrix::Outcome::{self, Direct, Nothing};
use crate::lab::matrix::via;
use crate::lab::network::Lab;
use crate::lab::node::Node;
use crate::lab::plan::Staged;
use crate::lab::router::Home;

/// The article's three machines, each dialler behind a router of its own.
struct Three {
    lab: Lab,
    _homes: [Home; 2],
    vps: Arc<Node>,
    nas: Arc<Node>,
    pi: Arc<Node>,
}

impl Three {
    fn new() -> Self {
        let lab = Lab::new();
        let vps = lab.internet_host("vps", Some(ipv4("203.0.113.1")), None);
        let home = lab.home(
            "Home",
            ipv4("198.51.100.1"),
            &["192.168.1.0/24".parse().unwrap()],
        );
        let friend = lab.home(
            "Friend's place",
            ipv4("198.51.100.2"),
            &["192.168.178.0/24".parse().unwrap()],
        );
        let nas = home.host("nas", Some(ipv4("192.168.1.10").into()));
        let pi = friend.host("pi", Some(ipv4("192.168.178.20").into()));
        Self {
            lab,
            _homes: [home, friend],
            vps,
            nas,
            pi,
        }
    }

    /// What the article says about forwarding on the server, in a file that `sysctl` does read.
    fn forward_on_vps(&self) {
        self.vps
            .apply_sysctl("net.ipv4.ip_forward = 1\nnet.ipv6.conf.all.forwarding = 1\n");
    }

    /// Brings the interfaces up in the article's order: the server first.
    fn up(&self, configs: &BTreeMap<&str, String>) {
        for node in [&self.vps, &self.nas, &self.pi] {
            node.up_with("wg0", &configs[node.name()]);
        }
    }

    /// Expects that both diallers and the server reach each other, and what is given between the
    /// diallers: from nas to pi, and back.
    fn expect_between_the_diallers(&self, there: &Outcome, back: &Outcome) {
        let points = [
            self.vps.at("10.10.0.1"),
            self.nas.at("10.10.0.2"),
            self.pi.at("10.10.0.3"),
        ];
        self.lab.measure(&points).expect([
            ("vps>nas", Direct),
            ("vps>pi", Direct),
            ("nas>vps", Direct),
            ("pi>vps", Direct),
            ("nas>pi", there.clone()),
            ("pi>nas", back.clone()),
        ]);
    }
}

/// Fills the placeholders of the printed configs with fresh keys and changes nothing else.
fn printed() -> BTreeMap<&'static str, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/article-as-printed");
    let mut values = Vec::new();
    for node in ["vps", "nas", "pi"] {
        let private = keys::private();
        values.push((format!("<{node}_public_key>"), keys::public(&private)));
        values.push((format!("<{node}_private_key>"), private));
    }
    for pair in ["vps_nas", "vps_pi", "nas_pi"] {
        values.push((format!("<psk_{pair}>"), keys::preshared()));
    }
    ["vps", "nas", "pi"]
        .into_iter()
        .map(|node| {
            let text = fs::read_to_string(folder.join(format!("{node}.conf")))
                .expect("the fixture is there");
            let filled = values.iter().fold(text, |text, (placeholder, value)| {
                text.replace(placeholder, value)
            });
            assert!(
                !filled.contains('<'),
                "a placeholder of {node} has no value"
            );
            (node, filled)
        })
        .collect()
}

/// The printed configs with option B carried through on the machines named: no peer block for the
/// other dialler, whose address then goes to the server.
fn with_option_b(on: &[&str]) -> BTreeMap<&'static str, String> {
    let mut configs = printed();
    for (node, other, other_address) in [("nas", "pi", "10.10.0.3"), ("pi", "nas", "10.10.0.2")] {
        if on.contains(&node) {
            let config = &configs[node];
            let heading = config
                .find(&format!("[Peer]\n# {other}"))
                .expect("the block is printed last");
            let kept = config.split_at(heading).0;
            let relayed = kept.replace(
                "AllowedIPs = 10.10.0.1/32",
                &format!("AllowedIPs = 10.10.0.1/32, {other_address}/32"),
            );
            configs.insert(node, relayed);
        }
    }
    configs
}

/// The article promises a full mesh. Two of its three links work; the one between the two diallers
/// never can, because neither file says where the other is.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn article_as_printed_leaves_nas_and_pi_apart() {
    let three = Three::new();
    three.forward_on_vps();
    three.up(&printed());
    three.expect_between_the_diallers(&Nothing, &Nothing);
}

/// The article's own way out works once both ends take it. It shows that the lab can see a relay.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn option_b_on_both_ends_relays_through_vps() {
    let three = Three::new();
    three.forward_on_vps();
    three.up(&with_option_b(&["nas", "pi"]));
    three.expect_between_the_diallers(&via(["vps"]), &via(["vps"]));
}

/// As the article prints option B, nas alone is changed. Then pi drops what comes from the server
/// in the name of nas, because it would answer nas through another peer.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn option_b_on_one_end_is_dropped_at_the_other() {
    let three = Three::new();
    three.forward_on_vps();
    three.up(&with_option_b(&["nas"]));
    three.expect_between_the_diallers(&Nothing, &Nothing);
}

/// Without forwarding the server drops what it should pass on, which shows that the machines of the
/// lab forward nothing by themselves.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn option_b_needs_forwarding_on_vps() {
    let three = Three::new();
    three.up(&with_option_b(&["nas", "pi"]));
    three.expect_between_the_diallers(&Nothing, &Nothing);
}

/// The same three machines from our files: every pair gets through, and so does the LAN that nas
/// shares, although pi and nas can never dial each other.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn our_files_let_every_pair_through() {
    let mut staged = Staged::new(fixture("article.json"));
    staged.lan_host("Home", "192.168.1.50");
    staged.up();
    staged.measure().expect([
        ("vps>nas", Direct),
        ("vps>pi", Direct),
        ("nas>vps", Direct),
        ("pi>vps", Direct),
        ("nas>pi", via(["vps"])),
        ("pi>nas", via(["vps"])),
        ("nas>192.168.1.50", Direct),
        ("vps>192.168.1.50", via(["nas"])),
        ("pi>192.168.1.50", via(["vps", "nas"])),
        ("192.168.1.50>nas", Direct),
        ("192.168.1.50>vps", via(["nas"])),
        ("192.168.1.50>pi", via(["nas", "vps"])),
    ]);
}
