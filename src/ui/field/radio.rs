//! One of a few, all in sight: radio buttons, each with a line that says what it
//! means.

use yew::prelude::*;

use super::hinted;

/// What [`Radios`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct RadiosProps {
    /// The question that the buttons answer.
    pub label: AttrValue,
    /// Whether the question is for screen readers only, because a title above
    /// says it.
    #[prop_or_default]
    pub quiet: bool,
    /// What the reason for the question is found by, if there is one.
    #[prop_or_default]
    pub why: AttrValue,
    /// The buttons.
    pub children: Html,
}

/// A question with its radio buttons.
#[component]
pub fn Radios(props: &RadiosProps) -> Html {
    html! {
        <fieldset class="radios">
            <legend class={if props.quiet { "visually-hidden" } else { "radios__question" }}>{ &props.label }</legend>
            { hinted(&props.why, &props.label, Html::default()) }
            { props.children.clone() }
        </fieldset>
    }
}

/// What [`Radio`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct RadioProps {
    /// Unique in the page.
    pub id: AttrValue,
    /// The group's name; equal for all of a group.
    pub group: AttrValue,
    /// What choosing it means.
    pub label: AttrValue,
    /// A word more, such as that it is recommended.
    #[prop_or_default]
    pub note: AttrValue,
    /// One line that explains it.
    #[prop_or_default]
    pub hint: AttrValue,
    /// Whether it is chosen.
    pub checked: bool,
    /// Whether it cannot be chosen; the note says why.
    #[prop_or_default]
    pub disabled: bool,
    /// Hears that it is chosen.
    pub on_choose: Callback<()>,
    /// Stands at the end of the line.
    #[prop_or_default]
    pub beside: Html,
    /// Stands below, such as a field that belongs to this choice.
    #[prop_or_default]
    pub children: Html,
}

/// A radio button.
#[component]
pub fn Radio(props: &RadioProps) -> Html {
    let hint_id = AttrValue::from(format!("{}-hint", props.id));
    let has_hint = !props.hint.is_empty();
    html! {
        <div class="radio-row">
            <div class="radio">
                <label class={classes!("radio__label", props.disabled.then_some("is-disabled"))}>
                    <input
                        type="radio"
                        id={props.id.clone()}
                        class="radio__button"
                        name={props.group.clone()}
                        checked={props.checked}
                        disabled={props.disabled}
                        aria-describedby={has_hint.then(|| hint_id.clone())}
                        onchange={props.on_choose.reform(|_: Event| ())}
                    />
                    <span>
                        { &props.label }
                        if !props.note.is_empty() {
                            <span class="radio__note">{ format!(" \u{b7} {}", props.note) }</span>
                        }
                    </span>
                </label>
                { props.beside.clone() }
            </div>
            if has_hint {
                <p class="field__hint radio__hint" id={hint_id}>{ &props.hint }</p>
            }
            { props.children.clone() }
        </div>
    }
}
