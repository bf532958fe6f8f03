//! What has the focus can go: its machine is deleted, a step is taken back, a
//! menu closes. Whoever works by keyboard would then begin at the top of the
//! page again, so the focus goes to the pane around it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Array, Function};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, MutationObserver, MutationObserverInit};

use super::{give, holder};

/// Keeps the focus until it is dropped.
#[must_use = "the focus is kept until this is dropped"]
pub struct Keeper {
    observer: MutationObserver,
    // Both know what had the focus, and live as long.
    _listener: EventListener,
    _callback: Closure<dyn FnMut(Array, MutationObserver)>,
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// What had the focus last, and the pane around it.
type Last = Rc<RefCell<Option<(Element, Option<Element>)>>>;

/// Keeps the focus in its pane, one of those that the selector `panes` names, or
/// gives it to the first of them.
pub fn keep(panes: String) -> Option<Keeper> {
    let last = Last::default();
    let listener = {
        let (last, panes) = (Rc::clone(&last), panes.clone());
        EventListener::new(&gloo::utils::document(), "focusin", move |event| {
            let element = event.target().and_then(|target| target.dyn_into().ok());
            last.replace(element.map(|element: Element| {
                let pane = element.closest(&panes).ok().flatten();
                (element, pane)
            }));
        })
    };
    let callback = Closure::new(move |_: Array, _: MutationObserver| rescue(&last, &panes));
    let observer = MutationObserver::new(callback.as_ref().unchecked_ref::<Function>()).ok()?;
    let options = MutationObserverInit::new();
    options.set_subtree(true);
    options.set_child_list(true);
    observer
        .observe_with_options(&gloo::utils::body(), &options)
        .ok()?;
    Some(Keeper {
        observer,
        _listener: listener,
        _callback: callback,
    })
}

fn rescue(last: &Last, selector: &str) {
    let is_there = last
        .borrow()
        .as_ref()
        .is_none_or(|(element, _)| element.is_connected());
    if is_there {
        return;
    }
    let pane = last.take().and_then(|(_, around)| around);
    // Somebody may have been given it already.
    if holder().is_some() {
        return;
    }
    let first = || {
        gloo::utils::document()
            .query_selector(selector)
            .ok()
            .flatten()
    };
    if let Some(around) = pane.filter(|pane| pane.is_connected()).or_else(first) {
        give(&around);
    }
}
