//! The written files, judged by the programs that will read them, and by eye.
//!
//! A test that needs such a program says `not run` where it is missing, and fails where `CI=true`
//! demands that everything runs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets a surprise stops there"
)]

mod plans;
mod support;

/// The tests by the reader.
mod files {
    mod program;

    mod archive;
    mod facts;
    mod keys;
    mod linux;
    mod qr;
    mod schema;
    mod settings;
    mod snapshots;
}
