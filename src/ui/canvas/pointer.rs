//! Mouse, pen and fingers.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::Element;
use yew::prelude::*;

use crate::browser::frame;
use crate::editor::scene::Target;

use super::context;
use super::hands::{Gesture, Hands};
use super::hit::{Hit, hit_of};
use super::stage::{Step, Tool};

/// A press that moves less than this is a click.
const THRESHOLD: f64 = 4.0;
/// A finger that rests for so many milliseconds asks for the menu.
const LONG_PRESS: u32 = 500;

/// The handlers of the drawing, made once.
#[derive(Clone, PartialEq)]
pub(super) struct Pointers {
    pub(super) down: Callback<PointerEvent>,
    pub(super) moved: Callback<PointerEvent>,
    pub(super) up: Callback<PointerEvent>,
    pub(super) cancel: Callback<PointerEvent>,
    pub(super) leave: Callback<PointerEvent>,
    pub(super) wheel: Callback<WheelEvent>,
    pub(super) double: Callback<MouseEvent>,
    pub(super) context: Callback<MouseEvent>,
    pub(super) lifted: Callback<TouchEvent>,
    pub(super) focused: Callback<FocusEvent>,
    pub(super) blurred: Callback<FocusEvent>,
}

impl Pointers {
    pub(super) fn new(hands: &Rc<Hands>) -> Self {
        fn on<E: 'static>(hands: &Rc<Hands>, does: fn(&Rc<Hands>, &E)) -> Callback<E> {
            let hands = Rc::clone(hands);
            Callback::from(move |event: E| does(&hands, &event))
        }
        Self {
            down: on(hands, down),
            moved: on(hands, moved),
            up: on(hands, up),
            cancel: on(hands, |hands, event: &PointerEvent| {
                hands
                    .touches
                    .borrow_mut()
                    .retain(|(id, _)| *id != event.pointer_id());
                hands.cancel();
            }),
            leave: on(hands, |hands, _: &PointerEvent| {
                if *hands.gesture.borrow() == Gesture::Idle {
                    hands.step(Step::Hover(None));
                }
            }),
            wheel: on(hands, wheel),
            double: on(hands, double),
            context: on(hands, context),
            // The finger that opened the menu must not press what is under it.
            lifted: on(hands, |hands, event: &TouchEvent| {
                if hands.held.replace(false) {
                    event.prevent_default();
                }
            }),
            focused: on(hands, focused),
            blurred: on(hands, |hands, _: &FocusEvent| {
                hands.step(Step::Spoken(None));
            }),
        }
    }
}

fn element_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn down(hands: &Rc<Hands>, event: &PointerEvent) {
    let (Some(now), Some(element)) = (hands.now(), element_of(event)) else {
        return;
    };
    let spot = hands.spot(event.client_x(), event.client_y());
    hands.step(Step::Menu(None));
    if let Some(drawing) = hands.drawing.cast::<Element>() {
        // Without the capture the gesture ends at the border; that is bearable.
        let _ = drawing.set_pointer_capture(event.pointer_id());
    }
    let touch = event.pointer_type() == "touch";
    if touch && pinch(hands, event.pointer_id(), spot) {
        return;
    }
    let pans = event.button() == 1 || now.stage.tool == Tool::Pan || hands.space.get();
    if event.button() > 1 || (event.button() == 1 && touch) {
        return;
    }
    if event.button() == 1 {
        event.prevent_default();
    }
    let hit = hit_of(&element);
    // A finger moves the view, unless it takes what is selected already.
    let selected = match &hit {
        Hit::Target(Target::Node(id)) => now.selection.has_node(id),
        Hit::Target(Target::Site(id)) => now.selection.has_site(id),
        Hit::Handle(_) => true,
        Hit::Target(Target::Link(_)) | Hit::Ground => false,
    };
    if touch {
        let (at, under) = (Rc::clone(hands), hit.clone());
        hands.hold.replace(Some(Timeout::new(LONG_PRESS, move || {
            if matches!(*at.gesture.borrow(), Gesture::Press { .. }) {
                at.gesture.take();
                at.held.set(true);
                context::ask(&at, &under, spot);
            }
        })));
    }
    *hands.gesture.borrow_mut() = Gesture::Press {
        hit,
        at: spot,
        pans: pans || (touch && !selected && now.stage.tool != Tool::Connect),
        adds: event.shift_key() || event.ctrl_key() || event.meta_key(),
    };
}

/// Notes a finger and says whether there are two now.
fn pinch(hands: &Hands, id: i32, spot: super::view::Spot) -> bool {
    let mut touches = hands.touches.borrow_mut();
    touches.retain(|(other, _)| *other != id);
    touches.push((id, spot));
    let [(_, one), (_, other)] = touches.as_slice() else {
        return touches.len() > 1;
    };
    let (middle, apart) = (one.middle(*other), one.distance(*other));
    drop(touches);
    hands.cancel();
    if let Some(now) = hands.now() {
        *hands.gesture.borrow_mut() = Gesture::Pinch {
            view: now.stage.view,
            middle,
            apart,
        };
    }
    true
}

