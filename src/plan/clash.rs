//! Prefixes that many networks use already, so that a mesh should not.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Family, Prefix};

/// Who else is likely to use the addresses of a prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CommonClash {
    /// Everything: it holds addresses that are given out on the internet.
    Internet,
    /// Addresses of this machine itself, of its link, or of many machines at once.
    Special,
    /// Providers' translation (RFC 6598), and Tailscale, which uses it, too.
    Shared,
    /// Docker's first bridge.
    Docker,
    /// A LAN that many routers make unasked; this is the one.
    Home(Prefix),
}

impl fmt::Display for CommonClash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internet => f.write_str("addresses of other people on the internet"),
            Self::Special => f.write_str("addresses that are kept for special purposes"),
            Self::Shared => {
                f.write_str("100.64.0.0/10, where providers translate and Tailscale lives")
            }
            Self::Docker => {
                f.write_str("172.17.0.0/16, which Docker takes on every machine it runs on")
            }
            Self::Home(prefix) => write!(f, "{prefix}, which many home routers use"),
        }
    }
}

/// The LANs that common routers make unasked. The first is the widest spread,
/// and a prefix that overlaps several is said to overlap the first of them.
const HOMES: [([u8; 4], u8); 15] = [
    // Most routers, by turns.
    ([192, 168, 1, 0], 24),
    ([192, 168, 0, 0], 24),
    ([192, 168, 2, 0], 24),
    // FRITZ!Box and its guests.
    ([192, 168, 178, 0], 24),
    ([192, 168, 179, 0], 24),
    // D-Link, Huawei, Netgear, ASUS, MikroTik, Xiaomi, Google and the like.
    ([192, 168, 3, 0], 24),
    ([192, 168, 8, 0], 24),
    ([192, 168, 10, 0], 24),
    ([192, 168, 31, 0], 24),
    ([192, 168, 50, 0], 24),
    ([192, 168, 86, 0], 24),
    ([192, 168, 88, 0], 24),
    ([192, 168, 100, 0], 24),
    // Comcast, Apple's AirPort, OpenStack and many companies.
    ([10, 0, 0, 0], 24),
    ([10, 0, 1, 0], 24),
];

/// Private addresses and those that stand for nobody on the internet.
const PRIVATE: [([u8; 4], u8); 3] = [
    ([10, 0, 0, 0], 8),
    ([172, 16, 0, 0], 12),
    ([192, 168, 0, 0], 16),
];

/// This host, loopback, link-local, multicast and the reserved rest (RFC 6890).
const SPECIAL: [([u8; 4], u8); 4] = [
    ([0, 0, 0, 0], 8),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([224, 0, 0, 0], 3),
];

/// Who else is likely to use a prefix; `None` if it is a good choice for a
/// tunnel or a LAN.
#[must_use]
pub fn common_clash(prefix: Prefix) -> Option<CommonClash> {
    match prefix.family() {
        Family::V4 => common_clash_v4(prefix),
        Family::V6 => common_clash_v6(prefix),
    }
}

fn common_clash_v4(prefix: Prefix) -> Option<CommonClash> {
    let within = |outer: &Prefix| outer.overlaps(prefix) && outer.length() <= prefix.length();
    let shared = v4(([100, 64, 0, 0], 10))?;
    if within(&shared) {
        return Some(CommonClash::Shared);
    }
    if SPECIAL
        .into_iter()
        .filter_map(v4)
        .any(|outer| within(&outer))
    {
        return Some(CommonClash::Special);
    }
    if !PRIVATE
        .into_iter()
        .filter_map(v4)
        .any(|outer| within(&outer))
    {
        return Some(CommonClash::Internet);
    }
    if v4(([172, 17, 0, 0], 16))?.overlaps(prefix) {
        return Some(CommonClash::Docker);
    }
    let mut homes = HOMES.into_iter().filter_map(v4);
    homes
        .find(|home| home.overlaps(prefix))
        .map(CommonClash::Home)
}

/// A mesh may well have global IPv6 addresses of its own; what holds more than
/// a provider gives out does not belong to one mesh.
fn common_clash_v6(prefix: Prefix) -> Option<CommonClash> {
    let within = |first: u16, length: u8| {
        let outer = Prefix::around(
            IpAddr::V6(Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, 0)),
            length,
        );
        outer.is_some_and(|outer| outer.overlaps(prefix) && outer.length() <= prefix.length())
    };
    if within(0xfc00, 7) {
        None
    } else if within(0x2000, 3) {
        (prefix.length() < 20).then_some(CommonClash::Internet)
    } else if [0x2000, 0xfc00]
        .into_iter()
        .any(|first| prefix.holds(IpAddr::V6(Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, 0))))
    {
        Some(CommonClash::Internet)
    } else {
        Some(CommonClash::Special)
    }
}

