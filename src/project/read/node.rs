//! How machines are read: first what they are called, then all the rest,
//! because a machine may name another that stands further below.

use litemap::LiteMap;

use crate::plan::{
    Answers, Family, Form, Node, NodeId, NodeName, Platform, Relaying, SharedLan, SiteId,
    TunnelAddresses,
};

use super::super::error::FileError;
use super::super::json::{At, Fields, quoted};
use super::super::words::{ANSWERS, FIREWALLS, FORMS, PLATFORMS, STACKS};
use super::place;
use super::value::{Ids, distinct, ip, list, mtu, optional, own_identity, point, port, uplink};

/// The machines of a file by their names.
pub(super) struct Machines<'a> {
    entries: Vec<(NodeId, NodeName, Fields<'a>)>,
    ids: Ids<NodeId>,
}

impl Machines<'_> {
    /// The machine that a value names.
    pub(super) fn named(&self, at: &At<'_>) -> Result<NodeId, FileError> {
        let name = at.text()?;
        self.ids
            .get(name)
            .cloned()
            .ok_or_else(|| at.problem(format!("no machine is called {}", quoted(name))))
    }

    /// The machine that a value names, which is another than `own`.
    fn other(&self, at: &At<'_>, own: &NodeId) -> Result<NodeId, FileError> {
        let id = self.named(at)?;
        if id == *own {
            return Err(at.problem("another machine is expected here, not this one itself"));
        }
        Ok(id)
    }
}

/// Reads what the machines are called.
pub(super) fn machines<'a>(file: &Fields<'a>) -> Result<Machines<'a>, FileError> {
    let (mut entries, mut ids, mut known) = (Vec::new(), Ids::new(), Ids::new());
    for at in list(file, "nodes")? {
        let fields = at.fields(&[
            "name",
            "id",
            "form",
            "platform",
            "place",
            "addresses",
            "stack",
            "firewall",
            "always_on",
            "clock",
            "uplink",
            "uplink_name",
            "slaac",
            "mtu",
            "listen_port",
            "relay",
            "hub",
            "groups",
            "exit",
            "uses_exit",
            "shares",
            "leaves_out",
            "reachable_idle",
            "public_key",
            "position",
        ])?;
        let name: NodeName = fields.need("name")?.parse()?;
        let id = NodeId::new(own_identity(&fields, name.as_str())?);
        if id.as_str().contains(char::is_whitespace) {
            // The keyring file separates the two ends of a pair by a space.
            return Err(fields.problem("an identity has no spaces"));
        }
        if ids.insert(name.to_string(), id.clone()).is_some() {
            return Err(fields.problem(format!("two machines are called {name}")));
        }
        if known.insert(id.to_string(), ()).is_some() {
            return Err(fields.problem(format!("two machines have the identity {id}")));
        }
        entries.push((id, name, fields));
    }
    Ok(Machines { entries, ids })
}

/// Reads all facts of all machines.
pub(super) fn read_all(
    machines: &Machines<'_>,
    sites: &Ids<SiteId>,
) -> Result<LiteMap<NodeId, Node>, FileError> {
    let mut nodes = Vec::new();
    for (id, name, fields) in &machines.entries {
        let node = read(id, name, fields, machines, sites)?;
        nodes.push((id.clone(), node));
    }
    Ok(crate::sorting::map_of(nodes))
}

fn read(
    id: &NodeId,
    name: &NodeName,
    fields: &Fields<'_>,
    machines: &Machines<'_>,
    sites: &Ids<SiteId>,
) -> Result<Node, FileError> {
    let form = |at: &At<'_>| at.word(FORMS);
    let platform = |at: &At<'_>| at.word(PLATFORMS);
    let stack = |at: &At<'_>| at.word(STACKS);
    let firewall = |at: &At<'_>| at.word(FIREWALLS);
    let other = |at: &At<'_>| machines.other(at, id);
    let relay = optional(fields, "relay", At::truth)?;
    Ok(Node {
        name: name.clone(),
        form: optional(fields, "form", form)?.unwrap_or(Form::Server),
        platform: optional(fields, "platform", platform)?.unwrap_or(Platform::Linux),
        place: place::read(&fields.need("place")?, sites)?,
        addresses: read_addresses(fields)?,
        stack: optional(fields, "stack", stack)?.unwrap_or_default(),
        firewall: optional(fields, "firewall", firewall)?.unwrap_or_default(),
        always_on: optional(fields, "always_on", At::truth)?,
        clock: optional(fields, "clock", At::truth)?,
        uplink: optional(fields, "uplink", uplink)?,
        uplink_name: optional(fields, "uplink_name", At::parse)?,
        slaac: optional(fields, "slaac", At::truth)?,
        mtu: optional(fields, "mtu", mtu)?,
        listen_port: optional(fields, "listen_port", port)?,
        relay: relay.map_or(Relaying::Automatic, |yes| {
            if yes { Relaying::Yes } else { Relaying::No }
        }),
        hub: optional(fields, "hub", other)?,
        groups: distinct(&list(fields, "groups")?, At::parse)?,
        exit: optional(fields, "exit", At::truth)?.unwrap_or(false),
        uses_exit: optional(fields, "uses_exit", other)?,
        shares: read_shares(fields)?,
        leaves_out: distinct(&list(fields, "leaves_out")?, At::parse)?,
        reachable_idle: optional(fields, "reachable_idle", At::truth)?,
        public_key: optional(fields, "public_key", At::parse)?,
        position: optional(fields, "position", point)?.unwrap_or_default(),
    })
}

fn read_addresses(fields: &Fields<'_>) -> Result<TunnelAddresses, FileError> {
    let mut addresses = TunnelAddresses::default();
    for at in list(fields, "addresses")? {
        let address = ip(&at)?;
        let family = Family::of(address);
        if addresses.of(family).is_some() {
            return Err(at.problem(format!(
                "a second {family} address; one per family is enough"
            )));
        }
        addresses.set(family, Some(address));
    }
    Ok(addresses)
}

fn read_shares(fields: &Fields<'_>) -> Result<Vec<SharedLan>, FileError> {
    let answers = |at: &At<'_>| at.word(ANSWERS);
    let mut shares: Vec<SharedLan> = Vec::new();
    for at in list(fields, "shares")? {
        let fields = at.fields(&["prefix", "answers"])?;
        let prefix = fields.need("prefix")?.parse()?;
        if shares.iter().any(|other| other.prefix == prefix) {
            return Err(fields.problem(format!("the prefix {prefix} is listed twice")));
        }
        shares.push(SharedLan {
            prefix,
            answers: optional(&fields, "answers", answers)?.unwrap_or(Answers::Translate),
        });
    }
    // The order of statements means nothing, so it is not kept.
    crate::sorting::sort_by_key(&mut shares, |share| share.prefix);
    Ok(shares)
}
