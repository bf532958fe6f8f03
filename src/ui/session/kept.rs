//! Where the project and its keys are kept.

use std::rc::Rc;

use yew::AttrValue;

use crate::keyring::Keyring;

/// A keyring that compares by identity, because secrets are never compared.
#[derive(Clone)]
pub struct Secrets(pub Rc<Keyring>);

impl PartialEq for Secrets {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Where the project's keys are.
#[derive(Clone, PartialEq)]
pub enum Keys {
    /// The browser's store has not answered yet.
    Loading,
    /// The plan came from a file and this browser has no keys for it: the
    /// person opens a keyring file or has new keys made.
    Ask,
    /// All keys that were made so far, stored before they came here.
    Ready(Secrets),
    /// Keys could not be made or stored; the sentence says why.
    Failed(AttrValue),
}

/// Where secrets are kept.
#[derive(Clone, PartialEq, Eq)]
pub enum Kept {
    /// Sealed in this browser; they survive a closed tab.
    Sealed,
    /// In this tab only, for the reason given.
    InMemory(AttrValue),
}

/// Whether the plan is stored in this browser.
#[derive(Clone, PartialEq, Eq)]
pub enum Saved {
    /// The example, which nobody has kept yet.
    NotYet,
    /// Stored.
    Here,
    /// Not stored, for the reason given.
    Failed(AttrValue),
}
