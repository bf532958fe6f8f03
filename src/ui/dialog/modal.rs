//! A dialog in front of the page, by the browser's own element, which keeps the
//! focus inside and the rest of the page out of reach.

use std::rc::Rc;

use gloo::utils::document;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlDialogElement, HtmlElement};
use yew::platform::spawn_local;
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
    let front = use_mut_ref(|| None::<Front>);
    // An effect may run only after the keys that wait already, and these would
    // go to what lies behind; this runs as soon as the element is in the page.
    use_memo((), |()| {
        let (node, front) = (node.clone(), Rc::downgrade(&front));
        spawn_local(async move {
            if let (Some(dialog), Some(front)) = (node.cast(), front.upgrade()) {
                front.replace(Some(Front::open(dialog)));
            }
        });
    });
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

/// A dialog in front of the page. Dropped, it closes and the focus goes back.
struct Front {
    dialog: HtmlDialogElement,
    before: Option<HtmlElement>,
}

impl Front {
    fn open(dialog: HtmlDialogElement) -> Self {
        // The element gives the focus back only if it is closed before it
        // goes, so the page remembers by itself.
        let before = document().active_element().map(or_its_menu_button);
        let before = before.and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if !dialog.open() {
            // It fails only for an element that is not in the page.
            let _ = dialog.show_modal();
        }
        Self { dialog, before }
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.dialog.close();
        if let Some(before) = &self.before {
            let _ = before.focus();
        }
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
