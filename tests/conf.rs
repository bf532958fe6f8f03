//! Files as their real readers read them, by the rules that those readers state.
//!
//! What `wg` and `wg-quick` really do with generated files is measured in the
//! lab, because only root may ask them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets a surprise stops there"
)]

/// The tests by what is read.
mod conf {
    mod effects;
    mod places;
    mod readers;
}
