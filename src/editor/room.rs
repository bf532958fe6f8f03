//! Room for what is new: near to where it is wanted, and touching nothing.

use crate::plan::{Node, NodeId, Place, Plan, Point, SiteId};

use super::area::{
    CARD_HEIGHT, CARD_WIDTH, EMPTY_SITE, HEADER, Rect, card_rect, room_at_site, site_rect,
};
use super::layout::{ACROSS, DOWN, below, columns_for};

/// Space between a new card and others.
const APART: i32 = 16;
/// Space between a new site and everything else.
const WIDE: i32 = 48;
/// How far apart the places are that are tried.
const STEP: i32 = 32;

/// A place for a new card near a point, where it touches no other card and no
/// site that it does not belong to, and does not make its own site touch any.
#[must_use]
pub fn free_spot(plan: &Plan, wish: Point, site: Option<&SiteId>) -> Point {
    let taken = Taken::around(plan, site);
    let wish = card_at(wish);
    nearest(wish, |card| taken.is_free(card) && taken.may_grow(card))
        .or_else(|| nearest(wish, |card| taken.is_free(card)))
        .unwrap_or_else(|| below_all(&taken.here, wish))
}

/// What a new card keeps clear of.
struct Taken {
    /// What the card itself must not touch.
    here: Vec<Rect>,
    /// What the area of its site must not touch by growing around it.
    around: Vec<Rect>,
    /// That area.
    area: Option<Rect>,
}

impl Taken {
    fn around(plan: &Plan, site: Option<&SiteId>) -> Self {
        let home = site.and_then(|id| Some((id, plan.sites.get(id)?)));
        let is_home = |id: &SiteId| home.is_some_and(|(home, _)| home == id);
        let lives_here = |place: &Place| matches!(place, Place::Site { site, .. } if is_home(site));
        let card = |node: &Node| card_rect(node).grown(APART);
        let elsewhere = plan.nodes.values().filter(|node| !lives_here(&node.place));
        let others = plan.sites.iter().filter(|(id, _)| !is_home(id));
        let others: Vec<Rect> = others.map(|(id, site)| site_rect(plan, id, site)).collect();
        // Above a site its links fan out, and a card at no site has its caption there.
        let above = if home.is_some() { 0 } else { 96 };
        let areas = others.iter().map(|area| {
            Rect {
                y: area.y - above,
                height: area.height + above,
                ..*area
            }
            .grown(APART)
        });
        Self {
            here: plan.nodes.values().map(card).chain(areas).collect(),
            around: elsewhere
                .map(card)
                .chain(others.iter().map(|area| area.grown(APART)))
                .collect(),
            area: home.map(|(id, site)| site_rect(plan, id, site)),
        }
    }

    fn is_free(&self, card: Rect) -> bool {
        clear(&self.here, card)
    }

    /// What the area touches already is nothing that a new card could mend.
    fn may_grow(&self, card: Rect) -> bool {
        self.area.is_none_or(|area| {
            let grown = area.around(room_at_site(card));
            let mut fresh = self.around.iter().filter(|other| !other.overlaps(area));
            fresh.all(|other| !other.overlaps(grown))
        })
    }
}

/// A place for a new site near a point, clear of everything else.
#[must_use]
pub fn free_area(plan: &Plan, wish: Point) -> Point {
    let cards = plan.nodes.values().map(|node| card_rect(node).grown(WIDE));
    let areas = plan
        .sites
        .iter()
        .map(|(id, site)| site_rect(plan, id, site).grown(WIDE));
    let taken: Vec<Rect> = cards.chain(areas).collect();
    nearest_free(
        &taken,
        Rect {
            x: wish.x,
            y: wish.y,
            width: EMPTY_SITE.x,
            height: EMPTY_SITE.y,
        },
    )
}

/// The corner of the nearest place for a rectangle of this size, or one below
/// everything if all around is taken.
pub(super) fn nearest_free(taken: &[Rect], wish: Rect) -> Point {
    nearest(wish, |rect| clear(taken, rect)).unwrap_or_else(|| below_all(taken, wish))
}

