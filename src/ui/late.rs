//! Loads the late part of the page.
//!
//! The first download reads the stored plan and draws it. Everything that a
//! person does with it follows in a file of its own as soon as that picture is
//! painted. The build cuts the program in two at the function [`late`]: what
//! only this function leads to is not in the first download. So the rest
//! reaches the late part through [`Late`] alone.
//!
//! Without the feature `late` the program stays whole, for builds that have
//! nothing to cut, such as tests.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser::frame;

use super::page::Page;
use super::start_up::Found;

/// The way into the late part.
#[derive(Clone, Copy)]
pub(super) struct Late {
    /// The page that is worked with, beginning with what was found.
    pub page: fn(&Rc<Found>) -> Html,
    /// Answers what the page asks of its worker.
    pub work: fn(),
}

/// The late part, as far as it is there.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// It is on its way.
    Coming,
    /// It is there.
    Here(Late),
    /// It could not be fetched.
    Failed,
}

/// The late part could not be fetched; the browser's console says why.
pub(super) struct NotLoaded;

#[cfg(feature = "late")]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Where the program is cut.
#[cfg_attr(feature = "late", wasm_split_helpers::wasm_split(page, fallible))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "it cannot fail where the program is whole"
)]
fn late() -> Result<Late, NotLoaded> {
    Ok(Late {
        page: |found| html! { <Page found={Rc::clone(found)} /> },
        work: super::proving::work,
    })
}

/// Fetches the late part. After a failure it can be called again.
pub(super) async fn load() -> Result<Late, NotLoaded> {
    #[cfg(feature = "late")]
    return late().await;
    #[cfg(not(feature = "late"))]
    return late();
}

/// Fetches the late part once the page is painted. The callback tries again.
#[hook]
pub(super) fn use_late() -> (Part, Callback<()>) {
    let part = use_state(|| Part::Coming);
    let attempt = use_state(|| 0_u32);
    {
        let part = part.setter();
        use_effect_with(*attempt, move |_| {
            let painted = frame::painted(move || {
                spawn_local(async move {
                    part.set(load().await.map_or(Part::Failed, Part::Here));
                });
            });
            move || drop(painted)
        });
    }
    let again = {
        let (part, attempt) = (part.setter(), attempt.clone());
        Callback::from(move |()| {
            part.set(Part::Coming);
            attempt.set(*attempt + 1);
        })
    };
    (*part, again)
}
