//! The findings of what is selected, each with its fix.

use std::rc::Rc;

use yew::prelude::*;

use super::section::Section;
use crate::editor::Command;
use crate::mesh::{Finding, Mesh, Severity, Subject};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::use_dispatch;

/// What [`Findings`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct FindingsProps {
    /// The mesh with its findings.
    pub mesh: Rc<Mesh>,
    /// Whose findings.
    pub subject: Subject,
}

/// The findings of one subject; nothing if there are none.
#[component]
pub fn Findings(props: &FindingsProps) -> Html {
    let findings: Vec<&Finding> = props
        .mesh
        .findings
        .iter()
        .filter(|finding| finding.subject == props.subject)
        .collect();
    if findings.is_empty() {
        return html! {};
    }
    let title = if findings.len() == 1 {
        "1 finding".to_owned()
    } else {
        format!("{} findings", findings.len())
    };
    html! {
        <Section {title}>
            for finding in findings {
                <div class="note-finding">
                    { severity_icon(finding.severity) }
                    <div>
                        <p class="note-finding__text"><span class="code-word">{ finding.code.as_str() }</span>{ format!(" {}.", finding.text) }</p>
                        <p class="note-finding__why">{ finding.evidence.clone() }</p>
                        <FixButton finding={finding.clone()} />
                    </div>
                </div>
            }
        </Section>
    }
}

/// The icon of a finding, in the colour of its severity.
pub fn severity_icon(severity: Severity) -> Html {
    let (glyph, class, words) = match severity {
        Severity::Error => (Glyph::Error, "severity severity--error", "Error"),
        Severity::Info => (Glyph::Info, "severity severity--info", "Note"),
        Severity::Warning => (Glyph::Warning, "severity severity--warning", "Warning"),
    };
    html! { <span class={class}><Icon {glyph} /><span class="visually-hidden">{ words }</span></span> }
}

/// What [`FixButton`] does.
#[derive(Clone, PartialEq, Properties)]
pub struct FixButtonProps {
    /// The finding.
    pub finding: Finding,
}

/// The button that settles a finding; nothing if no single change does.
#[component]
pub fn FixButton(props: &FixButtonProps) -> Html {
    let dispatch = use_dispatch();
    let Some(fix) = props.finding.fix.clone() else {
        return html! {};
    };
    let words = fix.text.clone();
    let apply = Callback::from(move |_: MouseEvent| {
        dispatch.dispatch(Command::ApplyFix(fix.clone()).into());
    });
    html! {
        <button type="button" class="button button--small button--fix" onclick={apply}>
            <Icon glyph={Glyph::Bolt} />{ words }
        </button>
    }
}
