//! The walk of a cell: what becomes of packets and of their answer, hop by hop,
//! with the lines that decide it.

use yew::prelude::*;

use super::matrix::look;
use crate::browser::focus;
use crate::browser::language::{Language, said};
use crate::editor::report::{FileLine as Place, Part, Said, Walk as Course, Way};
use crate::plan::Family;
use crate::proof::{Target, Verdict};
use crate::ui::icon::{Glyph, Icon, of_form};
use crate::ui::proving::{Proved, Same, Sign};
use crate::ui::session::{Action, Dispatch, FileLine, use_dispatch};

/// The title, which takes the focus when a walk is opened.
const TITLE: &str = "walk-title";

/// What [`Walk`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct WalkProps {
    /// The proof.
    pub proved: Same<Proved>,
    /// The way that was asked for last.
    pub walk: Option<Same<Course>>,
    /// From which machine, by its place.
    pub from: usize,
    /// To which target, by its place.
    pub place: usize,
    /// The way of packets is wanted.
    pub on_walk: Callback<(usize, usize)>,
    /// The walk shall be closed.
    pub on_close: Callback<()>,
    /// What is spoken: steps are said without the name that they begin with.
    pub spoken: Language,
}

/// The walk.
#[component]
pub fn Walk(props: &WalkProps) -> Html {
    let dispatch = use_dispatch();
    let proved = &props.proved.0;
    let (from, place) = (props.from, props.place);
    let chosen = use_state_eq(|| None::<Family>);
    let on_walk = props.on_walk.clone();
    use_effect_with((props.proved.clone(), from, place), move |_| {
        on_walk.emit((from, place));
    });
    use_effect_with((), |()| {
        focus::by_id(TITLE);
    });
    let keys = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                on_close.emit(());
            }
        })
    };
    let Some(target) = proved.target(place) else {
        return html! {};
    };
    let course = props.walk.as_ref().map(|walk| walk.0.as_ref());
    let course = course.filter(|walk| (walk.from, walk.target) == (from, place));
    let ways = course.map_or(&[][..], |walk| &walk.ways);
    let way = chosen
        .and_then(|family| ways.iter().find(|way| way.family == family))
        // Of two that are alike the first, which is IPv4.
        .or_else(|| ways.iter().rev().max_by_key(|way| way.verdict));
    let sign = proved.sign(from, place);
    let (letter, class) = look(sign);
    let names = format!(
        "{} \u{2192} {}",
        proved.name(from),
        proved.target_name(target)
    );
    let close = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <section class="walk" aria-labelledby={TITLE} onkeydown={keys}>
            <header class="walk__head">
                <span class={format!("cell cell--legend {class}")} aria-hidden="true">{ letter }</span>
                <h3 id={TITLE} class="walk__title" tabindex="-1"><span class="visually-hidden">{ proved.label(from, place) }</span><span aria-hidden="true">{ names }</span></h3>
                { result(sign) }
                <span class="walk__space" />
                if ways.len() > 1 {
                    <div class="segments" role="group" aria-label="Family">
                        { for ways.iter().map(|each| {
                            let (chosen, of) = (chosen.setter(), each.family);
                            let pressed = way.is_some_and(|way| way.family == of);
                            html! {
                                <button type="button" class="segments__item" aria-pressed={if pressed { "true" } else { "false" }} onclick={move |_| chosen.set(Some(of))}>{ of.to_string() }</button>
                            }
                        }) }
                    </div>
                }
                { turn(&dispatch, proved, from, target) }
                <button type="button" class="icon-button" aria-label="Close the walk" title="Close the walk" onclick={close}><Icon glyph={Glyph::Close} /></button>
            </header>
            <div class="walk__body">
                if course.is_some() {
                    <p class="walk__why">{ why(proved, from, target, sign, way) }</p>
                }
                if let Some(way) = way {
                    { course_of(&dispatch, proved, &way.steps) }
                }
            </div>
        </section>
    }
}

fn result(sign: Sign) -> Html {
    let (glyph, class, words) = match sign {
        Sign::Verdict(Verdict::Direct | Verdict::Via) => {
            (Glyph::Check, "verdict--direct", "gets through")
        }
        Sign::Verdict(Verdict::Dormant) => (Glyph::Check, "verdict--direct", "once it has spoken"),
        Sign::Verdict(Verdict::Asleep) => (Glyph::Error, "verdict--impossible", "asleep"),
        Sign::Verdict(Verdict::OneWay) => (Glyph::Error, "verdict--impossible", "one way"),
        Sign::Verdict(Verdict::Broken) => (Glyph::Error, "verdict--impossible", "broken"),
        Sign::ByChoice => (Glyph::Minus, "", "off by choice"),
        Sign::Itself | Sign::NotAsked => return html! {},
    };
    html! { <span class={classes!("walk__result", class)}><Icon {glyph} />{ words }</span> }
}

