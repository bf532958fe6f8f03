//! A short way into an empty plan: four steps on a card beside the drawing,
//! each of which ticks itself. It stands in nobody's way and can be closed.

use yew::prelude::*;

use super::icon::{Glyph, Icon};
use super::session::{Session, Tab};
use super::words::t;
use crate::browser::{focus, settings};
use crate::editor::FirstStep;
use crate::plan::{Plan, ProjectId};
use std::rc::Rc;

/// The setting that names the project whose first steps show.
const SETTING: &str = "first-steps";

/// The card shows for a plan that begins empty.
pub(super) fn begin(plan: &Plan) {
    let _ = settings::set_setting(SETTING, plan.id.as_ref().map(ProjectId::as_str));
}

/// What [`FirstSteps`] follows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct FirstStepsProps {
    /// The state of the page.
    pub session: Rc<Session>,
}

/// The card.
#[component]
pub(super) fn FirstSteps(props: &FirstStepsProps) -> Html {
    let session = &props.session;
    let passed = use_mut_ref(|| [false; FirstStep::ALL.len()]);
    let closed = use_state(|| 0_u32);
    let skipped = use_state_eq(|| [false; FirstStep::ALL.len()]);
    let plan = session.editor.plan();
    let id = plan.id.as_ref().map(ProjectId::as_str);
    let shown = use_memo((plan.id.clone(), *closed), |_| {
        id.is_some() && settings::setting(SETTING).as_deref() == id
    });
    if !*shown || session.welcome {
        return Html::default();
    }
    let selected = session.editor.selection.single();
    let files = session.tab == Some(Tab::Files);
    let mut done = passed.borrow_mut();
    for (done, step) in done.iter_mut().zip(FirstStep::ALL) {
        *done |= step.is_done(plan, &selected, files);
    }
    let over = |at: usize| {
        let flag = |flags: &[bool]| flags.get(at).copied().unwrap_or(false);
        (flag(&*done), flag(&*skipped))
    };
    let steps: Vec<(FirstStep, bool, bool)> = FirstStep::ALL
        .into_iter()
        .enumerate()
        .map(|(at, step)| (step, over(at).0, over(at).1))
        .collect();
    let all = steps.iter().all(|(_, done, skipped)| *done || *skipped);
    let skip = |at: usize| {
        let (skipped, mut next) = (skipped.setter(), *skipped);
        if let Some(flag) = next.get_mut(at) {
            *flag = true;
        }
        Callback::from(move |_: MouseEvent| {
            skipped.set(next);
            // The button goes, so the focus stays on the card.
            let card = gloo::utils::document().get_element_by_id("first-steps");
            if let Some(card) = card {
                focus::give(&card);
            }
        })
    };
    let close = Callback::from(move |_: MouseEvent| {
        let _ = settings::set_setting(SETTING, None);
        closed.set(*closed + 1);
    });
    html! {
        <section id="first-steps" class="first-steps" tabindex="-1" aria-labelledby="first-steps-title">
            <div class="first-steps__head">
                <h2 id="first-steps-title" class="first-steps__title">
                    { if all { t!("Your first mesh stands") } else { t!("First steps") } }
                </h2>
                <button type="button" class="icon-button" aria-label={t!("Close the first steps")} title={t!("Close the first steps")} onclick={close}>
                    <Icon glyph={Glyph::Close} />
                </button>
            </div>
            <ol class="first-steps__list">
                { for steps.into_iter().enumerate().map(|(at, (step, done, skipped))| html! {
                    <li class={classes!("first-steps__step", (done || skipped).then_some("is-done"))}>
                        <span class="first-steps__tick">
                            if done {
                                <Icon glyph={Glyph::Check} /><span class="visually-hidden">{ t!("Done:") }</span>
                            } else if skipped {
                                <Icon glyph={Glyph::Minus} /><span class="visually-hidden">{ t!("Skipped:") }</span>
                            }
                        </span>
                        <div>
                            <p class="first-steps__name">{ name(step) }</p>
                            if !done && !skipped {
                                <p class="first-steps__how">{ how(step) }</p>
                                <button type="button" class="link first-steps__skip" aria-label={t!("Skip this step: {}", name(step))} onclick={skip(at)}>
                                    { t!("Skip") }
                                </button>
                            }
                        </div>
                    </li>
                }) }
            </ol>
        </section>
    }
}

fn name(step: FirstStep) -> AttrValue {
    match step {
        FirstStep::OnTheInternet => t!("Draw a machine that is on the internet"),
        FirstStep::BehindARouter => t!("Draw one behind a router"),
        FirstStep::LookAtALink => t!("Look at the link between them"),
        FirstStep::GetFiles => t!("Get the files"),
    }
}

fn how(step: FirstStep) -> AttrValue {
    match step {
        FirstStep::OnTheInternet => {
            t!(
                "Double-click the canvas, rest a finger on it, or press N. Choose a server, and type its public address beside the drawing."
            )
        }
        FirstStep::BehindARouter => {
            t!(
                "Add a site the same way, then a machine inside it. Its router is drawn on the border."
            )
        }
        FirstStep::LookAtALink => {
            t!("Click the line, or reach it with Tab and press Enter. It says why it is as it is.")
        }
        FirstStep::GetFiles => t!("Open Files below the canvas, or press 3."),
    }
}
