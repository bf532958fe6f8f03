//! Several machines and sites at once: facts that they share, and what can be
//! done with all of them. One change is one step.

use std::rc::Rc;

use yew::prelude::*;

use super::platform_words;
use super::section::Section;
use crate::editor::{Arrange, Command, NodeField, Selection};
use crate::mesh::Subject;
use crate::plan::{Label, Node, NodeId, Place, Plan, Platform, PublicAddress, Relaying};
use crate::ui::canvas::duplicated;
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
    let duplicate = {
        let (plan, parts) = (plan.clone(), parts.clone());
        act.reform(move |_: MouseEvent| duplicated(&plan, &parts))
    };
    let delete = {
        let parts = parts.clone();
        act.reform(move |_: MouseEvent| Command::RemoveSeveral(parts.clone()))
    };
    let ids: Vec<NodeId> = chosen.nodes_with_sites(plan).cloned().collect();
    html! {
        <>
            <Section>
                { names(plan, chosen, &act) }
            </Section>
            <Section title={t!("Order")}>
                { arrange_buttons(&parts, false, &order) }
                <button type="button" class="button button--small" onclick={tidy}><Icon glyph={Glyph::Tidy} />{ t!("Tidy up") }</button>
            </Section>
            if !ids.is_empty() {
                <Section title={t!("Facts of all machines")} note={t!("One change is for all of them.")}>
                    { facts(plan, &ids, &act) }
                </Section>
                <Section title={t!("Groups")}>
                    { groups(plan, &ids, &act) }
                </Section>
            }
            <Section>
                <div class="buttons">
                    <button type="button" class="button button--small" onclick={duplicate}><Icon glyph={Glyph::Copy} />{ t!("Duplicate") }</button>
                    <button type="button" class="button button--small button--delete" onclick={delete}>
                        <Icon glyph={Glyph::Trash} />{ delete_words(chosen) }
                    </button>
                </div>
            </Section>
        </>
    }
}

/// The names of what is selected; each one leads to the thing alone.
fn names(plan: &Plan, chosen: &Selection, act: &Callback<Command>) -> Html {
    let named = |part: &Subject| match part {
        Subject::Site(id) => {
            let name = plan.sites.get(id)?.name.to_string();
            Some((Glyph::House, name))
        }
        Subject::Node(id) => {
            let node = plan.nodes.get(id)?;
            Some((of_form(node.form), node.name.to_string()))
        }
        Subject::Plan | Subject::Pair(_) => None,
    };
    let more = chosen.parts().len().saturating_sub(MOST_NAMES);
    html! {
        <ul class="chosen" aria-label={how_many(chosen)}>
            for part in chosen.parts().iter().take(MOST_NAMES) {
                if let Some((glyph, name)) = named(part) {
                    <li>
                        <button type="button" class="chosen__one" onclick={ { let part = part.clone(); act.reform(move |_: MouseEvent| Command::Select(part.clone())) } }>
                            <Icon {glyph} size={14} />{ name }
                        </button>
                    </li>
                }
            }
            if more > 0 {
                <li class="chosen__more">{ t!("and {} more", more) }</li>
            }
        </ul>
    }
}

/// One answer: its key, its words, and what it sets.
type Answer = (AttrValue, AttrValue, NodeField);

