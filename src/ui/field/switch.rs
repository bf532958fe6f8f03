//! A switch: on or off, at once.

use yew::prelude::*;

use super::hinted;

/// What [`Switch`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct SwitchProps {
    /// Unique in the page.
    pub id: AttrValue,
    /// What is switched.
    pub label: AttrValue,
    /// Whether it is on.
    pub on: bool,
    /// Hears what it shall be.
    pub on_change: Callback<bool>,
    /// One line that explains it.
    #[prop_or_default]
    pub hint: AttrValue,
    /// Why it cannot be switched, if it cannot. Takes the place of the hint.
    #[prop_or_default]
    pub refused: Option<AttrValue>,
    /// What belongs to it while it is on.
    #[prop_or_default]
    pub children: Html,
}

/// A switch with its label. One that cannot be switched stays in the order of
/// focus, so that everybody can find out why.
#[component]
pub fn Switch(props: &SwitchProps) -> Html {
    let note = props.refused.as_ref().unwrap_or(&props.hint);
    let note_id = AttrValue::from(format!("{}-hint", props.id));
    let refused = props.refused.is_some();
    let onclick = {
        let (on_change, on) = (props.on_change.clone(), props.on);
        Callback::from(move |_: MouseEvent| {
            if !refused {
                on_change.emit(!on);
            }
        })
    };
    html! {
        <div class="switch-row">
            <button
                type="button"
                id={props.id.clone()}
                class="switch"
                role="switch"
                aria-checked={if props.on { "true" } else { "false" }}
                aria-disabled={refused.then_some("true")}
                aria-describedby={(!note.is_empty()).then(|| note_id.clone())}
                {onclick}
            >
                <span class="switch__track" aria-hidden="true"><span class="switch__knob" /></span>
                <span class="switch__label">{ &props.label }</span>
            </button>
            if !note.is_empty() {
                { hinted(&props.id, &props.label, html! { <p class="field__hint switch-row__hint" id={note_id}>{ note }</p> }) }
            }
            { props.children.clone() }
        </div>
    }
}
