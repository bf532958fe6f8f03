//! The browser behind small functions: one chore per file, no Yew.
//!
//! Only `ui` uses this layer. What fails here fails for a reason that a person
//! can act on, so each error reads as a sentence: what did not work, and what
//! to do about it.
//!
//! Things that listen or wait are guards: they end when they are dropped.

mod fault;
mod method;

pub mod random;

pub mod clipboard;
pub mod download;
pub mod open;

mod local;

pub mod plan_store;

pub mod address;

pub mod settings;
pub mod tabs;
pub mod vault;

pub mod contrast;
pub mod environment;
pub mod focus;
pub mod frame;
pub mod language;
pub mod leaving;
pub mod look;
pub mod paper;
pub mod raster;
pub mod resize;
pub mod theme;
pub mod update;
pub mod worker;
