//! Endpoints as each reader takes them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Reader;
use super::fault::FaultKind;
use super::keyword::Keyword;
use super::number::{self, strtoul};
use super::value::{Endpoint, Host};

/// An endpoint, and whether its port was cut to 16 bits.
pub(super) fn endpoint(text: &str, reader: Reader) -> Result<(Endpoint, bool), FaultKind> {
    let (host, port) = match reader {
        Reader::Linux => split_for_wg(text)?,
        Reader::Android => split_for_android(text)?,
        Reader::Apple => split_for_apple(text)?,
        Reader::Windows => split_for_windows(text)?,
    };
    let (port, wraps) = port_of(port, reader).ok_or(FaultKind::BadPort(Keyword::Endpoint))?;
    Ok((Endpoint { host, port }, wraps))
}

fn port_of(text: &str, reader: Reader) -> Option<number::Port> {
    match reader {
        // `getaddrinfo` takes a star for no port.
        Reader::Linux if text == "*" => Some((0, false)),
        // A port in a URI has no sign.
        Reader::Android if text.starts_with(['+', '-']) => None,
        _ => number::port(text, reader),
    }
}

/// `parse_endpoint` of wireguard-tools.
fn split_for_wg(text: &str) -> Result<(Host, &str), FaultKind> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, behind) = rest.split_once(']').ok_or(FaultKind::BadHost)?;
            (host, behind.strip_prefix(':').ok_or(FaultKind::NoPort)?)
        }
        None => text.rsplit_once(':').ok_or(FaultKind::NoPort)?,
    };
    if port.is_empty() {
        return Err(FaultKind::NoPort);
    }
    Ok((glibc_host(host).ok_or(FaultKind::BadHost)?, port))
}

/// A host as `getaddrinfo` of the GNU library takes it.
fn glibc_host(text: &str) -> Option<Host> {
    if text == "*" {
        return Some(Host::Address(IpAddr::V6(Ipv6Addr::LOCALHOST)));
    }
    if let Some(address) = inet_aton(text) {
        return Some(Host::Address(IpAddr::V4(address)));
    }
    if text.contains(':') {
        return zoned(text).map(|address| Host::Address(IpAddr::V6(address)));
    }
    lookup_name(text)
}

/// A name that the GNU library asks a server for: letters, digits, `-` and
/// `_`, each of which may have a backslash in front that says nothing.
fn lookup_name(text: &str) -> Option<Host> {
    // No name is longer than this with a backslash in front of everything.
    if text.len() > 510 {
        return None;
    }
    if let Some((before, behind)) = text.split_once('\\') {
        let plain = behind.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_'));
        return lookup_name(&format!("{before}{behind}")).filter(|_| plain);
    }
    let is_legal = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let name = text.strip_suffix('.').unwrap_or(text);
    let legal = name.len() <= 253 && !name.starts_with('-') && name.split('.').all(is_legal);
    legal.then(|| Host::Name(text.to_ascii_lowercase()))
}

/// An IPv6 address that may have a zone: an interface for a link-local
/// address, a number for any other.
fn zoned(text: &str) -> Option<Ipv6Addr> {
    let Some((address, zone)) = text.split_once('%') else {
        return text.parse().ok();
    };
    let address: Ipv6Addr = address.parse().ok()?;
    let local = address.is_unicast_link_local() || link_local_group(address);
    let number = !zone.is_empty() && zone.bytes().all(|byte| byte.is_ascii_digit());
    (number || local && !zone.is_empty()).then_some(address)
}

fn link_local_group(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.octets();
    first == 0xff && second & 0x0f == 2
}

/// An IPv4 address of one to four numbers, which may be octal or hexadecimal.
fn inet_aton(text: &str) -> Option<Ipv4Addr> {
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    let mut numbers = [0_u64; 4];
    let mut count = 0_usize;
    for part in text.split('.') {
        if !part.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (number, rest) = strtoul(part, 0)?;
        if !rest.is_empty() {
            return None;
        }
        *numbers.get_mut(count)? = number;
        count += 1;
    }
    // All but the last are octets; the last fills what is left.
    let mut value = 0_u64;
    let (last, octets) = numbers.get(..count)?.split_last()?;
    for octet in octets {
        if *octet > 0xff {
            return None;
        }
        value = value << 8 | octet;
    }
    let left = 8 * (5 - u32::try_from(count).ok()?);
    if *last >= 1 << left {
        return None;
    }
    u32::try_from(value << left | last).ok().map(Ipv4Addr::from)
}

/// `InetEndpoint.parse`: the authority of a URI.
fn split_for_android(text: &str) -> Result<(Host, &str), FaultKind> {
    if let Some(rest) = text.strip_prefix('[') {
        let (host, behind) = rest.split_once(']').ok_or(FaultKind::BadHost)?;
        let port = behind.strip_prefix(':').ok_or(FaultKind::NoPort)?;
        let address = zoned(host).ok_or(FaultKind::BadHost)?;
        return Ok((Host::Address(IpAddr::V6(address)), port));
    }
    let (host, port) = text.rsplit_once(':').ok_or(FaultKind::NoPort)?;
    if host.contains(':') {
        return Err(FaultKind::NoBrackets);
    }
    if port.is_empty() {
        return Err(FaultKind::NoPort);
    }
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return Ok((Host::Address(IpAddr::V4(address)), port));
    }
    // RFC 2396: labels of letters, digits and hyphens; the last begins with a letter.
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_legal = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let last = name.rsplit('.').next().unwrap_or(name);
    let legal = name.split('.').all(is_legal)
        && last.starts_with(|character: char| character.is_ascii_alphabetic());
    if legal {
        Ok((Host::Name(host.to_ascii_lowercase()), port))
    } else {
        Err(FaultKind::BadHost)
    }
}

