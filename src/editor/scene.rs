//! The drawing of a plan as shapes, without a browser.
//!
//! [`Scene::of`] turns a plan and its mesh into rectangles, SVG paths and words;
//! the page only puts them on the screen. Everything is whole numbers, so the
//! drawing is the same everywhere and shapes compare cheaply.

mod badge;
mod course;
mod detail;
mod grid;
mod link;
mod moved;
mod nearest;
mod node;
mod port;
mod rest;
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

use std::rc::Rc;

use crate::mesh::{Mesh, Subject};
use crate::plan::{Place, Plan};

use super::area::Rect;

pub use detail::{CardForm, Detail};
pub use link::{Arrow, LinkShape, LinkVerdict};
pub use nearest::{Target, nearest};
pub use node::{NodeShape, PlaceKind, Reach, ShareShape};
pub use port::Dir;
pub use rest::Rest;
pub use site::{Gate, GateChip, SiteShape};
pub use strand::CROWD;
pub use stroke::Stroke;
pub use text::{clip, verdict_changes, verdict_words};
pub use weave::Bus;

use node::{Card, node_shape, tray_below};
use rest::Ground;
use site::{Frame, frame, site_shape};
use strand::{Strand, strands};
use tally::Tally;
use weave::Weave;

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
    /// On crowded plans, instead of lines, the links of what is being dragged:
    /// one path for each verdict.
    pub fans: Vec<(LinkVerdict, String)>,
    /// What joins the legs of bundles inside the trays.
    pub buses: Vec<Bus>,
    /// On crowded plans the lines that nothing is selected of, as one path.
    pub rest: Rc<Rest>,
    /// Everything that is drawn lies in here.
    pub bounds: Rect,
    /// How many pairs have each verdict, without verdicts that none has.
    pub counts: Vec<(LinkVerdict, usize)>,
}

impl Scene {
    /// Draws a plan. `focus` is what is selected, or pointed at on crowded plans.
    #[must_use]
    pub fn of(plan: &Plan, mesh: &Mesh, focus: &Subject, detail: Detail) -> Self {
        Self::after(None, plan, mesh, focus, detail)
    }

    /// The same, but what is as it was in the scene before is the same object,
    /// so that nobody has to look at it again.
    #[must_use]
    pub fn after(
        before: Option<&Self>,
        plan: &Plan,
        mesh: &Mesh,
        focus: &Subject,
        detail: Detail,
    ) -> Self {
        let tally = Tally::of(mesh);
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
        let nodes: Vec<_> = cards
            .iter()
            .enumerate()
            .filter_map(|(place, card)| {
                node_shape(
                    plan,
                    mesh,
                    place,
                    card.as_ref()?,
                    tally.node(place),
                    focus,
                    detail,
                )
                .map(Rc::new)
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
        let bounds = bounds(&sites, &obstacles);
        let links = badge::with_badges(mesh, drafts, obstacles, detail);
        let links = links.into_iter().map(Rc::new).collect();
        let rest = if mesh.nodes.len() > CROWD {
            let ground = Ground {
                cards: &cards,
                frames: &frames,
            };
            Rest::of(mesh, &ground, before.map(|before| &before.rest))
        } else {
            Rc::default()
        };
        Self {
            detail,
            sites,
            nodes,
            links,
            fans: Vec::new(),
            buses,
            rest,
            bounds,
            counts: tally.counts(),
        }
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
