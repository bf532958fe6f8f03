//! Sites and machines from afar: a row of dots for each site, or a block with
//! its name.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::editor::scene::{
    CardForm, Detail, LinkVerdict, NodeShape, PlaceKind, Scene, SiteShape, Target, heading,
};
use crate::editor::{Selection, card_rect};
use crate::plan::{NodeId, Place, Plan, Point, SiteId};
use crate::ui::icon::{Glyph, of_form};
use crate::ui::words::t;

use super::hands::{Hands, Now};
use super::marks::{badge_of, class_of, icon, placed, round_rect};
use super::nodes::is_selected;
use super::stage::Step;
use super::view::View;

/// The zoom at which a card can be read.
const NEAR: f64 = 0.7;

/// One of the two layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// The areas with what is written on them.
    Sites,
    /// The dots, and the machines that stand alone.
    Machines,
    /// Those of them that are being dragged.
    Lifted,
}

/// What [`Afar`] shows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct AfarProps {
    pub(super) layer: Layer,
    pub(super) plan: Rc<Plan>,
    pub(super) scene: Rc<Scene>,
    pub(super) selection: Selection,
    /// The machine that is pointed at.
    #[prop_or_default]
    pub(super) hover: Option<NodeId>,
    /// The site under a card that is being dragged.
    #[prop_or_default]
    pub(super) under: Option<SiteId>,
    /// The machine that a connection begins at.
    #[prop_or_default]
    pub(super) from: Option<NodeId>,
    /// The machine that is taken to be away.
    #[prop_or_default]
    pub(super) away: Option<NodeId>,
    /// The machines that are being dragged.
    #[prop_or_default]
    pub(super) lifted: Rc<[NodeId]>,
}

/// What a click from afar means to move: a machine that is no more than a dot
/// in its site cannot be moved by itself, so its site is.
pub(super) fn mover(plan: &Plan, scene: &Scene, target: &Target) -> Target {
    if let (true, Target::Node(id)) = (scene.detail.form.is_afar(), target)
        && let Some(Place::Site { site, .. }) = plan.nodes.get(id).map(|node| &node.place)
    {
        return Target::Site(site.clone());
    }
    target.clone()
}

/// Whether a machine is in a block, where it is not seen.
pub(super) fn is_hidden(now: &Now, id: &NodeId) -> bool {
    let place = now.plan.nodes.get(id).map(|node| &node.place);
    now.scene.detail.form == CardForm::Block && matches!(place, Some(Place::Site { .. }))
}

/// Comes so near to a machine that no more than its site shows that its card can
/// be read, and gives it the focus once it is drawn.
pub(super) fn approach(hands: &Rc<Hands>, now: &Now, id: &NodeId) {
    let Some(node) = now.plan.nodes.get(id) else {
        return;
    };
    let (width, height) = now.stage.size.unwrap_or((800.0, 600.0));
    let at = card_rect(node).center();
    hands.step(Step::View(View {
        x: width / 2.0 - f64::from(at.x) * NEAR,
        y: height / 2.0 - f64::from(at.y) * NEAR,
        zoom: NEAR,
    }));
    let (then, target) = (Rc::clone(hands), Target::Node(id.clone()));
    // The card is there once the page has drawn it.
    Timeout::new(60, move || then.focus(&target)).forget();
}

/// A layer of the drawing from afar.
#[component]
pub(super) fn Afar(props: &AfarProps) -> Html {
    let scene = &props.scene;
    if props.layer == Layer::Sites {
        return html! { <g class="sites">{ for scene.sites.iter().map(|site| area(props, site)) }</g> };
    }
    let lifts = props.layer == Layer::Lifted;
    let part = |id: &NodeId| {
        let is = |one: &Option<NodeId>| one.as_ref() == Some(id);
        classes!(
            is(&props.hover).then_some("is-hovered"),
            is(&props.from).then_some("is-start"),
            is(&props.away).then_some("is-away"),
            (!lifts && props.lifted.contains(id)).then_some("is-left"),
        )
    };
    let all = scene.nodes.iter();
    let shapes = all.filter(|shape| !lifts || props.lifted.contains(&shape.id));
    html! {
        <g class={if lifts { "lifted" } else { "nodes" }} aria-hidden={lifts.then_some("true")}>
            for shape in shapes {
                <Dot
                    key={shape.id.as_str()}
                    shape={Rc::clone(shape)}
                    detail={scene.detail}
                    selected={is_selected(&props.selection, &shape.id)}
                    part={part(&shape.id)}
                    real={!lifts}
                />
            }
        </g>
    }
}

/// A site: its area with its name and how many machines it has.
fn area(props: &AfarProps, shape: &SiteShape) -> Html {
    let detail = props.scene.detail;
    let selection = &props.selection;
    let members = || props.plan.nodes_at(&shape.id);
    let count = members().count();
    // What is selected inside of a block shows nowhere else.
    let holds = members().any(|(id, _)| is_selected(selection, id));
    let selected = selection.has_site(&shape.id);
    let class = classes!(
        "site",
        "is-afar",
        (detail.form == CardForm::Block).then_some("is-block"),
        selected.then_some("is-selected"),
        holds.then_some("is-holding"),
        (props.under.as_ref() == Some(&shape.id)).then_some("is-under"),
    );
    let radius = shape.radius.min(shape.rect.height / 4);
    let name = props
        .plan
        .sites
        .get(&shape.id)
        .map(|site| site.name.as_str());
    html! {
        <g
            key={shape.id.as_str()}
            {class}
            tabindex="0"
            role="button"
            aria-label={shape.label.clone()}
            aria-pressed={selected.to_string()}
            data-site={shape.id.to_string()}
        >
            { round_rect(shape.rect.grown(detail.px(4)), radius + detail.px(4), "ring") }
            { round_rect(shape.rect, radius, "site__area") }
            { round_rect(shape.rect, radius, "site__border") }
            { heading_of(shape, name.unwrap_or_default(), count, detail) }
        </g>
    }
}

