//! The drawing from afar, where no card has room: sites speak for their
//! machines, first with a dot for each, further away with a name and a count.
//!
//! Lines lead from site to site then, one for all that is alike.

use litemap::LiteMap;

use crate::mesh::{Mesh, MeshNode, Subject};
use crate::plan::{Plan, Point, Site, SiteId};

use super::super::area::{Rect, site_rect};
use super::basis::{Basis, Counted, Unlined};
use super::detail::{CardForm, Detail};
use super::node::{Card, NodeShape, PlaceKind, Reach, node_shape};
use super::site::{Frame, Gate};
use super::strand::{Strand, StrandKind, strands};
use super::tally::Troubles;
use super::text::clip;
use super::{Rc, Scene, cards, rest, same_or, site_shapes};

/// Space between the middles of two dots, in pixels of the screen: more than a
/// shaky hand needs, or less where a site has no room for that.
const PITCHES: [i32; 8] = [32, 28, 24, 20, 16, 12, 9, 6];
/// The strip with the name of a site.
const HEADER: i32 = 30;
/// Space between the border of a site and what is in it.
const INSET: i32 = 10;
/// Width of a letter on a site, by a generous guess.
const LETTER: i32 = 8;
/// So many lines at most are drawn one by one: on small drawings badges soon
/// cover more than they tell.
const MOST: usize = 12;
/// The same between blocks.
const MOST_AT_BLOCKS: usize = 3;
/// So many lines at most stand for all that nothing is selected of.
const MOST_REST: usize = 400;

impl Scene {
    /// Draws a plan from afar, see [`CardForm::is_afar`]. What is the same as in
    /// the drawing before is taken from there. While something is moved, `stood`
    /// is the plan before that: the lines that nothing is selected of and the
    /// names that have room then stay as they are, and follow once the drag ends.
    #[must_use]
    pub fn from_afar(
        plan: &Plan,
        mesh: &Mesh,
        focus: &Subject,
        detail: Detail,
        before: Option<&Self>,
        stood: Option<&Plan>,
    ) -> Self {
        let mut cards = cards(plan, mesh, detail);
        settle(plan, mesh, &mut cards, detail);
        let frames = frames(plan);
        let sites = site_shapes(plan, &frames, detail, before);
        let counted = before.and_then(|scene| scene.made.counted.as_ref());
        let counted = Counted::of(mesh, counted);
        let still =
            before.filter(|scene| stood.is_some_and(|stood| scene.ties(stood, plan, focus)));
        let nodes: Vec<Rc<NodeShape>> = if let Some(scene) = still {
            let places = mesh.nodes.iter().zip(&cards).enumerate();
            let moved = |(place, (node, card)): (usize, (&MeshNode, &Option<Card>))| {
                scene.moved(place, &node.id, card.as_ref()?)
            };
            places.filter_map(moved).collect()
        } else {
            let mut nodes = marks(plan, mesh, &cards, focus, detail, &counted);
            names(&mut nodes, frames.iter().map(|frame| frame.rect), detail);
            let shared = |(place, node)| {
                let known = before.and_then(|scene| scene.nodes.get(place));
                same_or(known, node)
            };
            nodes.into_iter().enumerate().map(shared).collect()
        };
        let (ids, strands) = match still {
            Some(scene) => {
                let basis = &scene.made.basis;
                (Rc::clone(&basis.ids), Rc::clone(&basis.strands))
            }
            None => (
                Rc::new(mesh.nodes.iter().map(|node| node.id.clone()).collect()),
                Rc::new(between_places(strands(plan, mesh, focus), &cards)),
            ),
        };
        let areas = frames.iter().map(|frame| frame.rect);
        let named = nodes.iter().filter(|node| !node.name.is_empty());
        let basis = Basis {
            detail,
            ids,
            cards: places(&cards, &frames),
            frames: Vec::new(),
            strands,
            pair: Basis::pair_of(focus),
            obstacles: areas
                .chain(nodes.iter().map(|node| node.rect))
                .chain(named.map(|node| room_for(node, &node.name, detail)))
                .collect(),
        };
        let most = match detail.form {
            CardForm::Block => MOST_AT_BLOCKS,
            _ => MOST,
        };
        let unlined = Unlined {
            sites,
            nodes,
            basis,
            counted: Some(counted),
            most,
        };
        unlined.lined(mesh, focus, before, stood.is_some(), |_| {
            rest::rest(mesh, &cards, &frames, focus, MOST_REST)
        })
    }
}

