//! UDP ports.

use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

/// A UDP port from 1 to 65535.
///
/// `wg` itself wraps larger numbers silently (70000 becomes 4464), so a port out
/// of range must be refused before it reaches a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Port(NonZeroU16);

/// A text or number that is no port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortError;

impl fmt::Display for PortError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a port is a whole number from 1 to 65535")
    }
}

impl std::error::Error for PortError {}

impl Port {
    /// The port that WireGuard guides agree on.
    pub const WIREGUARD: Self = match NonZeroU16::new(51820) {
        Some(port) => Self(port),
        None => unreachable!(),
    };

    /// The port as a number.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0.get()
    }
}

impl TryFrom<u64> for Port {
    type Error = PortError;

    fn try_from(number: u64) -> Result<Self, PortError> {
        let number = u16::try_from(number).map_err(|_| PortError)?;
        NonZeroU16::new(number).map(Self).ok_or(PortError)
    }
}

impl FromStr for Port {
    type Err = PortError;

    fn from_str(text: &str) -> Result<Self, PortError> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PortError);
        }
        Self::try_from(text.parse::<u64>().map_err(|_| PortError)?)
    }
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A UDP port that a router forwards to a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forward {
    /// The router's port, which others dial.
    pub external: Port,
    /// The machine's port where the router sends packets on to; `None` is the
    /// port that the machine listens on.
    pub internal: Option<Port>,
}

impl From<Port> for Forward {
    /// The forward of a router's port to the port that the machine listens on.
    fn from(external: Port) -> Self {
        Self {
            external,
            internal: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ports_are_ports() {
        assert_eq!("51820".parse::<Port>().map(Port::get), Ok(51820));
        assert_eq!("1".parse::<Port>().map(Port::get), Ok(1));
        assert_eq!("65535".parse::<Port>().map(Port::get), Ok(65535));
        for text in [
            "",
            "0",
            "65536",
            "70000",
            "-1",
            "+1",
            " 1",
            "domain",
            "99999999999999999999999",
        ] {
            assert_eq!(text.parse::<Port>(), Err(PortError), "{text}");
        }
    }
}
