//! Addresses and prefixes as each reader takes them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use super::Reader;
use super::fault::FaultKind;
use super::keyword::Keyword;
use super::number::{signed, strtoul, whole_strtoul};

/// An entry of `AllowedIPs`, host bits included.
pub(super) fn allowed(text: &str, reader: Reader) -> Result<IpNet, FaultKind> {
    match reader {
        Reader::Linux => wg_prefix(text),
        _ => app_prefix(text, reader, Keyword::AllowedIps),
    }
}

/// An entry of `Address`.
pub(super) fn address(text: &str, reader: Reader) -> Result<IpNet, FaultKind> {
    match reader {
        Reader::Linux => ip_prefix(text),
        _ => app_prefix(text, reader, Keyword::Address),
    }
}

/// The length that stands for one address.
fn host_length(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn prefix(address: IpAddr, length: u64, keyword: Keyword) -> Result<IpNet, FaultKind> {
    u8::try_from(length)
        .ok()
        .and_then(|length| IpNet::new(address, length).ok())
        .ok_or(FaultKind::TooLong(keyword))
}

/// `parse_allowedips` of wireguard-tools: `inet_pton`, and digits behind the slash.
fn wg_prefix(text: &str) -> Result<IpNet, FaultKind> {
    let keyword = Keyword::AllowedIps;
    let (host, length) = match text.split_once('/') {
        Some((host, length)) => (host, Some(length)),
        None => (text, None),
    };
    let address = strict_address(host).ok_or_else(|| {
        if text.starts_with(['+', '-']) {
            FaultKind::Incremental
        } else {
            FaultKind::BadPrefix(keyword)
        }
    })?;
    let Some(length) = length else {
        return Ok(IpNet::from(address));
    };
    if length.is_empty() || !length.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(FaultKind::BadPrefix(keyword));
    }
    prefix(address, length.parse().unwrap_or(u64::MAX), keyword)
}

/// An address as `inet_pton` takes it.
pub(super) fn strict_address(text: &str) -> Option<IpAddr> {
    // IPv4 first, because most are, and the wrong parser would have to fail first.
    if text.bytes().any(|byte| byte == b':') {
        text.parse::<Ipv6Addr>().ok().map(IpAddr::V6)
    } else {
        text.parse::<Ipv4Addr>().ok().map(IpAddr::V4)
    }
}

/// `get_prefix` of iproute2, which `ip address add` reads its address with:
/// parts of an IPv4 address may be hexadecimal, octal or missing at the end,
/// and a length may be written as a mask.
fn ip_prefix(text: &str) -> Result<IpNet, FaultKind> {
    let keyword = Keyword::Address;
    let (host, length) = match text.split_once('/') {
        Some((host, length)) => (host, Some(length)),
        None => (text, None),
    };
    let address = if host.contains(':') {
        host.parse::<Ipv6Addr>().ok().map(IpAddr::V6)
    } else {
        loose_ipv4(host).map(IpAddr::V4)
    };
    let address = address.ok_or(FaultKind::BadPrefix(keyword))?;
    let Some(length) = length else {
        return Ok(IpNet::from(address));
    };
    let length = match whole_strtoul(length, 0).filter(|length| u32::try_from(*length).is_ok()) {
        Some(length) => length,
        None => loose_ipv4(length)
            .and_then(mask_length)
            .ok_or(FaultKind::BadPrefix(keyword))?,
    };
    prefix(address, length, keyword)
}

/// `get_addr_ipv4` of iproute2.
fn loose_ipv4(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0_u8; 4];
    let mut rest = text;
    for (index, octet) in octets.iter_mut().enumerate() {
        let (number, behind) = strtoul(rest, 0)?;
        *octet = u8::try_from(number).ok()?;
        match behind.strip_prefix('.') {
            None if behind.is_empty() => return Some(Ipv4Addr::from(octets)),
            Some(next) if index < 3 => rest = next,
            _ => return None,
        }
    }
    None
}

/// The length of a mask such as 255.255.255.0.
fn mask_length(mask: Ipv4Addr) -> Option<u64> {
    let bits = u32::from(mask);
    (bits.leading_ones() + bits.trailing_zeros() >= 32).then(|| u64::from(bits.leading_ones()))
}

/// Where the apps differ: what stands for a length, and what is too long.
fn app_prefix(text: &str, reader: Reader, keyword: Keyword) -> Result<IpNet, FaultKind> {
    let bad = || FaultKind::BadPrefix(keyword);
    let (host, length) = match text.rsplit_once('/') {
        Some((host, length)) => (host, Some(length)),
        None => (text, None),
    };
    let mut address = app_address(host, reader).ok_or_else(bad)?;
    if reader == Reader::Android {
        // Java has no IPv4 address inside an IPv6 address.
        address = address.to_canonical();
    }
    let longest = host_length(address);
    let Some(length) = length else {
        return Ok(IpNet::from(address));
    };
    let length = match reader {
        Reader::Android => match signed(length).ok_or_else(bad)? {
            number if number < 0 => u64::from(longest),
            number => number.unsigned_abs(),
        },
        Reader::Apple => {
            let length = signed(length).and_then(|length| u8::try_from(length).ok());
            u64::from(length.ok_or_else(bad)?.min(longest))
        }
        // Go's `netip` takes neither a sign nor a leading zero.
        _ => {
            let plain = length == "0" || !length.starts_with(['0', '+', '-']);
            let length = signed(length).filter(|_| plain).ok_or_else(bad)?;
            length.unsigned_abs()
        }
    };
    prefix(address, length, keyword)
}

/// A literal address as an app takes it.
pub(super) fn app_address(text: &str, reader: Reader) -> Option<IpAddr> {
    if reader == Reader::Android
        && let Some(inside) = text
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
    {
        return inside.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
    }
    strict_address(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_ip_reads_them() {
        for (text, expected) in [
            ("10.0.0.1/24", Some("10.0.0.1/24")),
            ("10.0.0.1", Some("10.0.0.1/32")),
            ("10.1/16", Some("10.1.0.0/16")),
            ("010.0.0.1/0x18", Some("8.0.0.1/24")),
            ("10.0.0.1/255.255.255.0", Some("10.0.0.1/24")),
            ("10.0.0.1/255.0.255.0", None),
            ("10.0.0.1/33", None),
            ("10.0.0.1/", None),
            ("10.0.0.256", None),
            ("1.2.3.4.5", None),
            ("fd00::1/64", Some("fd00::1/64")),
            ("fd00::1", Some("fd00::1/128")),
            ("fd00::1/129", None),
            ("", None),
        ] {
            let read = address(text, Reader::Linux).ok().map(|net| net.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_apps_differ_in_what_is_too_long() {
        let read = |text, reader| allowed(text, reader).ok().map(|net| net.to_string());
        assert_eq!(
            read("10.0.0.0/33", Reader::Apple).as_deref(),
            Some("10.0.0.0/32")
        );
        assert_eq!(read("10.0.0.0/33", Reader::Android), None);
        assert_eq!(
            read("10.0.0.0/-1", Reader::Android).as_deref(),
            Some("10.0.0.0/32")
        );
        assert_eq!(read("10.0.0.0/08", Reader::Windows), None);
        assert_eq!(
            read("10.0.0.0/08", Reader::Linux).as_deref(),
            Some("10.0.0.0/8")
        );
    }
}
