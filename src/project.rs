//! The saved files: a plan without secrets, and the keyring beside it.
//!
//! The formats are types of their own, apart from the model, so that the model
//! can change while old files stay readable. Everything is checked before
//! anything is taken over: a file with a mistake gives an error that names the
//! place, and whatever is open stays as it is.

mod error;
mod json;
mod keyring_file;
mod plan_file;
mod read;
mod words;
mod write;

pub use error::FileError;
pub use keyring_file::{read_keyring, write_keyring_secret};
pub use read::read_plan;
pub use write::write_plan;
