//! Copies of machines and sites, within a plan and from one plan to another.
//!
//! A copy is a machine of its own: it has its own identity and therefore keys of
//! its own, its own name and addresses. What only one machine can have, such as
//! a public address or a forwarded port, stays with the one that has it.

mod single;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use litemap::LiteMap;

use crate::mesh::Subject;
use crate::plan::{
    Family, Label, NodeId, NodeName, PairChoice, PairKey, Place, Plan, Point, SiteId,
};
use crate::project::{FileError, read_plan, write_plan};

use super::area::{Rect, card_rect, site_rect};
use super::carry::{Done, done};
use super::command::Problem;
use super::room::{free_spot_at, nearest_free};
use super::selection::{Selection, counted};
use single::{keep_single, keep_single_site};

/// The size of a site that comes along only because its machines stand there.
/// Where the plan has that site already, they stand at that one.
const GUEST: Point = Point { x: 0, y: 0 };

/// Copies that are put into a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insertion {
    /// What is copied, from [`excerpt`] or [`read_clip`].
    pub part: Rc<Plan>,
    /// The middle of where it goes; `None` puts it beside what it was copied from.
    pub at: Option<Point>,
    /// The identities of its machines, from [`identities`]; if there are none,
    /// the first that the plan has free.
    pub ids: Vec<NodeId>,
}

/// The part of a plan that consists of these sites with their machines and of
/// these machines. Hubs and exits outside of it are still named in it.
#[must_use]
pub fn excerpt(plan: &Plan, parts: &[Subject]) -> Plan {
    let parts: Selection = parts.iter().cloned().collect();
    let mut part = Plan {
        name: plan.name.clone(),
        tunnel: plan.tunnel.clone(),
        ..Plan::empty()
    };
    for id in parts.nodes_with_sites(plan) {
        if let Some(node) = plan.nodes.get(id) {
            let mut node = node.clone();
            node.public_key = None;
            part.nodes.insert(id.clone(), node);
        }
    }
    for (id, site) in &plan.sites {
        let mut site = site.clone();
        if !parts.has_site(id) {
            if part.nodes_at(id).next().is_none() {
                continue;
            }
            site.size = Some(GUEST);
        }
        part.sites.insert(id.clone(), site);
    }
    part.pairs = plan.pairs.clone();
    part.pairs.retain(|pair, _| {
        let (a, b) = pair.ends();
        part.nodes.contains_key(a) && part.nodes.contains_key(b)
    });
    part
}

/// The same part as text for the clipboard: a plan file, so it holds no secret.
/// `None` if there is nothing in it.
#[must_use]
pub fn clip_text(plan: &Plan, parts: &[Subject]) -> Option<String> {
    let mut part = excerpt(plan, parts);
    part.forget_gone();
    (!part.nodes.is_empty() || !part.sites.is_empty()).then(|| write_plan(&part))
}

/// Reads what [`clip_text`] wrote, or any plan file.
///
/// # Errors
/// It is another text, or a plan without machines and sites.
pub fn read_clip(text: &str) -> Result<Plan, Problem> {
    let foreign = || {
        let text = "The clipboard holds nothing from Meshwright. Copy machines or sites here first; the text of a plan file can be pasted, too.";
        Problem(text.to_owned())
    };
    let part = read_plan(text).map_err(|error| match error {
        FileError::Json { .. } | FileError::OtherFormat { .. } => foreign(),
        error => Problem(format!(
            "The clipboard holds a plan that cannot be read: {error}."
        )),
    })?;
    if part.nodes.is_empty() && part.sites.is_empty() {
        return Err(foreign());
    }
    Ok(part)
}

/// Identities for the machines of a part, of which neither the plan nor `known`
/// holds any, so that no copy inherits a key.
#[must_use]
pub fn identities(plan: &Plan, part: &Plan, known: impl Fn(&NodeId) -> bool) -> Vec<NodeId> {
    let mut ids: Vec<NodeId> = Vec::with_capacity(part.nodes.len());
    for name in new_names(plan, part) {
        let id = NodeId::fresh(name.as_str(), |text| {
            let id = NodeId::new(text);
            plan.nodes.contains_key(&id) || known(&id) || ids.contains(&id)
        });
        ids.push(id);
    }
    ids
}

