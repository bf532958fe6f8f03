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
    let offered = blob(mime, bytes).and_then(|blob| offer(file_name, &blob));
    told(file_name, offered)
}

/// Saves what the browser holds already as a download under `file_name`.
///
/// # Errors
/// The browser refuses downloads from pages.
pub fn save_blob(file_name: &str, blob: &Blob) -> Result<(), String> {
    told(file_name, offer(file_name, blob))
}

/// Hands bytes to the browser.
pub(super) fn blob(mime: &str, bytes: &[u8]) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options)
}

fn told(file_name: &str, offered: Result<(), JsValue>) -> Result<(), String> {
    offered.map_err(|thrown| {
        let words = fault::words(&thrown);
        format!("The browser did not save {file_name} ({words}). Check that it may download files from this page, then try again.")
    })
}

fn offer(file_name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
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
