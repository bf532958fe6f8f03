//! Files that somebody broke: what real WireGuard makes of them.
//!
//! Each case changes what was written for a plan, as text, and says what becomes of every pair. The
//! expectation comes from how WireGuard and `wg-quick` work and not from the planner, which never
//! writes such files. So a proof that reads the same files has something to agree with.

mod cases;
mod edit;
mod ipv6;
mod one_sided;

use std::collections::BTreeMap;

use crate::lab::broken::cases::Case;
use crate::lab::json::fixture;
use crate::lab::look::look;
use crate::lab::matrix::Outcome;
use crate::lab::plan::Staged;
use crate::lab::proof::Moment;
use crate::lab::render::Rendered;
use crate::lab::side_by_side::measure_all;

/// Brings one case up and measures it; the error is the report with its name.
fn measure(name: &str, case: &Case) -> Result<usize, String> {
    let mut staged = Staged::new(fixture(case.plan));
    staged.lan_hosts();
    let rendered = Rendered::new(staged.plan());
    for edit in &case.edits {
        edit.apply(&rendered);
    }
    let refused = staged.up_with(&rendered);
    if refused.len() != case.refused.len()
        || !refused
            .iter()
            .zip(case.refused)
            .all(|(said, words)| said.contains(words))
    {
        return Err(format!("{name}: wg-quick refused {refused:?}"));
    }
    let asleep: BTreeMap<String, Outcome> = case
        .asleep
        .iter()
        .map(|pair| ((*pair).to_owned(), Outcome::Nothing))
        .collect();
    let proof = rendered.proof();
    let mut cells = 0;
    for (moment, expected) in [(Moment::Before, &asleep), (Moment::After, &case.expected())] {
        cells += look(name, &staged, &proof, case.family, moment, expected)?;
    }
    Ok(cells)
}

/// Every way in which files may be wrong has the effect that is known of it.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn broken_files_do_what_is_known_of_them() {
    let cases: Vec<(String, Case)> = cases::all()
        .into_iter()
        .map(|case| (case.name.to_owned(), case))
        .collect();
    measure_all("broken plans", &cases, measure);
}
