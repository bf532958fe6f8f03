//! What can be done with several machines at once.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::choices::{place_of, places, platform_of, platforms, relaying};
use crate::editor::{Command, NodeField, Selection};
use crate::plan::{NodeId, Plan};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::use_dispatch;
use crate::ui::words::t;

/// What [`Bulk`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct BulkProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What is selected.
    pub selection: Selection,
}

/// The bar that shows while several machines are selected.
#[component]
pub fn Bulk(props: &BulkProps) -> Html {
    let dispatch = use_dispatch();
    let shows = super::several(&props.selection);
    let count = props.selection.nodes().count();
    let set = |field: fn(&str) -> NodeField| {
        let ids: Vec<NodeId> = props.selection.nodes().cloned().collect();
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            let key = select.value();
            // The list is a command and holds nothing itself.
            select.set_value("");
            if !key.is_empty() {
                dispatch.dispatch(Command::for_all(&ids, &field(&key)).into());
            }
        })
    };
    let list = |words: AttrValue, options: Vec<(AttrValue, AttrValue)>, onchange| {
        html! {
            <select class="input bulk__list" aria-label={words.clone()} {onchange}>
                <option value="" selected=true>{ words }</option>
                for (key, words) in options {
                    <option key={key.as_str()} value={key.clone()}>{ words }</option>
                }
            </select>
        }
    };
    let relays = vec![
        ("automatic".into(), t!("automatic")),
        ("yes".into(), t!("yes")),
        ("no".into(), t!("no")),
    ];
    let does = |command: Command| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(command.clone().into()))
    };
    let delete = Command::RemoveSeveral(props.selection.parts().to_vec());
    html! {
        <div class="bulk" role="region" aria-label={t!("Selected machines")} hidden={!shows}>
            if shows {
                <strong role="status">{ t!("{} selected", count) }</strong>
                { list(t!("Set place"), places(&props.plan), set(|key| NodeField::Place(place_of(key)))) }
                { list(t!("Set platform"), platforms(), set(|key| NodeField::Platform(platform_of(key)))) }
                { list(t!("Set relaying"), relays, set(|key| NodeField::Relay(relaying(key)))) }
                <button type="button" class="button button--small button--delete" onclick={does(delete)}>
                    <Icon glyph={Glyph::Trash} />{ t!("Delete") }
                </button>
                <button type="button" class="button button--small button--quiet" onclick={does(Command::Choose(Selection::default()))}>
                    { t!("Select none") }
                </button>
            }
        </div>
    }
}
