//! Where badges and plates stand: on their line, beside everything else.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::mesh::{Mesh, Pair};
use crate::plan::{NodeId, Point};

use super::super::area::Rect;
use super::detail::Detail;
use super::link::{LinkShape, words};
use super::stroke::Stroke;
use super::weave::Draft;

/// With more lines than this, badges keep clear of cards and of each other, but
/// no longer of other lines, and a plate, which shows only while its line is
/// pointed at, stands where the badge stands.
const MANY: usize = 60;

/// Gives every line its badge. Of lines that are `known` with the same courses
/// among the same obstacles, only the words may be others.
pub(super) fn with_badges(
    mesh: &Mesh,
    drafts: &[Draft],
    mut obstacles: Vec<Rect>,
    detail: Detail,
    known: Option<&[Rc<LinkShape>]>,
) -> Vec<Rc<LinkShape>> {
    let step = detail.px(9);
    let many = drafts.len() > MANY;
    // Each with a rectangle around it: most lines are nowhere near a spot.
    let all = OnceCell::new();
    let courses = || -> &[(Rect, Vec<Point>)] {
        all.get_or_init(|| {
            let lines = drafts.iter().filter(|_| !many);
            lines
                .map(|draft| (draft.stroke.bounds().grown(1), draft.stroke.dense(step)))
                .collect::<Vec<_>>()
        })
    };
    let mut shapes = Vec::with_capacity(drafts.len());
    for (index, draft) in drafts.iter().enumerate() {
        let pairs: Vec<&Pair> = draft
            .pairs
            .iter()
            .filter_map(|place| mesh.pairs.get(*place))
            .collect();
        let (title, label) = words(mesh, &pairs);
        let known = known.and_then(|known| known.get(index));
        if let Some(known) = known.filter(|known| known.title == title && known.label == label) {
            obstacles.push(known.badge_box);
            shapes.push(Rc::clone(known));
            continue;
        }
        let letters = i32::try_from(title.chars().count()).unwrap_or(0);
        let width = 46 + letters * 13 / 2;
        // What is nowhere near the line is not asked for every place on it.
        let reach = draft.stroke.bounds().grown(detail.px(width));
        let near: Vec<Rect> = obstacles
            .iter()
            .copied()
            .filter(|obstacle| obstacle.overlaps(reach))
            .collect();
        let spot = |width: i32, height: i32, shifts: &[i32]| {
            let others = courses()
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index)
                .map(|(_, course)| course);
            let size = (detail.px(width), detail.px(height));
            let shifts: Vec<i32> = shifts.iter().map(|shift| detail.px(*shift)).collect();
            best_spot(&draft.stroke, draft.places, size, &shifts, &near, others)
        };
        let badge = match known {
            Some(known) => known.badge_box,
            None => spot(if pairs.len() > 1 { 44 } else { 22 }, 22, &[0]),
        };
        // A plate may also lie with one end on its line, where its middle would
        // cover a card.
        let same_width = |known: &&Rc<LinkShape>| known.plate.width == detail.px(width);
        let plate = if let Some(known) = known.filter(same_width) {
            known.plate
        } else if many {
            let (width, height) = (detail.px(width), detail.px(30));
            let at = badge.center();
            Rect {
                x: at.x - width / 2,
                y: at.y - height / 2,
                width,
                height,
            }
        } else {
            spot(width, 30, &[0, width / 2 - 16, 16 - width / 2])
        };
        obstacles.push(badge);
        shapes.push(Rc::new(LinkShape {
            key: draft.key.clone(),
            verdict: draft.verdict,
            pairs: pairs.iter().filter_map(|pair| mesh.key_of(pair)).collect(),
            nodes: nodes_of(mesh, &pairs),
            path: draft.stroke.data(),
            stroke: draft.stroke.clone(),
            arrows: draft.arrows.clone(),
            sockets: draft.sockets.clone(),
            badge: badge.center(),
            badge_box: badge,
            count: pairs.len(),
            plate,
            title,
            label,
        }));
    }
    shapes
}

fn nodes_of(mesh: &Mesh, pairs: &[&Pair]) -> Vec<NodeId> {
    let places = pairs.iter().flat_map(|pair| [pair.a, pair.b]);
    let mut nodes: Vec<NodeId> = places
        .filter_map(|place| mesh.nodes.get(place).map(|node| node.id.clone()))
        .collect();
    crate::sorting::sort(&mut nodes);
    nodes.dedup();
    nodes
}

/// The place along a line where a box covers least; the first of equals.
fn best_spot<'a>(
    stroke: &Stroke,
    places: &[i32],
    (width, height): (i32, i32),
    shifts: &[i32],
    grounds: &[Rect],
    others: impl Iterator<Item = &'a (Rect, Vec<Point>)> + Clone,
) -> Rect {
    let spot = |thousandths: i32, shift: i32| {
        let at = stroke.at(thousandths);
        Rect {
            x: at.x - width / 2 + shift,
            y: at.y - height / 2,
            width,
            height,
        }
    };
    let covered = |rect: &Rect, least: usize| {
        // A card or a name is worse to cover than a line. What covers more than
        // another place already does is not counted to its end.
        let enough = least.div_ceil(10).saturating_add(1);
        let things = grounds.iter().filter(|other| other.overlaps(*rect));
        let things = things.take(enough).count();
        let lines = others
            .clone()
            .filter(|(bounds, _)| bounds.overlaps(*rect))
            .filter(|(_, course)| course.iter().any(|at| rect.holds(*at)))
            .count();
        10 * things + lines
    };
    let mut best: Option<(usize, Rect)> = None;
    let spots = shifts
        .iter()
        .flat_map(|shift| places.iter().map(|place| spot(*place, *shift)));
    for rect in spots {
        let covers = covered(&rect, best.map_or(usize::MAX, |(least, _)| least));
        if covers == 0 {
            return rect;
        }
        if best.is_none_or(|(least, _)| covers < least) {
            best = Some((covers, rect));
        }
    }
    best.map_or_else(|| spot(500, 0), |(_, rect)| rect)
}
