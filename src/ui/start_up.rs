//! What the page shows first: the stored plan, or the example.

use std::rc::Rc;

use crate::browser::{plan_store, random, settings};
use crate::editor::{Editor, example};
use crate::keyring::Keyring;
use crate::plan::{Plan, ProjectId};
use crate::project::read_plan;

use super::proving::Proving;
use super::session::{Dialog, Kept, Keys, Saved, Secrets, Session};

/// The setting that keeps a stored plan which could not be read.
const UNREADABLE: &str = "unreadable-plan";

/// What was found when the page was opened.
#[derive(Clone, PartialEq)]
pub(super) struct Found {
    /// The stored plan, or the example.
    pub plan: Rc<Plan>,
    /// Whether it is stored.
    pub saved: Saved,
    /// Whether nobody has been here before.
    pub welcome: bool,
    /// What has to be said about a stored plan that could not be read.
    pub dialog: Option<Dialog>,
}

/// Looks for a stored plan.
pub(super) fn find_plan() -> Found {
    let (plan, saved, dialog) = match plan_store::load() {
        Ok(Some(text)) => match read_plan(&text) {
            // A plan that does not say which project it is gets an identity below,
            // and has to be stored with it.
            Ok(plan) if plan.id.is_none() => (Some(plan), Saved::NotYet, None),
            Ok(plan) => (Some(plan), Saved::Here, None),
            Err(problem) => {
                // Whatever happens next, the text that was there is not lost.
                let _ = settings::set_setting(UNREADABLE, Some(&text));
                let problem = problem.to_string().into();
                let dialog = Dialog::StoredPlanUnreadable {
                    problem,
                    text: text.into(),
                };
                (None, Saved::NotYet, Some(dialog))
            }
        },
        Ok(None) => (None, Saved::NotYet, None),
        Err(problem) => (None, Saved::Failed(problem.to_string().into()), None),
    };
    Found {
        welcome: plan.is_none(),
        plan: Rc::new(with_project_id(plan.unwrap_or_else(example))),
        saved,
        dialog,
    }
}

/// The state of the page before anything has happened.
pub(super) fn first_session(found: &Found) -> Session {
    Session {
        editor: Editor::open(found.plan.as_ref().clone()),
        keys: if found.welcome {
            no_keys_yet()
        } else {
            Keys::Loading
        },
        kept: Kept::Sealed,
        saved: found.saved.clone(),
        welcome: found.welcome,
        tab: None,
        file_of: None,
        line: None,
        proof: Proving::BEGIN,
        asked: None,
        dialog: found.dialog.clone(),
        toast: None,
        unproved: None,
        pending: None,
        update_ready: false,
        away: None,
        sheet: None,
        order: None,
    }
}

/// Keys of a project that has none: they are made when files need them.
pub(super) fn no_keys_yet() -> Keys {
    Keys::Ready(Secrets(Rc::new(Keyring::default())))
}

/// Makes sure that a plan says which project it is. If the browser gives no
/// random bytes the plan stays without; then no keys can be made either.
pub(super) fn with_project_id(mut plan: Plan) -> Plan {
    let mut bytes = [0; 32];
    if plan.id.is_none() && random::fill(&mut bytes).is_ok() {
        let number = bytes
            .iter()
            .take(8)
            .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        let text = format!("{number:016x}");
        plan.id = Some(ProjectId::new(&text));
    }
    plan
}
