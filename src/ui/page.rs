//! The page that is worked with. It loads after the picture of the plan.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::contrast;
use crate::browser::theme::{self, Theme};
use crate::browser::{clipboard, download, focus, settings, update};
use crate::plan::Plan;

use super::actions::Deed;
use super::add_several::AddSeveral;
use super::autosave::{use_autosave, use_other_tabs};
use super::canvas::Canvas;
use super::deliver::use_delivery;
use super::dialog::Dialogs;
use super::doing::{PANES, use_doer};
use super::drawer::Drawer;
use super::explain::Explain;
use super::first_steps::FirstSteps;
use super::following::use_following;
use super::handout::{paper, picture_file};
use super::inspector::Inspector;
use super::keeping::{use_key_maker, use_leaving_guard, use_vault};
use super::key_sheet::KeySheet;
use super::language::use_language;
use super::opening::{Projects, use_projects};
use super::palette::Palette;
use super::project_list::{ProjectList, ProjectListProps, ProjectSheet};
use super::proving::{Same, use_proving};
use super::session::{
    Action, Clip, Dialog, Dispatch, Download, Session, Sheet, View, use_dispatch,
};
use super::shortcuts::use_shortcuts;
use super::start::{Beginning, Start};
use super::start_up::{Found, TABLE, VIEW, first_session};
use super::table::Table;
use super::tabs_banner::safety_banner;
use super::toast::Toasts;
use super::top_bar::TopBar;
use super::what_if::{WhatIf, WhatIfBanner, use_what_if};

/// What [`Page`] begins with.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PageProps {
    /// What was found when it was opened.
    pub found: Rc<Found>,
}

