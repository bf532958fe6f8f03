//! Where machines stand of which only the files are known.
//!
//! Whoever is given an Endpoint is taken as dialable there, and everyone else as
//! behind NAT. What is supposed is a plan like any other, so a person can correct
//! it, and every supposition is said in a sentence.

mod dialled;
mod forwarding;
mod shared;

use std::net::IpAddr;

use litemap::LiteMap;

use crate::plan::{
    Forward, Label, Node, NodeId, NodeName, Place, Plan, Port, Prefix, PublicAddress, Router, Site,
    SiteId, SiteIpv6,
};
use crate::sorting;

use super::files::MachineFiles;
use dialled::Dialled;

/// A plan that the files let suppose.
pub struct Supposed {
    /// Where the machines stand.
    pub plan: Plan,
    /// What was supposed, for people.
    pub sentences: Vec<String>,
}

/// Supposes where machines stand. Each gets a name that a plan can hold, and is
/// still shown under its own. With `alone` no kernel settings lie beside the
/// configs, so machines that must forward are taken to.
pub fn of(files: &mut [MachineFiles], alone: bool) -> Supposed {
    let mut plan = Plan::empty();
    let mut sentences = Vec::new();
    rename(files);
    plan.tunnel = tunnel(files);
    let keys = keys(files);
    let dialled = dialled::all(files, &keys);
    let mut open = Vec::new();
    let mut behind = Vec::new();
    for (place, machine) in files.iter().enumerate() {
        let Ok(name) = machine.name.parse::<NodeName>() else {
            continue;
        };
        let found = dialled.get(place);
        let mut node = Node::new(name, Place::Roams);
        settle(&mut plan, &mut node, found, machine);
        match &node.place {
            Place::Site {
                forward: None,
                ipv6: None,
                ..
            } => behind.push(machine.shown.clone()),
            _ => open.push(machine.shown.clone()),
        }
        plan.nodes.insert(NodeId::new(&machine.name), node);
    }
    if !open.is_empty() {
        let are = verb(&open, "is", "are");
        sentences.push(format!(
            "{} {are} dialled at the Endpoints that others have there.",
            list(&open)
        ));
    }
    if !behind.is_empty() {
        let stand = verb(&behind, "stands", "stand");
        let them = verb(&behind, "it", "them");
        sentences.push(format!(
            "{} {stand} behind NAT, since nobody has an Endpoint for {them} on the internet.",
            list(&behind)
        ));
    }
    sentences.extend(sleepers(files, &plan));
    sentences.extend(shared::suppose(files, &keys, &mut plan));
    if alone {
        sentences.extend(forwarding::suppose(files, &keys));
    }
    Supposed { plan, sentences }
}

/// Names that a plan can hold, all different, for the names that people know.
#[must_use]
pub fn names(shown: &[&str]) -> Vec<String> {
    let mut taken: Vec<String> = Vec::with_capacity(shown.len());
    for shown in shown {
        let wish = NodeName::suggest(shown)
            .or_else(|| NodeName::suggest(&format!("m{shown}")))
            .map_or_else(|| "machine".to_owned(), |name| name.to_string());
        let mut name = wish.clone();
        let mut number = 2_u32;
        while taken.contains(&name) {
            let tail = format!("-{number}");
            let kept = NodeName::LONGEST.saturating_sub(tail.len());
            name = wish.chars().take(kept).collect();
            name.push_str(&tail);
            number += 1;
        }
        taken.push(name);
    }
    taken
}

fn rename(files: &mut [MachineFiles]) {
    let shown: Vec<&str> = files.iter().map(|machine| machine.shown.as_str()).collect();
    let names = names(&shown);
    for (machine, name) in files.iter_mut().zip(names) {
        machine.name = name;
    }
}

