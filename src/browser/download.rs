//! Files to the user's download folder.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::fault;

/// How long the bytes stay available after the click. Browsers start a download
/// some time after it, and an address that is gone by then gives an empty file.
const KEEP_MILLISECONDS: u32 = 10_000;

/// Saves `bytes` as a download under `file_name`.
///
/// # Errors
/// The browser could not hold the bytes, or refuses downloads from pages.
pub fn save(file_name: &str, mime: &str, bytes: &[u8]) -> Result<(), String> {
    offer(file_name, mime, bytes).map_err(|thrown| {
        let words = fault::words(&thrown);
        format!("The browser did not save {file_name} ({words}). Check that it may download files from this page, then try again.")
    })
}

fn offer(file_name: &str, mime: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let clicked = click(file_name, &address);
    gloo::timers::callback::Timeout::new(KEEP_MILLISECONDS, move || {
        // It fails only if the address is malformed, and then it holds nothing.
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    clicked
}

fn click(file_name: &str, address: &str) -> Result<(), JsValue> {
    let anchor: HtmlAnchorElement = gloo::utils::document()
        .create_element("a")?
        .unchecked_into();
    anchor.set_href(address);
    anchor.set_download(file_name);
    anchor.set_hidden(true);
    // Some browsers ignore the click of a link that is not in the page.
    gloo::utils::body().append_child(&anchor)?;
    anchor.click();
    anchor.remove();
    Ok(())
}