fn v4((octets, length): ([u8; 4], u8)) -> Option<Prefix> {
    Prefix::around(IpAddr::V4(Ipv4Addr::from(octets)), length)
}

/// What is wrong with a unique local IPv6 prefix (RFC 4193).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UlaFault {
    /// In `fc00::/8`, which nobody may give to himself.
    NotLocal,
    /// In `fd00::/8`, but its 40 bits were not drawn: others choose the same.
    NotRandom,
    /// Shorter than /48, so that it takes prefixes that belong to others.
    TooShort,
}

/// What is wrong with a prefix as a unique local one; `None` also where it is
/// no such prefix.
///
/// Whether bits were drawn can only be guessed: two bytes of zeros, or a
/// pattern, come up by chance once in some thousand draws.
#[must_use]
pub fn ula_fault(prefix: Prefix) -> Option<UlaFault> {
    let IpAddr::V6(address) = prefix.net().network() else {
        return None;
    };
    let [first, bits @ ..] = address.octets();
    if first & 0xfe != 0xfc {
        return None;
    }
    if first == 0xfc {
        return Some(UlaFault::NotLocal);
    }
    if prefix.length() < 48 {
        return Some(UlaFault::TooShort);
    }
    // The 40 bits behind the first byte, and each with the one before it.
    let drawn = || bits.iter().take(5);
    let zeros = drawn().fold(0, |zeros, byte| zeros + i32::from(*byte == 0));
    let steps = |step: u8| {
        let mut pairs = drawn().zip(drawn().skip(1));
        pairs.all(|(before, after)| after.wrapping_sub(*before) == step)
    };
    let patterned = zeros >= 2 || [0, 0x11, 0x22].into_iter().any(steps);
    patterned.then_some(UlaFault::NotRandom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clash(text: &str) -> Option<CommonClash> {
        common_clash(text.parse().unwrap())
    }

    #[test]
    fn prefixes_that_others_use_are_known() {
        let home = |text: &str| Some(CommonClash::Home(text.parse().unwrap()));
        for (prefix, expected) in [
            ("10.10.0.0/24", None),
            ("172.20.0.0/16", None),
            ("192.168.77.0/24", None),
            // Tailscale and providers: RFC 6598.
            ("100.64.0.0/24", Some(CommonClash::Shared)),
            ("100.127.255.0/24", Some(CommonClash::Shared)),
            ("100.64.0.0/10", Some(CommonClash::Shared)),
            ("172.17.3.0/24", Some(CommonClash::Docker)),
            ("172.16.0.0/12", Some(CommonClash::Docker)),
            ("192.168.1.0/24", home("192.168.1.0/24")),
            ("192.168.0.0/16", home("192.168.1.0/24")),
            ("192.168.178.128/25", home("192.168.178.0/24")),
            ("10.0.0.0/8", home("10.0.0.0/24")),
            ("11.0.0.0/24", Some(CommonClash::Internet)),
            ("172.32.0.0/16", Some(CommonClash::Internet)),
            ("100.128.0.0/24", Some(CommonClash::Internet)),
            ("0.0.0.0/0", Some(CommonClash::Internet)),
            ("127.0.0.0/24", Some(CommonClash::Special)),
            ("240.0.0.0/8", Some(CommonClash::Special)),
            ("fd12:3456:789a::/64", None),
            ("2001:db8:1::/48", None),
            ("2000::/3", Some(CommonClash::Internet)),
            ("::/0", Some(CommonClash::Internet)),
            ("fe80::/64", Some(CommonClash::Special)),
        ] {
            assert_eq!(clash(prefix), expected, "{prefix}");
        }
    }

    #[test]
    fn a_unique_local_prefix_is_drawn() {
        let fault = |text: &str| ula_fault(text.parse().unwrap());
        // The example of RFC 4193's generator script, as many pages print it.
        assert_eq!(fault("fd3d:1cf6:6a5e::/48"), None);
        assert_eq!(fault("fd9e:21a7:a92c:2323::/64"), None);
        assert_eq!(fault("2001:db8::/48"), None);
        assert_eq!(fault("10.0.0.0/8"), None);
        assert_eq!(fault("fc12:3456:1::/48"), Some(UlaFault::NotLocal));
        assert_eq!(fault("fd00::/8"), Some(UlaFault::TooShort));
        for text in [
            "fd00::/64",
            "fd00:10:10::/64",
            "fd42:42:42::/64",
            "fd12:3456:789a::/64",
            "fd11:1111:1111::/48",
        ] {
            assert_eq!(fault(text), Some(UlaFault::NotRandom), "{text}");
        }
    }
}
