//! Address prefixes in canonical form.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::str::FromStr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// An address family of the internet protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

impl Family {
    /// Both families, IPv4 first.
    pub const BOTH: [Self; 2] = [Self::V4, Self::V6];

    /// The family of an address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        if address.is_ipv4() {
            Self::V4
        } else {
            Self::V6
        }
    }

    /// The length of a prefix that holds one address: 32 or 128.
    #[must_use]
    pub fn host_length(self) -> u8 {
        match self {
            Self::V4 => 32,
            Self::V6 => 128,
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V4 => "IPv4",
            Self::V6 => "IPv6",
        })
    }
}

/// A prefix without host bits, such as `192.168.1.0/24`.
///
/// Prefixes sort by family, address and then length, which is the order in
/// which files list them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prefix(IpNet);

/// Why a text is no prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrefixError {
    /// Not of the form `address/length`.
    Form,
    /// Bits are set behind the length; holds the prefix that was probably meant.
    HostBits(Prefix),
}

impl fmt::Display for PrefixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => write!(
                f,
                "a prefix is written like 192.168.1.0/24 or fd12:3456:789a::/48"
            ),
            Self::HostBits(meant) => write!(
                f,
                "bits are set behind the prefix length; {meant} is probably meant"
            ),
        }
    }
}

impl std::error::Error for PrefixError {}

impl Prefix {
    /// The prefix of tunnel addresses in a new plan.
    #[must_use]
    pub fn default_tunnel() -> Self {
        Self(IpNet::V4(Ipv4Net::new_assert(
            Ipv4Addr::new(10, 10, 0, 0),
            24,
        )))
    }

    /// The first /64 of the /48 that five random bytes make a unique local
    /// prefix of (RFC 4193 section 3.1), which collides with nobody's.
    #[must_use]
    pub fn random_ula(random: [u8; 5]) -> Self {
        let mut octets = [0; 16];
        let head = std::iter::once(0xfd).chain(random);
        for (octet, byte) in octets.iter_mut().zip(head) {
            *octet = byte;
        }
        Self(IpNet::V6(Ipv6Net::new_assert(octets.into(), 64)))
    }

    /// The prefix that holds one address and no other.
    #[must_use]
    pub fn host(address: IpAddr) -> Self {
        Self(IpNet::from(address))
    }

    /// The prefix of `length` that holds `address`; `None` if the length does
    /// not fit the family.
    #[must_use]
    pub fn around(address: IpAddr, length: u8) -> Option<Self> {
        IpNet::new(address, length)
            .ok()
            .map(|net| Self(net.trunc()))
    }

    /// The prefix as a value of the `ipnet` crate.
    #[must_use]
    pub fn net(self) -> IpNet {
        self.0
    }

    /// Its family.
    #[must_use]
    pub fn family(self) -> Family {
        Family::of(self.0.addr())
    }

    /// Its length in bits.
    #[must_use]
    pub fn length(self) -> u8 {
        self.0.prefix_len()
    }

    /// Whether an address lies inside.
    #[must_use]
    pub fn holds(self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }

    /// Whether both prefixes share an address.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.0.contains(&other.0) || other.0.contains(&self.0)
    }
}

impl FromStr for Prefix {
    type Err = PrefixError;

    fn from_str(text: &str) -> Result<Self, PrefixError> {
        // The standard library refuses octets with leading zeros, which some
        // readers take for octal and `wg` refuses; ipnet accepts them.
        let (address, length) = text.split_once('/').ok_or(PrefixError::Form)?;
        let address: IpAddr = address.parse().map_err(|_| PrefixError::Form)?;
        if !length.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PrefixError::Form);
        }
        let length: u8 = length.parse().map_err(|_| PrefixError::Form)?;
        let net = IpNet::new(address, length).map_err(|_| PrefixError::Form)?;
        if net.trunc() == net {
            Ok(Self(net))
        } else {
            Err(PrefixError::HostBits(Self(net.trunc())))
        }
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_canonical() {
        assert!("192.168.1.0/24".parse::<Prefix>().is_ok());
        assert!("::/0".parse::<Prefix>().is_ok());
        let meant = "192.168.1.0/24".parse().unwrap();
        assert_eq!(
            "192.168.1.7/24".parse::<Prefix>(),
            Err(PrefixError::HostBits(meant))
        );
        for text in [
            "",
            "192.168.1.0",
            "192.168.1.0/33",
            "192.168.1.0/255.255.255.0",
            "010.0.0.0/8",
            "fe80::%1/64",
        ] {
            assert_eq!(text.parse::<Prefix>(), Err(PrefixError::Form), "{text}");
        }
    }

    #[test]
    fn random_bytes_make_a_unique_local_prefix() {
        let text = |bytes| Prefix::random_ula(bytes).to_string();
        assert_eq!(text([0x12, 0x34, 0x56, 0x78, 0x9a]), "fd12:3456:789a::/64");
        assert_eq!(text([0; 5]), "fd00::/64");
        assert_eq!(text([0xff; 5]), "fdff:ffff:ffff::/64");
        let read: Prefix = text([0, 1, 2, 3, 4]).parse().unwrap();
        assert_eq!(read, Prefix::random_ula([0, 1, 2, 3, 4]));
    }

    #[test]
    fn order_is_family_address_length() {
        let mut list: Vec<Prefix> = ["fd00::/8", "10.0.0.0/24", "9.0.0.0/8", "10.0.0.0/8"]
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        list.sort();
        let text: Vec<String> = list.iter().map(Prefix::to_string).collect();
        assert_eq!(text, ["9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/24", "fd00::/8"]);
    }
}
