//! The canvas: sites, machines and the links between them, to be drawn by hand
//! or by keyboard.
//!
//! The geometry comes from [`crate::editor::scene`]. Panning changes one
//! attribute, because each layer is a component of its own; a drag draws anew
//! only what it moves.

mod afar;
mod clip;
mod context;
mod dragged;
mod drawing;
mod glide;
mod ground;
mod hands;
mod hit;
mod keys;
mod links;
mod marks;
mod menu;
mod minimap;
mod moving;
mod news;
mod nodes;
mod pointer;
mod sites;
mod spoken;
mod stage;
mod still;
mod tidying;
mod tools;
mod view;
mod whole;

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::resize;
use crate::editor::overview::LARGE;
use crate::editor::scene::{CROWD, Detail, LinkVerdict, Scene, Target};
use crate::editor::{Selection, dragged_node, dragged_several, dragged_site};
use crate::mesh::{Mesh, Subject};
use crate::plan::{NodeId, Plan};
use crate::ui::proving::Same;
use crate::ui::session::{Order, use_dispatch};

use clip::use_clipboard;
use drawing::drawing;
use hands::{Hands, Now};
use keys::{use_keys, use_orders};
use menu::AddMenu;
use minimap::Minimap;
use news::News;
use pointer::Pointers;
use stage::{Drag, Stage, Step, Tool, is_narrow};
use tools::{Held, toolbar, zoom_bar};
use view::View;

pub use clip::duplicated;
pub use still::Still;
pub use tools::legend;
pub use whole::{detail_for, whole};

/// Width of the first-visit panel, which covers the left of a wide canvas.
const WELCOME: f64 = 430.0;
/// How much higher than the margin the minimap is.
const MAP: f64 = 104.0;

/// What the canvas shows.
#[derive(Clone, PartialEq, Properties)]
pub struct CanvasProps {
    /// The plan.
    pub plan: Rc<Plan>,
    /// Its mesh.
    pub mesh: Rc<Mesh>,
    /// What is selected.
    pub selection: Selection,
    /// Whether the first-visit panel covers the left side.
    pub welcome: bool,
    /// The machine that is taken to be away; the mesh is then as it is without it.
    #[prop_or_default]
    pub away: Option<NodeId>,
    /// What it is asked to do, with a number that grows.
    #[prop_or_default]
    pub order: Option<(u32, Order)>,
}

/// The canvas.
#[component]
pub fn Canvas(props: &CanvasProps) -> Html {
    let dispatch = use_dispatch();
    let stage = use_reducer_eq(Stage::default);
    let hands = use_memo((), move |()| Hands::new(dispatch));
    let pointers = use_memo((), |()| Pointers::new(&hands));
    let shapes = use_shapes(props, &stage);
    let scene = &shapes.now;
    *hands.now.borrow_mut() = Some(Now {
        plan: Rc::clone(&props.plan),
        mesh: Rc::clone(&props.mesh),
        scene: Rc::clone(scene),
        selection: props.selection.clone(),
        stage: stage.clone(),
    });
    use_keys(&hands);
    use_orders(props.order.clone(), &hands);
    use_clipboard(&hands);
    let on_fit = use_fit(props, &hands);
    use_new_focus(&props.selection, &hands);
    let held = Held(Rc::clone(&hands));
    // On a narrow screen there is no room for a map beside the picture.
    let large = props.plan.nodes.len() >= LARGE && !stage.is_narrow();
    let map = stage.size.filter(|_| large);
    html! {
        <section class={classes(props, &stage, scene)} aria-label={format!("Canvas, {}", props.plan.name)}>
            { drawing(props, &stage, &shapes, &hands, &pointers) }
            { toolbar(&held, stage.tool, stage.menu.is_some()) }
            <div class="canvas__foot">
                { zoom_bar(&held, stage.view.percent(), on_fit, map.map(|_| stage.minimap)) }
                { legend(&counts(props, scene)) }
                if let Some(size) = map.filter(|_| stage.minimap) {
                    <Minimap hands={held.clone()} plan={Rc::clone(&props.plan)} selection={props.selection.clone()} view={stage.view} {size} />
                }
            </div>
            if stage.tool == Tool::Gather {
                { context::gathering(&held) }
            }
            if let Some(menu) = &stage.menu {
                <AddMenu hands={held} plan={Rc::clone(&props.plan)} menu={menu.clone()} chosen={props.selection.clone()} />
            }
            if props.plan.nodes.is_empty() && props.plan.sites.is_empty() && !props.welcome {
                <p class="canvas__empty">{ "Double-click or rest a finger to add a machine or a site, or press N." }</p>
            }
            <News plan={Rc::clone(&props.plan)} mesh={Rc::clone(&props.mesh)} from={stage.from.clone()} tool={stage.tool} selection={props.selection.clone()} />
        </section>
    }
}

