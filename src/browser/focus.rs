//! Where the keyboard is.

#![expect(
    clippy::must_use_candidate,
    reason = "these are called for what they do; the answer is for those who ask"
)]

mod keeper;

pub use keeper::{Keeper, keep};

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

/// What the Tab key can reach, before what is hidden is left out. SVG elements
/// count if they carry a tabindex.
const REACHABLE: &str = "a[href], button:not([disabled]), input:not([disabled]):not([type=hidden]), \
     select:not([disabled]), textarea:not([disabled]), summary, [contenteditable=true], [tabindex]";

/// Focuses the element with this id and says whether it has the focus now.
pub fn by_id(id: &str) -> bool {
    gloo::utils::document()
        .get_element_by_id(id)
        .is_some_and(|element| give(&element))
}

/// Focuses the first element within `container` that the Tab key reaches.
pub fn first_within(container: &Element) -> bool {
    reachable_within(container).iter().any(give)
}

/// Focuses the last element within `container` that the Tab key reaches.
pub fn last_within(container: &Element) -> bool {
    reachable_within(container).iter().rev().any(give)
}

/// Focuses an element and says whether it has the focus now.
pub fn give(element: &Element) -> bool {
    // SVG elements have `focus` as well but are no `HtmlElement`. The call fails
    // for neither kind, so the unchecked view is enough.
    let _ = element.unchecked_ref::<HtmlElement>().focus();
    holder().is_some_and(|holder| holder.is_same_node(Some(element)))
}

/// The element that has the focus; the body does not count.
pub fn holder() -> Option<Element> {
    let element = gloo::utils::document().active_element()?;
    (!element.is_same_node(Some(&gloo::utils::body()))).then_some(element)
}

/// Whether the focus is where typing makes text, so that single-key shortcuts
/// must keep still.
pub fn is_typing() -> bool {
    const TYPING: &str = "input:not([type=checkbox], [type=radio], [type=button], [type=range], [type=file]), \
         textarea, select, [contenteditable=true]";
    holder().is_some_and(|element| element.matches(TYPING).unwrap_or(false))
}

/// Whether a person has selected text, which is then what they copy.
pub fn has_text() -> bool {
    let selection = gloo::utils::window().get_selection().ok().flatten();
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// Gives the focus back when dropped, for a dialog that takes it for a while.
#[must_use = "the focus goes back when this is dropped"]
pub struct ReturnFocus(Option<Element>);

impl ReturnFocus {
    /// Remembers who has the focus now.
    pub fn to_holder() -> Self {
        Self(holder())
    }
}

impl Drop for ReturnFocus {
    fn drop(&mut self) {
        // What opened the dialog may be gone by now.
        if let Some(element) = self.0.take()
            && element.is_connected()
        {
            give(&element);
        }
    }
}

fn reachable_within(container: &Element) -> Vec<Element> {
    let Ok(found) = container.query_selector_all(REACHABLE) else {
        return Vec::new();
    };
    let elements =
        (0..found.length()).filter_map(|index| found.get(index)?.dyn_into::<Element>().ok());
    elements.filter(is_reachable).collect()
}

fn is_reachable(element: &Element) -> bool {
    let skipped = element
        .get_attribute("tabindex")
        .is_some_and(|index| index.starts_with('-'));
    let inert = element.closest("[inert]").ok().flatten().is_some();
    // What is not displayed has no boxes.
    let displayed = element.get_client_rects().length() > 0;
    displayed && !skipped && !inert
}
