//! Form fields: a label, a control, a line that explains it and, if something
//! is wrong, a line that says what to do.
//!
//! A field never holds the plan back: what is typed stays in the field until it
//! can be read, and only then changes the plan.

mod answer;
mod chips;
mod choice;
mod radio;
mod switch;
mod text;
mod why;

use std::fmt::Display;

use yew::prelude::*;

use super::icon::{Glyph, Icon};
use crate::editor::{Command, check};
use crate::plan::Plan;

pub use answer::{Answer, radios, select};
pub use chips::Chips;
pub use choice::{IconChoice, Select};
pub use radio::{Radio, Radios};
pub use switch::Switch;
pub use text::TextField;
use why::hinted;

/// What a field makes of its text: a command, or what is wrong with the text.
pub type Reading = Result<Command, String>;

/// A command as a reading: it counts only if it can be carried out.
pub fn possible(plan: &Plan, command: Command) -> Reading {
    match check(plan, &command) {
        Ok(()) => Ok(command),
        Err(problem) => Err(problem.to_string()),
    }
}

/// An error of the core as a sentence.
pub fn sentence(error: &impl Display) -> String {
    let text = error.to_string();
    // The standard library does not say how one is written.
    let text = match text.strip_prefix("invalid IP") {
        Some(rest) if rest.starts_with("v4") => "an IPv4 address is written like 192.168.1.10",
        Some(rest) if rest.starts_with("v6") => "an IPv6 address is written like fd12:3456:789a::1",
        Some(_) => "an address is written like 192.168.1.10 or fd12:3456:789a::1",
        None => &text,
    };
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_ascii_uppercase(), letters.as_str()),
        None => text.to_owned(),
    }
}

/// Reads text that may be empty.
pub fn optional<T>(text: &str) -> Result<Option<T>, String>
where
    T: std::str::FromStr,
    T::Err: Display,
{
    let text = text.trim();
    if text.is_empty() {
        Ok(None)
    } else {
        required(text).map(Some)
    }
}

/// Reads text that must not be empty.
pub fn required<T>(text: &str) -> Result<T, String>
where
    T: std::str::FromStr,
    T::Err: Display,
{
    text.trim().parse().map_err(|error| sentence(&error))
}

/// The lines below a control. The ids let the control point at them.
fn notes(id: &str, label: &AttrValue, hint: &AttrValue, error: Option<&str>) -> Html {
    html! {
        <>
            // The live region exists before it has something to say, or some
            // screen readers stay silent.
            <p class="field__error" id={format!("{id}-error")} aria-live="polite">
                if let Some(error) = error {
                    <Icon glyph={Glyph::Error} size={14} />
                    <span>{ error.to_owned() }</span>
                }
            </p>
            if !hint.is_empty() {
                { hinted(id, label, html! { <p class="field__hint" id={format!("{id}-hint")}>{ hint }</p> }) }
            }
        </>
    }
}

/// What describes a control: its complaint first, then its help.
fn described_by(id: &str, hint: &AttrValue, wrong: bool) -> Option<AttrValue> {
    let error = wrong.then(|| format!("{id}-error"));
    let hint = (!hint.is_empty()).then(|| format!("{id}-hint"));
    let ids: Vec<String> = error.into_iter().chain(hint).collect();
    (!ids.is_empty()).then(|| ids.join(" ").into())
}
