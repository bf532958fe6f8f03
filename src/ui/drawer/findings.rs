//! The findings: what is wrong, why it matters, and the one change that
//! settles it.

use std::rc::Rc;

use gloo::utils::window;
use yew::prelude::*;

use crate::editor::Command;
use crate::mesh::{Finding, Fix, Mesh, Severity, Subject};
use crate::plan::{NodeId, Plan};
use crate::ui::icon::{Glyph, Icon, of_form};
use crate::ui::inspector::findings::{FixButton, severity_icon};
use crate::ui::session::{Action, Dispatch, use_dispatch};
use crate::ui::top_bar::Counts;
use crate::ui::words::t;

/// What [`Findings`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct FindingsProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
}

/// All findings: errors first, and of these what is wrong with machines and sites.
#[component]
pub fn Findings(props: &FindingsProps) -> Html {
    let dispatch = use_dispatch();
    if props.mesh.findings.is_empty() {
        return empty(&props.mesh);
    }
    // What is wrong with a machine is often why its pairs do not connect.
    let root = |finding: &&Finding| {
        finding.severity == Severity::Error && !matches!(finding.subject, Subject::Pair(_))
    };
    let all = || props.mesh.findings.iter();
    let rest = all().filter(|finding| !root(finding));
    let ordered: Vec<&Finding> = all().filter(root).chain(rest).collect();
    html! {
        <>
            <h2 class="visually-hidden">{ "Findings" }</h2>
            <ul class="findings">
                for (place, finding) in ordered.iter().copied().enumerate() {
                    <li key={place} class="finding">
                        { severity_icon(finding.severity) }
                        <span class="finding__code code-word">{ finding.code.as_str() }</span>
                        <div class="finding__words">
                            <h3 class="finding__text">{ finding.text.clone() }</h3>
                            <p class="finding__why">{ finding.evidence.clone() }</p>
                        </div>
                        <div class="finding__ways">
                            { chip(&dispatch, &props.plan, finding) }
                            <FixButton finding={finding.clone()} />
                            { fix_all(&dispatch, &ordered, place) }
                        </div>
                    </li>
                }
            </ul>
        </>
    }
}

/// A button that settles all findings of one kind, at the first of them in the
/// order in which they show.
fn fix_all(dispatch: &Dispatch, shown: &[&Finding], place: usize) -> Html {
    let code = shown.get(place).map(|finding| finding.code);
    let harmless = |(at, finding): (usize, &&Finding)| {
        let fix = finding.fix.as_ref();
        let fix = fix.filter(|fix| Some(finding.code) == code && fix.edit.is_harmless());
        fix.map(|fix| (at, fix.clone()))
    };
    let mut alike = shown.iter().enumerate().filter_map(harmless).peekable();
    if alike.peek().is_none_or(|(first, _)| *first != place) {
        return Html::default();
    }
    let fixes: Vec<Fix> = alike.map(|(_, fix)| fix).collect();
    if fixes.len() < 2 {
        return Html::default();
    }
    let count = fixes.len();
    let onclick = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Command::ApplyFixes(fixes.clone()).into());
        })
    };
    html! {
        <button type="button" class="button button--small" {onclick}>
            <Icon glyph={Glyph::Bolt} />{ t!("Fix all {} of this kind", count) }
        </button>
    }
}

/// What it means that there is nothing to show.
fn empty(mesh: &Mesh) -> Html {
    let wanted = Counts::of(mesh).wanted();
    let meaning = match wanted {
        0 => "Add machines on the canvas. What stands in the way of a connection will be listed here, with a fix where one change is enough.".to_owned(),
        1 => "The pair connects, and no machine would refuse its file.".to_owned(),
        _ => format!("All {wanted} pairs connect, and no machine would refuse its file."),
    };
    html! {
        <div class="empty">
            <Icon glyph={Glyph::Check} size={20} />
            <h2 class="empty__title">{ "Nothing to fix." }</h2>
            <p class="empty__text">{ meaning }</p>
        </div>
    }
}

/// Whether the screen is so narrow that one pane shows at a time, by the same
/// measure as in the style sheets.
fn one_pane() -> bool {
    let query = window().match_media("(width < 900px)");
    query.is_ok_and(|list| list.is_some_and(|list| list.matches()))
}

/// What a finding is about. A click selects it.
fn chip(dispatch: &Dispatch, plan: &Plan, finding: &Finding) -> Html {
    let name = |id: &NodeId| {
        plan.nodes
            .get(id)
            .map_or_else(|| id.to_string(), |node| node.name.to_string())
    };
    let (glyph, words) = match &finding.subject {
        Subject::Plan => (Glyph::Canvas, "the whole mesh".to_owned()),
        Subject::Site(id) => (
            Glyph::House,
            plan.sites
                .get(id)
                .map_or_else(|| id.to_string(), |site| site.name.to_string()),
        ),
        Subject::Node(id) => (
            plan.nodes
                .get(id)
                .map_or(Glyph::Computer, |node| of_form(node.form)),
            name(id),
        ),
        Subject::Pair(pair) => {
            let (a, b) = pair.ends();
            (Glyph::BothWays, format!("{}, {}", name(a), name(b)))
        }
    };
    let select = {
        let (dispatch, subject) = (dispatch.clone(), finding.subject.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Command::Select(subject.clone()).into());
            if one_pane() {
                // The findings would cover what was just selected.
                dispatch.dispatch(Action::ShowTab(None));
            }
        })
    };
    html! {
        <button type="button" class="chip" onclick={select}>
            <Icon {glyph} size={14} />
            <span class="visually-hidden">{ "Select " }</span>
            <span class="chip__words">{ words }</span>
        </button>
    }
}
