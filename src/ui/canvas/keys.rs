//! The keyboard on the canvas.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::browser::focus;
use crate::editor::scene::{Dir, Target, nearest};
use crate::editor::{Command, Selection, to_tidy};
use crate::mesh::Subject;
use crate::plan::Point;
use crate::ui::actions::{Deed, Where, pressed};
use crate::ui::session::Order;

use super::afar::{approach, is_hidden};
use super::hands::{Gesture, Hands, Now};
use super::hit::{Hit, hit_of};
use super::moving::part_of;
use super::stage::{Step, Tool};
use super::tidying;
use super::view::Spot;

/// Listens while the canvas is there. The listener is at the window, because
/// Escape must end a drag wherever the focus is.
#[hook]
pub(super) fn use_keys(hands: &Rc<Hands>) {
    let hands = Rc::clone(hands);
    use_effect_with((), move |()| {
        let window = gloo::utils::window();
        let (down, up) = (Rc::clone(&hands), hands);
        let options = EventListenerOptions::enable_prevent_default();
        let pressed = EventListener::new_with_options(&window, "keydown", options, move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>()
                && key_down(&down, event)
            {
                event.prevent_default();
            }
        });
        let released = EventListener::new(&window, "keyup", move |event| {
            if event
                .dyn_ref::<KeyboardEvent>()
                .is_some_and(|event| event.key() == " ")
            {
                up.space.set(false);
            }
        });
        move || drop((pressed, released))
    });
}

/// Where the focus is.
enum Focus {
    /// Nowhere in particular.
    Body,
    /// On the canvas, on something that is drawn.
    Drawn(Target),
    /// On the canvas, on a button or the drawing itself.
    Canvas,
    /// Elsewhere on the page.
    Elsewhere,
}

fn focus_now() -> Focus {
    let Some(holder) = focus::holder() else {
        return Focus::Body;
    };
    if holder.closest(".canvas").ok().flatten().is_none() {
        return Focus::Elsewhere;
    }
    match hit_of(&holder) {
        Hit::Target(target) => Focus::Drawn(target),
        Hit::Handle(_) | Hit::Ground => Focus::Canvas,
    }
}

/// Does what a key means and says whether it meant anything.
fn key_down(hands: &Hands, event: &KeyboardEvent) -> bool {
    let Some(now) = hands.now() else { return false };
    let key = event.key();
    if key == "Escape" && escape(hands, &now) {
        return true;
    }
    if chords(hands, &now, event) {
        return true;
    }
    if focus::is_typing()
        || event.ctrl_key()
        || event.meta_key()
        || event.default_prevented()
        || now.stage.menu.is_some()
    {
        return false;
    }
    let at = focus_now();
    let target = match &at {
        Focus::Elsewhere => return false,
        Focus::Drawn(target) => Some(target),
        Focus::Body | Focus::Canvas => None,
    };
    let on_canvas = !matches!(at, Focus::Body);
    if let Some(deed) = pressed(event, Where::Canvas) {
        // With the focus nowhere, signs belong to the page.
        let anywhere = matches!(deed, Deed::Add | Deed::Remove | Deed::Tidy);
        return (on_canvas || anywhere) && carry_out(hands, &now, target, deed);
    }
    match key.as_str() {
        "Enter" | " " => match target {
            Some(target) if event.shift_key() => return add(hands, &now, target),
            Some(target) => enter(hands, &now, target, key == "Enter"),
            None if key == " " && matches!(at, Focus::Body) => hands.space.set(true),
            None => return false,
        },
        "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight" => {
            return arrow(hands, &now, target, event);
        }
        "Escape" if on_canvas => hands.select(Subject::Plan),
        _ => return false,
    }
    true
}

