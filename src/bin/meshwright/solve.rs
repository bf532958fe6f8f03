//! `meshwright solve`: verdicts and findings, for people or as JSON.

use std::io::Write as _;
use std::path::Path;

use serde_json::{Map, Value, json};

use meshwright::mesh::{Finding, Mesh, Subject, solve};
use meshwright::plan::Family;
use meshwright::plan::Plan;
use meshwright::project::read_plan;

use crate::files;

/// Prints the verdicts; true if every pair gets through.
pub(crate) fn run(path: &Path, as_json: bool) -> Result<bool, String> {
    let mut plan =
        read_plan(&files::read(path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    // Not stored: `render` stores the same addresses.
    crate::assign_addresses(&mut plan);
    let mesh = solve(&plan);
    let mut out = std::io::stdout().lock();
    let printed = if as_json {
        writeln!(out, "{:#}", report(&plan, &mesh))
    } else {
        print(&mut out, &mesh)
    };
    match printed {
        // Whoever reads the output may stop early, as `head` does.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            return Err(error.to_string());
        }
        _ => {}
    }
    if !as_json {
        crate::print_findings(&mesh);
    }
    Ok(!mesh.has_impossible_pairs())
}

fn print(out: &mut impl std::io::Write, mesh: &Mesh) -> std::io::Result<()> {
    for pair in &mesh.pairs {
        let path = names(mesh, pair.verdict.via().iter().copied());
        let path = if path.is_empty() {
            String::new()
        } else {
            format!(" via {}", path.join(", "))
        };
        writeln!(
            out,
            "{} - {}: {}{path}. {}",
            mesh.name(pair.a),
            mesh.name(pair.b),
            pair.verdict.word(),
            mesh.why(pair)
        )?;
    }
    Ok(())
}

fn names(mesh: &Mesh, places: impl Iterator<Item = usize>) -> Vec<String> {
    places.map(|place| mesh.name(place).to_owned()).collect()
}

/// The JSON that the README documents. Fields may be added, never renamed.
fn report(plan: &Plan, mesh: &Mesh) -> Value {
    let mut pairs = Map::new();
    for pair in &mesh.pairs {
        let there = names(mesh, pair.verdict.via().iter().copied());
        let back: Vec<String> = there.iter().rev().cloned().collect();
        let why = mesh.why(pair);
        let (a, b) = (pair.a, pair.b);
        for (from, to, via) in [(a, b, there), (b, a, back)] {
            let (from_name, to_name) = (mesh.name(from), mesh.name(to));
            let one = json!({ "verdict": pair.verdict.word(), "via": via, "why": why });
            pairs.insert(
                format!("{from_name}>{to_name}"),
                with_families(&one, &mesh.families),
            );
            for share in mesh.nodes.get(to).into_iter().flat_map(|node| &node.shares) {
                if share.is_for(from) {
                    let key = format!("{from_name}>{}", share.prefix);
                    pairs.insert(key, with_families(&one, &[share.prefix.family()]));
                }
            }
        }
    }
    let findings: Vec<Value> = mesh
        .findings
        .iter()
        .map(|finding| finding_json(plan, finding))
        .collect();
    json!({ "pairs": pairs, "findings": findings })
}

fn with_families(one: &Value, families: &[Family]) -> Value {
    let mut all = Map::new();
    for family in families {
        let name = match family {
            Family::V4 => "4",
            Family::V6 => "6",
        };
        all.insert(name.to_owned(), one.clone());
    }
    let mut value = one.clone();
    if let Some(object) = value.as_object_mut() {
        object.insert("families".to_owned(), Value::Object(all));
    }
    value
}

fn finding_json(plan: &Plan, finding: &Finding) -> Value {
    let node = |id| {
        plan.nodes
            .get(id)
            .map_or_else(String::new, |node| node.name.to_string())
    };
    let subject = match &finding.subject {
        Subject::Plan => plan.name.to_string(),
        Subject::Site(id) => plan
            .sites
            .get(id)
            .map_or_else(String::new, |site| site.name.to_string()),
        Subject::Node(id) => node(id),
        Subject::Pair(pair) => {
            let (a, b) = pair.ends();
            let mut ends = [node(a), node(b)];
            ends.sort();
            ends.join(">")
        }
    };
    json!({
        "code": finding.code.as_str(),
        "severity": finding.severity.word(),
        "subject": subject,
        "text": finding.text,
        "evidence": finding.evidence,
        "fix": finding.fix.as_ref().map(|fix| &fix.text),
    })
}
