//! Which changes are worth a try.
//!
//! Only what a person could really do: nobody forwards a port behind the
//! provider's NAT, to a phone, or past a firewall that cannot be changed.

use crate::plan::{
    Edit, HostFirewall, NatKind, Node, NodeId, NodeName, PairChoice, Place, Plan, Router, Site,
    SiteIpv6, Stack,
};

use super::super::uplink::is_behind_provider;
use super::super::{Mesh, Reason, Subject, Verdict};
use super::gain::is_asked;
use super::{Asks, Candidate, Effort, MOST};

/// The changes that could help what is asked about, those that touch the most
/// pairs first, at most [`MOST`].
#[must_use]
pub fn candidates(plan: &Plan, mesh: &Mesh, scope: &Subject) -> Vec<Candidate> {
    let need = Need::of(plan, mesh, scope);
    let mut found: Vec<(usize, Candidate)> = Vec::new();
    let mut add = |weight: usize, candidate: Candidate| match found
        .iter_mut()
        .find(|(_, known)| *known == candidate)
    {
        Some((known, _)) => *known += weight,
        None if weight > 0 => found.push((weight, candidate)),
        None => {}
    };
    for (place, node) in mesh.nodes.iter().enumerate() {
        let Some(stated) = plan.nodes.get(&node.id) else {
            continue;
        };
        let bad = need.of_node(place);
        for candidate in at_node(plan, &node.id, stated) {
            add(bad, candidate);
        }
        // A relay helps those that do not get through at all.
        if stated.platform.can_forward() && !stated.may_relay() && need.links_ends(mesh, place) {
            add(
                need.impossible,
                Candidate::new(Effort::Plan, Edit::LetRelay(node.id.clone())),
            );
        }
    }
    for (a, b) in &need.at_one_site {
        for candidate in in_lan(plan, mesh, *a, *b) {
            add(1, candidate);
        }
    }
    if let Subject::Pair(key) = scope {
        let (a, b) = key.ends();
        let both_keep = keeps_port(plan, a) && keeps_port(plan, b);
        if both_keep && plan.pairs.get(key) != Some(&PairChoice::Direct) {
            add(
                1,
                Candidate::new(Effort::Plan, Edit::TalkDirectly(key.clone())),
            );
        }
    }
    if let Some(candidate) = new_relay(plan) {
        add(need.impossible, candidate);
    }
    crate::sorting::sort_by(&mut found, |(one, _), (other, _)| other.cmp(one));
    // The server is tried in any case: it helps where nothing else does.
    let is_server = |candidate: &Candidate| candidate.effort == Effort::Money;
    let server = found.iter().position(|(_, candidate)| is_server(candidate));
    let server = server.map(|place| found.remove(place).1);
    found.truncate(MOST.saturating_sub(usize::from(server.is_some())));
    let rest = found.into_iter().map(|(_, candidate)| candidate);
    rest.chain(server).collect()
}

impl Candidate {
    fn new(effort: Effort, edit: Edit) -> Self {
        Self {
            edit: Some(edit),
            asks: None,
            effort,
        }
    }

    fn saying(asks: Asks) -> Self {
        Self {
            edit: None,
            asks: Some(asks),
            effort: Effort::Say,
        }
    }

    fn asking(self, asks: Option<Asks>) -> Self {
        Self { asks, ..self }
    }
}

/// Who needs help.
struct Need {
    /// For each machine, its pairs without a session of their own.
    bad: Vec<usize>,
    /// For each machine, its pairs that do not get through.
    cut_off: Vec<usize>,
    /// Pairs that do not get through.
    impossible: usize,
    /// Pairs at one site that find no way over its LAN.
    at_one_site: Vec<(usize, usize)>,
}

impl Need {
    fn of(plan: &Plan, mesh: &Mesh, scope: &Subject) -> Self {
        let mut need = Self {
            bad: vec![0; mesh.nodes.len()],
            cut_off: vec![0; mesh.nodes.len()],
            impossible: 0,
            at_one_site: Vec::new(),
        };
        let count = |list: &mut Vec<usize>, place: usize| {
            if let Some(count) = list.get_mut(place) {
                *count += 1;
            }
        };
        for pair in mesh.pairs.iter() {
            let is_cut_off = pair.verdict == Verdict::Impossible;
            let is_bad = is_cut_off || matches!(pair.verdict, Verdict::Relayed(_));
            if !is_bad || pair.reason == Reason::LeftOut || !is_asked(plan, mesh, scope, pair) {
                continue;
            }
            for end in [pair.a, pair.b] {
                count(&mut need.bad, end);
                if is_cut_off {
                    count(&mut need.cut_off, end);
                }
            }
            need.impossible += usize::from(is_cut_off);
            if pair.reason == Reason::NoLanAddress {
                need.at_one_site.push((pair.a, pair.b));
            }
        }
        need
    }

    fn of_node(&self, place: usize) -> usize {
        self.bad.get(place).copied().unwrap_or(0)
    }

