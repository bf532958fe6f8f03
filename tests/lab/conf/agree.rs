//! Compares an answer with our own reading.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use meshwright::conf::{
    Conf, Endpoint, Fault, FaultKind, Host, Keyword, Reader, read, read_leniently,
};

use super::ask::Answer;

/// What was compared, and where the two sides differ.
#[derive(Default)]
pub(crate) struct Tally {
    accepted: u64,
    refused: u64,
    values: u64,
    lines: u64,
    /// Files with a name that `wg` asked a server for, which is not there.
    asked: u64,
    differences: Vec<String>,
}

impl Tally {
    /// Fails with every difference, or if the files were no real question.
    pub(crate) fn expect(&self, files: u64) {
        assert!(
            self.differences.is_empty(),
            "{}",
            self.differences.join("\n")
        );
        assert_eq!(self.accepted + self.refused + self.asked, files, "{self}");
        assert!(self.accepted > files / 4, "{self}");
        assert!(self.refused > files / 5, "{self}");
    }

    fn differ(&mut self, text: &str, what: &str) {
        let mut report = String::from("----\n");
        for (number, line) in (1..).zip(text.split('\n')) {
            writeln!(report, "{number:3} {line:?}").unwrap();
        }
        writeln!(report, "{what}").unwrap();
        self.differences.push(report);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} files taken by both with {} equal values, {} refused by both with {} equal lines, {} with a name to ask for, {} differences",
            self.accepted,
            self.values,
            self.refused,
            self.lines,
            self.asked,
            self.differences.len()
        )
    }
}

/// Whether `wg-quick strip` and `wg setconf` never come to this fault.
fn is_met_later(fault: &Fault, text: &str) -> bool {
    match fault.kind {
        FaultKind::BadPrefix(Keyword::Address)
        | FaultKind::TooLong(Keyword::Address)
        | FaultKind::RepeatedAddress
        | FaultKind::BadMtu(_)
        | FaultKind::BadTable => true,
        // `strip` takes such a line for a value that only `up` looks at.
        FaultKind::NoEquals => {
            let line = line_of(fault, text).to_ascii_lowercase();
            let code = line.split('#').next().unwrap_or_default().trim();
            ["address", "mtu", "table", "preup", "postup"].contains(&code)
        }
        _ => false,
    }
}

fn line_of<'a>(fault: &Fault, text: &'a str) -> &'a str {
    let index = usize::try_from(fault.at.line - 1).unwrap();
    text.split('\n').nth(index).unwrap_or_default()
}

/// The text that the last line of a message quotes.
fn quoted(said: &str) -> Option<&str> {
    let line = said
        .lines()
        .rfind(|line| line.contains('`') && line.ends_with('\''))?;
    let (_, quoted) = line.split_once('`')?;
    quoted.strip_suffix('\'')
}

/// Compares what `wg-quick strip` and `wg setconf` said.
pub(crate) fn compare(text: &str, answer: &Answer, tally: &mut Tally) {
    if let Some(name) = quoted(&answer.said)
        && answer.said.contains("Temporary failure in name resolution")
    {
        // Whatever stands further below was not looked at.
        let place = text.split('\n').position(|line| line.contains(name));
        let line = place.map_or(u32::MAX, |place| u32::try_from(place).unwrap() + 1);
        if read(text, Reader::Linux)
            .is_err_and(|fault| fault.at.line <= line && fault.kind != FaultKind::NoPublicKey)
        {
            tally.differ(text, &format!("we stop earlier; it said {}", answer.said));
        }
        tally.asked += 1;
        return;
    }
    match read(text, Reader::Linux) {
        Err(fault) if is_met_later(&fault, text) => {
            // What comes before must then be in order, unless the script would have ended early.
            if answer.accepted || fault.kind == FaultKind::NoEquals {
                tally.refused += 1;
            } else {
                tally.differ(
                    text,
                    &format!("we stop only at {fault:?}; it said {}", answer.said),
                );
            }
        }
        Err(fault) if answer.accepted => {
            tally.differ(text, &format!("it takes the file, we say {fault:?}"));
        }
        Err(fault) => {
            tally.refused += 1;
            same_line(text, &fault, answer, tally);
        }
        Ok(_) if !answer.accepted => {
            tally.differ(text, &format!("we take the file, it said {}", answer.said));
        }
        Ok(conf) => {
            tally.accepted += 1;
            same_values(text, &conf, answer, tally);
            let lenient = read_leniently(text).conf;
            same_values(text, &lenient, answer, tally);
        }
    }
}

/// Compares what `wg-quick up` said.
pub(crate) fn compare_up(text: &str, answer: &Answer, tally: &mut Tally) {
    match read(text, Reader::Linux) {
        Ok(conf) if answer.accepted => {
            tally.accepted += 1;
            // A default route makes `wg-quick` choose a mark.
            let chosen = conf.interface.fw_mark.is_none() && text.contains("/0\n");
            if !chosen {
                same_values(text, &conf, answer, tally);
            }
        }
        Err(_) if !answer.accepted => tally.refused += 1,
        Ok(_) => tally.differ(text, &format!("we take the file, it said {}", answer.said)),
        Err(fault) => tally.differ(text, &format!("it takes the file, we say {fault:?}")),
    }
}

