//! Copies of machines and sites, within a plan and from one plan to another.
//!
//! A copy is a machine of its own: it has its own identity and therefore keys of
//! its own, its own name and addresses. What only one machine can have, such as
//! a public address or a forwarded port, stays with the one that has it.

mod lans;
#[cfg(test)]
mod many_tests;
mod naming;
mod single;
mod spot;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use litemap::LiteMap;

use crate::mesh::Subject;
use crate::plan::{Family, NodeId, NodeName, PairChoice, PairKey, Place, Plan, Point, SiteId};
use crate::project::{FileError, read_plan, write_plan};

use super::carry::{Done, done};
use super::command::Problem;
use super::room::free_spot_at;
use super::selection::{Selection, counted};
use naming::{Homes, new_names, site_name};
use single::{keep_single, keep_single_site};
use spot::shift_to_room;

/// The size of a site that comes along only because its machines stand there.
/// Where the plan has that site already, they stand at that one.
pub(super) const GUEST: Point = Point { x: 0, y: 0 };

/// Copies that are put into a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insertion {
    /// What is copied, from [`excerpt`] or [`read_clip`].
    pub part: Rc<Plan>,
    /// The middle of where it goes; `None` puts it beside what it was copied from.
    pub at: Option<Point>,
    /// How many copies of it.
    pub times: usize,
    /// Whether it was made for this, and so is new and no copy of anything.
    pub new: bool,
    /// The identities of its machines, from [`identities`]; if there are none,
    /// the first that the plan has free.
    pub ids: Vec<NodeId>,
}

