//! Whom a machine reaches, and how.

use std::rc::Rc;

use yew::prelude::*;

use super::section::Section;
use crate::mesh::{KEEPALIVE_SECONDS, Mesh, Pair, Reason, Verdict};
use crate::plan::{NodeId, Plan};
use crate::ui::badge::Badge;
use crate::ui::icon::{Glyph, Icon, of_form};
use crate::ui::session::{Action, use_dispatch};

/// From here on the list scrolls by itself, so that the keys below it stay near.
const MANY: usize = 12;

/// What [`Links`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct LinksProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// Which machine.
    pub id: NodeId,
}

/// One line per other machine. A click selects the pair.
#[component]
pub fn Links(props: &LinksProps) -> Html {
    let dispatch = use_dispatch();
    let mesh = &props.mesh;
    let Some(own) = mesh.position(&props.id) else {
        return html! {};
    };
    let pairs: Vec<(usize, &Pair)> = (0..mesh.nodes.len())
        .filter_map(|other| mesh.pair(own, other).map(|pair| (other, pair)))
        .collect();
    html! {
        <Section title="Links" note={summary(&pairs)}>
            if pairs.is_empty() {
                <p class="section__text">{ "There is no other machine yet." }</p>
            }
            <ul class={classes!("rows", (pairs.len() > MANY).then_some("rows--many"))}>
                for (other, pair) in pairs {
                    <li key={other}>
                        <button type="button" class="row" onclick={select(&dispatch, mesh, pair)}>
                            <Badge verdict={pair.verdict.clone()} />
                            <Icon glyph={form_of(&props.plan, mesh, other)} />
                            <span class="row__name">{ mesh.name(other).to_owned() }</span>
                            <span class="row__note">{ how(mesh, own, other, pair) }</span>
                            <Icon glyph={Glyph::ChevronRight} />
                        </button>
                    </li>
                }
            </ul>
        </Section>
    }
}

fn select(
    dispatch: &crate::ui::session::Dispatch,
    mesh: &Mesh,
    pair: &Pair,
) -> Callback<MouseEvent> {
    let (dispatch, key) = (dispatch.clone(), mesh.key_of(pair));
    Callback::from(move |_| {
        if let Some(key) = &key {
            dispatch.dispatch(Action::SelectPair(key.clone()));
        }
    })
}

fn form_of(plan: &Plan, mesh: &Mesh, place: usize) -> Glyph {
    let node = mesh
        .nodes
        .get(place)
        .and_then(|node| plan.nodes.get(&node.id));
    node.map_or(Glyph::Computer, |node| of_form(node.form))
}

/// How many links of which kind.
fn summary(pairs: &[(usize, &Pair)]) -> String {
    let count = |wanted: fn(&Verdict) -> bool| {
        pairs
            .iter()
            .filter(|(_, pair)| wanted(&pair.verdict))
            .count()
    };
    let parts = [
        (count(|verdict| *verdict == Verdict::Lan), "over LAN"),
        (count(|verdict| *verdict == Verdict::Direct), "direct"),
        (count(|verdict| *verdict == Verdict::Open), "opened by both"),
        (
            count(|verdict| matches!(verdict, Verdict::Relayed(_))),
            "relayed",
        ),
        (
            count(|verdict| *verdict == Verdict::Impossible),
            "cannot connect",
        ),
        (count(|verdict| *verdict == Verdict::Never), "off"),
    ];
    let words: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    words.join(", ")
}

/// How two machines reach each other, in a few words.
fn how(mesh: &Mesh, own: usize, other: usize, pair: &Pair) -> String {
    let keeps_open = |from: usize, to: usize| {
        let peer = mesh
            .nodes
            .get(from)
            .and_then(|node| node.peers.iter().find(|peer| peer.node == to));
        peer.is_some_and(|peer| peer.keepalive)
    };
    match (&pair.verdict, &pair.reason) {
        (Verdict::Relayed(via), _) => {
            let relays: Vec<&str> = via.iter().map(|relay| mesh.name(*relay)).collect();
            format!("via {}", relays.join(", "))
        }
        (Verdict::Lan, _) => "over the LAN".to_owned(),
        (Verdict::Never, _) => "switched off".to_owned(),
        (Verdict::Impossible, Reason::LeftOut) => "left out".to_owned(),
        (Verdict::Impossible, _) => "cannot connect".to_owned(),
        (Verdict::Open, _) => "both dial at once".to_owned(),
        (Verdict::Direct, Reason::Linked(link)) if link.a_dials && link.b_dials => {
            "both dial".to_owned()
        }
        (Verdict::Direct, Reason::Linked(link)) => {
            let dialler = if link.a_dials { pair.a } else { pair.b };
            let target = if dialler == own { other } else { own };
            let name = mesh.name(dialler);
            if keeps_open(dialler, target) {
                format!("{name} dials, keepalive {KEEPALIVE_SECONDS} s")
            } else {
                format!("{name} dials")
            }
        }
        (Verdict::Direct, _) => "direct".to_owned(),
    }
}
