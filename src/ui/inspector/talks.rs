//! With whom a machine talks, and through whom it reaches the internet.

use std::rc::Rc;

use yew::prelude::*;

use super::abilities::AbilitiesProps;
use super::section::Section;
use crate::editor::{Command, NodeField};
use crate::plan::{Label, Node, NodeId, Plan, Talk};
use crate::ui::field::{Chips, Reading, Select, possible, required};
use crate::ui::session::use_dispatch;

/// The key of "none of them"; no machine's identity is empty.
const NONE: AttrValue = AttrValue::Static("");

/// The groups of a machine, and its way to the internet if there is a choice.
#[component]
pub fn Talks(props: &AbilitiesProps) -> Html {
    html! {
        <Section title="Whom it talks to">
            <Groups plan={props.plan.clone()} id={props.id.clone()} />
            <InternetThrough plan={props.plan.clone()} id={props.id.clone()} />
        </Section>
    }
}

/// All groups of a plan in the order of the alphabet.
pub fn groups_of(plan: &Plan) -> Vec<Label> {
    let of_nodes = plan.nodes.values().flat_map(|node| node.groups.clone());
    let of_talk = match &plan.talk {
        Talk::Everyone => &[][..],
        Talk::Only(pairs) => pairs,
    };
    let of_talk = of_talk.iter().flat_map(|pair| {
        let (one, other) = pair.ends();
        [one.clone(), other.clone()]
    });
    crate::sorting::distinct(of_nodes.chain(of_talk).collect())
}

#[component]
fn Groups(props: &AbilitiesProps) -> Html {
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let read = {
        let (plan, id) = (props.plan.clone(), props.id.clone());
        Callback::from(move |texts: Vec<String>| -> Reading {
            let groups = texts
                .iter()
                .map(|text| required::<Label>(text))
                .collect::<Result<_, _>>()?;
            possible(
                &plan,
                Command::EditNode(id.clone(), NodeField::Groups(groups)),
            )
        })
    };
    let words = |groups: &[Label]| -> Vec<AttrValue> {
        groups
            .iter()
            .map(|group| group.to_string().into())
            .collect()
    };
    html! {
        <Chips
            id="node-groups" label="Groups" noun="group" values={words(&node.groups)} known={words(&groups_of(&props.plan))} {read}
            placeholder="such as servers" hint={groups_hint(&props.plan.talk, node)}
        />
    }
}

/// What a machine's groups do as the mesh stands.
fn groups_hint(talk: &Talk, node: &Node) -> String {
    let Talk::Only(pairs) = talk else {
        return "Names of your own. They matter once the mesh says that only some groups talk."
            .to_owned();
    };
    if node.groups.is_empty() {
        return "Only groups talk in this mesh. Without one it talks to nobody.".to_owned();
    }
    let partners = pairs.iter().flat_map(|pair| {
        let (one, other) = pair.ends();
        let toward = |own: &Label, end: &Label| node.is_in(own).then(|| end.to_string());
        toward(one, other).into_iter().chain(toward(other, one))
    });
    let partners = crate::sorting::distinct(partners.collect());
    if partners.is_empty() {
        "No group may talk to these, so it talks to nobody.".to_owned()
    } else {
        format!("It talks to: {}.", partners.join(", "))
    }
}

#[component]
fn InternetThrough(props: &AbilitiesProps) -> Html {
    let dispatch = use_dispatch();
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let exits = others(&props.plan, &props.id, node.uses_exit.as_ref(), |node| {
        node.exit
    });
    if exits.is_empty() {
        return html! {};
    }
    let hint = if node.uses_exit.is_some() {
        "All its traffic to the internet goes there, and only while that link is direct."
    } else {
        "The mesh carries only what is for the mesh."
    };
    let id = props.id.clone();
    let on_change = Callback::from(move |exit: Option<NodeId>| {
        dispatch.dispatch(Command::EditNode(id.clone(), NodeField::UsesExit(exit)).into());
    });
    html! {
        <OneOf
            id="node-uses-exit" label="Internet via" none="Its own connection (recommended)" {hint}
            chosen={node.uses_exit.clone()} nodes={exits} {on_change}
        />
    }
}

/// The machine through which alone a machine talks.
#[component]
pub fn OnlyThrough(props: &AbilitiesProps) -> Html {
    let dispatch = use_dispatch();
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let hubs = others(&props.plan, &props.id, node.hub.as_ref(), Node::may_relay);
    let hint = if hubs.is_empty() {
        "No other machine may relay."
    } else if node.hub.is_some() {
        "It knows this one machine only, which relays all the rest and can read it. Its file stays small."
    } else {
        "The planner finds the best path to each machine."
    };
    let id = props.id.clone();
    let on_change = Callback::from(move |hub: Option<NodeId>| {
        dispatch.dispatch(Command::EditNode(id.clone(), NodeField::Hub(hub)).into());
    });
    html! {
        <OneOf
            id="node-hub" label="Only through" none="No, as planned (recommended)" {hint}
            chosen={node.hub.clone()} nodes={hubs} {on_change}
        />
    }
}

/// Other machines that a question is about, and the one that is chosen, even if
/// it does not fit or is gone.
fn others(
    plan: &Plan,
    id: &NodeId,
    chosen: Option<&NodeId>,
    fits: impl Fn(&Node) -> bool,
) -> Vec<(NodeId, AttrValue)> {
    let mut list: Vec<(NodeId, AttrValue)> = plan
        .nodes
        .iter()
        .filter(|(other, node)| *other != id && (fits(node) || Some(*other) == chosen))
        .map(|(other, node)| (other.clone(), node.name.to_string().into()))
        .collect();
    if let Some(gone) = chosen.filter(|chosen| !plan.nodes.contains_key(chosen)) {
        list.push((gone.clone(), format!("{gone}, which is gone").into()));
    }
    list
}

/// What [`OneOf`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct OneOfProps {
    /// Unique in the page.
    pub id: AttrValue,
    /// What is chosen.
    pub label: AttrValue,
    /// The words for none of them.
    pub none: AttrValue,
    /// One line that explains it.
    pub hint: AttrValue,
    /// The machine that is chosen.
    pub chosen: Option<NodeId>,
    /// The machines to choose from, with their names.
    pub nodes: Vec<(NodeId, AttrValue)>,
    /// Hears the choice.
    pub on_change: Callback<Option<NodeId>>,
}

/// One machine of several, or none.
#[component]
pub fn OneOf(props: &OneOfProps) -> Html {
    let key = |id: &NodeId| AttrValue::from(Rc::<str>::from(id.as_str()));
    let options: Vec<(AttrValue, AttrValue)> = std::iter::once((NONE, props.none.clone()))
        .chain(props.nodes.iter().map(|(id, name)| (key(id), name.clone())))
        .collect();
    let on_change = props
        .on_change
        .reform(|key: AttrValue| (key != NONE).then(|| NodeId::new(&key)));
    html! {
        <Select
            id={props.id.clone()} label={props.label.clone()} hint={props.hint.clone()}
            value={props.chosen.as_ref().map_or(NONE, key)} {options} {on_change} disabled={props.nodes.is_empty()} class="is-stacked"
        />
    }
}
