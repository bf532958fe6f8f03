//! How each command changes a plan.

use std::net::IpAddr;

use crate::mesh::Subject;
use crate::plan::{
    Family, Form, Label, NodeId, NodeName, PairChoice, Place, Plan, Point, Prefix, PublicAddress,
    Site, SiteId,
};

use super::add::{NewNode, new_node};
use super::command::{Command, NodeField, Problem, SiteField};
use super::drop::{DropTarget, drop_target, spot_for_place};
use super::history::Step;

/// What a command did.
pub(super) struct Done {
    pub(super) step: Step,
    /// What is selected afterwards, if that changes.
    pub(super) selection: Option<Subject>,
}

fn done(name: String) -> Done {
    Done {
        step: Step { name, merge: None },
        selection: None,
    }
}

/// Whether a command can be carried out, without solving anything, so that a
/// form can ask with every letter.
///
/// # Errors
/// Says why it cannot.
pub fn check(plan: &Plan, command: &Command) -> Result<(), Problem> {
    carry_out(&mut plan.clone(), command).map(|_| ())
}

/// Changes a plan as a command says.
pub(super) fn carry_out(plan: &mut Plan, command: &Command) -> Result<Done, Problem> {
    Ok(match command {
        // These change no plan; the editor handles them.
        Command::Select(_) | Command::Undo | Command::Redo | Command::Open(_) => {
            done(String::new())
        }
        Command::AddNode { kind, id, at } => add_node(plan, kind, id.as_ref(), *at)?,
        Command::AddSite(at) => add_site(plan, *at)?,
        Command::MoveNode(id, to) => move_node(plan, id, *to)?,
        Command::MoveSite(id, to) => move_site(plan, id, *to)?,
        Command::EditNode(id, field) => edit_node(plan, id, field)?,
        Command::EditSite(id, field) => edit_site(plan, id, field)?,
        Command::RenamePlan(name) => {
            plan.name = name.clone();
            merged("Rename the mesh".to_owned(), "plan name")
        }
        Command::SetTunnel(family, prefix) => set_tunnel(plan, *family, *prefix)?,
        Command::SetListenPort(port) => {
            plan.listen_port = *port;
            merged("Change the listen port".to_owned(), "plan port")
        }
        Command::SetPresharedKeys(on) => {
            plan.preshared_keys = *on;
            done(
                if *on {
                    "Use preshared keys"
                } else {
                    "Use no preshared keys"
                }
                .to_owned(),
            )
        }
        Command::SetPair(pair, choice) => {
            match choice {
                Some(choice) => plan.pairs.insert(pair.clone(), choice.clone()),
                None => plan.pairs.remove(pair),
            };
            let (a, b) = pair.ends();
            done(format!(
                "Change the path between {} and {}",
                name_of(plan, a),
                name_of(plan, b)
            ))
        }
        Command::Remove(subject) => remove(plan, subject)?,
        Command::ApplyFix(fix) => {
            plan.apply(&fix.edit);
            done(fix.text.clone())
        }
    })
}

fn merged(name: String, key: &str) -> Done {
    Done {
        step: Step {
            name,
            merge: Some(key.to_owned()),
        },
        selection: None,
    }
}

fn name_of(plan: &Plan, id: &NodeId) -> String {
    plan.nodes
        .get(id)
        .map_or_else(|| id.to_string(), |node| node.name.to_string())
}

fn gone(what: &str) -> Problem {
    Problem(format!("This {what} is no longer in the plan."))
}

fn add_node(
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
        .unwrap_or_else(|| super::free_node_id(plan, &node.name, |_| false));
    let name = format!("Add {}", node.name);
    if plan.nodes.contains_key(&id) {
        return Err(Problem(
            "A machine with this identity exists already.".to_owned(),
        ));
    }
    plan.nodes.insert(id.clone(), node);
    Ok(Done {
        step: Step { name, merge: None },
        selection: Some(Subject::Node(id)),
    })
}

fn add_site(plan: &mut Plan, at: Point) -> Result<Done, Problem> {
    let taken = |text: &str| plan.sites.values().any(|site| site.name.as_str() == text);
    let name = (1..=plan.sites.len() + 1)
        .map(|number| {
            if number == 1 {
                "Site".to_owned()
            } else {
                format!("Site {number}")
            }
        })
        .find(|name| !taken(name))
        .and_then(|name| name.parse::<Label>().ok())
        .ok_or_else(|| Problem("No name is free for another site.".to_owned()))?;
    let id = SiteId::fresh(name.as_str(), |text| {
        plan.sites.contains_key(&SiteId::new(text))
    });
    let step = format!("Add {name}");
    let site = Site {
        position: at,
        ..Site::new(name)
    };
    plan.sites.insert(id.clone(), site);
    Ok(Done {
        step: Step {
            name: step,
            merge: None,
        },
        selection: Some(Subject::Site(id)),
    })
}

fn move_node(plan: &mut Plan, id: &NodeId, to: Point) -> Result<Done, Problem> {
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
            // A phone or laptop that leaves a site roams; anything else that
            // stands at no site is on the internet.
            let roams = node.platform.is_app() || node.form == Form::Computer;
            node.place = if roams {
                Place::Roams
            } else {
                Place::Internet(PublicAddress::default())
            };
            done(format!("Move {name} out of its site"))
        }
    })
}

