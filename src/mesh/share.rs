//! LANs that machines open to the mesh, and who may hold their prefixes.

use crate::plan::{Answers, Edit, Node, NodeId, Place, Plan, Prefix};

use super::check::{LeftOut, Order};
use super::finding::{Code, Finding, Fix, Severity, Subject};
use super::reach::Reach;

/// A LAN that a machine opens to the mesh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The LAN.
    pub prefix: Prefix,
    /// How its hosts' answers return.
    pub answers: Answers,
    /// Machines, by their place, that must not hold the prefix because they
    /// stand in a LAN with the same addresses.
    pub not_for: Vec<usize>,
    /// Machines, by their place, that must not forward towards the prefix: they
    /// stand in a LAN that overlaps it and would deliver past the gateway.
    pub not_through: Vec<usize>,
}

impl Shared {
    /// Whether a machine may hold this prefix.
    #[must_use]
    pub fn is_for(&self, place: usize) -> bool {
        !self.not_for.contains(&place)
    }

    /// Whether a machine may forward packets towards this prefix.
    #[must_use]
    pub fn may_pass(&self, place: usize) -> bool {
        self.is_for(place) && !self.not_through.contains(&place)
    }
}

/// What each machine shares, without what a finding took out.
pub(super) fn shares(
    plan: &Plan,
    order: &Order<'_>,
    left_out: &[Option<LeftOut>],
    reach: &Reach,
    findings: &mut Vec<Finding>,
) -> Vec<Vec<Shared>> {
    let mut accepted: Vec<(Prefix, &NodeId)> = Vec::new();
    let mut result = Vec::with_capacity(order.len());
    for ((id, node), why) in order.iter().zip(left_out) {
        let mut mine = Vec::new();
        if why.is_none() {
            // In the order of prefixes, so that the order of statements decides nothing.
            let mut stated = node.shares.clone();
            crate::sorting::sort_by_key(&mut stated, |share| share.prefix);
            for share in stated {
                let dialled = dialled_inside(order, reach, share.prefix);
                if let Some(finding) = refusal(plan, id, node, share.prefix, &accepted, dialled) {
                    findings.push(finding);
                    continue;
                }
                accepted.push((share.prefix, id));
                if share.answers == Answers::Nothing {
                    findings.push(no_way_back(plan, id, node, share.prefix));
                }
                mine.push(Shared {
                    prefix: share.prefix,
                    answers: share.answers,
                    not_for: standing_in(plan, order, id, node, share.prefix, findings),
                    not_through: overlapping(plan, order, id, share.prefix),
                });
            }
        }
        result.push(mine);
    }
    result
}

/// Why a machine may not share a prefix, if it may not.
fn refusal(
    plan: &Plan,
    id: &NodeId,
    node: &Node,
    prefix: Prefix,
    accepted: &[(Prefix, &NodeId)],
    dialled: Option<&Node>,
) -> Option<Finding> {
    let name = &node.name;
    let stop = Some(Fix {
        text: format!("Stop sharing {prefix} from {name}"),
        edit: Edit::StopSharing(id.clone(), prefix),
    });
    let error = |code, text, evidence: &str| {
        Some(Finding {
            code,
            severity: Severity::Error,
            subject: Subject::Node(id.clone()),
            text,
            evidence: evidence.to_owned(),
            fix: stop.clone(),
        })
    };
    if !node.platform.can_forward() {
        return error(
            Code::E03,
            format!("{name} cannot share {prefix}"),
            "The WireGuard app does not forward packets into a LAN.",
        );
    }
    let family = prefix.family();
    if plan.tunnel_prefix(family).is_none() {
        return error(
            Code::E03,
            format!("{name} cannot share {prefix}: the tunnel has no {family} prefix"),
            "No machine has an address from which it could send there. This LAN is left out of all files.",
        );
    }
    if let Some(tunnel) = plan.tunnel.iter().find(|tunnel| tunnel.overlaps(prefix)) {
        return error(
            Code::E08,
            format!("{name} shares {prefix}, which overlaps the tunnel prefix {tunnel}"),
            "Packets to other machines would be sent to this LAN. It is left out of all files.",
        );
    }
    if let Some((other, owner)) = accepted.iter().find(|(other, _)| other.overlaps(prefix)) {
        let owner = plan
            .nodes
            .get(*owner)
            .map_or(owner.as_str(), |node| node.name.as_str());
        return error(
            Code::E08,
            format!("{name} shares {prefix}, which overlaps {other} of {owner}"),
            "WireGuard would silently give the addresses to one of them, so this LAN is left out of all files.",
        );
    }
    if let Some(other) = dialled {
        return error(
            Code::E06,
            format!(
                "{name} shares {prefix}, which holds the public address of {}",
                other.name
            ),
            "Encrypted packets to that machine would be sent back into the tunnel. This LAN is left out of all files.",
        );
    }
    None
}

