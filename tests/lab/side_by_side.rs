//! Many labs at a time.

use std::thread;

/// Measures cases side by side, and panics with the reports of all that disagree. A measurement says
/// how many cells agree, or is the report with the name of its case.
pub(crate) fn measure_all<T: Sync>(
    what: &str,
    cases: &[(String, T)],
    measure: impl Fn(&str, &T) -> Result<usize, String> + Sync,
) {
    let results: Vec<Result<usize, String>> = thread::scope(|scope| {
        let labs: Vec<_> = cases
            .iter()
            .map(|(name, case)| (name, scope.spawn(|| measure(name, case))))
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
    println!(
        "{} {what} and {cells} cells agree, {} {what} do not",
        cases.len() - reports.len(),
        reports.len()
    );
    assert!(reports.is_empty(), "{}", reports.join("\n\n"));
}