/// The corner of the nearest place that is free, looked for in rings around
/// where it is wanted.
fn nearest(wish: Rect, is_free: impl Fn(Rect) -> bool) -> Option<Point> {
    let ring = |far: i32| {
        (-far..=far)
            .flat_map(move |dx| (-far..=far).map(move |dy| (dx, dy)))
            .filter(move |(dx, dy)| dx.abs().max(dy.abs()) == far)
            .map(|(dx, dy)| Point {
                x: wish.x + dx * STEP,
                y: wish.y + dy * STEP,
            })
    };
    let at = |corner: &Point| Rect {
        x: corner.x,
        y: corner.y,
        ..wish
    };
    (0..60).flat_map(ring).find(|corner| is_free(at(corner)))
}

fn clear(taken: &[Rect], rect: Rect) -> bool {
    taken.iter().all(|other| !other.overlaps(rect))
}

/// Below everything, in steps from where it is wanted.
fn below_all(taken: &[Rect], wish: Rect) -> Point {
    let lowest = taken.iter().map(Rect::bottom).max().unwrap_or(wish.y);
    let steps = (lowest - wish.y).max(0).div_euclid(STEP) + 1;
    Point {
        x: wish.x,
        y: wish.y + steps * STEP,
    }
}

fn card_at(corner: Point) -> Rect {
    Rect {
        x: corner.x,
        y: corner.y,
        width: CARD_WIDTH,
        height: CARD_HEIGHT,
    }
}

/// A place for a new card at a site: to the right of its last card, at the
/// beginning of another row, or where the first one belongs.
#[must_use]
pub fn free_spot_at(plan: &Plan, id: &SiteId) -> Option<Point> {
    let site = plan.sites.get(id)?;
    let first = Point {
        x: site.position.x + HEADER,
        y: site.position.y + HEADER,
    };
    let cards: Vec<&Node> = plan.nodes_at(id).map(|(_, node)| node).collect();
    let corners = || cards.iter().map(|node| node.position);
    let Some((last, left)) = corners()
        .max_by_key(|at| (at.y, at.x))
        .zip(corners().map(|at| at.x).min())
    else {
        return Some(free_spot(plan, first, Some(id)));
    };
    let row = || {
        let near = |node: &&&Node| (last.y - node.position.y).abs() < CARD_HEIGHT;
        cards.iter().filter(near)
    };
    let right = Point {
        x: last.x + ACROSS,
        y: last.y,
    };
    let hangs = row().map(|node| below(node)).max().unwrap_or(0);
    let under = Point {
        x: left,
        y: last.y + DOWN + hangs,
    };
    let is_full = row().count() >= columns_for(cards.len() + 1);
    let wishes = if is_full {
        [under, right]
    } else {
        [right, under]
    };
    let taken = Taken::around(plan, Some(id));
    let fits = |at: &Point| taken.is_free(card_at(*at)) && taken.may_grow(card_at(*at));
    let fitting = wishes.into_iter().find(fits);
    Some(fitting.unwrap_or_else(|| free_spot(plan, right, Some(id))))
}

