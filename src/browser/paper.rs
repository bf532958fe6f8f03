//! The page on paper.

use gloo::events::EventListener;

use super::method::call;

/// Opens the browser's dialog for printing. It holds everything else up until
/// it is closed, in most browsers.
pub fn print() {
    // A browser that cannot print says so itself, or has no such method.
    let _ = call(&gloo::utils::window(), "print", &[]);
}

/// Calls back around printing.
#[must_use = "it listens until it is dropped"]
pub struct PrintListener(
    #[expect(dead_code, reason = "held to keep listening")] [EventListener; 2],
);

/// Calls back with `true` before something is printed, whoever asked for it,
/// and with `false` afterwards. What is drawn at once on the first call is
/// still printed.
pub fn on_print(callback: impl Fn(bool) + Clone + 'static) -> PrintListener {
    let window = gloo::utils::window();
    let after = callback.clone();
    PrintListener([
        EventListener::new(&window, "beforeprint", move |_| callback(true)),
        EventListener::new(&window, "afterprint", move |_| after(false)),
    ])
}
