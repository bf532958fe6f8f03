//! No key is lost: keys are stored as they come to be.
//!
//! A key is stored before anything shows it or hands it out. Where the browser
//! offers no sealed storage, keys stay in memory and the page says so.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser::leaving::LeavingGuard;
use crate::browser::vault::{Vault, VaultError};
use crate::browser::{random, settings};
use crate::keyring::Keyring;
use crate::mesh::Mesh;
use crate::plan::{Plan, ProjectId};
use crate::project::{read_keyring, write_keyring_secret};
use crate::render;

use super::session::{Action, Dispatch, Elsewhere, Kept, Keys, Saved, Secrets, Session, Tab};
use super::start_up::no_keys_yet;

/// The setting that names the project whose keys have not been made yet. For
/// any other project without stored keys the page asks before it makes new
/// ones, because machines may already run with the old.
const NEW_PROJECT: &str = "new-project";

/// Says that a project begins in this browser, so that its keys may be made
/// without asking.
pub(super) fn begin_project(plan: &Plan) {
    // Without storage the page asks once more than it needs to.
    let _ = settings::set_setting(NEW_PROJECT, plan.id.as_ref().map(ProjectId::as_str));
}

/// Opens the sealed storage and brings the keys of the open project in.
#[hook]
pub(super) fn use_vault(session: &Rc<Session>, dispatch: &Dispatch) -> Rc<RefCell<Option<Vault>>> {
    let vault = use_mut_ref(|| None);
    let dispatch = dispatch.clone();
    let plan = Rc::clone(session.editor.plan());
    let welcome = session.welcome;
    let slot = Rc::clone(&vault);
    use_effect_with((), move |()| {
        if welcome {
            begin_project(&plan);
        }
        spawn_local(async move {
            match Vault::open().await {
                Ok(open) => *slot.borrow_mut() = Some(open),
                Err(problem) => {
                    dispatch.dispatch(Action::Kept(Kept::InMemory(problem.to_string().into())));
                }
            }
            let open = slot.borrow().clone();
            if !welcome {
                let keys = load_keys(open, &plan).await;
                dispatch.dispatch(Action::Keys(plan.id.clone(), keys));
            }
        });
    });
    vault
}

/// The keys that this browser has for a plan.
pub(super) async fn load_keys(vault: Option<Vault>, plan: &Plan) -> Keys {
    let stored = match (&vault, &plan.id) {
        (Some(vault), Some(id)) => vault.load_secret_text(id.as_str()).await,
        _ => Ok(None),
    };
    match stored {
        Ok(Some(text)) => match read_keyring(&text) {
            Ok(keyring) => Keys::Ready(Secrets(Rc::new(keyring))),
            Err(problem) => {
                Keys::Failed(format!("The stored keys cannot be read: {problem}.").into())
            }
        },
        Ok(None) => {
            let is_new = plan.id.is_some()
                && settings::setting(NEW_PROJECT).as_deref()
                    == plan.id.as_ref().map(ProjectId::as_str);
            if is_new || plan.nodes.is_empty() {
                no_keys_yet()
            } else {
                Keys::Ask
            }
        }
        Err(problem) => Keys::Failed(problem.to_string().into()),
    }
}

/// Makes the keys that files need, as soon as something asks for files.
#[hook]
pub(super) fn use_key_maker(
    session: &Rc<Session>,
    dispatch: &Dispatch,
    vault: &Rc<RefCell<Option<Vault>>>,
) {
    let dispatch = dispatch.clone();
    let vault = Rc::clone(vault);
    let wanted = session.tab == Some(Tab::Files) || session.pending.is_some();
    let running = use_mut_ref(|| false);
    let deps = (
        session.keys.clone(),
        Rc::clone(session.editor.plan()),
        Rc::clone(session.editor.mesh()),
        wanted,
    );
    use_effect_with(deps, move |(keys, plan, mesh, wanted)| {
        let Keys::Ready(secrets) = keys else { return };
        let lacking =
            render::Keys::complete(mesh, &secrets.0).is_err_and(|problem| problem.is_missing());
        if !*wanted || !lacking || running.replace(true) {
            return;
        }
        let (secrets, plan, mesh) = (secrets.clone(), Rc::clone(plan), Rc::clone(mesh));
        spawn_local(async move {
            let open = vault.borrow().clone();
            let keys = make_and_store(open, &plan, &mesh, &secrets.0).await;
            running.replace(false);
            dispatch.dispatch(Action::Keys(plan.id.clone(), keys));
        });
    });
}

/// Makes what is missing and stores it. The keys come back only when they are
/// stored, or when nothing can be stored at all.
async fn make_and_store(vault: Option<Vault>, plan: &Plan, mesh: &Mesh, keyring: &Keyring) -> Keys {
    let mut keyring = keyring.clone();
    loop {
        let made = keyring.make_missing(
            mesh.nodes_with_keys(),
            mesh.pairs_with_preshared_keys(),
            &mut random::fill,
        );
        if let Err(problem) = made {
            return Keys::Failed(problem.into());
        }
        match store(vault.as_ref(), plan, &keyring).await {
            Ok(()) => return Keys::Ready(Secrets(Rc::new(keyring))),
            // Another tab was faster: its keys count, and only what they lack is made.
            Err(VaultError::NotLoaded) => match load_keys(vault.clone(), plan).await {
                Keys::Ready(secrets) => keyring = secrets.0.as_ref().clone(),
                other => return other,
            },
            Err(problem) => return Keys::Failed(problem.to_string().into()),
        }
    }
}

/// Stores a keyring for a plan; without sealed storage it stays in memory.
pub(super) async fn store(
    vault: Option<&Vault>,
    plan: &Plan,
    keyring: &Keyring,
) -> Result<(), VaultError> {
    if let (Some(vault), Some(id)) = (vault, &plan.id) {
        vault
            .save_secret_text(id.as_str(), &write_keyring_secret(keyring))
            .await?;
    }
    // From now on missing keys mean lost keys, about which the page asks.
    let _ = settings::set_setting(NEW_PROJECT, None);
    Ok(())
}

/// Warns before the tab closes while keys are in memory only, or a change of
/// the plan could not be stored.
#[hook]
pub(super) fn use_leaving_guard(session: &Rc<Session>) {
    let guard = use_mut_ref(LeavingGuard::new);
    let has_keys = matches!(&session.keys, Keys::Ready(secrets) if !secrets.0.is_empty());
    let keys_at_risk = has_keys && matches!(session.kept, Kept::InMemory(_));
    let own = !session.welcome && !session.editor.plan().nodes.is_empty();
    let plan_at_risk = own
        && (matches!(session.saved, Saved::Failed(_)) || session.elsewhere == Elsewhere::Changed);
    let at_risk = keys_at_risk || plan_at_risk;
    use_effect_with(at_risk, move |at_risk| guard.borrow_mut().set(*at_risk));
}
