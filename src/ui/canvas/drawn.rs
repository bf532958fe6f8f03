//! Which shapes show now: those of the plan, with what is being dragged at its
//! place.

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::scene::{CROWD, Detail, Scene, Target};
use crate::editor::{dragged_node, dragged_site};
use crate::mesh::Subject;
use crate::plan::{NodeId, Plan};

use super::CanvasProps;
use super::stage::{Drag, Stage};

/// The shapes of what shows now, with what is being dragged at its place.
#[hook]
pub(super) fn use_scene(props: &CanvasProps, stage: &Stage) -> Rc<Scene> {
    let drag = stage
        .drag
        .clone()
        .filter(|drag| !matches!(drag, Drag::Connection(..)));
    // On crowded plans, what is pointed at decides which lines there are.
    let crowded = props.plan.nodes.len() > CROWD;
    let focus = match (&stage.hover, &drag) {
        (_, Some(Drag::Node(id, _))) => Subject::Node(id.clone()),
        (Some(Target::Node(id)), None) if crowded => Subject::Node(id.clone()),
        _ => props.selection.single(),
    };
    // A crowd is drawn as it stands, and what moves once more.
    let (moving, drag) = if crowded { (drag, None) } else { (None, drag) };
    let drawn = use_memo((Rc::clone(&props.plan), drag), |(plan, drag)| {
        drag.as_ref()
            .map_or_else(|| Rc::clone(plan), |drag| Rc::new(dragged(plan, drag)))
    });
    let zoom = (stage.view.percent(), stage.is_narrow());
    let detail = *use_memo((Rc::clone(&drawn), zoom), |(plan, (percent, narrow))| {
        Detail::fitting(plan, *percent, *narrow)
    });
    let before = use_mut_ref(|| None::<(Rc<Scene>, Rc<Scene>)>);
    let resting = {
        let before = Rc::clone(&before);
        use_memo(
            (
                Rc::clone(&drawn),
                Rc::clone(&props.mesh),
                focus.clone(),
                detail,
            ),
            move |(plan, mesh, focus, detail)| {
                let before = before.borrow();
                let before = before.as_ref().map(|(resting, _)| resting.as_ref());
                Scene::after(before, plan, mesh, focus, *detail)
            },
        )
    };
    let (plan, mesh) = (Rc::clone(&props.plan), Rc::clone(&props.mesh));
    let scene = use_memo((Rc::clone(&resting), moving), move |(resting, moving)| {
        let scene = match moving {
            None => Rc::clone(resting),
            Some(drag) => {
                // From the frame before, of which most is still right.
                let last = before.take().filter(|(of, _)| Rc::ptr_eq(of, resting));
                let last = last.map_or_else(|| Rc::clone(resting), |(_, last)| last);
                let plan = dragged(&plan, drag);
                Rc::new(last.moved(&plan, &mesh, &focus, &taken_along(&plan, drag)))
            }
        };
        before.replace(Some((Rc::clone(resting), Rc::clone(&scene))));
        scene
    });
    Rc::clone(&scene)
}

/// The plan as it is drawn while something is dragged.
fn dragged(plan: &Plan, drag: &Drag) -> Plan {
    match drag {
        Drag::Node(id, at) => dragged_node(plan, id, *at),
        Drag::Site(id, at) => dragged_site(plan, id, *at),
        Drag::Connection(..) => plan.clone(),
    }
}

/// The machines that move with what is dragged.
fn taken_along(plan: &Plan, drag: &Drag) -> Vec<NodeId> {
    match drag {
        Drag::Node(id, _) => vec![id.clone()],
        Drag::Site(site, _) => plan.nodes_at(site).map(|(id, _)| id.clone()).collect(),
        Drag::Connection(..) => Vec::new(),
    }
}
