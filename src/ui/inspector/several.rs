//! Several machines and sites at once: facts that they share, and what can be
//! done with all of them. One change is one step.

mod facts;
mod pairs;
mod sets;
mod sites;

use std::rc::Rc;

use yew::prelude::*;

use super::copies::Copies;
use super::section::Section;
use crate::editor::listing::natural;
use crate::editor::{Arrange, Command, Selection};
use crate::mesh::Subject;
use crate::plan::{NodeId, Plan, SiteId};
use crate::sorting::sort_by;
use crate::ui::field::Select;
use crate::ui::icon::{Glyph, Icon, of_form};
use crate::ui::session::use_dispatch;
use crate::ui::several::{arrange_buttons, delete_words, how_many};
use crate::ui::words::t;

/// So many names are listed; the rest is counted.
const MOST_NAMES: usize = 12;
/// The key of a choice that stands for different values.
const MIXED: &str = "mixed";

/// What [`SeveralPanel`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct SeveralPanelProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What is selected.
    pub chosen: Selection,
}

/// Everything about several things.
#[component]
pub fn SeveralPanel(props: &SeveralPanelProps) -> Html {
    let dispatch = use_dispatch();
    let SeveralPanelProps { plan, chosen } = props;
    let act = {
        let dispatch = dispatch.clone();
        Callback::from(move |command: Command| dispatch.dispatch(command.into()))
    };
    let parts = chosen.parts().to_vec();
    let order = {
        let parts = parts.clone();
        act.reform(move |how: Arrange| Command::Arrange(parts.clone(), how))
    };
    let tidy = {
        let parts = parts.clone();
        act.reform(move |_: MouseEvent| Command::Tidy(parts.clone()))
    };
    let delete = {
        let parts = parts.clone();
        act.reform(move |_: MouseEvent| Command::RemoveSeveral(parts.clone()))
    };
    let mut ids: Vec<NodeId> = chosen.nodes_with_sites(plan).cloned().collect();
    let name = |id: &NodeId| plan.nodes.get(id).map_or("", |node| node.name.as_str());
    sort_by(&mut ids, |one, other| natural(name(one), name(other)));
    let homes: Vec<SiteId> = chosen.sites().cloned().collect();
    html! {
        <>
            <Section>
                { names(plan, chosen, &act) }
            </Section>
            if !ids.is_empty() {
                <Section title={t!("Facts of all machines")} note={t!("One change is for all of them.")}>
                    { facts::facts(plan, &ids, &act) }
                    { facts::names(plan, &ids) }
                </Section>
                <Section title={t!("Groups")}>
                    { sets::groups(plan, &ids, &act) }
                </Section>
                { sets::leaves_out(plan, &ids, &act) }
                { pairs::pairs(plan, &ids, &act) }
                { facts::rare(plan, &ids, &act) }
            }
            if !homes.is_empty() {
                <Section title={t!("Facts of all sites")}>
                    { sites::facts(plan, &homes, &act) }
                </Section>
            }
            <Section title={t!("Order")}>
                { arrange_buttons(&parts, false, &order) }
                <button type="button" class="button button--small" onclick={tidy}><Icon glyph={Glyph::Tidy} />{ t!("Tidy up") }</button>
            </Section>
            <Section>
                <Copies plan={plan.clone()} parts={parts} />
                <button type="button" class="button button--small button--delete" onclick={delete}>
                    <Icon glyph={Glyph::Trash} />{ delete_words(chosen) }
                </button>
            </Section>
        </>
    }
}

/// The names of what is selected; each one leads to the thing alone.
fn names(plan: &Plan, chosen: &Selection, act: &Callback<Command>) -> Html {
    let named = |part: &Subject| match part {
        Subject::Site(id) => {
            let name = plan.sites.get(id)?.name.to_string();
            Some((part.clone(), Glyph::House, name))
        }
        Subject::Node(id) => {
            let node = plan.nodes.get(id)?;
            Some((part.clone(), of_form(node.form), node.name.to_string()))
        }
        Subject::Plan | Subject::Pair(_) => None,
    };
    let mut named: Vec<_> = chosen.parts().iter().filter_map(named).collect();
    sort_by(&mut named, |(_, _, one), (_, _, other)| natural(one, other));
    let more = named.len().saturating_sub(MOST_NAMES);
    html! {
        <ul class="chosen" aria-label={how_many(chosen)}>
            for (part, glyph, name) in named.into_iter().take(MOST_NAMES) {
                <li>
                    <button type="button" class="chosen__one" onclick={act.reform(move |_: MouseEvent| Command::Select(part.clone()))}>
                        <Icon {glyph} size={14} />{ name }
                    </button>
                </li>
            }
            if more > 0 {
                <li class="chosen__more">{ t!("and {} more", more) }</li>
            }
        </ul>
    }
}

/// What a choice is called.
struct Asked {
    /// Unique in the page.
    id: &'static str,
    /// What is chosen.
    label: AttrValue,
    /// One line that explains it.
    hint: AttrValue,
}

/// A list that opens, with the answer that holds for all, or "mixed". `set` makes
/// a command of the key of an answer.
fn choice(
    asked: Asked,
    mut options: Vec<(AttrValue, AttrValue)>,
    mut values: impl Iterator<Item = AttrValue>,
    act: &Callback<Command>,
    set: impl Fn(&str) -> Option<Command> + 'static,
) -> Html {
    let first = values.next().unwrap_or_default();
    let mixed = values.any(|value| value != first);
    let value = if mixed { MIXED.into() } else { first };
    if mixed {
        options.insert(0, (MIXED.into(), t!("Mixed")));
    }
    let on_change = {
        let act = act.clone();
        Callback::from(move |chosen: AttrValue| {
            if let Some(command) = set(&chosen) {
                act.emit(command);
            }
        })
    };
    let Asked { id, label, hint } = asked;
    html! { <Select {id} {label} {value} {options} {on_change} {hint} class="is-stacked" /> }
}
