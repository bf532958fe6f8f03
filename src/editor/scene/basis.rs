//! What the courses of all lines follow from. Nearly all edits change none of
//! it, and their drawing takes the lines of the one before.

use std::rc::Rc;

use crate::mesh::{Mesh, Pair, Subject};
use crate::plan::{NodeId, PairKey};

use super::super::area::Rect;
use super::detail::Detail;
use super::node::Card;
use super::port;
use super::sheaf::{self, Sheaf};
use super::site::Frame;
use super::strand::Strand;
use super::tally::PairTally;
use super::weave::{Bus, Draft, Weave};

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

/// The lines of a plan without their badges, at most so many drawn one by one, what joins them inside of trays,
/// and those that are drawn at once.
pub(super) fn woven(
    mesh: &Mesh,
    focus: &Subject,
    basis: Basis,
    most: usize,
) -> (Made, Vec<Bus>, Vec<Sheaf>) {
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
