//! Why a line is there, in a box that is tied to it.

use gloo::utils::{document, window};
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::render::Explanation;

/// Space between the box and the edges of the page.
const MARGIN: f64 = 8.0;
/// Width of the line numbers before the text.
const NUMBERS: f64 = 40.0;

/// What [`ExplanationBox`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ExplanationBoxProps {
    /// The explanation, if a line that has one is active.
    pub explanation: Option<Explanation>,
    /// The active line.
    pub line: Option<usize>,
    /// How far the lines are scrolled.
    pub scrolled: i32,
}

/// The box. It is in the page all the time, so that screen readers hear its
/// content appear.
#[component]
pub fn ExplanationBox(props: &ExplanationBoxProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.clone(), move |props| {
            let line = props
                .line
                .and_then(|line| document().get_element_by_id(&format!("line-{line}")));
            if let (Some(line), Some(tip)) = (line, node.cast::<HtmlElement>()) {
                place(&line, &tip);
            }
        });
    }
    html! {
        <div ref={node} class={classes!("explanation", props.explanation.is_none().then_some("is-empty"))} role="status">
            if let Some(explanation) = &props.explanation {
                <p class="explanation__title">{ explanation.title.clone() }</p>
                if !explanation.values.is_empty() {
                    <dl class="explanation__values">
                        { for explanation.values.iter().map(|(value, reason)| html! {
                            <div><dt class="is-code">{ value.clone() }</dt><dd>{ reason.clone() }</dd></div>
                        }) }
                    </dl>
                }
                if let Some(note) = &explanation.note {
                    <p class="explanation__note">{ note.clone() }</p>
                }
            }
        </div>
    }
}

/// Puts the box below its line, or above it where the page ends. The page's
/// policy forbids style attributes, but not styles that a script sets.
fn place(line: &web_sys::Element, tip: &HtmlElement) {
    let at = line.get_bounding_client_rect();
    let size = |value: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0)
    };
    let (page_width, page_height) = (size(window().inner_width()), size(window().inner_height()));
    let (width, height) = (
        f64::from(tip.offset_width()),
        f64::from(tip.offset_height()),
    );
    let below = at.bottom();
    let top = if below + height + MARGIN <= page_height {
        below
    } else {
        (at.top() - height).max(MARGIN)
    };
    let left = (at.left() + NUMBERS)
        .min(page_width - width - MARGIN)
        .max(MARGIN);
    let style = tip.style();
    // Setting a plain length on an element in the page cannot fail.
    let _ = style.set_property("top", &format!("{top}px"));
    let _ = style.set_property("left", &format!("{left}px"));
}
