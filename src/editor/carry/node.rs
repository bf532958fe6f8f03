//! How commands change a machine.

use crate::mesh::Subject;
use crate::plan::{Family, Form, Node, NodeId, NodeName, Place, Plan, Point, PublicAddress};

use super::super::add::{NewNode, new_node};
use super::super::command::{NodeField, Problem};
use super::super::drop::{DropTarget, drop_target};
use super::super::room::spot_for_place;
use super::{Done, done, gone, merged, name_of, needs_node, selecting};
use crate::sorting::distinct;

pub(super) fn add_node(
    plan: &mut Plan,
    kind: &NewNode,
    id: Option<&NodeId>,
    at: Point,
) -> Result<Done, Problem> {
    if let NewNode::AtSite(site) = kind
        && !plan.sites.contains_key(site)
    {
        return Err(gone("site"));
    }
    let node = new_node(plan, kind, at)
        .ok_or_else(|| Problem("No name is free for another machine.".to_owned()))?;
    let id = id
        .cloned()
        .unwrap_or_else(|| crate::editor::free_node_id(plan, &node.name, |_| false));
    let name = format!("Add {}", node.name);
    if plan.nodes.contains_key(&id) {
        return Err(Problem(
            "A machine with this identity exists already.".to_owned(),
        ));
    }
    plan.nodes.insert(id.clone(), node);
    Ok(selecting(name, Subject::Node(id)))
}

pub(super) fn move_node(plan: &mut Plan, id: &NodeId, to: Point) -> Result<Done, Problem> {
    let target = drop_target(plan, id, to);
    let node = plan.nodes.get_mut(id).ok_or_else(|| gone("machine"))?;
    node.position = to;
    let name = node.name.clone();
    Ok(match target {
        DropTarget::Same => merged(format!("Move {name}"), &format!("move {id}")),
        DropTarget::Into(site) => {
            node.place = Place::at(site.clone());
            let site = plan
                .sites
                .get(&site)
                .map_or_else(String::new, |site| site.name.to_string());
            done(format!("Move {name} to {site}"))
        }
        DropTarget::OutOf(_) => {
            node.place = place_outside(node);
            done(format!("Move {name} out of its site"))
        }
    })
}

/// Where a machine stands that leaves its site: a phone or laptop roams, and
/// anything else is on the internet.
pub(super) fn place_outside(node: &Node) -> Place {
    if node.platform.is_app() || node.form == Form::Computer {
        Place::Roams
    } else {
        Place::Internet(PublicAddress::default())
    }
}

pub(super) fn edit_node(plan: &mut Plan, id: &NodeId, field: &NodeField) -> Result<Done, Problem> {
    check_field(plan, id, field)?;
    let spot = match field {
        NodeField::Place(place) => spot_for_place(plan, id, place),
        _ => None,
    };
    let node = plan.nodes.get_mut(id).ok_or_else(|| gone("machine"))?;
    if let Some(spot) = spot {
        node.position = spot;
    }
    let key = set(node, field);
    Ok(merged(
        format!("Change {}", node.name),
        &format!("{key} of {id}"),
    ))
}

/// Whether a fact fits the rest of the plan.
fn check_field(plan: &Plan, id: &NodeId, field: &NodeField) -> Result<(), Problem> {
    match field {
        NodeField::Name(name) if other_has_name(plan, id, name) => {
            Err(Problem(format!("Another machine is called {name}.")))
        }
        NodeField::Address(address) => plan.check_address(id, *address).map_err(|error| {
            let free = plan.next_free_address(Family::of(*address));
            let next = free.map_or_else(|_| String::new(), |free| format!(" Next free: {free}."));
            Problem(format!("{}.{next}", error.sentence(plan)))
        }),
        NodeField::Place(Place::Site { site, .. }) if !plan.sites.contains_key(site) => {
            Err(gone("site"))
        }
        NodeField::Hub(Some(hub)) if hub == id => {
            Err(Problem("A machine is no hub for itself.".to_owned()))
        }
        NodeField::UsesExit(Some(exit)) if exit == id => {
            Err(Problem("A machine is no exit for itself.".to_owned()))
        }
        NodeField::Hub(Some(other)) | NodeField::UsesExit(Some(other)) => needs_node(plan, other),
        _ => Ok(()),
    }
}

