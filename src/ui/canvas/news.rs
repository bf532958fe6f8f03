//! What happened, for those who do not see the drawing.

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::Selection;
use crate::editor::scene::verdict_changes;
use crate::mesh::Mesh;
use crate::plan::{NodeId, Plan};

use crate::ui::several::how_many;
use crate::ui::words::t;

use super::stage::Tool;

/// More changes than this are counted instead of read out.
const MOST: usize = 4;

/// What [`News`] tells.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct NewsProps {
    pub(super) plan: Rc<Plan>,
    pub(super) mesh: Rc<Mesh>,
    pub(super) tool: Tool,
    /// The machine that a connection begins at.
    pub(super) from: Option<NodeId>,
    pub(super) selection: Selection,
}

/// Says which pairs have another verdict, and what the connect tool waits for.
#[component]
pub(super) fn News(props: &NewsProps) -> Html {
    let text = use_state_eq(String::new);
    let before = use_mut_ref(|| Rc::clone(&props.mesh));
    {
        let text = text.setter();
        use_effect_with(Rc::clone(&props.mesh), move |mesh| {
            let changes = verdict_changes(&before.replace(Rc::clone(mesh)), mesh);
            match changes.len() {
                0 => {}
                1..=MOST => text.set(format!("{}.", changes.join(". "))),
                count => text.set(format!("{count} pairs have another verdict.")),
            }
        });
    }
    let name = |id: &NodeId| {
        props
            .plan
            .nodes
            .get(id)
            .map(|node| node.name.to_string())
            .unwrap_or_default()
    };
    let hint = match (props.tool, &props.from) {
        (_, Some(from)) => format!("Choose the machine to connect with {}.", name(from)),
        (Tool::Connect, None) => "Choose two machines to connect. Escape ends it.".to_owned(),
        _ => String::new(),
    };
    html! {
        <>
            <p class="canvas__news" role="status" aria-live="polite">{ &*text }</p>
            <p class="canvas__news" role="status" aria-live="polite">{ selected(&props.selection) }</p>
            if !hint.is_empty() {
                <p class="canvas__hint" role="status">{ hint }</p>
            }
        </>
    }
}

/// How much is selected, if that is more than one thing.
fn selected(selection: &Selection) -> AttrValue {
    if selection.is_several() {
        t!("Selected: {}.", how_many(selection))
    } else {
        AttrValue::default()
    }
}
