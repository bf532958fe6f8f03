//! What the page shows first: the stored plan, or the example.

use std::rc::Rc;

use crate::browser::{plan_store, random, settings};
use crate::editor::{Editor, example};
use crate::keyring::Keyring;
use crate::plan::{Plan, ProjectId};
use crate::project::read_plan;

use super::session::{Dialog, Kept, Keys, Saved, Secrets, Session};

/// The setting that keeps a stored plan which could not be read.
const UNREADABLE: &str = "unreadable-plan";

/// The state before anything has happened.
pub(super) fn first_session() -> Session {
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
    let welcome = plan.is_none();
    let keys = if welcome {
        no_keys_yet()
    } else {
        Keys::Loading
    };
    Session {
        editor: Editor::open(with_project_id(plan.unwrap_or_else(example))),
        keys,
        kept: Kept::Sealed,
        saved,
        welcome,
        tab: None,
        file_of: None,
        dialog,
        toast: None,
        pending: None,
        update_ready: false,
        away: None,
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
