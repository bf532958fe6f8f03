//! The whole page.

use yew::prelude::*;

use crate::browser::update::on_ready;

use super::canvas::Canvas;
use super::deliver::use_delivery;
use super::drawer::Drawer;
use super::inspector::Inspector;
use super::keeping::{use_autosave, use_key_maker, use_leaving_guard, use_other_tabs, use_vault};
use super::opening::{Projects, use_new_projects};
use super::session::{Action, Dispatch, Session};
use super::shortcuts::use_shortcuts;
use super::start_up::first_session;

/// The whole page.
#[component]
pub fn App() -> Html {
    let session = use_reducer(first_session);
    let vault = use_vault(&session);
    use_autosave(&session);
    use_key_maker(&session, &vault);
    use_delivery(&session);
    use_leaving_guard(&session);
    use_other_tabs(session.dispatcher());
    let projects = use_new_projects(&session, &vault);
    use_shortcuts(session.dispatcher(), projects.clone());
    use_updates(session.dispatcher());
    html! {
        <ContextProvider<Dispatch> context={session.dispatcher()}>
            <ContextProvider<Projects> context={projects}>
                { page(&session) }
            </ContextProvider<Projects>>
        </ContextProvider<Dispatch>>
    }
}

fn page(_session: &UseReducerHandle<Session>) -> Html {
    html! {
        <div class="app">
            <Canvas />
            <Inspector />
            <Drawer />
        </div>
    }
}

/// Learns that a new version waits; it is offered and never forced.
#[hook]
fn use_updates(dispatch: Dispatch) {
    use_effect_with((), move |()| {
        let listener = on_ready(move || dispatch.dispatch(Action::UpdateReady));
        move || drop(listener)
    });
}
