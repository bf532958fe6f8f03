//! Properties that hold for every plan, shown on some thousands of plans made by chance.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets a surprise stops there"
)]

mod plans;
mod proof;
mod support;
mod walk;

/// The properties by what they are about.
mod properties {
    mod absurd;
    mod addresses;
    mod agreement;
    mod contradictions;
    mod delivery;
    mod drawing;
    mod edits;
    mod faults;
    mod golden;
    mod hooks;
    mod mutations;
    mod promises;
    mod reading;
    mod settings;
    mod writing;
}