/// Does what the table of actions names, and says whether there was anything to do.
fn carry_out(hands: &Hands, now: &Now, target: Option<&Target>, deed: Deed) -> bool {
    let zoom = now.stage.view.zoom;
    match deed {
        Deed::Add => add_here(hands, now, target),
        Deed::Remove => return remove(hands, now, target),
        Deed::Tidy => tidying::tidy(hands, to_tidy(&now.selection)),
        Deed::SelectTool => hands.step(Step::Tool(Tool::Select)),
        Deed::PanTool => hands.step(Step::Tool(Tool::Pan)),
        Deed::ConnectTool => hands.step(Step::Tool(Tool::Connect)),
        Deed::Fit => super::fit(hands, false),
        Deed::ZoomIn => hands.zoom_to(zoom * 1.25),
        Deed::ZoomOut => hands.zoom_to(zoom / 1.25),
        Deed::ZoomFull => hands.zoom_to(1.0),
        Deed::Minimap => hands.toggle_minimap(now),
        _ => return false,
    }
    true
}

/// Adds what has the focus to what is selected, or takes it away.
fn add(hands: &Hands, now: &Now, target: &Target) -> bool {
    let part = part_of(target);
    if let Some(part) = &part {
        hands.toggle(now, part);
    }
    part.is_some()
}

/// With Ctrl: everything is selected, or what is selected is duplicated.
fn chords(hands: &Hands, now: &Now, event: &KeyboardEvent) -> bool {
    let held = event.ctrl_key() || event.meta_key();
    let elsewhere = matches!(focus_now(), Focus::Elsewhere);
    if !held || event.shift_key() || event.alt_key() || elsewhere || focus::is_typing() {
        return false;
    }
    match event.key().as_str() {
        "a" | "A" => hands.act(Command::Choose(Selection::all(&now.plan))),
        "d" | "D" => hands.duplicate(),
        _ => return false,
    }
    true
}

/// Does what is asked for from elsewhere on the page.
#[hook]
pub(super) fn use_orders(order: Option<(u32, Order)>, hands: &Rc<Hands>) {
    let hands = Rc::clone(hands);
    use_effect_with(order, move |order| {
        let Some((_, order)) = order.clone() else {
            return;
        };
        // A sheet gives the focus back as it closes, which must come first.
        Timeout::new(0, move || {
            let Some(now) = hands.now() else { return };
            match order {
                Order::Do(deed) => {
                    carry_out(&hands, &now, None, deed);
                }
                Order::Show(subject) => {
                    let target = match subject {
                        Subject::Node(id) => Target::Node(id),
                        Subject::Site(id) => Target::Site(id),
                        Subject::Pair(pair) => {
                            // A line of its own is better than a bundle.
                            let links = now.scene.links.iter();
                            let of_pair = links.filter(|link| link.pairs.contains(&pair));
                            let link = of_pair.min_by_key(|link| link.pairs.len());
                            let Some(link) = link else { return };
                            Target::Link(link.key.clone())
                        }
                        Subject::Plan => return,
                    };
                    match &target {
                        Target::Node(id) if is_hidden(&now, id) => {
                            approach(&hands, &now, id);
                        }
                        _ => {
                            hands.focus(&target);
                            hands.show(&target);
                        }
                    }
                }
            }
        })
        .forget();
    });
}

/// Ends what is under way, the latest first.
fn escape(hands: &Hands, now: &Now) -> bool {
    // What is said of something may cover something else.
    hands.step(Step::Hover(None));
    hands.step(Step::Spoken(None));
    if *hands.gesture.borrow() != Gesture::Idle {
        hands.cancel();
    } else if now.stage.menu.is_some() {
        hands.step(Step::Menu(None));
    } else if now.stage.tool != Tool::Select || now.stage.from.is_some() {
        hands.step(Step::Tool(Tool::Select));
    } else {
        return false;
    }
    true
}

fn enter(hands: &Hands, now: &Now, target: &Target, inspect: bool) {
    let connects = now.stage.tool == Tool::Connect && matches!(target, Target::Node(_));
    hands.choose(now, target);
    let bundle =
        matches!(target, Target::Link(key) if key.starts_with("leg") || key.starts_with("bundle"));
    if inspect && !connects && !bundle {
        // The inspector shows the new selection only after this event.
        Timeout::new(0, || {
            focus::by_id("inspector");
        })
        .forget();
    }
}

