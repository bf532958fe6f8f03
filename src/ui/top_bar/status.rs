//! How much of the open plan is proved, and the way to what is not.

use yew::prelude::*;

use crate::editor::proving::unseen;
use crate::proof::Tally;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::proving::{Phase, Proved, Proving};
use crate::ui::session::{Action, Tab, use_dispatch};

/// What [`Status`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct StatusProps {
    /// What is proved of the open plan.
    pub proof: Proving,
}

/// What stands in the bar.
struct Words {
    /// For short bars; the whole sentence is still heard.
    figure: String,
    sentence: String,
    look: Look,
}

/// How it looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Everything gets through.
    Whole,
    /// Between machines everything does, and not into every LAN.
    Warns,
    /// Something does not.
    Bad,
    /// It is not known.
    Open,
}

/// How much is proved. It leads to the matrix.
#[component]
pub fn Status(props: &StatusProps) -> Html {
    let dispatch = use_dispatch();
    let Some(Words {
        figure,
        sentence,
        look,
    }) = words_of(&props.proof)
    else {
        return html! { <div class="top-bar__status" role="status" /> };
    };
    let (glyph, class) = match look {
        Look::Whole => (Glyph::Shield, None),
        Look::Warns => (Glyph::Warning, Some("status--warning")),
        Look::Bad => (Glyph::Error, Some("status--bad")),
        Look::Open => (Glyph::Shield, Some("status--open")),
    };
    let title = match &props.proof.phase {
        Phase::Failed(why) => why.clone(),
        _ => AttrValue::Static("Show the matrix"),
    };
    let show = Callback::from(move |_: MouseEvent| {
        dispatch.dispatch(Action::ShowTab(Some(Tab::Matrix)));
    });
    html! {
        <div class="top-bar__status" role="status">
            <button type="button" class={classes!("status", class)} {title} onclick={show}>
                <Icon {glyph} />
                <span class="status__figure" aria-hidden="true">{ figure }</span>
                <span class="status__words">{ sentence }</span>
                if let Phase::Running(Some(percent)) = &props.proof.phase {
                    <span class="status__percent" aria-hidden="true">{ format!("{percent} %") }</span>
                }
            </button>
        </div>
    }
}

/// What to say, unless there is nothing to prove.
fn words_of(proof: &Proving) -> Option<Words> {
    match (&proof.phase, &proof.latest) {
        (Phase::Done, latest) => of_proof(&latest.as_ref()?.0),
        // An edit of a small plan is proved before anybody has read this, so
        // the words stay and lose their colour.
        (Phase::Running(None), latest) => Some(Words {
            look: Look::Open,
            ..of_proof(&latest.as_ref()?.0)?
        }),
        (Phase::Running(Some(percent)), _) => Some(Words {
            // How far it is shall be seen, and not heard four times a second.
            figure: format!("{percent} %"),
            sentence: "Proving".to_owned(),
            look: Look::Open,
        }),
        (Phase::Failed(_), _) => Some(Words {
            figure: "Not proved".to_owned(),
            sentence: "Not proved".to_owned(),
            look: Look::Bad,
        }),
    }
}

fn of_proof(proved: &Proved) -> Option<Words> {
    let tally = &proved.report.tally;
    let Tally { pairs, through, .. } = *tally;
    if pairs == 0 {
        return None;
    }
    let mut sentence = format!(
        "{through} of {pairs} {} proved",
        if pairs == 1 { "pair" } else { "pairs" }
    );
    // Each addition is a sentence around the one before, for languages that
    // build it in another way.
    if tally.dormant > 0 {
        let who = match tally.sleepers.as_slice() {
            [one] => format!("{} has", proved.name(*one)),
            [one, other] => {
                let name = |place: &usize| proved.name(*place);
                format!("{} and {} have", name(one), name(other))
            }
            many => format!("{} machines have", many.len()),
        };
        sentence = format!("{sentence}, {} once {who} spoken", tally.dormant);
    }
    let lacking = tally.further - tally.further_through;
    match lacking {
        0 => {}
        1 => sentence = format!("{sentence}, 1 way into a LAN is not"),
        _ => sentence = format!("{sentence}, {lacking} ways into LANs are not"),
    }
    let mut unseen = unseen(&proved.mesh);
    match (unseen.next(), unseen.count()) {
        (Some(node), 0) => {
            sentence = format!(
                "{sentence}, without {}, which writes its own file",
                node.name
            );
        }
        (Some(_), more) => {
            sentence = format!(
                "{sentence}, without {} that write their own files",
                more + 1
            );
        }
        (None, _) => {}
    }
    let strange = proved.report.contradictions.len();
    if strange > 0 {
        sentence = format!("{sentence}, {strange} unlike the plan");
    }
    let look = if through < pairs || strange > 0 {
        Look::Bad
    } else if lacking > 0 {
        Look::Warns
    } else {
        Look::Whole
    };
    Some(Words {
        figure: format!("{through} of {pairs}"),
        sentence,
        look,
    })
}
