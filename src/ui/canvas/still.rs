//! The canvas as long as nobody can touch it: the drawing alone, fitted into
//! view just as the canvas itself will show it.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::resize;
use crate::editor::Selection;
use crate::editor::scene::{Detail, Scene};
use crate::mesh::{Mesh, Subject};
use crate::plan::Plan;

use super::ground::ground;
use super::links::{BadgeLayer, LinkLayer, rest};
use super::nodes::NodeLayer;
use super::sites::SiteLayer;
use super::stage::is_narrow;
use super::view_of_all;

/// What [`Still`] shows.
#[derive(Clone, Properties)]
pub struct StillProps {
    /// The plan.
    pub plan: Rc<Plan>,
    /// Its mesh.
    pub mesh: Rc<Mesh>,
    /// Whether the first-visit panel covers the left side.
    pub welcome: bool,
}

// The picture is of one plan for as long as it shows. To compare plans and
// meshes piece by piece would take three kilobytes of the first download.
impl PartialEq for StillProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan) && Rc::ptr_eq(&self.mesh, &other.mesh)
    }
}

/// The drawing of a plan.
#[component]
pub fn Still(props: &StillProps) -> Html {
    let svg = use_node_ref();
    let size = use_state_eq(|| None);
    {
        let (svg, size) = (svg.clone(), size.setter());
        use_effect_with((), move |()| {
            let guard = svg.cast::<web_sys::Element>().and_then(|element| {
                let measured = element.clone();
                // The observer reports the first size by itself.
                resize::watch(&element, move || {
                    let rect = measured.get_bounding_client_rect();
                    size.set(Some((rect.width(), rect.height())));
                })
            });
            move || drop(guard)
        });
    }
    let StillProps {
        plan,
        mesh,
        welcome,
    } = props;
    let scene = size.map(|size| {
        let view = view_of_all(plan, mesh, size, *welcome);
        let detail = Detail::fitting(plan, view.band(), is_narrow(size));
        (view, Rc::new(Scene::of(plan, mesh, &Subject::Plan, detail)))
    });
    let small = scene
        .as_ref()
        .is_some_and(|(_, scene)| scene.detail.percent < 100);
    let class = classes!(
        "canvas",
        welcome.then_some("is-welcome"),
        small.then_some("is-small")
    );
    html! {
        <section {class} aria-label={format!("Canvas, {}", plan.name)}>
            <svg class="canvas__drawing" ref={svg}>
                if let Some((view, scene)) = scene {
                    { ground(view) }
                    <g transform={view.transform()}>
                        <SiteLayer scene={Rc::clone(&scene)} selection={Selection::default()} under={None} />
                        { rest(&scene) }
                        <LinkLayer plan={Rc::clone(plan)} scene={Rc::clone(&scene)} selection={Selection::default()} hover={None} />
                        // From afar the machines come with the canvas, which has more room for them.
                        if !scene.detail.form.is_afar() {
                            <NodeLayer scene={Rc::clone(&scene)} selection={Selection::default()} hover={None} />
                        }
                        <BadgeLayer plan={Rc::clone(plan)} {scene} selection={Selection::default()} hover={None} />
                    </g>
                }
            </svg>
        </section>
    }
}