/// The page with its state.
#[component]
pub(super) fn Page(props: &PageProps) -> Html {
    let found = Rc::clone(&props.found);
    let session = use_reducer(move || first_session(&found));
    use_autosave(&session);
    let on_take = use_other_tabs(&session);
    use_updates(session.dispatcher());
    html! {
        <ContextProvider<Dispatch> context={session.dispatcher()}>
            <Panes session={Same(Rc::new((*session).clone()))} {on_take} />
        </ContextProvider<Dispatch>>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PanesProps {
    /// Compared by who it is: looking through all of it costs more than it saves.
    session: Same<Session>,
    /// Tells other tabs that this one takes the project over.
    on_take: Callback<()>,
}

/// Bar, canvas, inspector, drawer and what stands in front of them.
#[component]
fn Panes(props: &PanesProps) -> Html {
    let dispatch = use_dispatch();
    let session = &props.session.0;
    let vault = use_vault(session, &dispatch);
    use_key_maker(session, &dispatch, &vault);
    use_delivery(session, &dispatch);
    use_leaving_guard(session);
    let on_walk = use_proving(session, &dispatch);
    let projects = use_projects(session, &dispatch, &vault);
    use_following(session, &projects);
    let dark = use_dark();
    let contrast = use_state_eq(contrast::chosen);
    let on_do = use_doer(&dispatch, &projects, &dark, &contrast);
    use_shortcuts(&on_do);
    use_effect_with((), |()| {
        let keeper = focus::keep(PANES.join(","));
        move || drop(keeper)
    });
    let on_copy = use_copy(&dispatch);
    use_effect_with(session.view, |view| {
        // Without storage the choice holds until the page is left.
        let _ = settings::set_setting(VIEW, (*view == View::Table).then_some(TABLE));
    });
    let (plan, mesh) = (session.editor.plan(), session.editor.mesh());
    let (language, spoken, on_language) = use_language(plan);
    let what_if = use_what_if(plan, mesh, session.away.as_ref());
    let drawn = what_if.as_ref().map_or(mesh, |what_if| &what_if.mesh);
    let on_download = dispatch_with(&dispatch, Action::Download);
    let on_open = chore(&projects, Projects::choose_project);
    let on_empty = chore(&projects, Projects::begin_empty);
    let on_choose = {
        let projects = projects.clone();
        Callback::from(move |beginning| match beginning {
            Beginning::Example => projects.begin_example(),
            Beginning::Empty => projects.begin_empty(),
            Beginning::File => projects.choose_project(),
        })
    };
    let on_confirm = {
        let (dispatch, projects) = (dispatch.clone(), projects.clone());
        Callback::from(move |dialog| confirm(&dispatch, &projects, dialog))
    };
    html! {
        <div class={classes!("app", session.welcome.then_some("is-welcome"))} data-proof={session.proof.phase.word()}>
            { paper(session) }
            <TopBar
                name={plan.name.to_string()}
                undo_name={session.editor.history().undo_name().map(AttrValue::from)}
                redo_name={session.editor.history().redo_name().map(AttrValue::from)}
                saved={session.saved.clone()}
                kept={session.kept.clone()}
                view={session.view}
                proof={session.proof.clone()}
                phones={mesh.nodes.iter().any(|node| node.platform.is_app())}
                dark={*dark == Theme::Dark}
                contrast={*contrast}
                {language}
                {on_language}
                update_ready={session.update_ready}
                on_theme={on_do.reform(|()| Deed::Theme)}
                on_do={on_do.clone()}
                on_new={on_empty}
                {on_open}
                on_download={on_download.clone()}
                on_update={Callback::from(|()| update::accept())}
            />
            <main class="workspace">
                if session.view == View::Table {
                    <Table
                        plan={Rc::clone(plan)}
                        mesh={Rc::clone(mesh)}
                        selection={session.editor.selection.clone()}
                        proof={session.proof.clone()}
                        order={session.order.clone()}
                    />
                } else {
                    <Canvas
                        plan={Rc::clone(plan)}
                        mesh={Rc::clone(drawn)}
                        selection={session.editor.selection.clone()}
                        welcome={session.welcome}
                        away={session.away.clone()}
                        order={session.order.clone()}
                    />
                }
                { banner(plan, what_if.as_ref()) }
                { safety_banner(session, &dispatch, &projects, &props.on_take) }
                <FirstSteps session={Rc::clone(session)} />
                if session.welcome {
                    <Start on_choose={on_choose.clone()}>
                        if session.sheet != Some(Sheet::Projects) {
                            <ProjectList ..list_of(session, &projects) />
                        }
                    </Start>
                }
            </main>
            <Inspector
                plan={Rc::clone(plan)}
                mesh={Rc::clone(mesh)}
                selection={session.editor.selection.clone()}
                keys={session.keys.clone()}
                kept={session.kept.clone()}
                proof={session.proof.clone()}
                away={what_if.map(|what_if| (what_if.node, what_if.absence))}
                on_copy={on_copy.clone()}
            />
            <Drawer
                plan={Rc::clone(plan)}
                mesh={Rc::clone(mesh)}
                tab={session.tab}
                view={session.view}
                file_of={session.file_of.clone()}
                line={session.line.clone()}
                proof={session.proof.clone()}
                asked={session.asked.clone()}
                {on_walk}
                keys={session.keys.clone()}
                kept={session.kept.clone()}
                {on_download}
                {on_copy}
                on_open_keyring={chore(&projects, Projects::choose_keyring)}
                on_make_keys={chore(&projects, Projects::make_new_keys)}
                {spoken}
            />
            <Dialogs dialog={session.dialog.clone()} mesh={Rc::clone(mesh)} proof={session.proof.clone()} {on_confirm} />
            { sheet(session, &on_do, &projects, on_choose) }
            if session.explains {
                <Explain plan={Rc::clone(plan)} mesh={Rc::clone(mesh)} />
            }
            { picture_file(session) }
            <Toasts toast={session.toast.clone()} />
        </div>
    }
}

/// What lies over the page while somebody looks for something.
fn sheet(
    session: &Session,
    on_do: &Callback<Deed>,
    projects: &Projects,
    on_choose: Callback<Beginning>,
) -> Html {
    match session.sheet {
        None => Html::default(),
        Some(Sheet::Palette) => html! {
            <Palette
                plan={Rc::clone(session.editor.plan())}
                mesh={Rc::clone(session.editor.mesh())}
                undo_name={session.editor.history().undo_name().map(AttrValue::from)}
                redo_name={session.editor.history().redo_name().map(AttrValue::from)}
                selected={!session.editor.selection.parts().is_empty()}
                drawer={session.tab.is_some()}
                on_do={on_do.clone()}
            />
        },
        Some(Sheet::AddSeveral) => html! {
            <AddSeveral plan={Rc::clone(session.editor.plan())} subject={session.editor.selection.single()} />
        },
        Some(Sheet::Keys) => html! { <KeySheet /> },
        Some(Sheet::Projects) => {
            html! { <ProjectSheet list={list_of(session, projects)} {on_choose} /> }
        }
    }
}

/// What the list of projects shows and does.
fn list_of(session: &Session, projects: &Projects) -> ProjectListProps {
    let (open, forget) = (projects.clone(), projects.clone());
    ProjectListProps {
        open: (!session.welcome).then(|| Rc::clone(session.editor.plan())),
        on_open: Callback::from(move |project: String| open.open_stored(&project)),
        on_close: chore(projects, Projects::close),
        on_forget: Callback::from(move |project| forget.forget_keys_of(project)),
    }
}

/// What stands above the drawing while a machine is taken to be away.
fn banner(plan: &Plan, what_if: Option<&WhatIf>) -> Html {
    let named = what_if.and_then(|what_if| Some((what_if, plan.nodes.get(&what_if.node)?)));
    named.map_or_else(Html::default, |(what_if, node)| {
        let lost = what_if.absence.cut_off.len() + what_if.absence.until_new_files.len();
        html! { <WhatIfBanner name={node.name.to_string()} {lost} /> }
    })
}

/// A handler that dispatches what it is given.
fn dispatch_with<T: 'static>(dispatch: &Dispatch, action: fn(T) -> Action) -> Callback<T> {
    let dispatch = dispatch.clone();
    Callback::from(move |value| dispatch.dispatch(action(value)))
}

/// The theme that shows, whether chosen or the system's.
#[hook]
fn use_dark() -> UseStateHandle<Theme> {
    let shown = use_state_eq(theme::current);
    let setter = shown.setter();
    use_effect_with((), move |()| {
        let listener = theme::on_system_change(move |_| setter.set(theme::current()));
        move || drop(listener)
    });
    shown
}

/// Learns that a new version waits; it is offered and never forced.
#[hook]
fn use_updates(dispatch: Dispatch) {
    use_effect_with((), move |()| {
        let listener = update::on_ready(move || dispatch.dispatch(Action::UpdateReady));
        move || drop(listener)
    });
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
