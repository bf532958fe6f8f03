//! Walks packets through configs that fit each other, on machines that stand
//! wherever those let suppose, or elsewhere.
//!
//! `cargo +nightly fuzz run --fuzz-dir tests/fuzz packets tests/fuzz/corpus/packets -- -dict=tests/fuzz/conf.dict`
//!
//! The first byte chooses: the rest is configs, one after each zero byte, or
//! choices from which configs are put together that fit each other well enough
//! for packets to walk far. Nothing panics or hangs; every verdict is said in
//! words, its line lies inside the file, and the walk of a packet ends as the
//! verdict says.

#![no_main]

use std::fmt::Write as _;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use meshwright::conf::read_leniently;
use meshwright::plan::{Family, HostFirewall, NatKind, Plan, Platform, SiteIpv6};
use meshwright::proof::{MachineFiles, Proof, StepKind, Target, Verdict, World, supposition};

/// The most machines in one case.
const MOST: usize = 6;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else {
        return;
    };
    let mut choices = Choices(rest);
    let texts = if choice & 1 == 0 {
        rest.split(|byte| *byte == 0)
            .take(MOST)
            .map(|text| String::from_utf8_lossy(text).into_owned())
            .collect()
    } else {
        configs(&mut choices)
    };
    let read = |(number, text): (usize, &String)| {
        let platform = [Platform::Linux, Platform::Android, Platform::Ios]
            [if choice >> 2 & 1 == 1 { number % 3 } else { 0 }];
        let files = MachineFiles::read(&format!("m{number}"), platform, "wg0.conf", text);
        if choice >> 3 & 1 == 1 && number % 2 == 0 {
            files.with_sysctl(
                "99.conf",
                "net.ipv4.ip_forward = 1\nnet.ipv6.conf.all.forwarding=1",
            )
        } else {
            files
        }
    };
    let mut machines: Vec<MachineFiles> = texts.iter().enumerate().map(read).collect();
    let mut supposed = supposition::of(&mut machines, choice >> 1 & 1 == 1);
    assert!(
        supposed
            .sentences
            .iter()
            .all(|sentence| !sentence.is_empty())
    );
    check(&supposed.plan, &machines, &texts);
    if choice >> 4 & 1 == 1 {
        correct(&mut supposed.plan, &mut choices);
        check(&supposed.plan, &machines, &texts);
    }
});

/// Proves all pairs, and holds what is said of each against its walk.
fn check(plan: &Plan, machines: &[MachineFiles], texts: &[String]) {
    let world = World::new(plan, machines);
    let proof = world.prove();
    for (from, target, cell, worst) in proof.asked() {
        assert!(!proof.why(from, target, worst).is_empty());
        for family in Family::BOTH {
            let steps = world.steps(from, target, family);
            for step in &steps {
                assert!(!proof.say(step).is_empty());
            }
            let Some(outcome) = cell.family(family) else {
                continue;
            };
            assert!(!proof.why(from, target, outcome).is_empty());
            assert!(!outcome.via.contains(&from));
            assert!(
                matches!(target, Target::Internet(..)) || !outcome.via.contains(&target.owner())
            );
            let stops = matches!(
                steps.last().map(|step| &step.kind),
                Some(StepKind::Stops(_))
            );
            let fails = matches!(outcome.verdict, Verdict::Broken | Verdict::OneWay);
            assert_eq!(stops, fails, "{from} {target:?} {outcome:?} {steps:?}");
            let asleep = matches!(outcome.verdict, Verdict::Dormant | Verdict::Asleep);
            assert_eq!(outcome.sleeper.is_some(), asleep);
            if let Some(fault) = &outcome.fault {
                lies_inside(&proof, fault.machine, fault.line, texts);
            }
        }
    }
    let tally = proof.tally(|_, _| true);
    assert!(tally.through <= tally.pairs && tally.dormant <= tally.through);
    assert_eq!(proof, world.prove());
}

/// A line at fault is a line of the file.
fn lies_inside(
    proof: &Proof,
    machine: usize,
    line: Option<meshwright::proof::Line>,
    texts: &[String],
) {
    let Some(line) = line.filter(|line| line.which == meshwright::proof::Which::Config) else {
        return;
    };
    assert!(proof.place(machine, line).is_some());
    let longest = texts.iter().map(|text| text.split('\n').count()).max();
    assert!(line.at.line >= 1 && line.at.line as usize <= longest.unwrap_or(0));
}

