//! Where a machine stands after its card was dropped somewhere.

use crate::plan::{NodeId, Place, Plan, Point, PublicAddress, SiteId};

use super::area::{CARD_HEIGHT, CARD_WIDTH, EMPTY_SITE, Rect, card_rect, site_rect};

/// What lies under a card that is being dragged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DropTarget {
    /// The machine's own place; it only moves.
    Same,
    /// The area of another site.
    Into(SiteId),
    /// Outside the site that it stood at.
    OutOf(SiteId),
}

/// What dropping a machine's card with its top left corner at `at` means.
#[must_use]
pub fn drop_target(plan: &Plan, id: &NodeId, at: Point) -> DropTarget {
    let node = plan.nodes.get(id);
    node.map_or(DropTarget::Same, |node| {
        drop_among(&areas(plan), &node.place, at)
    })
}

/// The areas of all sites.
pub(super) fn areas(plan: &Plan) -> Vec<(&SiteId, Rect)> {
    let sites = plan.sites.iter();
    sites
        .map(|(id, site)| (id, site_rect(plan, id, site)))
        .collect()
}

/// The same among areas that are known already.
pub(super) fn drop_among(areas: &[(&SiteId, Rect)], place: &Place, at: Point) -> DropTarget {
    let middle = Point {
        x: at.x + CARD_WIDTH / 2,
        y: at.y + CARD_HEIGHT / 2,
    };
    let home = match place {
        Place::Site { site, .. } => Some(site),
        Place::Internet(_) | Place::Roams => None,
    };
    let mut under = areas.iter().filter(|(_, area)| area.holds(middle));
    // The machine's own site counts first, so overlapping areas keep it.
    if under.clone().any(|(id, _)| Some(*id) == home) {
        return DropTarget::Same;
    }
    match under.next() {
        Some((site, _)) => DropTarget::Into((*site).clone()),
        None => home.map_or(DropTarget::Same, |site| DropTarget::OutOf(site.clone())),
    }
}

/// The plan as it is drawn while a machine's card is at `at`: with the place
/// that dropping it there would give it, but nothing solved anew.
#[must_use]
pub fn dragged_node(plan: &Plan, id: &NodeId, at: Point) -> Plan {
    let target = drop_target(plan, id, at);
    let mut drawn = plan.clone();
    if let Some(node) = drawn.nodes.get_mut(id) {
        node.position = at;
        match target {
            DropTarget::Same => {}
            DropTarget::Into(site) => {
                node.place = Place::at(site);
            }
            DropTarget::OutOf(_) => node.place = Place::Internet(PublicAddress::default()),
        }
    }
    drawn
}

/// The plan as it is drawn while a site's area is at `at`.
#[must_use]
pub fn dragged_site(plan: &Plan, id: &SiteId, at: Point) -> Plan {
    let mut drawn = plan.clone();
    let Some(site) = drawn.sites.get_mut(id) else {
        return drawn;
    };
    let (dx, dy) = (at.x - site.position.x, at.y - site.position.y);
    site.position = at;
    for (_, node) in &mut drawn.nodes {
        if matches!(&node.place, Place::Site { site, .. } if site == id) {
            node.position.x += dx;
            node.position.y += dy;
        }
    }
    drawn
}

/// A place for a new card near a point, where it touches no other card and no
/// site that it does not belong to.
#[must_use]
pub fn free_spot(plan: &Plan, wish: Point, site: Option<&SiteId>) -> Point {
    let cards = plan.nodes.values().map(|node| card_rect(node).grown(16));
    let areas = plan
        .sites
        .iter()
        .filter(|(id, _)| site != Some(*id))
        .map(|(id, site)| {
            let area = site_rect(plan, id, site);
            // Above a site its links fan out, and the card has its caption there.
            let above = 96;
            Rect {
                x: area.x,
                y: area.y - above,
                width: area.width,
                height: area.height + above,
            }
            .grown(16)
        });
    let taken: Vec<Rect> = cards.chain(areas).collect();
    nearest_free(
        &taken,
        Rect {
            x: wish.x,
            y: wish.y,
            width: CARD_WIDTH,
            height: CARD_HEIGHT,
        },
    )
}

/// A place for a new site near a point, clear of everything else.
#[must_use]
pub fn free_area(plan: &Plan, wish: Point) -> Point {
    let cards = plan.nodes.values().map(|node| card_rect(node).grown(48));
    let areas = plan
        .sites
        .iter()
        .map(|(id, site)| site_rect(plan, id, site).grown(48));
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

/// The corner of the nearest place for a rectangle of this size, looked for in
/// rings around where it is wanted.
pub(super) fn nearest_free(taken: &[Rect], wish: Rect) -> Point {
    const STEP: i32 = 32;
    let free = |at: &Point| {
        let rect = Rect {
            x: at.x,
            y: at.y,
            ..wish
        };
        taken.iter().all(|other| !other.overlaps(rect))
    };
    let ring = |far: i32| {
        (-far..=far)
            .flat_map(move |dx| (-far..=far).map(move |dy| (dx, dy)))
            .filter(move |(dx, dy)| dx.abs().max(dy.abs()) == far)
            .map(|(dx, dy)| Point {
                x: wish.x + dx * STEP,
                y: wish.y + dy * STEP,
            })
    };
    (0..60).flat_map(ring).find(free).unwrap_or(Point {
        x: wish.x,
        y: wish.y,
    })
}

/// A place for a new card at a site: to the right of its last card, or where
/// the first one belongs.
#[must_use]
pub fn free_spot_at(plan: &Plan, id: &SiteId) -> Option<Point> {
    let site = plan.sites.get(id)?;
    let last = plan
        .nodes_at(id)
        .map(|(_, node)| node.position)
        .max_by_key(|at| (at.y, at.x));
    Some(match last {
        Some(last) => free_spot(
            plan,
            Point {
                x: last.x + CARD_WIDTH + 32,
                y: last.y,
            },
            Some(id),
        ),
        None => Point {
            x: site.position.x + 96,
            y: site.position.y + 96,
        },
    })
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
    fn a_dragged_card_is_drawn_where_it_would_stand() {
        let plan = example();
        let id = NodeId::new("pi");
        let home = plan
            .sites
            .keys()
            .find(|site| site.as_str() == "Home")
            .unwrap();
        let drawn = dragged_node(&plan, &id, Point { x: 200, y: 500 });
        assert!(matches!(&drawn.nodes[&id].place, Place::Site { site, .. } if site == home));
        let drawn = dragged_node(&plan, &id, Point { x: 200, y: 0 });
        assert!(matches!(drawn.nodes[&id].place, Place::Internet(_)));
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
}
