//! What is lost while a machine is away, asked at the machine.

use std::rc::Rc;

use yew::prelude::*;

use super::section::Section;
use crate::mesh::Absence;
use crate::plan::{NodeId, Plan};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::{Action, use_dispatch};

/// More pairs than this are counted instead of named.
const MOST: usize = 6;

/// What [`Away`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct AwayProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// Which machine.
    pub id: NodeId,
    /// What is lost without it, if someone asked.
    pub absence: Option<Rc<Absence>>,
}

/// The question, and while it is asked the answer in words.
#[component]
pub fn Away(props: &AwayProps) -> Html {
    let dispatch = use_dispatch();
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let asked = props.absence.is_some();
    let toggle = {
        let id = props.id.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::WhatIf((!asked).then(|| id.clone())));
        })
    };
    html! {
        <Section>
            <button type="button" class="button button--small" aria-pressed={asked.to_string()} onclick={toggle}>
                <Icon glyph={Glyph::Plug} />{ format!("What if {} is away?", node.name) }
            </button>
            if let Some(absence) = &props.absence {
                <ul class="plain-list">
                    { for losses(&props.plan, absence).into_iter().map(|loss| html! { <li>{ loss }</li> }) }
                </ul>
            }
        </Section>
    }
}

/// What is lost, in sentences.
fn losses(plan: &Plan, absence: &Absence) -> Vec<String> {
    let name = |id: &NodeId| {
        plan.nodes
            .get(id)
            .map_or_else(|| id.to_string(), |node| node.name.to_string())
    };
    let pairs = |pairs: &[(NodeId, NodeId)], how: &str| -> Vec<String> {
        let named = pairs
            .iter()
            .take(MOST)
            .map(|(a, b)| format!("{} and {} lose each other{how}.", name(a), name(b)));
        let more = pairs.len().saturating_sub(MOST);
        let rest = (more > 0).then(|| format!("{more} more pairs are cut off{how}."));
        named.chain(rest).collect()
    };
    let mut lines = pairs(&absence.cut_off, ", and there is no other way");
    lines.extend(pairs(
        &absence.until_new_files,
        " until new files lead them another way",
    ));
    lines.extend(
        absence
            .lans
            .iter()
            .map(|lan| format!("Nobody reaches {lan}.")),
    );
    lines.extend(
        absence
            .without_internet
            .iter()
            .map(|id| format!("{} has no internet.", name(id))),
    );
    if lines.is_empty() {
        lines.push("Nobody else loses anything.".to_owned());
    }
    lines
}
