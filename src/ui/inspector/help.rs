//! Which single change would help the most. It is worked out when someone asks,
//! a little at a time, so that the page stays awake meanwhile.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::section::Section;
use crate::browser::frame;
use crate::editor::Command;
use crate::mesh::{Asks, Fix, Improvement, Mesh, Ranking, Subject, Verdict};
use crate::plan::Plan;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::{Dispatch, use_dispatch};

/// After so many milliseconds the browser gets its turn.
const TURN: f64 = 12.0;
/// Before so many milliseconds nobody needs to be told that it takes time.
const PATIENCE: f64 = 200.0;
/// More other ways than this only tire.
const OTHERS: usize = 5;

/// What [`Help`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct HelpProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// What is asked about: a pair, a machine or the whole plan.
    pub subject: Subject,
}

/// How far the answer is.
#[derive(Clone, PartialEq)]
enum Answer {
    NotAsked,
    /// So many of so many changes were tried.
    Busy(usize, usize),
    /// The best first.
    Found(Rc<Vec<Improvement>>),
}

/// "What would help?", where something could be better.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    let dispatch = use_dispatch();
    let answer = use_state_eq(|| Answer::NotAsked);
    // Which question is being worked on. An older one finds another number
    // here and stops.
    let question = use_mut_ref(|| 0_u32);
    let box_ref = use_node_ref();
    {
        let (answer, question) = (answer.setter(), question.clone());
        use_effect_with((props.plan.clone(), props.subject.clone()), move |_| {
            answer.set(Answer::NotAsked);
            move || next_number(&question)
        });
    }
    {
        // The button that was pressed is gone, and the focus must not go with it.
        let box_ref = box_ref.clone();
        use_effect_with(matches!(*answer, Answer::Found(_)), move |found| {
            if *found && let Some(answers) = box_ref.cast::<web_sys::HtmlElement>() {
                let _ = answers.focus();
            }
        });
    }
    if !could_be_better(&props.mesh, &props.subject) {
        return html! {};
    }
    let ask = {
        let (props, answer, question) = (props.clone(), answer.setter(), question.clone());
        Callback::from(move |_: MouseEvent| {
            next_number(&question);
            spawn_local(work_out(props.clone(), question.clone(), answer.clone()));
        })
    };
    let cancel = {
        let (answer, question) = (answer.setter(), question);
        Callback::from(move |_: MouseEvent| {
            next_number(&question);
            answer.set(Answer::NotAsked);
        })
    };
    html! {
        <Section>
            <div ref={box_ref} class="help" tabindex="-1" role="group" aria-label="What would help">
                { match &*answer {
                    Answer::NotAsked => html! {
                        <button type="button" class="button button--small button--fix" onclick={ask}>
                            <Icon glyph={Glyph::Bolt} />{ "What would help?" }
                        </button>
                    },
                    Answer::Busy(tried, total) => html! {
                        <>
                            <p class="section__text" role="status">{ format!("{tried} of {total} changes tried") }</p>
                            <button type="button" class="button button--small" onclick={cancel}>{ "Cancel" }</button>
                        </>
                    },
                    Answer::Found(found) => ways(found, &dispatch),
                } }
            </div>
        </Section>
    }
}

fn next_number(question: &RefCell<u32>) {
    let mut number = question.borrow_mut();
    *number = number.wrapping_add(1);
}

/// Whether some pair that is asked about is relayed or impossible.
fn could_be_better(mesh: &Mesh, subject: &Subject) -> bool {
    let concerns = |place: usize, wanted: &crate::plan::NodeId| {
        mesh.nodes.get(place).is_some_and(|node| node.id == *wanted)
    };
    mesh.pairs.iter().any(|pair| {
        let poor = matches!(pair.verdict, Verdict::Relayed(_) | Verdict::Impossible);
        poor && match subject {
            Subject::Plan | Subject::Site(_) => true,
            Subject::Node(id) => concerns(pair.a, id) || concerns(pair.b, id),
            Subject::Pair(key) => mesh.key_of(pair).as_ref() == Some(key),
        }
    })
}

/// Tries one change after the other until all are tried or nobody waits any more.
async fn work_out(props: HelpProps, question: Rc<RefCell<u32>>, answer: UseStateSetter<Answer>) {
    let number = *question.borrow();
    let mut ranking = Ranking::new(&props.plan, &props.mesh, &props.subject);
    let begun = frame::now();
    let mut turn = begun;
    while ranking.step() {
        let now = frame::now();
        if now - turn > TURN {
            if now - begun > PATIENCE {
                answer.set(Answer::Busy(ranking.tried(), ranking.total()));
            }
            frame::pause().await;
            if *question.borrow() != number {
                return;
            }
            turn = frame::now();
        }
    }
    answer.set(Answer::Found(Rc::new(ranking.best())));
}

/// The best change as the one thing to press, and the others below.
fn ways(found: &[Improvement], dispatch: &Dispatch) -> Html {
    let Some((best, others)) = found.split_first() else {
        return html! { <p class="section__text">{ "No single change helps here." }</p> };
    };
    let count = others.len().min(OTHERS);
    let title = if count == 1 {
        "1 other way".to_owned()
    } else {
        format!("{count} other ways")
    };
    html! {
        <>
            <h3 class="section__title">{ "What would help most" }</h3>
            { way(best, dispatch, "help__way help__way--best") }
            if count > 0 {
                <details class="more">
                    <summary class="more__line"><Icon glyph={Glyph::ChevronRight} /><span class="link">{ title }</span></summary>
                    <div class="help__others">
                        { for others.iter().take(OTHERS).map(|other| way(other, dispatch, "help__way")) }
                    </div>
                </details>
            }
        </>
    }
}

fn way(improvement: &Improvement, dispatch: &Dispatch, class: &'static str) -> Html {
    // The text is what to do and, behind a colon, what comes of it.
    let effect = improvement
        .text
        .strip_prefix(improvement.action.as_str())
        .map_or("", |rest| rest.trim_start_matches(": "));
    let onclick = {
        let (dispatch, improvement) = (dispatch.clone(), improvement.clone());
        Callback::from(move |_: MouseEvent| follow(&dispatch, &improvement))
    };
    html! {
        <button type="button" {class} {onclick}>
            <Icon glyph={Glyph::Bolt} />
            <span>
                <span class="help__action">{ improvement.action.clone() }</span>
                <span class="help__effect">{ effect.to_owned() }</span>
            </span>
        </button>
    }
}

/// Makes the change in one step, and leads to what only the person can say.
fn follow(dispatch: &Dispatch, improvement: &Improvement) {
    if let Some(edit) = &improvement.edit {
        let fix = Fix {
            text: improvement.action.clone(),
            edit: edit.clone(),
        };
        dispatch.dispatch(Command::ApplyFix(fix).into());
    }
    let asked = match &improvement.asks {
        Some(Asks::Router(site)) => Subject::Site(site.clone()),
        Some(Asks::Host(node) | Asks::Ipv6(node)) => Subject::Node(node.clone()),
        None => return,
    };
    dispatch.dispatch(Command::Select(asked).into());
}
