//! What shows while something is dragged: the connection, the guides, the box,
//! and what dropping would mean.

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::scene::Scene;
use crate::editor::{DropTarget, Guide, Selection, drop_target, landing_site};
use crate::mesh::Subject;
use crate::plan::{NodeId, Place, Plan, Point, SiteId};

use super::CanvasProps;
use super::marks::{placed, round_rect};
use super::stage::{Drag, Stage};

/// The connection that is being drawn.
pub(super) fn connection(stage: &Stage, scene: &Scene) -> Html {
    let Some(Drag::Connection(from, to, _)) = &stage.drag else {
        return Html::default();
    };
    let Some(start) = scene
        .nodes
        .iter()
        .find(|node| node.id == *from)
        .map(|node| node.rect.center())
    else {
        return Html::default();
    };
    html! { <path class="connection" d={format!("M{} {}L{} {}", start.x, start.y, to.x, to.y)} /> }
}

/// The guides of what is dragged, and the box that selects.
pub(super) fn order(stage: &Stage) -> Html {
    if let Some(Drag::Box(area)) = stage.drag {
        return round_rect(area, 0, "lasso");
    }
    let line = |guide: &Guide| {
        let Guide { from, to } = guide;
        format!("M{} {}L{} {}", from.x, from.y, to.x, to.y)
    };
    let lines: String = stage.guides.iter().map(line).collect();
    if lines.is_empty() {
        return Html::default();
    }
    html! { <path class="snap-line" d={lines} /> }
}

/// What dropping the card here means, below the card.
pub(super) fn landing(props: &CanvasProps, stage: &Stage, scene: &Scene) -> Html {
    let (Some(Drag::Node(id, _)), Some(site)) = (&stage.drag, site_under(props, stage)) else {
        return Html::default();
    };
    let card = scene
        .nodes
        .iter()
        .find(|node| node.id == *id)
        .map(|node| node.rect);
    let (Some(card), Some(site)) = (card, props.plan.sites.get(&site)) else {
        return Html::default();
    };
    let text = format!("behind the router at {}", site.name);
    let half = i32::try_from(text.chars().count()).unwrap_or(0) * 13 / 4 + 12;
    let at = Point {
        x: card.center().x,
        y: card.bottom() + scene.detail.px(22),
    };
    html! {
        <g class="landing" transform={placed(at, scene.detail.percent)} aria-hidden="true">
            <rect class="landing__box" x={(-half).to_string()} y="-13" width={(2 * half).to_string()} height="26" rx="6" />
            <text class="landing__text" y="4" text-anchor="middle">{ text }</text>
        </g>
    }
}

/// The machines that are being dragged, alone or with their sites.
pub(super) fn lifted(plan: &Plan, drag: Option<&Drag>) -> Rc<[NodeId]> {
    let parts: Selection = match drag {
        Some(Drag::Node(id, _)) => Subject::Node(id.clone()).into(),
        Some(Drag::Site(id, _)) => Subject::Site(id.clone()).into(),
        Some(Drag::Several(parts, _)) => parts.iter().cloned().collect(),
        Some(Drag::Box(_) | Drag::Connection(..)) | None => return Rc::default(),
    };
    parts.nodes_with_sites(plan).cloned().collect()
}

/// The site that a card would stand at if it were dropped now.
pub(super) fn site_under(props: &CanvasProps, stage: &Stage) -> Option<SiteId> {
    let (id, at) = match &stage.drag {
        Some(Drag::Node(id, at)) => (id, at),
        Some(Drag::Several(parts, by)) => return landing_site(&props.plan, parts, *by),
        _ => return None,
    };
    match drop_target(&props.plan, id, *at) {
        DropTarget::Into(site) => Some(site),
        DropTarget::OutOf(_) => None,
        DropTarget::Same => match &props.plan.nodes.get(id)?.place {
            Place::Site { site, .. } => Some(site.clone()),
            Place::Internet(_) | Place::Roams => None,
        },
    }
}
