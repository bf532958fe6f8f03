//! Hosts and endpoints as every WireGuard reader accepts them.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use std::sync::Arc;

use super::{Family, Port};

/// A host name of letters, digits and hyphens (RFC 1123), as Android demands:
/// labels of at most 63 characters, 253 in all, the last label not a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HostName(Arc<str>);

/// What a peer is dialled at: an address or a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
    /// A literal address.
    Address(IpAddr),
    /// A name that is looked up when the tunnel is configured.
    Name(HostName),
}

/// A host and a UDP port, written `192.0.2.1:51820` or `[2001:db8::1]:51820`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Endpoint {
    /// Where to.
    pub host: Host,
    /// Which port.
    pub port: Port,
}

/// Why a text is no host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostError {
    /// Neither an address nor a host name.
    Form,
    /// Holds `_`, which Android refuses in host names.
    Underscore,
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => write!(
                f,
                "a host is an address like 203.0.113.1 or a name like home.example.net"
            ),
            Self::Underscore => write!(f, "a host name has no underscore; phones refuse it"),
        }
    }
}

impl std::error::Error for HostError {}

impl HostName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for HostName {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        if text.contains('_') {
            return Err(HostError::Underscore);
        }
        let label_is_legal = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let last_is_number = text
            .rsplit('.')
            .next()
            .is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
        if text.len() <= 253 && !last_is_number && text.split('.').all(label_is_legal) {
            Ok(Self(Arc::from(text.to_ascii_lowercase())))
        } else {
            Err(HostError::Form)
        }
    }
}

impl fmt::Display for HostName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Host {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        match text.parse::<IpAddr>() {
            Ok(address) => Ok(Self::Address(address)),
            Err(_) => text.parse().map(Self::Name),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => address.fmt(f),
            Self::Name(name) => name.fmt(f),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Host::Address(address) if Family::of(*address) == Family::V6 => {
                write!(f, "[{address}]:{}", self.port)
            }
            host => write!(f, "{host}:{}", self.port),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_what_every_app_accepts() {
        for text in [
            "203.0.113.1",
            "2001:db8::1",
            "home.example.net",
            "xn--mnchen-3ya.de",
            "a",
            "Home.Example",
        ] {
            assert!(text.parse::<Host>().is_ok(), "{text}");
        }
        for text in [
            "",
            ".",
            "a..b",
            "-a.de",
            "a-.de",
            "1.2.3",
            "999.1.1.1",
            "a b",
            "a/b",
            "[::1]",
            "h\u{f6}st.de",
            "a.1",
        ] {
            assert_eq!(text.parse::<Host>(), Err(HostError::Form), "{text}");
        }
        assert_eq!("my_nas.de".parse::<Host>(), Err(HostError::Underscore));
        assert!(format!("{}.de", "a".repeat(64)).parse::<Host>().is_err());
        assert!(
            "abcdefg."
                .repeat(32)
                .trim_end_matches('.')
                .parse::<Host>()
                .is_err()
        );
    }

    #[test]
    fn ipv6_endpoints_have_brackets() {
        let endpoint = |host: &str| {
            Endpoint {
                host: host.parse().unwrap(),
                port: Port::WIREGUARD,
            }
            .to_string()
        };
        assert_eq!(endpoint("203.0.113.1"), "203.0.113.1:51820");
        assert_eq!(endpoint("2001:db8::1"), "[2001:db8::1]:51820");
        assert_eq!(endpoint("Home.example.net"), "home.example.net:51820");
    }
}
