//! The first picture of a plan is drawn from a sketch of its mesh, and looks as the whole mesh
//! will.

use meshwright::editor::scene::{Detail, Scene};
use meshwright::mesh::{Subject, connect, sketch};

use crate::plans::wide::{self, Facts};

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
