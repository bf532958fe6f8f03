//! The plan of the first visit: a server on the internet and two machines
//! behind different routers.

use crate::plan::Plan;

/// The example. The tests hold it against `tests/fixtures/article.json`.
#[must_use]
pub fn example() -> Plan {
    crate::project::read_plan(include_str!("example.json")).unwrap_or_else(|_| Plan::empty())
}
