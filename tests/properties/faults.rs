//! Each mistake in a file is found at its line. The lines are those of the files that
//! `tests/snapshots/files-article-phone.snap` shows.

use meshwright::keyring::PrivateKey;
use meshwright::mesh::solve;
use meshwright::plan::{NodeName, Plan};
use meshwright::proof::{MachineFiles, Proof, World};
use meshwright::render::Kind;

use crate::support::{counted_keyring, files_with, fixture};

/// The article's machines and a phone, with the files that follow from the plan.
pub(super) struct Files {
    pub(super) plan: Plan,
    /// Name, path, text of each config and each settings file.
    texts: Vec<(NodeName, Kind, String, String)>,
}

impl Files {
    pub(super) fn new() -> Self {
        let plan = fixture("article-phone");
        let mesh = solve(&plan);
        let written = files_with(&plan, &mesh, &counted_keyring(&mesh));
        let texts = written
            .iter()
            .filter(|file| matches!(file.kind, Kind::Config | Kind::Sysctl))
            .map(|file| {
                let node = &plan.nodes[file.node.as_ref().unwrap()];
                let text = file.secret_text().to_owned();
                (node.name.clone(), file.kind, file.path.clone(), text)
            })
            .collect();
        Self { plan, texts }
    }

    /// Changes the config of a machine; a text that is not there would be a mistake of the test.
    pub(super) fn change(mut self, name: &str, from: &str, to: &str) -> Self {
        let (_, _, _, text) = self
            .texts
            .iter_mut()
            .find(|(node, kind, ..)| node.as_str() == name && *kind == Kind::Config)
            .unwrap();
        assert!(text.contains(from), "{from} is not in the file of {name}");
        *text = text.replacen(from, to, 1);
        self
    }

    /// A value of a machine's config.
    fn value(&self, name: &str, key: &str) -> String {
        let mut texts = self.texts.iter();
        let (_, _, _, text) = texts
            .find(|(node, kind, ..)| node.as_str() == name && *kind == Kind::Config)
            .unwrap();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap();
        line.split_once(" = ").unwrap().1.to_owned()
    }

    fn prove(&self) -> Proof {
        let configs = self
            .texts
            .iter()
            .filter(|(_, kind, ..)| *kind == Kind::Config);
        let machines: Vec<MachineFiles> = configs
            .map(|(name, _, path, text)| {
                let (_, node) = self.plan.node_named(name.as_str()).unwrap();
                let files = MachineFiles::read(name.as_str(), node.platform, path, text);
                let mut settings = self.texts.iter();
                match settings.find(|(other, kind, ..)| other == name && *kind == Kind::Sysctl) {
                    Some((_, _, path, text)) => files.with_sysctl(path, text),
                    None => files,
                }
            })
            .collect();
        World::new(&self.plan, &machines).prove()
    }
}

/// What a proof says of a pair: the verdict, the line and the sentence.
fn said(proof: &Proof, pair: &str) -> (String, String, String) {
    let found = proof.asked().find(|(from, target, ..)| {
        format!("{}>{}", proof.name(*from), proof.target_name(*target)) == pair
    });
    let (from, target, _, outcome) = found.unwrap_or_else(|| panic!("{pair} is not asked for"));
    let fault = outcome.fault.as_deref();
    let at = fault.and_then(|fault| proof.place(fault.machine, fault.line?));
    let word = outcome.verdict.word().to_owned();
    (
        word,
        at.unwrap_or_default(),
        proof.why(from, target, outcome),
    )
}

/// Expects a verdict, a line, and words of the sentence.
pub(super) fn expect(files: &Files, cases: &[(&str, &str, &str, &str)]) {
    let proof = files.prove();
    for (pair, word, at, words) in cases {
        let found = said(&proof, pair);
        assert_eq!(
            (found.0.as_str(), found.1.as_str()),
            (*word, *at),
            "{pair}: {}",
            found.2
        );
        assert!(found.2.contains(words), "{pair}: {}", found.2);
    }
}