/// A name for each machine of a part: its own if that is free, or the next with
/// a number.
fn new_names(plan: &Plan, part: &Plan) -> Vec<NodeName> {
    let mut names: Vec<NodeName> = Vec::with_capacity(part.nodes.len());
    for node in part.nodes.values() {
        let is_taken = |name: &str| {
            plan.node_named(name).is_some() || names.iter().any(|other| other.as_str() == name)
        };
        let wish = node.name.as_str();
        let name = if is_taken(wish) {
            numbered(wish, NodeName::LONGEST, "-", is_taken)
                .parse()
                .ok()
        } else {
            None
        };
        names.push(name.unwrap_or_else(|| node.name.clone()));
    }
    names
}

/// `nas-2`, `nas-3` … for `nas` and for `nas-2`: the first that is free.
fn numbered(wish: &str, longest: usize, gap: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let stem = match wish.rsplit_once(gap) {
        Some((stem, number)) if number.parse::<u32>().is_ok() && !stem.is_empty() => stem,
        _ => wish,
    };
    let mut number = 2_u32;
    loop {
        let end = format!("{gap}{number}");
        let room = longest.saturating_sub(end.len());
        let stem: String = stem.chars().take(room).collect();
        let name = format!("{}{end}", stem.trim_end_matches([' ', '-']));
        if !is_taken(&name) {
            return name;
        }
        number += 1;
    }
}

/// Puts copies into a plan.
pub(super) fn insert(plan: &mut Plan, insertion: &Insertion) -> Result<Done, Problem> {
    let part = insertion.part.as_ref();
    if part.nodes.is_empty() && part.sites.is_empty() {
        return Err(Problem("Select what to copy first.".to_owned()));
    }
    let names = new_names(plan, part);
    let ids = if insertion.ids.len() == part.nodes.len() {
        insertion.ids.clone()
    } else {
        identities(plan, part, |_| false)
    };
    if ids.iter().any(|id| plan.nodes.contains_key(id)) {
        return Err(Problem(
            "A machine with this identity exists already.".to_owned(),
        ));
    }
    let nodes: LiteMap<NodeId, NodeId> = part
        .nodes
        .keys()
        .cloned()
        .zip(ids.iter().cloned())
        .collect();
    let joins = |id: &SiteId| {
        let site = part.sites.get(id);
        plan.sites.contains_key(id) && site.is_some_and(|site| site.size == Some(GUEST))
    };
    let by = shift_to_room(plan, part, insertion.at, joins);
    let (sites, joined) = insert_sites(plan, part, by);
    let mut selected: Vec<Subject> = sites
        .values()
        .filter(|id| !joined.contains(id))
        .cloned()
        .map(Subject::Site)
        .collect();
    for ((node, id), name) in part.nodes.values().zip(&ids).zip(names) {
        let mut node = node.clone();
        node.name = name;
        node.public_key = None;
        node.position = moved(node.position, by);
        for other in [&mut node.hub, &mut node.uses_exit] {
            *other = other.take().and_then(|old| match nodes.get(&old) {
                Some(new) => Some(new.clone()),
                None => plan.nodes.contains_key(&old).then_some(old),
            });
        }
        match &mut node.place {
            Place::Site { site, .. } => {
                if let Some(new) = sites.get(site) {
                    *site = new.clone();
                }
                if joined.contains(site) {
                    node.position = free_spot_at(plan, site).unwrap_or(node.position);
                    selected.push(Subject::Node(id.clone()));
                }
            }
            Place::Internet(_) | Place::Roams => selected.push(Subject::Node(id.clone())),
        }
        keep_single(plan, &mut node);
        for family in Family::BOTH {
            let address = node.addresses.of(family);
            let fits = address.filter(|address| plan.check_address(id, *address).is_ok());
            // A full prefix leaves the address open, and a finding says so.
            let address = fits.or_else(|| plan.next_free_address(family).ok());
            node.addresses.set(family, address);
        }
        plan.nodes.insert(id.clone(), node);
    }
    insert_pairs(plan, part, &nodes);
    // One thing is called by the name of what was copied.
    let mut copied = part.sites.iter().filter(|(id, _)| !joined.contains(id));
    let what = match selected.as_slice() {
        [Subject::Site(_)] => copied.next().map(|(_, site)| site.name.to_string()),
        [Subject::Node(_)] => part.nodes.values().next().map(|node| node.name.to_string()),
        _ => None,
    };
    let fresh = part.sites.len() - joined.len();
    let what = what.unwrap_or_else(|| counted(part.nodes.len(), fresh));
    let name = match insertion.at {
        Some(_) => format!("Paste {what}"),
        None => format!("Duplicate {what}"),
    };
    Ok(Done {
        selection: Some(selected.into_iter().collect()),
        ..done(name)
    })
}

