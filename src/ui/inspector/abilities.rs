//! What a machine may do and what others expect of it, as switches.

use std::rc::Rc;

use yew::prelude::*;

use super::inbound::{Forwarded, LetIn};
use super::section::Section;
use super::sharing::Sharing;
use crate::editor::{Command, NodeField};
use crate::plan::{Node, NodeId, Place, Plan, PublicKey, Relaying};
use crate::ui::field::{Reading, Switch, TextField, possible, required};
use crate::ui::session::use_dispatch;

/// What [`Abilities`] and its switches show.
#[derive(Clone, PartialEq, Properties)]
pub struct AbilitiesProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// Which machine.
    pub id: NodeId,
}

/// The switches of a machine.
#[component]
pub fn Abilities(props: &AbilitiesProps) -> Html {
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let (plan, id) = (props.plan.clone(), props.id.clone());
    html! {
        <Section>
            if let Place::Site { .. } = node.place {
                <Forwarded plan={plan.clone()} id={id.clone()} />
                <LetIn plan={plan.clone()} id={id.clone()} />
            }
            if !node.platform.is_app() || !node.shares.is_empty() {
                <Sharing plan={plan.clone()} id={id.clone()} />
            }
            <MayRelay plan={plan.clone()} id={id.clone()} />
            <ReachableIdle plan={plan.clone()} id={id.clone()} />
            <OffersExit plan={plan.clone()} id={id.clone()} />
            <OwnKey {plan} {id} />
        </Section>
    }
}

/// Whether the machine forwards packets between others.
#[component]
fn MayRelay(props: &AbilitiesProps) -> Html {
    let dispatch = use_dispatch();
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let refused = (!node.platform.can_forward()).then_some(AttrValue::Static(
        "An app cannot forward packets for others.",
    ));
    let hint = match node.relay {
        Relaying::Automatic if matches!(node.place, Place::Internet(_)) => {
            "As usual for a machine on the internet."
        }
        Relaying::Automatic => "As usual for a machine that is not on the internet.",
        Relaying::Yes => "It can read what it relays.",
        Relaying::No => "Never, whatever that costs.",
    };
    let on_change = {
        let id = props.id.clone();
        Callback::from(move |on: bool| {
            let relay = if on { Relaying::Yes } else { Relaying::No };
            dispatch.dispatch(Command::EditNode(id.clone(), NodeField::Relay(relay)).into());
        })
    };
    html! { <Switch id="node-relay" label="May relay for others" on={node.may_relay()} {on_change} {hint} {refused} /> }
}

/// Whether others must reach the machine while it is silent.
#[component]
fn ReachableIdle(props: &AbilitiesProps) -> Html {
    let dispatch = use_dispatch();
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let on = node.must_be_reachable_idle();
    let hint = match (on, &node.place) {
        (true, Place::Internet(_)) => "Others can dial it at any time.",
        (true, _) => "It sends an empty packet every 25 seconds where its router would forget it.",
        (false, _) => "Others reach it once it has spoken. That spares its battery.",
    };
    let on_change = {
        let id = props.id.clone();
        Callback::from(move |on: bool| {
            dispatch
                .dispatch(Command::EditNode(id.clone(), NodeField::ReachableIdle(Some(on))).into());
        })
    };
    html! { <Switch id="node-idle" label="Must be reachable while idle" {on} {on_change} {hint} /> }
}

/// Whether others may reach the internet through the machine.
#[component]
fn OffersExit(props: &AbilitiesProps) -> Html {
    let dispatch = use_dispatch();
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let refused = (!node.platform.can_forward() && !node.exit).then_some(AttrValue::Static(
        "An app cannot forward packets for others.",
    ));
    let hint = if node.exit {
        "Each machine chooses for itself whether it uses it. Websites then see this machine\u{2019}s address."
    } else {
        "Nobody reaches the internet through it."
    };
    let on_change = {
        let id = props.id.clone();
        Callback::from(move |on: bool| {
            dispatch.dispatch(Command::EditNode(id.clone(), NodeField::Exit(on)).into());
        })
    };
    html! { <Switch id="node-exit" label="Offers its internet connection" on={node.exit} {on_change} {hint} {refused} /> }
}

/// Whether the machine keeps its private key to itself.
#[component]
fn OwnKey(props: &AbilitiesProps) -> Html {
    let dispatch = use_dispatch();
    // The switch is on before the key is known; the plan hears of the key only.
    let asking = use_state_eq(|| false);
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let on = node.keeps_its_key() || *asking;
    let refused = (node.platform.is_app() && !on).then_some(AttrValue::Static(
        "The WireGuard app refuses a file without a private key.",
    ));
    let on_change = {
        let (id, asking, known) = (props.id.clone(), asking.clone(), node.keeps_its_key());
        Callback::from(move |on: bool| {
            asking.set(on);
            if !on && known {
                dispatch.dispatch(Command::EditNode(id.clone(), NodeField::PublicKey(None)).into());
            }
        })
    };
    let read = {
        let (plan, id) = (props.plan.clone(), props.id.clone());
        Callback::from(move |text: String| -> Reading {
            possible(
                &plan,
                Command::EditNode(
                    id.clone(),
                    NodeField::PublicKey(Some(required::<PublicKey>(&text)?)),
                ),
            )
        })
    };
    html! {
        <Switch
            id="node-own-key" label="Keeps its private key to itself" {on} {on_change} {refused}
            hint={if on { "Its file loads the key from the machine." } else { "Meshwright makes its keys." }}
        >
            if on {
                <TextField
                    id="node-public-key" label="Public key" value={key_words(node)} {read} code=true class="is-nested"
                    placeholder="44 characters" hint="What wg pubkey prints on the machine."
                />
            }
        </Switch>
    }
}

fn key_words(node: &Node) -> String {
    node.public_key
        .map_or_else(String::new, |key| key.to_string())
}