/// Sets a fact and says what it is called, so that steps of one fact merge.
fn set(node: &mut Node, field: &NodeField) -> &'static str {
    match field {
        NodeField::Name(name) => {
            node.name = name.clone();
            "name"
        }
        NodeField::Form(form) => {
            node.form = *form;
            "form"
        }
        NodeField::Platform(platform) => {
            node.platform = *platform;
            "platform"
        }
        NodeField::Place(place) => {
            node.place = place.clone();
            "place"
        }
        NodeField::Address(address) => {
            node.addresses.set(Family::of(*address), Some(*address));
            "address"
        }
        NodeField::ListenPort(port) => {
            node.listen_port = *port;
            "port"
        }
        NodeField::Relay(relay) => {
            node.relay = *relay;
            "relay"
        }
        NodeField::Shares(shares) => {
            node.shares.clone_from(shares);
            "shares"
        }
        NodeField::ReachableIdle(idle) => {
            node.reachable_idle = *idle;
            "idle"
        }
        NodeField::PublicKey(key) => {
            node.public_key = *key;
            "key"
        }
        NodeField::Stack(stack) => {
            node.stack = *stack;
            "stack"
        }
        NodeField::Firewall(firewall) => {
            node.firewall = *firewall;
            "firewall"
        }
        NodeField::AlwaysOn(on) => {
            node.always_on = *on;
            "always on"
        }
        NodeField::Uplink(uplink) => {
            node.uplink = *uplink;
            "uplink"
        }
        NodeField::Mtu(mtu) => {
            node.mtu = *mtu;
            "mtu"
        }
        NodeField::Clock(clock) => {
            node.clock = *clock;
            "clock"
        }
        NodeField::Slaac(slaac) => {
            node.slaac = *slaac;
            "slaac"
        }
        NodeField::UplinkName(name) => {
            node.uplink_name.clone_from(name);
            "uplink name"
        }
        NodeField::Hub(hub) => {
            node.hub.clone_from(hub);
            "hub"
        }
        NodeField::Groups(groups) => {
            node.groups = distinct(groups.clone());
            "groups"
        }
        NodeField::Exit(exit) => {
            node.exit = *exit;
            "exit"
        }
        NodeField::UsesExit(exit) => {
            node.uses_exit.clone_from(exit);
            "uses exit"
        }
        NodeField::LeavesOut(lans) => {
            node.leaves_out = distinct(lans.clone());
            "leaves out"
        }
    }
}

/// Sets new names of several machines at once, so that one may take the name that
/// another gives up.
pub(super) fn rename(plan: &mut Plan, names: &[(&NodeId, &NodeName)]) -> Result<(), Problem> {
    for (place, (id, name)) in names.iter().enumerate() {
        let is_renamed = |id: &NodeId| names.iter().any(|(renamed, _)| *renamed == id);
        let mut others = plan.nodes.iter().filter(|(other, _)| !is_renamed(other));
        let mut before = names.iter().take(place);
        if others.any(|(_, node)| node.name == **name) || before.any(|(_, other)| other == name) {
            let problem = format!("Another machine is called {name}.");
            let many = names.len() > 1;
            return Err(Problem(if many {
                format!("{}: {problem}", name_of(plan, id))
            } else {
                problem
            }));
        }
    }
    for (id, name) in names {
        let node = plan.nodes.get_mut(*id).ok_or_else(|| gone("machine"))?;
        node.name = (*name).clone();
    }
    Ok(())
}

fn other_has_name(plan: &Plan, id: &NodeId, name: &NodeName) -> bool {
    plan.nodes
        .iter()
        .any(|(other, node)| other != id && node.name == *name)
}
