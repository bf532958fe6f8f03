//! The page around the app: theme, focus, frames, events.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise};
use meshwright::browser::leaving::LeavingGuard;
use meshwright::browser::theme::{self, Theme};
use meshwright::browser::{environment, focus, frame, settings, update};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CustomEvent, Document, Element, Event, EventInit, Window};

fn window() -> Window {
    web_sys::window().unwrap()
}

fn document() -> Document {
    window().document().unwrap()
}

/// A visible place in the page with `html` in it; the test removes it.
fn place(html: &str) -> Element {
    let place = document().create_element("section").unwrap();
    place.set_inner_html(html);
    document().body().unwrap().append_child(&place).unwrap();
    place
}

#[wasm_bindgen_test]
fn a_theme_is_shown_and_kept_until_the_system_decides_again() {
    let shown = || {
        document()
            .document_element()
            .unwrap()
            .get_attribute("data-theme")
    };
    theme::choose(Some(Theme::Dark)).unwrap();
    assert_eq!(shown().as_deref(), Some("dark"));
    assert_eq!(settings::setting("theme").as_deref(), Some("dark"));
    assert_eq!(
        (theme::chosen(), theme::current()),
        (Some(Theme::Dark), Theme::Dark)
    );
    theme::show(Some(Theme::Light));
    assert_eq!(shown().as_deref(), Some("light"));
    assert_eq!(theme::chosen(), Some(Theme::Dark));
    theme::choose(None).unwrap();
    assert_eq!((shown(), theme::chosen()), (None, None));
    assert_eq!(theme::current(), theme::of_system());
    drop(theme::on_system_change(|_| {}));
}

#[wasm_bindgen_test]
fn this_page_is_in_a_secure_context_of_some_size() {
    assert!(environment::is_secure_context());
    assert!(environment::viewport_width() > 0);
    assert!(environment::matches("(min-width: 1px)"));
    // The browser that runs the tests asks for nothing in particular.
    assert!(!environment::prefers_reduced_motion());
    assert!(!environment::is_mac() || !environment::matches("not all"));
}

#[wasm_bindgen_test]
fn focus_goes_to_the_ends_of_what_the_tab_key_reaches() {
    let place = place(
        "<button disabled>no</button><button tabindex=\"-1\">no</button><a>no</a>\
         <input id=\"one\"><select id=\"two\"></select><div id=\"three\" tabindex=\"0\">yes</div>\
         <button hidden>no</button><div inert><button>no</button></div>",
    );
    let holder = || focus::holder().map(|element| element.id());
    assert!(focus::first_within(&place));
    assert_eq!(holder().as_deref(), Some("one"));
    assert!(focus::is_typing());
    {
        let _return = focus::ReturnFocus::to_holder();
        assert!(focus::last_within(&place));
        assert_eq!(holder().as_deref(), Some("three"));
        assert!(!focus::is_typing());
    }
    assert_eq!(holder().as_deref(), Some("one"));
    assert!(focus::by_id("two"));
    assert!(!focus::by_id("nowhere"));
    assert_eq!(holder().as_deref(), Some("two"));
    let lost = focus::ReturnFocus::to_holder();
    place.remove();
    drop(lost);
    assert_eq!(holder(), None);
}

#[wasm_bindgen_test]
async fn a_frame_calls_back_once_unless_it_is_dropped() {
    let calls = Rc::new(RefCell::new(Vec::new()));
    let note = |name: &'static str| {
        let calls = Rc::clone(&calls);
        move |_| calls.borrow_mut().push(name)
    };
    drop(frame::next(note("dropped")));
    let _kept = frame::next(note("kept"));
    // Callbacks of one frame run in the order in which they were asked for.
    for _ in 0..2 {
        let drawn = Promise::new(&mut |resolve: Function, _| {
            window().request_animation_frame(&resolve).unwrap();
        });
        JsFuture::from(drawn).await.unwrap();
    }
    assert_eq!(*calls.borrow(), ["kept"]);
}

#[wasm_bindgen_test]
fn leaving_is_questioned_only_while_the_guard_is_on() {
    let questioned = || {
        let init = EventInit::new();
        init.set_cancelable(true);
        let event = Event::new_with_event_init_dict("beforeunload", &init).unwrap();
        !window().dispatch_event(&event).unwrap()
    };
    let mut guard = LeavingGuard::new();
    assert!(!questioned());
    guard.set(true);
    guard.set(true);
    assert!(guard.is_on() && questioned());
    guard.set(false);
    assert!(!guard.is_on() && !questioned());
    guard.set(true);
    drop(guard);
    assert!(!questioned());
}

#[wasm_bindgen_test]
fn an_update_is_heard_of_before_and_after_listening() {
    let root = document().document_element().unwrap();
    let calls = Rc::new(Cell::new(0));
    let count = || {
        let calls = Rc::clone(&calls);
        move || calls.set(calls.get() + 1)
    };
    let announce = || {
        window()
            .dispatch_event(&CustomEvent::new("meshwright-update-ready").unwrap())
            .unwrap()
    };

    let early = update::on_ready(count());
    assert_eq!(calls.get(), 0);
    announce();
    assert_eq!(calls.get(), 1);
    drop(early);
    announce();
    assert_eq!(calls.get(), 1);

    root.set_attribute("data-update", "ready").unwrap();
    drop(update::on_ready(count()));
    assert_eq!(calls.get(), 2);
    root.remove_attribute("data-update").unwrap();
}

#[wasm_bindgen_test]
async fn accepting_an_update_tells_the_boot_script() {
    let told = Promise::new(&mut |resolve: Function, _| {
        window()
            .add_event_listener_with_callback("meshwright-update-accept", &resolve)
            .unwrap();
    });
    update::accept();
    let event: JsValue = JsFuture::from(told).await.unwrap();
    assert!(event.is_instance_of::<CustomEvent>());
}
