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

    mod absence;
    mod addresses;
    mod claims;
    mod findings;
    mod golden;
    mod golden_article;
    mod golden_forward;
    mod golden_reference;
    mod improve;
    mod internet;
    mod mtu;
    mod paths;
    mod pools;
    mod relays;
    mod roaming;
    mod settings;
    mod shares;
    mod sites;
    mod table;
}