    /// Whether a machine has a session with one that does not reach all others.
    fn links_ends(&self, mesh: &Mesh, place: usize) -> bool {
        mesh.nodes.get(place).is_some_and(|node| {
            let cut_off = |end: usize| self.cut_off.get(end).is_some_and(|count| *count > 0);
            node.peers.iter().any(|peer| cut_off(peer.node))
        })
    }
}

/// What could be done at one machine and its router.
fn at_node(plan: &Plan, id: &NodeId, node: &Node) -> Vec<Candidate> {
    let mut found = Vec::new();
    match &node.place {
        Place::Internet(public) => {
            if public.is_unknown() {
                found.push(Candidate::saying(Asks::Host(id.clone())));
            }
        }
        Place::Site {
            site: at,
            forward,
            ipv6,
            ipv6_name,
            ipv6_open,
            ..
        } if is_server(node) => {
            let Some(site) = plan.sites.get(at) else {
                return found;
            };
            let unknown = site.public.ipv4.is_none() && site.public.name.is_none();
            let router = unknown.then(|| Asks::Router(at.clone()));
            let leads_elsewhere = forward.is_some_and(|forward| {
                let inside = forward.internal;
                inside.is_some_and(|port| port != plan.listen_port_of(node))
            });
            if can_forward(site, node) {
                match (forward, plan.free_external_port(id)) {
                    (None, Some(port)) => {
                        let edit = Edit::Forward(id.clone(), port);
                        found.push(Candidate::new(Effort::Router, edit).asking(router));
                    }
                    (Some(forward), _) if leads_elsewhere => {
                        let edit = Edit::Forward(id.clone(), forward.external);
                        found.push(Candidate::new(Effort::Router, edit).asking(router));
                    }
                    (Some(_), _) => found.extend(router.map(Candidate::saying)),
                    (None, None) => {}
                }
            }
            let has_ipv6 = site.ipv6 != SiteIpv6::None && node.stack != Stack::Ipv4Only;
            let address = (ipv6.is_none() && ipv6_name.is_none()).then(|| Asks::Ipv6(id.clone()));
            if has_ipv6 {
                if site.ipv6 == SiteIpv6::Firewalled && !ipv6_open {
                    let edit = Edit::OpenIpv6(id.clone());
                    found.push(Candidate::new(Effort::Router, edit).asking(address.clone()));
                }
                // Where both ends open the path at once, an address is enough.
                found.extend(address.map(Candidate::saying));
            }
        }
        Place::Site { .. } | Place::Roams => {}
    }
    found
}

/// Whether a machine can be told to take calls.
fn is_server(node: &Node) -> bool {
    !node.platform.is_app() && node.firewall == HostFirewall::LetsIn
}

/// Whether the router of a site can forward a port to a machine.
fn can_forward(site: &Site, node: &Node) -> bool {
    let has_ipv4 = matches!(node.stack, Stack::Usual | Stack::Ipv4Only);
    site.router == Router::Nat && !is_behind_provider(site) && has_ipv4
}

/// Whether a machine stands behind a router that keeps source ports, whose
/// address is known.
fn keeps_port(plan: &Plan, id: &NodeId) -> bool {
    let site = plan.nodes.get(id).and_then(|node| plan.site_of(node));
    site.is_some_and(|site| {
        let known = site.public.ipv4.is_some() || site.public.name.is_some();
        site.nat == NatKind::KeepsPort && !is_behind_provider(site) && known
    })
}

/// What would let two machines at one site talk over its LAN.
fn in_lan(plan: &Plan, mesh: &Mesh, a: usize, b: usize) -> Vec<Candidate> {
    let entry = |place: usize| {
        let id = &mesh.nodes.get(place)?.id;
        Some((id, plan.nodes.get(id)?))
    };
    let (Some(a), Some(b)) = (entry(a), entry(b)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for ((id, node), (_, other)) in [(a, b), (b, a)] {
        let (Place::Site { site: at, .. }, None) = (&node.place, node.lan_address()) else {
            continue;
        };
        if let Some(address) = plan.free_lan_address(at, other.lan_address()) {
            let edit = Edit::FixLanAddress(id.clone(), address);
            found.push(Candidate::new(Effort::Machine, edit));
        }
    }
    if let Place::Site { site: at, .. } = &a.1.place
        && let Some(site) = plan.sites.get(at)
        && site.lans.len() > 1
        && !site.lans_routed
    {
        found.push(Candidate::new(Effort::Router, Edit::RouteLans(at.clone())));
    }
    found
}

/// A server on the internet that relays.
fn new_relay(plan: &Plan) -> Option<Candidate> {
    let name = free_name(plan)?;
    let id = NodeId::fresh(name.as_str(), |text| {
        plan.nodes.contains_key(&NodeId::new(text))
    });
    let asks = Some(Asks::Host(id.clone()));
    Some(Candidate::new(Effort::Money, Edit::AddRelay(id, name)).asking(asks))
}

/// `relay`, `relay2`, `relay3` … whichever no machine bears.
fn free_name(plan: &Plan) -> Option<NodeName> {
    let names = (1..=plan.nodes.len() + 1).map(|number| match number {
        1 => "relay".to_owned(),
        _ => format!("relay{number}"),
    });
    let mut free = names.filter(|name| plan.node_named(name).is_none());
    free.next()?.parse().ok()
}
