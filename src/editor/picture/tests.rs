//! Files of drawings, held against what a strict reader of XML takes.

use super::*;

const FRAME: Rect = Rect {
    x: -20,
    y: 0,
    width: 300,
    height: 200,
};

/// A look with these values, and otherwise what a browser computes for an
/// element that no style sheet names.
fn look(own: &[(&str, &str)]) -> Vec<String> {
    let computed = |name: &str| match name {
        "fill" => "rgb(0, 0, 0)",
        "stroke-width" => "1px",
        "font-size" => "16px",
        "font-family" => "serif",
        _ => LOOKS.iter().find(|known| known.0 == name).unwrap().2,
    };
    LOOKS
        .iter()
        .map(|(name, ..)| {
            let own = own.iter().find(|(own, _)| own == name);
            own.map_or_else(|| computed(name), |(_, value)| value)
                .to_owned()
        })
        .collect()
}

fn piece(tag: &str, own: &[(&str, &str)], content: Vec<Content>) -> Piece {
    Piece {
        tag: tag.to_owned(),
        look: look(own),
        content,
        ..Piece::default()
    }
}

fn words(text: &str) -> Vec<Content> {
    vec![Content::Text(text.to_owned())]
}

fn drawn(content: Vec<Piece>) -> String {
    let content = content.into_iter().map(Content::Piece).collect();
    svg("Homelab", FRAME, 1, &piece("svg", &[], content))
}

#[test]
fn a_file_says_how_large_it_is_and_what_it_is_called() {
    let text = svg("R&D <1>", FRAME, 2, &piece("svg", &[], Vec::new()));
    assert!(text.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    assert!(text.contains("width=\"600\" height=\"400\" viewBox=\"-20 0 300 200\""));
    assert!(text.contains("<title>R&amp;D &lt;1&gt;</title>"));
}

#[test]
fn names_cannot_break_out_of_their_element() {
    let hostile = "</text><script>alert(\"1\")</script>&amp;\u{202e}\u{1}\u{ffff}";
    let mut named = piece("text", &[], words(hostile));
    named.title = Some(hostile.to_owned());
    named.attributes = vec![("id", "\"><script/>".to_owned())];
    let text = drawn(vec![named]);
    assert!(!text.contains("<script"));
    assert!(text.contains("&lt;/text&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;\u{202e}\u{fffd}\u{fffd}</text>"));
    assert!(text.contains("id=\"&quot;&gt;&lt;script/&gt;\""));
}

#[test]
fn looks_stand_in_attributes_without_units() {
    let line = piece(
        "path",
        &[
            ("fill", "none"),
            ("stroke", "rgb(184, 106, 0)"),
            ("stroke-width", "1.5px"),
            ("stroke-dasharray", "7px, 5px"),
        ],
        Vec::new(),
    );
    let text = drawn(vec![line]);
    assert!(text.contains(
        "<path fill=\"none\" stroke=\"#b86a00\" stroke-width=\"1.5\" stroke-dasharray=\"7 5\"/>"
    ));
}

#[test]
fn what_is_inherited_is_written_once() {
    let font = [
        ("font-family", "Inter, \"Segoe UI\", sans-serif"),
        ("font-size", "13px"),
    ];
    let name = || Content::Piece(piece("text", &font, words("nas")));
    let group = piece("g", &font, vec![name(), name()]);
    let text = drawn(vec![group]);
    assert_eq!(text.matches("Segoe UI").count(), 1);
    assert!(text.contains("font-family=\"Inter, &quot;Segoe UI&quot;, sans-serif\""));
    assert!(text.contains("\n<text>nas</text>"));
}

#[test]
fn opacity_is_not_inherited() {
    let faint = [("opacity", "0.45")];
    let rect = |own: &[(&str, &str)]| Content::Piece(piece("rect", own, Vec::new()));
    let text = drawn(vec![piece("g", &faint, vec![rect(&[]), rect(&faint)])]);
    assert_eq!(text.matches("opacity=\"0.45\"").count(), 2);
}

#[test]
fn what_nobody_sees_is_left_out() {
    let unseen = [("fill", "none"), ("stroke", "none")];
    let hit = [("fill", "rgba(0, 0, 0, 0)"), ("stroke", "transparent")];
    let shape = |own: &[(&str, &str)]| Content::Piece(piece("path", own, Vec::new()));
    let text = drawn(vec![
        piece("g", &[], vec![shape(&unseen), shape(&hit)]),
        piece("circle", &hit, Vec::new()),
    ]);
    assert!(!text.contains("<g"));
    assert!(!text.contains("<path"));
    assert!(!text.contains("<circle"));
}

#[test]
fn what_clips_others_stays_though_it_is_not_painted() {
    let mut clip = piece(
        "clipPath",
        &[],
        vec![Content::Piece(piece(
            "path",
            &[("fill", "none")],
            Vec::new(),
        ))],
    );
    clip.attributes = vec![("id", "open-ground".to_owned())];
    let defs = piece("defs", &[], vec![Content::Piece(clip)]);
    let text = drawn(vec![defs]);
    assert!(text.contains("<clipPath id=\"open-ground\">\n<path/>\n</clipPath>"));
}

#[test]
fn large_pictures_have_fewer_pixels_and_huge_ones_none() {
    let of = |width, height| {
        pixels(Rect {
            width,
            height,
            ..FRAME
        })
    };
    assert_eq!(of(1000, 800), Some(2));
    // 64 million pixels are 8,000 by 8,000, two for each unit of 4,000.
    assert_eq!(of(4000, 4000), Some(2));
    assert_eq!(of(4001, 4000), Some(1));
    assert_eq!(of(8000, 8000), Some(1));
    assert_eq!(of(8001, 8000), None);
    // A long strip has few pixels, but is wider than what browsers paint.
    assert_eq!(of(8001, 10), Some(1));
    assert_eq!(of(16_001, 10), None);
    assert_eq!(of(i32::MAX, i32::MAX), None);
}

#[test]
fn no_line_leads_out_of_the_picture() {
    use crate::editor::example;
    use crate::editor::scene::Detail;
    use crate::mesh::{Subject, solve};
    use crate::plan::Point;

    let mut plan = example();
    // One machine far to the right of the other, whose line swings out to the left.
    let far = plan.nodes.keys().next().cloned().unwrap();
    plan.nodes.get_mut(&far).unwrap().position = Point { x: 4000, y: -900 };
    let scene = Scene::of(&plan, &solve(&plan), &Subject::Plan, Detail::FULL);
    let all = extent(&scene);
    for point in scene.links.iter().flat_map(|link| link.stroke.points()) {
        assert!(all.x <= point.x && point.x <= all.right(), "{point:?}");
        assert!(all.y <= point.y && point.y <= all.bottom(), "{point:?}");
    }
    assert!(all.holds(Point { x: 4010, y: -890 }));
}
