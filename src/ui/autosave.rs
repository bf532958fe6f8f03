//! No edit is lost: the plan is stored after every change.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::plan_store;
use crate::plan::Plan;
use crate::project::write_plan;

use super::session::{Action, Dialog, Dispatch, Saved, Session};

/// Stores the plan after every change, once somebody has kept it. A plan that
/// came from the store is not written back: another tab may have stored more by
/// the time that this page has come.
#[hook]
pub(super) fn use_autosave(session: &UseReducerHandle<Session>) {
    let dispatch = session.dispatcher();
    let stored = use_mut_ref(|| {
        let plan = session.editor.plan();
        (session.saved == Saved::Here).then(|| Rc::clone(plan))
    });
    let unreadable = matches!(session.dialog, Some(Dialog::StoredPlanUnreadable { .. }));
    let keep = !session.welcome && !unreadable;
    use_effect_with(
        (Rc::clone(session.editor.plan()), keep),
        move |(plan, keep)| {
            let is_stored = |stored: &Rc<Plan>| Rc::ptr_eq(stored, plan);
            if *keep && !stored.borrow().as_ref().is_some_and(is_stored) {
                let result = plan_store::save(&write_plan(plan));
                *stored.borrow_mut() = result.is_ok().then(|| Rc::clone(plan));
                let saved = match result {
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
