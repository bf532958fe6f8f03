//! The whole page.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::theme::{self, Theme};
use crate::browser::update;

use super::autosave::{use_autosave, use_other_tabs};
use super::canvas::Canvas;
use super::errand::{Errand, Errands};
use super::late::{Part, use_late};
use super::places::{Places, Trouble};
use super::session::{Action, Dispatch, Session};
use super::shortcuts::use_shortcuts;
use super::start::Start;
use super::start_up::first_session;
use super::toast::Toasts;
use super::top_bar::{Counts, TopBar};

/// The whole page.
#[component]
pub fn App() -> Html {
    let session = use_reducer(first_session);
    use_autosave(&session);
    use_other_tabs(session.dispatcher());
    let errands = use_memo((), |()| Errands::default());
    use_shortcuts(session.dispatcher(), errands.as_ref().clone());
    use_updates(session.dispatcher());
    html! {
        <ContextProvider<Dispatch> context={session.dispatcher()}>
            <Page session={Rc::new((*session).clone())} errands={errands.as_ref().clone()} />
        </ContextProvider<Dispatch>>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PageProps {
    session: Rc<Session>,
    errands: Errands,
}

#[component]
fn Page(props: &PageProps) -> Html {
    let dispatch = super::session::use_dispatch();
    let PageProps { session, errands } = props;
    let (part, load) = use_late();
    let dark = use_dark();
    let (plan, mesh) = (session.editor.plan(), session.editor.mesh());
    let on_download = dispatch_with(&dispatch, Action::Download);
    let on_open = leave(errands, Errand::OpenProject);
    let on_empty = leave(errands, Errand::BeginEmpty);
    html! {
        <div class={classes!("app", session.welcome.then_some("is-welcome"))}>
            <TopBar
                name={plan.name.to_string()}
                undo_name={session.editor.history().undo_name().map(AttrValue::from)}
                redo_name={session.editor.history().redo_name().map(AttrValue::from)}
                saved={session.saved.clone()}
                kept={session.kept.clone()}
                counts={Counts::of(mesh)}
                phones={mesh.nodes.iter().any(|node| node.platform.is_app())}
                dark={*dark == Theme::Dark}
                update_ready={session.update_ready}
                on_theme={toggle_theme(&dark)}
                on_new={on_empty.clone()}
                on_open={on_open.clone()}
                {on_download}
                on_update={Callback::from(|()| update::accept())}
            />
            <main class="workspace">
                <Canvas
                    plan={Rc::clone(plan)}
                    mesh={Rc::clone(mesh)}
                    selection={session.editor.selection.clone()}
                    welcome={session.welcome}
                />
                if session.welcome {
                    <Start {on_open} {on_empty} />
                }
            </main>
            {
                match part {
                    Part::Here(late) => (late.panels)(session, errands),
                    Part::Coming | Part::Failed => html! { <Places /> },
                }
            }
            if let Part::Failed = part {
                <Trouble on_retry={load} />
            } else {
                <Toasts toast={session.toast.clone()} />
            }
        </div>
    }
}

/// A handler that leaves an errand.
fn leave(errands: &Errands, errand: Errand) -> Callback<()> {
    let errands = errands.clone();
    Callback::from(move |()| errands.leave(errand))
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

fn toggle_theme(shown: &UseStateHandle<Theme>) -> Callback<()> {
    let next = if **shown == Theme::Dark {
        Theme::Light
    } else {
        Theme::Dark
    };
    let shown = shown.clone();
    Callback::from(move |()| {
        // Without storage the choice holds until the page is left.
        let _ = theme::choose(Some(next));
        shown.set(next);
    })
}

/// Learns that a new version waits; it is offered and never forced.
#[hook]
fn use_updates(dispatch: Dispatch) {
    use_effect_with((), move |()| {
        let listener = update::on_ready(move || dispatch.dispatch(Action::UpdateReady));
        move || drop(listener)
    });
}