/// `Endpoint.init` of the Apple apps: the first colon ends the host.
fn split_for_apple(text: &str) -> Result<(Host, &str), FaultKind> {
    let (host, port) = if let Some(rest) = text.strip_prefix('[') {
        let (host, behind) = rest.split_once(']').ok_or(FaultKind::BadHost)?;
        (host, behind.strip_prefix(':').ok_or(FaultKind::NoPort)?)
    } else {
        let (host, port) = text.split_once(':').ok_or(FaultKind::NoPort)?;
        if port.contains(':') {
            return Err(FaultKind::NoBrackets);
        }
        (host, port)
    };
    // The characters that Apple's libraries allow in the host of a URL.
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"!$&'()*+,-.:;=[]_~".contains(&byte);
    if host.is_empty() || !host.bytes().all(legal) {
        return Err(FaultKind::BadHost);
    }
    Ok((literal_or_name(host), port))
}

/// `parseEndpoint` of the Windows app: the last colon ends the host.
fn split_for_windows(text: &str) -> Result<(Host, &str), FaultKind> {
    let (host, port) = text.rsplit_once(':').ok_or(FaultKind::NoPort)?;
    if host.is_empty() {
        return Err(FaultKind::BadHost);
    }
    if let Some(inside) = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        let address = inside
            .rsplit_once('%')
            .map_or(inside, |(address, _)| address);
        let address: Ipv6Addr = address.parse().map_err(|_| FaultKind::BadHost)?;
        return Ok((Host::Address(IpAddr::V6(address)), port));
    }
    if host.find(':').is_some_and(|place| place > 0) {
        return Err(FaultKind::NoBrackets);
    }
    if host.starts_with('[') || host.ends_with(']') {
        return Err(FaultKind::BadHost);
    }
    Ok((literal_or_name(host), port))
}

fn literal_or_name(host: &str) -> Host {
    match host.parse::<IpAddr>() {
        Ok(address) => Host::Address(address),
        Err(_) => Host::Name(host.to_ascii_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linux(text: &str) -> Option<String> {
        endpoint(text, Reader::Linux).ok().map(|(endpoint, _)| {
            let host = match endpoint.host {
                Host::Address(address) => address.to_string(),
                Host::Name(name) => format!("name {name}"),
            };
            format!("{host} {}", endpoint.port)
        })
    }

    /// Each row is what `wg setconf` of wireguard-tools 1.0.20210914 said.
    #[test]
    fn endpoints_are_read_as_wg_reads_them() {
        for (text, expected) in [
            ("a.b:5", Some("name a.b 5")),
            ("A_b.:5", Some("name a_b. 5")),
            ("a..b:5", None),
            (".a:5", None),
            ("a/b:5", None),
            ("-a.de:5", None),
            ("a-.de:5", Some("name a-.de 5")),
            ("a@b:5", None),
            ("n\\et:5", Some("name net 5")),
            ("n\\:5", None),
            ("\u{f6}.de:5", None),
            ("1.2.3:5", Some("1.2.0.3 5")),
            ("1:5", Some("0.0.0.1 5")),
            ("0x7f.1:5", Some("127.0.0.1 5")),
            ("010.0.0.1:5", Some("8.0.0.1 5")),
            ("256.1.1.1:5", Some("name 256.1.1.1 5")),
            ("1.2.3.4.5:5", Some("name 1.2.3.4.5 5")),
            ("1e5:5", Some("name 1e5 5")),
            ("0x:5", Some("name 0x 5")),
            ("4294967296:5", Some("name 4294967296 5")),
            ("*:5", Some("::1 5")),
            ("1.2.3.4:*", Some("1.2.3.4 0")),
            (":5", None),
            ("[]:5", None),
            ("[a]:5", Some("name a 5")),
            ("[1.2.3.4]:5", Some("1.2.3.4 5")),
            ("fe80::1%lo:5", Some("fe80::1 5")),
            ("[2001:db8::1%lo]:5", None),
            ("[2001:db8::1%3]:5", Some("2001:db8::1 5")),
            ("2001:db8::1:5", Some("2001:db8::1 5")),
            ("[fe80::1%]:5", None),
            ("a:b:5", None),
            ("[::1]5", None),
            ("[::1]:", None),
            ("1.2.3.4:http", None),
            ("1.2.3.4:domain", Some("1.2.3.4 53")),
            ("1.2.3.4:4294967301", Some("1.2.3.4 5")),
            ("1.2.3.4:-4294967291", Some("1.2.3.4 5")),
            ("1.2.3.4:5,6", None),
            ("1.2.3.4", None),
        ] {
            assert_eq!(linux(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_apps_want_brackets() {
        for reader in [Reader::Android, Reader::Apple, Reader::Windows] {
            let wrong = endpoint("2001:db8::1:51820", reader);
            assert_eq!(wrong, Err(FaultKind::NoBrackets), "{reader:?}");
            assert!(
                endpoint("[2001:db8::1]:51820", reader).is_ok(),
                "{reader:?}"
            );
        }
        assert!(endpoint("my_nas.example.net:51820", Reader::Android).is_err());
        assert!(endpoint("my_nas.example.net:51820", Reader::Apple).is_ok());
    }
}
