//! When the overview is drawn and printed.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::{frame, paper};
use crate::editor::Selection;
use crate::mesh::Mesh;
use crate::plan::Plan;
use crate::ui::session::{Action, Picture, use_dispatch};

use super::overview::Overview;

/// What [`Paper`] prints.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PaperProps {
    pub(super) plan: Rc<Plan>,
    pub(super) mesh: Rc<Mesh>,
    pub(super) selection: Selection,
    /// Whether it is printed now.
    pub(super) shown: bool,
}

/// The overview, for as long as it is printed. It is never seen on the screen.
#[component]
pub(super) fn Paper(props: &PaperProps) -> Html {
    let dispatch = use_dispatch();
    // Whether the browser prints already, by its own menu or because we asked.
    let printing = use_mut_ref(|| false);
    {
        let printing = Rc::clone(&printing);
        use_effect_with((), move |()| {
            let listener = paper::on_print(move |begins| {
                printing.replace(begins);
                let picture = begins.then_some(Picture::Paper);
                dispatch.dispatch(Action::Picture(picture));
            });
            move || drop(listener)
        });
    }
    use_effect_with(props.shown, move |shown| {
        let asks = *shown && !*printing.borrow();
        let waits = asks.then(|| frame::painted(paper::print));
        move || drop(waits)
    });
    if !props.shown {
        return Html::default();
    }
    html! { <Overview plan={Rc::clone(&props.plan)} mesh={Rc::clone(&props.mesh)} selection={props.selection.clone()} /> }
}
