//! Placeholder of the canvas.
use yew::prelude::*;

/// Placeholder.
#[component]
pub fn Canvas() -> Html {
    html! {}
}
