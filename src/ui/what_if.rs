//! What if a machine is away: the canvas shows who is cut off.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::mesh::{Absence, Mesh, Reason, Verdict, without};
use crate::plan::{NodeId, Plan};

use super::session::{Action, use_dispatch};

/// A mesh as it is while one machine is away.
#[derive(Clone, PartialEq)]
pub struct WhatIf {
    /// The machine.
    pub node: NodeId,
    /// What is lost.
    pub absence: Rc<Absence>,
    /// The mesh, in which lost pairs cannot connect.
    pub mesh: Rc<Mesh>,
}

impl WhatIf {
    fn new(plan: &Plan, mesh: &Mesh, node: &NodeId) -> Self {
        let absence = without(plan, node);
        let place = mesh.position(node);
        // Without new files nothing is led another way, so both kinds are lost.
        let lost: BTreeSet<(usize, usize)> = absence
            .cut_off
            .iter()
            .chain(&absence.until_new_files)
            .filter_map(|(a, b)| mesh.position(a).zip(mesh.position(b)))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .collect();
        let mut after = mesh.clone();
        for pair in Rc::make_mut(&mut after.pairs) {
            if Some(pair.a) == place || Some(pair.b) == place {
                (pair.verdict, pair.reason) = (Verdict::Never, Reason::SwitchedOff);
            } else if lost.contains(&(pair.a, pair.b)) {
                pair.verdict = Verdict::Impossible;
            }
        }
        if let Some(node) = place.and_then(|place| after.nodes.get_mut(place)) {
            node.relays = false;
        }
        Self {
            node: node.clone(),
            absence: Rc::new(absence),
            mesh: Rc::new(after),
        }
    }
}

/// Works out what a machine's absence does, once per question.
#[hook]
pub fn use_what_if(plan: &Rc<Plan>, mesh: &Rc<Mesh>, away: Option<&NodeId>) -> Option<WhatIf> {
    let question = (Rc::clone(plan), away.cloned());
    let mesh = Rc::clone(mesh);
    let answer = use_memo(question, move |(plan, away)| {
        away.as_ref().map(|node| WhatIf::new(plan, &mesh, node))
    });
    (*answer).clone()
}

/// What [`WhatIfBanner`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct WhatIfBannerProps {
    /// The name of the machine that is taken to be away.
    pub name: AttrValue,
    /// How many pairs are cut off.
    pub lost: usize,
}

/// Says above the drawing that it shows what is not so, and leads back.
#[component]
pub fn WhatIfBanner(props: &WhatIfBannerProps) -> Html {
    let dispatch = use_dispatch();
    let back = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::WhatIf(None)));
    let comes = match props.lost {
        0 => "nobody else is cut off".to_owned(),
        1 => "1 pair is cut off".to_owned(),
        lost => format!("{lost} pairs are cut off"),
    };
    html! {
        <div class="what-if">
            <p role="status">{ format!("If {} is away, {comes}.", props.name) }</p>
            <button type="button" class="what-if__back" onclick={back}>{ "Back" }</button>
        </div>
    }
}
