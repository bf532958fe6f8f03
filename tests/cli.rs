//! The command line: what it prints, writes, leaves alone, and how it ends.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets a surprise stops there"
)]

mod support;

/// The tests by the command.
mod cli {
    mod call;

    mod ipv6_lans;
    mod lint;
    mod mistakes;
    mod prove;
    mod render;
    mod solve;
}
