//! What lines are taken for, and what is said of those that mean nothing.

use super::*;
use crate::editor::{Command, Editor, example};
use crate::mesh::solve;

fn add(editor: &Editor, text: &str, home: Option<&str>) -> Editor {
    let home = home.map(SiteId::new);
    let rows = read_rows(editor.plan(), text, home.as_ref());
    assert_eq!(rows.problems, [], "{text}");
    let next = editor
        .update(&Command::Insert(rows.insertion()))
        .unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(solve(next.plan()), *next.mesh().as_ref());
    next
}

fn named<'a>(editor: &'a Editor, name: &str) -> &'a Node {
    editor.plan().node_named(name).unwrap().1
}

#[test]
fn rows_of_a_spreadsheet_become_machines_at_their_sites() {
    let text = "Name\tSite\tLAN address\tShares\tPlatform\n\
        berlin-gw\tBerlin\t192.168.7.1\t192.168.7.0/24\tLinux\n\
        berlin-pc\tBerlin\t192.168.7.20\t\t\n\
        \n\
        tv\thome\t192.168.1.44\t\t\n\
        relay2\tinternet\t198.51.100.7\trelay2.example.net\n\
        anna\troams\t10.10.0.77\tandroid\t#staff\n";
    let editor = Editor::open(example());
    let next = add(&editor, text, None);
    assert_eq!(
        next.history().undo_name(),
        Some("Add 5 machines and 1 site")
    );
    let plan = next.plan();
    let berlin = &plan.sites[&SiteId::new("Berlin")];
    assert_eq!(berlin.lans[0].to_string(), "192.168.7.0/24");
    assert_eq!(named(&next, "berlin-gw").shares.len(), 1);
    assert_eq!(
        named(&next, "berlin-pc").lan_address(),
        "192.168.7.20".parse().ok()
    );
    assert!(
        matches!(&named(&next, "tv").place, Place::Site { site, .. } if site.as_str() == "Home")
    );
    let Place::Internet(public) = &named(&next, "relay2").place else {
        panic!();
    };
    assert_eq!(public.ipv4, "198.51.100.7".parse().ok());
    assert_eq!(
        public.name.as_ref().map(ToString::to_string).as_deref(),
        Some("relay2.example.net")
    );
    let anna = named(&next, "anna");
    assert_eq!(anna.platform, Platform::Android);
    assert_eq!(anna.addresses.of(Family::V4), "10.10.0.77".parse().ok());
    assert!(anna.is_in(&"staff".parse().unwrap()));
    // Those without an address get the next free one.
    assert_eq!(
        named(&next, "berlin-gw").addresses.of(Family::V4),
        "10.10.0.4".parse().ok()
    );
    assert_eq!(next.selection.sites().count(), 1);
}

#[test]
fn a_range_is_many_machines_at_the_site_that_is_asked_about() {
    let editor = Editor::open(example());
    let next = add(&editor, "web[08-11], 192.168.1.98\ndb, #data", Some("Home"));
    for name in ["web08", "web09", "web10", "web11", "db"] {
        let place = &named(&next, name).place;
        assert!(matches!(place, Place::Site { site, .. } if site.as_str() == "Home"));
    }
    let last = named(&next, "web11").lan_address();
    assert_eq!(last, "192.168.1.101".parse().ok());
    assert_eq!(next.history().undo_name(), Some("Add 5 machines"));
    assert_eq!(next.selection.nodes().count(), 5);
    let one = add(&editor, "db", Some("Home"));
    assert_eq!(one.history().undo_name(), Some("Add db"));
}

#[test]
fn each_line_that_means_nothing_is_named() {
    let plan = example();
    for (text, problem) in [
        ("nas", "Another machine is called nas."),
        ("web[1-2]\nweb2", "Another machine is called web2."),
        ("web[5-1]", "A range of numbers is written as in web[1-5]."),
        ("Web Server", "A name has no spaces"),
        (
            "web, roams, 10.0.0.1",
            "A machine that roams has no address there.",
        ),
        ("web, 10.10.0.1", "vps"),
        (
            "a, 10.10.0.9\nb, 10.10.0.9",
            "10.10.0.9 stands in two lines.",
        ),
        ("web, Home, 192.168.1.7/24", "192.168.1.0/24"),
    ] {
        let rows = read_rows(&plan, text, None);
        let [(line, found)] = rows.problems.as_slice() else {
            panic!("{text}: {:?}", rows.problems);
        };
        assert_eq!(*line, text.lines().count(), "{text}");
        assert!(found.contains(problem), "{text}: {found}");
    }
    let many = read_rows(&plan, "web[1-501]", None);
    assert_eq!(many.problems.len(), 1);
}

#[test]
fn a_sign_stands_for_the_number_of_each_name() {
    let names = |pattern, count| {
        let names = numbered_names(pattern, count)?;
        Ok::<_, String>(names.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(names("web-#", 2).unwrap(), ["web-1", "web-2"]);
    assert_eq!(names("web##-eu", 2).unwrap(), ["web01-eu", "web02-eu"]);
    assert!(names("web", 2).unwrap_err().contains("web-#"));
    assert!(
        names("#web", 2)
            .unwrap_err()
            .contains("begins with a letter")
    );
}
