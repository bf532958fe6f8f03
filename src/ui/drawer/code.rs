//! The lines of a file, with numbers, and an explanation of the line that is
//! hovered or focused. Secrets are dots until asked for.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::explanation::ExplanationBox;
use crate::browser::focus;
use crate::mesh::Mesh;
use crate::render::{Explanation, PreviewLine, Shown};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::inspector::keys::DOTS;

/// The lines of a file; compared by identity, because they hold secrets.
#[derive(Clone)]
pub struct Lines(pub Rc<Vec<PreviewLine>>);

impl PartialEq for Lines {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What [`Code`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct CodeProps {
    /// The mesh that explains the lines.
    pub mesh: Rc<Mesh>,
    /// Whose file it is, if it is a config.
    pub place: Option<usize>,
    /// The lines.
    pub lines: Lines,
    /// What the file is called.
    pub label: AttrValue,
    /// The line that was asked for, counted from 0.
    #[prop_or_default]
    pub mark: Option<usize>,
}

/// A file's lines with the explanation of one of them.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    let active = use_state_eq(|| None::<usize>);
    // The list gets the same callback every time, so that moving over its lines
    // renders the explanation alone.
    let on_active = {
        let active = active.setter();
        use_callback((), move |line: Option<usize>, ()| active.set(line))
    };
    let explanation = active.zip(props.place).and_then(|(line, place)| {
        Explanation::of(&props.mesh, place, props.lines.0.get(line)?.why)
    });
    {
        let lines = Rc::as_ptr(&props.lines.0) as usize;
        use_effect_with((props.mark, lines), |(mark, _)| {
            if let Some(mark) = mark {
                show(*mark);
            }
        });
    }
    let leave = on_active.reform(|_: MouseEvent| None);
    // The box follows its line when the lines scroll.
    let scrolled = use_state_eq(|| 0_i32);
    let scroll = {
        let scrolled = scrolled.setter();
        Callback::from(move |event: Event| {
            let lines = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok());
            scrolled.set(lines.map_or(0, |lines| lines.scroll_top()));
        })
    };
    html! {
        <div class="code-box" onmouseleave={leave} onscroll={scroll}>
            <CodeLines lines={props.lines.clone()} explained={props.place.is_some()} label={props.label.clone()} mark={props.mark} {on_active} />
            <ExplanationBox {explanation} line={*active} scrolled={*scrolled} />
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct CodeLinesProps {
    lines: Lines,
    explained: bool,
    label: AttrValue,
    mark: Option<usize>,
    on_active: Callback<Option<usize>>,
}

/// The lines. One of them is in the order of focus; arrow keys move on.
#[component]
fn CodeLines(props: &CodeLinesProps) -> Html {
    let open = use_state_eq(Vec::<usize>::new);
    let lines = &props.lines.0;
    let first = lines.iter().position(explains).filter(|_| props.explained);
    let hover = {
        let on_active = props.on_active.clone();
        Callback::from(move |event: MouseEvent| on_active.emit(line_at(&event)))
    };
    let focus = {
        let on_active = props.on_active.clone();
        Callback::from(move |event: FocusEvent| on_active.emit(line_at(&event)))
    };
    let blur = props.on_active.reform(|_: FocusEvent| None);
    let keys = {
        let on_active = props.on_active.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowDown" => step(&event, Element::next_element_sibling),
            "ArrowUp" => step(&event, Element::previous_element_sibling),
            "Escape" => on_active.emit(None),
            _ => {}
        })
    };
    html! {
        <ol
            class="code" aria-label={props.label.clone()} tabindex={first.is_none().then_some("0")}
            onmouseover={hover} onfocusin={focus} onfocusout={blur} onkeydown={keys}
        >
            for (number, line) in lines.iter().enumerate() {
                <li
                    key={number} id={format!("line-{number}")} data-line={number.to_string()}
                    class={classes!("code__line", (props.mark == Some(number)).then_some("is-marked"))}
                    tabindex={(props.mark == Some(number) || props.explained && explains(line)).then_some(if first == Some(number) { "0" } else { "-1" })}
                >
                    <span class="code__number" aria-hidden="true">{ number + 1 }</span>
                    <code class="code__text">{ content(line, props.explained, number, &open) }</code>
                </li>
            }
        </ol>
    }
}

/// Whether a line has something to explain.
fn explains(line: &PreviewLine) -> bool {
    matches!(line.shown, Shown::Setting(..) | Shown::Secret(..))
}

fn content(
    line: &PreviewLine,
    config: bool,
    number: usize,
    open: &UseStateHandle<Vec<usize>>,
) -> Html {
    match &line.shown {
        Shown::Blank => html! { "\u{200b}" },
        Shown::Section(name) => {
            html! { <span class="code__section">{ format!("[{name}]") }</span> }
        }
        Shown::Comment(text) if config => {
            html! { <span class="code__comment">{ format!("# {text}") }</span> }
        }
        Shown::Comment(text) if text.is_empty() => html! { "\u{200b}" },
        Shown::Comment(text) => html! { text.clone() },
        Shown::Setting(key, value) => {
            html! { <><span class="code__key">{ *key }</span>{ " = " }{ value.clone() }</> }
        }
        Shown::Secret(key, value) => {
            let shown = open.contains(&number);
            let toggle = {
                let open = open.clone();
                Callback::from(move |_: MouseEvent| {
                    let mut next = (*open).clone();
                    match next.iter().position(|line| *line == number) {
                        Some(place) => drop(next.remove(place)),
                        None => next.push(number),
                    }
                    open.set(next);
                })
            };
            let (glyph, words) = if shown {
                (Glyph::EyeOff, format!("Hide {key}"))
            } else {
                (Glyph::Eye, format!("Show {key}"))
            };
            html! {
                <>
                    <span class="code__key">{ *key }</span>{ " = " }
                    if shown {
                        { value.as_str().to_owned() }
                    } else {
                        <span class="is-hidden-secret"><span aria-hidden="true">{ format!("{DOTS}{DOTS}") }</span><span class="visually-hidden">{ "hidden" }</span></span>
                    }
                    <button type="button" class="code__eye" aria-label={words.clone()} title={words} aria-pressed={if shown { "true" } else { "false" }} onclick={toggle}>
                        <Icon {glyph} />
                    </button>
                </>
            }
        }
    }
}

/// Brings a line into view, with some of what stands before it, and focuses it.
fn show(line: usize) {
    let above = line.saturating_sub(4);
    let find = |line| gloo::utils::document().get_element_by_id(&format!("line-{line}"));
    if let Some(above) = find(above) {
        above.scroll_into_view();
    }
    if let Some(line) = find(line) {
        focus::give(&line);
    }
}

/// The number of the line that an event happened in.
fn line_at(event: &Event) -> Option<usize> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target
        .closest("[data-line]")
        .ok()??
        .get_attribute("data-line")?
        .parse()
        .ok()
}

/// Moves the focus to the next line in a direction that explains itself.
fn step(event: &KeyboardEvent, way: fn(&Element) -> Option<Element>) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let mut line = target.and_then(|target| target.closest("[data-line]").ok().flatten());
    while let Some(next) = line.as_ref().and_then(way) {
        if next.has_attribute("tabindex") {
            event.prevent_default();
            if let Ok(next) = next.dyn_into::<HtmlElement>() {
                let _ = next.focus();
            }
            return;
        }
        line = Some(next);
    }
}
