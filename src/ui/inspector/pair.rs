//! A pair: how it connects, why, what that costs, and what can be chosen.

use std::rc::Rc;

use yew::prelude::*;

use super::findings::Findings;
use super::help::Help;
use super::path::picture;
use super::proof_mark::mark;
use super::section::Section;
use crate::editor::Command;
use crate::mesh::{self, Allowed, Mesh, Pair, Reason, Subject, Verdict};
use crate::plan::{NodeId, PairChoice, PairKey, Plan};
use crate::render::{self, Shown, Why};
use crate::ui::badge::Badge;
use crate::ui::field::{Radio, Radios, Select};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::proving::Proving;
use crate::ui::session::{Action, Keys, use_dispatch};

/// What [`PairPanel`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct PairPanelProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// Which pair.
    pub pair: PairKey,
    /// The project's keys.
    pub keys: Keys,
    /// What is proved of the open plan.
    pub proof: Proving,
}

/// Everything about a pair.
#[component]
pub fn PairPanel(props: &PairPanelProps) -> Html {
    let dispatch = use_dispatch();
    let mesh = &props.mesh;
    let (one, other) = props.pair.ends();
    let places = mesh.position(one).zip(mesh.position(other));
    let Some(pair) = places.and_then(|(one, other)| mesh.pair(one, other)) else {
        return html! {};
    };
    html! {
        <>
            <Section>
                <p class={classes!("verdict", verdict_class(&pair.verdict))}>
                    <Badge verdict={pair.verdict.clone()} large=true />
                    <span>{ title(mesh, pair) }</span>
                </p>
                { mark(&props.proof, &dispatch, &props.pair, pair) }
                <p class="verdict__why">{ mesh.why(pair) }</p>
                { picture(&props.plan, mesh, pair) }
            </Section>
            { costs(mesh, pair) }
            <Findings mesh={mesh.clone()} subject={Subject::Pair(props.pair.clone())} />
            <Help plan={props.plan.clone()} mesh={mesh.clone()} subject={Subject::Pair(props.pair.clone())} />
            <Choice plan={props.plan.clone()} mesh={mesh.clone()} pair={props.pair.clone()} />
            <WrittenIn mesh={mesh.clone()} a={pair.a} b={pair.b} keys={props.keys.clone()} />
        </>
    }
}

fn verdict_class(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Lan | Verdict::Direct | Verdict::Open => "verdict--direct",
        Verdict::Relayed(_) => "verdict--relayed",
        Verdict::Never => "verdict--never",
        Verdict::Impossible => "verdict--impossible",
    }
}

fn names(mesh: &Mesh, places: &[usize]) -> String {
    let names: Vec<&str> = places.iter().map(|place| mesh.name(*place)).collect();
    names.join(" and ")
}

fn title(mesh: &Mesh, pair: &Pair) -> String {
    match &pair.verdict {
        Verdict::Lan => "Over the LAN".to_owned(),
        Verdict::Direct => "Direct".to_owned(),
        Verdict::Open => "Direct, opened by both ends".to_owned(),
        Verdict::Relayed(via) => format!("Relayed via {}", names(mesh, via)),
        Verdict::Never => "Switched off".to_owned(),
        Verdict::Impossible => "Cannot connect".to_owned(),
    }
}

