//! How each command changes a plan.

#[cfg(test)]
mod many_tests;
mod node;
pub(super) mod several;
mod site;
#[cfg(test)]
mod tests;
mod tunnel;

use crate::mesh::Subject;
use crate::plan::{Dns, NodeId, PairChoice, PairKey, Place, Plan, Talk};

use super::command::{Command, Problem};
use super::duplicate::insert;
use super::history::Step;
use super::layout::tidy;
use super::selection::Selection;

/// What a command did.
pub(super) struct Done {
    pub(super) step: Step,
    /// What is selected afterwards, if that changes.
    pub(super) selection: Option<Selection>,
}

/// A step of its own.
pub(super) fn done(name: String) -> Done {
    Done {
        step: Step { name, merge: None },
        selection: None,
    }
}

/// A step of its own, after which something else is selected.
fn selecting(name: String, subject: Subject) -> Done {
    Done {
        selection: Some(subject.into()),
        ..done(name)
    }
}

/// A step that merges with the one before, if that had the same key.
fn merged(name: String, key: &str) -> Done {
    Done {
        step: Step {
            name,
            merge: Some(key.to_owned()),
        },
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
        Command::Select(_)
        | Command::Choose(_)
        | Command::Undo
        | Command::Redo
        | Command::Open(_) => done(String::new()),
        Command::AddNode { kind, id, at } => node::add_node(plan, kind, id.as_ref(), *at)?,
        Command::AddSite(at) => site::add_site(plan, *at)?,
        Command::MoveNode(id, to) => node::move_node(plan, id, *to)?,
        Command::MoveSite(id, to) => site::move_site(plan, id, *to)?,
        Command::MoveSeveral(parts, by) => several::shift(plan, parts, *by)?,
        Command::EditNodes(edits) => several::edit(plan, edits)?,
        Command::Arrange(parts, how) => several::arrange(plan, parts, *how)?,
        Command::Tidy(parts) => tidy(plan, parts)?,
        Command::Insert(insertion) => insert(plan, insertion)?,
        Command::RemoveSeveral(parts) => several::remove(plan, parts)?,
        Command::EditNode(id, field) => node::edit_node(plan, id, field)?,
        Command::EditSite(id, field) => site::edit_site(plan, id, field)?,
        Command::EditSites(edits) => site::edit_several(plan, edits)?,
        Command::RenamePlan(name) => {
            plan.name = name.clone();
            merged("Rename the mesh".to_owned(), "plan name")
        }
        Command::SetTunnel(family, pools) => tunnel::set_tunnel(plan, *family, pools)?,
        Command::AddRandomTunnel(bytes) => tunnel::add_random(plan, *bytes)?,
        Command::SetListenPort(port) => {
            plan.listen_port = *port;
            merged("Change the listen port".to_owned(), "plan port")
        }
        Command::SetPresharedKeys(on) => {
            plan.preshared_keys = *on;
            switched(*on, "Use preshared keys", "Use no preshared keys")
        }
        Command::SetTalk(talk) => {
            plan.talk = match talk {
                Talk::Everyone => Talk::Everyone,
                Talk::Only(pairs) => Talk::only(pairs.clone()),
            };
            done("Change who talks to whom".to_owned())
        }
        Command::SetCovering(on) => {
            plan.covering = *on;
            switched(
                *on,
                "Let the default relay hold the whole tunnel",
                "Let each path hold its own addresses",
            )
        }
        Command::SetMtu(policy) => {
            plan.mtu = *policy;
            done("Change how the MTU is chosen".to_owned())
        }
        Command::SetDns(dns) => set_dns(plan, dns.as_ref())?,
        Command::SetPair(pair, choice) => set_pair(plan, pair, choice.as_ref())?,
        Command::SetPairs(pairs, choice) => set_pairs(plan, pairs, choice.as_ref())?,
        Command::Remove(subject) => remove(plan, subject)?,
        Command::ApplyFix(fix) => {
            plan.apply(&fix.edit);
            done(fix.text.clone())
        }
        Command::ApplyFixes(fixes) => {
            for fix in fixes {
                plan.apply_among_others(&fix.edit);
            }
            done(format!("Fix {} findings", fixes.len()))
        }
    })
}

fn switched(on: bool, yes: &str, no: &str) -> Done {
    done(if on { yes } else { no }.to_owned())
}

fn name_of(plan: &Plan, id: &NodeId) -> String {
    plan.nodes
        .get(id)
        .map_or_else(|| id.to_string(), |node| node.name.to_string())
}

fn gone(what: &str) -> Problem {
    Problem(format!("This {what} is no longer in the plan."))
}

/// Whether a machine that a command names is there.
fn needs_node(plan: &Plan, id: &NodeId) -> Result<(), Problem> {
    if plan.nodes.contains_key(id) {
        Ok(())
    } else {
        Err(gone("machine"))
    }
}

fn set_dns(plan: &mut Plan, dns: Option<&Dns>) -> Result<Done, Problem> {
    if let Some(server) = dns.and_then(|dns| dns.server.as_ref()) {
        needs_node(plan, server)?;
    }
    plan.dns = dns.cloned();
    Ok(merged("Change names in the mesh".to_owned(), "plan dns"))
}

fn set_pair(plan: &mut Plan, pair: &PairKey, choice: Option<&PairChoice>) -> Result<Done, Problem> {
    let (a, b) = pair.ends();
    if let Some(choice) = choice {
        needs_node(plan, a)?;
        needs_node(plan, b)?;
        if let PairChoice::Via(relay) = choice {
            needs_node(plan, relay)?;
            if pair.has(relay) {
                return Err(Problem("A pair is relayed by a third machine.".to_owned()));
            }
        }
        plan.pairs.insert(pair.clone(), choice.clone());
    } else {
        plan.pairs.remove(pair);
    }
    Ok(done(format!(
        "Change the path between {} and {}",
        name_of(plan, a),
        name_of(plan, b)
    )))
}

/// A pair that a relay of the choice belongs to stays as it is.
fn set_pairs(
    plan: &mut Plan,
    pairs: &[PairKey],
    choice: Option<&PairChoice>,
) -> Result<Done, Problem> {
    let fits = |pair: &&PairKey| !matches!(choice, Some(PairChoice::Via(relay)) if pair.has(relay));
    let pairs: Vec<&PairKey> = pairs.iter().filter(fits).collect();
    for pair in &pairs {
        set_pair(plan, pair, choice)?;
    }
    Ok(done(match pairs.len() {
        1 => "Change the path of 1 pair".to_owned(),
        count => format!("Change the paths of {count} pairs"),
    }))
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
    plan.forget_gone();
    Ok(Done {
        step: Step {
            name: format!("Delete {name}"),
            merge: None,
        },
        selection: Some(Selection::default()),
    })
}
