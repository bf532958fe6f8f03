//! Numbers as each reader takes them.

use super::Reader;

/// A port, and whether it was cut to 16 bits.
pub(super) type Port = (u16, bool);

/// What `strtoul` of C reads at the beginning, and the rest. `base` 0 takes
/// `0x` for hexadecimal and a leading 0 for octal. A number above 64 bits
/// becomes the largest one; a minus turns it round within 64 bits.
pub(super) fn strtoul(text: &str, base: u32) -> Option<(u64, &str)> {
    let (minus, digits) = match text.strip_prefix(['+', '-']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    let hexadecimal = digits
        .strip_prefix("0x")
        .or_else(|| digits.strip_prefix("0X"))
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_hexdigit()));
    let (base, mut rest) = match (base, hexadecimal) {
        (0 | 16, Some(rest)) => (16, rest),
        (0, None) if digits.starts_with('0') => (8, digits),
        (0, None) => (10, digits),
        (base, _) => (base, digits),
    };
    let mut value: Option<u64> = None;
    let mut overflow = false;
    while let Some(digit) = rest.chars().next().and_then(|c| c.to_digit(base)) {
        let next = value
            .unwrap_or(0)
            .checked_mul(u64::from(base))
            .and_then(|value| value.checked_add(u64::from(digit)));
        overflow |= next.is_none();
        value = Some(next.unwrap_or(u64::MAX));
        rest = rest.get(1..).unwrap_or("");
    }
    let value = value?;
    Some(match (overflow, minus) {
        (true, _) => (u64::MAX, rest),
        (false, true) => (value.wrapping_neg(), rest),
        (false, false) => (value, rest),
    })
}

/// The same where the number must be all of the text.
pub(super) fn whole_strtoul(text: &str, base: u32) -> Option<u64> {
    strtoul(text, base)
        .filter(|(_, rest)| rest.is_empty())
        .map(|(value, _)| value)
}

/// Digits and nothing else, as far as they fit.
fn digits(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().unwrap_or(u32::MAX))
}

/// A number that may have a sign, as Java, Swift and Go read it.
pub(super) fn signed(text: &str) -> Option<i64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits(unsigned)?;
    text.parse().ok()
}

/// A number with a sign that must fit 16 bits.
fn signed_16(text: &str) -> Option<u16> {
    signed(text).and_then(|number| u16::try_from(number).ok())
}

/// A port as each reader takes it.
pub(super) fn port(text: &str, reader: Reader) -> Option<Port> {
    match reader {
        Reader::Linux => linux_port(text),
        Reader::Android | Reader::Apple | Reader::Windows => {
            signed_16(text).map(|port| (port, false))
        }
    }
}

/// A port as `getaddrinfo` of the GNU library reads it: a number that is cut
/// to 32 bits and then to 16, or a name of `/etc/services`.
fn linux_port(text: &str) -> Option<Port> {
    match strtoul(text, 10) {
        Some((number, "")) => {
            let [low, high, third, fourth, ..] = number.to_le_bytes();
            if fourth >= 0x80 {
                // A negative number is looked up like a name.
                return None;
            }
            let wraps = third != 0 || fourth != 0 || number > u64::from(u32::MAX);
            Some((u16::from_le_bytes([low, high]), wraps))
        }
        _ => SERVICES
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, port)| (*port, false)),
    }
}

/// Names that every `/etc/services` gives a UDP port, as far as anyone would
/// run a tunnel there.
const SERVICES: [(&str, u16); 12] = [
    ("domain", 53),
    ("https", 443),
    ("ntp", 123),
    ("snmp", 161),
    ("isakmp", 500),
    ("syslog", 514),
    ("openvpn", 1194),
    ("l2f", 1701),
    ("radius", 1812),
    ("ipsec-nat-t", 4500),
    ("sip", 5060),
    ("mdns", 5353),
];

/// A firewall mark as `wg` reads it.
pub(super) fn fw_mark(text: &str) -> Option<u32> {
    if text.eq_ignore_ascii_case("off") {
        return Some(0);
    }
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let base = if text.len() > 2 && text.starts_with("0x") {
        16
    } else {
        10
    };
    u32::try_from(whole_strtoul(text, base)?).ok()
}

/// Seconds between keepalives.
pub(super) fn keepalive(text: &str, reader: Reader) -> Option<u16> {
    match reader {
        Reader::Linux if text.eq_ignore_ascii_case("off") => Some(0),
        Reader::Linux => digits(text).and_then(|number| u16::try_from(number).ok()),
        Reader::Windows if text == "off" => Some(0),
        Reader::Android | Reader::Apple | Reader::Windows => signed_16(text),
    }
}

/// The size of packets in bytes. `wg-quick` hands it to `ip`, which takes any
/// number that the kernel takes; 0 stands for automatic in the apps.
pub(super) fn mtu(text: &str, reader: Reader) -> Option<u32> {
    match reader {
        Reader::Linux => {
            let number = whole_strtoul(text, 0)?;
            u32::try_from(number)
                .ok()
                .filter(|number| *number <= LARGEST_MTU)
        }
        Reader::Android => signed(text)
            .filter(|number| *number <= i64::from(i32::MAX))
            .and_then(|number| u32::try_from(number).ok()),
        Reader::Apple => signed_16(text).map(u32::from),
        Reader::Windows => signed_16(text)
            .filter(|number| *number >= 576)
            .map(u32::from),
    }
}

/// What the kernel's driver takes: the largest number that is a multiple of
/// its padding, less what WireGuard puts in front (`device.c`, `wg_setup`).
const LARGEST_MTU: u32 = 2_147_483_552;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_cut_as_getaddrinfo_cuts_them() {
        let linux = |text| port(text, Reader::Linux);
        assert_eq!(linux("51820"), Some((51820, false)));
        assert_eq!(linux("070000"), Some((4464, true)));
        assert_eq!(linux("65536"), Some((0, true)));
        assert_eq!(linux("domain"), Some((53, false)));
        assert_eq!(linux("4294967301"), Some((5, true)));
        assert_eq!(linux("2147483648"), None);
        assert_eq!(linux("-1"), None);
        assert_eq!(linux("99999999999999999999"), None);
        assert_eq!(linux("5x"), None);
        assert_eq!(port("70000", Reader::Windows), None);
    }

    #[test]
    fn marks_are_read_as_wg_reads_them() {
        for (text, mark) in [
            ("off", Some(0)),
            ("OFF", Some(0)),
            ("0x10", Some(16)),
            ("0xFFffFFff", Some(u32::MAX)),
            ("010", Some(10)),
            ("0X10", None),
            ("0x", None),
            ("4294967296", None),
            ("-1", None),
            ("+1", None),
            ("", None),
        ] {
            assert_eq!(fw_mark(text), mark, "{text}");
        }
    }
}
