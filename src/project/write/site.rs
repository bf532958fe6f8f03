//! How a site is written.

use crate::plan::{PublicAddress, Site, SiteId, Uplink};

use super::super::plan_file::{PublicFile, SiteFile};
use super::super::words::{NAT_KINDS, ROUTERS, SITE_IPV6, unusual, word};
use super::{differing, pair, sorted_texts, write_uplink, yes};

pub(super) fn write(id: &SiteId, site: &Site) -> SiteFile {
    let uplink = (site.uplink != Uplink::default()).then_some(site.uplink);
    SiteFile {
        name: site.name.to_string(),
        id: differing(id.as_str(), site.name.as_str()),
        lans: sorted_texts(&site.lans),
        lans_routed: yes(site.lans_routed),
        router: word(ROUTERS, &site.router),
        nat: unusual(NAT_KINDS, &site.nat),
        ipv6: unusual(SITE_IPV6, &site.ipv6),
        uplink: uplink.and_then(write_uplink),
        public: (!site.public.is_unknown()).then(|| public(&site.public)),
        position: Some(pair(site.position)),
        size: site.size.map(pair),
    }
}

pub(super) fn public(address: &PublicAddress) -> PublicFile {
    PublicFile {
        ipv4: address.ipv4.map(|address| address.to_string()),
        ipv6: address.ipv6.map(|address| address.to_string()),
        name: address.name.as_ref().map(ToString::to_string),
    }
}
