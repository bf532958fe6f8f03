//! What kind of browser this is.

/// Whether the page came over https or from this machine. Without it there is
/// no clipboard and no sealed storage.
#[must_use]
pub fn is_secure_context() -> bool {
    gloo::utils::window().is_secure_context()
}

/// Whether shortcuts are written with ⌘ instead of Ctrl: on a Mac, and on an
/// iPad or iPhone with a keyboard.
#[must_use]
pub fn is_mac() -> bool {
    let platform = gloo::utils::window()
        .navigator()
        .platform()
        .unwrap_or_default();
    ["Mac", "iPad", "iPhone"]
        .iter()
        .any(|name| platform.starts_with(name))
}

/// Whether the user asked the system for less motion.
#[must_use]
pub fn prefers_reduced_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// The width of the page in CSS pixels, without a scroll bar.
#[must_use]
pub fn viewport_width() -> i32 {
    gloo::utils::document_element().client_width()
}

/// The height of the page in CSS pixels, without a scroll bar.
#[must_use]
pub fn viewport_height() -> i32 {
    gloo::utils::document_element().client_height()
}

/// Whether a media query matches now.
#[must_use]
pub fn matches(query: &str) -> bool {
    gloo::utils::window()
        .match_media(query)
        .ok()
        .flatten()
        .is_some_and(|list| list.matches())
}
