//! What tidying up keeps to, on plans as people and as nobody would draw them.

use super::*;
use crate::editor::{Command, Editor, example};
use crate::plan::{Node, PublicAddress, Site};
use crate::project::{read_plan, write_plan};

/// Numbers without a pattern, the same ones every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: i32) -> i32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        i32::try_from((self.0 >> 33) % u64::try_from(end).unwrap()).unwrap()
    }
}

/// A plan with so many sites, machines at each, on the internet and roaming.
fn town(sites: usize, at_each: usize, public: usize, roaming: usize) -> Plan {
    let mut plan = Plan::empty();
    let mut add = |name: &str, place: Place| {
        let node = Node::new(name.parse().unwrap(), place);
        plan.nodes.insert(NodeId::new(name), node);
    };
    for place in 0..public {
        add(
            &format!("p{place}"),
            Place::Internet(PublicAddress::default()),
        );
    }
    for place in 0..roaming {
        add(&format!("r{place}"), Place::Roams);
    }
    for site in 0..sites {
        for place in 0..at_each {
            // Not everywhere the same number.
            if place == 0 || (site + place) % 4 != 0 {
                let home = Place::at(SiteId::new(&format!("S{site}")));
                add(&format!("s{site}-{place}"), home);
            }
        }
    }
    for site in 0..sites {
        let name = format!("S{site}");
        let site = Site::new(name.parse().unwrap());
        plan.sites.insert(SiteId::new(&name), site);
    }
    plan
}

/// The plan with everything somewhere within so many pixels.
fn scattered(mut plan: Plan, dice: &mut Dice, far: i32) -> Plan {
    let mut anywhere = || Point {
        x: dice.below(2 * far + 1) - far,
        y: dice.below(2 * far + 1) - far,
    };
    for (_, site) in &mut plan.sites {
        site.position = anywhere();
    }
    for (_, node) in &mut plan.nodes {
        node.position = anywhere();
    }
    plan
}

/// What may not overlap: areas and the cards at no site. And whose they are.
fn outer(plan: &Plan) -> Vec<(String, Rect)> {
    let areas = plan
        .sites
        .iter()
        .map(|(id, site)| (id.to_string(), site_rect(plan, id, site)));
    let cards = plan.nodes.iter().filter(|(id, _)| is_loose(plan, id));
    let cards = cards.map(|(id, node)| (id.to_string(), with_caption(card_rect(node))));
    areas.chain(cards).collect()
}

fn assert_apart(rects: &[(String, Rect)], moved: impl Fn(&str) -> bool) {
    for (place, (name, one)) in rects.iter().enumerate() {
        for (other_name, other) in &rects[..place] {
            let touch = one.overlaps(*other) && (moved(name) || moved(other_name));
            assert!(
                !touch,
                "{name} and {other_name} overlap: {one:?}, {other:?}"
            );
        }
    }
}

/// Nothing overlaps, all stand on the grid, and each at its site.
fn assert_tidy(plan: &Plan) {
    assert_apart(&outer(plan), |_| true);
    for (id, site) in &plan.sites {
        let cards: Vec<_> = plan
            .nodes_at(id)
            .map(|(id, node)| (id.to_string(), card_rect(node).grown(8)))
            .collect();
        assert_apart(&cards, |_| true);
        let area = site_rect(plan, id, site);
        for (name, card) in &cards {
            assert_eq!(area.around(*card), area, "{name} is outside of its site");
        }
        // No site is larger for its cards being somewhere in it.
        assert_eq!((area.x, area.y), (site.position.x, site.position.y));
    }
    let places = plan.nodes.values().map(|node| node.position);
    for at in places.chain(plan.sites.values().map(|site| site.position)) {
        assert_eq!((at.x.rem_euclid(8), at.y.rem_euclid(8)), (0, 0));
        assert!(at.x.abs() < 1_000_000 && at.y.abs() < 1_000_000);
    }
}

/// Everything but places is as it was.
fn assert_only_moved(before: &Plan, after: &Plan) {
    let mut back = after.clone();
    for (id, node) in &mut back.nodes {
        node.position = before.nodes[id].position;
    }
    for (id, site) in &mut back.sites {
        site.position = before.sites[id].position;
    }
    assert_eq!(back, *before);
}

/// Tidies up by the command, and checks what always holds.
fn after(plan: &Plan, parts: &[Subject]) -> Plan {
    let editor = Editor::open(plan.clone());
    let command = Command::Tidy(parts.to_vec());
    let next = editor.update(&command).unwrap();
    assert_only_moved(plan, next.plan());
    assert_eq!(next.plan().as_ref(), &tidied(plan, parts));
    let again = next.update(&command).unwrap();
    assert_eq!(again.plan(), next.plan(), "a second time changes nothing");
    if next.plan() != editor.plan() {
        let back = next.update(&Command::Undo).unwrap();
        assert_eq!(write_plan(back.plan()), write_plan(plan));
    }
    next.plan().as_ref().clone()
}

