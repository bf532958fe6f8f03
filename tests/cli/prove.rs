//! `meshwright prove` says what becomes of packets, and which line is to blame.

use std::fmt::Write as _;
use std::fs;

use meshwright::keyring::PrivateKey;
use serde_json::Value;

use super::call::Desk;
use crate::support::{fixture_text, fixtures};

/// A folder with the article's plan and the files that follow from it in `out`.
pub(super) fn rendered(name: &str, fixture: &str) -> Desk {
    let desk = Desk::new(name, &fixture_text(fixture));
    assert_eq!(desk.render().code, 0);
    desk
}

/// What the program prints as JSON, with its exit status.
pub(super) fn report(desk: &Desk, arguments: &[&str]) -> (i32, Value) {
    let ended = desk.call(&[&["prove"], arguments, &["--json"]].concat());
    let report = serde_json::from_str(&ended.out)
        .unwrap_or_else(|error| panic!("{error}: {}{}", ended.out, ended.err));
    (ended.code, report)
}

/// The verdicts of all pairs, a word each.
fn words(report: &Value) -> Vec<String> {
    let pairs = report["pairs"].as_object().unwrap();
    let word = |(pair, value): (&String, &Value)| {
        let via: Vec<&str> = value["via"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        let via = if via.is_empty() {
            String::new()
        } else {
            format!(" {}", via.join(" "))
        };
        format!("{pair} {}{via}", value["verdict"].as_str().unwrap())
    };
    pairs.iter().map(word).collect()
}

/// The article's three configs with real keys in place of its placeholders.
fn article_as_printed(desk: &Desk, change: impl Fn(&str, String) -> String) {
    let key = |byte: u8| PrivateKey::from_random([byte; 32]);
    let keys = [("vps", key(1)), ("nas", key(2)), ("pi", key(3))];
    let preshared = ["psk_vps_nas", "psk_vps_pi", "psk_nas_pi"];
    fs::create_dir_all(desk.path("configs")).unwrap();
    for (name, _) in &keys {
        let path = fixtures().join(format!("article-as-printed/{name}.conf"));
        let mut text = fs::read_to_string(path).unwrap();
        for (name, key) in &keys {
            text = text.replace(&format!("<{name}_private_key>"), &key.to_secret_text());
            text = text.replace(
                &format!("<{name}_public_key>"),
                &key.derive_public().to_string(),
            );
        }
        for (number, name) in (10..).zip(preshared) {
            text = text.replace(
                &format!("<{name}>"),
                &PrivateKey::from_random([number; 32]).to_secret_text(),
            );
        }
        desk.write(&format!("configs/{name}.conf"), &change(name, text));
    }
}

/// Takes the block of a peer out of a config; a comment right below the header names it.
fn without_peer(text: &str, name: &str) -> String {
    let blocks: Vec<&str> = text.split("[Peer]").collect();
    let kept: Vec<&str> = blocks
        .into_iter()
        .filter(|block| !block.trim_start().starts_with(&format!("# {name}")))
        .collect();
    kept.join("[Peer]")
}

#[test]
fn a_plan_is_proved_on_the_files_that_follow_from_it() {
    let desk = rendered("prove-plan", "article");
    let ended = desk.call(&["prove", "plan.json", "--keyring", "keys.json"]);
    assert_eq!(
        (ended.code, ended.out.as_str(), ended.err.as_str()),
        (
            0,
            "6 of 6 pairs proved; 2 of 2 ways to shared LANs and exits\n",
            ""
        )
    );
    let (code, report) = report(&desk, &["plan.json", "--keyring", "keys.json"]);
    assert_eq!(code, 0);
    assert_eq!(
        words(&report),
        [
            "nas>pi via vps",
            "nas>vps direct",
            "pi>192.168.1.0/24 via vps",
            "pi>nas via vps",
            "pi>vps direct",
            "vps>192.168.1.0/24 direct",
            "vps>nas direct",
            "vps>pi direct",
        ]
    );
    let pair = &report["pairs"]["nas>pi"];
    assert_eq!(pair["at"], Value::Null);
    assert_eq!(pair["families"]["4"]["verdict"], "via");
    assert_eq!(pair["families"].as_object().unwrap().len(), 1);
    assert_eq!((&report["proved"], &report["of"]), (&6.into(), &6.into()));
}

/// An app that made its own key has a file that its owner wrote: nobody knows here what it says.
#[test]
fn an_app_with_its_own_key_is_named_and_not_called_broken() {
    let mut plan: Value = serde_json::from_str(&fixture_text("article-phone")).unwrap();
    let nodes = plan["nodes"].as_array_mut().unwrap();
    let phone = nodes
        .iter_mut()
        .find(|node| node["name"] == "phone")
        .unwrap();
    phone["public_key"] = PrivateKey::from_random([7; 32])
        .derive_public()
        .to_string()
        .into();
    let desk = Desk::new("prove-own-key", &plan.to_string());
    assert_eq!(desk.render().code, 0);
    let ended = desk.call(&["prove", "plan.json", "--keyring", "keys.json"]);
    assert_eq!(
        (ended.code, ended.out.as_str()),
        (
            0,
            "6 of 6 pairs proved, without phone: an app with its own key has a file of its own; \
             2 of 2 ways to shared LANs and exits\n"
        )
    );
    let (code, report) = report(&desk, &["plan.json", "--keyring", "keys.json"]);
    assert_eq!(
        (code, &report["unproved"]),
        (0, &serde_json::json!(["phone"]))
    );
    assert!(words(&report).iter().all(|word| !word.contains("phone")));
}

#[test]
fn a_phone_may_sleep() {
    let desk = rendered("prove-phone", "article-phone");
    let ended = desk.call(&["prove", "plan.json", "--keyring", "keys.json"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let expected =
        "12 of 12 pairs proved, 3 once phone has spoken; 3 of 3 ways to shared LANs and exits\n";
    assert_eq!(ended.out, expected);
}

#[test]
fn written_folders_are_proved_as_they_lie_there() {
    let desk = rendered("prove-folder", "article");
    for arguments in [&["out"][..], &["out", "--plan", "plan.json"]] {
        let (code, report) = report(&desk, arguments);
        assert_eq!(code, 0, "{arguments:?}: {report:#}");
        assert_eq!(report["proved"], 6, "{arguments:?}");
        assert_eq!(
            report["pairs"]["nas>pi"]["via"],
            serde_json::json!(["vps"]),
            "{arguments:?}"
        );
    }
}

/// The reference's second golden case: forwarding is missing on the relay.
#[test]
fn a_relay_that_does_not_forward_is_found() {
    let desk = rendered("prove-forwarding", "article");
    fs::remove_file(desk.path("out/vps/etc/sysctl.d/99-wg-mesh.conf")).unwrap();
    let (code, report) = report(&desk, &["out", "--plan", "plan.json"]);
    assert_eq!(code, 1);
    for pair in ["nas>pi", "pi>nas"] {
        assert_eq!(report["pairs"][pair]["verdict"], "broken", "{pair}");
        assert_eq!(report["pairs"][pair]["at"], "vps/wg0.conf:2", "{pair}");
        let why = report["pairs"][pair]["why"].as_str().unwrap();
        assert!(
            why.contains("vps does not forward IPv4") && why.contains("net.ipv4.ip_forward"),
            "{why}"
        );
    }
    assert_eq!(report["pairs"]["nas>vps"]["verdict"], "direct");
    let text = "net.ipv4.ip_forward = 0\n";
    desk.write("out/vps/etc/sysctl.d/99-wg-mesh.conf", text);
    let (_, report) = self::report(&desk, &["out", "--plan", "plan.json"]);
    assert_eq!(
        report["pairs"]["nas>pi"]["at"],
        "vps/etc/sysctl.d/99-wg-mesh.conf:1"
    );
}

/// The reference's first golden case: neither dialler has an Endpoint for the other.
#[test]
fn the_article_as_printed_leaves_its_diallers_apart() {
    let desk = Desk::new("prove-printed", "");
    article_as_printed(&desk, |_, text| text);
    let (code, report) = report(&desk, &["configs"]);
    assert_eq!(code, 1, "{report:#}");
    assert_eq!(
        words(&report),
        [
            "nas>pi broken",
            "nas>vps direct",
            "pi>nas broken",
            "pi>vps direct",
            "vps>nas direct",
            "vps>pi direct"
        ]
    );
    let pair = &report["pairs"]["nas>pi"];
    assert_eq!(pair["at"], "nas.conf:16");
    assert_eq!(
        pair["why"],
        "Neither nas nor pi has an Endpoint for the other, so no handshake ever begins."
    );
    let supposed: Vec<&str> = report["supposed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect();
    assert_eq!(
        supposed,
        [
            "vps is dialled at the Endpoints that others have there.",
            "nas and pi stand behind NAT, since nobody has an Endpoint for them on the internet.",
        ]
    );
}

/// The article's option B, done on both sides, and on one side only.
#[test]
fn option_b_has_to_be_done_on_both_sides() {
    let relayed = |text: &str, other: &str, prefix: &str| {
        without_peer(text, other).replace(
            "AllowedIPs = 10.10.0.1/32",
            &format!("AllowedIPs = 10.10.0.1/32, {prefix}"),
        )
    };
    let both = |name: &str, text: String| match name {
        "nas" => relayed(&text, "pi", "10.10.0.3/32"),
        "pi" => relayed(&text, "nas", "10.10.0.2/32"),
        _ => text,
    };
    let desk = Desk::new("prove-option-b", "");
    article_as_printed(&desk, both);
    let (code, whole) = report(&desk, &["configs"]);
    assert_eq!(code, 0, "{whole:#}");
    assert_eq!(whole["pairs"]["nas>pi"]["via"], serde_json::json!(["vps"]));
    let supposed = whole["supposed"].to_string();
    assert!(supposed.contains("vps forwards packets"), "{supposed}");

    article_as_printed(&desk, |name, text| {
        if name == "nas" {
            both(name, text)
        } else {
            text
        }
    });
    let (code, half) = report(&desk, &["configs"]);
    assert_eq!(code, 1);
    let there = &half["pairs"]["nas>pi"];
    assert_eq!(
        (&there["verdict"], &there["at"]),
        (&"broken".into(), &"pi.conf:20".into())
    );
    let why = there["why"].as_str().unwrap();
    assert!(
        why.contains("pi drops packets from 10.10.0.2 that come from vps"),
        "{why}"
    );
    assert_eq!(half["pairs"]["pi>nas"]["verdict"], "broken");
}

#[test]
fn what_cannot_be_read_is_one_clear_line() {
    let desk = Desk::new("prove-mistakes", &fixture_text("article"));
    fs::create_dir_all(desk.path("empty")).unwrap();
    desk.write("empty/dnsmasq.conf", "interface=wg0\n");
    for (arguments, says) in [
        (&["empty"][..], "no WireGuard config is here"),
        (&["plan.json"], "add --keyring FILE"),
        (
            &["nothing.json", "--keyring", "keys.json"],
            "there is no such file",
        ),
        (
            &["empty", "--keyring", "keys.json"],
            "--keyring belongs to a plan",
        ),
        (
            &["plan.json", "--keyring", "k", "--plan", "plan.json"],
            "this is no folder",
        ),
    ] {
        let ended = desk.call(&[&["prove"], arguments].concat());
        let line = ended.refused();
        assert!(line.contains(says), "{arguments:?}: {line}");
    }
}

/// A config that its reader refuses takes its machine out, and the line is named.
#[test]
fn a_refused_config_is_named_with_its_line() {
    let desk = rendered("prove-refused", "article");
    let text = desk
        .read("out/pi/wg0.conf")
        .replace("ListenPort = 51820", "ListenPort = many");
    desk.write("out/pi/wg0.conf", &text);
    let (code, report) = report(&desk, &["out", "--plan", "plan.json"]);
    assert_eq!(code, 1);
    for pair in ["pi>vps", "vps>pi", "nas>pi"] {
        assert_eq!(report["pairs"][pair]["verdict"], "broken", "{pair}");
        assert_eq!(report["pairs"][pair]["at"], "pi/wg0.conf:5", "{pair}");
    }
    assert_eq!(report["pairs"]["nas>vps"]["verdict"], "direct");
}

/// Files that nobody here wrote: a port that a router forwards, a neighbour in the LAN, names that
/// no plan can hold. What was supposed is written down, corrected, and taken back.
#[test]
fn foreign_files_are_placed_by_their_endpoints() {
    let desk = Desk::new("prove-foreign", "");
    let key = |byte: u8| PrivateKey::from_random([byte; 32]);
    let config = |own: u8, address: &str, peers: &[(u8, &str, &str)]| {
        let mut text = format!(
            "[Interface]\nPrivateKey = {}\nAddress = {address}/24\nListenPort = 51820\n",
            key(own).to_secret_text().as_str()
        );
        for (peer, allowed, rest) in peers {
            let key = key(*peer).derive_public();
            text.push_str("[Peer]\n");
            writeln!(text, "PublicKey = {key}\nAllowedIPs = {allowed}\n{rest}").unwrap();
        }
        text
    };
    let files = [
        (
            "Office Gateway of Ann",
            config(
                1,
                "10.9.0.1",
                &[
                    (2, "10.9.0.2/32", "Endpoint = 192.168.5.20:51820"),
                    (3, "10.9.0.3/32", ""),
                ],
            ),
        ),
        (
            "printer",
            config(
                2,
                "10.9.0.2",
                &[(1, "10.9.0.1/32", "Endpoint = 192.168.5.10:51820")],
            ),
        ),
        (
            "laptop",
            config(
                3,
                "10.9.0.3",
                &[(
                    1,
                    "10.9.0.1/32",
                    "Endpoint = 198.51.100.9:40000\nPersistentKeepalive = 25",
                )],
            ),
        ),
    ];
    fs::create_dir_all(desk.path("configs")).unwrap();
    for (name, text) in &files {
        desk.write(&format!("configs/{name}.conf"), text);
    }
    desk.write(
        "configs/unrelated.conf",
        "[Unit]\nDescription = no tunnel\n",
    );
    let (code, before) = report(&desk, &["configs", "--write-plan", "supposed.json"]);
    assert_eq!(code, 1);
    assert_eq!(
        words(&before),
        [
            "Office Gateway of Ann>laptop direct",
            "Office Gateway of Ann>printer direct",
            "laptop>Office Gateway of Ann direct",
            "laptop>printer broken",
            "printer>Office Gateway of Ann direct",
            "printer>laptop broken",
        ]
    );
    let why = before["pairs"]["laptop>printer"]["why"].as_str().unwrap();
    assert!(
        why.contains("No peer of laptop has 10.9.0.2 among its AllowedIPs"),
        "{why}"
    );

    // The router does not forward that port after all.
    let mut plan: Value = serde_json::from_str(&desk.read("supposed.json")).unwrap();
    for node in plan["nodes"].as_array_mut().unwrap() {
        if let Some(site) = node["place"].get_mut("site") {
            site.as_object_mut().unwrap().remove("forward");
        }
    }
    desk.write("corrected.json", &plan.to_string());
    let (code, after) = report(&desk, &["configs", "--plan", "corrected.json"]);
    assert_eq!(code, 1);
    let pair = &after["pairs"]["laptop>Office Gateway of Ann"];
    assert_eq!(pair["verdict"], "broken");
    assert_eq!(pair["at"], "laptop.conf:8");
    assert_eq!(
        after["pairs"]["printer>Office Gateway of Ann"]["verdict"],
        "direct"
    );
}
