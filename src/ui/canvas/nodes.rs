//! The cards of machines.

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::scene::{
    CardForm, Detail, NodeShape, PlaceKind, Reach, Scene, ShareShape, clip,
};
use crate::editor::{Rect, Selection};
use crate::plan::{NodeId, Point};
use crate::ui::icon::{Glyph, of_form};

use super::marks::{badge_of, icon, placed};

/// What [`NodeLayer`] shows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct NodeLayerProps {
    pub(super) scene: Rc<Scene>,
    pub(super) selection: Selection,
    /// What is near what shows; everything where nothing is said of it.
    #[prop_or_default]
    pub(super) window: Option<Rect>,
    /// The machine that is pointed at, with the handles for a connection.
    pub(super) hover: Option<NodeId>,
    /// The machines that are being dragged, which [`LiftedLayer`] shows.
    #[prop_or_default]
    pub(super) lifted: Rc<[NodeId]>,
    /// The machine that a connection begins at.
    #[prop_or_default]
    pub(super) from: Option<NodeId>,
    /// The machine that is taken to be away.
    #[prop_or_default]
    pub(super) away: Option<NodeId>,
}

/// All cards. Those far from what shows are there for the keyboard and for screen
/// readers alone, so nothing is written on them.
#[component]
pub(super) fn NodeLayer(props: &NodeLayerProps) -> Html {
    let NodeLayerProps {
        scene,
        selection,
        window,
        hover,
        lifted,
        from,
        away,
    } = props;
    let part = |id: &NodeId| {
        if lifted.contains(id) {
            Part::Left
        } else if from.as_ref() == Some(id) {
            Part::Start
        } else if away.as_ref() == Some(id) {
            Part::Away
        } else {
            Part::Rest
        }
    };
    html! {
        <g class="nodes">
            for node in &scene.nodes {
                <NodeView
                    key={node.id.as_str()}
                    shape={Rc::clone(node)}
                    detail={scene.detail}
                    selected={is_selected(selection, &node.id)}
                    handles={hover.as_ref() == Some(&node.id) && lifted.is_empty()}
                    part={part(&node.id)}
                    near={window.is_none_or(|window| window.overlaps(node.rect))}
                />
            }
        </g>
    }
}

/// Whether a machine shows as selected: also as an end of a pair.
pub(super) fn is_selected(selection: &Selection, id: &NodeId) -> bool {
    match selection.pair() {
        Some(pair) => pair.has(id),
        None => selection.has_node(id),
    }
}

/// What [`LiftedLayer`] shows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct LiftedLayerProps {
    /// The drawing with everything at its new place.
    pub(super) scene: Rc<Scene>,
    pub(super) selection: Selection,
    pub(super) lifted: Rc<[NodeId]>,
}

