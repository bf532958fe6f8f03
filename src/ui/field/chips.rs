//! A list of short texts as chips, with a field to type one more.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Reading, described_by, notes};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::use_dispatch;

/// What [`Chips`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct ChipsProps {
    /// Unique in the page.
    pub id: AttrValue,
    /// What the list is.
    pub label: AttrValue,
    /// What one of the list is called, as in "Remove the group laptops".
    pub noun: AttrValue,
    /// The texts in the list.
    pub values: Vec<AttrValue>,
    /// Texts that could be meant.
    pub known: Vec<AttrValue>,
    /// Reads the list: the command that sets it, or what is wrong with it.
    pub read: Callback<Vec<String>, Reading>,
    /// One line that explains the field.
    #[prop_or_default]
    pub hint: AttrValue,
    /// Stands in the empty field.
    #[prop_or_default]
    pub placeholder: AttrValue,
}

/// Chips. Enter, a comma and leaving the field each make one of what is typed;
/// Backspace in the empty field takes the last one away.
#[component]
pub fn Chips(props: &ChipsProps) -> Html {
    let dispatch = use_dispatch();
    let draft = use_state_eq(String::new);
    let problem = use_state_eq(|| None::<String>);
    let said = use_state_eq(AttrValue::default);
    let field = use_node_ref();
    let texts: Vec<String> = props.values.iter().map(ToString::to_string).collect();

    let set = {
        let (read, problem) = (props.read.clone(), problem.setter());
        move |texts: Vec<String>| match read.emit(texts) {
            Ok(command) => {
                problem.set(None);
                dispatch.dispatch(command.into());
                true
            }
            Err(text) => {
                problem.set(Some(text));
                false
            }
        }
    };
    let add = {
        let (set, texts, draft, said) = (set.clone(), texts.clone(), draft.clone(), said.setter());
        let noun = props.noun.clone();
        move |typed: &str| {
            let more: Vec<String> = typed
                .split(',')
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
                .collect();
            if more.is_empty() {
                return;
            }
            let words = format!("Added the {noun} {}.", more.join(", "));
            if set(texts.iter().cloned().chain(more).collect()) {
                draft.set(String::new());
                said.set(words.into());
            }
        }
    };
    let remove = {
        let (field, said, noun) = (field.clone(), said.setter(), props.noun.clone());
        let (set, texts) = (set, texts.clone());
        Callback::from(move |place: usize| {
            let mut rest = texts.clone();
            if place >= rest.len() {
                return;
            }
            let gone = rest.remove(place);
            if set(rest) {
                said.set(format!("Removed the {noun} {gone}.").into());
            }
            // The chip is gone, and the focus must not go with it.
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
            }
        })
    };
    let oninput = {
        let (add, draft, problem) = (add.clone(), draft.clone(), problem.setter());
        let known = props.known.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            problem.set(None);
            // A list of suggestions puts a whole word in at once.
            let picked = event.input_type() == "insertReplacementText"
                && known.iter().any(|word| word.as_str() == text);
            draft.set(text.clone());
            if text.contains(',') || picked {
                add(&text);
            }
        })
    };
    let onkeydown = {
        let (add, draft, problem, remove) =
            (add.clone(), draft.clone(), problem.setter(), remove.clone());
        let last = texts.len().checked_sub(1);
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                add(&draft);
            }
            "Escape" => {
                draft.set(String::new());
                problem.set(None);
            }
            "Backspace" if draft.is_empty() => {
                if let Some(last) = last {
                    remove.emit(last);
                }
            }
            _ => {}
        })
    };
    let onblur = {
        let draft = draft.clone();
        Callback::from(move |_: FocusEvent| add(&draft))
    };

    let id = props.id.as_str();
    let list = format!("{id}-known");
    let others: Vec<AttrValue> = props
        .known
        .iter()
        .filter(|word| !props.values.contains(word))
        .cloned()
        .collect();
    html! {
        <div class={classes!("field", problem.as_ref().map(|_| "is-wrong"))}>
            <label class="field__label" for={props.id.clone()}>{ &props.label }</label>
            <div class="field__control chips">
                if !props.values.is_empty() {
                    <ul class="chips__list" aria-label={&props.label}>
                        for (place, value) in props.values.iter().enumerate() {
                            <li key={value.as_str()} class="chips__chip">
                                <span class="chips__word">{ value }</span>
                                <button
                                    type="button" class="chips__remove"
                                    aria-label={format!("Remove the {} {value}", props.noun)} title="Remove"
                                    onclick={remove.reform(move |_: MouseEvent| place)}
                                >
                                    <Icon glyph={Glyph::Close} size={12} />
                                </button>
                            </li>
                        }
                    </ul>
                }
                <input
                    ref={field}
                    id={props.id.clone()}
                    class="input"
                    type="text"
                    value={(*draft).clone()}
                    placeholder={props.placeholder.clone()}
                    list={(!others.is_empty()).then(|| list.clone())}
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    enterkeyhint="done"
                    aria-invalid={problem.as_ref().map(|_| "true")}
                    aria-describedby={described_by(id, &props.hint, problem.is_some())}
                    {oninput}
                    {onkeydown}
                    {onblur}
                />
                if !others.is_empty() {
                    <datalist id={list}>
                        for word in others {
                            <option key={word.as_str()} value={word.clone()} />
                        }
                    </datalist>
                }
                <span class="visually-hidden" role="status">{ &*said }</span>
            </div>
            { notes(id, &props.label, &props.hint, problem.as_deref()) }
        </div>
    }
}
