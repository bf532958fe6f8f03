//! The tools at the edge of the canvas: what a press does, the zoom, the legend.

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::scene::LinkVerdict;
use crate::ui::actions::{Deed, aria_keys, with_key};
use crate::ui::icon::{Glyph, Icon};

use super::hands::Hands;
use super::marks::class_of;
use super::stage::{Menu, Step, Tool};
use super::view::Spot;

/// Gives the hands to a component without comparing them: they never change.
#[derive(Clone)]
pub(super) struct Held(pub(super) Rc<Hands>);

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Select, pan, add a machine, add a site, connect. `adding` says whether the
/// menu of things to add is open.
///
/// These pieces are functions, because each component costs some 7 kB of code.
pub(super) fn toolbar(hands: &Held, tool: Tool, adding: bool) -> Html {
    let choose = |tool: Tool| {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| hands.0.step(Step::Tool(tool)))
    };
    let add = {
        let hands = hands.clone();
        Callback::from(move |event: MouseEvent| add_from_toolbar(&hands.0, &event))
    };
    let site = {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| super::menu::add_site(&hands.0, None))
    };
    html! {
        <div class="tools" role="toolbar" aria-label="Canvas tools" aria-orientation="vertical">
            { tool_button(Glyph::Pointer, &Deed::SelectTool.name(), Some(Deed::SelectTool), Some(tool == Tool::Select), choose(Tool::Select)) }
            { tool_button(Glyph::Hand, &Deed::PanTool.name(), Some(Deed::PanTool), Some(tool == Tool::Pan), choose(Tool::Pan)) }
            <span class="tools__gap" />
            <button
                type="button"
                class="tools__button tools__add"
                aria-label="Add a machine"
                title={with_key("Add a machine", Deed::Add)}
                aria-keyshortcuts={aria_keys(Deed::Add)}
                aria-haspopup="menu"
                aria-expanded={adding.to_string()}
                onclick={add}
            >
                <span class="tools__machine"><Icon glyph={Glyph::AddMachine} /></span>
                <span class="tools__plus"><Icon glyph={Glyph::Plus} /></span>
            </button>
            { tool_button(Glyph::SiteFrame, "Add a site", None, None, site) }
            { tool_button(Glyph::Link, &Deed::ConnectTool.name(), Some(Deed::ConnectTool), Some(tool == Tool::Connect), choose(Tool::Connect)) }
        </div>
    }
}

fn tool_button(
    glyph: Glyph,
    name: &str,
    deed: Option<Deed>,
    pressed: Option<bool>,
    onclick: Callback<MouseEvent>,
) -> Html {
    let title = deed.map_or_else(|| name.to_owned(), |deed| with_key(name, deed));
    html! {
        <button type="button" class="tools__button" aria-label={name.to_owned()} {title} aria-keyshortcuts={deed.and_then(aria_keys)} aria-pressed={pressed.map(|on| on.to_string())} {onclick}>
            <Icon {glyph} />
        </button>
    }
}

/// The menu stands beside the button, and adds in the middle of the view.
fn add_from_toolbar(hands: &Hands, event: &MouseEvent) {
    let Some(now) = hands.now() else { return };
    let place = now.stage.view.to_canvas(hands.middle());
    let button = event
        .target_dyn_into::<web_sys::Element>()
        .and_then(|element| element.closest("button").ok().flatten());
    let rect = button.map(|button| button.get_bounding_client_rect());
    let origin = hands.spot(0, 0);
    let at = rect.map_or(Spot { x: 60.0, y: 60.0 }, |rect| Spot {
        x: rect.right() + origin.x + 10.0,
        y: rect.top() + origin.y,
    });
    hands.step(Step::Menu(Some(Menu {
        at,
        place,
        site: None,
        on: None,
    })));
}

/// Smaller, 100 %, larger, everything.
/// On large plans also the minimap, which shows or not.
pub(super) fn zoom_bar(
    hands: &Held,
    percent: i32,
    on_fit: Callback<()>,
    minimap: Option<bool>,
) -> Html {
    let toggle = {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(now) = hands.0.now() {
                hands.0.toggle_minimap(&now);
            }
        })
    };
    let zoom = |change: fn(f64) -> f64| {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(now) = hands.0.now() {
                hands.0.zoom_to(change(now.stage.view.zoom));
            }
        })
    };
    html! {
        <div class="zoom" role="group" aria-label="Zoom">
            <button type="button" class="tools__button" aria-label="Zoom out" title={with_key("Zoom out", Deed::ZoomOut)} aria-keyshortcuts={aria_keys(Deed::ZoomOut)} onclick={zoom(|zoom| zoom / 1.25)}>
                <Icon glyph={Glyph::Minus} />
            </button>
            <button type="button" class="zoom__figure" title="Zoom to 100 %" aria-label={format!("{percent}%, zoom to 100 percent")} onclick={zoom(|_| 1.0)}>
                { format!("{percent}%") }
            </button>
            <button type="button" class="tools__button" aria-label="Zoom in" title={with_key("Zoom in", Deed::ZoomIn)} aria-keyshortcuts={aria_keys(Deed::ZoomIn)} onclick={zoom(|zoom| zoom * 1.25)}>
                <Icon glyph={Glyph::Plus} />
            </button>
            <span class="zoom__gap" />
            <button type="button" class="tools__button" aria-label="Show everything" title={with_key("Show everything", Deed::Fit)} aria-keyshortcuts={aria_keys(Deed::Fit)} onclick={move |_| on_fit.emit(())}>
                <Icon glyph={Glyph::Fit} />
            </button>
            if let Some(on) = minimap {
                { tool_button(Glyph::Minimap, &Deed::Minimap.name(), Some(Deed::Minimap), Some(on), toggle) }
            }
        </div>
    }
}

/// The verdicts that occur, with the stroke of their lines and their counts.
pub fn legend(counts: &[(LinkVerdict, usize)]) -> Html {
    if counts.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="legend" aria-label="Pairs by verdict">
            for (verdict, count) in counts {
                <li class={classes!("legend__entry", class_of(*verdict))}>
                    <svg class="legend__line" viewBox="0 0 26 8" width="26" height="8" aria-hidden="true" focusable="false">
                        <path class="link__line" d="M1 4H25" />
                        if *verdict == LinkVerdict::Open {
                            <path class="link__core" d="M0 4H26" />
                        }
                    </svg>
                    <b class="legend__letter" aria-hidden="true">{ verdict.letter() }</b>
                    <span>{ verdict.word() }</span>
                    <span class="legend__count">{ *count }</span>
                </li>
            }
        </ul>
    }
}