fn move_site(plan: &mut Plan, id: &SiteId, to: Point) -> Result<Done, Problem> {
    let site = plan.sites.get_mut(id).ok_or_else(|| gone("site"))?;
    let (dx, dy) = (to.x - site.position.x, to.y - site.position.y);
    site.position = to;
    let name = site.name.clone();
    for (_, node) in &mut plan.nodes {
        if matches!(&node.place, Place::Site { site, .. } if site == id) {
            node.position.x += dx;
            node.position.y += dy;
        }
    }
    Ok(merged(format!("Move {name}"), &format!("move site {id}")))
}

fn edit_node(plan: &mut Plan, id: &NodeId, field: &NodeField) -> Result<Done, Problem> {
    match field {
        NodeField::Name(name) if other_has_name(plan, id, name) => {
            return Err(Problem(format!("Another machine is called {name}.")));
        }
        NodeField::Address(address) => plan.check_address(id, *address).map_err(|error| {
            let free = plan.next_free_address(Family::of(*address));
            let next = free.map_or_else(|_| String::new(), |free| format!(" Next free: {free}."));
            Problem(format!("{}.{next}", error.sentence(plan)))
        })?,
        NodeField::Place(Place::Site { site, .. }) if !plan.sites.contains_key(site) => {
            return Err(gone("site"));
        }
        _ => {}
    }
    let spot = match field {
        NodeField::Place(place) => spot_for_place(plan, id, place),
        _ => None,
    };
    let node = plan.nodes.get_mut(id).ok_or_else(|| gone("machine"))?;
    let key = match field {
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
            if let Some(spot) = spot {
                node.position = spot;
            }
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
    };
    Ok(merged(
        format!("Change {}", node.name),
        &format!("{key} of {id}"),
    ))
}

fn other_has_name(plan: &Plan, id: &NodeId, name: &NodeName) -> bool {
    plan.nodes
        .iter()
        .any(|(other, node)| other != id && node.name == *name)
}

fn edit_site(plan: &mut Plan, id: &SiteId, field: &SiteField) -> Result<Done, Problem> {
    if let SiteField::Name(name) = field
        && plan
            .sites
            .iter()
            .any(|(other, site)| other != id && site.name == *name)
    {
        return Err(Problem(format!("Another site is called {name}.")));
    }
    let site = plan.sites.get_mut(id).ok_or_else(|| gone("site"))?;
    let key = match field {
        SiteField::Name(name) => {
            site.name = name.clone();
            "name"
        }
        SiteField::Lans(lans) => {
            site.lans.clone_from(lans);
            "lans"
        }
        SiteField::Router(router) => {
            site.router = *router;
            "router"
        }
        SiteField::Public(public) => {
            site.public = public.clone();
            "public"
        }
    };
    Ok(merged(
        format!("Change {}", site.name),
        &format!("{key} of site {id}"),
    ))
}

fn set_tunnel(plan: &mut Plan, family: Family, prefix: Option<Prefix>) -> Result<Done, Problem> {
    let before = plan.tunnel_prefix(family);
    if before == prefix {
        return Ok(done(String::new()));
    }
    plan.tunnel.retain(|old| old.family() != family);
    plan.tunnel.extend(prefix);
    crate::sorting::sort(&mut plan.tunnel);
    if plan.tunnel.is_empty() {
        return Err(Problem(
            "A mesh needs at least one tunnel prefix.".to_owned(),
        ));
    }
    let ids: Vec<NodeId> = plan.nodes.keys().cloned().collect();
    for id in &ids {
        if let Some(node) = plan.nodes.get_mut(id) {
            let fits = |address: IpAddr| prefix.is_some_and(|prefix| prefix.holds(address));
            if !node.addresses.of(family).is_some_and(fits) {
                node.addresses.set(family, None);
            }
        }
    }
    plan.assign_missing_addresses()
        .map_err(|error| Problem(format!("{}.", error.sentence(plan))))?;
    Ok(done("Change the tunnel prefix".to_owned()))
}

fn remove(plan: &mut Plan, subject: &Subject) -> Result<Done, Problem> {
    let name = match subject {
        Subject::Plan => return Err(Problem("Select what to delete first.".to_owned())),
        Subject::Pair(pair) => {
            plan.pairs.remove(pair);
            return Ok(done("Let the planner decide".to_owned()));
        }
        Subject::Node(id) => {
            let node = plan.nodes.remove(id).ok_or_else(|| gone("machine"))?;
            node.name.to_string()
        }
        Subject::Site(id) => {
            let site = plan.sites.remove(id).ok_or_else(|| gone("site"))?;
            plan.nodes
                .retain(|_, node| !matches!(&node.place, Place::Site { site, .. } if site == id));
            site.name.to_string()
        }
    };
    let nodes = &plan.nodes;
    let gone = |id: &NodeId| !nodes.contains_key(id);
    plan.pairs.retain(|pair, choice| {
        let (a, b) = pair.ends();
        let relay_gone = matches!(choice, PairChoice::Via(relay) if gone(relay));
        !gone(a) && !gone(b) && !relay_gone
    });
    Ok(Done {
        step: Step {
            name: format!("Delete {name}"),
            merge: None,
        },
        selection: Some(Subject::Plan),
    })
}
