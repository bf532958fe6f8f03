//! The walk of a cell: what becomes of packets and of their answer, hop by hop,
//! with the lines that decide it.

use std::rc::Rc;

use yew::prelude::*;

use super::matrix::{Shared, look};
use crate::browser::focus;
use crate::plan::Family;
use crate::proof::{Line, Outcome, Step, StepKind, Target, Verdict};
use crate::ui::icon::{Glyph, Icon, of_form};
use crate::ui::proving::{Proved, Prover, Sign, Taken};
use crate::ui::session::{Action, Dispatch, FileLine, use_dispatch};

/// The title, which takes the focus when a walk is opened.
const TITLE: &str = "walk-title";

/// What [`Walk`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct WalkProps {
    /// The proof.
    pub proved: Shared,
    /// From which machine, by its place.
    pub from: usize,
    /// To which target, by its place.
    pub place: usize,
    /// Knows the steps.
    pub prover: Prover,
    /// The walk shall be closed.
    pub on_close: Callback<()>,
}

/// The walk.
#[component]
pub fn Walk(props: &WalkProps) -> Html {
    let dispatch = use_dispatch();
    let proved = &props.proved.0;
    let (from, place) = (props.from, props.place);
    let chosen = use_state_eq(|| None::<Family>);
    let families: Vec<Family> = Family::BOTH
        .into_iter()
        .filter(|family| {
            let cell = proved.proof.cell(from, place);
            cell.is_some_and(|cell| cell.family(*family).is_some())
        })
        .collect();
    let worst = worst_family(proved, from, place);
    let family = chosen
        .filter(|family| families.contains(family))
        .or(worst)
        .unwrap_or(Family::V4);
    let steps = use_steps(props, family);
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
    let sign = proved.sign(from, place);
    let cell = proved.proof.cell(from, place);
    let outcome = cell.and_then(|cell| cell.family(family).or_else(|| cell.worst()));
    let (letter, class) = look(sign);
    let names = format!(
        "{} \u{2192} {}",
        proved.proof.name(from),
        proved.proof.target_name(target)
    );
    let close = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <section class="walk" aria-labelledby={TITLE} onkeydown={keys}>
            <header class="walk__head">
                <span class={classes!("cell", "cell--legend", class)} aria-hidden="true">{ letter }</span>
                <h3 id={TITLE} class="walk__title" tabindex="-1"><span class="visually-hidden">{ proved.label(from, place) }</span><span aria-hidden="true">{ names }</span></h3>
                { result(sign) }
                <span class="walk__space" />
                if families.len() > 1 {
                    <div class="segments" role="group" aria-label="Family">
                        { for families.iter().map(|of| {
                            let (chosen, of) = (chosen.setter(), *of);
                            html! {
                                <button type="button" class="segments__item" aria-pressed={if of == family { "true" } else { "false" }} onclick={move |_| chosen.set(Some(of))}>{ of.to_string() }</button>
                            }
                        }) }
                    </div>
                }
                { turn(&dispatch, proved, from, target) }
                <button type="button" class="icon-button" aria-label="Close the walk" title="Close the walk" onclick={close}><Icon glyph={Glyph::Close} /></button>
            </header>
            <div class="walk__body">
                <p class="walk__why">{ why(proved, from, target, sign, outcome) }</p>
                if let Some(steps) = &steps {
                    { course(&dispatch, proved, steps) }
                }
            </div>
        </section>
    }
}

/// The family that decides the cell.
fn worst_family(proved: &Proved, from: usize, place: usize) -> Option<Family> {
    let cell = proved.proof.cell(from, place)?;
    let worst = cell.worst()?;
    let mut both = Family::BOTH.into_iter();
    both.find(|family| cell.family(*family) == Some(worst))
}

/// The steps, asked for whenever the question changes.
#[hook]
fn use_steps(props: &WalkProps, family: Family) -> Option<Rc<Vec<Taken>>> {
    let steps = use_state(|| None::<Rc<Vec<Taken>>>);
    let question = (
        props.proved.clone(),
        props.prover.clone(),
        (props.from, props.place, family),
    );
    let setter = steps.setter();
    use_effect_with(question, move |(proved, prover, (from, place, family))| {
        if let Some(target) = proved.0.target(*place) {
            prover.steps(&proved.0, (*from, target, *family), move |steps| {
                setter.set(Some(Rc::new(steps)));
            });
        }
    });
    (*steps).clone()
}

fn result(sign: Sign) -> Html {
    let (glyph, class, words) = match sign {
        Sign::Verdict(Verdict::Direct | Verdict::Via) => {
            (Glyph::Check, "walk__result--good", "gets through")
        }
        Sign::Verdict(Verdict::Dormant) => {
            (Glyph::Check, "walk__result--good", "once it has spoken")
        }
        Sign::Verdict(Verdict::Asleep) => (Glyph::Error, "walk__result--bad", "asleep"),
        Sign::Verdict(Verdict::OneWay) => (Glyph::Error, "walk__result--bad", "one way"),
        Sign::Verdict(Verdict::Broken) => (Glyph::Error, "walk__result--bad", "broken"),
        Sign::ByChoice => (Glyph::Minus, "", "off by choice"),
        Sign::Itself | Sign::NotAsked => return html! {},
    };
    html! { <span class={classes!("walk__result", class)}><Icon {glyph} />{ words }</span> }
}

