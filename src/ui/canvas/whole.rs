//! The whole drawing at once, for files and for paper: everything is there,
//! whatever the canvas shows, and nothing can be touched.

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::picture::extent;
use crate::editor::scene::{CROWD, CardForm, Detail, LinkVerdict, Scene};
use crate::editor::{Rect, Selection};
use crate::mesh::{Mesh, Subject};
use crate::plan::{Plan, Point};

use super::links::{BadgeLayer, LinkLayer, rest};
use super::marks::{class_of, placed, round_rect};
use super::nodes::NodeLayer;
use super::sites::SiteLayer;

/// Free space around the drawing.
const MARGIN: i32 = 24;
/// Room for one entry of the legend, in the longest language.
const ENTRY: (i32, i32) = (220, 24);

/// How much detail fits a drawing on paper of this many pixels. Every machine
/// has its name there: nobody can point at paper, and small print is sharp.
#[must_use]
pub fn detail_for(plan: &Plan, mesh: &Mesh, (width, height): (i32, i32)) -> Detail {
    let all = extent(&Scene::of(plan, mesh, &Subject::Plan, Detail::FULL));
    let percent = |room: i32, length: i32| room.saturating_mul(100) / (length + 2 * MARGIN).max(1);
    let zoom = percent(width, all.width).min(percent(height, all.height));
    let fitting = |zoom| Detail::fitting(plan, zoom, false);
    (zoom..100)
        .step_by(4)
        .map(fitting)
        .find(|detail| detail.form <= CardForm::Chip)
        .unwrap_or(Detail::FULL)
}

/// The drawing, and the part of the plane that it fills. On crowded plans it
/// has the lines of what is selected, as the canvas does; on others nothing is
/// selected in it.
pub fn whole(
    plan: &Rc<Plan>,
    mesh: &Rc<Mesh>,
    selection: &Selection,
    detail: Detail,
    legend: bool,
) -> (Rect, Html) {
    let selection = if plan.nodes.len() > CROWD {
        selection.clone()
    } else {
        Selection::default()
    };
    let scene = Rc::new(Scene::of(plan, mesh, &selection.single(), detail));
    let mut frame = extent(&scene).grown(detail.px(MARGIN));
    let below = Point {
        x: frame.x + MARGIN,
        y: frame.bottom(),
    };
    let columns = ((frame.width - 2 * MARGIN) / ENTRY.0).max(1);
    if legend {
        let rows = i32::try_from(scene.counts.len()).unwrap_or(0);
        let rows = (rows + columns - 1) / columns;
        frame.height += rows * ENTRY.1 + if rows > 0 { MARGIN } else { 0 };
    }
    let drawing = html! {
        <svg
            class="canvas__drawing whole"
            viewBox={format!("{} {} {} {}", frame.x, frame.y, frame.width, frame.height)}
            width={frame.width.to_string()}
            height={frame.height.to_string()}
        >
            { round_rect(frame, 0, "whole__ground") }
            <SiteLayer scene={Rc::clone(&scene)} selection={selection.clone()} under={None} />
            { rest(&scene) }
            <LinkLayer plan={Rc::clone(plan)} scene={Rc::clone(&scene)} selection={selection.clone()} hover={None} />
            <NodeLayer scene={Rc::clone(&scene)} selection={selection.clone()} hover={None} />
            <BadgeLayer plan={Rc::clone(plan)} scene={Rc::clone(&scene)} {selection} hover={None} />
            if legend {
                { for scene.counts.iter().zip(0..).map(|(entry, place)| {
                    let at = Point {
                        x: below.x + place % columns * ENTRY.0,
                        y: below.y + place / columns * ENTRY.1 + ENTRY.1 / 2,
                    };
                    legend_entry(*entry, at)
                }) }
            }
        </svg>
    };
    (frame, drawing)
}

/// A verdict with its line, its letter and how many pairs have it.
fn legend_entry((verdict, count): (LinkVerdict, usize), at: Point) -> Html {
    html! {
        <g class={classes!("link", class_of(verdict))} transform={placed(at, 100)}>
            <path class="link__line" d="M0 0H26" />
            if verdict == LinkVerdict::Open {
                <path class="link__core" d="M-1 0H27" />
            }
            <text class="whole__words" x="36" y="4">
                <tspan class="whole__letter">{ verdict.letter() }</tspan>
                <tspan dx="6">{ verdict.word() }</tspan>
                <tspan dx="6">{ count }</tspan>
            </text>
        </g>
    }
}
