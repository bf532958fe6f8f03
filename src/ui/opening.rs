//! Opening plans and keyrings, beginning anew, forgetting.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser::open::choose_file;
use crate::browser::plan_store;
use crate::browser::vault::Vault;
use crate::editor::example;
use crate::plan::{Plan, ProjectId};
use crate::project::{read_keyring, read_plan};

use super::first_steps;
use super::keeping::{begin_project, load_keys, store};
use super::session::{Action, Dialog, Dispatch, Elsewhere, Keys, Saved, Secrets, Session};
use super::start_up::{no_keys_yet, read_stored, with_project_id};
use super::words::t;

/// Chores that concern whole projects.
#[derive(Clone)]
pub(super) struct Projects {
    dispatch: Dispatch,
    vault: Rc<RefCell<Option<Vault>>>,
    /// The session of the latest render, for questions asked in event handlers.
    latest: Rc<RefCell<Rc<Session>>>,
}

/// Makes the chores.
#[hook]
pub(super) fn use_projects(
    session: &Rc<Session>,
    dispatch: &Dispatch,
    vault: &Rc<RefCell<Option<Vault>>>,
) -> Projects {
    let latest = use_mut_ref(|| Rc::clone(session));
    *latest.borrow_mut() = Rc::clone(session);
    Projects {
        dispatch: dispatch.clone(),
        vault: Rc::clone(vault),
        latest,
    }
}

impl Projects {
    /// Lets the person choose a project file and opens it. An open plan of
    /// their own is replaced only after a question.
    pub(super) fn choose_project(&self) {
        let projects = self.clone();
        let chosen = choose_file(".json,application/json", move |name, text| {
            let plan =
                text.and_then(|text| read_plan(&text).map_err(|problem| problem.to_string()));
            match plan {
                Ok(plan) => projects.offer(with_project_id(plan)),
                Err(problem) => projects.cannot_open(&name, &problem),
            }
        });
        self.say_problem(chosen);
    }

    /// Lets the person choose a keyring file for the open plan.
    pub(super) fn choose_keyring(&self) {
        let projects = self.clone();
        let chosen = choose_file(".json,application/json", move |name, text| {
            let text = text.map(zeroize::Zeroizing::new);
            match text.and_then(|text| read_keyring(&text).map_err(|problem| problem.to_string())) {
                Ok(keyring) => projects.take_keyring(keyring),
                Err(problem) => projects.cannot_open(&name, &problem),
            }
        });
        self.say_problem(chosen);
    }

    /// Begins an empty plan; an open plan is replaced only after a question.
    pub(super) fn begin_empty(&self) {
        self.offer(with_project_id(Plan::empty()));
    }

    /// Begins with the example: the one that shows already, or a further one.
    pub(super) fn begin_example(&self) {
        if self.latest.borrow().welcome {
            self.dispatch.dispatch(Action::EndWelcome);
        } else {
            self.offer(with_project_id(example()));
        }
    }

    /// Closes the open project. The page is as it is on a first visit.
    pub(super) fn close(&self) {
        let example = Rc::new(with_project_id(example()));
        self.dispatch.dispatch(Action::Closed(example));
    }

    /// Opens a plan in place of what is stored as this project, if anything is.
    pub(super) fn open_now(&self, plan: Plan) {
        let there = stored_text(&plan);
        self.show(plan, Saved::NotYet, there);
    }

    /// Opens a stored project as it stands now.
    pub(super) fn open_stored(&self, project: &str) {
        match plan_store::load(project) {
            Ok(Some(text)) => match read_stored(project, &text) {
                Ok(plan) => self.show(plan, Saved::Here, Some(text.into())),
                Err(problem) => self.cannot_open(project, &problem.to_string()),
            },
            Ok(None) => self.say(t!("This project is no longer in this browser.")),
            Err(problem) => self.say(problem.to_string().into()),
        }
    }

    /// Goes on with the open project in this tab, as it is stored now.
    pub(super) fn take_over(&self) {
        if let Some(id) = &self.plan().id {
            self.open_stored(id.as_str());
        }
    }

    /// Shows the open project as another tab has stored it, which goes on to change it.
    pub(super) fn read_again(&self) {
        self.take_over();
        self.dispatch
            .dispatch(Action::Elsewhere(Elsewhere::Reading));
    }

    /// Goes on with a copy of the open plan, which is a project of its own.
    pub(super) fn open_copy(&self) {
        self.open_now(copy_of(&self.plan()));
    }

