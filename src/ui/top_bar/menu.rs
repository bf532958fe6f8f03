//! Menus that open below a button.
//!
//! The browser's own popover does what is hard: it closes on Escape and on a
//! click outside, lies above everything, and gives the focus back.

use yew::prelude::*;

use crate::ui::actions::{Deed, aria_keys, key_of};
use crate::ui::icon::{Glyph, Icon};

/// What [`Menu`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct MenuProps {
    /// Unique in the page.
    pub id: &'static str,
    /// What the button is called.
    pub label: &'static str,
    /// The button's icon.
    pub glyph: Glyph,
    /// Whether the button shows its name.
    #[prop_or_default]
    pub words: bool,
    /// Further classes of the button.
    #[prop_or_default]
    pub class: Classes,
    /// The entries.
    pub children: Html,
}

/// A button and the menu that it opens.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let kind = if props.words {
        "button button--primary"
    } else {
        "icon-button"
    };
    html! {
        <>
            <button
                type="button"
                class={classes!(kind, props.class.clone())}
                popovertarget={props.id}
                aria-label={(!props.words).then_some(props.label)}
                title={(!props.words).then_some(props.label)}
            >
                <Icon glyph={props.glyph} />
                if props.words {
                    <span>{ props.label }</span>
                }
            </button>
            <div id={props.id} class="menu" popover="auto">
                <ul class="menu__list" aria-label={props.label}>{ props.children.clone() }</ul>
            </div>
        </>
    }
}

/// What [`MenuItem`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct MenuItemProps {
    /// The menu that it closes.
    pub menu: &'static str,
    /// Its icon.
    pub glyph: Glyph,
    /// What it does.
    pub label: &'static str,
    /// What comes of it, in a few words.
    #[prop_or_default]
    pub note: &'static str,
    /// The language of its words, where that is another one than the page's.
    #[prop_or_default]
    pub tongue: Option<&'static str>,
    /// Whether it destroys something.
    #[prop_or_default]
    pub danger: bool,
    /// What it is in the table of actions, which knows its key.
    #[prop_or_default]
    pub deed: Option<Deed>,
    /// Hears that it was chosen.
    pub on_choose: Callback<()>,
}

/// One entry.
#[component]
pub fn MenuItem(props: &MenuItemProps) -> Html {
    html! {
        <li>
            <button
                type="button"
                class={classes!("menu__item", props.danger.then_some("is-danger"))}
                popovertarget={props.menu}
                popovertargetaction="hide"
                aria-keyshortcuts={props.deed.and_then(aria_keys)}
                onclick={props.on_choose.reform(|_| ())}
            >
                <Icon glyph={props.glyph} />
                <span class="menu__label" lang={props.tongue} translate={props.tongue.map(|_| "no")}>{ props.label }</span>
                if !props.note.is_empty() {
                    <span class="menu__note">{ props.note }</span>
                }
                if let Some(key) = props.deed.and_then(key_of) {
                    <kbd class="key" aria-hidden="true">{ key }</kbd>
                }
            </button>
        </li>
    }
}

/// A line between groups of entries.
#[component]
pub fn MenuLine() -> Html {
    html! { <li class="menu__line" aria-hidden="true" /> }
}