fn node(id: &str) -> Subject {
    Subject::Node(NodeId::new(id))
}

fn site(id: &str) -> Subject {
    Subject::Site(SiteId::new(id))
}

#[test]
fn everything_gets_a_place_of_its_own() {
    let mut dice = Dice(1);
    for (sites, at_each, public, roaming) in [
        (1, 1, 1, 0),
        (2, 1, 1, 1),
        (2, 2, 2, 6),
        (4, 3, 1, 2),
        (5, 4, 0, 3),
        (8, 5, 3, 4),
        (20, 5, 4, 6),
        (0, 0, 5, 0),
        (0, 0, 23, 9),
        (0, 0, 0, 7),
        (3, 0, 0, 0),
        (7, 30, 12, 1),
    ] {
        let plan = town(sites, at_each, public, roaming);
        for far in [0, 300, 2_000, 1_000_000] {
            let plan = scattered(plan.clone(), &mut dice, far);
            assert_tidy(&after(&plan, &[]));
        }
    }
}

#[test]
fn three_hundred_machines_are_tidied_up() {
    let plan = scattered(town(40, 8, 20, 30), &mut Dice(3), 5_000);
    assert!(plan.nodes.len() > 250);
    let tidy = tidied(&plan, &[]);
    assert_tidy(&tidy);
    assert_tidy(&after(&plan, &[]));
}

#[test]
fn the_example_is_tidy() {
    assert_eq!(tidied(&example(), &[]), example());
}

#[test]
fn machines_on_the_internet_stand_above_the_gates() {
    let plan = after(&scattered(town(4, 3, 2, 2), &mut Dice(5), 900), &[]);
    let lowest = ["p0", "p1"].map(|id| card_rect(&plan.nodes[&NodeId::new(id)]).bottom());
    for (id, site) in &plan.sites {
        let area = site_rect(&plan, id, site);
        assert!(lowest.iter().all(|bottom| *bottom + 100 < area.y));
    }
    // Those that roam are neighbours.
    let [one, other] = ["r0", "r1"].map(|id| plan.nodes[&NodeId::new(id)].position);
    assert!((one.x - other.x).abs() <= 280 && (one.y - other.y).abs() <= 136);
}

#[test]
fn what_stood_left_or_above_stands_there_still() {
    let mut plan = town(4, 4, 3, 0);
    let corners = [(900, 30), (0, 0), (10, 700), (950, 650)];
    for (place, (x, y)) in corners.into_iter().enumerate() {
        let id = SiteId::new(&format!("S{place}"));
        plan.sites.get_mut(&id).unwrap().position = Point { x, y };
        let at_site: Vec<NodeId> = plan.nodes_at(&id).map(|(id, _)| id.clone()).collect();
        for (step, id) in (0..).zip(at_site.iter().rev()) {
            // The last is the leftmost.
            plan.nodes.get_mut(id).unwrap().position = Point {
                x: x + 40 + step * 30,
                y: y + 100 + step,
            };
        }
    }
    for (x, id) in [(500, "p0"), (100, "p1"), (300, "p2")] {
        let node = plan.nodes.get_mut(&NodeId::new(id)).unwrap();
        node.position = Point {
            x,
            y: -300 + x / 20,
        };
    }
    let plan = after(&plan, &[]);
    let at = |id: &str| plan.nodes[&NodeId::new(id)].position;
    assert!(at("p1").x < at("p2").x && at("p2").x < at("p0").x);
    let corner = |id: &str| plan.sites[&SiteId::new(id)].position;
    assert!(corner("S1").x < corner("S0").x && corner("S2").x < corner("S3").x);
    assert_eq!(
        (corner("S1").y, corner("S2").y),
        (corner("S0").y, corner("S3").y)
    );
    assert!(corner("S0").y < corner("S2").y);
    assert!(at("s1-2").x < at("s1-1").x || at("s1-2").y < at("s1-1").y);
}

#[test]
fn what_is_not_selected_stays_and_is_kept_clear_of() {
    let mut dice = Dice(7);
    for round in 0..60 {
        let plan = scattered(town(5, 4, 3, 3), &mut dice, 200 + 60 * round);
        let mut parts: Vec<Subject> = Selection::all(&plan).parts().to_vec();
        parts.retain(|_| dice.below(3) == 0);
        if parts.is_empty() {
            continue;
        }
        let selection: Selection = parts.iter().cloned().collect();
        let next = after(&plan, &parts);
        let moving: Vec<&NodeId> = selection.nodes_with_sites(&plan).collect();
        for (id, node) in &plan.nodes {
            if !moving.contains(&id) {
                assert_eq!(next.nodes[id].position, node.position, "{id}");
            }
        }
        for (id, site) in &plan.sites {
            if !selection.has_site(id) {
                assert_eq!(next.sites[id].position, site.position, "{id}");
            }
        }
        let moved = |name: &str| {
            selection.has_site(&SiteId::new(name)) || selection.has_node(&NodeId::new(name))
        };
        assert_apart(&outer(&next), moved);
    }
}

