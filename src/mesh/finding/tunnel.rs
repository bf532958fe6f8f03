//! Prefixes that other networks use, too.

use crate::plan::{
    CommonClash, Edit, Node, Place, Plan, Prefix, UlaFault, common_clash, ula_fault,
};

use super::super::{Mesh, MeshNode, Why};
use super::{Code, Finding, Severity, Subject};

/// What is unwise about the tunnel prefixes.
pub(super) fn pools(plan: &Plan) -> impl Iterator<Item = Finding> + '_ {
    let pools = plan.tunnel.iter().copied();
    pools.flat_map(|pool| clash(pool).into_iter().chain(not_random(pool)))
}

fn clash(pool: Prefix) -> Option<Finding> {
    let why = common_clash(pool)?;
    let evidence = match why {
        CommonClash::Internet => {
            "Machines of the mesh could not reach the owners of these addresses. Choose a private prefix."
        }
        CommonClash::Special => {
            "Systems treat these addresses in their own way. Choose a private prefix."
        }
        CommonClash::Shared | CommonClash::Docker | CommonClash::Home(_) => {
            "Where a machine meets such a network, one of the two is unreachable. Choose another prefix while it costs nothing."
        }
    };
    Some(Finding::about(
        Code::W13,
        Severity::Warning,
        Subject::Plan,
        format!("The tunnel prefix {pool} takes {why}"),
        evidence,
    ))
}

fn not_random(pool: Prefix) -> Option<Finding> {
    let (severity, text, evidence) = match ula_fault(pool)? {
        UlaFault::NotLocal => (
            Severity::Warning,
            format!("The tunnel prefix {pool} lies in fc00::/8, which nobody may give to himself"),
            "Unique local prefixes begin with fd (RFC 4193).",
        ),
        UlaFault::NotRandom => (
            Severity::Info,
            format!("The tunnel prefix {pool} does not look random"),
            "Others choose simple prefixes, too. Forty random bits behind fd keep two networks apart that are joined one day (RFC 4193).",
        ),
        UlaFault::TooShort => (
            Severity::Info,
            format!("The tunnel prefix {pool} is larger than one network's share"),
            "A unique local prefix has 48 bits, of which 40 are random (RFC 4193).",
        ),
    };
    let subject = Subject::Plan;
    Some(Finding::about(Code::W23, severity, subject, text, evidence))
}

/// A tunnel prefix that cannot stand as a whole under the default relay.
pub(super) fn is_internet(pool: Prefix) -> Finding {
    Finding::about(
        Code::W03,
        Severity::Info,
        Subject::Plan,
        format!("The tunnel prefix {pool} cannot stand as a whole under the default relay"),
        "It holds every address, so each machine would send all its traffic there. So each file names each machine, and changes when one is added.",
    )
}

/// A machine that does not get the covering prefix.
pub(super) fn not_covered(
    mesh: &Mesh,
    place: usize,
    relay: usize,
    other: usize,
) -> Option<Finding> {
    let node = mesh.nodes.get(place)?;
    let (name, relay, other) = (&node.name, mesh.name(relay), mesh.name(other));
    Some(Finding::about(
        Code::W03,
        Severity::Info,
        Subject::Node(node.id.clone()),
        format!("{name} does not hold the whole tunnel under {relay}"),
        format!(
            "It would reach {other}, too, with which it must not talk. So its file names each machine, and changes when one is added."
        ),
    ))
}

/// Shared LANs that a machine on the move will meet elsewhere.
pub(super) fn met_elsewhere<'a>(
    plan: &'a Plan,
    mesh: &'a Mesh,
    mesh_node: &'a MeshNode,
    node: &'a Node,
) -> impl Iterator<Item = Finding> + 'a {
    let roams = node.place == Place::Roams;
    let peers = mesh_node.peers.iter().filter(move |_| roams);
    let entries = peers.flat_map(|peer| &peer.allowed);
    let lans = entries.filter(|entry| entry.why == Why::Lan);
    lans.filter_map(move |entry| {
        let prefix = entry.prefix;
        // The route of a LAN that is longer than the shared prefix wins there.
        let Some(CommonClash::Home(home)) = common_clash(prefix) else {
            return None;
        };
        if prefix.length() < home.length() {
            return None;
        }
        let (name, owner) = (&node.name, mesh.name(entry.owner));
        Some(
            Finding::about(
                Code::W13,
                Severity::Warning,
                Subject::Node(mesh_node.id.clone()),
                format!("{name} will meet {prefix} of {owner} in other places"),
                format!(
                    "Many home routers use {home}. In such a LAN {name} reaches either its neighbours or the machines behind {owner}."
                ),
            )
            .with_fix(plan, Edit::LeaveOut(mesh_node.id.clone(), prefix)),
        )
    })
}
