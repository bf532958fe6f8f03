//! Local storage.

use std::cell::RefCell;
use std::rc::Rc;

use meshwright::browser::plan_store::{self, StoreError};
use meshwright::browser::settings::{set_setting, setting};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_plan_is_kept_until_it_is_cleared() {
    plan_store::clear("p").unwrap();
    assert_eq!(plan_store::load("p"), Ok(None));
    plan_store::save("p", "{\"näme\": 1}").unwrap();
    assert_eq!(plan_store::load("p"), Ok(Some("{\"näme\": 1}".to_owned())));
    plan_store::clear("p").unwrap();
    assert_eq!(plan_store::load("p"), Ok(None));
}

#[wasm_bindgen_test]
fn a_full_storage_is_named_and_leaves_the_earlier_plan() {
    plan_store::save("p", "small").unwrap();
    // Browsers give a page some five million characters.
    let huge = "x".repeat(20_000_000);
    assert_eq!(plan_store::save("p", &huge), Err(StoreError::Full));
    assert_eq!(plan_store::load("p"), Ok(Some("small".to_owned())));
    plan_store::clear("p").unwrap();
}

#[wasm_bindgen_test]
fn settings_are_stored_and_removed() {
    assert_eq!(setting("test"), None);
    set_setting("test", Some("value")).unwrap();
    assert_eq!(setting("test").as_deref(), Some("value"));
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    assert_eq!(
        storage.get_item("meshwright.test").unwrap().as_deref(),
        Some("value")
    );
    set_setting("test", None).unwrap();
    assert_eq!(setting("test"), None);
}

#[wasm_bindgen_test]
fn changes_by_other_tabs_are_reported() {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let listener = plan_store::on_change_elsewhere({
        let seen = Rc::clone(&seen);
        move |project, text| seen.borrow_mut().push((project.to_owned(), text))
    });
    let tell = |key: &str, value: Option<&str>| {
        let init = web_sys::StorageEventInit::new();
        init.set_key(Some(key));
        init.set_new_value(value);
        let event = web_sys::StorageEvent::new_with_event_init_dict("storage", &init).unwrap();
        web_sys::window().unwrap().dispatch_event(&event).unwrap();
    };
    tell("meshwright.plan.p", Some("new"));
    tell("meshwright.theme", Some("dark"));
    tell("meshwright.plan.p", None);
    drop(listener);
    tell("meshwright.plan.p", Some("late"));
    assert_eq!(
        *seen.borrow(),
        [
            ("p".to_owned(), Some("new".to_owned())),
            ("p".to_owned(), None)
        ]
    );
}
