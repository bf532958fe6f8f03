//! Entries of `DNS` as each reader takes them.

use super::Reader;
use super::fault::FaultKind;
use super::prefix::{app_address, strict_address};
use super::value::DnsEntry;

/// One entry. An address that is none is a search domain, which hurts nobody.
pub(super) fn entry(text: &str, reader: Reader) -> Result<DnsEntry, FaultKind> {
    let address = match reader {
        Reader::Linux => strict_address(text),
        _ => app_address(text, reader),
    };
    if let Some(address) = address {
        return Ok(DnsEntry::Server(address));
    }
    if reader == Reader::Android && !is_host_name(text) {
        return Err(FaultKind::BadDns);
    }
    Ok(DnsEntry::Domain(text.to_owned()))
}

/// `InetAddresses.isHostname` of the Android app.
fn is_host_name(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let is_legal = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.len() <= 255 && name.split('.').all(is_legal)
}
