//! What is said of a line while it is pointed at or has the focus: its plate
//! grows to its sentence. From afar a dot says its name the same way.

use yew::prelude::*;

use crate::editor::Rect;
use crate::editor::scene::{Scene, Target, sentence};
use crate::mesh::Mesh;
use crate::plan::{Plan, Point};

use super::marks::{badge, placed};

/// The grown plate of what is pointed at, in what `shown` of the canvas shows.
pub(super) fn spoken(
    plan: &Plan,
    mesh: &Mesh,
    scene: &Scene,
    target: Option<&Target>,
    shown: Rect,
) -> Html {
    match target {
        Some(Target::Link(key)) => line(mesh, scene, key, shown),
        Some(Target::Node(id)) if scene.detail.form.is_afar() => {
            let shape = scene.nodes.iter().find(|shape| shape.id == *id);
            // Others have their name beside them anyway.
            let shape = shape.filter(|shape| shape.name.is_empty());
            let node = plan.nodes.get(id).zip(shape);
            node.map_or_else(Html::default, |(node, shape)| {
                // Below the dot, or above it at the lower edge of the view.
                let gap = scene.detail.px(34);
                let below = shape.rect.bottom() + gap < shown.bottom();
                let at = Point {
                    x: shape.rect.center().x,
                    y: if below {
                        shape.rect.bottom() + gap / 2
                    } else {
                        shape.rect.y - gap / 2
                    },
                };
                name(node.name.as_str(), at, scene.detail.percent)
            })
        }
        _ => Html::default(),
    }
}

fn name(name: &str, at: Point, percent: i32) -> Html {
    let letters = i32::try_from(name.chars().count()).unwrap_or(0);
    let width = letters * 7 + 20;
    html! {
        <g class="spoken" transform={placed(at, percent)} aria-hidden="true">
            <rect class="plate__box" x={(-width / 2).to_string()} y="-13" width={width.to_string()} height="26" rx="6" />
            <text class="plate__text" y="4" text-anchor="middle">{ name }</text>
        </g>
    }
}

fn line(mesh: &Mesh, scene: &Scene, key: &str, shown: Rect) -> Html {
    let Some(link) = scene.links.iter().find(|link| link.key == key) else {
        return Html::default();
    };
    let percent = scene.detail.percent;
    let said = sentence(scene, mesh, link, shown);
    let (width, height) = (
        said.rect.width * percent / 100,
        said.rect.height * percent / 100,
    );
    let corner = Point {
        x: said.rect.x,
        y: said.rect.y,
    };
    html! {
        <g class="spoken plate" transform={placed(corner, percent)} aria-hidden="true">
            <rect class="plate__box" width={width.to_string()} height={height.to_string()} rx="8" />
            <g transform="translate(17 17)">{ badge(link.verdict) }</g>
            <text class="plate__text" x="33" y="21">{ said.title }</text>
            for (row, y) in said.rows.iter().zip((41..).step_by(17)) {
                <text class="spoken__text" x="15" y={y.to_string()}>{ row }</text>
            }
        </g>
    }
}
