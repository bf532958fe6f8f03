//! Many copies of a site: each is a place of its own.

use super::*;
use crate::editor::area::site_rect;
use crate::editor::{Command, Editor};
use crate::mesh::{Severity, solve};
use crate::plan::{Answers, Node, Place, PublicAddress, SharedLan, Site};

/// Berlin with a gateway that shares its LAN, a printer, and a server outside.
fn office() -> Plan {
    let mut plan = Plan::empty();
    let berlin = SiteId::new("Berlin");
    let mut site = Site::new("Berlin".parse().unwrap());
    site.lans = vec!["192.168.254.0/24".parse().unwrap()];
    plan.sites.insert(berlin.clone(), site);
    for (name, address, shares) in [
        ("berlin-gw", "192.168.254.1", true),
        ("printer", "192.168.254.20", false),
    ] {
        let mut place = Place::at(berlin.clone());
        if let Place::Site { lan_address, .. } = &mut place {
            *lan_address = address.parse().ok();
        }
        let mut node = Node::new(name.parse().unwrap(), place);
        node.addresses
            .set(Family::V4, plan.next_free_address(Family::V4).ok());
        if shares {
            node.shares = vec![SharedLan {
                prefix: "192.168.254.0/24".parse().unwrap(),
                answers: Answers::Translate,
            }];
        }
        plan.nodes.insert(NodeId::new(name), node);
    }
    let public = PublicAddress {
        ipv4: "203.0.113.1".parse().ok(),
        ..PublicAddress::default()
    };
    let mut relay = Node::new("relay".parse().unwrap(), Place::Internet(public));
    relay
        .addresses
        .set(Family::V4, plan.next_free_address(Family::V4).ok());
    plan.nodes.insert(NodeId::new("relay"), relay);
    plan
}

fn copies(editor: &Editor, times: usize) -> Editor {
    let part = excerpt(editor.plan(), &[Subject::Site(SiteId::new("Berlin"))]);
    let insertion = Insertion {
        times,
        ..Insertion::of(part, None)
    };
    editor.update(&Command::Insert(insertion)).unwrap()
}

#[test]
fn nineteen_copies_of_a_site_collide_with_nothing() {
    let editor = Editor::open(office());
    let next = copies(&editor, 19);
    let plan = next.plan();
    assert_eq!(plan.sites.len(), 20);
    assert_eq!(plan.nodes.len(), 41);
    assert_eq!(
        next.history().undo_name(),
        Some("Duplicate 38 machines and 19 sites")
    );
    // The next free LANs, and at the end of the range those at its beginning.
    let lan = |site: &str| plan.sites[&SiteId::new(site)].lans[0].to_string();
    assert_eq!(lan("Berlin 2"), "192.168.255.0/24");
    assert_eq!(lan("Berlin 3"), "192.168.0.0/24");
    assert_eq!(lan("Berlin 20"), "192.168.17.0/24");
    // Machines bear the name of their new site, or a number.
    for number in 2..=20 {
        let site = SiteId::new(&format!("Berlin {number}"));
        let (_, gateway) = plan.node_named(&format!("berlin-{number}-gw")).unwrap();
        let (_, printer) = plan.node_named(&format!("printer-{number}")).unwrap();
        let lan = plan.sites[&site].lans[0];
        for node in [gateway, printer] {
            assert!(matches!(&node.place, Place::Site { site: at, .. } if *at == site));
            assert!(lan.holds(node.lan_address().unwrap()), "{}", node.name);
        }
        assert_eq!(gateway.shares[0].prefix, lan);
        assert!(gateway.lan_address().unwrap().to_string().ends_with(".1"));
    }
    let mesh = solve(plan);
    let wrong: Vec<_> = mesh
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    // They stand in a block, and none over another.
    let areas: Vec<_> = plan
        .sites
        .iter()
        .map(|(id, site)| site_rect(plan, id, site))
        .collect();
    for (place, area) in areas.iter().enumerate() {
        assert!(
            areas[place + 1..]
                .iter()
                .all(|other| !other.overlaps(*area))
        );
    }
    let all = areas.iter().copied().reduce(|one, other| one.around(other));
    let all = all.unwrap();
    assert!(all.width < 3 * all.height && all.height < 3 * all.width);
    let back = next.update(&Command::Undo).unwrap();
    assert_eq!(write_plan(back.plan()), write_plan(editor.plan()));
}

#[test]
fn a_site_from_another_plan_keeps_its_lans() {
    let editor = Editor::open(office());
    let mut other = office();
    let site = other.sites.get_mut(&SiteId::new("Berlin")).unwrap();
    site.name = "Paris".parse().unwrap();
    let text = clip_text(&other, &[Subject::Site(SiteId::new("Berlin"))]).unwrap();
    let part = read_clip(&text).unwrap();
    let command = Command::Insert(Insertion::of(part, Some(Point { x: 900, y: 900 })));
    let next = editor.update(&command).unwrap();
    let mut sites = next.plan().sites.values();
    let paris = sites.find(|site| site.name.as_str() == "Paris").unwrap();
    assert_eq!(paris.lans[0].to_string(), "192.168.254.0/24");
    // Both are real, so that it is said and not changed.
    assert!(
        next.mesh()
            .findings
            .iter()
            .any(|finding| finding.text.contains("192.168.254.0/24"))
    );
}

#[test]
fn identities_of_many_copies_are_those_of_their_names() {
    let plan = office();
    let part = excerpt(&plan, &[Subject::Site(SiteId::new("Berlin"))]);
    let insertion = Insertion {
        times: 2,
        ..Insertion::of(part, None)
    };
    let known = |id: &NodeId| id.as_str() == "printer-2";
    let ids = identities(&plan, &insertion, known);
    let ids: Vec<&str> = ids.iter().map(NodeId::as_str).collect();
    assert_eq!(
        ids,
        ["berlin-2-gw", "printer-2-2", "berlin-3-gw", "printer-3"]
    );
}
