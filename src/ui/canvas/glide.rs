//! While the view glides, the drawing is a layer of its own, which is moved and
//! not painted again. At rest it is none, so that letters are sharp at any zoom.

use std::cell::RefCell;

use gloo::timers::callback::Timeout;
use web_sys::Element;

/// How long after its last move the view is at rest, in milliseconds.
const REST: u32 = 250;

/// Knows whether the view glides.
#[derive(Default)]
pub(super) struct Glide(RefCell<Option<Timeout>>);

impl Glide {
    /// The view of a drawing moves now.
    pub(super) fn go(&self, drawing: Option<Element>) {
        let Some(drawing) = drawing else { return };
        let mark = |drawing: &Element, glides: bool| {
            // It says so itself: its other attributes are written by the page,
            // which would have to be drawn again for this one.
            let _ = drawing.toggle_attribute_with_force("data-glides", glides);
        };
        mark(&drawing, true);
        let rest = Timeout::new(REST, move || mark(&drawing, false));
        self.0.replace(Some(rest));
    }
}
