//! The proof: what becomes of packets, by the files that the machines will read.
//!
//! Of the plan it takes only where machines stand: sites, places, names, and how
//! a LAN's router answers. Everything else comes from the text that is deployed.
//! It names neither the rules nor what writes the files, because a proof that
//! shared code with the planner would prove nothing.
//!
//! A packet goes from machine to machine as Linux and WireGuard take it there:
//! the kernel's route, the longest of the allowed IPs, a session, the source
//! filter of the receiver, forwarding, and so on until it is delivered; then the
//! answer goes back.

// What goes in.
mod files;

// Where the machines stand.
mod directory;
mod ground;
mod lans;

pub mod supposition;

// What each machine's files lead to.
mod dial;
mod effect;
mod ranges;
mod route;
mod session;
mod world;

// Where packets go.
mod back;
mod target;
mod walk;

// What comes out.
mod fault;
mod result;
mod step;
mod words;

pub use dial::DialFault;
pub use fault::{Cause, Fault, Line, Way, Which};
pub use files::MachineFiles;
pub use result::{Cell, MOST_MACHINES, Outcome, Proof, Tally, Verdict};
pub use step::{Step, StepKind};
pub use target::{Destination, Target};
pub use world::World;
