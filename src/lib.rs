//! Meshwright plans WireGuard meshes: which pairs of machines connect directly,
//! which need a relay, and every file that follows from it.
//!
//! # The way through
//!
//! ```text
//!  plan ──solve──▶ mesh + findings ──render──▶ files
//!   ▲                                            │
//!   └─ editor ◀── ui ◀───────────────────────────┴─▶ download, QR, zip, command line
//! ```
//!
//! # Invariants
//!
//! `tests/layers.rs` and the compiler keep each of these.
//!
//! 1. Layers point one way: `plan ← mesh ← render`, `plan ← keyring ← render,
//!    project, conf`, `plan ← project`, all of them `← editor ← ui`. `browser` is used
//!    by `ui` alone. Below `browser` and `ui` nothing names the browser. `words`, what the
//!    page says in another language, is used by `browser` alone.
//! 2. The core does no input or output and has no clock, no randomness and no
//!    locale: bytes come in, values go out, nothing panics. Randomness is an
//!    argument.
//! 3. Problems are data: an unfinished plan is a normal value, solved as far as
//!    it goes. `Result` appears only where text is parsed.
//! 4. Secrets live in a [`keyring::Keyring`] beside the plan and never in it.
//!    No secret type implements `Debug` or `Serialize`, and each is wiped when
//!    it is dropped. Text that holds a secret is made only by functions whose
//!    names contain `secret`.
//! 5. Same project, same bytes: ordered maps, integers, sorted output, fixed
//!    times in archives. Keys are stored, never made anew.
//! 6. Every line of a config can say why it is there.

mod sorting;

// The page in another language.
pub mod words;

pub mod plan;

pub mod keyring;

pub mod mesh;

pub mod render;

pub mod conf;

pub mod proof;

pub mod project;

pub mod editor;

#[cfg(feature = "web")]
pub mod browser;

#[cfg(feature = "web")]
pub mod ui;