/// The cards that are being dragged, above all others. The cards themselves stay
/// where they are until the drag ends, unseen: they have the focus, and nothing
/// beside them has to be painted again.
#[component]
pub(super) fn LiftedLayer(props: &LiftedLayerProps) -> Html {
    let LiftedLayerProps {
        scene,
        selection,
        lifted,
    } = props;
    let nodes = scene.nodes.iter().filter(|node| lifted.contains(&node.id));
    html! {
        <g class="lifted" aria-hidden="true">
            for node in nodes {
                <NodeView
                    key={node.id.as_str()}
                    shape={Rc::clone(node)}
                    detail={scene.detail}
                    selected={is_selected(selection, &node.id)}
                    handles={false}
                    part={Part::Lifted}
                    near={true}
                />
            }
        </g>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct NodeViewProps {
    shape: Rc<NodeShape>,
    detail: Detail,
    selected: bool,
    handles: bool,
    part: Part,
    /// Whether it is near what shows.
    near: bool,
}

/// What a machine does in a gesture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Nothing.
    Rest,
    /// It is dragged.
    Lifted,
    /// From here it was taken, until the drag ends.
    Left,
    /// A connection begins here.
    Start,
    /// It is taken to be away.
    Away,
}

#[component]
fn NodeView(props: &NodeViewProps) -> Html {
    let NodeViewProps { shape, detail, .. } = props;
    let class = classes!(
        "node",
        (shape.place == PlaceKind::Roams).then_some("is-roaming"),
        (shape.errors > 0).then_some("is-wrong"),
        props.selected.then_some("is-selected"),
        (props.part == Part::Lifted).then_some("is-lifted"),
        (props.part == Part::Left).then_some("is-left"),
        props.handles.then_some("is-hovered"),
        (props.part == Part::Start).then_some("is-start"),
        (props.part == Part::Away).then_some("is-away"),
    );
    let (width, height) = detail.form.size();
    let corner = Point {
        x: shape.rect.x,
        y: shape.rect.y,
    };
    // There is only one that can be touched.
    let real = props.part != Part::Lifted;
    html! {
        <g
            {class}
            transform={placed(corner, detail.percent)}
            tabindex={real.then_some("0")}
            role={real.then_some("button")}
            aria-label={real.then(|| shape.label.clone())}
            aria-pressed={real.then(|| props.selected.to_string())}
            data-node={real.then(|| shape.id.to_string())}
        >
            if props.near {
                { card(props, width, height) }
            }
        </g>
    }
}

/// The card with all that is written on it.
fn card(props: &NodeViewProps, width: i32, height: i32) -> Html {
    let NodeViewProps { shape, detail, .. } = props;
    html! {
        <>
            for share in &shape.shares {
                { share_box(shape, share, *detail) }
            }
            <rect class="ring" x="-4" y="-4" width={(width + 8).to_string()} height={(height + 8).to_string()} rx="12" />
            <rect class="node__halo" x="-3" y="-3" width={(width + 6).to_string()} height={(height + 6).to_string()} rx="11" />
            <rect class="node__card" width={width.to_string()} height={height.to_string()} rx="8" />
            { caption(shape, detail.form) }
            { head(shape, detail.form) }
            if detail.form == CardForm::Full {
                { strip(shape) }
            }
            if let Some(verdict) = shape.letter {
                <g transform={format!("translate({width} 0)")}>{ badge_of(verdict, 8) }</g>
            }
            if props.handles && detail.form <= CardForm::Small {
                { handles(width, height) }
            }
        </>
    }
}

/// Where a machine without a site stands, above its card.
fn caption(shape: &NodeShape, form: CardForm) -> Html {
    let (glyph, text) = match shape.place {
        PlaceKind::Internet => (Glyph::Globe, "on the internet"),
        PlaceKind::Roams => (Glyph::Pin, "roams"),
        PlaceKind::Site => return Html::default(),
    };
    if form >= CardForm::Small {
        return Html::default();
    }
    html! {
        <g class="node__caption">
            { icon(glyph, 1, -21, 12, "") }
            <text x="19" y="-11">{ text }</text>
        </g>
    }
}

/// Icon, name, address, and at the right what is special about the machine.
fn head(shape: &NodeShape, form: CardForm) -> Html {
    let glyph = of_form(shape.form);
    match form {
        CardForm::Full | CardForm::Compact => {
            let wide = shape.address.chars().count() > 15;
            html! {
                <>
                    <rect class="node__tile" x="9" y="9" width="30" height="30" rx="6" />
                    { icon(glyph, 16, 16, 16, "node__icon") }
                    <text class="node__name" x="49" y="22">{ &shape.name }</text>
                    <text class="node__address" x="49" y="39">{ &shape.address }</text>
                    if !wide {
                        <text class="node__platform" x="198" y="39" text-anchor="end">{ shape.platform }</text>
                    }
                    { tags(shape, 198) }
                </>
            }
        }
        CardForm::Small => html! {
            <>
                <rect class="node__tile" x="7" y="7" width="30" height="30" rx="6" />
                { icon(glyph, 14, 14, 16, "node__icon") }
                <text class="node__name" x="45" y="19">{ clip(&shape.name, 11) }</text>
                <text class="node__address is-small" x="45" y="35">{ clip(&shape.address, 13) }</text>
                { small_tags(shape, 130) }
            </>
        },
        CardForm::Chip => html! {
            <>
                { icon(glyph, 9, 8, 16, "node__icon") }
                <text class="node__name" x="32" y="21">{ clip(&shape.name, 9) }</text>
            </>
        },
        CardForm::Dot | CardForm::Row | CardForm::Block => icon(glyph, 9, 8, 16, "node__icon"),
    }
}

/// From right to left: findings, then the relay's tag, which shrinks to its
/// icon beside a long name.
fn tags(shape: &NodeShape, right: i32) -> Html {
    let count = shape.errors + shape.warnings;
    let found = match count {
        0 => 0,
        1 => 16,
        _ => 28,
    };
    let tag_right = right - if found > 0 { found + 7 } else { 0 };
    let spelled = shape.name.chars().count() <= 8;
    let tag_width = if spelled { 56 } else { 24 };
    html! {
        <>
            if count > 0 {
                { finding_icon(shape, right - found, 8) }
                if count > 1 {
                    <text class={classes!("node__count", (shape.errors > 0).then_some("is-bad"))} x={right.to_string()} y="21" text-anchor="end">{ count }</text>
                }
            }
            if shape.tray.is_some() {
                <g transform={format!("translate({} 6)", tag_right - tag_width)}>
                    <rect class="node__tag" width={tag_width.to_string()} height="20" rx="4" />
                    { icon(Glyph::Relay, 5, 3, 14, "node__tag-icon") }
                    if spelled {
                        <text class="node__tag-text" x="23" y="14">{ "relay" }</text>
                    }
                </g>
            }
        </>
    }
}

fn small_tags(shape: &NodeShape, right: i32) -> Html {
    html! {
        if shape.errors + shape.warnings > 0 {
            { finding_icon(shape, right - 15, 6) }
        } else if shape.tray.is_some() {
            { icon(Glyph::Relay, right - 16, 6, 15, "node__tag-icon") }
        }
    }
}

fn finding_icon(shape: &NodeShape, x: i32, y: i32) -> Html {
    if shape.errors > 0 {
        icon(Glyph::Error, x, y, 16, "node__error")
    } else {
        icon(Glyph::Warning, x, y, 16, "node__warning")
    }
}

/// How the machine is reached, and the address there.
fn strip(shape: &NodeShape) -> Html {
    let roams = shape.place == PlaceKind::Roams;
    let (glyph, word, class) = match shape.reach {
        Reach::Open => (Glyph::Open, "open", "is-open"),
        Reach::Forwarded => (Glyph::Open, "forwarded", "is-open"),
        Reach::DialsOut if roams => (Glyph::DialsOut, "dials out, is never dialled", ""),
        Reach::DialsOut => (Glyph::DialsOut, "dials out", ""),
        Reach::NoAddress => (Glyph::Warning, "no public address yet", "is-unknown"),
    };
    html! {
        <g class={classes!("strip", class)}>
            <path class="strip__edge" d="M0.5 47.5H207.5" />
            { icon(glyph, 11, 53, 15, "strip__icon") }
            <text class="strip__word" x="33" y="65">{ word }</text>
            <text class="strip__address" x="198" y="65" text-anchor="end">{ &shape.found_at }</text>
        </g>
    }
}

/// A shared LAN: on a thin line below a full card, a tab under a compact one.
/// Its rectangle is on the canvas, the group's origin at the card's corner.
fn share_box(shape: &NodeShape, lan: &ShareShape, detail: Detail) -> Html {
    let local = |value: i32| value * detail.percent / 100;
    let left = local(lan.rect.x - shape.rect.x);
    let top = local(lan.rect.y - shape.rect.y);
    let width = local(lan.rect.width);
    let height = local(lan.rect.height);
    let full = detail.form == CardForm::Full;
    let base = top + height / 2 + 4;
    html! {
        <g class={classes!("share", (!full).then_some("is-tab"))}>
            if full {
                <path class="share__line" d={format!("M{} {}V{top}", left + width / 2, top - 30)} />
            }
            <rect class="share__box" x={left.to_string()} y={top.to_string()} width={width.to_string()} height={height.to_string()} rx="6" />
            { icon(Glyph::Lan, left + 9, top + height / 2 - 7, 14, "share__icon") }
            <text class="share__text" x={(left + 29).to_string()} y={base.to_string()}>
                <tspan class="share__prefix">{ clip(&lan.prefix, 20) }</tspan>
                if full && lan.prefix.len() < 20 {
                    <tspan dx="6">{ "shared" }</tspan>
                }
            </text>
        </g>
    }
}

/// The handles at which a connection is drawn to another machine.
fn handles(width: i32, height: i32) -> Html {
    // Below the middle, where arrows of links arrive.
    let y = height * 4 / 5;
    let at = [(0, y), (width, y)];
    html! {
        for (x, y) in at {
            <g class="handle" data-handle="yes" transform={format!("translate({x} {y})")}>
                <circle class="handle__hit" r="12" />
                <rect class="handle__box" x="-5" y="-5" width="10" height="10" rx="3" />
            </g>
        }
    }
}
