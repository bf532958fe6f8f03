//! Placeholder of the inspector.

use std::rc::Rc;

use yew::prelude::*;

use super::session::{Clip, Kept, Keys};
use crate::mesh::{Mesh, Subject};
use crate::plan::Plan;

/// What the inspector shows.
#[derive(Clone, PartialEq, Properties)]
pub struct InspectorProps {
    /// The plan.
    pub plan: Rc<Plan>,
    /// Its mesh.
    pub mesh: Rc<Mesh>,
    /// What is selected.
    pub selection: Subject,
    /// The keys.
    pub keys: Keys,
    /// Where secrets are kept.
    pub kept: Kept,
    /// Whether the first-visit panel shows; the inspector hides then until
    /// something is selected.
    pub welcome: bool,
    /// Something shall be copied.
    pub on_copy: Callback<Clip>,
}

/// Placeholder.
#[component]
pub fn Inspector(_props: &InspectorProps) -> Html {
    html! {}
}
