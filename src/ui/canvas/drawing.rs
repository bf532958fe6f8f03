//! The drawing in sheets that lie on each other: ground, sites, lines at rest,
//! lines, cards, and on top what is being dragged with badges and plates.
//!
//! Each sheet is an element of its own, which the browser paints by itself: what
//! changes on one leaves the others alone, and in a drag they are layers that are
//! not even put together again from their parts.

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::Selection;
use crate::editor::scene::Target;

use super::afar::{Afar, Layer};
use super::dragged::{connection, landing, lifted, order, site_under};
use super::ground::ground;
use super::hands::Hands;
use super::links::{BadgeLayer, LinkLayer, rest};
use super::nodes::{LiftedLayer, NodeLayer};
use super::pointer::Pointers;
use super::sites::SiteLayer;
use super::spoken::spoken;
use super::stage::{Drag, Stage};
use super::view::{around_shown, shown};
use super::{CanvasProps, Shapes};

/// The drawing with its handlers.
pub(super) fn drawing(
    props: &CanvasProps,
    stage: &Stage,
    shapes: &Shapes,
    hands: &Hands,
    pointers: &Pointers,
) -> Html {
    html! {
        <div
            class="canvas__drawing"
            ref={hands.drawing.clone()}
            tabindex="-1"
            role="group"
            aria-label="Drawing of the network"
            onpointerdown={pointers.down.clone()}
            onpointermove={pointers.moved.clone()}
            onpointerup={pointers.up.clone()}
            onpointercancel={pointers.cancel.clone()}
            onpointerleave={pointers.leave.clone()}
            onwheel={pointers.wheel.clone()}
            ondblclick={pointers.double.clone()}
            oncontextmenu={pointers.context.clone()}
            ontouchend={pointers.lifted.clone()}
            onfocusin={pointers.focused.clone()}
            onfocusout={pointers.blurred.clone()}
        >
            <svg class="sheet" role="none">{ ground(stage.view) }</svg>
            { sheets(props, stage, shapes) }
        </div>
    }
}

/// What moves with the view, from below to above.
fn sheets(props: &CanvasProps, stage: &Stage, shapes: &Shapes) -> Html {
    let (plan, scene, still) = (&props.plan, &shapes.now, &shapes.still);
    let selection: &Selection = &props.selection;
    let lifted = lifted(plan, stage.drag.as_ref());
    let under = site_under(props, stage);
    let pointed = match &stage.hover {
        Some(Target::Node(id)) => Some(id.clone()),
        _ => None,
    };
    // A connection that is being drawn may end at the machine under it.
    let (from, over) = match &stage.drag {
        Some(Drag::Connection(from, _, over)) => (Some(from.clone()), over.clone()),
        _ => (stage.from.clone(), None),
    };
    let over = over.or(pointed);
    let hover = stage.hover.clone().filter(|_| stage.drag.is_none());
    let said = stage.spoken.as_ref().or(hover.as_ref());
    let room = shown(stage.view, stage.size.unwrap_or_default());
    let plate = spoken(plan, &props.mesh, scene, said, room);

    let transform = AttrValue::from(stage.view.transform());
    let sheet = |name: &'static str, content: Html| {
        let transform = transform.clone();
        html! { <svg key={name} class={classes!("sheet", name)} role="none"><g {transform}>{ content }</g></svg> }
    };
    let at_rest = sheet("is-rest", rest(scene));
    let lines = sheet(
        "is-lines",
        html! { <LinkLayer plan={Rc::clone(plan)} scene={Rc::clone(scene)} selection={selection.clone()} hover={hover.clone()} /> },
    );
    let top = |cards: Html| {
        sheet(
            "is-top",
            html! {
                <>
                    { cards }
                    <BadgeLayer plan={Rc::clone(plan)} scene={Rc::clone(scene)} selection={selection.clone()} hover={hover.clone()} />
                    { landing(props, stage, scene) }
                    { connection(stage, scene) }
                    { order(stage) }
                    { plate.clone() }
                </>
            },
        )
    };
    if scene.detail.form.is_afar() {
        let layer = |layer: Layer| {
            let scene = if layer == Layer::Machines {
                still
            } else {
                scene
            };
            html! { <Afar {layer} plan={Rc::clone(plan)} scene={Rc::clone(scene)} selection={selection.clone()} under={under.clone()} hover={over.clone()} from={from.clone()} away={props.away.clone()} lifted={Rc::clone(&lifted)} /> }
        };
        // From afar lines pass behind sites, whose words would be hard to read.
        let cards = sheet("is-cards", layer(Layer::Machines));
        let raised = if lifted.is_empty() {
            Html::default()
        } else {
            layer(Layer::Lifted)
        };
        let sites = sheet("is-sites", layer(Layer::Sites));
        return html! { <>{ at_rest }{ lines }{ sites }{ cards }{ top(raised) }</> };
    }
    let sites = sheet(
        "is-sites",
        html! { <SiteLayer scene={Rc::clone(scene)} selection={selection.clone()} {under} /> },
    );
    let cards = sheet(
        "is-cards",
        html! { <NodeLayer scene={Rc::clone(still)} selection={selection.clone()} window={stage.size.map(|size| around_shown(stage.view, size))} hover={over} lifted={Rc::clone(&lifted)} {from} away={props.away.clone()} /> },
    );
    let raised = html! {
        if !lifted.is_empty() {
            <LiftedLayer scene={Rc::clone(scene)} selection={selection.clone()} {lifted} />
        }
    };
    html! { <>{ sites }{ at_rest }{ lines }{ cards }{ top(raised) }</> }
}
