//! Where a machine stands after its card was dropped somewhere.

use crate::plan::{NodeId, Place, Plan, Point, SiteId};

use super::area::{CARD_HEIGHT, CARD_WIDTH, site_rect};

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
