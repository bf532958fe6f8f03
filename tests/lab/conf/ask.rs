//! Asks the real programs, all files in one go.

use std::fmt::Write as _;

use crate::lab::namespace::Namespace;

/// What the real programs said about one file.
pub(crate) struct Answer {
    /// Whether they took it.
    pub(crate) accepted: bool,
    /// What they printed about it when they did not.
    pub(crate) said: String,
    /// What `wg show` then printed, by subcommand.
    pub(crate) shown: Vec<(String, String)>,
}

impl Answer {
    /// The lines of one subcommand of `wg show`.
    pub(crate) fn show(&self, what: &str) -> impl Iterator<Item = &str> {
        self.shown
            .iter()
            .filter(move |(name, _)| name == what)
            .flat_map(|(_, lines)| lines.lines())
    }
}

/// What stands between two parts of the output; no file can hold it.
const MARK: &str = "\u{1}part\u{1}";

/// Names that the lab's name service knows.
const HOSTS: &str = "127.0.0.1 localhost\n203.0.113.7 vpn.example.net\n2001:db8::7 six.example.net\n203.0.113.8 my_nas.example.net a\n";

/// The parts of `wg show` that are compared.
const SHOWN: &str =
    "public-key listen-port fwmark peers preshared-keys endpoints allowed-ips persistent-keepalive";

/// Asks `wg-quick strip` and then `wg setconf`.
pub(crate) fn ask(files: &[String]) -> Vec<Answer> {
    let machine = machine(files);
    machine.script("wireguard-go wg0 >/dev/null 2>&1");
    let script = format!(
        r#"
export WG_ENDPOINT_RESOLUTION_RETRIES=0
for ((i = 0; i < {count}; i++)); do
    accepted=no
    if wg-quick strip /run/lab/files/$i/wg0.conf > /run/lab/stripped 2> /run/lab/said &&
        wg setconf wg0 /run/lab/stripped 2> /run/lab/said
    then accepted=yes; fi
    printf '%s' "{MARK}$accepted"
    printf '%s' "{MARK}"; cat /run/lab/said
    for what in {SHOWN}; do
        printf '%s' "{MARK}"; [ $accepted = no ] || wg show wg0 $what
    done
done
"#,
        count = files.len()
    );
    answers(&machine.script(&script), files.len())
}

/// Asks `wg-quick up`.
pub(crate) fn bring_up(files: &[String]) -> Vec<Answer> {
    let machine = machine(files);
    // `DNS` needs a program of this name, which is not part of the question.
    machine.write("/run/lab/bin/resolvconf", b"#!/bin/sh\ncat >/dev/null\n");
    let script = format!(
        r#"
chmod 755 /run/lab/bin/resolvconf
export PATH=/run/lab/bin:$PATH WG_ENDPOINT_RESOLUTION_RETRIES=0
export WG_QUICK_USERSPACE_IMPLEMENTATION=wireguard-go
for ((i = 0; i < {count}; i++)); do
    accepted=no
    if wg-quick up /run/lab/files/$i/wg0.conf > /run/lab/said 2>&1 </dev/null; then accepted=yes; fi
    printf '%s' "{MARK}$accepted"
    printf '%s' "{MARK}"; cat /run/lab/said
    for what in {SHOWN}; do
        printf '%s' "{MARK}"; [ $accepted = no ] || wg show wg0 $what
    done
    if [ $accepted = yes ]; then wg-quick down /run/lab/files/$i/wg0.conf >/dev/null 2>&1 </dev/null; fi
    # The interface goes a moment after its program.
    for ((t = 0; t < 100; t++)); do ip link show wg0 >/dev/null 2>&1 || break; sleep 0.05; done
done
"#,
        count = files.len()
    );
    answers(&machine.script(&script), files.len())
}

/// A machine with all files on it.
fn machine(files: &[String]) -> Namespace {
    let machine = Namespace::new("reader");
    machine.write("/run/lab/hosts", HOSTS.as_bytes());
    for (index, text) in files.iter().enumerate() {
        machine.write(&format!("/run/lab/files/{index}/wg0.conf"), text.as_bytes());
    }
    machine
}

fn answers(output: &str, count: usize) -> Vec<Answer> {
    let mut parts = output.split(MARK).skip(1);
    let mut answers = Vec::new();
    while let Some(accepted) = parts.next() {
        let said = parts.next().unwrap_or_default().to_owned();
        let mut shown = Vec::new();
        for what in SHOWN.split(' ') {
            shown.push((what.to_owned(), parts.next().unwrap_or_default().to_owned()));
        }
        answers.push(Answer {
            accepted: accepted == "yes",
            said,
            shown,
        });
    }
    let mut report = String::new();
    write!(report, "{} answers to {count} files", answers.len()).unwrap();
    assert_eq!(answers.len(), count, "{report}");
    answers
}