fn remove(hands: &Hands, now: &Now, target: Option<&Target>) -> bool {
    let subject = match target {
        Some(Target::Node(id)) => Subject::Node(id.clone()),
        Some(Target::Site(id)) => Subject::Site(id.clone()),
        Some(Target::Link(_)) => return false,
        None => now.selection.single(),
    };
    let chosen = target.and_then(part_of);
    if now.selection.is_several() && chosen.is_none_or(|part| now.selection.contains(&part)) {
        hands.act(Command::RemoveSeveral(now.selection.parts().to_vec()));
    } else if matches!(subject, Subject::Node(_) | Subject::Site(_)) {
        hands.act(Command::Remove(subject));
    } else {
        return false;
    }
    // The focus was on what is gone; the drawing keeps it on the canvas.
    if let Some(drawing) = hands.drawing.cast::<web_sys::Element>() {
        focus::give(&drawing);
    }
    true
}

/// Opens the menu beside what has the focus, or in the middle.
fn add_here(hands: &Hands, now: &Now, target: Option<&Target>) {
    let (width, height) = now.stage.size.unwrap_or((800.0, 600.0));
    let place = match target {
        Some(Target::Site(id)) => now
            .scene
            .sites
            .iter()
            .find(|site| site.id == *id)
            .map(|site| site.rect.center()),
        _ => None,
    };
    let middle = Spot {
        x: width / 2.0,
        y: height / 2.0,
    };
    let at = place.map_or(middle, |place| now.stage.view.to_screen(place));
    hands.open_menu(at, None);
}

/// With Shift or Alt an arrow moves what is selected, alone it moves the focus.
fn arrow(hands: &Hands, now: &Now, target: Option<&Target>, event: &KeyboardEvent) -> bool {
    let dir = match event.key().as_str() {
        "ArrowUp" => Dir::Up,
        "ArrowDown" => Dir::Down,
        "ArrowLeft" => Dir::Left,
        _ => Dir::Right,
    };
    if event.shift_key() || event.alt_key() {
        let by = if event.alt_key() { 8 } else { 24 };
        return shift(hands, now, target, |corner| dir.step(corner, by));
    }
    let selected = match now.selection.single() {
        Subject::Node(id) => Some(Target::Node(id)),
        Subject::Site(id) => Some(Target::Site(id)),
        Subject::Plan | Subject::Pair(_) => None,
    };
    match target
        .cloned()
        .or(selected)
        .and_then(|from| nearest(&now.scene, &from, dir))
    {
        Some(next) => hands.focus(&next),
        None => return target.is_some(),
    }
    true
}

fn shift(hands: &Hands, now: &Now, target: Option<&Target>, to: impl Fn(Point) -> Point) -> bool {
    let subject = match target {
        Some(Target::Node(id)) => Subject::Node(id.clone()),
        Some(Target::Site(id)) => Subject::Site(id.clone()),
        Some(Target::Link(_)) => return false,
        None => now.selection.single(),
    };
    let chosen = target.and_then(part_of);
    if now.selection.is_several() && chosen.is_none_or(|part| now.selection.contains(&part)) {
        let by = to(Point::default());
        let parts = now.selection.parts().to_vec();
        hands.act(Command::MoveSeveral(parts, by));
        return true;
    }
    let command = match &subject {
        Subject::Node(id) => now
            .plan
            .nodes
            .get(id)
            .map(|node| Command::MoveNode(id.clone(), to(node.position))),
        Subject::Site(id) => now
            .plan
            .sites
            .get(id)
            .map(|site| Command::MoveSite(id.clone(), to(site.position))),
        Subject::Plan | Subject::Pair(_) => None,
    };
    let Some(command) = command else { return false };
    hands.select(subject);
    hands.act(command);
    true
}