/// A list that opens, with the answer that holds for all machines, or "mixed".
fn choice(
    plan: &Plan,
    ids: &[NodeId],
    act: &Callback<Command>,
    (id, label): (&'static str, AttrValue),
    answers: Vec<Answer>,
    now: impl Fn(&Node) -> AttrValue,
) -> Html {
    let mut values = ids.iter().filter_map(|id| plan.nodes.get(id)).map(now);
    let first = values.next().unwrap_or_default();
    let mixed = values.any(|value| value != first);
    let value = if mixed { MIXED.into() } else { first };
    let mut options: Vec<(AttrValue, AttrValue)> = Vec::with_capacity(answers.len() + 1);
    if mixed {
        options.push((MIXED.into(), t!("Mixed")));
    }
    let own = answers
        .iter()
        .map(|(key, words, _)| (key.clone(), words.clone()));
    options.extend(own);
    let on_change = {
        let (act, ids) = (act.clone(), ids.to_vec());
        Callback::from(move |chosen: AttrValue| {
            if let Some((_, _, field)) = answers.iter().find(|(key, _, _)| *key == chosen) {
                act.emit(Command::for_all(&ids, field));
            }
        })
    };
    html! { <Select {id} {label} {value} {options} {on_change} class="is-stacked" /> }
}

/// A machine as a key: identities may hold anything, so that a word in front
/// keeps them apart from the other keys.
fn key_of(id: &str) -> AttrValue {
    format!("id {id}").into()
}

fn key_of_machine(id: Option<&NodeId>) -> AttrValue {
    id.map_or(AttrValue::Static("none"), |id| key_of(id.as_str()))
}

/// The answers "none" and every machine that fits.
fn machines(
    plan: &Plan,
    none: AttrValue,
    fits: impl Fn(&Node) -> bool,
    field: fn(Option<NodeId>) -> NodeField,
) -> Vec<Answer> {
    let fitting = plan.nodes.iter().filter(|(_, node)| fits(node));
    let all = fitting.map(|(id, node)| {
        let words = node.name.to_string().into();
        (key_of(id.as_str()), words, field(Some(id.clone())))
    });
    let none = (AttrValue::Static("none"), none, field(None));
    std::iter::once(none).chain(all).collect()
}

fn facts(plan: &Plan, ids: &[NodeId], act: &Callback<Command>) -> Html {
    let key = AttrValue::Static;
    let platform = |platform: Platform| match platform {
        Platform::Linux => key("linux"),
        Platform::Android => key("android"),
        Platform::Ios => key("ios"),
    };
    let platforms = [Platform::Linux, Platform::Android, Platform::Ios].map(|one| {
        let words = platform_words(one).into();
        (platform(one), words, NodeField::Platform(one))
    });
    let internet = Place::Internet(PublicAddress::default());
    let mut places = vec![
        (
            key("internet"),
            t!("On the internet"),
            NodeField::Place(internet),
        ),
        (key("roams"), t!("Roams"), NodeField::Place(Place::Roams)),
    ];
    places.extend(plan.sites.iter().map(|(id, site)| {
        let place = NodeField::Place(Place::at(id.clone()));
        (key_of(id.as_str()), site.name.to_string().into(), place)
    }));
    let relays = vec![
        (
            key("usual"),
            t!("As planned"),
            NodeField::Relay(Relaying::Automatic),
        ),
        (key("yes"), t!("Relays"), NodeField::Relay(Relaying::Yes)),
        (
            key("no"),
            t!("Never relays"),
            NodeField::Relay(Relaying::No),
        ),
    ];
    let three = |usual, yes, no, field: fn(Option<bool>) -> NodeField| {
        vec![
            (key("usual"), usual, field(None)),
            (key("yes"), yes, field(Some(true))),
            (key("no"), no, field(Some(false))),
        ]
    };
    let on = three(
        t!("The usual for its place"),
        t!("Always on"),
        t!("Sometimes off"),
        NodeField::AlwaysOn,
    );
    let idle = three(
        t!("The usual for its place"),
        t!("Reachable while it is silent"),
        t!("Only after it has spoken"),
        NodeField::ReachableIdle,
    );
    let truth = |truth: Option<bool>| match truth {
        None => key("usual"),
        Some(true) => key("yes"),
        Some(false) => key("no"),
    };
    let exits = vec![
        (
            key("no"),
            t!("Keeps its internet connection to itself"),
            NodeField::Exit(false),
        ),
        (
            key("yes"),
            t!("Offers its internet connection"),
            NodeField::Exit(true),
        ),
    ];
    let hubs = machines(plan, t!("No, as planned"), Node::may_relay, NodeField::Hub);
    let through = machines(
        plan,
        t!("Its own connection"),
        |node| node.exit,
        NodeField::UsesExit,
    );
    html! {
        <>
            { choice(plan, ids, act, ("several-platform", t!("Platform")), platforms.to_vec(), |node| platform(node.platform)) }
            { choice(plan, ids, act, ("several-place", t!("Stands")), places, |node| match &node.place {
                Place::Internet(_) => key("internet"),
                Place::Roams => key("roams"),
                Place::Site { site, .. } => key_of(site.as_str()),
            }) }
            { choice(plan, ids, act, ("several-relay", t!("Relay")), relays, |node| match node.relay {
                Relaying::Automatic => key("usual"),
                Relaying::Yes => key("yes"),
                Relaying::No => key("no"),
            }) }
            { choice(plan, ids, act, ("several-on", t!("Hours")), on, |node| truth(node.always_on)) }
            { choice(plan, ids, act, ("several-idle", t!("Silent machines")), idle, |node| truth(node.reachable_idle)) }
            { choice(plan, ids, act, ("several-hub", t!("Only through")), hubs, |node| key_of_machine(node.hub.as_ref())) }
            { choice(plan, ids, act, ("several-exit", t!("Internet for others")), exits, |node| truth(Some(node.exit))) }
            { choice(plan, ids, act, ("several-uses-exit", t!("Internet via")), through, |node| key_of_machine(node.uses_exit.as_ref())) }
        </>
    }
}

/// Every group of the plan, each with how many of the machines belong to it. A
/// press puts all in, or takes all out if all are in.
fn groups(plan: &Plan, ids: &[NodeId], act: &Callback<Command>) -> Html {
    let all = plan
        .nodes
        .values()
        .flat_map(|node| node.groups.iter().cloned());
    let known: Vec<Label> = crate::sorting::distinct(all.collect());
    if known.is_empty() {
        return html! { <p class="field__hint">{ t!("No machine of this mesh belongs to a group yet.") }</p> };
    }
    let one = |group: &Label| {
        let nodes = ids.iter().filter_map(|id| Some((id, plan.nodes.get(id)?)));
        let inside = nodes.clone().filter(|(_, node)| node.is_in(group)).count();
        let pressed = match inside {
            0 => "false",
            inside if inside == ids.len() => "true",
            _ => "mixed",
        };
        let edits: Vec<(NodeId, NodeField)> = nodes
            .map(|(id, node)| {
                let mut groups = node.groups.clone();
                groups.retain(|other| other != group);
                if pressed != "true" {
                    groups.push(group.clone());
                }
                (id.clone(), NodeField::Groups(groups))
            })
            .collect();
        let set = act.reform(move |_: MouseEvent| Command::EditNodes(edits.clone()));
        html! {
            <button type="button" class="button button--small group" aria-pressed={pressed} onclick={set}>
                { group.to_string() }
                <span class="group__count">{ t!("{} of {}", inside, ids.len()) }</span>
            </button>
        }
    };
    html! {
        <div class="buttons" role="group" aria-label={t!("Groups of all machines")}>
            for group in &known {
                { one(group) }
            }
        </div>
    }
}