/// The marks of all machines, with their names in full.
fn marks(
    plan: &Plan,
    mesh: &Mesh,
    cards: &[Option<Card>],
    focus: &Subject,
    detail: Detail,
    counted: &Counted,
) -> Vec<NodeShape> {
    let troubles = Troubles::of(mesh);
    let shape = |(place, card): (usize, &Option<Card>)| {
        let tally = counted.tally.node(place, &troubles);
        node_shape(plan, mesh, place, card.as_ref()?, tally, focus, detail)
    };
    cards.iter().enumerate().filter_map(shape).collect()
}

/// Puts every machine of a site where its dot is. Nothing has a tray from afar.
fn settle(plan: &Plan, mesh: &Mesh, cards: &mut [Option<Card>], detail: Detail) {
    let mut at_sites: Vec<Vec<(Point, usize)>> = vec![Vec::new(); plan.sites.len()];
    for (place, (card, node)) in cards.iter_mut().zip(&mesh.nodes).enumerate() {
        let Some(card) = card else { continue };
        card.tray = None;
        let at = plan.nodes.get(&node.id).map(|node| node.position);
        let site = card.site.and_then(|site| at_sites.get_mut(site));
        if let Some((site, at)) = site.zip(at) {
            site.push((at, place));
        }
    }
    for ((id, site), mut members) in plan.sites.iter().zip(at_sites) {
        // As one reads them where they stand.
        crate::sorting::sort_by_key(&mut members, |(at, place)| (at.y, at.x, *place));
        let area = site_rect(plan, id, site);
        let cells = cells(area, members.len(), detail);
        for ((_, place), cell) in members.into_iter().zip(cells) {
            if let Some(Some(card)) = cards.get_mut(place) {
                card.rect = cell;
            }
        }
    }
}

/// Where the dots of a site are: in rows below its name, as far apart as they
/// have room. In a block they are not seen, and found there by the keyboard.
fn cells(area: Rect, count: usize, detail: Detail) -> Vec<Rect> {
    let count = i32::try_from(count).unwrap_or(0);
    let (inset, header) = (detail.px(INSET), detail.px(HEADER));
    let (width, height) = (area.width - 2 * inset, area.height - header);
    let grid = |pitch: i32| {
        let pitch = detail.px(pitch).max(1);
        (pitch, (width / pitch).max(1))
    };
    let fits = |pitch: &i32| {
        let (pitch, columns) = grid(*pitch);
        (count + columns - 1) / columns * pitch <= height
    };
    let least = PITCHES.last().copied().unwrap_or(1);
    let (pitch, columns) = grid(PITCHES.into_iter().find(fits).unwrap_or(least));
    let cell = |index: i32| Rect {
        x: area.x + inset + index % columns * pitch,
        y: area.y + header + index / columns * pitch,
        width: pitch,
        height: pitch,
    };
    (0..count).map(cell).collect()
}

/// The machine that stands for a site where lines end: its first one.
fn speaker(cards: &[Option<Card>], site: usize) -> Option<usize> {
    let at_site = |card: &Option<Card>| card.is_some_and(|card| card.site == Some(site));
    cards.iter().position(at_site)
}

/// Where lines end: a site is like a large card in the open, at the place of the
/// machine that stands for it.
fn places(cards: &[Option<Card>], frames: &[Frame]) -> Vec<Option<Card>> {
    let alone = |card: &Option<Card>| card.filter(|card| card.site.is_none());
    let mut places: Vec<Option<Card>> = cards.iter().map(alone).collect();
    for (site, frame) in frames.iter().enumerate() {
        let place = speaker(cards, site).and_then(|place| places.get_mut(place));
        if let Some(place) = place {
            *place = Some(Card {
                rect: frame.rect,
                tray: None,
                site: None,
                shares: false,
            });
        }
    }
    places
}

/// The lines between places: what leads from one site or lone machine to
/// another is one line for all that is alike. Within a site there are none.
fn between_places(strands: Vec<Strand>, cards: &[Option<Card>]) -> Vec<Strand> {
    let speakers: Vec<Option<usize>> = cards
        .iter()
        .enumerate()
        .map(|(place, card)| match card.as_ref()?.site {
            Some(site) => speaker(cards, site),
            None => Some(place),
        })
        .collect();
    let mut found: LiteMap<(StrandKind, usize, usize), Strand> = LiteMap::new();
    for mut strand in strands {
        for end in &mut strand.ends {
            (end.tray, end.from_gate) = (false, true);
            if let Some(Some(speaker)) = speakers.get(end.node) {
                end.node = *speaker;
            }
        }
        let [from, to] = strand.ends.map(|end| end.node);
        if from == to {
            continue;
        }
        let key = (strand.kind, from.min(to), from.max(to));
        match found.get_mut(&key) {
            Some(known) => known.pairs.extend(strand.pairs),
            None => {
                found.insert(key, strand);
            }
        }
    }
    let mut found: Vec<Strand> = found.into_iter().map(|(_, strand)| strand).collect();
    for strand in &mut found {
        // A relayed pair may pass here on its way in and on its way out.
        crate::sorting::sort(&mut strand.pairs);
        strand.pairs.dedup();
    }
    found
}

