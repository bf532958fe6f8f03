//! One look at a plan that is up: what its packets do, what was expected of them, and what the proof
//! says of the files.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde_json::Value;

use crate::lab::matrix::Outcome;
use crate::lab::plan::Staged;
use crate::lab::proof::{self, Moment};

/// A family inside the tunnel: the name that reports have for it, and what tells its addresses.
pub(crate) type Family = (&'static str, fn(&IpAddr) -> bool);

/// Both.
pub(crate) const FAMILIES: [Family; 2] = [("4", IpAddr::is_ipv4), ("6", IpAddr::is_ipv6)];

/// Measures the pairs of which something is expected, and compares every cell with that and with the
/// proof. Says how many cells agree; the error is the report with the name of the plan.
pub(crate) fn look(
    name: &str,
    staged: &Staged,
    proof: &Value,
    (family, has_address): Family,
    moment: Moment,
    expected: &BTreeMap<String, Outcome>,
) -> Result<usize, String> {
    if expected.is_empty() {
        return Ok(0);
    }
    let when = match moment {
        Moment::Before => " while some sleep",
        Moment::After => "",
    };
    let measured = staged.measure_pairs_in(has_address, expected);
    // Seen with `--nocapture`, or when the test fails.
    println!("{name}, IPv{family}{when}\n{measured}");
    measured
        .compare(expected)
        .and_then(|()| proof::compare(staged.plan(), proof, family, moment, &measured))
        .map_err(|report| format!("{name}, IPv{family}{when}: {report}\n{}", staged.plan()))?;
    Ok(measured.len())
}
