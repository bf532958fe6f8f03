//! Text to the clipboard.

use wasm_bindgen_futures::JsFuture;

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
