//! What machines belong to or leave out: each thing with how many of the
//! machines have it. A press gives it to all, or takes it from all if all have it.

use std::rc::Rc;

use yew::prelude::*;

use super::super::section::Section;
use super::super::talks::groups_of;
use crate::editor::{Command, NodeField};
use crate::plan::{Label, Node, NodeId, Plan, Prefix};
use crate::sorting::distinct;
use crate::ui::field::{Chips, Reading, possible, required};
use crate::ui::words::t;

/// One thing as a button.
fn toggle<T: PartialEq + Clone + ToString>(
    nodes: &[(&NodeId, &Node)],
    one: &T,
    act: &Callback<Command>,
    of: fn(&Node) -> &Vec<T>,
    field: fn(Vec<T>) -> NodeField,
) -> Html {
    let having = nodes.iter().filter(|(_, node)| of(node).contains(one));
    let having = having.count();
    let pressed = match having {
        0 => "false",
        having if having == nodes.len() => "true",
        _ => "mixed",
    };
    let edits = nodes.iter().map(|(id, node)| {
        let mut all = of(node).clone();
        all.retain(|other| other != one);
        if pressed != "true" {
            all.push(one.clone());
        }
        ((*id).clone(), field(all))
    });
    let command = Command::EditNodes(edits.collect());
    let set = act.reform(move |_: MouseEvent| command.clone());
    html! {
        <button type="button" class="button button--small group" aria-pressed={pressed} onclick={set}>
            { one.to_string() }
            if having > 0 {
                <span class="group__count">{ t!("{} of {}", having, nodes.len()) }</span>
            }
        </button>
    }
}

fn nodes_of<'a>(plan: &'a Plan, ids: &'a [NodeId]) -> Vec<(&'a NodeId, &'a Node)> {
    let nodes = ids.iter().filter_map(|id| Some((id, plan.nodes.get(id)?)));
    nodes.collect()
}

/// Every group of the plan, and a field for a new one.
pub(super) fn groups(plan: &Rc<Plan>, ids: &[NodeId], act: &Callback<Command>) -> Html {
    let known = groups_of(plan);
    let nodes = nodes_of(plan, ids);
    let words: Vec<AttrValue> = known.iter().map(|group| group.to_string().into()).collect();
    let read = {
        let (plan, ids) = (plan.clone(), ids.to_vec());
        Callback::from(move |texts: Vec<String>| -> Reading {
            let new = texts.iter().map(|text| required::<Label>(text));
            let new: Vec<Label> = new.collect::<Result<_, _>>()?;
            let edits = ids.iter().filter_map(|id| {
                let mut groups = plan.nodes.get(id)?.groups.clone();
                groups.extend(new.iter().cloned());
                Some((id.clone(), NodeField::Groups(groups)))
            });
            possible(&plan, Command::EditNodes(edits.collect()))
        })
    };
    html! {
        <>
            if !known.is_empty() {
                <div class="buttons" role="group" aria-label={t!("Groups of all machines")}>
                    for group in &known {
                        { toggle(&nodes, group, act, |node| &node.groups, NodeField::Groups) }
                    }
                </div>
            }
            <Chips
                id="several-group" label={t!("Put into group")} noun={t!("group")} values={Vec::new()} known={words} {read} placeholder={t!("such as servers")}
                hint={t!("A name of your own, and Enter. Who talks to whom is said by groups in the settings of the whole mesh.")}
            />
        </>
    }
}

/// Every LAN that others share, and which of the machines leave it out.
pub(super) fn leaves_out(plan: &Plan, ids: &[NodeId], act: &Callback<Command>) -> Html {
    let exported = plan.nodes.values();
    let exported = exported.flat_map(|node| node.shares.iter().map(|share| share.prefix));
    let nodes = nodes_of(plan, ids);
    let left_out = nodes.iter().flat_map(|(_, node)| &node.leaves_out).copied();
    let lans: Vec<Prefix> = distinct(exported.chain(left_out).collect());
    // Nobody leaves out what it shares itself.
    let others = |lan: Prefix| -> Vec<(&NodeId, &Node)> {
        let shares = |node: &Node| node.shares.iter().any(|share| share.prefix == lan);
        nodes
            .iter()
            .filter(|(_, node)| !shares(node))
            .copied()
            .collect()
    };
    let lans: Vec<_> = lans.into_iter().map(|lan| (lan, others(lan))).collect();
    if lans.iter().all(|(_, others)| others.is_empty()) {
        return Html::default();
    }
    html! {
        <Section title={t!("Leave out")}>
            <p class="section__text">{ t!("Shared LANs that they do not reach. Leave one out where it meets the same addresses.") }</p>
            <div class="buttons" role="group" aria-label={t!("Shared LANs that all machines leave out")}>
                for (lan, others) in lans.iter().filter(|(_, others)| !others.is_empty()) {
                    { toggle(others, lan, act, |node| &node.leaves_out, NodeField::LeavesOut) }
                }
            </div>
        </Section>
    }
}