fn moved(hands: &Rc<Hands>, event: &PointerEvent) {
    let spot = hands.spot(event.client_x(), event.client_y());
    for touch in hands
        .touches
        .borrow_mut()
        .iter_mut()
        .filter(|(id, _)| *id == event.pointer_id())
    {
        touch.1 = spot;
    }
    let gesture = hands.gesture.borrow().clone();
    match gesture {
        Gesture::Idle => return point_at(hands, event),
        Gesture::Press { at, .. } if at.distance(spot) <= THRESHOLD => return,
        Gesture::Press {
            hit,
            at,
            pans,
            adds,
        } => {
            hands.hold.take();
            let begun = hands.begin(&hit, at, pans, adds);
            *hands.gesture.borrow_mut() = begun;
        }
        _ => {}
    }
    // The latest place is drawn with the next frame, and only that.
    hands.pending.set(Some(spot));
    if hands.frame.borrow().is_none() {
        let then = Rc::clone(hands);
        let frame = frame::next(move |_| {
            then.frame.take();
            if let Some(spot) = then.pending.take() {
                then.advance(spot);
            }
        });
        hands.frame.replace(Some(frame));
    }
}

/// Remembers what the pointer is over.
fn point_at(hands: &Hands, event: &PointerEvent) {
    let (Some(now), Some(element)) = (hands.now(), element_of(event)) else {
        return;
    };
    let target = match hit_of(&element) {
        Hit::Handle(id) => Some(Target::Node(id)),
        Hit::Target(Target::Site(_)) | Hit::Ground => None,
        Hit::Target(target) => Some(target),
    };
    if event.pointer_type() != "touch" && target != now.stage.hover {
        hands.step(Step::Hover(target));
    }
}

fn up(hands: &Rc<Hands>, event: &PointerEvent) {
    hands
        .touches
        .borrow_mut()
        .retain(|(id, _)| *id != event.pointer_id());
    if matches!(*hands.gesture.borrow(), Gesture::Pinch { .. }) {
        return hands.cancel();
    }
    hands.frame.take();
    if let Some(spot) = hands.pending.take() {
        hands.advance(spot);
    }
    hands.finish();
}

fn wheel(hands: &Rc<Hands>, event: &WheelEvent) {
    event.prevent_default();
    let Some(now) = hands.now() else { return };
    // Lines and pages of a wheel as pixels.
    let unit = match event.delta_mode() {
        0 => 1.0,
        1 => 16.0,
        _ => 400.0,
    };
    let (dx, dy) = (event.delta_x() * unit, event.delta_y() * unit);
    let view = now.stage.view;
    let next = if event.ctrl_key() || event.meta_key() {
        let spot = hands.spot(event.client_x(), event.client_y());
        // Without exp, which differs between machines: near enough for a wheel.
        let change = (dy / 400.0).clamp(-0.5, 0.5);
        view.zoomed(spot, view.zoom * (1.0 - change))
    } else if event.shift_key() && dx == 0.0 {
        view.moved(-dy, 0.0)
    } else {
        view.moved(-dx, -dy)
    };
    hands.step(Step::View(next));
}

/// On the ground and in sites a double click adds. The capture has sent the
/// event to the whole drawing, so what lies there is looked up by its place.
fn double(hands: &Rc<Hands>, event: &MouseEvent) {
    let (x, y) = (event.client_x(), event.client_y());
    let hit = hit_at(x, y);
    if matches!(hit, Hit::Ground | Hit::Target(Target::Site(_))) {
        hands.open_menu(hands.spot(x, y), None);
    }
}

/// What lies at a point of the window. While the drawing holds the pointer, an
/// event names the drawing and not what was hit.
fn hit_at(x: i32, y: i32) -> Hit {
    #[allow(clippy::cast_precision_loss)]
    let element = gloo::utils::document().element_from_point(x as f32, y as f32);
    element.map_or(Hit::Ground, |element| hit_of(&element))
}

/// The right button asks for the menu, and so does a finger that rests where the
/// browser takes that for a right click.
fn context(hands: &Rc<Hands>, event: &MouseEvent) {
    event.prevent_default();
    let idle = matches!(
        *hands.gesture.borrow(),
        Gesture::Idle | Gesture::Press { .. }
    );
    if idle && hands.now().is_some_and(|now| now.stage.menu.is_none()) {
        hands.cancel();
        let (x, y) = (event.client_x(), event.client_y());
        context::ask(hands, &hit_at(x, y), hands.spot(x, y));
    }
}

/// What the keyboard comes to is brought into view.
fn focused(hands: &Rc<Hands>, event: &FocusEvent) {
    let Some(element) = element_of(event) else {
        return;
    };
    if let (Hit::Target(target), Ok(true)) = (hit_of(&element), element.matches(":focus-visible")) {
        hands.show(&target);
        hands.step(Step::Spoken(Some(target)));
    }
}
