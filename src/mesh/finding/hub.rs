//! Machines that talk only through a hub, which does not work.

use crate::plan::{Edit, NodeId, Plan};

use super::super::{HubRefusal, Mesh};
use super::{Code, Finding, Severity, Subject};

/// Why a machine cannot talk through its hub.
pub(super) fn refused(
    plan: &Plan,
    mesh: &Mesh,
    place: usize,
    hub: &NodeId,
    why: HubRefusal,
) -> Option<Finding> {
    let node = mesh.nodes.get(place)?;
    let left_out = |id: &NodeId| {
        let found = mesh.nodes.iter().find(|node| node.id == *id);
        found.is_some_and(|node| node.left_out.is_some())
    };
    // The machine that is left out has a finding of its own.
    if left_out(hub) {
        return None;
    }
    let (id, name) = (&node.id, &node.name);
    let stated = plan.nodes.get(hub);
    let hub_name = stated.map_or(hub.as_str(), |node| node.name.as_str());
    let leave = Edit::LeaveHub(id.clone());
    let (text, evidence, fix) = match why {
        HubRefusal::Gone => (
            format!("{name} talks only through a machine that is gone"),
            "It is planned as if it had no hub.".to_owned(),
            leave,
        ),
        HubRefusal::Itself => (
            format!("{name} cannot be its own hub"),
            "A hub is another machine. It is planned as if it had no hub.".to_owned(),
            leave,
        ),
        HubRefusal::NoLink => (
            format!("{name} talks only through {hub_name}, but the two cannot have a session"),
            "A hub needs a direct link with its machine. It is planned as if it had no hub."
                .to_owned(),
            leave,
        ),
        HubRefusal::IsSpoke(other) => (
            format!(
                "{name} talks only through {hub_name}, which talks only through {}",
                mesh.name(other)
            ),
            format!("{hub_name} has a session with its own hub and with nobody else."),
            Edit::LeaveHub(hub.clone()),
        ),
        HubRefusal::CannotRelay => {
            let able = stated.is_some_and(|node| node.platform.can_forward());
            (
                format!("{name} talks only through {hub_name}, which does not relay"),
                format!("{name} reaches nobody else."),
                if able {
                    Edit::LetRelay(hub.clone())
                } else {
                    leave
                },
            )
        }
    };
    let subject = Subject::Node(id.clone());
    let finding = Finding::about(Code::E03, Severity::Error, subject, text, evidence);
    Some(finding.with_fix(plan, fix))
}
