//! What is left of a plan when one steps back.

use super::super::{LinkVerdict, Scene};
use super::*;
use crate::editor::example;
use crate::mesh::solve;
use crate::plan::{NodeId, Place, TunnelAddresses};

/// The example with so many more machines beside pi.
fn crowd(more: usize) -> Plan {
    let mut plan = example();
    for index in 0..more {
        let mut node = plan.nodes[&NodeId::new("pi")].clone();
        node.name = format!("pi{index:02}").parse().unwrap();
        let row = i32::try_from(index).unwrap();
        node.position = Point {
            x: 704 + row % 4 * 240,
            y: 576 + row / 4 * 120,
        };
        node.addresses = TunnelAddresses {
            v4: Some([10, 10, 0, 10 + u8::try_from(index).unwrap()].into()),
            v6: None,
        };
        plan.nodes.insert(NodeId::new(node.name.as_str()), node);
    }
    plan
}

fn at(zoom: i32) -> Detail {
    Detail::fitting(&crowd(30), zoom, false)
}

fn from_afar(plan: &Plan, focus: &Subject, zoom: i32) -> Scene {
    Scene::from_afar(plan, &solve(plan), focus, at(zoom), None, None)
}

#[test]
fn the_bands_change_at_their_limits() {
    let forms = [
        (80, CardForm::Full),
        (79, CardForm::Small),
        // Names have room on cards 240 apart down to 112 pixels.
        (48, CardForm::Chip),
        (44, CardForm::Dot),
        (40, CardForm::Dot),
        (39, CardForm::Row),
        (20, CardForm::Row),
        (19, CardForm::Block),
        (5, CardForm::Block),
    ];
    for (zoom, form) in forms {
        assert_eq!(at(zoom).form, form, "at {zoom} %");
    }
    for (zoom, afar) in [(80, false), (40, false), (39, true), (19, true)] {
        assert_eq!(at(zoom).form.is_afar(), afar, "at {zoom} %");
    }
}

#[test]
fn text_is_never_smaller_than_it_says() {
    // What is drawn for a zoom of so many percent is enlarged to the real one.
    for zoom in 5..=100 {
        let percent = at(zoom).percent;
        assert!(
            percent <= zoom.min(100) && zoom - percent <= 1 || zoom >= 80,
            "{zoom}: {percent}"
        );
    }
}

#[test]
fn the_dots_of_a_site_lie_in_it_and_below_its_name_and_apart() {
    let plan = crowd(30);
    for zoom in [20, 25, 30, 39] {
        let scene = from_afar(&plan, &Subject::Plan, zoom);
        assert_eq!(scene.nodes.len(), 33);
        for site in &scene.sites {
            let dots: Vec<Rect> = scene
                .nodes
                .iter()
                .map(|node| node.rect)
                .filter(|rect| site.rect.overlaps(*rect))
                .collect();
            assert_eq!(
                dots.len(),
                if site.id.as_str() == "Home" { 1 } else { 31 },
                "{}",
                site.name
            );
            for (index, dot) in dots.iter().enumerate() {
                assert_eq!(site.rect.around(*dot), site.rect, "at {zoom} %");
                // The name stands in 18 pixels or more.
                assert!(dot.y - site.rect.y >= scene.detail.px(18));
                assert!(
                    dots.iter()
                        .skip(index + 1)
                        .all(|other| !other.overlaps(*dot))
                );
            }
        }
    }
}

#[test]
fn dots_are_at_least_24_pixels_apart_where_there_is_room() {
    let scene = from_afar(&crowd(30), &Subject::Plan, 30);
    let pis = scene
        .nodes
        .iter()
        .filter(|node| node.label.starts_with("pi"));
    let mut xs: Vec<i32> = pis.map(|node| node.rect.x).collect();
    xs.sort_unstable();
    xs.dedup();
    assert!(
        xs.windows(2).all(|two| two[1] - two[0] >= 24 * 100 / 30),
        "{xs:?}"
    );
}

#[test]
fn a_block_names_none_of_its_machines_and_holds_all_of_them() {
    let plan = crowd(30);
    let scene = from_afar(&plan, &Subject::Plan, 15);
    let texts = scene.nodes.iter().map(|node| node.name.as_str());
    let named: Vec<&str> = texts.filter(|name| !name.is_empty()).collect();
    // Only the server stands alone, and has room for its name.
    assert_eq!(named, ["vps"]);
    assert_eq!(scene.sites.len(), 2);
    // For the keyboard and for a screen reader every machine is where its site is.
    assert_eq!(scene.nodes.len(), plan.nodes.len());
    for node in &scene.nodes {
        if let Place::Site { site, .. } = &plan.nodes[&node.id].place {
            let area = scene.sites.iter().find(|shape| shape.id == *site).unwrap();
            assert!(area.rect.holds(node.rect.center()), "{}", node.id);
        }
    }
}

