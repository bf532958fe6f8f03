//! How it is read where a machine stands.

use crate::plan::{Forward, Place, PublicAddress, SiteId};

use super::super::error::FileError;
use super::super::json::{At, quoted};
use super::value::{Ids, ip, optional, port};

/// A place is the word `roams`, or an object with one field that names the kind.
pub(super) fn read(at: &At<'_>, sites: &Ids<SiteId>) -> Result<Place, FileError> {
    if at.text().is_ok() {
        return at.word(&[("roams", ())]).map(|()| Place::Roams);
    }
    let kinds = at.fields(&["internet", "site"])?;
    match (kinds.get("internet"), kinds.get("site")) {
        (Some(public), None) => read_public(&public).map(Place::Internet),
        (None, Some(stands)) => read_stands(&stands, sites),
        _ => Err(at.problem("one of internet, site and \"roams\" is expected here")),
    }
}

fn read_stands(stands: &At<'_>, sites: &Ids<SiteId>) -> Result<Place, FileError> {
    let fields = stands.fields(&[
        "at",
        "lan_address",
        "forward",
        "ipv6",
        "ipv6_name",
        "ipv6_open",
    ])?;
    let at = fields.need("at")?;
    let name = at.text()?;
    let site = sites.get(name);
    Ok(Place::Site {
        site: site
            .cloned()
            .ok_or_else(|| at.problem(format!("no site is called {}", quoted(name))))?,
        lan_address: optional(&fields, "lan_address", ip)?,
        forward: optional(&fields, "forward", read_forward)?,
        ipv6: optional(&fields, "ipv6", |at| at.parse_as("an IPv6 address"))?,
        ipv6_name: optional(&fields, "ipv6_name", At::parse)?,
        ipv6_open: optional(&fields, "ipv6_open", At::truth)?.unwrap_or(false),
    })
}

/// The router's port alone, or both ports.
fn read_forward(at: &At<'_>) -> Result<Forward, FileError> {
    if at.number().is_ok() {
        return port(at).map(Forward::from);
    }
    let fields = at.fields(&["external", "internal"])?;
    Ok(Forward {
        external: port(&fields.need("external")?)?,
        internal: optional(&fields, "internal", port)?,
    })
}

pub(super) fn read_public(at: &At<'_>) -> Result<PublicAddress, FileError> {
    let fields = at.fields(&["ipv4", "ipv6", "name"])?;
    Ok(PublicAddress {
        ipv4: optional(&fields, "ipv4", |at| at.parse_as("an IPv4 address"))?,
        ipv6: optional(&fields, "ipv6", |at| at.parse_as("an IPv6 address"))?,
        name: optional(&fields, "name", At::parse)?,
    })
}
