//! The whole page: a picture of the plan first, and as soon as the rest of the
//! program is there, the page that is worked with.

use std::rc::Rc;

use yew::prelude::*;

use super::late::{Part, use_late};
use super::picture::{Picture, Trouble};
use super::start_up::first_session;

/// The whole page.
#[component]
pub fn App() -> Html {
    let first = use_memo((), |()| first_session());
    let (part, load) = use_late();
    match part {
        Part::Here(late) => (late.page)(&first),
        Part::Coming => html! { <Picture {first} /> },
        Part::Failed => html! {
            <>
                <Picture first={Rc::clone(&first)} />
                <Trouble on_retry={load} />
            </>
        },
    }
}
