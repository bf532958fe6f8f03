//! The drawing of the example and of plans that stress single rules.

use super::*;
use crate::editor::example;
use crate::mesh::solve;
use crate::plan::{NodeId, NodeName, Place, Point, TunnelAddresses};

fn scene(plan: &Plan) -> Scene {
    Scene::of(plan, &solve(plan), &Subject::Plan, Detail::FULL)
}

fn link<'a>(scene: &'a Scene, key: &str) -> &'a LinkShape {
    scene
        .links
        .iter()
        .find(|link| link.key == key)
        .unwrap_or_else(|| panic!("{key} in {:?}", keys(scene)))
}

fn keys(scene: &Scene) -> Vec<&str> {
    scene.links.iter().map(|link| link.key.as_str()).collect()
}

/// Points at most a few pixels apart along a line.
fn course(link: &LinkShape) -> Vec<Point> {
    (0..=400)
        .map(|step| link.stroke.at(step * 1000 / 400))
        .collect()
}

fn phone(plan: &mut Plan) {
    let mut node = plan.nodes[&NodeId::new("pi")].clone();
    node.name = "phone".parse::<NodeName>().unwrap();
    node.place = Place::Roams;
    node.position = Point { x: 900, y: 104 };
    node.addresses = TunnelAddresses {
        v4: "10.10.0.4".parse().ok(),
        v6: None,
    };
    plan.nodes.insert(NodeId::new("phone"), node);
}

#[test]
fn the_example_has_two_direct_lines_and_one_relayed_path() {
    let scene = scene(&example());
    assert_eq!(keys(&scene), ["pair nas vps", "pair pi vps", "pair nas pi"]);
    assert_eq!(
        scene.counts,
        [(LinkVerdict::Direct, 2), (LinkVerdict::Relayed, 1)]
    );
}

#[test]
fn a_relayed_path_crosses_the_tray_below_its_relay() {
    let scene = scene(&example());
    let vps = scene.nodes.iter().find(|node| node.name == "vps").unwrap();
    let tray = vps.tray.unwrap();
    let inside: Vec<Point> = course(link(&scene, "pair nas pi"))
        .into_iter()
        .filter(|at| tray.holds(*at))
        .collect();
    let (first, last) = (inside.first().unwrap(), inside.last().unwrap());
    assert!(last.x - first.x > 80, "{inside:?}");
    assert!(
        inside.iter().all(|at| at.y >= vps.rect.bottom()),
        "behind the card: {inside:?}"
    );
}

#[test]
fn lines_pass_their_gates_and_no_border() {
    let mut plan = example();
    phone(&mut plan);
    let scene = scene(&plan);
    for link in &scene.links {
        for pair in course(link).windows(2) {
            for site in &scene.sites {
                let crosses = (pair[0].y <= site.rect.y) != (pair[1].y <= site.rect.y);
                if crosses && (site.rect.x..site.rect.right()).contains(&pair[0].x) {
                    let off = (pair[0].x - site.gate.at.x).abs();
                    assert!(
                        off + 4 <= site.gate.width / 2,
                        "{} misses the gate of {} by {off}",
                        link.key,
                        site.name
                    );
                }
            }
        }
    }
}

#[test]
fn no_line_runs_under_a_card_or_a_name() {
    let mut plan = example();
    for round in 0..2 {
        let scene = scene(&plan);
        for link in &scene.links {
            for node in &scene.nodes {
                let inner = node.rect.grown(-3);
                assert!(
                    course(link).iter().all(|at| !inner.holds(*at)),
                    "{} under {} in round {round}",
                    link.key,
                    node.name
                );
            }
            for site in &scene.sites {
                let name = Rect {
                    x: site.rect.x,
                    y: site.rect.y,
                    width: 130,
                    height: 52,
                };
                assert!(
                    course(link).iter().all(|at| !name.holds(*at)),
                    "{} over {}",
                    link.key,
                    site.name
                );
            }
        }
        phone(&mut plan);
    }
}

#[test]
fn a_gate_is_wide_enough_for_its_lanes() {
    let plan = example();
    for lanes in 0..40 {
        for (id, site) in &plan.sites {
            let gate = frame(&plan, id, site, lanes, Detail::FULL).gate;
            assert!(gate.width >= 24);
            for lane in 0..lanes {
                assert!(
                    (gate.lane_x(lane) - gate.at.x).abs() + 8 <= gate.width / 2,
                    "lane {lane} of {lanes}"
                );
            }
        }
    }
}