fn heading_of(shape: &SiteShape, name: &str, count: usize, detail: Detail) -> Html {
    let heading = heading(name, shape.rect, count, detail);
    let width = shape.rect.width * detail.percent / 100;
    if detail.form == CardForm::Block {
        let y = if heading.count { "-3" } else { "4" };
        return html! {
            <g transform={placed(shape.rect.center(), detail.percent)} aria-hidden="true">
                <text class="site__name" {y} text-anchor="middle">{ heading.name }</text>
                if heading.count {
                    <text class="site__count" y="13" text-anchor="middle">{ machines(count, width) }</text>
                }
            </g>
        };
    }
    let corner = Point {
        x: shape.rect.x,
        y: shape.rect.y,
    };
    html! {
        <g transform={placed(corner, detail.percent)} aria-hidden="true">
            if heading.icon {
                { icon(Glyph::House, 12, 8, 15, "site__icon") }
            }
            <text class="site__name" x={if heading.icon { "33" } else { "10" }} y="20">{ heading.name }</text>
            if heading.count {
                <text class="site__count" x={(width - 10).to_string()} y="20" text-anchor="end">{ count }</text>
            }
        </g>
    }
}

/// How many machines a block stands for, in words where they fit.
fn machines(count: usize, width: i32) -> AttrValue {
    if width < 90 {
        count.to_string().into()
    } else if count == 1 {
        t!("1 machine")
    } else {
        t!("{} machines", count)
    }
}

#[derive(Clone, PartialEq, Properties)]
struct DotProps {
    shape: Rc<NodeShape>,
    detail: Detail,
    selected: bool,
    /// What it does in a gesture, as classes.
    part: Classes,
    /// Whether it can be touched, unlike one that is being dragged.
    real: bool,
}

/// A machine: a dot in its site, or a mark with its name where it stands alone.
#[component]
fn Dot(props: &DotProps) -> Html {
    let DotProps {
        shape,
        detail,
        selected,
        real,
        ..
    } = props;
    let detail = *detail;
    let alone = shape.place != PlaceKind::Site;
    // In a block only the ring of the focus shows where a machine is.
    let hidden = !alone && detail.form == CardForm::Block;
    let wide = shape.rect.width * detail.percent / 100;
    let class = classes!(
        "node",
        "is-afar",
        alone.then_some("is-alone"),
        hidden.then_some("is-hidden"),
        (shape.place == PlaceKind::Roams).then_some("is-roaming"),
        (shape.errors > 0).then_some("is-wrong"),
        selected.then_some("is-selected"),
        props.part.clone(),
    );
    // Clear of the badge that a dot may be.
    let ring = match (alone, detail.form) {
        (true, CardForm::Row) => 15,
        (true, _) => 10,
        (false, _) => (wide / 2 - 2).clamp(7, 13),
    };
    let side = 2 * ring;
    let hit = if alone { wide.max(24) } else { wide };
    html! {
        <g
            {class}
            transform={placed(shape.rect.center(), detail.percent)}
            tabindex={real.then_some("0")}
            role={real.then_some("button")}
            aria-label={real.then(|| shape.label.clone())}
            aria-pressed={real.then(|| selected.to_string())}
            data-node={real.then(|| shape.id.to_string())}
        >
            <rect class="node__hit" x={(-hit / 2).to_string()} y={(-hit / 2).to_string()} width={hit.to_string()} height={hit.to_string()} />
            <rect class="ring" x={(-ring).to_string()} y={(-ring).to_string()} width={side.to_string()} height={side.to_string()} rx="6" />
            if !hidden {
                { mark(shape, wide, detail) }
            }
            if !shape.name.is_empty() {
                <text class="node__name" y={(wide / 2 + 12).to_string()} text-anchor="middle">{ &shape.name }</text>
            }
        </g>
    }
}

/// What a machine looks like: its icon if it stands alone, else a dot, which is
/// the badge of its verdict while another machine is selected.
fn mark(shape: &NodeShape, wide: i32, detail: Detail) -> Html {
    let alone = shape.place != PlaceKind::Site;
    if alone && detail.form == CardForm::Row {
        return html! {
            <>
                <rect class="node__card" x="-12" y="-12" width="24" height="24" rx="6" />
                { icon(of_form(shape.form), -7, -7, 14, "node__icon") }
                if let Some(verdict) = shape.letter {
                    <g transform="translate(12 -12)">{ badge_of(verdict, 7) }</g>
                }
            </>
        };
    }
    match shape.letter {
        Some(verdict) if alone || wide >= 16 => {
            let tenths = match wide {
                _ if alone => 7,
                28.. => 10,
                _ => 8,
            };
            badge_of(verdict, tenths)
        }
        letter => {
            let radius = if alone {
                4
            } else {
                (wide * 5 / 24).clamp(2, 6)
            };
            let radius = radius.to_string();
            let verdict = letter.map(|verdict: LinkVerdict| class_of(verdict));
            html! { <circle class={classes!("node__dot", verdict)} r={radius} /> }
        }
    }
}