    /// Removes the keys of a project that is not open.
    pub(super) fn forget_keys_of(&self, project: String) {
        let (projects, vault) = (self.clone(), self.vault.borrow().clone());
        spawn_local(async move {
            if let Some(vault) = vault
                && let Err(problem) = vault.forget(&project).await
            {
                projects.say(problem.to_string().into());
                return;
            }
            projects.say(t!("This browser no longer has the keys of that project."));
        });
    }

    fn show(&self, plan: Plan, saved: Saved, text: Option<AttrValue>) {
        let plan = Rc::new(plan);
        let (dispatch, vault) = (self.dispatch.clone(), self.vault.borrow().clone());
        if plan.nodes.is_empty() && saved == Saved::NotYet {
            begin_project(&plan);
            first_steps::begin(&plan);
            dispatch.dispatch(Action::Opened(plan, no_keys_yet(), saved, text));
            return;
        }
        dispatch.dispatch(Action::Opened(Rc::clone(&plan), Keys::Loading, saved, text));
        spawn_local(async move {
            let keys = load_keys(vault, &plan).await;
            dispatch.dispatch(Action::Keys(plan.id.clone(), keys));
        });
    }

    /// Makes new keys for the open plan, whose old ones are not here.
    pub(super) fn make_new_keys(&self) {
        self.dispatch
            .dispatch(Action::Keys(self.plan().id.clone(), no_keys_yet()));
    }

    /// Removes the open plan's keys from this browser.
    pub(super) fn forget_secrets(&self) {
        let plan = self.plan();
        let (dispatch, vault) = (self.dispatch.clone(), self.vault.borrow().clone());
        spawn_local(async move {
            if let (Some(vault), Some(id)) = (vault, &plan.id)
                && let Err(problem) = vault.forget(id.as_str()).await
            {
                dispatch.dispatch(Action::Say(problem.to_string().into()));
                return;
            }
            dispatch.dispatch(Action::Show(None));
            let keys = if plan.nodes.is_empty() {
                no_keys_yet()
            } else {
                Keys::Ask
            };
            dispatch.dispatch(Action::Keys(plan.id.clone(), keys));
            dispatch.dispatch(Action::Say(
                "This browser no longer has the keys of this plan.".into(),
            ));
        });
    }

    fn plan(&self) -> Rc<Plan> {
        Rc::clone(self.latest.borrow().editor.plan())
    }

    /// Opens a plan as a further project. A question comes first only where
    /// something would be lost: an open plan that could not be stored, or
    /// another version of the same project.
    fn offer(&self, plan: Plan) {
        let session = Rc::clone(&self.latest.borrow());
        let unsaved = !session.welcome
            && matches!(session.saved, Saved::Failed(_))
            && !session.editor.plan().nodes.is_empty();
        let id = plan.id.as_ref().map_or("", ProjectId::as_str).to_owned();
        let other = stored_text(&plan).is_some_and(|text| {
            let there = read_stored(&id, &text);
            there.map_or(true, |there| there != plan)
        });
        if unsaved || other {
            self.dispatch
                .dispatch(Action::Show(Some(Dialog::ReplacePlan(Rc::new(plan)))));
        } else {
            self.open_now(plan);
        }
    }

    fn take_keyring(&self, keyring: crate::keyring::Keyring) {
        let plan = self.plan();
        let (dispatch, vault) = (self.dispatch.clone(), self.vault.borrow().clone());
        spawn_local(async move {
            let keys = match store(vault.as_ref(), &plan, &keyring).await {
                Ok(()) => Keys::Ready(Secrets(Rc::new(keyring))),
                Err(problem) => Keys::Failed(problem.to_string().into()),
            };
            dispatch.dispatch(Action::Keys(plan.id.clone(), keys));
        });
    }

    fn cannot_open(&self, name: &str, problem: &str) {
        let text = format!("{name}: {problem}.");
        self.dispatch
            .dispatch(Action::Show(Some(Dialog::CannotOpen(text.into()))));
    }

    fn say(&self, text: AttrValue) {
        self.dispatch.dispatch(Action::Say(text));
    }

    fn say_problem(&self, result: Result<(), String>) {
        if let Err(problem) = result {
            self.dispatch.dispatch(Action::Say(problem.into()));
        }
    }
}

/// What is stored as the project of a plan.
fn stored_text(plan: &Plan) -> Option<AttrValue> {
    let stored = plan_store::load(plan.id.as_ref()?.as_str());
    Some(stored.ok()??.into())
}

/// The same plan as a project of its own.
pub(super) fn copy_of(plan: &Plan) -> Plan {
    let mut copy = with_project_id(Plan {
        id: None,
        ..plan.clone()
    });
    // A name that got too long by this stays as it was.
    if let Ok(name) = format!("{} copy", plan.name).parse() {
        copy.name = name;
    }
    copy
}