/// The text that `wg` complains about stands in the line that we name.
fn same_line(text: &str, fault: &Fault, answer: &Answer, tally: &mut Tally) {
    let missing = answer.said.contains("missing a public key");
    if missing != (fault.kind == FaultKind::NoPublicKey) {
        return tally.differ(text, &format!("{fault:?}, but it said {}", answer.said));
    }
    let Some(quoted) = quoted(&answer.said).filter(|_| !missing) else {
        return;
    };
    let close_up = |text: &str| {
        let blank = |c: char| c == '\0' || c == ' ' || ('\t'..='\r').contains(&c);
        text.chars().filter(|c| !blank(*c)).collect::<String>()
    };
    if close_up(line_of(fault, text)).contains(&close_up(quoted)) {
        tally.lines += 1;
    } else {
        tally.differ(text, &format!("{fault:?}, but it said {}", answer.said));
    }
}

/// `wg show` prints what we read.
fn same_values(text: &str, conf: &Conf, answer: &Answer, tally: &mut Tally) {
    let (ours, theirs) = (ours(conf), theirs(conf, answer));
    tally.values += u64::try_from(ours.len()).unwrap();
    for (name, value) in &ours {
        if theirs.get(name) != Some(value) {
            tally.differ(
                text,
                &format!("{name}: we read {value:?}, wg shows {:?}", theirs.get(name)),
            );
        }
    }
    for name in theirs.keys().filter(|name| !ours.contains_key(*name)) {
        tally.differ(text, &format!("only wg shows {name}: {:?}", theirs[name]));
    }
}

/// Our reading in the words of `wg show`.
fn ours(conf: &Conf) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    let mut add = |name: &str, value: String| values.insert(name.to_owned(), value);
    let interface = &conf.interface;
    let none = || "(none)".to_owned();
    add(
        "public-key",
        interface
            .public_key
            .map_or_else(none, |key| key.to_string()),
    );
    let port = interface.listen_port.map_or(0, |port| port.value);
    if port != 0 {
        add("listen-port", port.to_string());
    }
    let mark = interface.fw_mark.map_or(0, |mark| mark.value);
    add(
        "fwmark",
        if mark == 0 {
            "off".to_owned()
        } else {
            format!("0x{mark:x}")
        },
    );
    for (place, peer) in conf.peers.iter().enumerate() {
        let key = peer.public_key.unwrap().value.to_string();
        let preshared = peer.preshared_key.as_ref();
        add(
            &format!("{key} preshared-keys"),
            preshared.map_or_else(none, |key| key.value.to_secret_text().to_string()),
        );
        let endpoint = peer
            .endpoint
            .as_ref()
            .map(|endpoint| shown(&endpoint.value));
        add(&format!("{key} endpoints"), endpoint.unwrap_or_else(none));
        // A prefix belongs to the last peer that has it.
        let mut allowed: Vec<String> = peer
            .allowed
            .iter()
            .map(|prefix| prefix.value)
            .filter(|prefix| {
                let later = &conf.peers[place + 1..];
                !later
                    .iter()
                    .any(|peer| peer.allowed.iter().any(|other| other.value == *prefix))
            })
            .map(|prefix| prefix.to_string())
            .collect();
        allowed.sort();
        allowed.dedup();
        add(&format!("{key} allowed-ips"), allowed.join(" "));
        let keepalive = peer.keepalive.map_or(0, |keepalive| keepalive.value);
        let keepalive = if keepalive == 0 {
            "off".to_owned()
        } else {
            keepalive.to_string()
        };
        add(&format!("{key} persistent-keepalive"), keepalive);
    }
    values
}

/// An endpoint as `wg show` prints it, names looked up in the lab.
fn shown(endpoint: &Endpoint) -> String {
    let host = match &endpoint.host {
        Host::Address(address) if address.is_ipv6() => format!("[{address}]"),
        Host::Address(address) => address.to_string(),
        Host::Name(name) => match name.as_str() {
            "vpn.example.net" => "203.0.113.7".to_owned(),
            "six.example.net" => "[2001:db8::7]".to_owned(),
            "my_nas.example.net" | "a" => "203.0.113.8".to_owned(),
            other => format!("no such host {other}"),
        },
    };
    format!("{host}:{}", endpoint.port)
}

/// What `wg show` printed.
fn theirs(conf: &Conf, answer: &Answer) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    for (name, text) in &answer.shown {
        match name.as_str() {
            "peers" => {}
            "listen-port" => {
                if conf
                    .interface
                    .listen_port
                    .is_some_and(|port| port.value != 0)
                {
                    values.insert(name.clone(), text.trim().to_owned());
                }
            }
            "public-key" | "fwmark" => {
                values.insert(name.clone(), text.trim().to_owned());
            }
            _ => {
                for line in answer.show(name) {
                    let (key, value) = line.split_once('\t').unwrap();
                    let value = match name.as_str() {
                        "allowed-ips" => {
                            let mut list: Vec<&str> =
                                value.split(' ').filter(|one| *one != "(none)").collect();
                            list.sort_unstable();
                            list.join(" ")
                        }
                        // The zone of an address is not kept.
                        "endpoints" => value.replace("%lo", ""),
                        _ => value.to_owned(),
                    };
                    values.insert(format!("{key} {name}"), value);
                }
            }
        }
    }
    values
}
