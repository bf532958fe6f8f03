//! The matrix: what is proved for each pair, from row to column. A cell opens
//! the walk of its packets beside it.

mod cells;
mod grid;
mod lens;
mod mosaic;
mod scale;
mod tile;
mod window;

use std::rc::Rc;

use yew::prelude::*;

use super::walk::Walk;
use crate::browser::focus;
use crate::browser::language::Language;
use crate::ui::field::Switch;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::proving::{Phase, Proved, Proving, Sign, words};
use crate::ui::session::{Action, Asked, use_dispatch};
use cells::Axes;
pub use cells::look;
use grid::Grid;
use mosaic::Mosaic;

/// The element in which the focus goes on when a walk is closed.
const GRID: &str = "matrix-grid";

/// What [`Matrix`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct MatrixProps {
    /// What is proved of the open plan.
    pub proof: Proving,
    /// The cell that is walked.
    pub asked: Option<Asked>,
    /// The way of packets is wanted, from a machine to a target by their places.
    pub on_walk: Callback<(usize, usize)>,
    /// What is spoken.
    pub spoken: Language,
}

/// The matrix and the walk beside it.
#[component]
pub fn Matrix(props: &MatrixProps) -> Html {
    let dispatch = use_dispatch();
    let only_broken = use_state_eq(|| false);
    let latest = props.proof.latest.clone();
    let axes = use_memo((latest.clone(), *only_broken), |(latest, only)| {
        Rc::new(Axes::of(
            latest.as_ref().map(|latest| latest.0.as_ref()),
            *only,
        ))
    });
    // Whether the focus goes back to the cell that was walked.
    let returns = use_mut_ref(|| false);
    {
        let returns = Rc::clone(&returns);
        use_effect_with(props.asked.is_some(), move |_| {
            let grid = gloo::utils::document().get_element_by_id(GRID);
            let grid = grid.filter(|_| returns.replace(false));
            let stop = grid.and_then(|grid| grid.query_selector("[tabindex=\"0\"]").ok()?);
            if let Some(stop) = stop {
                focus::give(&stop);
            }
        });
    }
    let Some(latest) = latest else {
        return waiting(&props.proof);
    };
    let proved = &latest.0;
    let walked = props.asked.as_ref().and_then(|asked| proved.find(asked));
    let on_open = {
        let (dispatch, proved) = (dispatch.clone(), Rc::clone(proved));
        Callback::from(move |(from, place)| {
            dispatch.dispatch(Action::Walk(proved.ask(from, place)));
        })
    };
    let on_close = {
        let (dispatch, returns) = (dispatch.clone(), Rc::clone(&returns));
        Callback::from(move |()| {
            *returns.borrow_mut() = true;
            dispatch.dispatch(Action::Walk(None));
        })
    };
    let is_stale = props.proof.done().is_none();
    let nothing = *only_broken && axes.rows.is_empty();
    html! {
        <div class={classes!("matrix", walked.is_some().then_some("has-walk"), is_stale.then_some("is-stale"))} aria-busy={is_stale.then_some("true")}>
            <h2 class="visually-hidden">{ "Matrix" }</h2>
            <div class="matrix__side">
                <div class="matrix__head">
                    <p class="matrix__hint">{ "from row to column" }</p>
                    { filter(&only_broken, proved.stops.len()) }
                </div>
                { strange(proved) }
                if nothing {
                    <p class="matrix__say"><Icon glyph={Glyph::Check} />{ "Nothing is broken: everything that should get through does." }</p>
                } else if axes.tiny && !is_touched() {
                    <Mosaic id={GRID} proved={latest.clone()} axes={Rc::clone(&*axes)} {walked} {on_open} on_close={on_close.clone()} />
                } else {
                    <Grid id={GRID} proved={latest.clone()} axes={Rc::clone(&*axes)} {walked} {on_open} on_close={on_close.clone()} />
                }
                { legend(proved) }
            </div>
            if let Some((from, place)) = walked {
                <Walk key={format!("{from} {place}")} proved={latest.clone()} walk={props.proof.walk.clone()} {from} {place} on_walk={props.on_walk.clone()} {on_close} spoken={props.spoken} />
            }
        </div>
    }
}

/// Whether people point with a finger, which needs cells of its own size.
fn is_touched() -> bool {
    let coarse = gloo::utils::window().match_media("(pointer: coarse)");
    coarse.ok().flatten().is_some_and(|coarse| coarse.matches())
}

/// What there is to say before the first proof.
fn waiting(proof: &Proving) -> Html {
    match &proof.phase {
        Phase::Failed(why) => html! {
            <div class="empty" role="alert">
                <Icon glyph={Glyph::Error} size={20} />
                <h2 class="empty__title">{ "Nothing is proved" }</h2>
                <p class="empty__text">{ why }</p>
            </div>
        },
        _ => html! {
            <div class="empty" role="status"><h2 class="empty__title">{ "Proving\u{2026}" }</h2></div>
        },
    }
}

fn filter(only: &UseStateHandle<bool>, stops: usize) -> Html {
    let on_change = {
        let only = only.setter();
        Callback::from(move |on| only.set(on))
    };
    html! {
        if stops > 0 || **only {
            <div class="matrix__filter"><Switch id="matrix-broken" label={format!("Only what is broken ({stops})")} on={**only} {on_change} /></div>
        }
    }
}

/// Pairs of which the planner says another thing.
fn strange(proved: &Proved) -> Html {
    let named: Vec<String> = proved
        .report
        .contradictions
        .iter()
        .take(3)
        .map(|(from, to)| format!("{} to {}", proved.name(*from), proved.name(*to)))
        .collect();
    let more = proved.report.contradictions.len() - named.len();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    html! {
        if !named.is_empty() {
            <p class="matrix__say status--bad"><Icon glyph={Glyph::Warning} /><span>
                { format!("The canvas shows another thing than these files do: {}{more}. That is a fault of Meshwright; believe the matrix.", named.join(", ")) }
            </span></p>
        }
    }
}

/// The letters, with how often each occurs.
fn legend(proved: &Proved) -> Html {
    let rows = proved.counts.iter().filter(|(_, count)| *count > 0);
    let rows = rows.map(|(verdict, count)| {
        let (letter, class) = look(Sign::Verdict(*verdict));
        let words = words(*verdict);
        html! {
            <li><span class={classes!("cell", "cell--legend", class)} aria-hidden="true">{ letter }</span>{ format!("{words} {count}") }</li>
        }
    });
    html! {
        <div class="matrix__foot">
            <ul class="matrix__legend" aria-label="Legend">{ for rows }</ul>
            <p class="matrix__hint">{ "Walked on the written files, not on the plan, out and back." }</p>
        </div>
    }
}
