//! The network lab: real WireGuard between real network namespaces, behind real NAT.
//!
//! The proof in `src/proof` says what a packet will do. This crate measures it, because a proof is
//! worth only as much as its agreement with reality. A [`lab::network::Lab`] is a small internet:
//! hosts with public addresses, homes behind nftables routers, and WireGuard interfaces that
//! `wg-quick` brought up from the very files under test. [`lab::probe`] then asks, for every
//! ordered pair, whether a ping gets through and over which machines.
//!
//! The tests need root and take some ten seconds each, so a plain `cargo test` leaves them out:
//!
//! ```text
//! cargo test --no-default-features --features cli --test lab -- --ignored --test-threads=32
//! ```
//!
//! The tests mostly wait, for handshakes and for silence, so more of them run side by side than
//! there are cores; see [`lab::slot`]. `make lab` measures more than that: see [`lab::seeds`].
//!
//! Every lab lives in unnamed namespaces of its own, so labs may run side by side, and nothing of
//! the machine's own network is ever touched. See [`lab::namespace`] for how they disappear, even
//! when a test run is killed.

// A lab that cannot be built is a failed test, and a panic with the command and its error text is
// the best report.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
// WireGuard is a name and no code.
#![allow(clippy::doc_markdown)]

/// The modules, from the machinery to the tests that use it.
mod lab {
    pub(crate) mod needs;

    pub(crate) mod clock;
    pub(crate) mod draw;
    pub(crate) mod json;
    pub(crate) mod keys;
    pub(crate) mod look;
    pub(crate) mod matrix;
    pub(crate) mod namespace;
    pub(crate) mod network;
    pub(crate) mod node;
    pub(crate) mod plan;
    pub(crate) mod probe;
    pub(crate) mod proof;
    pub(crate) mod render;
    pub(crate) mod router;
    pub(crate) mod segment;
    pub(crate) mod side_by_side;
    pub(crate) mod sleep;
    pub(crate) mod slot;

    mod article;
    mod broken;
    mod conf;
    mod nat;
    mod plans;
    mod promises;
    mod seeds;
}
