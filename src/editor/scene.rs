//! The drawing of a plan as shapes, without a browser.
//!
//! [`Scene::of`] turns a plan and its mesh into rectangles, SVG paths and words;
//! the page only puts them on the screen. Everything is whole numbers, so the
//! drawing is the same everywhere and shapes compare cheaply.

mod afar;
mod badge;
mod basis;
mod course;
mod detail;
mod grid;
mod link;
mod nearest;
mod node;
mod port;
mod rest;
mod sentence;
mod sheaf;
mod side;
mod site;
mod strand;
mod stroke;
mod tally;
mod text;
mod weave;
mod yard;

#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::rc::Rc;

use crate::mesh::{Mesh, Subject};
use crate::plan::{NodeId, Place, Plan};

use super::area::Rect;

pub use afar::{Heading, heading};
pub use detail::{CardForm, Detail};
pub use link::{Arrow, LinkShape, LinkVerdict};
pub use nearest::{Target, nearest};
pub use node::{NodeShape, PlaceKind, Reach, ShareShape};
pub use port::Dir;
pub use sentence::{Sentence, sentence};
pub use sheaf::Sheaf;
pub use site::{Gate, GateChip, SiteShape};
pub use strand::CROWD;
pub use stroke::Stroke;
pub use text::{clip, verdict_changes, verdict_words};
pub use weave::Bus;

use basis::{Basis, Counted, Made, Unlined};
use node::{Card, node_shape, tray_below};
use site::{Frame, frame, site_shape};
use strand::{Strand, strands};
use tally::{PairTally, Troubles};

/// So many lines at most stand for all that nothing is selected of.
const MOST_REST: usize = 600;

/// A plan as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// How much is drawn.
    pub detail: Detail,
    /// The areas of sites.
    pub sites: Vec<Rc<SiteShape>>,
    /// The cards of machines, sorted by name.
    pub nodes: Vec<Rc<NodeShape>>,
    /// The lines, in the order in which they are drawn.
    pub links: Vec<Rc<LinkShape>>,
    /// What joins the legs of bundles inside the trays.
    pub buses: Vec<Bus>,
    /// Lines that are too many to be drawn one by one.
    pub sheaves: Vec<Sheaf>,
    /// On crowded plans the lines that nothing is selected of, as one path.
    pub rest: Rc<str>,
    /// Everything that is drawn lies in here.
    pub bounds: Rect,
    /// How many pairs have each verdict, without verdicts that none has.
    pub counts: Vec<(LinkVerdict, usize)>,
    made: Made,
}

/// What is known before a drawing is made.
#[derive(Clone, Copy)]
enum Before<'a> {
    Nothing,
    /// The drawing of another state of the plan.
    Drawn(&'a Scene),
    /// The drawing of this state, before something was moved.
    Moved(&'a Scene, &'a Plan),
}

impl Scene {
    /// Draws a plan. `focus` is what is selected, or pointed at on crowded plans.
    #[must_use]
    pub fn of(plan: &Plan, mesh: &Mesh, focus: &Subject, detail: Detail) -> Self {
        Self::drawn(plan, mesh, focus, detail, Before::Nothing)
    }

    /// Draws another state of a plan, or the same with something else selected:
    /// what is the same as in this scene is taken from here. Equal to a drawing
    /// from nothing.
    #[must_use]
    pub fn after(&self, plan: &Plan, mesh: &Mesh, focus: &Subject, detail: Detail) -> Self {
        Self::drawn(plan, mesh, focus, detail, Before::Drawn(self))
    }

    /// Draws the plan of this scene with some of it at other places, as while it
    /// is dragged: what stays where it is, is taken as it is drawn here. Equal to
    /// a drawing from nothing but for the lines that nothing is selected of,
    /// which follow once the drag ends.
    #[must_use]
    pub fn after_moves(&self, before: &Plan, plan: &Plan, mesh: &Mesh, focus: &Subject) -> Self {
        let detail = self.detail;
        Self::drawn(plan, mesh, focus, detail, Before::Moved(self, before))
    }