/// The prefixes of the machines' own addresses, without those inside others.
fn tunnel(files: &[MachineFiles]) -> Vec<Prefix> {
    let addresses = files
        .iter()
        .filter_map(|machine| machine.conf.as_ref().ok());
    let addresses = addresses.flat_map(|conf| &conf.interface.addresses);
    let prefixes = addresses
        .filter_map(|address| Prefix::around(address.value.addr(), address.value.prefix_len()));
    let all = sorting::distinct(prefixes.collect());
    let mut kept: Vec<Prefix> = Vec::new();
    for prefix in all {
        // A prefix sorts before those inside it.
        if !kept.last().is_some_and(|last| last.overlaps(prefix)) {
            kept.push(prefix);
        }
    }
    kept
}

/// Whose key is whose.
fn keys(files: &[MachineFiles]) -> LiteMap<[u8; 32], usize> {
    let mut keys: Vec<([u8; 32], usize)> = files
        .iter()
        .enumerate()
        .filter_map(|(place, machine)| {
            let conf = machine.conf.as_ref().ok()?;
            Some((*conf.interface.public_key?.as_bytes(), place))
        })
        .collect();
    sorting::sort(&mut keys);
    keys.dedup_by_key(|(key, _)| *key);
    sorting::map_of(keys)
}

/// Puts a machine at its place.
fn settle(plan: &mut Plan, node: &mut Node, found: Option<&Dialled>, files: &MachineFiles) {
    let conf = files.conf.as_ref().ok();
    let listens = conf.and_then(|conf| conf.interface.listen_port.as_ref());
    let listens = listens.and_then(|port| Port::try_from(u64::from(port.value)).ok());
    let unasked = Dialled::default();
    let found = found.unwrap_or(&unasked);
    node.listen_port = listens.or_else(|| found.port());
    // Without a port of its own it is a client that speaks when it likes.
    if listens.is_none() {
        node.reachable_idle = Some(false);
    }
    let external = found.port();
    let straight = external.is_none_or(|port| Some(port) == node.listen_port);
    if found.is_public() && straight && found.is_alone() {
        node.place = Place::Internet(PublicAddress {
            ipv4: found.ipv4,
            ipv6: found.ipv6,
            name: found.name.clone(),
        });
        return;
    }
    let id = SiteId::new(&found.site_or(&files.name));
    if !plan.sites.contains_key(&id) {
        plan.sites.insert(id.clone(), site(&files.shown));
    }
    if let Some(site) = plan.sites.get_mut(&id) {
        site.public.ipv4 = site.public.ipv4.or(found.ipv4);
        if site.public.name.is_none() {
            site.public.name.clone_from(&found.name);
        }
        if found.ipv6.is_some() || found.dials_ipv6 {
            site.ipv6 = SiteIpv6::Firewalled;
        }
    }
    let reached = found.ipv4.is_some() || found.name.is_some();
    node.place = Place::Site {
        site: id,
        lan_address: found.lan_address,
        forward: external.filter(|_| reached).map(|external| Forward {
            external,
            internal: None,
        }),
        ipv6: found.ipv6,
        ipv6_name: None,
        ipv6_open: found.ipv6.is_some(),
    };
}

fn site(around: &str) -> Site {
    let label = format!("around {around}").parse::<Label>();
    let mut site = Site::new(label.unwrap_or_else(|_| Label::fallback("somewhere")));
    site.router = Router::Nat;
    site
}

/// Who may fall silent.
fn sleepers(files: &[MachineFiles], plan: &Plan) -> Option<String> {
    let idle = |machine: &&MachineFiles| {
        let node = plan.nodes.get(&NodeId::new(&machine.name));
        node.is_some_and(|node| node.reachable_idle == Some(false))
    };
    let names: Vec<String> = files
        .iter()
        .filter(idle)
        .map(|machine| machine.shown.clone())
        .collect();
    (!names.is_empty()).then(|| {
        format!(
            "{} may fall silent, since no ListenPort is set there.",
            list(&names)
        )
    })
}

/// `a`, `a and b`, `a, b and c`.
fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// A word that goes with one or with several.
fn verb<'a>(names: &[String], one: &'a str, many: &'a str) -> &'a str {
    if names.len() == 1 { one } else { many }
}

/// Whether an address is one of a LAN, which only neighbours dial.
fn is_of_a_lan(address: IpAddr) -> bool {
    !super::ground::is_routed(address)
}
