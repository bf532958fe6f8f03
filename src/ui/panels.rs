//! The part of the page that loads late: what surrounds the canvas, and all
//! that handles keys and files.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::{clipboard, download};

use super::deliver::use_delivery;
use super::dialog::Dialogs;
use super::drawer::Drawer;
use super::errand::Errands;
use super::inspector::Inspector;
use super::keeping::{use_key_maker, use_leaving_guard, use_vault};
use super::opening::{Projects, use_projects};
use super::session::{Action, Clip, Dialog, Dispatch, Download, Session, use_dispatch};

/// What [`Panels`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PanelsProps {
    /// The state of the page.
    pub session: Rc<Session>,
    /// What the rest of the page leaves to be done.
    pub errands: Errands,
}

/// Inspector, drawer and dialogs.
#[component]
pub(super) fn Panels(props: &PanelsProps) -> Html {
    let dispatch = use_dispatch();
    let session = &props.session;
    let vault = use_vault(session, &dispatch);
    use_key_maker(session, &dispatch, &vault);
    use_delivery(session, &dispatch);
    use_leaving_guard(session);
    let projects = use_projects(session, &dispatch, &vault, &props.errands);
    let (plan, mesh) = (session.editor.plan(), session.editor.mesh());
    let on_copy = use_copy(&dispatch);
    let on_download = {
        let dispatch = dispatch.clone();
        Callback::from(move |download| dispatch.dispatch(Action::Download(download)))
    };
    let on_confirm = {
        let projects = projects.clone();
        Callback::from(move |dialog| confirm(&dispatch, &projects, dialog))
    };
    html! {
        <>
            <Inspector
                plan={Rc::clone(plan)}
                mesh={Rc::clone(mesh)}
                selection={session.editor.selection.clone()}
                keys={session.keys.clone()}
                kept={session.kept.clone()}
                on_copy={on_copy.clone()}
            />
            <Drawer
                plan={Rc::clone(plan)}
                mesh={Rc::clone(mesh)}
                tab={session.tab}
                file_of={session.file_of.clone()}
                keys={session.keys.clone()}
                kept={session.kept.clone()}
                {on_download}
                {on_copy}
                on_open_keyring={chore(&projects, Projects::choose_keyring)}
                on_make_keys={chore(&projects, Projects::make_new_keys)}
            />
            <Dialogs dialog={session.dialog.clone()} mesh={Rc::clone(mesh)} {on_confirm} />
        </>
    }
}

/// A handler that does a chore.
fn chore(projects: &Projects, what: fn(&Projects)) -> Callback<()> {
    let projects = projects.clone();
    Callback::from(move |()| what(&projects))
}

/// What a person confirmed in a dialog is done.
fn confirm(dispatch: &Dispatch, projects: &Projects, dialog: Dialog) {
    match dialog {
        Dialog::DownloadBroken(download) => dispatch.dispatch(Action::DownloadNow(download)),
        Dialog::ExportKeyring => {
            dispatch.dispatch(Action::DownloadNow(Download::Keyring));
        }
        Dialog::ForgetSecrets => projects.forget_secrets(),
        Dialog::ReplacePlan(plan) => projects.open_now(plan.as_ref().clone()),
        Dialog::CannotOpen(_) => {}
        Dialog::StoredPlanUnreadable { text, .. } => {
            let saved = download::save(
                "meshwright-stored.json",
                "application/json",
                text.as_bytes(),
            );
            if let Err(problem) = saved {
                dispatch.dispatch(Action::Say(problem.into()));
            }
        }
    }
}

/// A handler that copies something and says so.
#[hook]
fn use_copy(dispatch: &Dispatch) -> Callback<Clip> {
    let dispatch = dispatch.clone();
    use_callback((), move |clip: Clip, ()| {
        let dispatch = dispatch.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let text = match clipboard::copy(&clip.secret_text).await {
                Ok(()) => format!("Copied {}.", clip.what),
                Err(problem) => problem,
            };
            dispatch.dispatch(Action::Say(text.into()));
        });
    })
}
