//! The choice for all pairs among several machines, or between them and the rest.

use std::rc::Rc;

use yew::prelude::*;

use super::super::section::Section;
use super::{Asked, choice};
use crate::editor::Command;
use crate::plan::{NodeId, PairChoice, PairKey, Plan};
use crate::ui::words::t;

/// Stands before the identity of a relay.
const VIA: &str = "via ";

fn key_of(choice: &PairChoice) -> AttrValue {
    match choice {
        PairChoice::Direct => "direct".into(),
        PairChoice::Never => "never".into(),
        PairChoice::Via(relay) => format!("{VIA}{relay}").into(),
    }
}

/// All pairs with both ends among these, or with one.
fn pairs_of(plan: &Plan, ids: &[NodeId], among: bool) -> Vec<PairKey> {
    let inside = |id: &NodeId| ids.contains(id);
    let mut pairs = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        if among {
            let rest = ids.iter().skip(place + 1);
            pairs.extend(rest.filter_map(|other| PairKey::new(id, other)));
        } else {
            let rest = plan.nodes.keys().filter(|other| !inside(other));
            pairs.extend(rest.filter_map(|other| PairKey::new(id, other)));
        }
    }
    pairs
}

/// Both choices.
pub(super) fn pairs(plan: &Rc<Plan>, ids: &[NodeId], act: &Callback<Command>) -> Html {
    let (inside, outside) = (ids.len(), plan.nodes.len() - ids.len());
    if inside < 2 {
        return Html::default();
    }
    let mut options = vec![(AttrValue::Static("planned"), t!("As planned"))];
    let relays = plan.nodes.iter().filter(|(_, node)| node.may_relay());
    options.extend(relays.map(|(id, node)| {
        let key = key_of(&PairChoice::Via(id.clone()));
        (key, t!("Relayed by {}", node.name))
    }));
    options.push(("direct".into(), t!("Direct")));
    options.push(("never".into(), t!("Not at all")));
    let ask = |among: bool, asked: Asked, count: usize| {
        let has = |id: &NodeId| ids.contains(id);
        let fits = |pair: &PairKey| {
            let (a, b) = pair.ends();
            if among {
                has(a) && has(b)
            } else {
                has(a) != has(b)
            }
        };
        let chosen = plan.pairs.iter().filter(|(pair, _)| fits(pair));
        let keys: Vec<AttrValue> = chosen.map(|(_, choice)| key_of(choice)).collect();
        let rest = (keys.len() < count).then_some(AttrValue::Static("planned"));
        let (plan, ids) = (plan.clone(), ids.to_vec());
        choice(
            asked,
            options.clone(),
            keys.into_iter().chain(rest),
            act,
            move |key| {
                let choice = match key {
                    "planned" => None,
                    "direct" => Some(PairChoice::Direct),
                    "never" => Some(PairChoice::Never),
                    key => Some(PairChoice::Via(NodeId::new(key.strip_prefix(VIA)?))),
                };
                Some(Command::SetPairs(pairs_of(&plan, &ids, among), choice))
            },
        )
    };
    let among = Asked {
        id: "several-pairs",
        label: t!("Among them"),
        hint: t!("The way between each two of them."),
    };
    let with_others = Asked {
        id: "several-others",
        label: t!("With all others"),
        hint: t!(
            "The way between each of them and everybody else. A relay\u{2019}s own pairs stay as they are."
        ),
    };
    html! {
        <Section title={t!("Pairs")}>
            { ask(true, among, inside * (inside - 1) / 2) }
            if outside > 0 {
                { ask(false, with_others, inside * outside) }
            }
        </Section>
    }
}
