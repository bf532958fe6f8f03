//! Every rule that a plan can break, with a plan that breaks it and one beside it that is fine.
//!
//! The other modules hold what the findings say word for word. Here no rule can be forgotten: the
//! table is held against the codes themselves, and the codes against the reference's catalogue.

mod errors;
mod warnings;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use meshwright::mesh::Code;

use super::{silent, with};
use crate::rules::brief::{Solved, at, file, solved};

/// Two plans that differ in one statement.
struct Example {
    /// What the finding of the first says.
    text: &'static str,
    fires: Value,
    silent: Value,
}

/// A plan with one statement open, stated once so that the rule fires and once so that it is
/// silent.
fn example(
    text: &'static str,
    plan: impl Fn(Value) -> Value,
    fires: Value,
    silent: Value,
) -> Example {
    Example {
        text,
        fires: plan(fires),
        silent: plan(silent),
    }
}

/// States the table once, and with it a `match` that only compiles if no code is missing.
macro_rules! table {
    ($($code:ident: $examples:path),+ $(,)?) => {
        const TABLE: &[(Code, fn() -> Vec<Example>)] = &[$((Code::$code, $examples)),+];

        /// Does not compile unless the table has every code.
        fn is_listed(code: Code) -> bool {
            match code {
                $(Code::$code => true,)+
            }
        }
    };
}

table! {
    E02: errors::unreachable,
    E03: errors::cannot_forward,
    E04: errors::addresses,
    E05: errors::same_twice,
    E06: errors::endpoints_inside,
    E07: errors::own_lan_hidden,
    E08: errors::overlaps,
    E09: errors::unknown_names,
    E10: errors::refused_by_apps,
    E11: errors::small_packets,
    E13: errors::not_dialable,
    E14: errors::apart,
    E15: errors::exits,
    W01: warnings::closing_paths,
    W03: warnings::not_covered,
    W04: warnings::looked_up_once,
    W07: warnings::advertised_routes,
    W08: warnings::clocks,
    W09: warnings::name_servers,
    W11: warnings::single_relays,
    W12: warnings::dense_codes,
    W13: warnings::common_prefixes,
    W17: warnings::no_way_back,
    W18: warnings::neighbours,
    W19: warnings::multicast_names,
    W21: warnings::large_packets,
    W23: warnings::not_random,
}

/// The rules that only a file of somebody else can break.
const OF_FILES: [&str; 11] = [
    "E01", "E12", "W02", "W05", "W06", "W10", "W14", "W15", "W16", "W20", "W22",
];

/// The plan file of sites, machines and whatever else the plan states.
fn plan_of(stated: &Value) -> Solved {
    solved(&with(file(json!([]), json!([])), stated.clone()))
}

/// A machine behind the router of `Home`.
fn nas(more: Value) -> Value {
    at("nas", "10.10.0.2", "Home", json!({}), more)
}

/// A machine behind the router of `Far`.
fn pi(more: Value) -> Value {
    at("pi", "10.10.0.3", "Far", json!({}), more)
}

/// The sites of `nas` and `pi`.
fn two_sites() -> Value {
    json!([{ "name": "Home" }, { "name": "Far" }])
}

/// The entry of a machine that shares one LAN.
fn share(prefix: &str, answers: &str) -> Value {
    json!({ "shares": [{ "prefix": prefix, "answers": answers }] })
}

#[test]
fn every_code_fires_where_it_should_and_nowhere_else() {
    let mut faults = Vec::new();
    for (code, examples) in TABLE {
        let code = code.as_str();
        let examples = examples();
        assert!(!examples.is_empty(), "{code} has no example");
        for example in examples {
            let line = format!("{code} {}", example.text);
            let found = plan_of(&example.fires).findings();
            if !found.contains(&line) {
                faults.push(format!("{line}: but {found:?}"));
            }
            let fine = plan_of(&example.silent);
            if !silent(&fine, code) {
                faults.push(format!("{line}: yet {:?}", fine.findings()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A plan beside the faulty one is not fine if another rule complains of it instead.
#[test]
fn plans_that_are_fine_are_fine_in_every_way() {
    for (code, examples) in TABLE {
        for Example { text, silent, .. } in examples() {
            let findings = plan_of(&silent).findings();
            assert!(
                findings.is_empty(),
                "{} {text}: {findings:?}",
                code.as_str()
            );
        }
    }
}

#[test]
fn a_fix_that_is_offered_silences_its_finding() {
    for (code, examples) in TABLE {
        for Example { text, fires, .. } in examples() {
            let fires = plan_of(&fires);
            let found = fires.mesh.findings.iter();
            let mut found = found.filter(|found| found.code == *code && found.text == text);
            let Some(fix) = found.next().and_then(|found| found.fix.as_ref()) else {
                continue;
            };
            let mut plan = fires.plan.clone();
            plan.apply(&fix.edit);
            let left = meshwright::mesh::solve(&plan).findings;
            assert!(
                left.iter().all(|left| left.text != text),
                "{} {text}: {}",
                code.as_str(),
                fix.text
            );
        }
    }
}

/// The reference's catalogue has E01 to E15 and W01 to W23.
#[test]
fn the_table_is_the_catalogue() {
    let mut listed = BTreeSet::new();
    for (code, _) in TABLE {
        assert!(is_listed(*code));
        assert!(listed.insert(code.as_str()), "{} twice", code.as_str());
    }
    for code in OF_FILES {
        assert!(listed.insert(code), "{code} is of files and of plans");
    }
    let errors = (1..=15).map(|number| format!("E{number:02}"));
    let warnings = (1..=23).map(|number| format!("W{number:02}"));
    let catalogue: BTreeSet<String> = errors.chain(warnings).collect();
    let listed: BTreeSet<String> = listed.into_iter().map(str::to_owned).collect();
    assert_eq!(listed, catalogue);
}
