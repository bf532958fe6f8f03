//! The web app.

fn main() {
    // The page brings a note that shows while the app loads; the app takes its place.
    match gloo::utils::document().get_element_by_id("app") {
        Some(root) => yew::Renderer::<meshwright::ui::App>::with_root(root).render(),
        None => yew::Renderer::<meshwright::ui::App>::new().render(),
    };
}
