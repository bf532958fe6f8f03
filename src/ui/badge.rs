//! The badge of a verdict: its letter in a frame with the stroke that the same
//! verdict has as a line, so that colour only repeats what shape says.

use yew::prelude::*;

use crate::mesh::Verdict;

/// What [`Badge`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct BadgeProps {
    /// The verdict.
    pub verdict: Verdict,
    /// Whether it stands beside a title.
    #[prop_or_default]
    pub large: bool,
}

/// A verdict's badge. The words beside it say the same, so a screen reader
/// skips it.
#[component]
pub fn Badge(props: &BadgeProps) -> Html {
    let (letter, class) = look(&props.verdict);
    html! {
        <span class={classes!("badge", class, props.large.then_some("badge--large"))} aria-hidden="true">{ letter }</span>
    }
}

fn look(verdict: &Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Lan => ("L", "badge--lan"),
        Verdict::Direct | Verdict::Open => ("D", "badge--direct"),
        Verdict::Relayed(_) => ("R", "badge--relayed"),
        Verdict::Never => ("\u{2013}", "badge--never"),
        Verdict::Impossible => ("\u{d7}", "badge--impossible"),
    }
}