/// Where a machine's card goes when the machine comes to stand elsewhere without
/// being dragged; `None` if the card may stay where it lies.
#[must_use]
pub fn spot_for_place(plan: &Plan, id: &NodeId, place: &Place) -> Option<Point> {
    let node = plan.nodes.get(id)?;
    match (&node.place, place) {
        (Place::Site { site: from, .. }, Place::Site { site: to, .. }) if from == to => None,
        (_, Place::Site { site, .. }) => free_spot_at(plan, site),
        (Place::Site { .. }, _) => Some(free_spot(plan, node.position, None)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::example;

    #[test]
    fn new_things_touch_nothing() {
        let plan = example();
        for (x, y) in [(440, 120), (200, 400), (0, 0), (704, 456)] {
            let wish = Point { x, y };
            let card = free_spot(&plan, wish, None);
            let card = Rect {
                x: card.x,
                y: card.y,
                width: CARD_WIDTH,
                height: CARD_HEIGHT,
            };
            let area = free_area(&plan, wish);
            let area = Rect {
                x: area.x,
                y: area.y,
                width: EMPTY_SITE.x,
                height: EMPTY_SITE.y,
            };
            for node in plan.nodes.values() {
                assert!(!card_rect(node).overlaps(card) && !card_rect(node).overlaps(area));
            }
            for (id, site) in &plan.sites {
                let other = site_rect(&plan, id, site);
                assert!(!other.overlaps(card) && !other.overlaps(area));
            }
        }
        assert_eq!(
            free_spot(&plan, Point { x: 0, y: 0 }, None),
            Point { x: 0, y: 0 }
        );
    }

    #[test]
    fn a_card_follows_its_machine_to_another_place() {
        let mut plan = example();
        let (home, friend) = (SiteId::new("Home"), SiteId::new("Friend's place"));
        let nas = NodeId::new("nas");
        let at = |site: &SiteId| Place::at(site.clone());
        assert_eq!(spot_for_place(&plan, &nas, &at(&home)), None);

        let spot = spot_for_place(&plan, &nas, &at(&friend)).unwrap();
        plan.nodes.get_mut(&nas).unwrap().position = spot;
        plan.nodes.get_mut(&nas).unwrap().place = at(&friend);
        let card = card_rect(&plan.nodes[&nas]);
        assert!(!card.overlaps(card_rect(&plan.nodes[&NodeId::new("pi")])));

        let spot = spot_for_place(&plan, &nas, &Place::Roams).unwrap();
        let card = Rect {
            x: spot.x,
            y: spot.y,
            ..card
        };
        for (id, site) in &plan.sites {
            assert!(!site_rect(&plan, id, site).overlaps(card));
        }
    }

    /// Adds machines to a site one after the other, and checks that nothing ever
    /// overlaps.
    fn fill(plan: &mut Plan, id: &SiteId, count: usize) {
        let apart = |rects: &[Rect]| {
            for (place, one) in rects.iter().enumerate() {
                assert!(rects[..place].iter().all(|other| !other.overlaps(*one)));
            }
        };
        for number in 0..count {
            let spot = free_spot_at(plan, id).unwrap();
            let name = format!("n{}-{number}", plan.nodes.len());
            let mut node = Node::new(name.parse().unwrap(), Place::at(id.clone()));
            node.position = spot;
            plan.nodes.insert(NodeId::new(&name), node);
            let sites = plan.sites.iter();
            let areas = sites.map(|(id, site)| site_rect(plan, id, site));
            let loose = plan.nodes.values();
            let loose = loose.filter(|node| !matches!(node.place, Place::Site { .. }));
            apart(&areas.chain(loose.map(card_rect)).collect::<Vec<_>>());
            apart(&plan.nodes.values().map(card_rect).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_site_grows_over_nothing_as_machines_are_added() {
        // Its neighbour is 128 away, and vps stands above both.
        let mut plan = example();
        fill(&mut plan, &SiteId::new("Home"), 12);
        fill(&mut plan, &SiteId::new("Friend's place"), 12);
        let of = |home: &str| -> Vec<Point> {
            let home = SiteId::new(home);
            let nodes = plan.nodes_at(&home).map(|(_, node)| node.position);
            nodes.collect()
        };
        // The first ones of Home stand below each other, for lack of room beside,
        // and those of its neighbour beside each other.
        let nas = plan.nodes[&NodeId::new("nas")].position;
        let pi = plan.nodes[&NodeId::new("pi")].position;
        assert!(of("Home").iter().any(|at| at.x == nas.x && at.y > nas.y));
        assert!(
            of("Friend's place")
                .iter()
                .any(|at| at.y == pi.y && at.x > pi.x)
        );
    }

    #[test]
    fn there_is_room_however_much_is_taken() {
        let mut plan = example();
        let wall = |x, y| Rect {
            x,
            y,
            width: 5_000,
            height: 5_000,
        };
        let taken = [wall(-2_500, -2_500)];
        let wish = Rect {
            x: 7,
            y: 9,
            width: 208,
            height: 74,
        };
        let at = nearest_free(&taken, wish);
        assert!(!taken[0].overlaps(Rect {
            x: at.x,
            y: at.y,
            ..wish
        }));
        let home = plan.sites.get_mut(&SiteId::new("Home")).unwrap();
        home.position = Point {
            x: -4_000,
            y: -4_000,
        };
        home.size = Some(Point { x: 8_000, y: 8_000 });
        let area = plan.sites[&SiteId::new("Home")].clone();
        let area = site_rect(&plan, &SiteId::new("Home"), &area);
        let at = free_spot(&plan, Point { x: 0, y: 0 }, None);
        assert!(!area.overlaps(card_at(at)));
    }
}
