//! Files that somebody broke: what real WireGuard makes of them.
//!
//! Each case changes what was written for a plan, as text, and says what becomes of every pair. The
//! expectation comes from how WireGuard and `wg-quick` work and not from the planner, which never
//! writes such files. So a proof that reads the same files has something to agree with.

mod cases;
mod edit;

use std::collections::BTreeMap;
use std::thread;

use crate::lab::broken::cases::Case;
use crate::lab::matrix::Outcome;
use crate::lab::plan::{Staged, fixture};
use crate::lab::proof::{self, Moment};
use crate::lab::render::Rendered;

/// Brings one case up and measures it; the error is the report with its name.
fn measure(case: &Case) -> Result<usize, String> {
    let name = case.name;
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
    for (expected, moment, when) in [
        (&asleep, Moment::Before, " while one sleeps"),
        (&case.expected(), Moment::After, ""),
    ] {
        if expected.is_empty() {
            continue;
        }
        let measured = staged.measure_pairs(expected);
        println!("{name}{when}\n{measured}");
        let agreed = measured
            .compare(expected)
            .and_then(|()| proof::compare(staged.plan(), &proof, "4", moment, &measured));
        agreed.map_err(|report| format!("{name}{when}: {report}"))?;
        cells += measured.len();
    }
    Ok(cells)
}

/// Every way in which files may be wrong has the effect that is known of it.
#[test]
#[ignore = "needs root and network namespaces; run by make test"]
fn broken_files_do_what_is_known_of_them() {
    let cases = cases::all();
    let results: Vec<Result<usize, String>> = thread::scope(|scope| {
        let labs: Vec<_> = cases
            .iter()
            .map(|case| (case.name, scope.spawn(|| measure(case))))
            .collect();
        labs.into_iter()
            .map(|(name, lab)| {
                lab.join()
                    .unwrap_or_else(|_| Err(format!("{name} was not measured")))
            })
            .collect()
    });
    let cells: usize = results.iter().flatten().sum();
    let reports: Vec<String> = results.into_iter().filter_map(Result::err).collect();
    println!("{} broken plans, {cells} cells agree", cases.len());
    assert!(reports.is_empty(), "{}", reports.join("\n\n"));
}
