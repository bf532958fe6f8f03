//! Tidying up on the canvas: the view follows if something would lie outside.

use crate::editor::scene::{Detail, Scene};
use crate::editor::{Command, tidied};
use crate::mesh::Subject;
use crate::plan::Point;

use super::hands::Hands;
use super::stage::Step;
use super::view::View;

/// Tidies these parts up, or everything if none is named.
pub(super) fn tidy(hands: &Hands, parts: &[Subject]) {
    let (Some(now), Some(size)) = (hands.now(), hands.measure()) else {
        return;
    };
    hands.act(Command::Tidy(parts.to_vec()));
    // What is drawn still is the plan as it was, so the new one is drawn ahead.
    let plan = tidied(&now.plan, parts);
    let bounds = Scene::of(&plan, &now.mesh, &Subject::Plan, Detail::FULL).bounds;
    if !shows(
        now.stage.view,
        size,
        [bounds.x, bounds.y],
        [bounds.right(), bounds.bottom()],
    ) {
        hands.step(Step::Fit(View::fitting(bounds, size, 0.0)));
    }
}

/// Whether a view shows all between two corners.
fn shows(
    view: View,
    (width, height): (f64, f64),
    [left, top]: [i32; 2],
    [right, bottom]: [i32; 2],
) -> bool {
    let begin = view.to_screen(Point { x: left, y: top });
    let end = view.to_screen(Point {
        x: right,
        y: bottom,
    });
    begin.x >= 0.0 && begin.y >= 0.0 && end.x <= width && end.y <= height
}
