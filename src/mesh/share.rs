//! LANs that machines open to the mesh, and who may hold their prefixes.

use crate::plan::{Answers, Edit, Node, NodeId, Place, Plan, Prefix};

use super::check::{LeftOut, Order};
use super::finding::{Code, Finding, Fix, Severity, Subject};

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
}

impl Shared {
    /// Whether a machine may hold this prefix.
    #[must_use]
    pub fn is_for(&self, place: usize) -> bool {
        !self.not_for.contains(&place)
    }
}

/// What each machine shares, without what a finding took out.
pub(super) fn shares(
    plan: &Plan,
    order: &Order<'_>,
    left_out: &[Option<LeftOut>],
    findings: &mut Vec<Finding>,
) -> Vec<Vec<Shared>> {
    let mut accepted: Vec<(Prefix, &NodeId)> = Vec::new();
    let mut result = Vec::with_capacity(order.len());
    for ((id, node), why) in order.iter().zip(left_out) {
        let mut mine = Vec::new();
        if why.is_none() {
            for share in &node.shares {
                if let Some(finding) = refusal(plan, id, node, share.prefix, &accepted) {
                    findings.push(finding);
                    continue;
                }
                accepted.push((share.prefix, id));
                if share.answers == Answers::Nothing {
                    findings.push(no_way_back(plan, id, node, share.prefix));
                }
                let not_for = standing_in(plan, order, id, node, share.prefix, findings);
                mine.push(Shared {
                    prefix: share.prefix,
                    answers: share.answers,
                    not_for,
                });
            }
        }
        mine.sort_by_key(|share| share.prefix);
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
    let dialled = plan
        .nodes
        .values()
        .find(|other| public_ip(plan, other).is_some_and(|address| prefix.holds(address)));
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

/// The literal IPv4 or IPv6 address at which a machine is dialled from outside.
fn public_ip(plan: &Plan, node: &Node) -> Option<std::net::IpAddr> {
    let public = match &node.place {
        Place::Internet(public) => public,
        Place::Site {
            forward: Some(_), ..
        } => &plan.site_of(node)?.public,
        Place::Site { .. } | Place::Roams => return None,
    };
    public.ipv4.map(Into::into).or(public.ipv6.map(Into::into))
}

fn no_way_back(plan: &Plan, id: &NodeId, node: &Node, prefix: Prefix) -> Finding {
    let name = &node.name;
    let tunnel = plan
        .tunnel
        .iter()
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

/// The machines that stand in a shared LAN, or in another one with the same
/// addresses; for the latter a finding is added.
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
        let Place::Site {
            site, lan_address, ..
        } = &node.place
        else {
            continue;
        };
        if *id == owner {
            continue;
        }
        // A shared prefix that is shorter than the LAN and contains it is
        // harmless: the LAN's own route is longer and wins.
        let lans = plan.sites.get(site).map_or(&[][..], |site| &site.lans);
        let hides_lan = lans
            .iter()
            .any(|lan| lan.overlaps(prefix) && lan.length() <= prefix.length());
        let holds_it = lans.is_empty() && lan_address.is_some_and(|address| prefix.holds(address));
        let same_site = matches!(&owner_node.place, Place::Site { site: at, .. } if at == site);
        let inside = same_site
            && (lan_address.is_some_and(|address| prefix.holds(address))
                || lans.iter().any(|lan| lan.overlaps(prefix)));
        if hides_lan || holds_it || inside {
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
    }
    places
}
