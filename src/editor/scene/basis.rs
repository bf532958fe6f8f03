//! What the courses of all lines follow from. Nearly all edits change none of
//! it, and their drawing takes the lines of the one before.

use std::rc::Rc;

use crate::mesh::{Mesh, Pair, Subject};
use crate::plan::{NodeId, PairKey};

use super::super::area::Rect;
use super::badge::with_badges;
use super::detail::Detail;
use super::node::{Card, NodeShape};
use super::sheaf::{self, Sheaf};
use super::site::{Frame, SiteShape};
use super::strand::{CROWD, Strand};
use super::tally::PairTally;
use super::weave::{Bus, Draft, Weave};
use super::{Scene, bounds, port};

/// Where everything is, and what is linked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Basis {
    pub(super) detail: Detail,
    /// The machines, by their place in the mesh.
    pub(super) ids: Rc<Vec<NodeId>>,
    pub(super) cards: Vec<Option<Card>>,
    pub(super) frames: Vec<Frame>,
    pub(super) strands: Rc<Vec<Strand>>,
    /// The relayed pair that is drawn above the others.
    pub(super) pair: Option<PairKey>,
    /// What badges keep clear of.
    pub(super) obstacles: Vec<Rect>,
}

impl Basis {
    /// The pair that is drawn for itself if `focus` is selected.
    pub(super) fn pair_of(focus: &Subject) -> Option<PairKey> {
        match focus {
            Subject::Pair(key) => Some(key.clone()),
            Subject::Plan | Subject::Node(_) | Subject::Site(_) => None,
        }
    }
}

/// What was made on the way to a drawing, for the next one.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) basis: Rc<Basis>,
    pub(super) drafts: Rc<Vec<Draft>>,
    /// What was selected.
    pub(super) focus: Subject,
    /// How many pairs have which verdict, if they were counted.
    pub(super) counted: Option<Counted>,
}

// It follows from what is drawn, so it makes no drawing differ from another.
impl PartialEq for Made {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Made {}

/// Everything of a drawing but its lines.
pub(super) struct Unlined {
    pub(super) sites: Vec<Rc<SiteShape>>,
    pub(super) nodes: Vec<Rc<NodeShape>>,
    pub(super) basis: Basis,
    /// How many pairs have which verdict; nothing if that is as it was before.
    pub(super) counted: Option<Counted>,
    /// How many lines are drawn one by one.
    pub(super) most: usize,
}

impl Unlined {
    /// Puts in the lines, and those of crowded plans that nothing is selected of.
    /// What is the same as in the drawing before is taken from there; while
    /// something `moves`, the latter are in any case.
    pub(super) fn lined(
        self,
        mesh: &Mesh,
        focus: &Subject,
        before: Option<&Scene>,
        moves: bool,
        rest: impl FnOnce(&Basis) -> String,
    ) -> Scene {
        let Self {
            sites,
            nodes,
            basis,
            counted,
            most,
        } = self;
        let same = before.filter(|scene| *scene.made.basis == basis);
        let (made, buses, sheaves) = match same {
            Some(scene) => (
                scene.made.clone(),
                scene.buses.clone(),
                scene.sheaves.clone(),
            ),
            None => woven(mesh, focus, basis, most),
        };
        let (basis, detail) = (&*made.basis, made.basis.detail);
        let known = same.map(|scene| scene.links.as_slice());
        let links = with_badges(mesh, &made.drafts, basis.obstacles.clone(), detail, known);
        // Of the same pairs at the same places, the lines behind are the same.
        let is_rest = |scene: &&Scene| {
            let counted = scene.made.counted.as_ref();
            scene.made.focus == *focus && counted.is_some_and(|counted| counted.is_of(mesh))
        };
        let rest = match before.filter(|_| moves).or(same.filter(is_rest)) {
            Some(scene) => Rc::clone(&scene.rest),
            None if mesh.nodes.len() > CROWD => rest(basis).into(),
            None => Rc::default(),
        };
        let counts = counted.as_ref().map(|counted| counted.tally.counts());
        let counts = counts.or_else(|| Some(before?.counts.clone()));
        Scene {
            detail,
            bounds: bounds(&sites, &basis.obstacles),
            sites,
            nodes,
            links,
            buses,
            sheaves,
            rest,
            counts: counts.unwrap_or_default(),
            made: Made {
                counted: counted.or_else(|| before?.made.counted.clone()),
                focus: focus.clone(),
                ..made
            },
        }
    }
}

/// The lines of a plan without their badges, at most so many drawn one by one,
/// what joins them inside of trays, and those that are drawn at once.
fn woven(mesh: &Mesh, focus: &Subject, basis: Basis, most: usize) -> (Made, Vec<Bus>, Vec<Sheaf>) {
    let Basis {
        cards,
        frames,
        strands,
        detail,
        ..
    } = &basis;
    let weave = Weave {
        mesh,
        cards,
        strands,
        ports: &port::ports(cards, frames, strands, *detail),
        detail: *detail,
    };
    let (drafts, buses) = weave.drafts(focus);
    let (sheaves, drafts) = sheaf::sheaves(drafts, most);
    let made = Made {
        basis: Rc::new(basis),
        drafts: Rc::new(drafts),
        counted: None,
        focus: focus.clone(),
    };
    (made, buses, sheaves)
}

/// What follows from the verdicts of all pairs.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pairs: Rc<Vec<Pair>>,
    pub(super) tally: Rc<PairTally>,
}

impl Counted {
    /// Counts the pairs of a mesh, unless they are those that were counted before.
    pub(super) fn of(mesh: &Mesh, before: Option<&Self>) -> Self {
        match before.filter(|before| before.is_of(mesh)) {
            Some(before) => before.clone(),
            None => Self {
                pairs: Rc::clone(&mesh.pairs),
                tally: Rc::new(PairTally::of(mesh)),
            },
        }
    }

    /// Whether a mesh has the very pairs that were counted.
    pub(super) fn is_of(&self, mesh: &Mesh) -> bool {
        Rc::ptr_eq(&self.pairs, &mesh.pairs)
    }
}