    fn drawn(
        plan: &Plan,
        mesh: &Mesh,
        focus: &Subject,
        detail: Detail,
        before: Before<'_>,
    ) -> Self {
        let scene = match before {
            Before::Nothing => None,
            Before::Drawn(scene) | Before::Moved(scene, _) => Some(scene),
        };
        let moves = matches!(before, Before::Moved(..));
        let still = match before {
            Before::Moved(scene, stood) if scene.ties(stood, plan, focus) => {
                Some(&scene.made.basis)
            }
            _ => None,
        };
        let strands = still.map_or_else(
            || Rc::new(strands(plan, mesh, focus)),
            |still| Rc::clone(&still.strands),
        );
        let ids = still.map_or_else(
            || Rc::new(mesh.nodes.iter().map(|node| node.id.clone()).collect()),
            |still| Rc::clone(&still.ids),
        );
        let cards = cards(plan, mesh, detail);
        let frames = frames(plan, &cards, &strands, detail);
        let sites = site_shapes(plan, &frames, detail, scene);
        // Counted only if something is drawn that was not drawn before.
        let counted = OnceCell::new();
        let tally = || {
            &counted
                .get_or_init(|| {
                    let before = scene.and_then(|scene| scene.made.counted.as_ref());
                    Counted::of(mesh, before)
                })
                .tally
        };
        let nodes = node_shapes(plan, mesh, &cards, focus, detail, before, &tally);
        let basis = Basis {
            detail,
            ids,
            obstacles: obstacles(&sites, &nodes, &frames, detail),
            cards,
            frames,
            strands,
            pair: Basis::pair_of(focus),
        };
        if !moves {
            tally();
        }
        let unlined = Unlined {
            sites,
            nodes,
            basis,
            counted: counted.into_inner(),
            most: sheaf::MOST,
        };
        unlined.lined(mesh, focus, scene, moves, |basis| {
            rest::rest(mesh, &basis.cards, &basis.frames, focus, MOST_REST)
        })
    }

    /// Whether what this scene of a plan ties together is so after moves as well:
    /// where nothing leaves its place, a drag ties nothing else together.
    fn ties(&self, stood: &Plan, plan: &Plan, focus: &Subject) -> bool {
        self.made.focus == *focus && stands(stood, plan)
    }

    /// The card of a machine as it is drawn here, at its new place.
    fn moved(&self, place: usize, id: &NodeId, card: &Card) -> Option<Rc<NodeShape>> {
        let shape = self.nodes.get(place).filter(|shape| shape.id == *id)?;
        if shape.rect == card.rect {
            return Some(Rc::clone(shape));
        }
        let mut shape = shape.as_ref().clone();
        let (x, y) = (card.rect.x - shape.rect.x, card.rect.y - shape.rect.y);
        for share in &mut shape.shares {
            share.rect.x += x;
            share.rect.y += y;
        }
        (shape.rect, shape.tray) = (card.rect, card.tray);
        Some(Rc::new(shape))
    }

    /// Whether only the links of what is selected stand out.
    #[must_use]
    pub fn is_crowded(&self) -> bool {
        self.nodes.len() > CROWD
    }
}

/// Whether every machine is where it was, behind the same router.
fn stands(before: &Plan, plan: &Plan) -> bool {
    let mut nodes = plan.nodes.values().zip(before.nodes.values());
    plan.nodes.len() == before.nodes.len() && nodes.all(|(node, stood)| node.place == stood.place)
}

/// A shape, or the same one as it was drawn before, which compares at once.
fn same_or<T: PartialEq>(known: Option<&Rc<T>>, shape: T) -> Rc<T> {
    match known.filter(|known| ***known == shape) {
        Some(known) => Rc::clone(known),
        None => Rc::new(shape),
    }
}

/// The areas of all sites.
fn site_shapes(
    plan: &Plan,
    frames: &[Frame],
    detail: Detail,
    before: Option<&Scene>,
) -> Vec<Rc<SiteShape>> {
    let sites = plan.sites.values().zip(frames).enumerate();
    let shape = |(place, (site, frame))| {
        let known = before.and_then(|scene| scene.sites.get(place));
        same_or(known, site_shape(plan, site, frame, detail))
    };
    sites.map(shape).collect()
}

