//! How a plan file is read: every text is parsed into a type that cannot hold
//! nonsense, and the place of the first mistake is named.

mod node;
mod pair;
mod place;
mod site;
mod value;

use crate::plan::{Dns, Plan, Port, Prefix, ProjectId};

use super::error::{FileError, read_json};
use super::json::{At, Fields};
use super::plan_file::{FORMAT, VERSION};
use super::words::MTU_POLICIES;
use node::{Machines, machines};
use value::{MOST, identity, optional, port};

/// Reads a plan file.
///
/// # Errors
/// Says what is wrong and where; nothing is taken over from such a file.
pub fn read_plan(text: &str) -> Result<Plan, FileError> {
    let file = read_json(text, FORMAT, VERSION)?;
    let file = At::root(&file).fields(&[
        "format",
        "version",
        "id",
        "name",
        "tunnel",
        "covering",
        "mtu",
        "dns",
        "listen_port",
        "preshared_keys",
        "talk",
        "sites",
        "nodes",
        "pairs",
    ])?;
    let (sites, site_ids) = site::read_all(&file)?;
    let machines = machines(&file)?;
    let own_id = file.get("id").map(|at| identity(&at)).transpose()?;
    let policy = |at: &At<'_>| at.word(MTU_POLICIES);
    Ok(Plan {
        id: own_id.map(ProjectId::new),
        name: file.need("name")?.parse()?,
        tunnel: read_tunnel(&file.need("tunnel")?)?,
        covering: optional(&file, "covering", At::truth)?.unwrap_or(false),
        mtu: optional(&file, "mtu", policy)?.unwrap_or_default(),
        dns: optional(&file, "dns", |at| read_dns(at, &machines))?,
        listen_port: optional(&file, "listen_port", port)?.unwrap_or(Port::WIREGUARD),
        preshared_keys: optional(&file, "preshared_keys", At::truth)?.unwrap_or(true),
        talk: optional(&file, "talk", pair::read_talk)?.unwrap_or_default(),
        sites,
        nodes: node::read_all(&machines, &site_ids)?,
        pairs: pair::read_all(&file, &machines)?,
    })
}

fn read_tunnel(at: &At<'_>) -> Result<Vec<Prefix>, FileError> {
    let mut tunnel: Vec<Prefix> = Vec::new();
    for at in at.list(MOST)? {
        let prefix: Prefix = at.parse()?;
        // Of prefixes that do not overlap, a new one can overlap its neighbours only.
        let place = tunnel.partition_point(|other| *other < prefix);
        let neighbours = [place.checked_sub(1), Some(place)];
        let mut neighbours = neighbours.iter().flatten().filter_map(|at| tunnel.get(*at));
        if let Some(other) = neighbours.find(|other| other.overlaps(prefix)) {
            return Err(at.problem(format!(
                "{prefix} overlaps {other}; an address belongs to one tunnel prefix only"
            )));
        }
        tunnel.insert(place, prefix);
    }
    if tunnel.is_empty() {
        return Err(at.problem("at least one prefix is needed, such as 10.10.0.0/24"));
    }
    Ok(tunnel)
}

fn read_dns(at: &At<'_>, machines: &Machines<'_>) -> Result<Dns, FileError> {
    let fields: Fields<'_> = at.fields(&["domain", "server", "answers_public"])?;
    Ok(Dns {
        domain: fields.need("domain")?.parse()?,
        server: optional(&fields, "server", |at| machines.named(at))?,
        answers_public: optional(&fields, "answers_public", At::truth)?.unwrap_or(false),
    })
}
