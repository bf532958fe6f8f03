//! Where a machine stands after its card was dropped somewhere.

use crate::plan::{NodeId, Place, Plan, Point, PublicAddress, SiteId};

use super::area::{CARD_HEIGHT, CARD_WIDTH, Rect, card_rect, site_rect};

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
    let Some(node) = plan.nodes.get(id) else {
        return DropTarget::Same;
    };
    let middle = Point {
        x: at.x + CARD_WIDTH / 2,
        y: at.y + CARD_HEIGHT / 2,
    };
    let home = match &node.place {
        Place::Site { site, .. } => Some(site),
        Place::Internet(_) | Place::Roams => None,
    };
    // The machine's own site is looked at first, so overlapping areas keep it.
    let under = |id: &SiteId| {
        plan.sites
            .get(id)
            .is_some_and(|site| site_rect(plan, id, site).holds(middle))
    };
    match home {
        Some(site) if under(site) => DropTarget::Same,
        _ => match plan
            .sites
            .keys()
            .find(|site| Some(*site) != home && under(site))
        {
            Some(site) => DropTarget::Into(site.clone()),
            None => home.map_or(DropTarget::Same, |site| DropTarget::OutOf(site.clone())),
        },
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
                node.place = Place::Site {
                    site,
                    lan_address: None,
                    forward: None,
                };
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
    let cards = plan.nodes.values().map(|node| card_rect(node).grown(12));
    let areas = plan
        .sites
        .iter()
        .filter(|(id, _)| site != Some(*id))
        .map(|(id, site)| site_rect(plan, id, site));
    let taken: Vec<Rect> = cards.chain(areas).collect();
    let free = |at: &Point| {
        let card = Rect {
            x: at.x,
            y: at.y,
            width: CARD_WIDTH,
            height: CARD_HEIGHT,
        };
        taken.iter().all(|other| !other.overlaps(card))
    };
    // Nearest first: beside it, then below and above, farther and farther.
    let steps = (0..40).flat_map(|ring| {
        let far = ring * 40;
        [
            (0, 0),
            (far, 0),
            (-far, 0),
            (0, far),
            (0, -far),
            (far, far),
            (-far, far),
            (far, -far),
            (-far, -far),
        ]
    });
    steps
        .map(|(dx, dy)| Point {
            x: wish.x + dx,
            y: wish.y + dy,
        })
        .find(free)
        .unwrap_or(wish)
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