/// The frames of all sites. Lines pass behind them, so all that nothing is
/// selected of meets in their middle.
fn frames(plan: &Plan) -> Vec<Frame> {
    let frame = |(id, site): (&SiteId, &Site)| {
        let rect = site_rect(plan, id, site);
        Frame {
            id: id.clone(),
            rect,
            gate: Gate {
                at: rect.center(),
                width: 0,
                lane: 0,
                lanes: 0,
            },
            header: rect,
        }
    };
    plan.sites.iter().map(frame).collect()
}

/// Writes names below machines that stand alone, where they cover nothing, and
/// takes them from all others. What others dial comes first.
fn names(nodes: &mut [NodeShape], areas: impl Iterator<Item = Rect>, detail: Detail) {
    let marks = nodes.iter().map(|node| node.rect);
    let mut taken: Vec<Rect> = areas.chain(marks).collect();
    let mut order: Vec<&mut NodeShape> = nodes.iter_mut().collect();
    crate::sorting::sort_by_key(&mut order, |node| node.reach != Reach::Open);
    for node in order {
        let name = clip(&node.name, 14);
        let room = room_for(node, &name, detail);
        let alone = node.place != PlaceKind::Site;
        if alone && taken.iter().all(|other| !other.overlaps(room)) {
            taken.push(room);
            node.name = name;
        } else {
            node.name.clear();
        }
    }
}

/// What a name takes below its machine.
fn room_for(node: &NodeShape, name: &str, detail: Detail) -> Rect {
    let letters = i32::try_from(name.chars().count()).unwrap_or(0);
    let width = detail.px(letters * 7 + 8);
    Rect {
        x: node.rect.center().x - width / 2,
        y: node.rect.bottom(),
        width,
        height: detail.px(17),
    }
}

/// What is written on a site from afar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its name, as much of it as there is room for.
    pub name: String,
    /// Whether there is room for an icon before the name.
    pub icon: bool,
    /// Whether there is room for the number of its machines: beside the name
    /// over a row of dots, below it on a block.
    pub count: bool,
}

/// What there is room for on a site with this name, area and number of machines.
#[must_use]
pub fn heading(name: &str, area: Rect, count: usize, detail: Detail) -> Heading {
    let (width, height) = (
        area.width * detail.percent / 100,
        area.height * detail.percent / 100,
    );
    let letters = |room: i32| usize::try_from((room / LETTER).max(0)).unwrap_or(0);
    let length = name.chars().count();
    if detail.form == CardForm::Block {
        return Heading {
            name: shortened(name, usize::try_from((width - 8) / 7).unwrap_or(0)),
            icon: false,
            count: height >= 40 && width >= 28,
        };
    }
    let digits = i32::try_from(count.to_string().len()).unwrap_or(1);
    let beside = LETTER * digits + 12;
    let (with_icon, bare) = (width - 33 - 8, width - INSET - 8);
    let room = [
        (with_icon - beside, true, true),
        (bare - beside, false, true),
        (bare, false, false),
    ];
    let found = room
        .into_iter()
        .find(|(room, ..)| letters(*room) >= length)
        // A part of the name and the count tell more than a little more of the name.
        .unwrap_or((bare - beside, false, true));
    let (room, icon, count) = if letters(found.0) < 3 {
        (bare, false, false)
    } else {
        found
    };
    Heading {
        name: shortened(name, letters(room)),
        icon,
        count,
    }
}

/// A name of at most so many letters. A whole word reads better than a cut one,
/// a number at the end is what tells names apart, and two letters tell nothing.
fn shortened(name: &str, room: usize) -> String {
    let length = |text: &str| text.chars().count();
    if length(name) <= room {
        return name.to_owned();
    }
    let number = name
        .rsplit_once(' ')
        .filter(|(_, last)| last.starts_with(|letter: char| letter.is_ascii_digit()));
    if let Some((first, last)) = number
        && room >= length(last) + 3
    {
        return format!("{} {last}", clip(first, room - length(last) - 1));
    }
    match name.split_once(' ') {
        Some((first, _)) if length(first) <= room => first.to_owned(),
        _ if room < 3 => String::new(),
        _ => clip(name, room),
    }
}

#[cfg(test)]
mod tests;
