//! The whole plan in the corner of the canvas, with the part that shows.
//!
//! Sites and machines are one path each, made anew only when the plan changes:
//! what moves with the view is one rectangle.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::Element;
use yew::prelude::*;

use crate::browser::settings::{set_setting, setting};
use crate::editor::Selection;
use crate::editor::overview::{Overview, SIZE};
use crate::plan::{Plan, Point};
use crate::ui::session::Action;
use crate::ui::words::t;

use super::hands::{Hands, Now};
use super::stage::Step;
use super::tools::Held;
use super::view::{View, shown, whole};

/// Where this browser remembers that it is hidden.
const SETTING: &str = "minimap";
const HIDDEN: &str = "hidden";

/// Whether the minimap shows, as this browser remembers.
pub(super) fn is_wanted() -> bool {
    setting(SETTING).as_deref() != Some(HIDDEN)
}

/// What [`Minimap`] shows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct MinimapProps {
    pub(super) hands: Held,
    pub(super) plan: Rc<Plan>,
    pub(super) selection: Selection,
    pub(super) view: View,
    pub(super) size: (f64, f64),
}

/// The minimap. It is for the eye and the hand; a screen reader walks the
/// drawing itself, and hears what the keys do here.
#[component]
pub(super) fn Minimap(props: &MinimapProps) -> Html {
    let overview = use_memo(Rc::clone(&props.plan), |plan| Overview::of(plan));
    let shapes = use_memo(
        (Rc::clone(&props.plan), props.selection.clone()),
        |(plan, selection)| {
            let Some(overview) = overview.as_ref() else {
                return Html::default();
            };
            html! {
                <>
                    <path class="minimap__sites" d={overview.sites.clone()} />
                    <path class="minimap__machines" d={overview.machines.clone()} />
                    <path class="minimap__chosen" d={Overview::chosen(plan, selection)} />
                </>
            }
        },
    );
    // How far from the middle of the view it was grabbed.
    let grabbed = use_mut_ref(|| None::<Point>);
    let Some(map) = overview.as_ref() else {
        return Html::default();
    };
    let part = map.part(shown(props.view, props.size));
    let on = |does: fn(&Overview, &Hands, &PointerEvent, &mut Option<Point>)| {
        let (map, hands, grabbed) = (
            Rc::clone(&overview),
            props.hands.clone(),
            Rc::clone(&grabbed),
        );
        Callback::from(move |event: PointerEvent| {
            if let Some(map) = map.as_ref() {
                does(map, &hands.0, &event, &mut grabbed.borrow_mut());
            }
        })
    };
    let end = on(|_, _, _, grabbed| *grabbed = None);
    let onwheel = {
        let hands = props.hands.clone();
        Callback::from(move |event: WheelEvent| {
            event.prevent_default();
            if let Some(now) = hands.0.now() {
                // Lines of a wheel as pixels.
                let unit = if event.delta_mode() == 0 { 1.0 } else { 16.0 };
                let change = (event.delta_y() * unit / 400.0).clamp(-0.5, 0.5);
                hands.0.zoom_to(now.stage.view.zoom * (1.0 - change));
            }
        })
    };
    let onkeydown = {
        let hands = props.hands.clone();
        Callback::from(move |event: KeyboardEvent| key_down(&hands.0, &event))
    };
    let area = map.area;
    html! {
        <div class="minimap" role="application" tabindex="0" aria-label={t!("Minimap")}
            aria-description={t!("The arrow keys move the view, with Shift by a whole screen. Plus and minus zoom.")}
            {onkeydown}>
            <svg
                width={SIZE.x.to_string()}
                height={SIZE.y.to_string()}
                viewBox={format!("{} {} {} {}", area.x, area.y, area.width, area.height)}
                aria-hidden="true"
                focusable="false"
                onpointerdown={on(grab)}
                onpointermove={on(drag)}
                onpointerup={end.clone()}
                onpointercancel={end}
                {onwheel}
            >
                { (*shapes).clone() }
                <rect
                    class="minimap__view"
                    x={part.x.to_string()}
                    y={part.y.to_string()}
                    width={part.width.to_string()}
                    height={part.height.to_string()}
                />
            </svg>
        </div>
    }
}

