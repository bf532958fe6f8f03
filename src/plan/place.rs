//! Where a machine stands.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Forward, HostName, SiteId};

/// How something is found on the internet. All fields may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicAddress {
    /// A fixed IPv4 address.
    pub ipv4: Option<Ipv4Addr>,
    /// A fixed IPv6 address.
    pub ipv6: Option<Ipv6Addr>,
    /// A name, for instance of a dynamic DNS service.
    pub name: Option<HostName>,
}

impl PublicAddress {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// Where a machine stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On the internet, with an address of its own.
    Internet(PublicAddress),
    /// At a site, behind its router.
    Site {
        /// Which site.
        site: SiteId,
        /// Its fixed address in the LAN, if it has one.
        lan_address: Option<IpAddr>,
        /// The UDP port that the router forwards to this machine, if it does.
        forward: Option<Forward>,
        /// Its own global IPv6 address, if that is fixed and known.
        ipv6: Option<Ipv6Addr>,
        /// A name that resolves to its own IPv6 address, where that changes.
        ipv6_name: Option<HostName>,
        /// Whether the router's IPv6 firewall lets its listen port in.
        ipv6_open: bool,
    },
    /// On the move: it dials out and is never dialled.
    Roams,
}

impl Place {
    /// At a site, of which nothing more is known.
    #[must_use]
    pub fn at(site: SiteId) -> Self {
        Self::Site {
            site,
            lan_address: None,
            forward: None,
            ipv6: None,
            ipv6_name: None,
            ipv6_open: false,
        }
    }
}

/// Whether an IPv4 address cannot be reached from the internet: private
/// (RFC 1918), shared with the provider's NAT (RFC 6598), link-local or loopback.
#[must_use]
pub(crate) fn is_hidden_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let shared = first == 100 && (64..128).contains(&second);
    address.is_private()
        || shared
        || address.is_link_local()
        || address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_broadcast()
}

/// Whether an IPv6 address cannot be reached from the internet: everything
/// outside `2000::/3`, which alone is given out as global unicast (RFC 4291,
/// IANA registry). Unique local and link-local addresses lie outside.
#[must_use]
pub(crate) fn is_hidden_v6(address: Ipv6Addr) -> bool {
    let [first, ..] = address.octets();
    first & 0b1110_0000 != 0b0010_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_global_unicast_is_on_the_internet() {
        for text in [
            "fd12::1",
            "fe80::1",
            "::1",
            "::",
            "ff02::1",
            "::ffff:192.0.2.1",
        ] {
            assert!(is_hidden_v6(text.parse().unwrap()), "{text}");
        }
        for text in ["2001:db8::1", "2a01:4f8::1", "3fff::1"] {
            assert!(!is_hidden_v6(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn shared_address_space_is_a_slash_ten() {
        for text in [
            "100.64.0.0",
            "100.127.255.255",
            "10.1.2.3",
            "172.31.0.1",
            "192.168.0.1",
            "169.254.1.1",
        ] {
            assert!(is_hidden_v4(text.parse().unwrap()), "{text}");
        }
        for text in ["100.63.255.255", "100.128.0.0", "172.32.0.1", "203.0.113.1"] {
            assert!(!is_hidden_v4(text.parse().unwrap()), "{text}");
        }
    }
}