/// Puts the sites in, and says which site stands for each one of the part, and
/// which of them were there already.
fn insert_sites(plan: &mut Plan, part: &Plan, by: Point) -> (LiteMap<SiteId, SiteId>, Vec<SiteId>) {
    let mut joined: Vec<SiteId> = Vec::new();
    let mut sites: LiteMap<SiteId, SiteId> = LiteMap::new();
    let known: Vec<SiteId> = plan.sites.keys().cloned().collect();
    for (id, site) in &part.sites {
        if site.size == Some(GUEST) && known.contains(id) {
            joined.push(id.clone());
            sites.insert(id.clone(), id.clone());
            continue;
        }
        let mut site = site.clone();
        site.size.take_if(|size| *size == GUEST);
        site.position = moved(site.position, by);
        site.name = site_name(plan, &site.name);
        keep_single_site(plan, &mut site);
        let fresh = SiteId::fresh(site.name.as_str(), |text| {
            plan.sites.contains_key(&SiteId::new(text))
        });
        plan.sites.insert(fresh.clone(), site);
        sites.insert(id.clone(), fresh);
    }
    (sites, joined)
}

fn moved(at: Point, by: Point) -> Point {
    Point {
        x: at.x.saturating_add(by.x),
        y: at.y.saturating_add(by.y),
    }
}

fn insert_pairs(plan: &mut Plan, part: &Plan, nodes: &LiteMap<NodeId, NodeId>) {
    for (pair, choice) in &part.pairs {
        let (a, b) = pair.ends();
        let key = nodes.get(a).zip(nodes.get(b));
        let key = key.and_then(|(a, b)| PairKey::new(a, b));
        let choice = match choice {
            PairChoice::Via(relay) => match nodes.get(relay) {
                Some(new) => Some(PairChoice::Via(new.clone())),
                None => plan.nodes.contains_key(relay).then(|| choice.clone()),
            },
            PairChoice::Direct | PairChoice::Never => Some(choice.clone()),
        };
        if let (Some(key), Some(choice)) = (key, choice) {
            plan.pairs.insert(key, choice);
        }
    }
}

/// The name of a copied site: its own, or with the next free number.
fn site_name(plan: &Plan, name: &Label) -> Label {
    let is_taken = |text: &str| plan.sites.values().any(|site| site.name.as_str() == text);
    let free = is_taken(name.as_str())
        .then(|| numbered(name.as_str(), Label::LONGEST, " ", is_taken).parse::<Label>());
    free.and_then(Result::ok).unwrap_or_else(|| name.clone())
}

/// How far a part moves so that it hides nothing: as near as possible to where
/// it is wanted, or to the right of itself. Machines that join a site get their
/// places there.
fn shift_to_room(
    plan: &Plan,
    part: &Plan,
    at: Option<Point>,
    joins: impl Fn(&SiteId) -> bool,
) -> Point {
    const GAP: i32 = 48;
    let sites = part.sites.iter().filter(|(id, _)| !joins(id));
    let areas = sites.map(|(id, site)| site_rect(part, id, site));
    let loose = part
        .nodes
        .values()
        .filter(|node| !matches!(node.place, Place::Site { .. }));
    let own = areas.chain(loose.map(card_rect));
    let Some(own) = own.reduce(|one, other| one.around(other)) else {
        return Point::default();
    };
    let taken: Vec<Rect> = plan
        .nodes
        .values()
        .map(card_rect)
        .chain(
            plan.sites
                .iter()
                .map(|(id, site)| site_rect(plan, id, site)),
        )
        .map(|rect| rect.grown(GAP - 16))
        .collect();
    let wish = match at {
        Some(at) => Rect {
            x: at.x - own.width / 2,
            y: at.y - own.height / 2,
            ..own
        },
        None => Rect {
            x: own.right() + GAP,
            ..own
        },
    };
    let to = nearest_free(&taken, wish);
    Point {
        x: to.x - own.x,
        y: to.y - own.y,
    }
}