/// What is written on the cards. In a drag only what moves is looked at.
fn node_shapes<'a>(
    plan: &Plan,
    mesh: &Mesh,
    cards: &[Option<Card>],
    focus: &Subject,
    detail: Detail,
    before: Before<'_>,
    tally: &impl Fn() -> &'a Rc<PairTally>,
) -> Vec<Rc<NodeShape>> {
    let troubles = OnceCell::new();
    let cards = cards.iter().enumerate();
    let shape = |(place, card): (usize, &Option<Card>)| {
        let card = card.as_ref()?;
        let known = match before {
            Before::Nothing => None,
            Before::Drawn(scene) => scene.nodes.get(place),
            Before::Moved(scene, stood) => {
                let id = &mesh.nodes.get(place)?.id;
                if plan.nodes.get(id)?.place == stood.nodes.get(id)?.place
                    && let Some(moved) = scene.moved(place, id, card)
                {
                    return Some(moved);
                }
                None
            }
        };
        let troubles = troubles.get_or_init(|| Troubles::of(mesh));
        let tally = tally().node(place, troubles);
        let shape = node_shape(plan, mesh, place, card, tally, focus, detail)?;
        Some(same_or(known, shape))
    };
    cards.filter_map(shape).collect()
}

/// The cards of all machines, by their place in the mesh.
fn cards(plan: &Plan, mesh: &Mesh, detail: Detail) -> Vec<Option<Card>> {
    let card = |place: &crate::mesh::MeshNode| {
        let node = plan.nodes.get(&place.id)?;
        let rect = detail.card(node);
        let site = match &node.place {
            Place::Site { site, .. } => plan.sites.keys().position(|id| id == site),
            Place::Internet(_) | Place::Roams => None,
        };
        let shares = !node.shares.is_empty() && detail.form <= CardForm::Compact;
        Some(Card {
            rect,
            tray: place.relays.then(|| tray_below(rect, detail)),
            site,
            shares,
        })
    };
    mesh.nodes.iter().map(card).collect()
}

/// The frames of all sites, with gates as wide as their lanes need.
fn frames(plan: &Plan, cards: &[Option<Card>], strands: &[Strand], detail: Detail) -> Vec<Frame> {
    let site_of = |node: usize| {
        cards
            .get(node)
            .copied()
            .flatten()
            .and_then(|card| card.site)
    };
    let mut lanes = vec![0_i32; plan.sites.len()];
    for strand in strands.iter().filter(|strand| !strand.is_internal(site_of)) {
        for end in &strand.ends {
            if let Some(count) = site_of(end.node).and_then(|site| lanes.get_mut(site)) {
                *count += 1;
            }
        }
    }
    plan.sites
        .iter()
        .zip(lanes)
        .map(|((id, site), lanes)| frame(plan, id, site, lanes, detail))
        .collect()
}

/// What badges and plates keep clear of.
fn obstacles(
    sites: &[Rc<SiteShape>],
    nodes: &[Rc<NodeShape>],
    frames: &[Frame],
    detail: Detail,
) -> Vec<Rect> {
    let chips = sites
        .iter()
        .filter_map(|site| site.chip.as_ref().map(|chip| chip.rect));
    let headers = frames.iter().map(|frame| frame.header);
    let gates = frames.iter().map(|frame| Rect {
        x: frame.gate.at.x - frame.gate.width / 2,
        y: frame.gate.at.y - detail.px(8),
        width: frame.gate.width,
        height: detail.px(16),
    });
    let cards = nodes.iter().flat_map(|node| {
        let rect = node.tray.map_or(node.rect, |tray| node.rect.around(tray));
        // The caption of a machine without a site stands above its card.
        let caption = if node.place == PlaceKind::Site {
            0
        } else {
            detail.px(26)
        };
        let whole = Rect {
            y: rect.y - caption,
            height: rect.height + caption,
            ..rect
        };
        std::iter::once(whole.grown(detail.px(4))).chain(node.shares.iter().map(|share| share.rect))
    });
    chips.chain(headers).chain(gates).chain(cards).collect()
}

fn bounds(sites: &[Rc<SiteShape>], obstacles: &[Rect]) -> Rect {
    let all = sites
        .iter()
        .map(|site| site.rect)
        .chain(obstacles.iter().copied());
    all.reduce(|one, other| one.around(other)).unwrap_or(Rect {
        x: 0,
        y: 0,
        width: 0,
        height: 0,
    })
}
