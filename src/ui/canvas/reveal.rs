//! Bringing things into view: into that part of the canvas over which the
//! inspector does not lie.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::browser::resize;
use crate::editor::scene::Target;
use crate::editor::{Rect, Selection};
use crate::mesh::Subject;
use crate::plan::Point;

use super::hands::{Gesture, Hands, Now};
use super::stage::Step;
use super::view::Spot;

/// With less room than this above the sheet there is nothing to be shown in.
const LEAST: f64 = 100.0;

fn inspector() -> Option<Element> {
    gloo::utils::document().get_element_by_id("inspector")
}

/// Whenever something else is selected or the inspector changes its size, what
/// is selected comes out from under it.
#[hook]
pub(super) fn use_reveal(selection: &Selection, hands: &Rc<Hands>) {
    let watched = Rc::clone(hands);
    use_effect_with((), move |()| {
        let guard =
            inspector().and_then(|element| resize::watch(&element, move || reveal(&watched)));
        move || drop(guard)
    });
    let hands = Rc::clone(hands);
    use_effect_with(selection.clone(), move |_| reveal(&hands));
}

fn reveal(hands: &Hands) {
    let (Some(now), Some(size)) = (hands.now(), hands.measure()) else {
        return;
    };
    let free = hands.room();
    // What is being dragged must not slip away from under the pointer.
    let busy = *hands.gesture.borrow() != Gesture::Idle;
    if free == size || busy {
        return;
    }
    let Some(rect) = place_of(&now, free) else {
        return;
    };
    let (view, zoom) = (now.stage.view, now.stage.view.zoom);
    // Of what is larger than the room it is enough that one sees much.
    let begin = view.to_screen(Point {
        x: rect.x,
        y: rect.y,
    });
    let much = |begin: f64, length: i32, room: f64| {
        let length = f64::from(length) * zoom;
        (begin + length).min(room) - begin.max(0.0) >= length.min(room) / 2.0
    };
    let fits = f64::from(rect.width) * zoom <= free.0 && f64::from(rect.height) * zoom <= free.1;
    if !fits && much(begin.x, rect.width, free.0) && much(begin.y, rect.height, free.1) {
        return;
    }
    if view.showing(rect, free) != view {
        hands.step(Step::View(view.showing(rect, free)));
    }
}

/// Where what is selected is drawn: a pair with both of its ends if there is
/// room for them, or else its line.
fn place_of(now: &Now, (width, height): (f64, f64)) -> Option<Rect> {
    let zoom = now.stage.view.zoom;
    let fits = |rect: &Rect| {
        f64::from(rect.width) * zoom <= width && f64::from(rect.height) * zoom <= height
    };
    if let Some(pair) = now.selection.pair() {
        let (a, b) = pair.ends();
        let ends = [a, b].map(|end| rect_of(now, &Target::Node(end.clone())));
        let both = match &ends {
            [Some(a), Some(b)] => Some(a.around(*b)).filter(fits),
            _ => None,
        };
        let links = now.scene.links.iter();
        let links = links.filter(|link| link.pairs.contains(pair));
        return both.or_else(|| Some(links.min_by_key(|link| link.pairs.len())?.plate));
    }
    let rects = now.selection.parts().iter().filter_map(|part| match part {
        Subject::Node(id) => rect_of(now, &Target::Node(id.clone())),
        Subject::Site(id) => rect_of(now, &Target::Site(id.clone())),
        Subject::Plan | Subject::Pair(_) => None,
    });
    rects.reduce(|one, other| one.around(other))
}

/// Where something is drawn on the canvas.
fn rect_of(now: &Now, target: &Target) -> Option<Rect> {
    let scene = &now.scene;
    match target {
        Target::Node(id) => {
            let node = scene.nodes.iter().find(|node| node.id == *id)?;
            Some(node.rect.grown(24))
        }
        Target::Site(id) => Some(scene.sites.iter().find(|site| site.id == *id)?.rect),
        Target::Link(key) => Some(scene.links.iter().find(|link| link.key == *key)?.plate),
    }
}

impl Hands {
    /// Width and height of the part of the canvas that the inspector leaves free:
    /// on narrow screens it lies over the right side, or as a sheet over the foot.
    pub(super) fn room(&self) -> (f64, f64) {
        let (width, height) = self.measure().unwrap_or((800.0, 600.0));
        let rects = self.drawing.cast::<Element>().zip(inspector()).map(|both| {
            let (svg, inspector) = both;
            (
                svg.get_bounding_client_rect(),
                inspector.get_bounding_client_rect(),
            )
        });
        let Some((canvas, cover)) = rects.filter(|(_, cover)| cover.height() > 0.0) else {
            return (width, height);
        };
        let (left, top) = (cover.left() - canvas.left(), cover.top() - canvas.top());
        match (left > 0.0, top >= LEAST) {
            (true, _) => (width.min(left), height),
            (false, true) => (width, height.min(top)),
            // Under a sheet of full height it is as if there was none.
            (false, false) => (width, height),
        }
    }

    /// The middle of that part.
    pub(super) fn middle(&self) -> Spot {
        let (width, height) = self.room();
        Spot {
            x: width / 2.0,
            y: height / 2.0,
        }
    }

    /// Moves the view just as far as it takes to show something.
    pub(super) fn show(&self, target: &Target) {
        let Some(now) = self.now() else { return };
        let view = now.stage.view;
        if let (Some(rect), true) = (rect_of(&now, target), now.stage.size.is_some()) {
            // What a key comes to may be other than what the inspector shows.
            let next = view.showing(rect, self.room());
            if next != view {
                self.step(Step::View(next));
            }
        }
    }
}
