//! LANs that cannot be shared, or not with everybody, or whose answers get lost.

use crate::plan::{Answers, Edit, Node, NodeId, Plan, Prefix};

use super::super::{Mesh, MeshNode, ShareRefusal};
use super::{Code, Finding, Fix, Severity, Subject};

/// Why a LAN cannot be shared.
pub(super) fn refused(
    mesh: &Mesh,
    place: usize,
    prefix: Prefix,
    why: &ShareRefusal,
) -> Option<Finding> {
    let node = mesh.nodes.get(place)?;
    let (id, name) = (&node.id, &node.name);
    let (code, text, evidence) = match why {
        ShareRefusal::CannotForward => (
            Code::E03,
            format!("{name} cannot share {prefix}"),
            "The WireGuard app does not forward packets into a LAN.",
        ),
        ShareRefusal::NoTunnelPrefix => (
            Code::E03,
            format!(
                "{name} cannot share {prefix}: the tunnel has no {} prefix",
                prefix.family()
            ),
            "No machine has an address from which it could send there. This LAN is left out of all files.",
        ),
        ShareRefusal::OverlapsTunnel(tunnel) => (
            Code::E08,
            format!("{name} shares {prefix}, which overlaps the tunnel prefix {tunnel}"),
            "Packets to other machines would be sent to this LAN. It is left out of all files.",
        ),
        ShareRefusal::OverlapsShare(other, owner) => (
            Code::E08,
            format!(
                "{name} shares {prefix}, which overlaps {other} of {}",
                mesh.name(*owner)
            ),
            "WireGuard would silently give the addresses to one of them, so this LAN is left out of all files.",
        ),
        ShareRefusal::HoldsEndpoint(other) => (
            Code::E06,
            format!(
                "{name} shares {prefix}, which holds the public address of {}",
                mesh.name(*other)
            ),
            "Encrypted packets to that machine would be sent back into the tunnel. This LAN is left out of all files.",
        ),
    };
    Some(Finding {
        code,
        severity: Severity::Error,
        subject: Subject::Node(id.clone()),
        text,
        evidence: evidence.to_owned(),
        fix: Some(Fix {
            text: format!("Stop sharing {prefix} from {name}"),
            edit: Edit::StopSharing(id.clone(), prefix),
        }),
    })
}

/// A machine that cannot hold a LAN's prefix.
pub(super) fn hidden(mesh: &Mesh, owner: usize, prefix: Prefix, place: usize) -> Option<Finding> {
    let node: &MeshNode = mesh.nodes.get(place)?;
    Some(Finding {
        code: Code::E07,
        severity: Severity::Warning,
        subject: Subject::Node(node.id.clone()),
        text: format!(
            "{} cannot reach {prefix} of {}",
            node.name,
            mesh.name(owner)
        ),
        evidence: format!(
            "{} stands in a LAN with the same addresses, so the prefix is left out of its file. Renumber one of the two LANs.",
            node.name
        ),
        fix: None,
    })
}

/// The LANs of a machine whose answers find no way back.
pub(super) fn without_answers<'a>(
    plan: &'a Plan,
    node: &'a MeshNode,
) -> impl Iterator<Item = Finding> + 'a {
    let stated = plan.nodes.get(&node.id);
    let silent = |share: &&super::super::Shared| share.answers == Answers::Nothing;
    node.shares
        .iter()
        .filter(silent)
        .filter_map(move |share| Some(no_way_back(plan, &node.id, stated?, share.prefix)))
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