#[test]
fn the_unchanged_files_are_right() {
    let cases = [
        ("nas>pi", "via", "", "over vps to pi"),
        ("nas>vps", "direct", "", "answers come back"),
        ("pi>phone", "dormant", "", "once phone has spoken"),
        ("phone>pi", "via", "", "over vps"),
        ("pi>192.168.1.0/24", "via", "", "which nas shares"),
    ];
    expect(&Files::new(), &cases);
}

/// Reference, section 0.1: of one prefix on two peers the last has it.
#[test]
fn a_prefix_on_two_peers_belongs_to_the_last() {
    let files = Files::new().change("vps", "10.10.0.3/32", "10.10.0.3/32, 10.10.0.2/32");
    let cases = [
        (
            "vps>nas",
            "broken",
            "pi/wg0.conf:2",
            "pi does not forward IPv4",
        ),
        (
            "nas>vps",
            "broken",
            "vps/wg0.conf:23",
            "its AllowedIPs give 10.10.0.2 to pi",
        ),
        ("pi>vps", "direct", "", ""),
    ];
    expect(&files, &cases);
}

#[test]
fn a_wrong_public_key_is_a_stranger_on_both_sides() {
    let files = Files::new();
    let right = files.value("nas", "PublicKey");
    let wrong = PrivateKey::from_random([9; 32]).derive_public().to_string();
    let files = files.change("nas", &right, &wrong);
    let cases = [
        (
            "nas>vps",
            "broken",
            "nas/wg0.conf:10",
            "a public key that no machine here has",
        ),
        (
            "vps>nas",
            "broken",
            "nas/wg0.conf:2",
            "nas has no [Peer] block with the key of vps",
        ),
    ];
    expect(&files, &cases);
}

#[test]
fn preshared_keys_have_to_be_the_same() {
    let files = Files::new();
    let right = files.value("nas", "PresharedKey");
    let files = files.change(
        "nas",
        &right,
        PrivateKey::from_random([9; 32]).to_secret_text().as_str(),
    );
    expect(
        &files,
        &[(
            "nas>vps",
            "broken",
            "nas/wg0.conf:11",
            "preshared keys of nas and vps differ",
        )],
    );
}

#[test]
fn an_endpoint_has_to_lead_to_its_machine() {
    let endpoint = "Endpoint = 203.0.113.1:51820";
    for (other, words) in [
        (
            "Endpoint = 203.0.113.1:51821",
            "at the wrong port: vps is found there at port 51820",
        ),
        ("Endpoint = 203.0.113.2:51820", "leads to nobody"),
        (
            "Endpoint = 192.168.9.9:51820",
            "an address that the internet does not deliver to",
        ),
        (
            "Endpoint = [2001:db8::1]:51820",
            "nas has no IPv6 to dial vps with",
        ),
        (
            "Endpoint = 10.10.0.1:51820",
            "run into the tunnel that they carry",
        ),
    ] {
        let files = Files::new().change("nas", endpoint, other);
        let case = [
            ("nas>vps", "broken", "nas/wg0.conf:12", words),
            ("nas>pi", "broken", "nas/wg0.conf:12", words),
        ];
        expect(&files, &case);
    }
    let none = Files::new().change("nas", endpoint, "");
    expect(
        &none,
        &[(
            "nas>vps",
            "broken",
            "nas/wg0.conf:7",
            "Neither nas nor vps has an Endpoint",
        )],
    );
}

/// Reference, section 5.2: whoever must be reached while idle keeps the way open.
#[test]
fn a_missing_keepalive_lets_a_machine_fall_asleep() {
    for other in ["", "PersistentKeepalive = 0", "PersistentKeepalive = 300"] {
        let files = Files::new().change("nas", "PersistentKeepalive = 25", other);
        let at = if other.is_empty() {
            "nas/wg0.conf:7"
        } else {
            "nas/wg0.conf:14"
        };
        let cases = [
            (
                "vps>nas",
                "dormant",
                at,
                "nas must be reachable while it is silent",
            ),
            (
                "pi>nas",
                "dormant",
                at,
                "nas must be reachable while it is silent",
            ),
            ("nas>vps", "direct", "", ""),
        ];
        expect(&files, &cases);
        assert!(!files.prove().tally(|_, _| true).is_whole());
    }
}

