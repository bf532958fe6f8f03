//! Where a machine stands after its card was dropped somewhere.

use crate::plan::{NodeId, Place, Plan, Point, PublicAddress, SiteId};

use super::area::{CARD_HEIGHT, CARD_WIDTH, Rect, site_rect};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::example;

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
}
