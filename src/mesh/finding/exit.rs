//! Ways to the internet through another machine.

use crate::plan::{Edit, Node, NodeId, Plan};

use super::super::{ExitRefusal, Mesh, Reason};
use super::{Code, Finding, Severity, Subject};

/// A machine that offers the internet to others and cannot.
pub(super) fn serves(id: &NodeId, node: &Node) -> Option<Finding> {
    let claims = node.exit && !node.platform.can_forward();
    claims.then(|| {
        Finding::about(
            Code::E03,
            Severity::Error,
            Subject::Node(id.clone()),
            format!("{} cannot lead others to the internet", node.name),
            "The WireGuard app forwards nothing for others.",
        )
    })
}

/// Why a machine cannot reach the internet the way it chose.
pub(super) fn refused(
    plan: &Plan,
    mesh: &Mesh,
    place: usize,
    exit: &NodeId,
    why: ExitRefusal,
) -> Option<Finding> {
    let node = mesh.nodes.get(place)?;
    let (id, name) = (&node.id, &node.name);
    let stated = plan.nodes.get(exit);
    let exit_name = stated.map_or(exit.as_str(), |node| node.name.as_str());
    let leave = || Edit::LeaveExit(id.clone());
    let by_itself = || format!("{name} goes on reaching the internet by itself.");
    let (text, evidence, fix) = match why {
        ExitRefusal::Gone => (
            format!("{name} reaches the internet through a machine that is gone"),
            by_itself(),
            leave(),
        ),
        ExitRefusal::NotAnExit if exit == id => (
            format!("{name} cannot reach the internet through itself"),
            by_itself(),
            leave(),
        ),
        ExitRefusal::NotAnExit => {
            // An app that says it is an exit has a finding of its own.
            let able = stated.is_some_and(|node| node.platform.can_forward());
            (
                format!(
                    "{name} reaches the internet through {exit_name}, which does not lead there"
                ),
                by_itself(),
                if able {
                    Edit::ServeAsExit(exit.clone())
                } else {
                    leave()
                },
            )
        }
        ExitRefusal::UsesExit => (
            format!("{name} reaches the internet through {exit_name}, which uses an exit itself"),
            format!(
                "{exit_name} would send the packets of {name} on into the tunnel, where nobody takes them. {}",
                by_itself()
            ),
            Edit::LeaveExit(exit.clone()),
        ),
        ExitRefusal::NotDirect => return not_direct(plan, mesh, place, exit),
        ExitRefusal::Carries(other) => (
            format!(
                "{name} cannot reach the internet through {exit_name} without reaching {}",
                mesh.name(other)
            ),
            format!(
                "{} uses the same exit, and the two must not talk. {}",
                mesh.name(other),
                by_itself()
            ),
            leave(),
        ),
    };
    Some(error(id, text, evidence).with_fix(plan, fix))
}

/// An exit that is no direct peer.
fn not_direct(plan: &Plan, mesh: &Mesh, place: usize, exit: &NodeId) -> Option<Finding> {
    let node = mesh.nodes.get(place)?;
    let (id, name) = (&node.id, &node.name);
    let leave = Edit::LeaveExit(id.clone());
    let pair = mesh.pair(place, mesh.position(exit)?)?;
    let exit_name = &plan.nodes.get(exit)?.name;
    let next = if pair.a == place {
        pair.verdict.via().first()
    } else {
        pair.verdict.via().last()
    };
    let Some(relay) = next.and_then(|relay| mesh.nodes.get(*relay)) else {
        // The machine that is left out has a finding of its own.
        if pair.reason == Reason::LeftOut {
            return None;
        }
        let text = format!("{name} cannot reach {exit_name}, its way to the internet");
        let evidence = format!("{name} goes on reaching the internet by itself.");
        return Some(error(id, text, evidence).with_fix(plan, leave));
    };
    let serves = plan.nodes.get(&relay.id).is_some_and(|node| node.exit);
    let fix = if serves {
        Edit::UseExit(id.clone(), relay.id.clone())
    } else {
        leave
    };
    let relay = &relay.name;
    let finding = error(
        id,
        format!("{name} reaches {exit_name}, its way to the internet, only through {relay}"),
        format!(
            "The internet can stand under a direct link only: {relay} would send its own traffic there, too. Use {relay} as the exit, or make the link with {exit_name} direct."
        ),
    );
    Some(finding.with_fix(plan, fix))
}

fn error(id: &NodeId, text: String, evidence: String) -> Finding {
    let subject = Subject::Node(id.clone());
    Finding::about(Code::E15, Severity::Error, subject, text, evidence)
}
