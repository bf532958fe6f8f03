//! The browser layer in a real browser: `make test STAGES=wasm`.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

#[path = "wasm/core.rs"]
mod core_parity;
#[path = "wasm/denied.rs"]
mod denied;
#[path = "wasm/files.rs"]
mod files;
#[path = "wasm/page.rs"]
mod page;
#[path = "wasm/storage.rs"]
mod storage;
#[path = "wasm/vault.rs"]
mod vault;
#[path = "wasm/worker.rs"]
mod worker;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
