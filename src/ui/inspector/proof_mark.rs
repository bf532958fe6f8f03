//! What is proved of a pair: that packets get through both ways, who has to
//! speak first, or the line that stops them.

use yew::prelude::*;

use crate::mesh::Pair;
use crate::plan::{NodeId, PairKey};
use crate::proof::{Target, Verdict};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::proving::{Proved, Proving, Sign, Stop};
use crate::ui::session::{Action, Asked, Beyond, Dispatch, FileLine, Tab};
use crate::ui::words::t;

/// The mark of a pair; nothing as long as the open plan is not proved.
pub(super) fn mark(proof: &Proving, dispatch: &Dispatch, key: &PairKey, pair: &Pair) -> Html {
    let Some(proved) = proof.done() else {
        return Html::default();
    };
    let (there, back) = (ways(proved, pair.a, pair.b), ways(proved, pair.b, pair.a));
    let (Some(there), Some(back)) = (there, back) else {
        return Html::default();
    };
    let stopped = [there, back].into_iter().find(|way| !way.gets_through());
    if let Some(way) = stopped {
        return stop(proved, dispatch, way.stop);
    }
    let sleeper = [there, back]
        .into_iter()
        .find(|way| way.verdict == Verdict::Dormant);
    let words = match sleeper.and_then(|way| proved.beside(way.stop.from, way.stop.place)) {
        Some(who) => t!("proved, once {} has spoken", who),
        None => t!("proved both ways"),
    };
    let show = {
        let (one, other) = key.ends();
        let asked = whole(one, other);
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::ShowTab(Some(Tab::Matrix)));
            dispatch.dispatch(Action::Walk(Some(asked.clone())));
        })
    };
    html! {
        <button type="button" class="proof-mark" title={t!("Show the way hop by hop")} onclick={show}>
            <Icon glyph={Glyph::Shield} size={14} /><span>{ words }</span>
        </button>
    }
}

/// One direction of a pair.
#[derive(Clone, Copy)]
struct OneWay {
    verdict: Verdict,
    stop: Stop,
}

impl OneWay {
    fn gets_through(self) -> bool {
        self.verdict.is_through()
    }
}

/// What is proved of one direction, if the plan wants it.
fn ways(proved: &Proved, from: usize, to: usize) -> Option<OneWay> {
    let mut targets = proved.report.targets.iter();
    let place = targets.position(|target| *target == Target::Machine(to))?;
    match proved.sign(from, place) {
        Sign::Verdict(verdict) => Some(OneWay {
            verdict,
            stop: Stop { from, place },
        }),
        Sign::Itself | Sign::NotAsked | Sign::ByChoice => None,
    }
}

fn whole(from: &NodeId, owner: &NodeId) -> Asked {
    Asked {
        from: from.clone(),
        owner: owner.clone(),
        beyond: Beyond::Itself,
    }
}

/// What stops a direction, with a way to the line.
fn stop(proved: &Proved, dispatch: &Dispatch, stop: Stop) -> Html {
    let trouble = proved.trouble(stop);
    let text = trouble.map_or_else(
        || AttrValue::from(proved.label(stop.from, stop.place)),
        |trouble| trouble.text.clone().into(),
    );
    let line = trouble.and_then(|trouble| {
        let place = trouble.place.as_ref()?;
        let line = FileLine {
            node: proved.id(trouble.machine)?.clone(),
            path: place.path.clone(),
            line: place.line,
        };
        let words = format!("{}:{}", place.path, place.line);
        let dispatch = dispatch.clone();
        let show =
            Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::ShowLine(line.clone())));
        Some(html! { <button type="button" class="link is-code" onclick={show}>{ words }</button> })
    });
    html! {
        <p class="proof-mark proof-mark--bad">
            <Icon glyph={Glyph::Error} size={14} />
            <span>{ text }{ " " }{ line }</span>
        </p>
    }
}
