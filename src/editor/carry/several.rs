//! How commands change several sites and machines at once.

use crate::mesh::Subject;
use crate::plan::{NodeId, Place, Plan, Point, SiteId};
use crate::sorting::distinct;

use super::super::align::{Arrange, moves};
use super::super::command::{NodeField, Problem};
use super::super::drop::{DropTarget, areas, drop_among};
use super::super::selection::{Selection, counted};
use super::{Done, done, gone, merged, name_of, node, site};

/// Where machines that were moved together come to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Landing {
    /// Where they stood, or each of them elsewhere: then nothing changes,
    /// because nobody can have meant all of that.
    Same,
    /// All of them at this site.
    Into(SiteId),
    /// All of them outside of every site.
    Outside,
}

/// The plan as it is drawn while several things are moved by this much.
#[must_use]
pub fn dragged_several(plan: &Plan, parts: &[Subject], by: Point) -> Plan {
    let mut drawn = plan.clone();
    match shift(&mut drawn, parts, by) {
        Ok(_) => drawn,
        // Something of it is gone, and then nothing moves.
        Err(_) => plan.clone(),
    }
}

/// Moves sites with their machines, and machines.
pub(in crate::editor) fn shift(
    plan: &mut Plan,
    parts: &[Subject],
    by: Point,
) -> Result<Done, Problem> {
    let to = |from: Point| Point {
        x: from.x.saturating_add(by.x),
        y: from.y.saturating_add(by.y),
    };
    match parts {
        [Subject::Node(id)] => {
            let at = plan.nodes.get(id).ok_or_else(|| gone("machine"))?.position;
            return node::move_node(plan, id, to(at));
        }
        [Subject::Site(id)] => {
            let at = plan.sites.get(id).ok_or_else(|| gone("site"))?.position;
            return site::move_site(plan, id, to(at));
        }
        _ => {}
    }
    let (loose, sites) = split(plan, parts);
    for id in &sites {
        let at = plan.sites.get(id).ok_or_else(|| gone("site"))?.position;
        site::move_site(plan, id, to(at))?;
    }
    let landing = landing(plan, &loose, by);
    for id in &loose {
        let node = plan.nodes.get_mut(id).ok_or_else(|| gone("machine"))?;
        node.position = to(node.position);
        match (&landing, &node.place) {
            (Landing::Into(to), Place::Site { site, .. }) if site == to => {}
            (Landing::Into(to), _) => node.place = Place::at(to.clone()),
            (Landing::Outside, Place::Site { .. }) => node.place = node::place_outside(node),
            (Landing::Same | Landing::Outside, _) => {}
        }
    }
    let what = counted(loose.len(), sites.len());
    Ok(match landing {
        Landing::Same => {
            let names = parts.iter().map(|part| match part {
                Subject::Node(id) => id.as_str(),
                Subject::Site(id) => id.as_str(),
                Subject::Plan | Subject::Pair(_) => "",
            });
            let names: Vec<&str> = names.collect();
            merged(
                format!("Move {what}"),
                &format!("move {}", names.join("\n")),
            )
        }
        Landing::Into(site) => {
            let site = plan.sites.get(&site).ok_or_else(|| gone("site"))?;
            done(format!("Move {what} to {}", site.name))
        }
        Landing::Outside => done(format!("Move {what} out of their sites")),
    })
}

/// The machines that do not come along with a site, and the sites.
pub(in crate::editor) fn split(plan: &Plan, parts: &[Subject]) -> (Vec<NodeId>, Vec<SiteId>) {
    let parts: Selection = parts.iter().cloned().collect();
    let stays = |id: &&NodeId| {
        let node = plan.nodes.get(id);
        node.is_some_and(
            |node| !matches!(&node.place, Place::Site { site, .. } if parts.has_site(site)),
        )
    };
    let sites = parts.sites().filter(|id| plan.sites.contains_key(id));
    (
        parts.nodes().filter(stays).cloned().collect(),
        sites.cloned().collect(),
    )
}

/// The site into which all machines of a selection would be dropped, if they
/// were moved by this much.
#[must_use]
pub fn landing_site(plan: &Plan, parts: &[Subject], by: Point) -> Option<SiteId> {
    match landing(plan, &split(plan, parts).0, by) {
        Landing::Into(site) => Some(site),
        Landing::Same | Landing::Outside => None,
    }
}