#[test]
fn one_site_is_tidied_up_where_it_is() {
    let mut plan = scattered(town(2, 6, 1, 0), &mut Dice(9), 200);
    // Nothing else is near.
    let away = Point { x: 5_000, y: 5_000 };
    plan.sites.get_mut(&SiteId::new("S1")).unwrap().position = away;
    plan.nodes.get_mut(&NodeId::new("p0")).unwrap().position = away;
    for (id, node) in &mut plan.nodes {
        if id.as_str().starts_with("s1") {
            node.position = away;
        }
    }
    let area = |plan: &Plan| {
        let id = SiteId::new("S0");
        site_rect(plan, &id, &plan.sites[&id])
    };
    plan.sites.get_mut(&SiteId::new("S0")).unwrap().position = Point { x: -800, y: 64 };
    let before = area(&plan);
    let next = after(&plan, &[site("S0")]);
    let corner = area(&next);
    assert!((corner.x - before.x).abs() < 8 && (corner.y - before.y).abs() < 8);
    let name = Editor::open(plan).update(&Command::Tidy(vec![site("S0")]));
    assert_eq!(name.unwrap().history().undo_name(), Some("Tidy up S0"));
}

#[test]
fn machines_of_a_site_that_stays_find_room_in_it() {
    let mut plan = town(1, 5, 0, 0);
    let ids: Vec<NodeId> = plan.nodes.keys().cloned().collect();
    for (step, id) in (0..).zip(&ids) {
        plan.nodes.get_mut(id).unwrap().position = Point {
            x: 60 + 20 * step,
            y: 150 + 30 * step,
        };
    }
    let parts: Vec<Subject> = ids.iter().skip(1).cloned().map(Subject::Node).collect();
    let next = after(&plan, &parts);
    assert_eq!(next.nodes[&ids[0]].position, plan.nodes[&ids[0]].position);
    let cards: Vec<_> = next
        .nodes
        .iter()
        .map(|(id, node)| (id.to_string(), card_rect(node)))
        .collect();
    assert_apart(&cards, |_| true);
    // A wall all around: the site cannot grow, and so nobody moves.
    for (place, (x, y)) in [(450, 0), (0, 400)].into_iter().enumerate() {
        let name = format!("Wall {place}");
        let mut wall = Site::new(name.parse().unwrap());
        (wall.position, wall.size) = (Point { x, y }, Some(Point { x: 900, y: 900 }));
        plan.sites.insert(SiteId::new(&name), wall);
    }
    assert_eq!(after(&plan, &parts), plan);
}

#[test]
fn steps_are_named_and_nothing_to_do_is_no_step() {
    let editor = Editor::open(scattered(town(2, 2, 2, 0), &mut Dice(11), 300));
    let named = |parts: Vec<Subject>| {
        let next = editor.update(&Command::Tidy(parts)).unwrap();
        next.history().undo_name().map(str::to_owned)
    };
    assert_eq!(named(Vec::new()).as_deref(), Some("Tidy up"));
    let both = vec![site("S0"), node("p0"), node("p1")];
    assert_eq!(
        named(both).as_deref(),
        Some("Tidy up 2 machines and 1 site")
    );
    let tidy = Editor::open(tidied(editor.plan(), &[]));
    let again = tidy.update(&Command::Tidy(Vec::new())).unwrap();
    assert_eq!(again.history().undo_name(), None);
    let empty = Editor::open(Plan::empty());
    assert!(empty.update(&Command::Tidy(Vec::new())).is_err());
}

#[test]
fn one_machine_alone_is_no_selection_to_tidy_up() {
    assert!(to_tidy(&Selection::from(node("a"))).is_empty());
    assert_eq!(to_tidy(&Selection::from(site("a"))), [site("a")]);
    let both: Selection = [node("a"), node("b")].into_iter().collect();
    assert_eq!(to_tidy(&both).len(), 2);
}

#[test]
fn what_nobody_drew_is_tidied_up_all_the_same() {
    // At a site that is gone, and an area of any size.
    let mut plan = town(3, 3, 1, 0);
    plan.sites.remove(&SiteId::new("S1"));
    let sizes = [(-500, 3), (1_000_000, 9), (0, 0), (777, 555)];
    for (x, y) in sizes {
        let wide = plan.sites.get_mut(&SiteId::new("S0")).unwrap();
        wide.size = Some(Point { x, y });
        let next = after(&plan, &[]);
        let cards: Vec<_> = next
            .nodes
            .iter()
            .map(|(id, node)| (id.to_string(), card_rect(node)))
            .collect();
        assert_apart(&cards, |_| true);
    }
    let everywhere = i32::MAX / 64;
    let next = after(&scattered(town(6, 4, 3, 3), &mut Dice(13), everywhere), &[]);
    assert_tidy(&next);
    let text = write_plan(&next);
    assert_eq!(read_plan(&text).unwrap(), next);
}
