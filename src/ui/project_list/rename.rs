//! The name of a stored project, changed where it stands.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::plan::{Label, NameError};
use crate::ui::words::t;

/// What [`Rename`] changes.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct RenameProps {
    /// The name as it is.
    pub name: AttrValue,
    /// It ends, with another name or without one. The flag says whether the
    /// focus was still in the field.
    pub on_end: Callback<(Option<Label>, bool)>,
}

/// A field in place of the name. Enter and leaving it keep what was typed,
/// Escape does not.
#[component]
pub(super) fn Rename(props: &RenameProps) -> Html {
    let node = use_node_ref();
    let over = use_mut_ref(|| false);
    let problem = use_state_eq(|| None::<AttrValue>);
    // An effect may come after the next key, which would be lost.
    use_memo((), |()| {
        let node = node.clone();
        spawn_local(async move {
            if let Some(input) = node.cast::<HtmlInputElement>() {
                let _ = input.focus();
                input.select();
            }
        });
    });
    let read = {
        let (node, name) = (node.clone(), props.name.clone());
        move || -> Result<Option<Label>, AttrValue> {
            let text = node.cast::<HtmlInputElement>().map(|input| input.value());
            let text = text.unwrap_or_default();
            let label: Label = text
                .parse()
                .map_err(|problem: NameError| AttrValue::from(problem.to_string()))?;
            Ok((label.as_str() != name.as_str()).then_some(label))
        }
    };
    let end = {
        let (over, on_end) = (over.clone(), props.on_end.clone());
        // A field that goes is left as well, which must not end it again.
        move |label: Option<Label>, here: bool| {
            if !over.replace(true) {
                on_end.emit((label, here));
            }
        }
    };
    let onkeydown = {
        let (read, end, problem) = (read.clone(), end.clone(), problem.setter());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                match read() {
                    Ok(label) => end(label, true),
                    Err(why) => problem.set(Some(why)),
                }
            }
            "Escape" => {
                // The dialog stays.
                event.prevent_default();
                end(None, true);
            }
            _ => problem.set(None),
        })
    };
    let onblur = Callback::from(move |_: FocusEvent| end(read().unwrap_or_default(), false));
    html! {
        <>
            <input
                ref={node} class="input projects__input" type="text" value={props.name.clone()} autocomplete="off" spellcheck="false"
                aria-label={t!("New name of {}", props.name)} aria-invalid={problem.as_ref().map(|_| "true")}
                aria-describedby="project-rename-problem" {onkeydown} {onblur}
            />
            <span id="project-rename-problem" class="field__error" role="alert">{ (*problem).clone() }</span>
        </>
    }
}
