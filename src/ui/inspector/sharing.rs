//! The LANs that a machine opens to the mesh, and how their answers return.

use std::rc::Rc;

use yew::prelude::*;

use super::abilities::AbilitiesProps;
use crate::editor::{Command, NodeField};
use crate::plan::{Answers, NodeId, Plan, Prefix, SharedLan};
use crate::ui::field::{Reading, Select, Switch, TextField, possible, required};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::use_dispatch;
use crate::ui::words::t;

/// How answers return, each with the key and the words of its choice.
const ANSWERS: [(&str, Answers, &str); 3] = [
    ("translate", Answers::Translate, "This machine translates"),
    ("route", Answers::Route, "Router has a static route"),
    ("nothing", Answers::Nothing, "Nothing yet"),
];

/// Whether and which LANs a machine shares.
#[component]
pub fn Sharing(props: &AbilitiesProps) -> Html {
    let dispatch = use_dispatch();
    // A line whose prefix is not typed yet; the plan hears of prefixes only.
    let adding = use_state_eq(|| false);
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    {
        let adding = adding.setter();
        use_effect_with(node.shares.len(), move |_| adding.set(false));
    }
    let on = !node.shares.is_empty() || *adding;
    let on_change = {
        let (id, adding) = (props.id.clone(), adding.clone());
        let known: Vec<SharedLan> = props
            .plan
            .site_of(node)
            .map(|site| {
                site.lans
                    .iter()
                    .map(|lan| SharedLan {
                        prefix: *lan,
                        answers: Answers::Translate,
                    })
                    .collect()
            })
            .unwrap_or_default();
        Callback::from(move |on: bool| {
            adding.set(on && known.is_empty());
            let shares = if on { known.clone() } else { Vec::new() };
            dispatch.dispatch(share(&id, shares));
        })
    };
    let more = adding.setter();
    // The new line has the place that it keeps, so that the focus stays in it.
    let new_line = adding.then_some(None);
    let lines: Vec<Option<SharedLan>> = node
        .shares
        .iter()
        .copied()
        .map(Some)
        .chain(new_line)
        .collect();
    let hint = if on {
        t!("Others reach the hosts of these LANs through it.")
    } else {
        t!("Others then reach the hosts of its LAN through it.")
    };
    html! {
        <Switch id="node-shares" label="Shares its LAN" {on} {on_change} {hint}>
            if on {
                <div class="shares">
                    for (place, lan) in lines.into_iter().enumerate() {
                        <Share key={place} plan={props.plan.clone()} id={props.id.clone()} {place} {lan} />
                    }
                    if !*adding {
                        <button type="button" class="button button--quiet button--small" onclick={move |_| more.set(true)}>
                            <Icon glyph={Glyph::Plus} />{ "Share another LAN" }
                        </button>
                    }
                </div>
            }
        </Switch>
    }
}

fn share(id: &NodeId, shares: Vec<SharedLan>) -> crate::ui::session::Action {
    Command::EditNode(id.clone(), NodeField::Shares(shares)).into()
}

#[derive(Clone, PartialEq, Properties)]
struct ShareProps {
    plan: Rc<Plan>,
    id: NodeId,
    /// Its place among the machine's shares, or the place behind them.
    place: usize,
    /// What is shared; `None` for a line whose prefix is not typed yet.
    lan: Option<SharedLan>,
}

/// One shared LAN.
#[component]
fn Share(props: &ShareProps) -> Html {
    let dispatch = use_dispatch();
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let (place, number) = (props.place, props.place + 1);
    let answers = props.lan.map_or(Answers::Translate, |lan| lan.answers);
    let read = {
        let (plan, id, shares) = (props.plan.clone(), props.id.clone(), node.shares.clone());
        Callback::from(move |text: String| -> Reading {
            let prefix: Prefix = required(&text)?;
            let mut shares = shares.clone();
            match shares.get_mut(place) {
                Some(share) => share.prefix = prefix,
                None => shares.push(SharedLan {
                    prefix,
                    answers: Answers::Translate,
                }),
            }
            possible(
                &plan,
                Command::EditNode(id.clone(), NodeField::Shares(shares)),
            )
        })
    };
    let on_change = {
        let (dispatch, id, shares) = (dispatch.clone(), props.id.clone(), node.shares.clone());
        Callback::from(move |key: AttrValue| {
            let mut shares = shares.clone();
            let chosen = ANSWERS.iter().find(|(known, ..)| *known == key.as_str());
            if let (Some(share), Some((_, answers, _))) = (shares.get_mut(place), chosen) {
                share.answers = *answers;
                dispatch.dispatch(self::share(&id, shares));
            }
        })
    };
    let remove = {
        let (id, shares) = (props.id.clone(), node.shares.clone());
        Callback::from(move |_: MouseEvent| {
            let rest = shares
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != place)
                .map(|(_, lan)| *lan)
                .collect();
            dispatch.dispatch(share(&id, rest));
        })
    };
    let key = ANSWERS
        .iter()
        .find(|(_, known, _)| *known == answers)
        .map_or("", |(key, ..)| *key);
    let options: Vec<(AttrValue, AttrValue)> = ANSWERS
        .iter()
        .map(|(key, _, words)| ((*key).into(), (*words).into()))
        .collect();
    html! {
        <div class="share" role="group" aria-label={format!("Shared LAN {number}")}>
            <div class="share__line">
                <TextField
                    id={format!("share-{place}")} label="LAN" code=true placeholder="192.168.1.0/24" {read} class="is-nested"
                    value={props.lan.map_or_else(String::new, |lan| lan.prefix.to_string())}
                    hint={t!("The addresses of its hosts.")}
                />
                if node.shares.len() > 1 && props.lan.is_some() {
                    <button type="button" class="icon-button" aria-label={format!("Do not share LAN {number}")} title="Do not share" onclick={remove}>
                        <Icon glyph={Glyph::Close} />
                    </button>
                }
            </div>
            if props.lan.is_some() {
                <Select
                    id={format!("share-answers-{place}")} label="Answers" value={key} {options} {on_change} class="is-nested is-stacked"
                    hint={answer_hint(answers, node.name.as_str())}
                />
            }
        </div>
    }
}

/// What a way for answers means.
fn answer_hint(answers: Answers, name: &str) -> String {
    match answers {
        Answers::Translate => {
            format!("Hosts of the LAN see {name} and answer to it. Nothing else is needed.")
        }
        Answers::Route => {
            format!("Hosts see the real senders. The router needs the tunnel prefix via {name}.")
        }
        Answers::Nothing => "Packets reach the LAN, and no answer comes back.".to_owned(),
    }
}
