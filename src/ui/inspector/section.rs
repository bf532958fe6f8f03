//! A part of the inspector, set off by a hairline.

use yew::prelude::*;

use crate::ui::icon::{Glyph, Icon};

/// What [`Section`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct SectionProps {
    /// Its title. A part without one continues what stands above it.
    #[prop_or_default]
    pub title: AttrValue,
    /// A figure or word at the end of the title's line.
    #[prop_or_default]
    pub note: AttrValue,
    /// Its content.
    pub children: Html,
}

/// A part of the inspector.
#[component]
pub fn Section(props: &SectionProps) -> Html {
    html! {
        <section class="section">
            if !props.title.is_empty() {
                <div class="section__head">
                    <h3 class="section__title">{ &props.title }</h3>
                    if !props.note.is_empty() {
                        <p class="section__note">{ &props.note }</p>
                    }
                </div>
            }
            { props.children.clone() }
        </section>
    }
}

/// What [`More`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct MoreProps {
    /// What in it is set, in a few words; empty if nothing is.
    pub set: AttrValue,
    /// Its content.
    pub children: Html,
}

/// The rare facts, closed until someone asks for them. Its line says what in it
/// differs from the usual, so that nothing is set in secret.
#[component]
pub fn More(props: &MoreProps) -> Html {
    html! {
        <section class="section section--more">
            <details class="more">
                <summary class="more__line">
                    <Icon glyph={Glyph::ChevronRight} />
                    <span class="more__word">{ "More" }</span>
                    if !props.set.is_empty() {
                        <span class="more__set">{ format!("Set: {}", props.set) }</span>
                    }
                </summary>
                <div class="more__body">{ props.children.clone() }</div>
            </details>
        </section>
    }
}

/// The names of what is set, in one line.
pub fn named(facts: &[(&'static str, bool)]) -> String {
    let names: Vec<&str> = facts
        .iter()
        .filter(|(_, set)| *set)
        .map(|(name, _)| *name)
        .collect();
    names.join(", ")
}