impl Insertion {
    /// One copy.
    #[must_use]
    pub fn of(part: Plan, at: Option<Point>) -> Self {
        Self {
            part: Rc::new(part),
            at,
            times: 1,
            new: false,
            ids: Vec::new(),
        }
    }
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

/// Identities for the machines that an insertion adds, of which neither the plan
/// nor `known` holds any, so that no copy inherits a key.
#[must_use]
pub fn identities(
    plan: &Plan,
    insertion: &Insertion,
    known: impl Fn(&NodeId) -> bool,
) -> Vec<NodeId> {
    let mut trial = plan.clone();
    let mut ids: Vec<NodeId> = Vec::new();
    for round in 0..insertion.times {
        let copied = insert_once(&mut trial, insertion, round, |name, is_taken| {
            NodeId::fresh(name.as_str(), |text| {
                let id = NodeId::new(text);
                is_taken(&id) || known(&id)
            })
        });
        ids.extend(copied.map(|copied| copied.nodes).unwrap_or_default());
    }
    ids
}

/// What one copy consists of.
struct Copied {
    /// Its machines.
    nodes: Vec<NodeId>,
    /// How many sites are new.
    sites: usize,
    /// What is selected of it.
    selected: Vec<Subject>,
}

/// Puts copies into a plan.
pub(super) fn insert(plan: &mut Plan, insertion: &Insertion) -> Result<Done, Problem> {
    let part = insertion.part.as_ref();
    if (part.nodes.is_empty() && part.sites.is_empty()) || insertion.times == 0 {
        return Err(Problem("Select what to copy first.".to_owned()));
    }
    let ids = if insertion.ids.len() == part.nodes.len() * insertion.times {
        insertion.ids.clone()
    } else {
        identities(plan, insertion, |_| false)
    };
    let mut ids = ids.into_iter();
    let (mut nodes, mut sites) = (0, 0);
    let mut selected: Vec<Subject> = Vec::new();
    let mut first: Option<String> = None;
    for round in 0..insertion.times {
        let copied = insert_once(plan, insertion, round, |name, _| {
            ids.next().unwrap_or_else(|| NodeId::new(name.as_str()))
        })?;
        (nodes, sites) = (nodes + copied.nodes.len(), sites + copied.sites);
        if let ([one], 1) = (copied.selected.as_slice(), insertion.times) {
            first = name_of(plan, part, one, insertion.new);
        }
        selected.extend(copied.selected);
    }
    let what = first.unwrap_or_else(|| counted(nodes, sites));
    let name = match insertion.at {
        _ if insertion.new => format!("Add {what}"),
        Some(_) => format!("Paste {what}"),
        None => format!("Duplicate {what}"),
    };
    Ok(Done {
        selection: Some(selected.into_iter().collect()),
        ..done(name)
    })
}

/// One thing is called by the name of what was copied.
fn name_of(plan: &Plan, part: &Plan, one: &Subject, new: bool) -> Option<String> {
    match one {
        Subject::Node(id) if new => plan.nodes.get(id).map(|node| node.name.to_string()),
        Subject::Node(_) => part.nodes.values().next().map(|node| node.name.to_string()),
        Subject::Site(id) if new => plan.sites.get(id).map(|site| site.name.to_string()),
        Subject::Site(_) => {
            let mut copied = part.sites.values().filter(|site| site.size != Some(GUEST));
            copied.next().map(|site| site.name.to_string())
        }
        Subject::Plan | Subject::Pair(_) => None,
    }
}

/// Puts one copy into a plan, whose machines get these identities.
fn insert_once(
    plan: &mut Plan,
    insertion: &Insertion,
    round: usize,
    mut identity: impl FnMut(&NodeName, &dyn Fn(&NodeId) -> bool) -> NodeId,
) -> Result<Copied, Problem> {
    let part = insertion.part.as_ref();
    let joins = |id: &SiteId| {
        let site = part.sites.get(id);
        plan.sites.contains_key(id) && site.is_some_and(|site| site.size == Some(GUEST))
    };
    let by = shift_to_room(plan, insertion, round, joins);
    let Settled {
        homes,
        joined,
        moved: lans,
    } = insert_sites(plan, part, by);
    let mut nodes: LiteMap<NodeId, NodeId> = LiteMap::new();
    let names = new_names(plan, part, &homes);
    for (old, name) in part.nodes.keys().zip(&names) {
        let id = identity(name, &|id| {
            plan.nodes.contains_key(id) || nodes.values().any(|other| other == id)
        });
        if plan.nodes.contains_key(&id) {
            return Err(Problem(
                "A machine with this identity exists already.".to_owned(),
            ));
        }
        nodes.insert(old.clone(), id);
    }
    let mut selected: Vec<Subject> = homes
        .values()
        .filter(|id| !joined.contains(id))
        .cloned()
        .map(Subject::Site)
        .collect();
    for ((old, node), name) in part.nodes.iter().zip(names) {
        let Some(id) = nodes.get(old) else { continue };
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
        if let Place::Site { site, .. } = &node.place {
            let of_site = lans.iter().filter(|(id, _)| id == site);
            let of_site: Vec<lans::Moved> = of_site.map(|(_, moved)| *moved).collect();
            lans::follow(&mut node, &of_site);
        }
        match &mut node.place {
            Place::Site { site, .. } => {
                if let Some(new) = homes.get(site) {
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
    Ok(Copied {
        nodes: nodes.values().cloned().collect(),
        sites: part.sites.len() - joined.len(),
        selected,
    })
}

/// The sites of a copy in their places.
struct Settled {
    /// Which site stands for each one of the part.
    homes: Homes,
    /// Which of them were there already.
    joined: Vec<SiteId>,
    /// The LANs that became others, by the sites of the part.
    moved: Vec<(SiteId, lans::Moved)>,
}

/// Puts the sites in.
fn insert_sites(plan: &mut Plan, part: &Plan, by: Point) -> Settled {
    let mut joined: Vec<SiteId> = Vec::new();
    let mut sites: Homes = LiteMap::new();
    let mut lans = Vec::new();
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
        let renumbered = lans::renumber(plan, &mut site);
        lans.extend(renumbered.into_iter().map(|moved| (id.clone(), moved)));
        site.name = site_name(plan, &site.name);
        keep_single_site(plan, &mut site);
        let fresh = SiteId::fresh(site.name.as_str(), |text| {
            plan.sites.contains_key(&SiteId::new(text))
        });
        plan.sites.insert(fresh.clone(), site);
        sites.insert(id.clone(), fresh);
    }
    Settled {
        homes: sites,
        joined,
        moved: lans,
    }
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
