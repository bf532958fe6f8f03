//! Files that the user chooses or drops.

use std::cell::RefCell;

use gloo::events::EventListener;
use js_sys::Uint8Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, File, FileList, HtmlInputElement};

use super::fault;

/// The largest file that is read. A plan of hundreds of machines stays far below.
pub const LIMIT_BYTES: u32 = 20 * 1024 * 1024;

thread_local! {
    /// The dialog that was opened last. It lives until the next one, because a
    /// page does not always learn that the user closed a dialog.
    static LAST: RefCell<Option<Dialog>> = const { RefCell::new(None) };
}

/// A hidden file input and what listens to it.
struct Dialog {
    input: HtmlInputElement,
    _listener: EventListener,
}

impl Drop for Dialog {
    fn drop(&mut self) {
        self.input.remove();
    }
}

/// Lets the user choose a file and hands its name and text to `on_text`, which
/// is not called if the user changes their mind. `accept` is what the attribute
/// of that name takes, for instance `.json,application/json`.
///
/// Call it from a click or a key press: browsers open no dialog otherwise.
///
/// # Errors
/// The browser did not build the dialog.
pub fn choose_file(
    accept: &str,
    on_text: impl FnOnce(String, Result<String, String>) + 'static,
) -> Result<(), String> {
    choose(accept, move |file| {
        spawn_local(async move {
            let text = read_text(&file).await;
            on_text(file.name(), text);
        });
    })
}

/// Lets the user choose a file and hands it over unread.
///
/// # Errors
/// The browser did not build the dialog.
pub fn choose(accept: &str, on_file: impl FnOnce(File) + 'static) -> Result<(), String> {
    let refused = |thrown| {
        format!(
            "The browser did not open its file dialog ({}). Drop the file onto the page instead.",
            fault::words(&thrown)
        )
    };
    let element = gloo::utils::document()
        .create_element("input")
        .map_err(refused)?;
    let input: HtmlInputElement = element.unchecked_into();
    input.set_type("file");
    input.set_accept(accept);
    input.set_hidden(true);
    // Safari ignores the click of an input that is not in the page.
    gloo::utils::body().append_child(&input).map_err(refused)?;
    let chosen = input.clone();
    let listener = EventListener::once(&input, "change", move |_| {
        if let Some(file) = chosen.files().as_ref().and_then(first) {
            on_file(file);
        }
    });
    let dialog = Dialog {
        input: input.clone(),
        _listener: listener,
    };
    LAST.with_borrow_mut(|last| last.replace(dialog));
    input.click();
    Ok(())
}

/// The file of a drop, if the user dropped one.
#[must_use]
pub fn dropped_file(event: &DragEvent) -> Option<File> {
    event.data_transfer()?.files().as_ref().and_then(first)
}

/// Reads a file as text. A byte order mark at its beginning is left out.
///
/// # Errors
/// The file is too large, cannot be read, or is not UTF-8.
pub async fn read_text(file: &File) -> Result<String, String> {
    let text = String::from_utf8(read_bytes(file).await?).map_err(|_| {
        let name = file.name();
        format!(
            "{name} is not UTF-8 text. If it is the right file, save it as UTF-8 in a text editor and open it again."
        )
    })?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text))
}

/// Reads a file.
///
/// # Errors
/// The file is too large or cannot be read.
pub async fn read_bytes(file: &File) -> Result<Vec<u8>, String> {
    let name = file.name();
    if file.size() > f64::from(LIMIT_BYTES) {
        return Err(format!(
            "{name} is larger than 20 MB, and no file that belongs here is. Choose another one."
        ));
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|thrown| {
        let words = fault::words(&thrown);
        format!("{name} could not be read ({words}). If it was moved or changed in the meantime, choose it again.")
    })?;
    let array = Uint8Array::new(&buffer);
    let bytes = array.to_vec();
    // The file may hold keys, and this copy is ours alone.
    array.fill(0, 0, array.length());
    Ok(bytes)
}

fn first(files: &FileList) -> Option<File> {
    files.get(0)
}