/// The whole in a sentence or two.
fn why(
    proved: &Proved,
    from: usize,
    target: Target,
    sign: Sign,
    outcome: Option<&Outcome>,
) -> String {
    let (name, to) = (proved.proof.name(from), proved.target_words(target));
    let sentence = outcome.map(|outcome| proved.proof.why(from, target, outcome));
    match (sign, sentence) {
        (Sign::Itself, _) => format!("{name} reaches itself without the mesh."),
        (Sign::ByChoice, Some(sentence)) => {
            format!("The plan does not want {name} to reach {to}, and it does not: {sentence}")
        }
        (Sign::Verdict(_), Some(sentence)) => sentence,
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
    let words = format!(
        "{} \u{2192} {}",
        proved.proof.name(to),
        proved.proof.name(from)
    );
    let label = format!("Walk {} instead", proved.between(to, Target::Machine(from)));
    // Machines come first among the targets, in their order.
    let asked = proved.ask(to, from);
    let dispatch = dispatch.clone();
    let turn = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Walk(asked.clone())));
    html! {
        if to != from {
            <button type="button" class="button button--small walk__turn" aria-label={label} onclick={turn}><Icon glyph={Glyph::BothWays} />{ words }</button>
        }
    }
}

/// The steps, grouped by the machine that takes them, and after the arrival
/// the answer.
fn course(dispatch: &Dispatch, proved: &Proved, steps: &[Taken]) -> Html {
    let arrived = steps
        .iter()
        .position(|taken| matches!(taken.step.kind, StepKind::Delivered(_)));
    let (there, back) = match arrived {
        Some(place) => steps.split_at_checked(place + 1).unwrap_or((steps, &[])),
        None => (steps, &[][..]),
    };
    html! {
        <>
            <ol class="hops" aria-label="Hops">{ hops(dispatch, proved, there) }</ol>
            if !back.is_empty() {
                <h4 class="walk__answer">{ "The answer" }</h4>
                <ol class="hops" aria-label="Hops of the answer">{ hops(dispatch, proved, back) }</ol>
            }
        </>
    }
}

fn hops(dispatch: &Dispatch, proved: &Proved, steps: &[Taken]) -> Html {
    let hops = steps.chunk_by(|one, next| one.step.machine == next.step.machine);
    hops.map(|hop| {
        let machine = hop.first().map_or(0, |taken| taken.step.machine);
        let glyph = proved.form(machine).map_or(Glyph::Computer, of_form);
        // Several steps may follow one line, which then stands under the last.
        let lines =
            hop.chunk_by(|one, next| one.step.line.is_some() && one.step.line == next.step.line);
        html! {
            <li class="hop">
                <span class="hop__icon"><Icon {glyph} /></span>
                <p class="hop__name">{ proved.proof.name(machine).to_owned() }</p>
                <ol class="hop__steps">{ for lines.map(|steps| step(dispatch, proved, steps)) }</ol>
            </li>
        }
    })
    .collect()
}

/// What happens by one line, and the line itself.
fn step(dispatch: &Dispatch, proved: &Proved, steps: &[Taken]) -> Html {
    let Some(last) = steps.last() else {
        return html! {};
    };
    let stops = matches!(last.step.kind, StepKind::Stops(_));
    let mut words = String::new();
    for taken in steps {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&own_words(proved, &taken.step));
    }
    html! {
        <li class={if stops { "hop__step is-stop" } else { "hop__step" }}>
            <p class="hop__words">
                if stops { <Icon glyph={Glyph::Error} size={14} /> }
                { words }
            </p>
            if let Some(line) = last.step.line {
                <p class="hop__place">
                    if let Some(quote) = &last.quote {
                        <code class="hop__line">
                            if !quote.key.is_empty() {
                                <span class="code__key">{ quote.key.clone() }</span>{ " = " }
                            }
                            { quote.before.clone() }<mark>{ quote.marked.clone() }</mark>{ quote.after.clone() }
                        </code>
                    }
                    { link(dispatch, proved, last.step.machine, line) }
                </p>
            }
        </li>
    }
}

/// A step in words that stand below the name of its machine.
fn own_words(proved: &Proved, step: &Step) -> String {
    let sentence = proved.proof.say(step);
    let rest = sentence.strip_prefix(proved.proof.name(step.machine));
    let rest = rest.map(|rest| rest.strip_prefix(':').unwrap_or(rest));
    let Some(rest) = rest.and_then(|rest| rest.strip_prefix(' ')) else {
        return sentence;
    };
    let mut characters = rest.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

/// The place of a line, which leads to it.
fn link(dispatch: &Dispatch, proved: &Proved, machine: usize, line: Line) -> Html {
    let path = proved.proof.path(machine, line.which);
    let (Some(path), Some(node)) = (path, proved.id(machine)) else {
        return html! {};
    };
    let short = path.rsplit('/').next().unwrap_or(path);
    let number = line.at.line;
    let label = format!("Line {number} of {short} of {}", proved.proof.name(machine));
    let to = FileLine {
        node: node.clone(),
        path: path.to_owned(),
        line: number,
    };
    let dispatch = dispatch.clone();
    let show = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::ShowLine(to.clone())));
    html! { <button type="button" class="link hop__link is-code" aria-label={label} onclick={show}>{ format!("{short}:{number}") }</button> }
}
