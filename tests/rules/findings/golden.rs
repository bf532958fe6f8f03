//! Plans that are fine have no findings.

use meshwright::mesh::{Severity, solve};

use crate::rules::brief::Solved;
use crate::support::{fixture, fixture_names};

fn of(name: &str) -> Vec<String> {
    let plan = fixture(name);
    let mesh = solve(&plan);
    Solved { plan, mesh }.findings()
}

#[test]
fn plans_that_are_fine_have_none() {
    for name in ["article", "forward", "phone", "same-site"] {
        assert_eq!(of(name), Vec::<String>::new(), "{name}");
    }
}

/// The article's phone roams and gets the LAN 192.168.1.0/24, which it meets in
/// every second home.
#[test]
fn a_phone_that_gets_a_common_lan_is_all_there_is_to_say() {
    for name in ["article-phone", "relay-at-home"] {
        assert_eq!(
            of(name),
            ["W13 phone will meet 192.168.1.0/24 of nas in other places"]
        );
    }
}

#[test]
fn sentences_are_sentences() {
    for name in fixture_names() {
        let plan = fixture(&name);
        for finding in solve(&plan).findings {
            let (text, evidence) = (&finding.text, &finding.evidence);
            assert!(!text.ends_with('.') && !text.contains('\n'), "{text}");
            assert!(evidence.ends_with('.'), "{evidence}");
            if let Some(fix) = &finding.fix {
                assert!(!fix.text.ends_with('.'), "{}", fix.text);
            }
            assert!(finding.severity <= Severity::Info);
        }
    }
}
