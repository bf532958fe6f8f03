//! The drawing of a plan as shapes, without a browser.
//!
//! [`Scene::of`] turns a plan and its mesh into rectangles, SVG paths and words;
//! the page only puts them on the screen. Everything is whole numbers, so the
//! drawing is the same everywhere and shapes compare cheaply.

mod afar;
mod badge;
mod course;
mod detail;
mod grid;
mod link;
mod nearest;
mod node;
mod port;
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
use std::fmt::Write as _;
use std::rc::Rc;

use crate::mesh::{Mesh, Subject, Verdict};
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

use node::{Card, node_shape, tray_below};
use site::{Frame, frame, site_shape};
use strand::{Strand, strands};
use tally::Tally;
use weave::Weave;

/// So many lines at most stand for all that nothing is selected of.
const MOST_REST: usize = 3_000;

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
}

impl Scene {
    /// Draws a plan. `focus` is what is selected, or pointed at on crowded plans.
    #[must_use]
    pub fn of(plan: &Plan, mesh: &Mesh, focus: &Subject, detail: Detail) -> Self {
        Self::drawn(plan, mesh, focus, detail, None)
    }

    /// Draws the plan of this scene with some of it at other places, as while it
    /// is dragged: what stays where it is, is taken as it is drawn here. Equal to
    /// a drawing from nothing but for the lines that nothing is selected of,
    /// which follow once the drag ends.
    #[must_use]
    pub fn after_moves(&self, before: &Plan, plan: &Plan, mesh: &Mesh, focus: &Subject) -> Self {
        Self::drawn(plan, mesh, focus, self.detail, Some((self, before)))
    }

    fn drawn(
        plan: &Plan,
        mesh: &Mesh,
        focus: &Subject,
        detail: Detail,
        before: Option<(&Self, &Plan)>,
    ) -> Self {
        let strands = strands(plan, mesh, focus);
        let cards = cards(plan, mesh, detail);
        let frames = frames(plan, &cards, &strands, detail);
        let ports = port::ports(&cards, &frames, &strands, detail);
        let sites: Vec<_> = plan
            .sites
            .values()
            .zip(&frames)
            .map(|(site, frame)| Rc::new(site_shape(plan, site, frame, detail)))
            .collect();
        // Counted only if something is drawn that was not drawn before.
        let tally = OnceCell::new();
        let nodes: Vec<_> = cards
            .iter()
            .enumerate()
            .filter_map(|(place, card)| {
                let card = card.as_ref()?;
                let known = before.and_then(|(scene, stood)| {
                    let id = &mesh.nodes.get(place)?.id;
                    let same = plan.nodes.get(id)?.place == stood.nodes.get(id)?.place;
                    scene.moved(place, id, card).filter(|_| same)
                });
                known.or_else(|| {
                    let tally = tally.get_or_init(|| Tally::of(mesh)).node(place);
                    let shape = node_shape(plan, mesh, place, card, tally, focus, detail)?;
                    Some(Rc::new(shape))
                })
            })
            .collect();
        let obstacles = obstacles(&sites, &nodes, &frames, detail);
        let weave = Weave {
            mesh,
            cards: &cards,
            strands: &strands,
            ports: &ports,
            detail,
        };
        let (drafts, buses) = weave.drafts(focus);
        let (sheaves, drafts) = sheaf::sheaves(drafts, sheaf::MOST);
        let bounds = bounds(&sites, &obstacles);
        let links = badge::with_badges(mesh, drafts, obstacles, detail);
        let links = links.into_iter().map(Rc::new).collect();
        let rest = match before {
            Some((scene, _)) => Rc::clone(&scene.rest),
            None if mesh.nodes.len() > CROWD => {
                rest(mesh, &cards, &frames, focus, MOST_REST).into()
            }
            None => Rc::default(),
        };
        let counts = match before {
            Some((scene, _)) => scene.counts.clone(),
            None => tally.get_or_init(|| Tally::of(mesh)).counts(),
        };
        Self {
            detail,
            sites,
            nodes,
            links,
            buses,
            sheaves,
            rest,
            bounds,
            counts,
        }
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

/// Straight lines between everything that is linked, sites taken as one. Those
/// of a machine in focus, if it stands alone, are drawn as its links.
fn rest(
    mesh: &Mesh,
    cards: &[Option<Card>],
    frames: &[Frame],
    focus: &Subject,
    most: usize,
) -> String {
    // Sites come first, then each machine that stands at none.
    let group = |(place, card): (usize, &Option<Card>)| match card.and_then(|card| card.site) {
        Some(site) => site,
        None => frames.len() + place,
    };
    let groups: Vec<usize> = cards.iter().enumerate().map(group).collect();
    let spot = |group: usize| match group.checked_sub(frames.len()) {
        None => frames.get(group).map(|frame| frame.gate.at),
        Some(place) => cards
            .get(place)
            .copied()
            .flatten()
            .map(|card| card.rect.center()),
    };
    let own = match focus {
        Subject::Node(id) => mesh.position(id).map(|place| frames.len() + place),
        _ => None,
    };
    let mut lines = Vec::new();
    let mut last = None;
    for pair in mesh
        .pairs
        .iter()
        .filter(|pair| matches!(pair.verdict, Verdict::Direct | Verdict::Open))
    {
        if let (Some(a), Some(b)) = (groups.get(pair.a), groups.get(pair.b)) {
            let line = (*a.min(b), *a.max(b));
            // Most pairs repeat the one before.
            let is_own = Some(line.0) == own || Some(line.1) == own;
            if last.replace(line) != Some(line) && !is_own {
                lines.push(line);
            }
        }
    }
    crate::sorting::sort(&mut lines);
    lines.dedup();
    // Of very many lines a part makes the same haze, and is drawn in a tenth of the time.
    let step = lines.len().div_ceil(most).max(1);
    let mut path = String::new();
    for (a, b) in lines.into_iter().step_by(step) {
        if let (Some(a), Some(b)) = (spot(a), spot(b)) {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{} {}L{} {}", a.x, a.y, b.x, b.y);
        }
    }
    path
}
