//! The first visit: what this is, and three ways to begin.

use yew::prelude::*;

use super::icon::{Glyph, Icon};
use super::top_bar::Mark;

/// What [`Start`] does.
#[derive(Clone, PartialEq, Properties)]
pub struct StartProps {
    /// The example shall be kept.
    pub on_keep: Callback<()>,
    /// An empty plan shall be begun.
    pub on_empty: Callback<()>,
    /// A file shall be opened.
    pub on_open: Callback<()>,
}

/// The panel of the first visit. The example is already alive beside it.
#[component]
pub fn Start(props: &StartProps) -> Html {
    html! {
        <section class="start" aria-labelledby="start-title">
            <p class="start__brand"><Mark />{ "Meshwright" }</p>
            <h2 id="start-title" class="start__title">{ "Plan a WireGuard mesh that connects" }</h2>
            <p class="start__text">
                { "Say where each machine stands. Meshwright works out who can dial whom, picks the relays, and writes every config with a reason for every line." }
            </p>
            <div class="start__doors">
                <Door glyph={Glyph::Canvas} label="Keep this example" note="Three machines, two behind NAT" on_choose={props.on_keep.clone()} main=true />
                <Door glyph={Glyph::Plus} label="Start empty" note="Add your first machine" on_choose={props.on_empty.clone()} />
                <Door glyph={Glyph::Folder} label="Open a project file" note="It stays on this machine" on_choose={props.on_open.clone()} />
            </div>
            <p class="start__privacy">
                <Icon glyph={Glyph::Lock} />
                { "Keys are made here and stay here. Nothing leaves this browser, and it works offline." }
            </p>
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct DoorProps {
    glyph: Glyph,
    label: &'static str,
    note: &'static str,
    #[prop_or_default]
    main: bool,
    on_choose: Callback<()>,
}

#[component]
fn Door(props: &DoorProps) -> Html {
    html! {
        <button
            type="button"
            class={classes!("door", props.main.then_some("door--main"))}
            onclick={props.on_choose.reform(|_| ())}
        >
            <Icon glyph={props.glyph} />
            <span class="door__words">
                <span class="door__label">{ props.label }</span>
                <span class="door__note">{ props.note }</span>
            </span>
            <Icon glyph={Glyph::ChevronRight} />
        </button>
    }
}