fn landing(plan: &Plan, loose: &[NodeId], by: Point) -> Landing {
    let areas = areas(plan);
    let mut all: Option<Option<SiteId>> = None;
    let mut changes = false;
    for id in loose {
        let Some(node) = plan.nodes.get(id) else {
            continue;
        };
        let at = Point {
            x: node.position.x.saturating_add(by.x),
            y: node.position.y.saturating_add(by.y),
        };
        let target = drop_among(&areas, &node.place, at);
        changes |= target != DropTarget::Same;
        let stands = match (target, &node.place) {
            (DropTarget::Into(site), _) => Some(site),
            (DropTarget::Same, Place::Site { site, .. }) => Some(site.clone()),
            (DropTarget::Same | DropTarget::OutOf(_), _) => None,
        };
        if all.get_or_insert_with(|| stands.clone()) != &stands {
            return Landing::Same;
        }
    }
    match all {
        Some(Some(site)) if changes => Landing::Into(site),
        Some(None) if changes => Landing::Outside,
        _ => Landing::Same,
    }
}

/// Deletes sites with their machines, and machines.
pub(super) fn remove(plan: &mut Plan, parts: &[Subject]) -> Result<Done, Problem> {
    if let [one] = parts {
        return super::remove(plan, one);
    }
    let parts: Selection = parts.iter().cloned().collect();
    let parts = parts.within(plan);
    // In the order of the plan, so sorted.
    let nodes: Vec<NodeId> = parts.nodes_with_sites(plan).cloned().collect();
    let sites: Vec<SiteId> = parts.sites().cloned().collect();
    if nodes.is_empty() && sites.is_empty() {
        return Err(Problem("Select what to delete first.".to_owned()));
    }
    plan.nodes.retain(|id, _| nodes.binary_search(id).is_err());
    plan.sites.retain(|id, _| !sites.contains(id));
    plan.forget_gone();
    Ok(Done {
        selection: Some(Selection::default()),
        ..done(format!("Delete {}", counted(nodes.len(), sites.len())))
    })
}

/// Brings sites and machines into an order. Nobody comes to stand elsewhere.
pub(super) fn arrange(plan: &mut Plan, parts: &[Subject], how: Arrange) -> Result<Done, Problem> {
    let (nodes, sites) = split(plan, parts);
    if nodes.len() + sites.len() < how.least() {
        return Err(Problem(format!(
            "Select at least {} machines or sites first.",
            how.least()
        )));
    }
    for (part, by) in moves(plan, parts, how) {
        let to = |from: Point| Point {
            x: from.x + by.x,
            y: from.y + by.y,
        };
        match part {
            Subject::Node(id) => {
                let node = plan.nodes.get_mut(&id).ok_or_else(|| gone("machine"))?;
                node.position = to(node.position);
            }
            Subject::Site(id) => {
                let at = plan.sites.get(&id).ok_or_else(|| gone("site"))?.position;
                site::move_site(plan, &id, to(at))?;
            }
            Subject::Plan | Subject::Pair(_) => {}
        }
    }
    Ok(done(how.step(&counted(nodes.len(), sites.len()))))
}