#[test]
fn pairs_with_common_legs_are_bundled_and_counted() {
    let mut plan = example();
    phone(&mut plan);
    let scene = scene(&plan);
    for end in ["nas", "phone", "pi"] {
        let leg = link(&scene, &format!("leg {end} vps"));
        assert_eq!((leg.count, leg.pairs.len()), (2, 2), "{end}");
    }
    let pair = scene
        .links
        .iter()
        .flat_map(|link| &link.pairs)
        .next()
        .unwrap()
        .clone();
    assert!(scene.links.iter().any(|link| link.pairs.contains(&pair)));
}

#[test]
fn a_selected_pair_is_drawn_from_end_to_end() {
    let mut plan = example();
    phone(&mut plan);
    let mesh = solve(&plan);
    let key = crate::plan::PairKey::new(&NodeId::new("nas"), &NodeId::new("pi")).unwrap();
    let scene = Scene::of(&plan, &mesh, &Subject::Pair(key.clone()), Detail::FULL);
    let whole = link(&scene, "pair nas pi");
    assert_eq!(whole.pairs, [key]);
    assert_eq!(whole.title, "nas \u{2194} pi, via vps");
}

#[test]
fn the_drawing_does_not_depend_on_identities() {
    let plan = example();
    let mut other = plan.clone();
    let nas = other.nodes.remove(&NodeId::new("nas")).unwrap();
    // The same machine under an identity that sorts last.
    other.nodes.insert(NodeId::new("zzz"), nas);
    let paths = |plan: &Plan| {
        scene(plan)
            .links
            .iter()
            .map(|link| link.path.clone())
            .collect::<Vec<_>>()
    };
    let (mut one, mut two) = (paths(&plan), paths(&other));
    one.sort();
    two.sort();
    assert_eq!(one, two);
}

#[test]
fn small_zooms_take_smaller_cards_that_keep_apart() {
    let plan = example();
    let mesh = solve(&plan);
    assert_eq!(Detail::fitting(&plan, 100, false), Detail::FULL);
    assert_eq!(Detail::fitting(&plan, 100, true).form, CardForm::Compact);
    for zoom in [75, 60, 45, 38] {
        let detail = Detail::fitting(&plan, zoom, true);
        let scene = Scene::of(&plan, &mesh, &Subject::Plan, detail);
        for (index, one) in scene.nodes.iter().enumerate() {
            assert!(
                scene
                    .nodes
                    .iter()
                    .skip(index + 1)
                    .all(|other| !one.rect.overlaps(other.rect)),
                "at {zoom}"
            );
        }
        assert!(detail.form < CardForm::Chip, "at {zoom}: {detail:?}");
    }
}

#[test]
fn arrows_lead_to_what_is_seen_there() {
    let scene = scene(&example());
    let node = |name: &str| Target::Node(NodeId::new(name));
    assert_eq!(nearest(&scene, &node("nas"), Dir::Right), Some(node("pi")));
    let up = nearest(&scene, &node("vps"), Dir::Up);
    assert_eq!(up, None);
    assert!(matches!(
        nearest(&scene, &node("vps"), Dir::Left),
        Some(Target::Link(_))
    ));
}

#[test]
fn a_screen_reader_hears_the_whole_card() {
    let scene = scene(&example());
    let nas = scene.nodes.iter().find(|node| node.name == "nas").unwrap();
    assert_eq!(
        nas.label,
        "nas, 10.10.0.2, behind the router at Home, dials out, 1 direct link, 1 relayed, shares 192.168.1.0/24"
    );
    assert_eq!(
        link(&scene, "pair nas pi").label,
        "nas to pi, relayed via vps: Both ends are behind NAT, so neither can dial the other. vps relays, and can read this traffic."
    );
}

#[test]
fn an_empty_plan_is_drawn_as_nothing() {
    let scene = scene(&Plan::empty());
    assert!(scene.sites.is_empty() && scene.nodes.is_empty() && scene.links.is_empty());
    assert_eq!(scene.bounds.width, 0);
}

/// A server on the internet.
fn server(plan: &mut Plan, name: &str, position: Point) {
    let mut node = plan.nodes[&NodeId::new("vps")].clone();
    let next = u8::try_from(plan.nodes.len() + 1).unwrap();
    node.name = name.parse::<NodeName>().unwrap();
    node.position = position;
    node.addresses = TunnelAddresses {
        v4: Some([10, 10, 0, next].into()),
        v6: None,
    };
    plan.nodes.insert(NodeId::new(name), node);
}

