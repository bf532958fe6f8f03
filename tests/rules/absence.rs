//! What if a machine is away.

use serde_json::json;

use meshwright::mesh::{Absence, pillars, without};
use meshwright::plan::NodeId;

use super::brief::{Solved, at, host, phone, solve_of, vps};
use crate::support::fixture;

fn article() -> Solved {
    let plan = fixture("article");
    let mesh = meshwright::mesh::connect(&plan);
    Solved { plan, mesh }
}

fn cut_off(absence: &Absence) -> Vec<String> {
    let line = |(a, b): &(NodeId, NodeId)| format!("{a} {b}");
    absence.cut_off.iter().map(line).collect()
}

#[test]
fn without_its_relay_the_article_splits() {
    let solved = article();
    let absence = without(&solved.plan, &NodeId::new("vps"));
    assert_eq!(cut_off(&absence), ["nas pi"]);
    assert!(absence.until_new_files.is_empty());
    let pillars = pillars(&solved.plan, &solved.mesh);
    assert_eq!(pillars.len(), 1);
    assert_eq!(
        (
            pillars[0].node.as_str(),
            pillars[0].carries,
            pillars[0].cut_off
        ),
        ("vps", 1, 1)
    );
}

#[test]
fn a_machine_at_the_edge_takes_only_itself_away() {
    let solved = article();
    let absence = without(&solved.plan, &NodeId::new("nas"));
    assert!(absence.cut_off.is_empty());
    assert_eq!(
        absence
            .lans
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["192.168.1.0/24"],
        "and the LAN that it shares"
    );
    assert_eq!(
        without(&solved.plan, &NodeId::new("gone")),
        Absence::default()
    );
}

/// AllowedIPs name one peer for a prefix, so nothing takes over by itself.
#[test]
fn a_second_relay_takes_over_with_new_files_only() {
    let second = host(
        "zweit",
        "10.10.0.9",
        json!({ "ipv4": "203.0.113.9" }),
        json!({}),
    );
    let solved = solve_of(
        json!([{ "name": "Home" }]),
        json!([
            vps(),
            second,
            at("nas", "10.10.0.2", "Home", json!({}), json!({})),
            phone("phone", "10.10.0.3", json!({}))
        ]),
    );
    assert_eq!(solved.verdict("nas", "phone"), "relayed via vps");
    let absence = without(&solved.plan, &NodeId::new("vps"));
    assert!(absence.cut_off.is_empty());
    assert_eq!(absence.until_new_files.len(), 1);
    let pillars = pillars(&solved.plan, &solved.mesh);
    assert_eq!((pillars[0].carries, pillars[0].cut_off), (1, 0));
    assert_eq!(
        without(&solved.plan, &NodeId::new("zweit")),
        Absence::default()
    );
}
