//! Secrets at rest: one text per project, sealed in the browser's database.
//!
//! Each record holds the text encrypted with AES-GCM-256 and, beside it, the
//! key as an object of the browser that no script can read out. What is on disk
//! is then of no use to a script or an extension that copies storage, to a
//! backup read as text, or to a person who opens the developer tools. It does
//! not protect against someone who can run programs as this user.
//!
//! Each save makes a new key and a new nonce and replaces the whole record in
//! one transaction. So key and text can never come apart, whatever other tabs
//! do, and no nonce is ever used twice.

mod database;
mod error;
mod queue;
mod seal;

use litemap::LiteMap;
use std::cell::RefCell;
use std::rc::Rc;

use zeroize::Zeroizing;

use self::database::Database;
pub use self::error::VaultError;
use self::queue::Queue;
use self::seal::{Nonce, Sealed};
use crate::keyring::SecretText;

/// The sealed storage. Clones share it.
#[derive(Clone)]
pub struct Vault(Rc<Shared>);

#[derive(Default)]
struct Shared {
    /// Work is done in the order of the calls, so that the last save wins.
    queue: Queue,
    /// The record of each project that this page knows. Nonces are unique, so
    /// they tell whether another tab has written since.
    known: RefCell<LiteMap<String, Nonce>>,
}

impl PartialEq for Vault {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Vault {
    /// Opens the storage, after a trial that the browser does keep keys.
    ///
    /// # Errors
    /// The browser offers no sealed storage here. Secrets stay in memory then.
    pub async fn open() -> Result<Self, VaultError> {
        if !super::environment::is_secure_context() {
            return Err(VaultError::Insecure);
        }
        let trial = seal::seal("", "").await?;
        Database::open().await?.try_out(&trial.to_record()).await?;
        Ok(Self(Rc::default()))
    }

    /// The secrets of a project, if any are stored. A record that cannot be
    /// opened stays where it is.
    ///
    /// # Errors
    /// The record cannot be read or opened.
    pub fn load_secret_text(
        &self,
        project: &str,
    ) -> impl Future<Output = Result<Option<SecretText>, VaultError>> + use<> {
        let (shared, project) = (Rc::clone(&self.0), project.to_owned());
        self.0.queue.run(async move {
            let Some(record) = Database::open().await?.read(&project).await? else {
                shared.known.borrow_mut().remove(&project);
                return Ok(None);
            };
            let sealed = Sealed::from_record(&record).ok_or(VaultError::Unreadable)?;
            let text = seal::unseal_secret_text(&project, &sealed).await?;
            shared.known.borrow_mut().insert(project, sealed.nonce);
            Ok(Some(text))
        })
    }

    /// Stores the secrets of a project in place of those before. The work
    /// begins at once and goes on even if the future is dropped; the future
    /// resolves when the browser has written everything.
    ///
    /// # Errors
    /// Nothing was stored, and what was stored before stays. In particular, a
    /// record that this page has not loaded is not replaced.
    pub fn save_secret_text(
        &self,
        project: &str,
        text: &str,
    ) -> impl Future<Output = Result<(), VaultError>> + use<> {
        let (shared, project) = (Rc::clone(&self.0), project.to_owned());
        let text = Zeroizing::new(text.to_owned());
        self.0.queue.run(async move {
            let sealed = seal::seal(&project, &text).await?;
            drop(text);
            let known = shared.known.borrow().get(&project).copied();
            let may_replace = |record: &_| {
                Sealed::from_record(record).is_some_and(|stored| Some(stored.nonce) == known)
            };
            Database::open()
                .await?
                .replace(&project, &sealed.to_record(), may_replace)
                .await?;
            shared.known.borrow_mut().insert(project, sealed.nonce);
            Ok(())
        })
    }

    /// Deletes the secrets of a project together with their key, also those
    /// that could not be opened.
    ///
    /// # Errors
    /// The browser did not delete them.
    pub fn forget(&self, project: &str) -> impl Future<Output = Result<(), VaultError>> + use<> {
        let (shared, project) = (Rc::clone(&self.0), project.to_owned());
        self.0.queue.run(async move {
            Database::open().await?.delete(&project).await?;
            shared.known.borrow_mut().remove(&project);
            Ok(())
        })
    }
}
