//! Text to the clipboard and from there.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::ClipboardEvent;

use super::{environment, fault};

/// Puts `text` on the clipboard. Call it from a click or a key press: browsers
/// refuse pages that copy by themselves.
///
/// # Errors
/// The page is not in a secure context, or the browser or the user refused.
pub async fn copy(text: &str) -> Result<(), String> {
    // `navigator.clipboard` does not exist outside of a secure context.
    if !environment::is_secure_context() {
        return Err("Copying needs a page that was loaded over https. Select the text and copy it by hand, or download the file.".to_owned());
    }
    let written = gloo::utils::window()
        .navigator()
        .clipboard()
        .write_text(text);
    JsFuture::from(written).await.map(drop).map_err(|thrown| {
        let words = fault::words(&thrown);
        format!("The browser did not let the page copy ({words}). Click into the page and try again, or select the text and copy it by hand.")
    })
}

/// The text on the clipboard. Browsers ask the person first.
///
/// # Errors
/// The page is not in a secure context, or the browser or the user refused.
pub async fn read() -> Result<String, String> {
    const BY_KEY: &str = "The browser did not let the page read the clipboard. Press Ctrl V, or ⌘ V on a Mac, to paste.";
    if !environment::is_secure_context() {
        return Err(BY_KEY.to_owned());
    }
    let text = gloo::utils::window().navigator().clipboard().read_text();
    let text = JsFuture::from(text).await.map_err(|_| BY_KEY.to_owned())?;
    Ok(text.as_string().unwrap_or_default())
}

/// Listens until it is dropped to copying, cutting and pasting by the browser's
/// own keys and menus, which needs no permission. `give` returns the text to put
/// on the clipboard, and hears whether it is cut; `take` says whether it took a
/// text. What they leave alone, the browser does as usual.
#[must_use = "it listens until this is dropped"]
pub fn listen(
    give: impl Fn(bool) -> Option<String> + 'static,
    take: impl Fn(&str) -> bool + 'static,
) -> [EventListener; 3] {
    let give = std::rc::Rc::new(give);
    let giving = |name: &'static str, cut: bool| {
        let give = std::rc::Rc::clone(&give);
        on(name, move |event| {
            let (Some(data), false) = (event.clipboard_data(), event.default_prevented()) else {
                return false;
            };
            let text = give(cut);
            text.is_some_and(|text| data.set_data("text/plain", &text).is_ok())
        })
    };
    let pasting = on("paste", move |event| {
        let data = event.clipboard_data();
        let text = data.and_then(|data| data.get_data("text/plain").ok());
        text.is_some_and(|text| take(&text))
    });
    [giving("copy", false), giving("cut", true), pasting]
}

fn on(name: &'static str, does: impl Fn(&ClipboardEvent) -> bool + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo::utils::window(), name, options, move |event| {
        if let Some(event) = event.dyn_ref::<ClipboardEvent>()
            && does(event)
        {
            event.prevent_default();
        }
    })
}