/// The counts of the legend. What a machine that is away leaves behind was not
/// chosen, so it is not counted as such.
fn counts(props: &CanvasProps, scene: &Scene) -> Vec<(LinkVerdict, usize)> {
    let shown = |verdict: LinkVerdict| props.away.is_none() || verdict != LinkVerdict::Never;
    let counts = scene.counts.iter().copied();
    counts.filter(|(verdict, _)| shown(*verdict)).collect()
}

fn classes(props: &CanvasProps, stage: &Stage, scene: &Scene) -> Classes {
    classes!(
        "canvas",
        props.welcome.then_some("is-welcome"),
        (scene.detail.percent < 100).then_some("is-small"),
        scene.detail.form.is_afar().then_some("is-afar"),
        match (stage.tool, &stage.drag) {
            (_, Some(Drag::Node(..) | Drag::Site(..) | Drag::Several(..))) => Some("is-dragging"),
            (Tool::Pan, _) => Some("is-panning"),
            (Tool::Connect, _) => Some("is-connecting"),
            (Tool::Select | Tool::Gather, _) => None,
        },
    )
}

/// The shapes of what shows now.
#[derive(Clone)]
struct Shapes {
    /// Without what is being dragged: everything where the plan has it.
    still: Rc<Scene>,
    /// With what is being dragged where it is now.
    now: Rc<Scene>,
}

/// The shapes of what shows now. A drag draws only what it moves.
#[hook]
fn use_shapes(props: &CanvasProps, stage: &Stage) -> Shapes {
    let drag = stage
        .drag
        .clone()
        .filter(|drag| !matches!(drag, Drag::Connection(..) | Drag::Box(_)));
    // On crowded plans, what is pointed at decides which lines there are.
    let crowded = props.plan.nodes.len() > CROWD;
    let focus = match (&stage.hover, &drag) {
        (_, Some(Drag::Node(id, _))) => Subject::Node(id.clone()),
        (Some(Target::Node(id)), None) if crowded => Subject::Node(id.clone()),
        _ => props.selection.single(),
    };
    let zoom = (stage.view.band(), stage.is_narrow());
    // Compared by who they are, not by what is in them.
    let (plan, mesh) = (Same(Rc::clone(&props.plan)), Same(Rc::clone(&props.mesh)));
    let detail = *use_memo((plan.clone(), zoom), |(plan, (percent, narrow))| {
        Detail::fitting(&plan.0, *percent, *narrow)
    });
    // A drag draws anew only what it moves, and an edit only what it changes, so
    // what was there before it is kept.
    let last = use_mut_ref(|| None::<Rc<Scene>>);
    let still = use_memo((plan.clone(), mesh.clone(), focus.clone(), detail), {
        let last = Rc::clone(&last);
        move |(plan, mesh, focus, detail)| match &*last.borrow() {
            last if detail.form.is_afar() => {
                Scene::from_afar(&plan.0, &mesh.0, focus, *detail, last.as_deref(), None)
            }
            Some(last) => last.after(&plan.0, &mesh.0, focus, *detail),
            None => Scene::of(&plan.0, &mesh.0, focus, *detail),
        }
    });
    last.replace(Some(Rc::clone(&still)));
    let now = use_memo(
        (Same(Rc::clone(&still)), plan, mesh, focus, drag),
        |(still, plan, mesh, focus, drag)| {
            let moved = match drag {
                Some(Drag::Node(id, at)) => dragged_node(&plan.0, id, *at),
                Some(Drag::Site(id, at)) => dragged_site(&plan.0, id, *at),
                Some(Drag::Several(parts, by)) => dragged_several(&plan.0, parts, *by),
                _ => return Rc::clone(&still.0),
            };
            Rc::new(if still.0.detail.form.is_afar() {
                let still = Some(still.0.as_ref());
                Scene::from_afar(&moved, &mesh.0, focus, detail, still, Some(&plan.0))
            } else {
                still.0.after_moves(&plan.0, &moved, &mesh.0, focus)
            })
        },
    );
    Shapes {
        still,
        now: now.as_ref().clone(),
    }
}

