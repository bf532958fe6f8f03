//! Placeholder of the inspector.
use yew::prelude::*;

/// Placeholder.
#[component]
pub fn Inspector() -> Html {
    html! {}
}
