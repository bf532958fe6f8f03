//! A machine's keys. The private one is shown on request only.

use std::rc::Rc;

use yew::prelude::*;
use zeroize::Zeroizing;

use super::section::Section;
use crate::plan::{NodeId, Plan};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::{Clip, Keys};

/// What stands where a secret is not shown.
pub const DOTS: &str = "\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}";

/// What [`KeysSection`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct KeysSectionProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// Which machine.
    pub id: NodeId,
    /// The project's keys.
    pub keys: Keys,
    /// Something shall go to the clipboard.
    pub on_copy: Callback<Clip>,
}

/// The keys of a machine.
#[component]
pub fn KeysSection(props: &KeysSectionProps) -> Html {
    let shown = use_state_eq(|| false);
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let keyring = match &props.keys {
        Keys::Ready(secrets) => Some(&secrets.0),
        Keys::Loading | Keys::Ask | Keys::Failed(_) => None,
    };
    let public = node.public_key.or_else(|| keyring?.public_key(&props.id));
    let private = keyring
        .and_then(|keyring| keyring.private_key(&props.id))
        .filter(|_| !node.keeps_its_key());
    let note = match (node.keeps_its_key(), public.is_some()) {
        (true, _) => "made on the machine",
        (false, true) => "made in this browser",
        (false, false) => "made when files are written",
    };
    let copy = public.map(|public| {
        let clip = Clip {
            secret_text: Zeroizing::new(public.to_string()),
            what: format!("the public key of {}", node.name).into(),
        };
        let on_copy = props.on_copy.clone();
        Callback::from(move |_: MouseEvent| on_copy.emit(clip.clone()))
    });
    let toggle = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(!*shown))
    };
    let (glyph, words) = if *shown {
        (Glyph::EyeOff, "Hide private key")
    } else {
        (Glyph::Eye, "Show private key")
    };
    html! {
        <Section title="Keys" {note}>
            if let Some(public) = public {
                <div class="fact">
                    <span class="fact__label">{ "Public key" }</span>
                    <span class="fact__value is-code" title={public.to_string()}>{ shortened(&public.to_string()) }</span>
                    <button type="button" class="icon-button" aria-label="Copy public key" title="Copy public key" onclick={copy}>
                        <Icon glyph={Glyph::Copy} />
                    </button>
                </div>
            }
            if let Some(private) = private {
                <div class="fact">
                    <span class="fact__label">{ "Private key" }</span>
                    if *shown {
                        <span class="fact__value fact__value--whole is-code">{ private.to_secret_text().as_str().to_owned() }</span>
                    } else {
                        <span class="fact__value is-hidden-secret"><span aria-hidden="true">{ DOTS }</span><span class="visually-hidden">{ "hidden" }</span></span>
                    }
                    <button type="button" class="icon-button" aria-label={words} title={words} aria-pressed={if *shown { "true" } else { "false" }} onclick={toggle}>
                        <Icon {glyph} />
                    </button>
                </div>
            }
            if node.keeps_its_key() {
                <p class="section__text">{ "The private key never comes here." }</p>
            }
        </Section>
    }
}

/// Start and end of a key, enough to compare two at a glance.
fn shortened(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    match (
        letters.get(..11),
        letters.get(letters.len().saturating_sub(7)..),
    ) {
        (Some(start), Some(end)) if letters.len() > 24 => {
            format!(
                "{}\u{2026}{}",
                start.iter().collect::<String>(),
                end.iter().collect::<String>()
            )
        }
        _ => key.to_owned(),
    }
}