/// What a relayed pair costs, the reader first.
fn costs(mesh: &Mesh, pair: &Pair) -> Html {
    let Verdict::Relayed(via) = &pair.verdict else {
        return html! {};
    };
    let relays = names(mesh, via);
    let (a, b) = (mesh.name(pair.a), mesh.name(pair.b));
    let several = via.len() > 1;
    let (reads, crosses, down) = if several {
        (
            " They decrypt and re-encrypt every packet.",
            format!("Every packet crosses the lines of {relays} twice."),
            format!("When one of them is down, {a} and {b} lose each other."),
        )
    } else {
        (
            " It decrypts and re-encrypts every packet.",
            format!("Every packet crosses the line of {relays} twice."),
            format!("When {relays} is down, {a} and {b} lose each other."),
        )
    };
    html! {
        <Section title="What it costs">
            <ul class="costs">
                <li><Icon glyph={Glyph::Eye} /><span><strong>{ format!("{relays} can read this traffic.") }</strong>{ reads }</span></li>
                <li><Icon glyph={Glyph::Relay} /><span>{ crosses }</span></li>
                <li><Icon glyph={Glyph::Plug} /><span>{ down }</span></li>
            </ul>
        </Section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ChoiceProps {
    plan: Rc<Plan>,
    mesh: Rc<Mesh>,
    pair: PairKey,
}

/// Whether the planner or the person decides about a pair.
#[component]
fn Choice(props: &ChoiceProps) -> Html {
    let dispatch = use_dispatch();
    let choice = props.plan.pairs.get(&props.pair);
    let relays: Vec<(AttrValue, AttrValue)> = props
        .mesh
        .nodes
        .iter()
        .filter(|node| !props.pair.has(&node.id) && node.left_out.is_none())
        .filter(|node| {
            props
                .plan
                .nodes
                .get(&node.id)
                .is_some_and(crate::plan::Node::may_relay)
        })
        .map(|node| {
            (
                node.id.as_str().to_owned().into(),
                node.name.to_string().into(),
            )
        })
        .collect();
    let chosen = match choice {
        Some(PairChoice::Via(relay)) => Some(AttrValue::from(relay.to_string())),
        Some(PairChoice::Direct | PairChoice::Never) | None => None,
    };
    let first = chosen
        .clone()
        .or_else(|| relays.first().map(|(key, _)| key.clone()));
    let set = {
        let pair = props.pair.clone();
        move |choice: Option<PairChoice>| {
            let (dispatch, pair) = (dispatch.clone(), pair.clone());
            move || dispatch.dispatch(Action::Do(Command::SetPair(pair.clone(), choice.clone())))
        }
    };
    let via = |relay: &AttrValue| set(Some(PairChoice::Via(NodeId::new(relay))));
    let (as_planned, never) = (set(None), set(Some(PairChoice::Never)));
    let direct = set(Some(PairChoice::Direct));
    let on_relay = {
        let set = set.clone();
        Callback::from(move |relay: AttrValue| set(Some(PairChoice::Via(NodeId::new(&relay))))())
    };
    let choose_relay = first.as_ref().map_or_else(Callback::noop, |relay| {
        let choose = via(relay);
        Callback::from(move |()| choose())
    });
    html! {
        <Section title="This pair">
            <Radios label="This pair" quiet=true>
                <Radio
                    id="pair-planned" group="pair" label="As planned" note="recommended" checked={choice.is_none()}
                    hint="Direct where that works, else through the best relay." on_choose={move |()| as_planned()}
                />
                <Radio
                    id="pair-via" group="pair" label="Relay via" checked={chosen.is_some()} disabled={relays.is_empty()} on_choose={choose_relay}
                    note={if relays.is_empty() { "no other machine may relay" } else { "" }}
                    hint="Even if they could talk directly. The relay can read this traffic."
                    beside={relay_list(first, relays, on_relay)}
                />
                <Radio
                    id="pair-direct" group="pair" label="Direct" note="I know better" checked={choice == Some(&PairChoice::Direct)}
                    hint="For instance since you saw that their routers let it through. If they do not, these two lose each other."
                    on_choose={move |()| direct()}
                />
                <Radio
                    id="pair-never" group="pair" label="None" note="they never talk" checked={choice == Some(&PairChoice::Never)}
                    hint="No file of one holds an address of the other." on_choose={move |()| never()}
                />
            </Radios>
        </Section>
    }
}

/// The relays to choose from, if there are any.
fn relay_list(
    chosen: Option<AttrValue>,
    relays: Vec<(AttrValue, AttrValue)>,
    on_change: Callback<AttrValue>,
) -> Html {
    chosen.map_or_else(Html::default, |value| {
        html! { <Select id="pair-relay" label="Relay" {value} options={relays} {on_change} class="is-bare" /> }
    })
}

#[derive(Clone, PartialEq, Properties)]
struct WrittenInProps {
    mesh: Rc<Mesh>,
    a: usize,
    b: usize,
    keys: Keys,
}

/// The lines of the files that carry the pair.
#[component]
fn WrittenIn(props: &WrittenInProps) -> Html {
    let dispatch = use_dispatch();
    let mesh = &props.mesh;
    let (Some(pair), Keys::Ready(secrets)) = (mesh.pair(props.a, props.b), &props.keys) else {
        return html! {};
    };
    let Ok(keys) = render::Keys::complete(mesh, &secrets.0) else {
        return html! {};
    };
    if !pair.verdict.connects() || pair.reason == Reason::LeftOut {
        return html! {};
    }
    let mut places = vec![pair.a];
    places.extend(pair.verdict.via());
    places.push(pair.b);
    let lines = places.iter().enumerate().flat_map(|(step, place)| {
        // Each machine holds the end that lies ahead; relays hold both.
        let ahead = (step + 1 < places.len()).then_some(pair.b);
        let behind = (step > 0).then_some(pair.a);
        ahead
            .into_iter()
            .chain(behind)
            .filter_map(|end| written(mesh, *place, end, &keys))
    });
    let show = |node: &NodeId| {
        let (dispatch, node) = (dispatch.clone(), node.clone());
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::ShowFilesOf(node.clone())))
    };
    html! {
        <Section title="Written in">
            <ul class="written">
                { for lines.map(|line| html! {
                    <li class="written__line">
                        <button type="button" class="link is-code" onclick={show(&line.node)}>{ line.file }</button>
                        <span class="is-code">{ line.prefix }</span>
                        <span class="written__under">{ format!("under {}", line.peer) }</span>
                    </li>
                }) }
            </ul>
        </Section>
    }
}

struct Written {
    node: NodeId,
    file: String,
    prefix: String,
    peer: String,
}

/// Where a machine's config holds the address of an end.
fn written(mesh: &Mesh, place: usize, end: usize, keys: &render::Keys<'_>) -> Option<Written> {
    let node = mesh
        .nodes
        .get(place)
        .filter(|node| render::gets_files(node))?;
    let is_end = |allowed: &&Allowed| allowed.owner == end && allowed.why == mesh::Why::Own;
    let (index, peer) = node
        .peers
        .iter()
        .enumerate()
        .find(|(_, peer)| peer.allowed.iter().any(|entry| is_end(&entry)))?;
    let prefix = peer.allowed.iter().find(is_end)?.prefix.to_string();
    let lines = render::preview(mesh, place, keys);
    let number = lines.iter().position(|line| {
        line.why == Why::AllowedIps(index)
            && matches!(&line.shown, Shown::Setting(_, value) if value.contains(&prefix))
    })?;
    let file = if node.platform.is_app() {
        render::app_config_name(&node.name)
    } else {
        format!("{}/{}.conf", node.name, render::interface_name())
    };
    Some(Written {
        node: node.id.clone(),
        file: format!("{file}:{}", number + 1),
        prefix,
        peer: mesh.name(peer.node).to_owned(),
    })
}