#[test]
fn a_line_goes_around_a_server_in_its_way() {
    let mut plan = example();
    server(&mut plan, "hub", Point { x: 200, y: 120 });
    let scene = scene(&plan);
    for link in &scene.links {
        for node in &scene.nodes {
            let inner = node.rect.grown(-3);
            assert!(
                course(link).iter().all(|at| !inner.holds(*at)),
                "{} under {}",
                link.key,
                node.name
            );
        }
    }
}

#[test]
fn a_crowd_shows_the_links_of_what_is_selected() {
    let mut plan = example();
    for index in 0..CROWD {
        let mut node = plan.nodes[&NodeId::new("pi")].clone();
        node.name = format!("pi{index}").parse().unwrap();
        let row = i32::try_from(index).unwrap();
        node.position = Point {
            x: 704 + row % 4 * 240,
            y: 456 + row / 4 * 120,
        };
        node.addresses = TunnelAddresses {
            v4: Some([10, 10, 0, 10 + u8::try_from(index).unwrap()].into()),
            v6: None,
        };
        plan.nodes.insert(NodeId::new(node.name.as_str()), node);
    }
    let mesh = solve(&plan);
    let rest = Scene::of(&plan, &mesh, &Subject::Plan, Detail::FULL);
    assert!(rest.links.is_empty() && !rest.rest.is_empty());
    let nas = Scene::of(
        &plan,
        &mesh,
        &Subject::Node(NodeId::new("nas")),
        Detail::FULL,
    );
    // Its own link, its own leg, and one leg for all of the other site.
    assert_eq!(nas.links.len(), 3, "{:?}", keys(&nas));
    assert!(nas.links.iter().any(|link| link.count == CROWD + 1));
    let letters = nas
        .nodes
        .iter()
        .filter(|node| node.letter == Some(LinkVerdict::Relayed))
        .count();
    assert_eq!(letters, CROWD + 1);
}

#[test]
fn in_a_crowd_the_machines_of_a_far_site_share_a_line_to_their_gate() {
    let mut plan = example();
    for number in 0..40 {
        let mut node = plan.nodes[&NodeId::new("nas")].clone();
        node.name = format!("n{number}").parse().unwrap();
        (node.shares, node.relay) = (Vec::new(), crate::plan::Relaying::No);
        node.addresses.v4 = Some([10, 10, 0, 100 + number].into());
        node.position.y += 120 * (i32::from(number) + 1);
        plan.nodes.insert(NodeId::new(&format!("n{number}")), node);
    }
    let mesh = solve(&plan);
    let focus = Subject::Node(NodeId::new("vps"));
    let scene = Scene::of(&plan, &mesh, &focus, Detail::FULL);
    let direct: Vec<&Rc<LinkShape>> = scene
        .links
        .iter()
        .filter(|link| link.verdict == LinkVerdict::Direct)
        .collect();
    // One line to the gate of each of both sites: 41 machines, and pi.
    let mut counts: Vec<usize> = direct.iter().map(|link| link.count).collect();
    counts.sort_unstable();
    assert_eq!(counts, [1, 41]);
    let home = scene.sites.iter().find(|site| site.name == "Home").unwrap();
    for at in direct.iter().flat_map(|link| course(link)) {
        assert!(!home.rect.grown(-2).holds(at), "{at:?} lies inside");
    }
}

#[test]
fn only_pairs_with_another_verdict_are_news() {
    let before = example();
    let news = |after: &Plan| verdict_changes(&solve(&before), &solve(after));

    // A rename turns pairs around and changes none.
    let mut renamed = before.clone();
    renamed.nodes[&NodeId::new("nas")].name = "zeus".parse().unwrap();
    renamed.nodes[&NodeId::new("vps")].name = "atlas".parse().unwrap();
    assert_eq!(news(&renamed), Vec::<String>::new());

    // Without its relay a pair is cut off; pairs of a machine that is gone are no news.
    let mut alone = before.clone();
    alone.nodes.remove(&NodeId::new("vps"));
    assert_eq!(news(&alone), ["nas to pi is now impossible"]);

    let mut grown = before.clone();
    phone(&mut grown);
    assert_eq!(news(&grown), Vec::<String>::new());
}
