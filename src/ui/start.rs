//! The first visit: what this is, and three ways to begin.

use yew::prelude::*;

use super::icon::{Glyph, Icon};
use super::top_bar::Mark;

/// A way to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// With the example.
    Example,
    /// With an empty plan.
    Empty,
    /// With a file.
    File,
}

/// What [`Start`] does.
#[derive(Clone, PartialEq, Properties)]
pub struct StartProps {
    /// A way to begin was chosen.
    pub on_choose: Callback<Beginning>,
    /// What there is to go on with.
    #[prop_or_default]
    pub children: Html,
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
            { props.children.clone() }
            { doors(&props.on_choose, false) }
            <p class="start__privacy">
                <Icon glyph={Glyph::Lock} />
                { "Keys are made here and stay here. Nothing leaves this browser, and it works offline." }
            </p>
        </section>
    }
}

/// The ways to begin. Where the example does not stand beside them, it is
/// opened and not kept.
pub(super) fn doors(on_choose: &Callback<Beginning>, away: bool) -> Html {
    let choose = |beginning| on_choose.reform(move |()| beginning);
    let example = if away {
        "Open the example"
    } else {
        "Keep this example"
    };
    html! {
        <div class="start__doors">
            <Door glyph={Glyph::Canvas} label={example} note="Three machines, two behind NAT" on_choose={choose(Beginning::Example)} main={!away} />
            <Door glyph={Glyph::Plus} label="Start empty" note="Add your first machine" on_choose={choose(Beginning::Empty)} />
            <Door glyph={Glyph::Folder} label="Open a project file" note="It stays on this machine" on_choose={choose(Beginning::File)} />
        </div>
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
