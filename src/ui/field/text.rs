//! A text field that changes the plan with every letter that makes sense.

use yew::prelude::*;

use super::{Reading, described_by, notes};
use crate::editor::Command;
use crate::ui::session::use_dispatch;

/// What [`TextField`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct TextFieldProps {
    /// Unique in the page.
    pub id: AttrValue,
    /// What the field is for.
    pub label: AttrValue,
    /// The text that the plan stands for.
    pub value: AttrValue,
    /// Reads the text: the command that it means, or what is wrong with it.
    pub read: Callback<String, Reading>,
    /// One line that explains the field.
    #[prop_or_default]
    pub hint: AttrValue,
    /// What an empty field means, or an example.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Stands behind the text, such as a unit.
    #[prop_or_default]
    pub suffix: AttrValue,
    /// Whether the text is an address, port or key.
    #[prop_or_default]
    pub code: bool,
    /// Whether only digits are expected, for the keyboards of phones.
    #[prop_or_default]
    pub digits: bool,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// A text field. It sends a command for every text that can be read; any other
/// text stays where it was typed, with its problem below.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let dispatch = use_dispatch();
    let draft = use_state(|| None::<String>);
    // Whether the next change of the plan comes from here. Any other change,
    // such as an undo, replaces what stands in the field.
    let own = use_mut_ref(|| false);
    {
        let (draft, own) = (draft.setter(), own.clone());
        use_effect_with(props.value.clone(), move |_| {
            if !std::mem::take(&mut *own.borrow_mut()) {
                draft.set(None);
            }
        });
    }
    let problem = draft
        .as_ref()
        .and_then(|text| props.read.emit(text.clone()).err());

    let oninput = {
        let (draft, read) = (draft.setter(), props.read.clone());
        let own = own.clone();
        Callback::from(move |event: InputEvent| {
            let input: web_sys::HtmlInputElement = event.target_unchecked_into();
            let text = input.value();
            let reading = read.emit(text.clone());
            draft.set(Some(text));
            if let Ok(command) = reading {
                *own.borrow_mut() = true;
                dispatch.dispatch(Command::into(command));
            }
        })
    };
    let settle = {
        let (draft, wrong) = (draft.setter(), problem.is_some());
        let own = own.clone();
        Callback::from(move |_: FocusEvent| {
            *own.borrow_mut() = false;
            if !wrong {
                draft.set(None);
            }
        })
    };
    let onkeydown = {
        let draft = draft.setter();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                draft.set(None);
            }
        })
    };

    let id = props.id.as_str();
    let shown = draft
        .as_ref()
        .map_or_else(|| props.value.clone(), |text| AttrValue::from(text.clone()));
    html! {
        <div class={classes!("field", problem.as_ref().map(|_| "is-wrong"), props.class.clone())}>
            <label class="field__label" for={props.id.clone()}>{ &props.label }</label>
            <div class="field__control">
                <input
                    id={props.id.clone()}
                    class={classes!("input", props.code.then_some("is-code"))}
                    type="text"
                    value={shown}
                    placeholder={props.placeholder.clone()}
                    inputmode={props.digits.then_some("numeric")}
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-invalid={problem.as_ref().map(|_| "true")}
                    aria-describedby={described_by(id, &props.hint, problem.is_some())}
                    {oninput}
                    onblur={settle}
                    {onkeydown}
                />
                if !props.suffix.is_empty() {
                    <span class="field__suffix" aria-hidden="true">{ &props.suffix }</span>
                }
            </div>
            { notes(id, &props.label, &props.hint, problem.as_deref()) }
        </div>
    }
}
