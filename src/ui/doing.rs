//! What each line of the table of actions does.

use yew::prelude::*;

use crate::browser::contrast::{self, Contrast};
use crate::browser::focus;
use crate::browser::theme::{self, Theme};
use crate::editor::Command;
use crate::mesh::Subject;

use super::actions::Deed;
use super::opening::Projects;
use super::palette::show_canvas;
use super::session::{Action, Dialog, Dispatch, Download, Order, Picture, Sheet, Tab};

/// A handler that does what the table of actions names.
#[hook]
pub(super) fn use_doer(
    dispatch: &Dispatch,
    projects: &Projects,
    theme: &UseStateHandle<Theme>,
    contrast: &UseStateHandle<Option<Contrast>>,
) -> Callback<Deed> {
    let (dispatch, projects) = (dispatch.clone(), projects.clone());
    // The handler never changes, and so asks which theme shows when it is needed.
    let (setter, show_contrast) = (theme.setter(), contrast.setter());
    use_callback((), move |deed: Deed, ()| {
        let act = |action: Action| dispatch.dispatch(action);
        match deed {
            Deed::Search => act(Action::ShowSheet(Some(Sheet::Palette))),
            Deed::AddSeveral => act(Action::ShowSheet(Some(Sheet::AddSeveral))),
            Deed::Keys => act(Action::ShowSheet(Some(Sheet::Keys))),
            Deed::NextPane => next_pane(1),
            Deed::PreviousPane => next_pane(PANES.len() - 1),
            Deed::Explain => act(Action::Explain),
            Deed::Undo => act(Command::Undo.into()),
            Deed::Redo => act(Command::Redo.into()),
            Deed::View => act(Action::OtherView),
            Deed::Findings => act(Action::ShowTab(Some(Tab::Findings))),
            Deed::Matrix => act(Action::ShowTab(Some(Tab::Matrix))),
            Deed::Files => act(Action::ShowTab(Some(Tab::Files))),
            Deed::Guide => act(Action::ShowTab(Some(Tab::Guide))),
            Deed::CloseDrawer => act(Action::ShowTab(None)),
            Deed::WholeMesh => act(Command::Select(Subject::Plan).into()),
            Deed::Projects => act(Action::ShowSheet(Some(Sheet::Projects))),
            Deed::New => projects.begin_empty(),
            Deed::Open => projects.choose_project(),
            Deed::Save => act(Action::Download(Download::Project)),
            Deed::Archive => act(Action::Download(Download::Archive)),
            Deed::Keyring => act(Action::Download(Download::Keyring)),
            Deed::SaveSvg => act(Action::Picture(Some(Picture::Svg))),
            Deed::SavePng => act(Action::Picture(Some(Picture::Png))),
            Deed::Print => act(Action::Picture(Some(Picture::Paper))),
            Deed::Forget => act(Action::Show(Some(Dialog::ForgetSecrets))),
            Deed::Theme => {
                let next = other(theme::current());
                // Without storage the choice holds until the page is left.
                let _ = theme::choose(Some(next));
                setter.set(next);
            }
            Deed::Contrast(wish) => {
                let _ = contrast::choose(wish);
                show_contrast.set(wish);
            }
            Deed::Add
            | Deed::Remove
            | Deed::Tidy
            | Deed::SelectTool
            | Deed::PanTool
            | Deed::ConnectTool
            | Deed::Fit
            | Deed::ZoomIn
            | Deed::ZoomOut
            | Deed::ZoomFull
            | Deed::Minimap => {
                show_canvas(&dispatch);
                act(Action::Order(Order::Do(deed)));
            }
            // What the table only tells of, the canvas and the clipboard do.
            Deed::Walk
            | Deed::Inspect
            | Deed::MoveFar
            | Deed::MoveNear
            | Deed::SelectAll
            | Deed::Copy
            | Deed::Cut
            | Deed::Paste
            | Deed::Duplicate
            | Deed::Stop => {}
        }
    })
}

fn other(theme: Theme) -> Theme {
    match theme {
        Theme::Dark => Theme::Light,
        Theme::Light => Theme::Dark,
    }
}

/// What the focus stays in when its holder goes.
pub(super) const PANES: [&str; 4] = [".canvas__drawing", ".table-view", "#inspector", "#drawer"];

/// Canvas, inspector and drawer, one after the other in steps of so many. What
/// does not show is passed over.
fn next_pane(step: usize) {
    let holds = |pane: &str| {
        focus::holder().is_some_and(|holder| holder.closest(pane).is_ok_and(|at| at.is_some()))
    };
    let here = PANES.iter().position(|pane| holds(pane));
    let first = here.map_or(0, |here| here + step);
    for turn in 0..PANES.len() {
        let pane = PANES.get((first + turn * step) % PANES.len());
        let pane =
            pane.and_then(|pane| gloo::utils::document().query_selector(pane).ok().flatten());
        if pane.is_some_and(|pane| focus::give(&pane)) {
            return;
        }
    }
}