/// Changes what was supposed, as a person would.
fn correct(plan: &mut Plan, choices: &mut Choices<'_>) {
    for (_, site) in plan.sites.iter_mut() {
        site.nat = choices.one(&[NatKind::KeepsPort, site.nat]);
        site.ipv6 = choices.one(&[SiteIpv6::Open, SiteIpv6::Firewalled, SiteIpv6::None]);
        site.lans_routed = choices.one(&[true, false]);
    }
    for (_, node) in plan.nodes.iter_mut() {
        node.platform = choices.one(&[Platform::Linux, Platform::Android, Platform::Ios]);
        node.firewall = choices.one(&[HostFirewall::LetsIn, HostFirewall::Blocks]);
        node.reachable_idle = choices.one(&[None, Some(true), Some(false)]);
        node.exit = choices.one(&[false, true]);
    }
}

/// Bytes that choose; where they end, the first choice is taken.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn next(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        usize::from(*first)
    }

    fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.next() % all.len()]
    }
}

/// The private and public keys of the machines.
fn keys() -> &'static [(&'static str, String)] {
    static KEYS: OnceLock<Vec<(&'static str, String)>> = OnceLock::new();
    KEYS.get_or_init(|| {
        [
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHk8=",
            "IAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHk8=",
            "MAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHk8=",
            "QAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHk8=",
            "UAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHk8=",
            "YAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHk8=",
        ]
        .into_iter()
        .map(|private| {
            let conf = read_leniently(&format!("[Interface]\nPrivateKey = {private}\n")).conf;
            (
                private,
                conf.interface.public_key.expect("a key").to_string(),
            )
        })
        .collect()
    })
}

/// Configs of machines that know each other, with what the bytes choose.
fn configs(choices: &mut Choices<'_>) -> Vec<String> {
    let machines = 2 + choices.next() % (MOST - 1);
    (0..machines)
        .map(|here| config(here, machines, choices))
        .collect()
}

fn config(here: usize, machines: usize, choices: &mut Choices<'_>) -> String {
    let keys = keys();
    let mut text = format!("[Interface]\nPrivateKey = {}\n", keys[here].0);
    let addresses = choices.next();
    if addresses & 1 == 0 {
        let length = choices.one(&[32, 24, 16]);
        let _ = writeln!(text, "Address = 10.0.0.{}/{length}", here + 1);
    }
    if addresses & 2 == 0 {
        let _ = writeln!(
            text,
            "Address = fd00::{}/{}",
            here + 1,
            choices.one(&[128, 64])
        );
    }
    if addresses & 4 == 0 {
        let _ = writeln!(
            text,
            "ListenPort = {}",
            choices.one(&["51820", "51821", "0"])
        );
    }
    text += choices.one(&["", "", "", "Table = off\n", "Table = 7\n"]);
    text += choices.one(&[
        "",
        "",
        "PostUp = sysctl -w net.ipv4.ip_forward=1\n",
        "PostUp = iptables -A FORWARD -i %i -j DROP\n",
        "PostUp = iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE\n",
        "PostUp = ip route add 10.0.0.0/24 dev %i\n",
        "PostUp = nft add rule ip t forward drop\n",
    ]);
    for other in (0..machines).filter(|other| *other != here) {
        let peer = choices.next();
        if peer & 3 == 3 {
            continue;
        }
        let _ = write!(
            text,
            "\n[Peer]\nPublicKey = {}\nAllowedIPs = ",
            keys[other].1
        );
        let _ = write!(text, "10.0.0.{}/32, fd00::{}/128", other + 1, other + 1);
        text += choices.one(&[
            "",
            "",
            ", 10.0.0.0/24",
            ", fd00::/64",
            ", 192.168.1.0/24",
            ", 0.0.0.0/0",
            ", ::/0",
            ", 10.0.0.1/32",
            ", 10.0.0.2/32",
            ", 203.0.113.0/24",
        ]);
        if peer & 4 == 0 {
            let port = choices.one(&[51820, 51820, 51821]);
            let host = match choices.next() % 7 {
                0 | 1 => format!("203.0.113.{}", other + 1),
                2 => format!("192.168.1.{}", other + 1),
                3 => format!("[2001:db8::{}]", other + 1),
                4 => format!("m{other}.example.net"),
                5 => "203.0.113.1".to_owned(),
                _ => format!("[fd01::{}]", other + 1),
            };
            let _ = write!(text, "\nEndpoint = {host}:{port}");
        }
        if peer & 8 == 0 {
            let _ = write!(text, "\nPersistentKeepalive = {}", choices.one(&[25, 300]));
        }
        if peer & 240 == 240 {
            let _ = write!(text, "\nPresharedKey = {}", keys[other].0);
        }
        text.push('\n');
    }
    text
}
