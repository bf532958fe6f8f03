//! How large a packet a connection carries whole.

use std::fmt;
use std::str::FromStr;

/// The size in bytes of the largest packet that passes whole: 576 to 9200.
///
/// 576 bytes are what every IPv4 host must take (RFC 791), and jumbo frames end
/// near 9200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mtu(u16);

/// A text or number that is no MTU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MtuError;

impl fmt::Display for MtuError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "an MTU is a whole number from {} to {}",
            Mtu::SMALLEST,
            Mtu::LARGEST
        )
    }
}

impl std::error::Error for MtuError {}

impl Mtu {
    /// The smallest MTU.
    pub const SMALLEST: u16 = 576;
    /// The largest MTU.
    pub const LARGEST: u16 = 9200;

    /// The MTU in bytes.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u64> for Mtu {
    type Error = MtuError;

    fn try_from(number: u64) -> Result<Self, MtuError> {
        u16::try_from(number)
            .ok()
            .filter(|number| (Self::SMALLEST..=Self::LARGEST).contains(number))
            .map(Self)
            .ok_or(MtuError)
    }
}

impl FromStr for Mtu {
    type Err = MtuError;

    fn from_str(text: &str) -> Result<Self, MtuError> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(MtuError);
        }
        Self::try_from(text.parse::<u64>().map_err(|_| MtuError)?)
    }
}

impl fmt::Display for Mtu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a place is connected to the internet by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Uplink {
    /// Cable, fibre or a data centre: packets of 1500 bytes pass.
    #[default]
    Ethernet,
    /// A line that is dialled with a name and a password, as DSL often is.
    Pppoe,
    /// IPv4 inside IPv6, as cable providers do.
    DsLite,
    /// A mobile network.
    Lte,
    /// As the person measured it.
    Own(Mtu),
}

impl Uplink {
    /// The size in bytes of the largest packet that passes whole.
    #[must_use]
    pub fn mtu(self) -> u16 {
        match self {
            Self::Ethernet => 1500,
            Self::Pppoe => 1492,
            Self::DsLite => 1460,
            Self::Lte => 1400,
            Self::Own(mtu) => mtu.get(),
        }
    }
}

/// Whether all tunnel interfaces of the mesh get one MTU.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MtuPolicy {
    /// One value for the mesh, the smallest that any machine needs, so that a
    /// packet that enters at one end passes every relay.
    #[default]
    Same,
    /// Each machine gets what its own connections carry.
    Each,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_mtu_is_a_number_of_bytes_that_networks_carry() {
        for (text, bytes) in [("576", 576), ("1500", 1500), ("9200", 9200)] {
            assert_eq!(text.parse::<Mtu>().map(Mtu::get), Ok(bytes));
        }
        for text in [
            "", "0", "575", "9201", "-1", "+1500", " 1500", "1500.0", "1e3", "67036",
        ] {
            assert_eq!(text.parse::<Mtu>(), Err(MtuError), "{text}");
        }
    }
}
