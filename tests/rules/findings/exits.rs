//! E15 and E03: ways to the internet through another machine.

use serde_json::{Value, json};

use meshwright::mesh::solve;
use meshwright::plan::NodeId;

use super::{silent, words};
use crate::rules::brief::{Solved, at, phone, solve_of, vps};

/// A phone that uses an exit; `vps` is one as `exit` says, and `nas` behind NAT
/// is one, too.
fn through(uses: &str, vps_facts: Value) -> Solved {
    let mut server = vps();
    for (key, value) in vps_facts.as_object().unwrap() {
        server[key] = value.clone();
    }
    solve_of(
        json!([{ "name": "Home" }]),
        json!([
            server,
            at(
                "nas",
                "10.10.0.2",
                "Home",
                json!({}),
                json!({ "exit": true })
            ),
            phone("phone", "10.10.0.3", json!({ "uses_exit": uses })),
        ]),
    )
}

#[test]
fn an_exit_is_used_over_a_direct_link_only() {
    let fires = through("nas", json!({ "exit": true }));
    assert_eq!(
        words(&fires, "E15"),
        [
            "error",
            "phone reaches nas, its way to the internet, only through vps",
            "The internet can stand under a direct link only: vps would send its own traffic there, too. Use vps as the exit, or make the link with nas direct.",
            "Let phone reach the internet through vps",
        ]
    );
    assert!(silent(&fires.fixed("E15"), "E15"));
    let fires = through("nas", json!({}));
    assert_eq!(
        words(&fires, "E15")[3],
        "Let phone reach the internet by itself"
    );
    assert!(silent(&through("vps", json!({ "exit": true })), "E15"));
}

#[test]
fn who_is_chosen_must_lead_there() {
    let fires = through("vps", json!({}));
    assert_eq!(
        words(&fires, "E15"),
        [
            "error",
            "phone reaches the internet through vps, which does not lead there",
            "phone goes on reaching the internet by itself.",
            "Let others reach the internet through vps",
        ]
    );
    assert!(silent(&fires.fixed("E15"), "E15"));
}

#[test]
fn an_exit_uses_no_exit() {
    let fires = through("vps", json!({ "exit": true, "uses_exit": "nas" }));
    assert_eq!(
        words(&fires, "E15")[1],
        "phone reaches the internet through vps, which uses an exit itself"
    );
    assert!(silent(&fires.fixed("E15"), "E15"));
}

#[test]
fn an_exit_that_is_gone() {
    let mut solved = through("vps", json!({ "exit": true }));
    let phone = solved.plan.nodes.get_mut(&NodeId::new("phone")).unwrap();
    phone.uses_exit = Some(NodeId::new("gone"));
    solved.mesh = solve(&solved.plan);
    assert_eq!(
        words(&solved, "E15")[1],
        "phone reaches the internet through a machine that is gone"
    );
    assert!(silent(&solved.fixed("E15"), "E15"));
}

#[test]
fn a_phone_is_no_exit() {
    let with = |exit: bool| {
        let facts = if exit {
            json!({ "exit": true })
        } else {
            json!({})
        };
        solve_of(
            json!([]),
            json!([vps(), phone("phone", "10.10.0.2", facts)]),
        )
    };
    assert_eq!(
        words(&with(true), "E03")[1],
        "phone cannot lead others to the internet"
    );
    assert!(silent(&with(false), "E03"));
}
