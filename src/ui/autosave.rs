//! No edit is lost: the plan is stored after every change.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::plan_store;
use crate::project::write_plan;

use super::session::{Action, Dialog, Dispatch, Saved, Session};

/// Stores the plan after every change, once somebody has kept it.
#[hook]
pub(super) fn use_autosave(session: &UseReducerHandle<Session>) {
    let dispatch = session.dispatcher();
    let unreadable = matches!(session.dialog, Some(Dialog::StoredPlanUnreadable { .. }));
    let keep = !session.welcome && !unreadable;
    use_effect_with(
        (Rc::clone(session.editor.plan()), keep),
        move |(plan, keep)| {
            if *keep {
                let saved = match plan_store::save(&write_plan(plan)) {
                    Ok(()) => Saved::Here,
                    Err(problem) => Saved::Failed(problem.to_string().into()),
                };
                dispatch.dispatch(Action::Saved(saved));
            }
        },
    );
}

/// Says so when another tab changes the stored plan, because the next change
/// here would replace it.
#[hook]
pub(super) fn use_other_tabs(dispatch: Dispatch) {
    use_effect_with((), move |()| {
        let listener = plan_store::on_change_elsewhere(move |_| {
            dispatch.dispatch(Action::Say(
                "Another tab has changed the stored plan. Reload this tab to see it; the next change here replaces it."
                    .into(),
            ));
        });
        move || drop(listener)
    });
}
