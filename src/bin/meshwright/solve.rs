//! `meshwright solve`: verdicts and findings, for people or as JSON.

mod json;
mod without;

use std::io::Write as _;
use std::path::Path;

use meshwright::mesh::{Mesh, Subject, improvements, solve};
use meshwright::plan::{NodeId, Plan};
use meshwright::project::read_plan;

use crate::files;

/// How many changes are shown to people.
const SHOWN: usize = 5;

/// Prints the verdicts; true if every pair gets through. With a machine named
/// that is away, prints what is lost instead; true if nothing is.
pub(crate) fn run(path: &Path, as_json: bool, away: Option<&str>) -> Result<bool, String> {
    let mut plan =
        read_plan(&files::read(path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    // Not stored: `render` stores the same addresses.
    crate::assign_addresses(&mut plan);
    if let Some(name) = away {
        let (id, _) = plan
            .node_named(name)
            .ok_or_else(|| format!("{}: there is no machine called {name}", path.display()))?;
        let (text, nothing) = without::report(&plan, id, as_json);
        say(&text)?;
        return Ok(nothing);
    }
    let mesh = solve(&plan);
    if as_json {
        say(&format!("{:#}\n", json::report(&plan, &mesh)))?;
    } else {
        say(&verdicts(&plan, &mesh))?;
        crate::print_findings(&mesh);
    }
    Ok(!mesh.has_impossible_pairs())
}

/// Prints a text.
pub(crate) fn say(text: &str) -> Result<(), String> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        // Whoever reads the output may stop early, as `head` does.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

/// Every pair in a line, and what would help those that do not get through.
fn verdicts(plan: &Plan, mesh: &Mesh) -> String {
    let mut lines: Vec<String> = mesh
        .pairs
        .iter()
        .map(|pair| {
            let path = names(mesh, pair.verdict.via().iter().copied());
            let path = if path.is_empty() {
                String::new()
            } else {
                format!(" via {}", path.join(", "))
            };
            format!(
                "{} - {}: {}{path}. {}",
                mesh.name(pair.a),
                mesh.name(pair.b),
                pair.verdict.word(),
                mesh.why(pair)
            )
        })
        .collect();
    if mesh.has_impossible_pairs() {
        let mut helping = improvements(plan, mesh, &Subject::Plan);
        helping.retain(|improvement| improvement.possible > 0);
        if !helping.is_empty() {
            lines.push(String::new());
            lines.push("What would help:".to_owned());
            let shown = helping.iter().take(SHOWN);
            lines.extend(shown.map(|improvement| format!("- {}", improvement.text)));
        }
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn names(mesh: &Mesh, places: impl Iterator<Item = usize>) -> Vec<String> {
    places.map(|place| mesh.name(place).to_owned()).collect()
}

fn name_of(plan: &Plan, id: &NodeId) -> String {
    plan.nodes
        .get(id)
        .map_or_else(String::new, |node| node.name.to_string())
}
