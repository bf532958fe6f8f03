//! What the page shows first: the stored plan, or the example.

use std::rc::Rc;

use yew::AttrValue;

use crate::browser::plan_store::StoreError;
use crate::browser::{address, plan_store, random, settings};
use crate::editor::{Editor, example};
use crate::keyring::Keyring;
use crate::plan::{Plan, ProjectId};
use crate::project::{FileError, read_plan};

use super::proving::Proving;
use super::session::{Dialog, Elsewhere, Kept, Keys, Saved, Secrets, Session, View};

/// The setting that says how the plan is worked on, and its value for tables.
pub(super) const VIEW: &str = "view";
pub(super) const TABLE: &str = "table";

/// What was found when the page was opened.
#[derive(Clone)]
pub(super) struct Found {
    /// The stored plan, or the example.
    pub plan: Rc<Plan>,
    /// Whether it is stored.
    pub saved: Saved,
    /// Whether nobody has been here before.
    pub welcome: bool,
    /// What has to be said about a stored plan that could not be read.
    pub dialog: Option<Dialog>,
    /// The stored text that the plan was read from.
    pub text: Option<AttrValue>,
}

// It is looked for once.
impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan)
    }
}

/// Looks for a stored plan: the one that the address names, the one of a
/// version that kept only one, the one that was open last, or the one that
/// was changed last.
pub(super) fn find_plan() -> Found {
    let (mut saved, mut dialog, mut stored) = (Saved::NotYet, None, None);
    let plan = match find_text() {
        Ok(Some((project, text))) => {
            let plan = read_stored(&project, &text);
            let text = AttrValue::from(text);
            match plan {
                Ok(plan) => {
                    saved = Saved::Here;
                    stored = Some(text);
                    Some(plan)
                }
                Err(problem) => {
                    let problem = problem.to_string().into();
                    dialog = Some(Dialog::StoredPlanUnreadable { problem, text });
                    None
                }
            }
        }
        Ok(None) => None,
        Err(problem) => {
            saved = Saved::Failed(problem.to_string().into());
            None
        }
    };
    Found {
        welcome: plan.is_none(),
        plan: Rc::new(with_project_id(plan.unwrap_or_else(example))),
        saved,
        dialog,
        text: stored,
    }
}

/// The stored project to begin with, and its text.
fn find_text() -> Result<Option<(String, String)>, StoreError> {
    let named = address::project();
    let old = take_over();
    for project in [named, old, plan_store::last_open()].into_iter().flatten() {
        if let Some(text) = plan_store::load(&project)? {
            return Ok(Some((project, text)));
        }
    }
    let latest = plan_store::projects()
        .into_iter()
        .max_by_key(|project| plan_store::changed(project))
        .unwrap_or_default();
    Ok(plan_store::load(&latest)?.map(|text| (latest, text)))
}

/// Moves the plan of a version that kept only one to where projects are kept,
/// as it is. It takes no project's place, and stays where it was if it cannot
/// be read or there is no room.
fn take_over() -> Option<String> {
    let text = plan_store::load("").ok().flatten()?;
    let Ok(plan) = read_plan(&text) else {
        return Some(String::new());
    };
    let mut project = with_project_id(plan.clone()).id?;
    match plan_store::load(project.as_str()).ok()? {
        Some(there) if there == text => {}
        Some(_) => {
            project = with_project_id(Plan { id: None, ..plan }).id?;
            plan_store::save(project.as_str(), &text).ok()?;
        }
        None => plan_store::save(project.as_str(), &text).ok()?,
    }
    let _ = plan_store::clear("");
    Some(project.as_str().to_owned())
}

/// Reads a stored project. Which one it is says the place where it stood.
pub(super) fn read_stored(project: &str, text: &str) -> Result<Plan, FileError> {
    let mut plan = read_plan(text)?;
    if !project.is_empty() {
        plan.id = Some(ProjectId::new(project));
    }
    Ok(plan)
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
        opened: (0, found.text.clone()),
        elsewhere: Elsewhere::Alone,
        welcome: found.welcome,
        view: if settings::setting(VIEW).as_deref() == Some(TABLE) {
            View::Table
        } else {
            View::Canvas
        },
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
        picture: None,
        explains: false,
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