/// The whole in a sentence or two.
fn why(proved: &Proved, from: usize, target: Target, sign: Sign, way: Option<&Way>) -> String {
    let (name, to) = (proved.name(from), proved.target_words(target));
    match (sign, way) {
        (Sign::Itself, _) => format!("{name} reaches itself without the mesh."),
        (Sign::ByChoice, Some(way)) => {
            format!("The plan does not want {name} to reach {to}") + ": " + &way.why
        }
        (Sign::Verdict(_), Some(way)) => way.why.clone(),
        (_, _) => {
            format!("{name} does not ask the mesh for {to}: nothing in its files leads there.")
        }
    }
}

/// The walk the other way round, for machines.
fn turn(dispatch: &Dispatch, proved: &Proved, from: usize, target: Target) -> Html {
    let Target::Machine(to) = target else {
        return html! {};
    };
    let label = format!("Other way, {}", proved.between(to, Target::Machine(from)));
    // Machines come first among the targets, in their order.
    let asked = proved.ask(to, from);
    let dispatch = dispatch.clone();
    let turn = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Walk(asked.clone())));
    html! {
        if to != from {
            <button type="button" class="button button--small walk__turn" aria-label={label} onclick={turn}><Icon glyph={Glyph::BothWays} />{ "Other way" }</button>
        }
    }
}

/// The steps, grouped by the machine that takes them, and after the arrival
/// the answer.
fn course_of(dispatch: &Dispatch, proved: &Proved, steps: &[Said]) -> Html {
    let arrived = steps.iter().position(|said| said.part == Part::Arrives);
    let (there, back) = match arrived {
        Some(place) => steps.split_at_checked(place + 1).unwrap_or((steps, &[])),
        None => (steps, &[][..]),
    };
    html! {
        <>
            <ol class="hops" aria-label="Hops">{ hops(dispatch, proved, there) }</ol>
            if !back.is_empty() {
                <h3 class="walk__answer">{ "The answer" }</h3>
                <ol class="hops" aria-label="Hops of the answer">{ hops(dispatch, proved, back) }</ol>
            }
        </>
    }
}

fn hops(dispatch: &Dispatch, proved: &Proved, steps: &[Said]) -> Html {
    let hops = steps.chunk_by(|one, next| one.machine == next.machine);
    hops.map(|hop| {
        let machine = hop.first().map_or(0, |said| said.machine);
        let glyph = proved.form(machine).map_or(Glyph::Computer, of_form);
        // Several steps may follow one line, which then stands under the last.
        let lines = hop.chunk_by(|one, next| one.place.is_some() && one.place == next.place);
        html! {
            <li class="hop">
                <span class="hop__icon"><Icon {glyph} /></span>
                <p class="hop__name">{ proved.name(machine).to_owned() }</p>
                <ol class="hop__steps">{ for lines.map(|steps| step(dispatch, proved, steps)) }</ol>
            </li>
        }
    })
    .collect()
}

/// What happens by one line, and the line itself.
fn step(dispatch: &Dispatch, proved: &Proved, steps: &[Said]) -> Html {
    let Some(last) = steps.last() else {
        return html! {};
    };
    let is_end = last.part == Part::Stops;
    let words: Vec<String> = steps
        .iter()
        .map(|step| own_words(&step.text, proved.name(step.machine)))
        .collect();
    html! {
        <li class={if is_end { "hop__step is-stop" } else { "hop__step" }}>
            <p class="hop__words" translate="no">
                if is_end { <Icon glyph={Glyph::Error} size={14} /> }
                { words.join(" ") }
            </p>
            if let Some(place) = &last.place {
                <p class="hop__place">
                    if let Some(quote) = &last.quote {
                        <code class="hop__line">
                            if !quote.key.is_empty() {
                                <span class="code__key">{ quote.key.clone() }</span>{ " = " }
                            }
                            { quote.before.clone() }<mark>{ quote.marked.clone() }</mark>{ quote.after.clone() }
                        </code>
                    }
                    { link(dispatch, proved, last.machine, place) }
                </p>
            }
        </li>
    }
}

/// A sentence as it stands below the name that it begins with, in the language
/// of the page, which knows it with the name.
fn own_words(sentence: &str, name: &str) -> String {
    let spoken = said(sentence);
    let sentence = spoken.as_deref().unwrap_or(sentence);
    let rest = sentence.strip_prefix(name);
    let rest = rest.map(|rest| rest.strip_prefix(':').unwrap_or(rest));
    let Some(rest) = rest.and_then(|rest| rest.strip_prefix(' ')) else {
        return sentence.to_owned();
    };
    let mut characters = rest.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

/// The place of a line, which leads to it.
fn link(dispatch: &Dispatch, proved: &Proved, machine: usize, place: &Place) -> Html {
    let Some(node) = proved.id(machine) else {
        return html! {};
    };
    let (path, number) = (place.path.as_str(), place.line);
    let short = path.rsplit('/').next().unwrap_or(path);
    let label = format!("Line {number} of {short} of {}", proved.name(machine));
    let to = FileLine {
        node: node.clone(),
        path: path.to_owned(),
        line: number,
    };
    let dispatch = dispatch.clone();
    let show = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::ShowLine(to.clone())));
    html! { <button type="button" class="link hop__link is-code" aria-label={label} onclick={show}>{ format!("{short}:{number}") }</button> }
}
