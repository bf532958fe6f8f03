//! What the program does in a worker: it loads the late part and answers.

use wasm_bindgen_futures::spawn_local;

use crate::browser::worker::Page;

use super::late::load;

/// Begins to answer what the page asks.
pub fn work() {
    spawn_local(async {
        match load().await {
            Ok(late) => (late.work)(),
            Err(_) => {
                if let Some(page) = Page::here() {
                    page.give_up("the rest of the program could not be loaded");
                }
            }
        }
    });
}
