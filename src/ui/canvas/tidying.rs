//! Tidying up on the canvas: the view follows.

use crate::editor::{Command, Rect, card_rect, site_rect, tidied};
use crate::mesh::Subject;
use crate::plan::Plan;

use super::hands::Hands;
use super::stage::Step;
use super::view_of_all;

/// Tidies these parts up, or everything if none is named. Everything is fitted
/// into the view; to parts the view moves as far as it takes to show them.
pub(super) fn tidy(hands: &Hands, parts: &[Subject]) {
    let Some(now) = hands.now() else { return };
    hands.act(Command::Tidy(parts.to_vec()));
    // What is drawn still is the plan as it was, so the new one is drawn ahead.
    let plan = tidied(&now.plan, parts);
    if parts.is_empty() {
        let view = view_of_all(&plan, &now.mesh, hands.room(), false);
        return hands.step(Step::Fit(view));
    }
    if let Some(rect) = around(&plan, parts) {
        let next = now.stage.view.showing(rect, hands.room());
        if next != now.stage.view {
            hands.step(Step::View(next));
        }
    }
}

/// The rectangle around these parts of a plan.
fn around(plan: &Plan, parts: &[Subject]) -> Option<Rect> {
    let rects = parts.iter().filter_map(|part| match part {
        Subject::Node(id) => Some(card_rect(plan.nodes.get(id)?)),
        Subject::Site(id) => Some(site_rect(plan, id, plan.sites.get(id)?)),
        Subject::Plan | Subject::Pair(_) => None,
    });
    rects.reduce(|one, other| one.around(other))
}