/// A machine that is dialled from the internet at an address inside a prefix.
fn dialled_inside<'a>(order: &Order<'a>, reach: &Reach, prefix: Prefix) -> Option<&'a Node> {
    let mut machines = order.iter().enumerate();
    let inside = |place: usize| reach.literals(place).any(|address| prefix.holds(address));
    machines.find_map(|(place, (_, node))| inside(place).then_some(*node))
}

fn no_way_back(plan: &Plan, id: &NodeId, node: &Node, prefix: Prefix) -> Finding {
    let name = &node.name;
    let tunnel = plan
        .tunnel
        .iter()
        .filter(|tunnel| tunnel.family() == prefix.family())
        .map(Prefix::to_string)
        .collect::<Vec<_>>()
        .join(" and ");
    let router = plan
        .site_of(node)
        .map_or("The LAN's router".to_owned(), |site| {
            format!("The router at {}", site.name)
        });
    Finding {
        code: Code::W17,
        severity: Severity::Warning,
        subject: Subject::Node(id.clone()),
        text: format!("{prefix} has no way back to the mesh"),
        evidence: format!(
            "{router} does not know {tunnel}. Add a static route there, or let {name} translate addresses."
        ),
        fix: Some(Fix {
            text: format!("Translate on {name}"),
            edit: Edit::ReturnAnswers(id.clone(), prefix, Answers::Translate),
        }),
    }
}

/// LANs that a machine stands in: those of its site and those that it shares.
fn lans_of<'a>(plan: &'a Plan, node: &'a Node) -> impl Iterator<Item = Prefix> + 'a {
    let site = plan.site_of(node).map_or(&[][..], |site| &site.lans);
    let shared = node.shares.iter().map(|share| share.prefix);
    site.iter().copied().chain(shared)
}

/// The machines that must not hold a prefix because they stand in a LAN with
/// the same addresses; where that is another LAN than the shared one, a finding
/// is added.
fn standing_in(
    plan: &Plan,
    order: &Order<'_>,
    owner: &NodeId,
    owner_node: &Node,
    prefix: Prefix,
    findings: &mut Vec<Finding>,
) -> Vec<usize> {
    let mut places = Vec::new();
    for (place, (id, node)) in order.iter().enumerate() {
        if *id == owner {
            continue;
        }
        let same_site = match (&node.place, &owner_node.place) {
            (Place::Site { site: one, .. }, Place::Site { site: other, .. }) => one == other,
            _ => false,
        };
        let stands_in_it = same_site && may_stand_in(plan, node, prefix);
        if !stands_in_it && !hides_own_lan(plan, node, prefix) {
            continue;
        }
        places.push(place);
        if !same_site {
            findings.push(Finding {
                code: Code::E07,
                severity: Severity::Warning,
                subject: Subject::Node((*id).clone()),
                text: format!("{} cannot reach {prefix} of {}", node.name, owner_node.name),
                evidence: format!(
                    "{} stands in a LAN with the same addresses, so the prefix is left out of its file. Renumber one of the two LANs.",
                    node.name
                ),
                fix: None,
            });
        }
    }
    places
}

/// Whether a route for this prefix would take a machine's own LAN away. A
/// prefix that is shorter than the LAN and contains it is harmless: the LAN's
/// own route is longer and wins.
fn hides_own_lan(plan: &Plan, node: &Node, prefix: Prefix) -> bool {
    if lans_of(plan, node).any(|lan| lan.overlaps(prefix) && lan.length() <= prefix.length()) {
        return true;
    }
    let (Place::Site { site: at, .. }, Some(site)) = (&node.place, plan.site_of(node)) else {
        return false;
    };
    // Where no LAN is stated, or another one, the addresses of the machines
    // there are all that is known of it, and this machine may dial any of them.
    let unstated = |address| site.lan_of(address).is_none() && prefix.holds(address);
    if site.lans.is_empty() {
        plan.nodes_at(at)
            .any(|(_, other)| other.lan_address().is_some_and(unstated))
    } else {
        node.lan_address().is_some_and(unstated)
    }
}

/// Whether a machine at the gateway's site may stand in the LAN that the
/// gateway shares: unless the site states LANs and none of them overlaps it.
fn may_stand_in(plan: &Plan, node: &Node, prefix: Prefix) -> bool {
    let lans = plan.site_of(node).map_or(&[][..], |site| &site.lans);
    lans.is_empty()
        || lans.iter().any(|lan| lan.overlaps(prefix))
        || node
            .lan_address()
            .is_some_and(|address| prefix.holds(address))
}

/// The machines that stand in a LAN which overlaps a prefix.
fn overlapping(plan: &Plan, order: &Order<'_>, owner: &NodeId, prefix: Prefix) -> Vec<usize> {
    let overlaps = |node: &Node| {
        lans_of(plan, node).any(|lan| lan.overlaps(prefix))
            || node
                .lan_address()
                .is_some_and(|address| prefix.holds(address))
    };
    let machines = order.iter().enumerate();
    machines
        .filter(|(_, (id, node))| *id != owner && overlaps(node))
        .map(|(place, _)| place)
        .collect()
}
