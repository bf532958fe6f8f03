//! A part of the inspector, set off by a hairline.

use yew::prelude::*;

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
