//! The areas of sites with their gates, and the trays of relays.

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::Rect;
use crate::editor::Selection;
use crate::editor::scene::{Scene, SiteShape};
use crate::plan::{Point, SiteId};
use crate::ui::icon::Glyph;

use super::marks::{icon, placed, round_rect};

/// What [`SiteLayer`] shows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct SiteLayerProps {
    pub(super) scene: Rc<Scene>,
    pub(super) selection: Selection,
    /// The site under a card that is being dragged.
    pub(super) under: Option<SiteId>,
}

/// All sites, and above them the trays.
#[component]
pub(super) fn SiteLayer(props: &SiteLayerProps) -> Html {
    let SiteLayerProps {
        scene,
        selection,
        under,
    } = props;
    let percent = scene.detail.percent;
    html! {
        <>
            <g class="sites">
                for site in &scene.sites {
                    <SiteView
                        key={site.id.as_str()}
                        shape={Rc::clone(site)}
                        {percent}
                        selected={selection.has_site(&site.id)}
                        under={under.as_ref() == Some(&site.id)}
                    />
                }
            </g>
            <g class="trays" aria-hidden="true">
                for node in &scene.nodes {
                    if let Some(tray) = node.tray {
                        <TrayView rect={tray} radius={scene.detail.px(8)} />
                    }
                }
            </g>
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct TrayViewProps {
    rect: Rect,
    radius: i32,
}

#[component]
fn TrayView(props: &TrayViewProps) -> Html {
    round_rect(props.rect, props.radius, "tray")
}

#[derive(Clone, PartialEq, Properties)]
struct SiteViewProps {
    shape: Rc<SiteShape>,
    percent: i32,
    selected: bool,
    under: bool,
}

#[component]
fn SiteView(props: &SiteViewProps) -> Html {
    let SiteViewProps {
        shape,
        percent,
        selected,
        under,
    } = props;
    let corner = Point {
        x: shape.rect.x,
        y: shape.rect.y,
    };
    let class = classes!(
        "site",
        selected.then_some("is-selected"),
        under.then_some("is-under")
    );
    html! {
        <g
            {class}
            tabindex="0"
            role="button"
            aria-label={shape.label.clone()}
            aria-pressed={selected.to_string()}
            data-site={shape.id.to_string()}
        >
            { round_rect(shape.rect.grown(5), shape.radius + 4, "ring") }
            { round_rect(shape.rect, shape.radius, "site__area") }
            <path class="site__border" d={shape.border.clone()} />
            <path class="site__brackets" d={shape.brackets.clone()} />
            <g transform={placed(corner, *percent)}>
                if shape.lans.is_empty() && *percent < 100 {
                    { icon(Glyph::House, 12, 8, 15, "site__icon") }
                    <text class="site__name" x="33" y="20">{ &shape.name }</text>
                } else {
                    { icon(Glyph::House, 18, 14, 16, "site__icon") }
                    <text class="site__name" x="41" y="27">{ &shape.name }</text>
                    <text class="site__lans" x="41" y="45">{ &shape.lans }</text>
                }
            </g>
            { chip(shape, *percent) }
        </g>
    }
}

fn chip(shape: &SiteShape, percent: i32) -> Html {
    let Some(chip) = &shape.chip else {
        return Html::default();
    };
    let corner = Point {
        x: chip.rect.x,
        y: chip.rect.y,
    };
    let width = chip.rect.width * percent / 100;
    html! {
        <g class="chip" transform={placed(corner, percent)}>
            <rect class="chip__box" width={width.to_string()} height="24" rx="6" />
            { icon(Glyph::Router, 8, 4, 15, "chip__icon") }
            <text class="chip__text" x="29" y="16">{ &chip.text }</text>
        </g>
    }
}
