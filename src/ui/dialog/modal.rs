//! A dialog in front of the page, by the browser's own element, which keeps the
//! focus inside and the rest of the page out of reach.

use gloo::utils::document;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlDialogElement, HtmlElement};
use yew::prelude::*;

use crate::ui::icon::{Glyph, Icon};

/// What [`Modal`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ModalProps {
    /// Unique in the page.
    pub id: &'static str,
    /// Its title.
    pub title: AttrValue,
    /// Escape, the cross or a click beside it: it shall close.
    pub on_close: Callback<()>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// What it says.
    pub children: Html,
}

/// A dialog that is open for as long as it is rendered.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            // The element gives the focus back only if it is closed before it
            // goes, so the page remembers by itself.
            let before = document().active_element().map(or_its_menu_button);
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog
                && !dialog.open()
            {
                // It fails only for an element that is not in the page.
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
                if let Some(before) =
                    before.and_then(|element| element.dyn_into::<HtmlElement>().ok())
                {
                    let _ = before.focus();
                }
            }
        });
    }
    let oncancel = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            on_close.emit(());
        })
    };
    // A click on the backdrop has the dialog itself as its target.
    let onclick = {
        let (on_close, node) = (props.on_close.clone(), node.clone());
        Callback::from(move |event: MouseEvent| {
            let target = event.target_dyn_into::<HtmlDialogElement>();
            if target.is_some() && target == node.cast::<HtmlDialogElement>() {
                on_close.emit(());
            }
        })
    };
    let title = format!("{}-title", props.id);
    html! {
        <dialog ref={node} id={props.id} class={classes!("dialog", props.class.clone())} aria-labelledby={title.clone()} {oncancel} {onclick}>
            <div class="dialog__box">
                <header class="dialog__head">
                    <h2 id={title} class="dialog__title">{ &props.title }</h2>
                    <button type="button" class="icon-button" aria-label="Close" onclick={props.on_close.reform(|_| ())}>
                        <Icon glyph={Glyph::Close} />
                    </button>
                </header>
                { props.children.clone() }
            </div>
        </dialog>
    }
}

/// The element itself or, for an entry of a menu, the button that opens the
/// menu: the entry is gone when the dialog closes.
fn or_its_menu_button(element: Element) -> Element {
    let menu = element.closest("[popover]").ok().flatten();
    let button = menu.and_then(|menu| {
        let query = format!("[popovertarget='{}']:not([popovertargetaction])", menu.id());
        document().query_selector(&query).ok().flatten()
    });
    button.unwrap_or(element)
}
