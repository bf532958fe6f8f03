//! What stands above the drawing when the open project is not safe as it is:
//! another tab has it as well, or the browser does not store it.

use yew::prelude::*;

use super::opening::Projects;
use super::session::{Action, Dispatch, Download, Elsewhere, Saved, Session};
use super::words::t;

/// The banner, if one is needed.
pub(super) fn safety_banner(
    session: &Session,
    dispatch: &Dispatch,
    projects: &Projects,
    take: &Callback<()>,
) -> Html {
    let chore = |what: fn(&Projects)| {
        let projects = projects.clone();
        Callback::from(move |_: MouseEvent| what(&projects))
    };
    let take_over = {
        let (projects, take) = (projects.clone(), take.clone());
        Callback::from(move |_: MouseEvent| {
            take.emit(());
            projects.take_over();
        })
    };
    let read = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Elsewhere(Elsewhere::Reading));
        })
    };
    let (words, buttons) = match session.elsewhere {
        Elsewhere::Open => (
            t!("This project is open in another tab."),
            html! {
                <>
                    { button(t!("Take over here"), take_over) }
                    { button(t!("Only read here"), read) }
                    { button(t!("Open a copy"), chore(Projects::open_copy)) }
                </>
            },
        ),
        Elsewhere::Reading => (
            t!("Read only: another tab changes this project."),
            html! { { button(t!("Take over here"), take_over) } },
        ),
        Elsewhere::Changed => (
            t!(
                "Another tab has stored another version of this project. The last change here is not stored yet."
            ),
            html! {
                <>
                    { button(t!("Keep this one as a copy"), chore(Projects::open_copy)) }
                    { button(t!("Show the other one"), take_over) }
                </>
            },
        ),
        Elsewhere::Alone => {
            let (Saved::Failed(why), false) = (&session.saved, session.welcome) else {
                return Html::default();
            };
            let dispatch = dispatch.clone();
            let save = Callback::from(move |_: MouseEvent| {
                dispatch.dispatch(Action::Download(Download::Project));
            });
            (why.clone(), button(t!("Download the project file"), save))
        }
    };
    html! {
        <div class="safety" role="alert">
            <p class="safety__words">{ words }</p>
            <div class="safety__buttons">{ buttons }</div>
        </div>
    }
}

fn button(words: AttrValue, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="button button--small" {onclick}>{ words }</button> }
}