/// The point of the canvas at a pointer, with the element that it is on.
fn point(map: &Overview, event: &PointerEvent) -> Option<(Element, Point)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let svg = target.closest("svg").ok()??;
    let rect = svg.get_bounding_client_rect();
    let at = Point {
        x: whole(f64::from(event.client_x()) - rect.left()),
        y: whole(f64::from(event.client_y()) - rect.top()),
    };
    let size = Point {
        x: whole(rect.width()),
        y: whole(rect.height()),
    };
    Some((svg, map.point(at, size)))
}

/// A press inside of the rectangle holds it where it is; elsewhere the view
/// comes to the pointer.
fn grab(map: &Overview, hands: &Hands, event: &PointerEvent, grabbed: &mut Option<Point>) {
    let Some((svg, at)) = point(map, event).filter(|_| event.button() == 0) else {
        return;
    };
    // Without the capture a drag ends at the border; that is bearable.
    let _ = svg.set_pointer_capture(event.pointer_id());
    let Some((view, size)) = hands
        .now()
        .and_then(|now| Some((now.stage.view, now.stage.size?)))
    else {
        return;
    };
    let part = shown(view, size);
    let middle = part.center();
    let held = part.holds(at) && map.part(part) == part;
    *grabbed = Some(if held {
        Point {
            x: middle.x - at.x,
            y: middle.y - at.y,
        }
    } else {
        Point::default()
    });
    drag(map, hands, event, grabbed);
}

fn drag(map: &Overview, hands: &Hands, event: &PointerEvent, grabbed: &mut Option<Point>) {
    if let (Some(off), Some((_, at))) = (*grabbed, point(map, event)) {
        hands.look_at(Point {
            x: at.x + off.x,
            y: at.y + off.y,
        });
    }
}

/// The arrow keys move the view by an eighth of it, or by all of it but an
/// eighth. All other keys are those of the canvas.
fn key_down(hands: &Hands, event: &KeyboardEvent) {
    let held = event.ctrl_key() || event.meta_key() || event.alt_key();
    let (x, y) = match event.key().as_str() {
        _ if held => return,
        "ArrowLeft" => (1.0, 0.0),
        "ArrowRight" => (-1.0, 0.0),
        "ArrowUp" => (0.0, 1.0),
        "ArrowDown" => (0.0, -1.0),
        _ => return,
    };
    event.prevent_default();
    let Some(now) = hands.now() else { return };
    let (width, height) = now.stage.size.unwrap_or((800.0, 600.0));
    let far = if event.shift_key() { 0.875 } else { 0.125 };
    let view = now.stage.view.moved(x * far * width, y * far * height);
    hands.step(Step::View(view));
}

impl Hands {
    /// Moves the view so that a point is in its middle.
    pub(super) fn look_at(&self, point: Point) {
        let Some(now) = self.now() else { return };
        let (width, height) = now.stage.size.unwrap_or((800.0, 600.0));
        let view = now.stage.view;
        let at = view.to_screen(point);
        self.step(Step::View(
            view.moved(width / 2.0 - at.x, height / 2.0 - at.y),
        ));
    }

    /// Shows the minimap, or hides it.
    pub(super) fn toggle_minimap(&self, now: &Now) {
        if Overview::of(&now.plan).is_none() {
            self.act(Action::Say(t!("The minimap shows from 20 machines on.")));
            return;
        }
        let wanted = !now.stage.minimap;
        // Without storage the choice holds until the canvas is left.
        let _ = set_setting(SETTING, (!wanted).then_some(HIDDEN));
        self.step(Step::Minimap(wanted));
    }
}
