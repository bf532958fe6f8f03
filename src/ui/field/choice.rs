//! One of several: a list that opens, a row of icons.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{described_by, notes};
use crate::ui::icon::{Glyph, Icon};

/// What [`Select`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct SelectProps {
    /// Unique in the page.
    pub id: AttrValue,
    /// What is chosen.
    pub label: AttrValue,
    /// The key of the choice that holds.
    pub value: AttrValue,
    /// Keys and words, in order.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// Hears the key of a new choice.
    pub on_change: Callback<AttrValue>,
    /// One line that explains the field.
    #[prop_or_default]
    pub hint: AttrValue,
    /// Whether nothing can be chosen.
    #[prop_or_default]
    pub disabled: bool,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// A list that opens.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let node = use_node_ref();
    // The browser forgets the attribute `selected` once a person has chosen, so
    // the value is set on the element itself.
    {
        let node = node.clone();
        use_effect_with(
            (props.value.clone(), props.options.clone()),
            move |(value, _)| {
                if let Some(select) = node.cast::<HtmlSelectElement>() {
                    select.set_value(value);
                }
            },
        );
    }
    let onchange = {
        let (on_change, value) = (props.on_change.clone(), props.value.clone());
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            let chosen = select.value();
            // The plan decides: if it refuses, the list shows what still holds.
            select.set_value(&value);
            on_change.emit(chosen.into());
        })
    };
    let id = props.id.as_str();
    html! {
        <div class={classes!("field", props.class.clone())}>
            <label class="field__label" for={props.id.clone()}>{ &props.label }</label>
            <div class="field__control">
                <select
                    ref={node}
                    id={props.id.clone()}
                    class="input select"
                    disabled={props.disabled}
                    aria-describedby={described_by(id, &props.hint, false)}
                    {onchange}
                >
                    for (key, words) in &props.options {
                        <option key={key.as_str()} value={key.clone()} selected={*key == props.value}>{ words }</option>
                    }
                </select>
                <Icon glyph={Glyph::ChevronDown} />
            </div>
            { notes(id, &props.label, &props.hint, None) }
        </div>
    }
}

/// What [`IconChoice`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct IconChoiceProps {
    /// Unique in the page.
    pub id: AttrValue,
    /// What is chosen.
    pub label: AttrValue,
    /// The place of the choice that holds.
    pub chosen: Option<usize>,
    /// One line that explains it.
    pub hint: AttrValue,
    /// Icons and words, in order.
    pub options: Vec<(Glyph, &'static str)>,
    /// Hears the place of a new choice.
    pub on_change: Callback<usize>,
}

/// A row of icons, one of which is chosen.
#[component]
pub fn IconChoice(props: &IconChoiceProps) -> Html {
    let name = props.id.clone();
    html! {
        <fieldset class="field icon-choice">
            <legend class="field__label">{ &props.label }</legend>
            <div class="field__control icon-choice__track">
                for (place, (glyph, words)) in props.options.iter().enumerate() {
                    <label key={place} class="icon-choice__item" title={*words}>
                        <input
                            type="radio"
                            class="visually-hidden"
                            name={name.clone()}
                            checked={props.chosen == Some(place)}
                            onchange={props.on_change.reform(move |_: Event| place)}
                        />
                        <Icon glyph={*glyph} />
                        <span class="visually-hidden">{ *words }</span>
                    </label>
                }
            </div>
            <p class="field__hint">{ &props.hint }</p>
        </fieldset>
    }
}
