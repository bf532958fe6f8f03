//! Opening plans and keyrings, beginning anew, forgetting.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser::open::choose_file;
use crate::browser::vault::Vault;
use crate::plan::Plan;
use crate::project::{read_keyring, read_plan};

use super::keeping::{begin_project, load_keys, store};
use super::session::{Action, Dialog, Dispatch, Keys, Saved, Secrets, Session};
use super::start_up::{no_keys_yet, with_project_id};

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

    /// Opens a plan, whatever is open now.
    pub(super) fn open_now(&self, plan: Plan) {
        let plan = Rc::new(plan);
        let (dispatch, vault) = (self.dispatch.clone(), self.vault.borrow().clone());
        if plan.nodes.is_empty() {
            begin_project(&plan);
            dispatch.dispatch(Action::Opened(plan, no_keys_yet()));
            return;
        }
        dispatch.dispatch(Action::Opened(Rc::clone(&plan), Keys::Loading));
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

    /// Opens a plan at once if nothing of the person's own is open.
    fn offer(&self, plan: Plan) {
        let session = Rc::clone(&self.latest.borrow());
        let own = !session.welcome
            && session.saved != Saved::NotYet
            && !session.editor.plan().nodes.is_empty();
        if own {
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

    fn say_problem(&self, result: Result<(), String>) {
        if let Err(problem) = result {
            self.dispatch.dispatch(Action::Say(problem.into()));
        }
    }
}
