//! The web app.

use meshwright::{browser, ui};

fn main() {
    // The page starts this program a second time, in a worker for long work.
    if browser::worker::is_inside() {
        ui::work();
        return;
    }
    // The page brings a note that shows while the app loads; the app takes its place.
    match gloo::utils::document().get_element_by_id("app") {
        Some(root) => yew::Renderer::<ui::App>::with_root(root).render(),
        None => yew::Renderer::<ui::App>::new().render(),
    };
}
