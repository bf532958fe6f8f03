//! How sites are read.

use litemap::LiteMap;

use crate::plan::{Label, Router, Site, SiteId};

use super::super::error::FileError;
use super::super::json::{At, Fields};
use super::super::words::{NAT_KINDS, ROUTERS, SITE_IPV6};
use super::place::read_public;
use super::value::{Ids, list, optional, own_identity, point, uplink};

pub(super) fn read_all(
    file: &Fields<'_>,
) -> Result<(LiteMap<SiteId, Site>, Ids<SiteId>), FileError> {
    let (mut sites, mut ids, mut known) = (Vec::new(), Ids::new(), Ids::new());
    for at in list(file, "sites")? {
        let fields = at.fields(&[
            "name",
            "id",
            "lans",
            "lans_routed",
            "router",
            "nat",
            "ipv6",
            "uplink",
            "public",
            "position",
            "size",
        ])?;
        let name: Label = fields.need("name")?.parse()?;
        let id = SiteId::new(own_identity(&fields, name.as_str())?);
        if ids.insert(name.to_string(), id.clone()).is_some() {
            return Err(fields.problem(format!("two sites are called {name}")));
        }
        let site = read(name, &fields)?;
        if known.insert(id.to_string(), id.clone()).is_some() {
            return Err(fields.problem(format!("two sites have the identity {id}")));
        }
        sites.push((id, site));
    }
    Ok((crate::sorting::map_of(sites), ids))
}

fn read(name: Label, fields: &Fields<'_>) -> Result<Site, FileError> {
    let mut lans = Vec::new();
    for at in list(fields, "lans")? {
        lans.push(at.parse()?);
    }
    crate::sorting::sort(&mut lans);
    let router = |at: &At<'_>| at.word(ROUTERS);
    let nat = |at: &At<'_>| at.word(NAT_KINDS);
    let ipv6 = |at: &At<'_>| at.word(SITE_IPV6);
    Ok(Site {
        name,
        lans,
        lans_routed: optional(fields, "lans_routed", At::truth)?.unwrap_or(false),
        router: optional(fields, "router", router)?.unwrap_or(Router::Nat),
        nat: optional(fields, "nat", nat)?.unwrap_or_default(),
        ipv6: optional(fields, "ipv6", ipv6)?.unwrap_or_default(),
        uplink: optional(fields, "uplink", uplink)?.unwrap_or_default(),
        public: optional(fields, "public", read_public)?.unwrap_or_default(),
        position: optional(fields, "position", point)?.unwrap_or_default(),
        size: optional(fields, "size", point)?,
    })
}
