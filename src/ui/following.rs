//! A tab that only reads shows what the other one stores.

use yew::prelude::*;

use crate::browser::plan_store;
use crate::plan::ProjectId;

use super::opening::Projects;
use super::session::{Elsewhere, Session};

/// Opens the project anew whenever the tab that changes it has stored it.
#[hook]
pub(super) fn use_following(session: &Session, projects: &Projects) {
    let id = session.editor.plan().id.as_ref().map(ProjectId::to_string);
    let read = id.filter(|_| session.elsewhere == Elsewhere::Reading);
    let projects = projects.clone();
    use_effect_with(read, move |read| {
        let listener = read.clone().map(|read| {
            plan_store::on_change_elsewhere(move |project, text| {
                // Where it was deleted, this tab has what is left of it.
                if project == read && text.is_some() {
                    projects.read_again();
                }
            })
        });
        move || drop(listener)
    });
}
