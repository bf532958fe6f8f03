//! The web app.

fn main() {
    yew::Renderer::<meshwright::ui::App>::new().render();
}
