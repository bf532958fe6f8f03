//! Ways to the internet through another machine.

use crate::plan::{Edit, Node, NodeId, Plan};

use super::super::{Mesh, Verdict};
use super::{Code, Finding, Severity, Subject};

/// What is wrong with the exit that a machine chose or is.
pub(super) fn of_node(plan: &Plan, mesh: &Mesh, place: usize, node: &Node) -> Vec<Finding> {
    let Some(id) = mesh.nodes.get(place).map(|node| &node.id) else {
        return Vec::new();
    };
    let all = [serves(id, node), uses(plan, mesh, place, node)];
    all.into_iter().flatten().collect()
}

/// A machine that offers the internet to others and cannot.
fn serves(id: &NodeId, node: &Node) -> Option<Finding> {
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

/// A machine that cannot reach the internet the way it chose.
fn uses(plan: &Plan, mesh: &Mesh, place: usize, node: &Node) -> Option<Finding> {
    let id = &mesh.nodes.get(place)?.id;
    let exit = node.uses_exit.as_ref()?;
    let name = &node.name;
    let error = |text: String, evidence: String, fix: Edit| {
        let subject = Subject::Node(id.clone());
        Some(
            Finding::about(Code::E15, Severity::Error, subject, text, evidence).with_fix(plan, fix),
        )
    };
    let leave = Edit::LeaveExit(id.clone());
    let itself = "It goes on reaching the internet by itself.".to_owned();
    let Some(exit_node) = plan.nodes.get(exit) else {
        let text = format!("{name} reaches the internet through a machine that is gone");
        return error(text, itself, leave);
    };
    if exit == id {
        let text = format!("{name} cannot reach the internet through itself");
        return error(text, "An exit is another machine.".to_owned(), leave);
    }
    let exit_name = &exit_node.name;
    if !exit_node.exit {
        let fix = if exit_node.platform.can_forward() {
            Edit::ServeAsExit(exit.clone())
        } else {
            leave
        };
        return error(
            format!("{exit_name} does not lead others to the internet, but {name} chose it"),
            itself,
            fix,
        );
    }
    if exit_node.uses_exit.is_some() {
        return error(
            format!("{name} reaches the internet through {exit_name}, which uses an exit itself"),
            format!(
                "{exit_name} would send the packets of {name} on into the tunnel, where nobody takes them."
            ),
            Edit::LeaveExit(exit.clone()),
        );
    }
    let pair = mesh.pair(place, mesh.position(exit)?)?;
    match &pair.verdict {
        Verdict::Relayed(via) => {
            let relay = mesh.nodes.get(if pair.a == place {
                *via.first()?
            } else {
                *via.last()?
            })?;
            let serves = plan.nodes.get(&relay.id).is_some_and(|node| node.exit);
            let fix = if serves {
                Edit::UseExit(id.clone(), relay.id.clone())
            } else {
                leave
            };
            error(
                format!(
                    "{name} cannot reach the internet through {exit_name}, which it reaches through {}",
                    relay.name
                ),
                format!(
                    "The internet can stand under a direct link only: {} would send its own traffic there, too. Use {} as the exit, or make the link direct.",
                    relay.name, relay.name
                ),
                fix,
            )
        }
        Verdict::Never | Verdict::Impossible => {
            let left_out = |place: usize| {
                let node = mesh.nodes.get(place);
                node.is_some_and(|node| node.left_out.is_some())
            };
            // The machine that is left out has a finding of its own.
            if left_out(pair.a) || left_out(pair.b) {
                return None;
            }
            error(
                format!("{name} cannot reach {exit_name}, its way to the internet"),
                itself,
                leave,
            )
        }
        _ => None,
    }
}
