//! The drawing of a plan as shapes, without a browser.
