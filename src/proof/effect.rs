//! What a machine does with packets of others: forward, drop, translate.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::conf::{At, Effect, Filter, OutOf};
use crate::plan::{Family, Node};

use super::fault::{Line, Which};
use super::files::MachineFiles;

/// Whether and where a machine is told to forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Yes, by this line; without a line it is only taken to.
    Yes(Option<Line>),
    /// No: this line says so, or none says otherwise.
    No(Option<Line>),
}

/// Whether a machine forwards IPv4 and IPv6.
pub(super) struct Forwarding {
    families: [Told; 2],
}

impl Forwarding {
    /// Reads kernel settings and hooks. A phone forwards nothing.
    pub(super) fn new(node: &Node, files: Option<&MachineFiles>) -> Self {
        let told = |family| match files {
            Some(files) if node.platform.can_forward() => told(files, family),
            _ => Told::No(None),
        };
        Self {
            families: Family::BOTH.map(told),
        }
    }

    /// Whether it forwards packets of a family.
    pub(super) fn told(&self, family: Family) -> Told {
        let [four, six] = self.families;
        match family {
            Family::V4 => four,
            Family::V6 => six,
        }
    }
}

fn told(files: &MachineFiles, family: Family) -> Told {
    let hook = files.effects.iter().find_map(|(effect, at)| match effect {
        Effect::Forwards(of) if *of == family => Some(*at),
        _ => None,
    });
    if let Some(at) = hook {
        return Told::Yes(Some(Line {
            which: Which::Config,
            at,
        }));
    }
    let names: &[&str] = match family {
        Family::V4 => &["net.ipv4.ip_forward", "net.ipv4.conf.all.forwarding"],
        Family::V6 => &["net.ipv6.conf.all.forwarding"],
    };
    let settings = files.sysctl.as_ref().map(|(_, settings)| settings);
    let set = settings.and_then(|settings| {
        let mut values = names.iter().filter_map(|name| settings.get(name));
        values.next()
    });
    let line = |at: At| Line {
        which: Which::Sysctl,
        at,
    };
    match set {
        Some((value, at)) if value.trim() != "0" => Told::Yes(Some(line(at))),
        Some((_, at)) => Told::No(Some(line(at))),
        None if files.forwards_anyway => Told::Yes(None),
        None => Told::No(None),
    }
}

/// A packet that a machine forwards.
#[derive(Clone, Copy)]
pub(super) struct Passing {
    pub(super) from: IpAddr,
    /// An address, or a whole LAN.
    pub(super) to: IpNet,
    /// Whether it comes out of the tunnel.
    pub(super) from_tunnel: bool,
    /// Whether it goes into the tunnel.
    pub(super) into_tunnel: bool,
}

/// The hook of a machine that drops a packet.
pub(super) fn dropped_by(files: &MachineFiles, packet: Passing) -> Option<At> {
    let family = Family::of(packet.from);
    let is_meant = |filter: &Filter| {
        filter.family.is_none_or(|of| of == family)
            && holds(&filter.from, packet.from.into())
            && holds(&filter.to, packet.to)
            && (!filter.from_tunnel || packet.from_tunnel)
            && (!filter.into_tunnel || packet.into_tunnel)
    };
    let filters = files
        .effects
        .iter()
        .filter_map(|(effect, at)| match effect {
            Effect::Filters(filter) => Some((filter, *at)),
            _ => None,
        });
    let drops = |filter: &Filter| !filter.accepts && is_meant(filter);
    let mut dropping = filters.clone().filter(|(filter, _)| drops(filter));
    dropping.find_map(|(dropping, _)| {
        let chain = dropping.chain.as_str();
        if !is_passed(files, chain) {
            return None;
        }
        // The rules of the chain in the order in which packets meet them.
        let mut rules: Vec<(&Filter, At)> = Vec::new();
        for rule in filters.clone().filter(|(filter, _)| filter.chain == chain) {
            let end = rules.len();
            rules.insert(rule.0.place.map_or(end, |place| place.min(end)), rule);
        }
        let mut rules = rules.into_iter();
        let (first, at) = rules.find(|(filter, _)| is_meant(filter))?;
        (!first.accepts).then_some(at)
    })
}

/// Whether forwarded packets pass through a chain. Where no command says what
/// it is for, its name has to tell.
fn is_passed(files: &MachineFiles, chain: &str) -> bool {
    let mut effects = files.effects.iter();
    let stated = effects.find_map(|(effect, _)| match effect {
        Effect::Chain {
            chain: of,
            forwards,
        } if of == chain => Some(*forwards),
        _ => None,
    });
    stated.unwrap_or_else(|| {
        let name = chain.rsplit(' ').next().unwrap_or(chain);
        let name = name.to_ascii_lowercase();
        name.contains("forward") || name.contains("fwd")
    })
}

/// The hook of a machine that gives packets from the tunnel its own address on
/// their way out of it.
pub(super) fn translated_by(files: &MachineFiles, packet: Passing) -> Option<At> {
    let family = Family::of(packet.from);
    files.effects.iter().find_map(|(effect, at)| match effect {
        Effect::Translates {
            family: of,
            from,
            to,
            not_to,
            out,
        } => {
            let meant = *of == family
                && *out != Some(OutOf::Tunnel)
                && holds(from, packet.from.into())
                && holds(to, packet.to)
                && !not_to.iter().any(|net| net.contains(&packet.to));
            meant.then_some(*at)
        }
        _ => None,
    })
}

/// Whether a list holds a network; an empty list holds all.
fn holds(list: &[IpNet], net: IpNet) -> bool {
    list.is_empty() || list.iter().any(|one| one.contains(&net))
}
