//! The whole drawing as a file.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use crate::browser::{download, frame, raster};
use crate::editor::picture::{pixels, svg};
use crate::editor::scene::Detail;
use crate::editor::{Rect, Selection};
use crate::mesh::Mesh;
use crate::plan::Plan;
use crate::ui::canvas::whole;
use crate::ui::deliver::file_stem;
use crate::ui::session::{Action, Picture, use_dispatch};
use crate::ui::words::t;

use super::reading::read;

/// What [`PictureFile`] makes.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PictureFileProps {
    pub(super) plan: Rc<Plan>,
    pub(super) mesh: Rc<Mesh>,
    pub(super) selection: Selection,
    pub(super) format: Picture,
}

/// Draws everything where nobody sees it, saves what came of it, and says when
/// it is done.
#[component]
pub(super) fn PictureFile(props: &PictureFileProps) -> Html {
    let dispatch = use_dispatch();
    let host = use_node_ref();
    let (frame, drawing) = whole(
        &props.plan,
        &props.mesh,
        &props.selection,
        Detail::FULL,
        true,
    );
    {
        let (host, props) = (host.clone(), props.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                // Another language is put over the drawing once it is there.
                frame::pause().await;
                if let Err(problem) = save(&props, frame, &host).await {
                    dispatch.dispatch(Action::Say(problem));
                }
                dispatch.dispatch(Action::Picture(None));
            });
        });
    }
    html! { <div class="canvas" ref={host} hidden=true>{ drawing }</div> }
}

async fn save(props: &PictureFileProps, frame: Rect, host: &NodeRef) -> Result<(), AttrValue> {
    let PictureFileProps { plan, format, .. } = props;
    if plan.nodes.is_empty() && plan.sites.is_empty() {
        return Err(t!("Nothing is drawn yet. Add a machine first."));
    }
    let drawn = host
        .cast::<Element>()
        .and_then(|host| host.first_element_child());
    // It is gone if the page is.
    let Some(drawn) = drawn else { return Ok(()) };
    let (name, stem) = (plan.name.as_str(), file_stem(plan));
    if *format == Picture::Svg {
        let text = svg(name, frame, 1, &read(&drawn));
        download::save(&format!("{stem}.svg"), "image/svg+xml", text.as_bytes())?;
        return Ok(());
    }
    let too_large = || {
        t!(
            "As PNG the drawing would have {} by {} pixels, more than this browser can paint. Save it as SVG, which has no limit.",
            frame.width,
            frame.height
        )
    };
    let scale = pixels(frame).ok_or_else(too_large)?;
    let text = svg(name, frame, scale, &read(&drawn));
    let size = (frame.width * scale, frame.height * scale);
    let painted = raster::png(&text, size).await?.ok_or_else(too_large)?;
    download::save_blob(&format!("{stem}.png"), &painted)?;
    Ok(())
}
