//! Placeholder of the canvas.

use std::rc::Rc;

use yew::prelude::*;

use crate::mesh::{Mesh, Subject};
use crate::plan::Plan;

/// What the canvas shows.
#[derive(Clone, PartialEq, Properties)]
pub struct CanvasProps {
    /// The plan.
    pub plan: Rc<Plan>,
    /// Its mesh.
    pub mesh: Rc<Mesh>,
    /// What is selected.
    pub selection: Subject,
    /// Whether the first-visit panel covers the left side.
    pub welcome: bool,
}

/// Placeholder.
#[component]
pub fn Canvas(_props: &CanvasProps) -> Html {
    html! {}
}
