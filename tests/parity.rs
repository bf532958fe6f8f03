//! The answers that the browser must give as well, byte for byte: a snapshot
//! that is made natively, and that `tests/wasm/core.rs` compares with its own.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "parity/answers.rs"]
mod answers;

#[test]
fn article() {
    insta::assert_snapshot!(answers::article());
}
