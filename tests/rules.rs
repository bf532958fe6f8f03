//! The rules by example: every situation of the model with what must come out, word for word.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets a surprise stops there"
)]

mod support;

/// The examples by what they are about.
mod rules {
    mod brief;

    mod addresses;
    mod claims;
    mod golden;
    mod internet;
    mod paths;
    mod relays;
    mod roaming;
    mod shares;
    mod sites;
    mod table;
}
