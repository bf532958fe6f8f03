//! The whole page: a picture of the plan first, and as soon as the rest of the
//! program is there, the page that is worked with.

use yew::prelude::*;

use super::late::{Part, use_late};
use super::picture::{Picture, Trouble};
use super::start_up::find_plan;

/// The whole page.
#[component]
pub fn App() -> Html {
    let found = use_memo((), |()| find_plan());
    let (part, load) = use_late();
    match part {
        Part::Here(late) => (late.page)(&found),
        Part::Coming => html! { <Picture {found} /> },
        Part::Failed => html! {
            <>
                <Picture {found} />
                <Trouble on_retry={load} />
            </>
        },
    }
}