#[test]
fn lines_lead_from_place_to_place_and_count_their_pairs() {
    let plan = crowd(30);
    let focus = Subject::Node(NodeId::new("nas"));
    for zoom in [15, 30] {
        let scene = from_afar(&plan, &focus, zoom);
        let mut lines: Vec<(LinkVerdict, usize)> = scene
            .links
            .iter()
            .map(|link| (link.verdict, link.count))
            .collect();
        lines.sort_unstable();
        // To vps directly; to 31 machines of the other site over two legs.
        assert_eq!(
            lines,
            [
                (LinkVerdict::Direct, 1),
                (LinkVerdict::Relayed, 31),
                (LinkVerdict::Relayed, 31)
            ],
            "at {zoom} %"
        );
        for link in &scene.links {
            assert!(link.arrows.is_empty() && link.sockets.is_empty());
            let inside = |at: Point| scene.sites.iter().any(|site| site.rect.grown(-2).holds(at));
            assert!(!inside(link.stroke.start()), "{}", link.key);
        }
    }
}

#[test]
fn a_dot_tells_its_verdict_towards_what_is_selected() {
    let focus = Subject::Node(NodeId::new("nas"));
    let scene = from_afar(&crowd(30), &focus, 30);
    let relayed = scene
        .nodes
        .iter()
        .filter(|node| node.letter == Some(LinkVerdict::Relayed));
    assert_eq!(relayed.count(), 31);
}

#[test]
fn what_stands_alone_is_named_where_its_name_covers_nothing() {
    let mut plan = Plan::empty();
    let model = example().nodes[&NodeId::new("vps")].clone();
    assert!(matches!(model.place, Place::Internet(_)));
    for (name, x) in [("far", 0), ("near", 4000), ("nearer", 4100)] {
        let mut node = model.clone();
        node.name = name.parse().unwrap();
        node.position = Point { x, y: 0 };
        plan.nodes.insert(NodeId::new(name), node);
    }
    let detail = Detail {
        form: CardForm::Block,
        percent: 10,
    };
    let scene = Scene::from_afar(&plan, &solve(&plan), &Subject::Plan, detail, None, None);
    let names: Vec<&str> = scene.nodes.iter().map(|node| node.name.as_str()).collect();
    assert_eq!(names, ["far", "near", ""]);
}

#[test]
fn a_heading_says_what_there_is_room_for() {
    let area = |width, height| Rect {
        x: 0,
        y: 0,
        width,
        height,
    };
    let row = Detail {
        form: CardForm::Row,
        percent: 20,
    };
    let wide = heading("Berlin office", area(1500, 600), 7, row);
    assert_eq!(
        (wide.name.as_str(), wide.icon, wide.count),
        ("Berlin office", true, true)
    );
    let tight = heading("Berlin office", area(500, 600), 7, row);
    assert_eq!(
        (tight.name.as_str(), tight.icon, tight.count),
        ("Berlin", false, true)
    );
    let block = Detail {
        form: CardForm::Block,
        percent: 10,
    };
    assert_eq!(
        heading("Berlin office", area(1500, 600), 7, block).name,
        "Berlin office"
    );
    assert_eq!(
        heading("Berlin office", area(600, 600), 7, block).name,
        "Berlin"
    );
    assert_eq!(
        heading("Branch 12", area(600, 600), 7, block).name,
        "Bra\u{2026} 12"
    );
    // Two letters and an ellipsis would tell nothing.
    assert_eq!(heading("Berlin office", area(200, 600), 7, block).name, "");
    assert!(!heading("Berlin office", area(1500, 250), 7, block).count);
}

#[test]
fn stepping_back_and_coming_near_again_shows_what_was_there() {
    let plan = crowd(30);
    let mesh = solve(&plan);
    let nas = Subject::Node(NodeId::new("nas"));
    let near = Scene::of(&plan, &mesh, &nas, at(44));
    for zoom in [30, 15] {
        let far = Scene::from_afar(&plan, &mesh, &nas, at(zoom), Some(&near), None);
        assert_eq!(far.after(&plan, &mesh, &nas, at(44)), near);
    }
}

#[test]
fn a_drag_keeps_what_it_does_not_change() {
    let plan = crowd(30);
    let mesh = solve(&plan);
    let still = Scene::from_afar(&plan, &mesh, &Subject::Plan, at(30), None, None);
    let dragged = Scene::from_afar(
        &plan,
        &mesh,
        &Subject::Plan,
        at(30),
        Some(&still),
        Some(&plan),
    );
    assert_eq!(still, dragged);
}

#[test]
fn what_is_dragged_takes_its_lines_along() {
    let plan = crowd(30);
    let mesh = solve(&plan);
    let vps = NodeId::new("vps");
    let focus = Subject::Node(vps.clone());
    let still = Scene::from_afar(&plan, &mesh, &focus, at(30), None, None);
    let away = Point { x: -4000, y: -800 };
    let moved = crate::editor::dragged_node(&plan, &vps, away);
    let dragged = Scene::from_afar(&moved, &mesh, &focus, at(30), Some(&still), Some(&plan));
    let anew = Scene::from_afar(&moved, &mesh, &focus, at(30), None, None);
    assert_ne!(still.links, dragged.links);
    assert_eq!(
        (&anew.nodes, &anew.sites, &anew.links, &anew.sheaves),
        (
            &dragged.nodes,
            &dragged.sites,
            &dragged.links,
            &dragged.sheaves
        )
    );
}
