//! Copies are machines of their own, and nothing of the original changes.

use std::rc::Rc;

use super::naming::numbered;
use super::*;
use crate::editor::area::{Rect, card_rect, site_rect};
use crate::editor::{Command, Editor, example};
use crate::mesh::solve;
use crate::plan::{Node, PublicAddress, PublicKey};

fn node(id: &str) -> Subject {
    Subject::Node(NodeId::new(id))
}

fn home() -> Subject {
    Subject::Site(SiteId::new("Home"))
}

fn duplicate(editor: &Editor, parts: &[Subject]) -> Editor {
    let part = Rc::new(excerpt(editor.plan(), parts));
    insert_part(editor, part, None)
}

fn insert_part(editor: &Editor, part: Rc<Plan>, at: Option<Point>) -> Editor {
    let command = Command::Insert(Insertion::of(part.as_ref().clone(), at));
    let next = editor.update(&command).unwrap();
    // Whatever was there before is there as it was.
    for (id, node) in &editor.plan().nodes {
        assert_eq!(next.plan().nodes.get(id), Some(node));
    }
    for (id, site) in &editor.plan().sites {
        assert_eq!(next.plan().sites.get(id), Some(site));
    }
    // It is a plan like any other.
    let text = write_plan(next.plan());
    assert_eq!(read_plan(&text).as_ref(), Ok(next.plan().as_ref()));
    assert_eq!(solve(next.plan()), *next.mesh().as_ref());
    let back = next.update(&Command::Undo).unwrap();
    assert_eq!(write_plan(back.plan()), write_plan(editor.plan()));
    next
}

fn named<'a>(editor: &'a Editor, name: &str) -> &'a Node {
    editor.plan().node_named(name).unwrap().1
}

#[test]
fn a_copy_has_its_own_name_address_and_place() {
    let editor = Editor::open(example());
    let next = duplicate(&editor, &[node("nas")]);
    assert_eq!(next.history().undo_name(), Some("Duplicate nas"));
    assert_eq!(next.selection.single(), node("nas-2"));
    let (nas, copy) = (named(&editor, "nas"), named(&next, "nas-2"));
    assert!(!card_rect(copy).overlaps(card_rect(nas)));
    assert_eq!((copy.form, copy.platform), (nas.form, nas.platform));
    assert_eq!(copy.shares, nas.shares);
    // The example holds 10.10.0.1 to 10.10.0.3.
    assert_eq!(copy.addresses.of(Family::V4), "10.10.0.4".parse().ok());
    // It stands at the same site; the port of the router leads to nas alone.
    let Place::Site {
        site,
        forward,
        lan_address,
        ..
    } = &copy.place
    else {
        panic!("{:?}", copy.place);
    };
    assert_eq!(
        (site.as_str(), forward, lan_address),
        ("Home", &None, &None)
    );
    let further = duplicate(&next, &[node("nas-2")]);
    assert_eq!(further.selection.single(), node("nas-3"));
}

#[test]
fn a_copied_site_brings_its_machines_and_what_they_chose_for_each_other() {
    let mut plan = example();
    let mut second = plan.nodes[&NodeId::new("nas")].clone();
    second.name = "tv".parse().unwrap();
    second.position.x += 300;
    second.hub = Some(NodeId::new("nas"));
    second.addresses.set(Family::V4, "10.10.0.9".parse().ok());
    plan.nodes.insert(NodeId::new("tv"), second);
    let pair = PairKey::new(&NodeId::new("nas"), &NodeId::new("tv")).unwrap();
    plan.pairs.insert(pair, PairChoice::Via(NodeId::new("vps")));
    let editor = Editor::open(plan);
    let next = duplicate(&editor, &[home()]);
    assert_eq!(next.history().undo_name(), Some("Duplicate Home"));
    assert_eq!(
        next.selection.single(),
        Subject::Site(SiteId::new("Home 2"))
    );
    let tv = named(&next, "tv-2");
    assert_eq!(tv.hub, Some(NodeId::new("nas-2")));
    assert!(matches!(&tv.place, Place::Site { site, .. } if site.as_str() == "Home 2"));
    let pair = PairKey::new(&NodeId::new("nas-2"), &NodeId::new("tv-2")).unwrap();
    let via_vps = PairChoice::Via(NodeId::new("vps"));
    assert_eq!(next.plan().pairs.get(&pair), Some(&via_vps));
    let (one, other) = (SiteId::new("Home"), SiteId::new("Home 2"));
    let area = |id: &SiteId| site_rect(next.plan(), id, &next.plan().sites[id]);
    assert!(!area(&one).overlaps(area(&other)));
}

