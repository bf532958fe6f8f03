//! Placeholder of the drawer.
use yew::prelude::*;

/// Placeholder.
#[component]
pub fn Drawer() -> Html {
    html! {}
}
