//! Who talks to whom, said by groups.

use std::rc::Rc;

use yew::prelude::*;

use super::section::Section;
use super::talks::groups_of;
use crate::editor::Command;
use crate::plan::{GroupPair, Label, Plan, Talk};
use crate::ui::field::{Radio, Radios, Select};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::use_dispatch;

/// What the parts of this section show.
#[derive(Clone, PartialEq, Properties)]
pub struct WhoTalksProps {
    /// The open plan.
    pub plan: Rc<Plan>,
}

/// Whether everyone talks to everyone, or which groups do.
#[component]
pub fn WhoTalks(props: &WhoTalksProps) -> Html {
    let dispatch = use_dispatch();
    // Chosen, but no machine has a group yet: the plan stays as it is, or all
    // would fall silent at once.
    let asking = use_state_eq(|| false);
    let groups = groups_of(&props.plan);
    let only = match &props.plan.talk {
        Talk::Only(pairs) => Some(pairs),
        Talk::Everyone => None,
    };
    let everyone = {
        let (dispatch, asking) = (dispatch.clone(), asking.setter());
        Callback::from(move |()| {
            asking.set(false);
            dispatch.dispatch(Command::SetTalk(Talk::Everyone).into());
        })
    };
    let choose_only = {
        let (asking, groups) = (asking.setter(), groups.clone());
        Callback::from(move |()| {
            asking.set(true);
            if !groups.is_empty() {
                // At first all groups talk as before; a person takes away what
                // shall not be.
                dispatch.dispatch(Command::SetTalk(Talk::only(all_pairs(&groups))).into());
            }
        })
    };
    let is_only = only.is_some() || *asking;
    html! {
        <Section title="Who talks to whom">
            <Radios label="Who talks to whom" quiet=true>
                <Radio
                    id="talk-everyone" group="talk" label="Everyone" note="usual" checked={!is_only} on_choose={everyone}
                    hint="Every machine talks to every other."
                />
                <Radio
                    id="talk-only" group="talk" label="Only these groups" checked={is_only} on_choose={choose_only}
                    hint="All others have no path to each other."
                >
                    if only.is_some() {
                        <Pairs plan={props.plan.clone()} />
                    } else if is_only {
                        <p class="radio__hint section__text">
                            { "No machine is in a group yet, so nothing has changed. Select a machine and give it a group; then come back." }
                        </p>
                    }
                </Radio>
            </Radios>
        </Section>
    }
}

/// Every group with every other and with itself.
fn all_pairs(groups: &[Label]) -> Vec<GroupPair> {
    groups
        .iter()
        .enumerate()
        .flat_map(|(place, one)| {
            groups
                .iter()
                .skip(place)
                .map(|other| GroupPair::new(one.clone(), other.clone()))
        })
        .collect()
}

/// A pair of groups in words.
fn words(pair: &GroupPair) -> String {
    let (one, other) = pair.ends();
    if one == other {
        format!("{one} among themselves")
    } else {
        format!("{one} and {other}")
    }
}

/// The pairs of groups that talk, with a way to take one away and to add one.
#[component]
fn Pairs(props: &WhoTalksProps) -> Html {
    let dispatch = use_dispatch();
    let chosen = use_state_eq(|| (None::<usize>, None::<usize>));
    let Talk::Only(pairs) = &props.plan.talk else {
        return html! {};
    };
    let groups = groups_of(&props.plan);
    let set = {
        let dispatch = dispatch.clone();
        move |pairs: Vec<GroupPair>| {
            dispatch.dispatch(Command::SetTalk(Talk::only(pairs)).into());
        }
    };
    let remove = |place: usize| {
        let (set, mut rest) = (set.clone(), pairs.clone());
        if place < rest.len() {
            rest.remove(place);
        }
        Callback::from(move |_: MouseEvent| set(rest.clone()))
    };
    let list = as_options(&groups);
    let pick = |second: bool| {
        let chosen = chosen.clone();
        Callback::from(move |key: AttrValue| {
            let (mut one, mut other) = *chosen;
            *(if second { &mut other } else { &mut one }) = key.parse().ok();
            chosen.set((one, other));
        })
    };
    let at = |place: Option<usize>| place.unwrap_or(0).min(groups.len().saturating_sub(1));
    let (one, other) = (at(chosen.0), at(chosen.1));
    let new = groups
        .get(one)
        .zip(groups.get(other))
        .map(|(one, other)| GroupPair::new(one.clone(), other.clone()));
    let known = new.as_ref().is_some_and(|pair| pairs.contains(pair));
    let add = {
        let (set, pairs) = (set.clone(), pairs.clone());
        Callback::from(move |_: MouseEvent| {
            if !known {
                set(pairs.iter().cloned().chain(new.clone()).collect());
            }
        })
    };
    let alone = props
        .plan
        .nodes
        .values()
        .filter(|node| node.groups.is_empty())
        .count();
    html! {
        <div class="group-pairs">
            if pairs.is_empty() {
                <p class="section__text">{ "Nobody talks to anybody now. Add two groups." }</p>
            }
            <ul class="group-pairs__list" aria-label="Groups that talk">
                for (place, pair) in pairs.iter().enumerate() {
                    <li key={words(pair)} class="group-pairs__pair">
                        <span>{ words(pair) }</span>
                        <button
                            type="button" class="icon-button" title="Take away"
                            aria-label={format!("Take away {}", words(pair))} onclick={remove(place)}
                        >
                            <Icon glyph={Glyph::Close} />
                        </button>
                    </li>
                }
            </ul>
            <div class="group-pairs__new" role="group" aria-label="Let two groups talk">
                <Select id="talk-one" label="One group" value={one.to_string()} options={list.clone()} on_change={pick(false)} class="is-bare" />
                <Icon glyph={Glyph::BothWays} />
                <Select id="talk-other" label="Other group" value={other.to_string()} options={list} on_change={pick(true)} class="is-bare" />
                <button
                    type="button" class="button button--small" onclick={add}
                    aria-disabled={known.then_some("true")} aria-describedby={known.then_some("talk-known")}
                >
                    { "Add" }
                </button>
            </div>
            if known {
                <p class="field__hint" id="talk-known">{ "These two talk already. Machines of one group talk among themselves if it stands on both sides." }</p>
            }
            if alone > 0 {
                <p class="field__hint">{ alone_words(alone) }</p>
            }
        </div>
    }
}

/// Groups as a list to choose from.
fn as_options(groups: &[Label]) -> Vec<(AttrValue, AttrValue)> {
    groups
        .iter()
        .enumerate()
        .map(|(place, group)| (place.to_string().into(), group.to_string().into()))
        .collect()
}

fn alone_words(count: usize) -> String {
    if count == 1 {
        "One machine has no group and talks to nobody.".to_owned()
    } else {
        format!("{count} machines have no group and talk to nobody.")
    }
}
