//! Values of a config, as wide as its readers take them.

use std::fmt;
use std::net::IpAddr;

/// Where a peer is dialled.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Endpoint {
    /// The host.
    pub host: Host,
    /// The UDP port.
    pub port: u16,
}

/// The host of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
    /// A literal address; a zone behind it is dropped.
    Address(IpAddr),
    /// A name in small letters, looked up when the tunnel starts.
    Name(String),
}

/// One entry of `DNS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DnsEntry {
    /// A server.
    Server(IpAddr),
    /// A search domain, or on Android also a server's name.
    Domain(String),
}

/// Where `wg-quick` puts routes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Table {
    /// Nowhere.
    Off,
    /// Where they are needed.
    Auto,
    /// In this table.
    Other(String),
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Host::Address(IpAddr::V6(address)) => write!(f, "[{address}]:{}", self.port),
            Host::Address(address) => write!(f, "{address}:{}", self.port),
            Host::Name(name) => write!(f, "{name}:{}", self.port),
        }
    }
}