#[test]
fn a_copy_has_no_key_and_no_address_of_the_old() {
    let mut plan = example();
    let vps = plan.nodes.get_mut(&NodeId::new("vps")).unwrap();
    vps.public_key = Some(
        "cHVibGljLWtleS1vZi1zb21lYm9keS1lbHNlLTMyLWI="
            .parse::<PublicKey>()
            .unwrap(),
    );
    assert!(matches!(&vps.place, Place::Internet(public) if !public.is_unknown()));
    let editor = Editor::open(plan);
    let next = duplicate(&editor, &[node("vps")]);
    let copy = named(&next, "vps-2");
    assert_eq!(copy.public_key, None);
    assert_eq!(copy.place, Place::Internet(PublicAddress::default()));

    // No identity that a key bears, even of a machine that is gone.
    let part = excerpt(editor.plan(), &[node("vps")]);
    let known = |id: &NodeId| id.as_str() == "vps-2";
    assert_eq!(
        identities(editor.plan(), &Insertion::of(part, None), known),
        [NodeId::new("vps-2-2")]
    );
}

#[test]
fn what_is_copied_goes_through_text_into_another_plan() {
    let editor = Editor::open(example());
    let text = clip_text(editor.plan(), &[node("nas"), node("pi"), node("vps")]).unwrap();
    let part = Rc::new(read_clip(&text).unwrap());
    let at = Point { x: 5000, y: 5000 };
    let empty = Editor::open(Plan::empty());
    let next = insert_part(&empty, Rc::clone(&part), Some(at));
    assert_eq!(
        next.history().undo_name(),
        Some("Paste 3 machines and 2 sites")
    );
    // Names, addresses and facts are free there, so they stay.
    for (id, node) in &editor.plan().nodes {
        let pasted = &next.plan().nodes[id];
        assert_eq!((&pasted.name, &pasted.place), (&node.name, &node.place));
        assert_eq!(pasted.addresses, node.addresses);
    }
    // Where their sites are, they stand at those.
    let same = insert_part(&editor, part, Some(at));
    assert_eq!(same.history().undo_name(), Some("Paste 3 machines"));
    assert_eq!(same.plan().sites.len(), 2);
    assert_eq!(same.selection.nodes().count(), 3);
    assert!(
        matches!(&named(&same, "pi-2").place, Place::Site { site, .. } if site.as_str() == "Friend's place")
    );
}

#[test]
fn what_stays_behind_is_not_named_in_the_text() {
    let mut plan = example();
    let vps = Some(NodeId::new("vps"));
    plan.nodes
        .get_mut(&NodeId::new("nas"))
        .unwrap()
        .hub
        .clone_from(&vps);
    // Beside the old one, the copy talks through the same hub.
    let editor = Editor::open(plan);
    assert_eq!(named(&duplicate(&editor, &[node("nas")]), "nas-2").hub, vps);
    let text = clip_text(editor.plan(), &[node("nas")]).unwrap();
    assert_eq!(
        read_clip(&text).unwrap().nodes[&NodeId::new("nas")].hub,
        None
    );
    assert_eq!(clip_text(editor.plan(), &[]), None);
}

#[test]
fn foreign_text_is_refused() {
    for text in [
        "",
        "milk, bread",
        "[1]",
        "{}",
        "{\"format\":\"other\",\"version\":1}",
    ] {
        let problem = read_clip(text).err().unwrap().to_string();
        assert!(
            problem.starts_with("The clipboard holds nothing from Meshwright."),
            "{text}"
        );
    }
    let empty = write_plan(&Plan::empty());
    assert!(read_clip(&empty).is_err());
    let future = read_clip("{\"format\":\"meshwright-plan\",\"version\":99}");
    assert!(future.err().unwrap().to_string().contains("version 99"));
}

#[test]
fn long_names_make_room_for_the_number() {
    let taken = |name: &str| name == "nas-2";
    assert_eq!(numbered("nas", 15, "-", taken), "nas-3");
    assert_eq!(numbered("nas-2", 15, "-", taken), "nas-3");
    assert_eq!(
        numbered("fifteen-letters", 15, "-", taken),
        "fifteen-lette-2"
    );
    assert_eq!(numbered("a-name-of-many-x", 9, "-", taken), "a-name-2");
    assert_eq!(numbered("Home", 60, " ", |_| false), "Home 2");
}

#[test]
fn many_copies_stay_fast_and_apart() {
    let mut editor = Editor::open(example());
    for _ in 0..5 {
        let all = Selection::all(editor.plan());
        editor = duplicate(&editor, all.parts());
    }
    assert_eq!(editor.plan().nodes.len(), 96);
    let cards: Vec<Rect> = editor.plan().nodes.values().map(card_rect).collect();
    for (place, card) in cards.iter().enumerate() {
        assert!(cards[..place].iter().all(|other| !other.overlaps(*card)));
    }
}