#[test]
fn a_dialled_machine_needs_a_port_that_stays() {
    let files = Files::new().change("vps", "ListenPort = 51820", "");
    expect(
        &files,
        &[(
            "nas>vps",
            "broken",
            "nas/wg0.conf:12",
            "whose file has no ListenPort",
        )],
    );
    let files = Files::new().change("vps", "ListenPort = 51820", "ListenPort = 4500");
    expect(
        &files,
        &[(
            "nas>vps",
            "broken",
            "nas/wg0.conf:12",
            "whose file says ListenPort 4500",
        )],
    );
}

/// Reference, section 6.3: `wg-quick up` fails with "File exists" and takes the interface down.
#[test]
fn the_own_lan_among_allowed_ips_takes_a_machine_down() {
    let files = Files::new().change("pi", "192.168.1.0/24", "192.168.1.0/24, 192.168.178.0/24");
    let cases = [
        ("pi>vps", "broken", "pi/wg0.conf:13", "File exists"),
        (
            "vps>pi",
            "broken",
            "pi/wg0.conf:13",
            "pi stands in 192.168.178.0/24 itself",
        ),
        ("nas>vps", "direct", "", ""),
    ];
    expect(&files, &cases);
}

/// Reference, section 3.2: one hook makes an app refuse the whole file.
#[test]
fn a_hook_takes_a_phone_out() {
    let files = Files::new().change("phone", "Address", "PostUp = true\nAddress");
    let cases = [
        ("phone>vps", "broken", "phone/phone.conf:4", "is refused"),
        (
            "pi>phone",
            "broken",
            "phone/phone.conf:4",
            "phone takes no part",
        ),
    ];
    expect(&files, &cases);
}

#[test]
fn without_routes_nothing_enters_the_tunnel() {
    let files = Files::new().change(
        "pi",
        "Address = 10.10.0.3/24",
        "Table = off\nAddress = 10.10.0.3/32",
    );
    expect(
        &files,
        &[(
            "pi>vps",
            "broken",
            "pi/wg0.conf:2",
            "no route into the tunnel for 10.10.0.1",
        )],
    );
    // The prefix of the own address is a route, whatever the table.
    let files = Files::new().change("pi", "Address", "Table = off\nAddress");
    let cases = [
        ("pi>vps", "direct", "", ""),
        (
            "pi>192.168.1.0/24",
            "broken",
            "pi/wg0.conf:2",
            "no route into the tunnel for 192.168.1.0/24",
        ),
    ];
    expect(&files, &cases);
}

#[test]
fn a_prefix_that_no_peer_has_goes_nowhere() {
    let files = Files::new().change("nas", ", 10.10.0.3/32", "");
    let cases = [
        (
            "nas>pi",
            "broken",
            "nas/wg0.conf:2",
            "No peer of nas has 10.10.0.3 among its AllowedIPs",
        ),
        (
            "pi>nas",
            "broken",
            "nas/wg0.conf:7",
            "nas drops packets from 10.10.0.3 that come from vps",
        ),
    ];
    expect(&files, &cases);
}

#[test]
fn blocks_of_one_key_are_one_peer_with_the_last_prefixes() {
    let files = Files::new();
    let key = files.value("pi", "PublicKey");
    let block = format!("[Peer]\nPublicKey = {key}\nAllowedIPs = 10.10.0.2/32\n");
    let files = files.change(
        "pi",
        "PersistentKeepalive = 25\n",
        &format!("PersistentKeepalive = 25\n{block}"),
    );
    let (word, _, why) = said(&files.prove(), "pi>vps");
    assert_eq!(word, "broken");
    assert!(why.contains("No peer of pi has 10.10.0.1"), "{why}");
}
