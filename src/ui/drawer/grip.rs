//! The upper edge of the drawer, which changes its height.

use gloo::utils::window;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The least height of an open drawer.
const LEAST: i32 = 120;
/// How far an arrow key moves the edge.
const STEP: i32 = 32;

/// What [`Grip`] changes.
#[derive(Clone, PartialEq, Properties)]
pub struct GripProps {
    /// The drawer.
    pub drawer: NodeRef,
}

/// The edge. It is dragged, or moved with the arrow keys.
#[component]
pub fn Grip(props: &GripProps) -> Html {
    let height = use_state_eq(|| None::<i32>);
    let dragging = use_mut_ref(|| false);
    let node = use_node_ref();
    {
        let drawer = props.drawer.clone();
        use_effect_with(*height, move |height| {
            if let (Some(height), Some(drawer)) = (height, drawer.cast::<HtmlElement>()) {
                // A style that a script sets is within the page's policy, and
                // setting a plain length cannot fail.
                let _ = drawer
                    .style()
                    .set_property("--drawer-height", &format!("{height}px"));
            }
        });
    }
    let onpointerdown = {
        let (dragging, node) = (dragging.clone(), node.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(grip) = node.cast::<HtmlElement>() {
                *dragging.borrow_mut() = grip.set_pointer_capture(event.pointer_id()).is_ok();
            }
        })
    };
    let onpointermove = {
        let (dragging, height) = (dragging.clone(), height.setter());
        Callback::from(move |event: PointerEvent| {
            if *dragging.borrow() {
                // The drawer ends where the page ends.
                height.set(Some(within(page_height() - event.client_y())));
            }
        })
    };
    let end = Callback::from(move |_: PointerEvent| *dragging.borrow_mut() = false);
    let onkeydown = {
        let (height, drawer) = (height.setter(), props.drawer.clone());
        Callback::from(move |event: KeyboardEvent| {
            let step = match event.key().as_str() {
                "ArrowUp" => STEP,
                "ArrowDown" => -STEP,
                _ => return,
            };
            event.prevent_default();
            if let Some(drawer) = drawer.cast::<HtmlElement>() {
                height.set(Some(within(drawer.offset_height() + step)));
            }
        })
    };
    html! {
        <div
            ref={node} class="drawer__grip" role="separator" tabindex="0"
            aria-orientation="horizontal" aria-label="Height of the drawer"
            aria-valuemin={LEAST.to_string()} aria-valuemax={most().to_string()}
            aria-valuenow={height.unwrap_or(LEAST).to_string()}
            {onpointerdown} {onpointermove} onpointerup={end.clone()} onpointercancel={end} {onkeydown}
        ><span /></div>
    }
}

/// The height of the page in whole pixels.
fn page_height() -> i32 {
    let height = window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    // A page is never higher than an i32 can say.
    #[allow(clippy::cast_possible_truncation)]
    height.map_or(0, |height| height as i32)
}

/// The most height: the canvas keeps a quarter of the page.
fn most() -> i32 {
    (page_height() * 3 / 4).max(LEAST)
}

fn within(height: i32) -> i32 {
    height.clamp(LEAST, most())
}