/// Changes facts of several machines. If one of them cannot be changed so,
/// none is.
pub(super) fn edit(plan: &mut Plan, edits: &[(NodeId, NodeField)]) -> Result<Done, Problem> {
    let names = edits.iter().filter_map(|(id, field)| match field {
        NodeField::Name(name) => Some((id, name)),
        _ => None,
    });
    node::rename(plan, &names.collect::<Vec<_>>())?;
    for (id, field) in edits {
        node::edit_node(plan, id, field).map_err(|problem| {
            let many = edits.len() > 1;
            if many {
                Problem(format!("{}: {problem}", name_of(plan, id)))
            } else {
                problem
            }
        })?;
    }
    let ids = distinct(edits.iter().map(|(id, _)| id).collect());
    let what = match ids.as_slice() {
        [one] => name_of(plan, one),
        all => counted(all.len(), 0),
    };
    let facts = distinct(edits.iter().map(|(_, field)| field.words()).collect());
    Ok(match facts.as_slice() {
        [fact] => {
            let ids: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
            merged(
                format!("Change {fact} of {what}"),
                &format!("{fact} of {}", ids.join("\n")),
            )
        }
        _ => done(format!("Change {what}")),
    })
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::editor::{Command, Editor, example};
    use crate::mesh::solve;
    use crate::plan::{Platform, PublicAddress};
    use crate::project::write_plan;

    fn node(id: &str) -> Subject {
        Subject::Node(NodeId::new(id))
    }

    fn home() -> SiteId {
        SiteId::new("Home")
    }

    fn position(editor: &Editor, id: &str) -> Point {
        editor.plan().nodes[&NodeId::new(id)].position
    }

    /// Does something, and checks that undo and redo lead back and forth.
    fn does(editor: &Editor, command: &Command, name: &str) -> Editor {
        let next = editor.update(command).unwrap();
        assert_eq!(next.history().undo_name(), Some(name));
        assert_eq!(solve(next.plan()), *next.mesh().as_ref());
        let back = next.update(&Command::Undo).unwrap();
        assert_eq!(write_plan(back.plan()), write_plan(editor.plan()));
        let again = back.update(&Command::Redo).unwrap();
        assert_eq!(write_plan(again.plan()), write_plan(next.plan()));
        next
    }

    #[test]
    fn a_site_and_a_machine_move_together_and_no_card_moves_twice() {
        let editor = Editor::open(example());
        // nas stands at Home, so it is moved by its site alone.
        let parts = vec![Subject::Site(home()), node("nas"), node("vps")];
        let by = Point { x: 16, y: -24 };
        let command = Command::MoveSeveral(parts, by);
        let next = does(&editor, &command, "Move 1 machine and 1 site");
        for id in ["nas", "vps"] {
            let (before, after) = (position(&editor, id), position(&next, id));
            assert_eq!((after.x - before.x, after.y - before.y), (16, -24), "{id}");
        }
        assert_eq!(position(&next, "pi"), position(&editor, "pi"));
        // What only moves is one network, and nudges in a row are one step.
        assert!(Rc::ptr_eq(editor.mesh(), next.mesh()));
        let further = next.update(&command).unwrap();
        let back = further.update(&Command::Undo).unwrap();
        assert_eq!(back.plan(), editor.plan());
    }

    #[test]
    fn machines_that_land_at_one_site_stand_there() {
        let mut plan = example();
        for (place, id) in ["a", "b"].into_iter().enumerate() {
            let place = i32::try_from(place).unwrap();
            let mut new = crate::plan::Node::new(
                id.parse().unwrap(),
                Place::Internet(PublicAddress::default()),
            );
            new.position = Point {
                x: 3000 + place * 24,
                y: 3000,
            };
            plan.nodes.insert(NodeId::new(id), new);
        }
        let editor = Editor::open(plan);
        let nas = position(&editor, "nas");
        let by = Point {
            x: nas.x - 3000,
            y: nas.y - 3000,
        };
        let both = vec![node("a"), node("b")];
        assert_eq!(landing_site(editor.plan(), &both, by), Some(home()));
        let command = Command::MoveSeveral(both.clone(), by);
        let next = does(&editor, &command, "Move 2 machines to Home");
        let at_home = |editor: &Editor, id: &str| {
            let place = &editor.plan().nodes[&NodeId::new(id)].place;
            matches!(place, Place::Site { site, .. } if *site == home())
        };
        assert!(at_home(&next, "a") && at_home(&next, "b"));

        // One inside and one outside: both only move.
        let apart = vec![node("a"), node("vps")];
        assert_eq!(landing_site(editor.plan(), &apart, by), None);
        let command = Command::MoveSeveral(apart, by);
        let next_apart = does(&editor, &command, "Move 2 machines");
        assert!(!at_home(&next_apart, "a"));

        let away = Point { x: 4000, y: 4000 };
        let command = Command::MoveSeveral(both, away);
        let out = does(&next, &command, "Move 2 machines out of their sites");
        assert!(!at_home(&out, "a") && !at_home(&out, "b"));
    }

    #[test]
    fn several_are_deleted_in_one_step_with_what_depends_on_them() {
        let editor = Editor::open(example());
        let parts = vec![Subject::Site(home()), node("vps")];
        let command = Command::RemoveSeveral(parts);
        let next = does(&editor, &command, "Delete 2 machines and 1 site");
        assert_eq!(next.plan().nodes.len(), 1);
        assert!(next.selection.is_empty());
        let nothing = Command::RemoveSeveral(vec![Subject::Plan, node("nobody")]);
        assert!(editor.update(&nothing).is_err());
    }

    #[test]
    fn one_change_reaches_all_or_none() {
        let editor = Editor::open(example());
        let ids: Vec<NodeId> = editor.plan().nodes.keys().cloned().collect();
        let android = NodeField::Platform(Platform::Android);
        let command = Command::for_all(&ids, &android);
        let next = does(&editor, &command, "Change the platform of 3 machines");
        let mut nodes = next.plan().nodes.values();
        assert!(nodes.all(|node| node.platform == Platform::Android));

        // A hub is no hub for itself; the others go through it.
        let through = NodeField::Hub(Some(NodeId::new("vps")));
        let command = Command::for_all(&ids, &through);
        let next = does(&editor, &command, "Change the hub of 2 machines");
        assert_eq!(next.plan().nodes[&NodeId::new("vps")].hub, None);

        let name = NodeField::Name("same".parse().unwrap());
        let problem = editor.update(&Command::for_all(&ids, &name)).err().unwrap();
        assert_eq!(problem.to_string(), "pi: Another machine is called same.");

        // To a site: no card hides another.
        let place = NodeField::Place(Place::at(home()));
        let next = editor.update(&Command::for_all(&ids, &place)).unwrap();
        let cards: Vec<_> = next
            .plan()
            .nodes
            .values()
            .map(crate::editor::card_rect)
            .collect();
        for (place, card) in cards.iter().enumerate() {
            assert!(cards[..place].iter().all(|other| !other.overlaps(*card)));
        }
    }
}
