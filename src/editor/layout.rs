//! Tidying up: a place for everything, near to where it was.
//!
//! What is asked for moves, and everything else stays exactly where it is and
//! is kept clear of. Machines on the internet come into a row on top, because
//! the gates of all sites open upwards; below them come the sites in rows, and
//! machines that roam stand together. Within rows and from row to row the order
//! is the one that things had, so that everybody finds them again. The same
//! plan always gives the same picture, and tidying that picture up changes nothing.

mod group;
mod inside;
mod order;
mod stack;
#[cfg(test)]
mod tests;

use crate::mesh::Subject;
use crate::plan::{NodeId, Place, Plan, Point, SiteId};

use super::area::{CARD_HEIGHT, CARD_WIDTH, Rect, card_rect, site_rect};
use super::carry::several::split;
use super::carry::{Done, done};
use super::command::Problem;
use super::room::nearest_free;
use super::selection::{Selection, counted};

use group::Group;
use inside::arrange_among;

pub(super) use inside::{ACROSS, DOWN, below, columns_for};

/// Everything stands on this grid afterwards, as after a drag.
const GRID: i32 = 8;
/// Space for what is written above a machine that stands at no site.
const CAPTION: i32 = 32;
/// Nothing that moves comes closer to what stays.
const CLEAR: i32 = 24;
/// The corner of everything lies at most this far out, so that a file can hold
/// the place of all of it.
const FAR: i32 = 400_000;

/// What tidying up is about while this is selected: a site, or several things.
/// One machine alone is selected to be looked at, so then it is the whole mesh,
/// as with nothing selected.
#[must_use]
pub fn to_tidy(selection: &Selection) -> &[Subject] {
    match selection.parts() {
        [Subject::Node(_)] => &[],
        parts => parts,
    }
}

/// The plan with these parts tidied up, or all of it if none is named.
#[must_use]
pub fn tidied(plan: &Plan, parts: &[Subject]) -> Plan {
    let mut tidied = plan.clone();
    move_all(&mut tidied, parts);
    tidied
}

/// Tidies these parts of a plan up, or all of it if none is named.
pub(super) fn tidy(plan: &mut Plan, parts: &[Subject]) -> Result<Done, Problem> {
    if plan.nodes.is_empty() && plan.sites.is_empty() {
        return Err(Problem("Nothing is drawn yet.".to_owned()));
    }
    let (nodes, sites) = move_all(plan, parts);
    let name = match (parts, sites.as_slice()) {
        ([], _) => "Tidy up".to_owned(),
        ([_], [id]) => match plan.sites.get(id) {
            Some(site) => format!("Tidy up {}", site.name),
            None => "Tidy up".to_owned(),
        },
        _ => format!("Tidy up {}", counted(nodes.len(), sites.len())),
    };
    Ok(done(name))
}

fn move_all(plan: &mut Plan, parts: &[Subject]) -> (Vec<NodeId>, Vec<SiteId>) {
    let everything = Selection::all(plan);
    let (nodes, sites) = split(
        plan,
        if parts.is_empty() {
            everything.parts()
        } else {
            parts
        },
    );
    // Machines of a site that stays are put in order inside it.
    let stays = |id: &SiteId| plan.sites.contains_key(id) && !sites.contains(id);
    let home = |id: &NodeId| match &plan.nodes.get(id)?.place {
        Place::Site { site, .. } => Some(site).filter(|site| stays(site)).cloned(),
        Place::Internet(_) | Place::Roams => None,
    };
    let homes: Vec<Option<SiteId>> = nodes.iter().map(home).collect();
    let of = |site: Option<&SiteId>| -> Vec<NodeId> {
        let all = nodes.iter().zip(&homes);
        all.filter(|(_, home)| home.as_ref() == site)
            .map(|(id, _)| id.clone())
            .collect()
    };
    let loose = of(None);
    let mut busy: Vec<SiteId> = homes.iter().flatten().cloned().collect();
    busy = crate::sorting::distinct(busy);
    let inside: Vec<_> = busy.iter().map(|site| (site, of(Some(site)))).collect();
    for (site, cards) in inside {
        let others = standing(plan, &loose, &sites, Some(site));
        arrange_among(plan, site, &cards, &others);
    }
    place(plan, &loose, &sites);
    (nodes, sites)
}

/// The areas of sites and the cards at no site, without what moves and without
/// one more site.
fn standing(
    plan: &Plan,
    loose: &[NodeId],
    sites: &[SiteId],
    without: Option<&SiteId>,
) -> Vec<Rect> {
    let areas = plan
        .sites
        .iter()
        .filter(|(id, _)| !sites.contains(id) && without != Some(*id))
        .map(|(id, site)| site_rect(plan, id, site));
    let cards = plan
        .nodes
        .iter()
        .filter(|(id, _)| !loose.contains(id) && is_loose(plan, id))
        .map(|(_, node)| with_caption(card_rect(node)));
    areas.chain(cards).collect()
}

/// Whether a machine stands at no site.
fn is_loose(plan: &Plan, id: &NodeId) -> bool {
    plan.nodes.get(id).is_none_or(|node| match &node.place {
        Place::Site { site, .. } => !plan.sites.contains_key(site),
        Place::Internet(_) | Place::Roams => true,
    })
}

fn with_caption(card: Rect) -> Rect {
    Rect {
        y: card.y - CAPTION,
        height: card.height + CAPTION,
        ..card
    }
}

/// Puts machines and whole sites where they belong among each other, as one
/// group that begins where they began, or nearby where others stand.
fn place(plan: &mut Plan, loose: &[NodeId], sites: &[SiteId]) {
    let areas = sites
        .iter()
        .filter_map(|id| Some(site_rect(plan, id, plan.sites.get(id)?)));
    let cards = loose
        .iter()
        .filter_map(|id| Some(with_caption(card_rect(plan.nodes.get(id)?))));
    let Some(before) = areas.chain(cards).reduce(|one, other| one.around(other)) else {
        return;
    };
    let group = Group::of(plan, loose, sites);
    let wish = Rect {
        x: on_grid(before.x).clamp(-FAR, FAR),
        y: on_grid(before.y).clamp(-FAR, FAR),
        width: group.extent.x,
        height: group.extent.y,
    };
    let taken: Vec<Rect> = standing(plan, loose, sites, None)
        .into_iter()
        .map(|rect| rect.grown(CLEAR))
        .collect();
    let corner = nearest_free(&taken, wish);
    let moved = |at: Point| Point {
        x: corner.x + at.x,
        y: corner.y + at.y,
    };
    for (id, at) in group.sites {
        if let Some(site) = plan.sites.get_mut(&id) {
            site.position = moved(at);
        }
    }
    for (id, at) in group.cards {
        if let Some(node) = plan.nodes.get_mut(&id) {
            node.position = moved(at);
        }
    }
}

/// The nearest line of the grid.
fn on_grid(value: i32) -> i32 {
    (value + GRID / 2).div_euclid(GRID) * GRID
}

/// The next line of the grid.
fn up_to_grid(value: i32) -> i32 {
    (value + GRID - 1).div_euclid(GRID) * GRID
}
