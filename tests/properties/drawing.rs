//! The first picture of a plan is drawn from a sketch of its mesh, and looks as the whole mesh
//! will.

use meshwright::editor::dragged_node;
use meshwright::editor::scene::{Detail, Scene};
use meshwright::mesh::{Subject, connect, sketch};
use meshwright::plan::{NodeId, Point};

use crate::plans::wide::{self, Dice, Facts};

/// How many plans are drawn.
const PLANS: u64 = 500;

#[test]
fn a_sketch_draws_as_the_mesh_does() {
    for seed in 0..PLANS {
        let plan = wide::plan(seed, Facts::All);
        let draw = |mesh| Scene::of(&plan, mesh, &Subject::Plan, Detail::FULL);
        assert!(
            draw(&sketch(&plan)) == draw(&connect(&plan)),
            "the picture of plan {seed} changes when the page comes"
        );
    }
}

/// While something is dragged only what moves is drawn anew. The lines in the background are those
/// from before, until the drag ends.
#[test]
fn a_drag_draws_what_a_drawing_from_nothing_does() {
    for seed in 0..PLANS {
        let mut dice = Dice::new(seed);
        let plan = wide::plan(seed, Facts::All);
        let mesh = connect(&plan);
        let ids: Vec<&NodeId> = plan.nodes.keys().collect();
        if ids.is_empty() {
            continue;
        }
        let id = dice.pick(&ids).clone();
        let focus = Subject::Node(id.clone());
        let still = Scene::of(&plan, &mesh, &focus, Detail::FULL);
        for _ in 0..4 {
            let mut to = || i32::try_from(dice.below(3000)).unwrap() - 1000;
            let at = Point { x: to(), y: to() };
            let moved = dragged_node(&plan, &id, at);
            let dragged = still.after_moves(&plan, &moved, &mesh, &focus);
            let mut anew = Scene::of(&moved, &mesh, &focus, Detail::FULL);
            anew.rest = dragged.rest.clone();
            assert!(dragged == anew, "plan {seed}, {id} at {at:?}");
        }
    }
}