/// Fits everything into view at first, when another plan is opened and when
/// the canvas changes its size before a person has moved the view.
#[hook]
fn use_fit(props: &CanvasProps, hands: &Rc<Hands>) -> Callback<()> {
    let welcome = props.welcome;
    let fit = {
        let hands = Rc::clone(hands);
        Callback::from(move |()| fit(&hands, welcome))
    };
    let size = use_size(hands);
    {
        let (fit, hands) = (fit.clone(), Rc::clone(hands));
        use_effect_with(*size, move |_| {
            if hands.now().is_some_and(|now| now.stage.fitted) {
                fit.emit(());
            }
        });
    }
    let opened = fit.clone();
    use_effect_with(props.plan.id.clone(), move |_| opened.emit(()));
    fit
}

fn fit(hands: &Hands, welcome: bool) {
    let (Some(now), Some(size)) = (hands.now(), hands.measure()) else {
        return;
    };
    hands.step(Step::Fit(view_of_all(&now.plan, &now.mesh, size, welcome)));
}

/// The view of everything, beside the first-visit panel if that shows.
fn view_of_all(plan: &Plan, mesh: &Mesh, size: (f64, f64), welcome: bool) -> View {
    let bounds = Scene::of(plan, mesh, &Subject::Plan, Detail::FULL).bounds;
    let left = if welcome && size.0 >= 1000.0 {
        WELCOME
    } else {
        0.0
    };
    // Nothing shall begin behind the minimap.
    let foot = if plan.nodes.len() >= LARGE && !is_narrow(size) {
        MAP
    } else {
        0.0
    };
    View::fitting(bounds, (size.0, size.1 - foot), left)
}

/// Width and height of the canvas, measured whenever they change.
#[hook]
fn use_size(hands: &Rc<Hands>) -> UseStateHandle<Option<(f64, f64)>> {
    let size = use_state_eq(|| None);
    let (setter, hands) = (size.setter(), Rc::clone(hands));
    use_effect_with((), move |()| {
        let element = hands.drawing.cast::<web_sys::Element>();
        let measure = move || {
            if let Some((width, height)) = hands.measure() {
                hands.step(Step::Size(width, height));
                setter.set(Some((width, height)));
            }
        };
        // The observer reports the first size by itself.
        let guard = element.and_then(|element| resize::watch(&element, measure));
        move || drop(guard)
    });
    size
}

/// Gives the focus to what was just added, and brings it into view.
#[hook]
fn use_new_focus(selection: &Selection, hands: &Rc<Hands>) {
    let hands = Rc::clone(hands);
    use_effect_with(selection.clone(), move |selection| {
        let target = match selection.single() {
            Subject::Node(id) => Target::Node(id),
            Subject::Site(id) => Target::Site(id),
            Subject::Plan | Subject::Pair(_) => return,
        };
        if hands.wants_focus.replace(false) {
            hands.focus(&target);
            hands.show(&target);
        }
    });
}
