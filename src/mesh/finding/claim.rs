//! Claims about where a machine stands that something else contradicts.

use crate::plan::{Edit, Family, Node, NodeId, Place, Plan, Router};

use super::super::{ClashAt, Closed, Mesh};
use super::{Code, Finding, Fix, Severity, Subject};

/// Claims of one machine that its own statements contradict.
pub(super) fn contradictions<'a>(
    plan: &'a Plan,
    id: &'a NodeId,
    node: &'a Node,
) -> impl Iterator<Item = Finding> + 'a {
    let app_with_own_key = (node.keeps_its_key() && node.platform.is_app()).then(|| Finding {
        code: Code::E10,
        severity: Severity::Error,
        subject: Subject::Node(id.clone()),
        text: format!("{} cannot keep its private key to itself", node.name),
        evidence: "The WireGuard app refuses a file without a private key, so no file is written for this machine. Let Meshwright make its key, or enter the peers in the app by hand.".to_owned(),
        fix: None,
    });
    foreign_address(plan, id, node)
        .into_iter()
        .chain(app_with_own_key)
}

/// A machine that is said to be dialable and is not.
pub(super) fn not_dialable(plan: &Plan, id: &NodeId, closed: Closed) -> Option<Finding> {
    let node = plan.nodes.get(id)?;
    let name = &node.name;
    let (text, evidence, fix) = match (&node.place, closed) {
        (Place::Site { site, forward: Some(forward), .. }, why @ (Closed::Cgnat | Closed::RouterUnknown)) => {
            let site = plan.sites.get(site)?;
            if why == Closed::Cgnat {
                let evidence = if site.router == Router::Cgnat {
                    format!("The provider translates addresses a second time in front of the router at {}, and forwards nothing.", site.name)
                } else {
                    format!("The router at {} has a private address on the internet side, so the provider translates a second time.", site.name)
                };
                let fix = Fix { text: format!("Do not count on UDP {}", forward.external), edit: Edit::StopForward(id.clone()) };
                (format!("The port forwarded to {name} cannot be reached"), evidence, Some(fix))
            } else {
                (
                    format!("Nobody can dial {name} yet, although a port is forwarded to it"),
                    format!("Say the public IPv4 address or DNS name of the router at {}.", site.name),
                    None,
                )
            }
        }
        (Place::Internet(_), Closed::AddressUnknown) => (
            format!("Nobody can dial {name} yet, although it is on the internet"),
            format!("Say the public address or DNS name of {name}."),
            None,
        ),
        (Place::Internet(_), Closed::AddressHidden) => (
            format!("{name} has a private address, so nobody can dial it from the internet"),
            "Addresses in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10 and fc00::/7 end at a router. If a router stands in front, put the machine at a site.".to_owned(),
            None,
        ),
        _ => return None,
    };
    Some(error(Code::E13, id, text, evidence, fix))
}

/// Two machines that are said to be found at one address.
pub(super) fn in_one_place(
    plan: &Plan,
    mesh: &Mesh,
    (owner, other): (usize, usize),
    at: &ClashAt,
) -> Option<Finding> {
    let first = mesh.name(owner);
    let id = &mesh.nodes.get(other)?.id;
    let node = plan.nodes.get(id)?;
    let name = &node.name;
    let (text, evidence, fix) = match (at, &node.place) {
        (ClashAt::Lan(address), _) => (
            format!("{name} and {first} both have the LAN address {address}"),
            format!(
                "Packets reach one of them only. {name} is planned as if it had no LAN address."
            ),
            None,
        ),
        (ClashAt::Internet(_, port), Place::Site { .. }) => (
            format!("UDP {port} is forwarded to {first} already and cannot be to {name} as well"),
            format!(
                "A router forwards a port to one machine. Choose another outside port for {name}."
            ),
            Some(Fix {
                text: format!("Do not count on UDP {port}"),
                edit: Edit::StopForward(id.clone()),
            }),
        ),
        (ClashAt::Internet(host, port), _) => (
            format!("{name} and {first} both listen at {host}, port {port}"),
            format!(
                "Packets reach one of them only. {name} is planned as if nobody could dial it there."
            ),
            None,
        ),
    };
    let site = plan
        .site_of(node)
        .map_or_else(String::new, |site| format!(" at {}", site.name));
    Some(error(Code::E13, id, format!("{text}{site}"), evidence, fix))
}

/// A tunnel address of a family that the tunnel does not carry.
fn foreign_address(plan: &Plan, id: &NodeId, node: &Node) -> Option<Finding> {
    let lacking = |family: &Family| plan.tunnel_prefix(*family).is_none();
    let family = Family::BOTH
        .into_iter()
        .filter(lacking)
        .find(|family| node.addresses.of(*family).is_some())?;
    let address = node.addresses.of(family)?;
    Some(Finding {
        severity: Severity::Warning,
        ..error(
            Code::E04,
            id,
            format!(
                "{} has {address}, but the tunnel has no {family} prefix",
                node.name
            ),
            format!(
                "This address is left out of all files. Add an {family} tunnel prefix, or take the address away."
            ),
            Some(Fix {
                text: format!("Take {address} from {}", node.name),
                edit: Edit::NewAddress(id.clone()),
            }),
        )
    })
}

fn error(code: Code, id: &NodeId, text: String, evidence: String, fix: Option<Fix>) -> Finding {
    Finding {
        code,
        severity: Severity::Error,
        subject: Subject::Node(id.clone()),
        text,
        evidence,
        fix,
    }
}
