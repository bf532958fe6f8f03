//! Kernel settings, as `sysctl --system` reads them from `/etc/sysctl.d` (`sysctl.d(5)`).

use super::at::{At, Placed};

/// The settings of one file or of several read one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sysctl {
    /// Names with dots between their parts, and values; a later one wins.
    pub settings: Vec<(Placed<String>, String)>,
}

impl Sysctl {
    /// Reads one file. Lines that begin with `#` or `;` are comments; a name
    /// may have `-` in front, and slashes in place of dots. Whatever is no
    /// setting is skipped, as the system skips it.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let lines = text.split('\n').zip(1_u32..);
        let settings = lines.filter_map(|(line, number)| setting(line, number));
        Self {
            settings: settings.collect(),
        }
    }

    /// The value of a setting, and where it stands.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<(&str, At)> {
        self.settings
            .iter()
            .rev()
            .find(|(found, _)| found.value == name)
            .map(|(found, value)| (value.as_str(), found.at))
    }
}

fn setting(line: &str, number: u32) -> Option<(Placed<String>, String)> {
    let code = line.trim();
    if code.starts_with(['#', ';']) {
        return None;
    }
    let (name, value) = code.split_once('=')?;
    let name = name.trim();
    let name = name.strip_prefix('-').unwrap_or(name).trim_start();
    let (before, _) = line.split_once(name)?;
    let column = before.chars().count() + 1;
    let at = At {
        line: number,
        column: u32::try_from(column).unwrap_or(u32::MAX),
    };
    let value = value.trim().to_owned();
    (!name.is_empty()).then(|| {
        let value_of = Placed {
            value: dotted(name),
            at,
        };
        (value_of, value)
    })
}

/// A name with dots between its parts. Where the first separator is a slash,
/// a dot belongs to a part and is written as a slash between dots, as in
/// `net/ipv4/conf/eth0.5/forwarding`.
fn dotted(name: &str) -> String {
    let slash_first = match (name.find('/'), name.find('.')) {
        (Some(slash), Some(dot)) => slash < dot,
        (slash, _) => slash.is_some(),
    };
    if !slash_first {
        return name.to_owned();
    }
    let swap = |character| match character {
        '/' => '.',
        '.' => '/',
        other => other,
    };
    name.chars().map(swap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules and the examples of `sysctl.d(5)`.
    #[test]
    fn settings_are_read_as_the_manual_says() {
        let read = Sysctl::read(
            "# net.ipv4.ip_forward = 0\n; net.ipv4.ip_forward = 0\n\n\
             net.ipv4.ip_forward = 1\n  -net/ipv6/conf/all/forwarding=1\r\n\
             net/ipv4/conf/enp3s0.200/forwarding = 1\nnet.ipv4.conf.enp3s0/200.proxy_arp = 1\n\
             net.ipv4.ip_forward = 2\nno setting\n",
        );
        assert_eq!(
            read.get("net.ipv4.ip_forward"),
            Some(("2", At { line: 8, column: 1 }))
        );
        assert_eq!(
            read.get("net.ipv6.conf.all.forwarding"),
            Some(("1", At { line: 5, column: 4 }))
        );
        assert_eq!(
            read.get("net.ipv4.conf.enp3s0/200.forwarding")
                .map(|found| found.0),
            Some("1")
        );
        assert_eq!(
            read.get("net.ipv4.conf.enp3s0/200.proxy_arp")
                .map(|found| found.0),
            Some("1")
        );
        assert_eq!(read.settings.len(), 5);
    }
}
