//! What is selected in the tables, and the way to change all of it: the
//! inspector, which is the one place where several things are changed.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::focus;
use crate::editor::{Command, Selection};
use crate::plan::Plan;
use crate::ui::canvas::duplicated;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::use_dispatch;
use crate::ui::several::{delete_words, how_many};
use crate::ui::words::t;

/// What [`Bulk`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct BulkProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What is selected.
    pub selection: Selection,
}

/// The bar that shows while several machines or sites are selected.
#[component]
pub fn Bulk(props: &BulkProps) -> Html {
    let dispatch = use_dispatch();
    let shows = props.selection.is_several();
    let does = |command: Command| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(command.clone().into()))
    };
    let parts = props.selection.parts().to_vec();
    let glyph = |glyph| html! { <Icon {glyph} /> };
    html! {
        <div class="bulk" role="region" aria-label={t!("Selected")} hidden={!shows}>
            if shows {
                <strong role="status">{ t!("{} selected", how_many(&props.selection)) }</strong>
                <button type="button" class="button button--small" onclick={|_: MouseEvent| inspect()}>{ t!("Change\u{2026}") }</button>
                <button type="button" class="button button--small" onclick={does(duplicated(&props.plan, &parts))}>{ glyph(Glyph::Copy) }{ t!("Duplicate") }</button>
                <button type="button" class="button button--small button--delete" onclick={does(Command::RemoveSeveral(parts))}>
                    { glyph(Glyph::Trash) }{ delete_words(&props.selection) }
                </button>
                <button type="button" class="button button--small button--quiet" onclick={does(Command::Choose(Selection::default()))}>
                    { t!("Select none") }
                </button>
            }
        </div>
    }
}

/// Goes to the first fact of all in the inspector.
fn inspect() {
    let field = gloo::utils::document().query_selector("#several-platform, #several-router");
    if let Some(field) = field.ok().flatten() {
        focus::give(&field);
    }
}
