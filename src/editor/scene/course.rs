//! The course of lines between ports: out of the site, one smooth curve, and
//! for relayed pairs up into the tray, across it and on.

use crate::plan::Point;

use super::detail::Detail;
use super::node::Card;
use super::port::{Port, tray_level};
use super::stroke::{Stroke, distance};

/// The line between two ports.
pub(super) fn between(from: &Port, to: &Port, detail: Detail) -> Stroke {
    let mut stroke = outward(from, detail);
    let (first, second) = handles(from, to, detail);
    stroke.curve(first, second, to.exit());
    stroke.append(&outward(to, detail).reversed());
    stroke
}

/// From the card to where the open course begins.
fn outward(port: &Port, detail: Detail) -> Stroke {
    let mut stroke = Stroke::from(port.touch());
    stroke.corners(port.lead.get(1..).unwrap_or_default(), detail.px(10));
    stroke
}

/// The handles of the curve between the exits of two ports.
fn handles(from: &Port, to: &Port, detail: Detail) -> (Point, Point) {
    let (a, b) = (from.exit(), to.exit());
    let (ahead, back) = (from.out.along(a, b), to.out.along(b, a));
    let far = distance(a, b);
    let (first, second) = match (ahead > 0, back > 0) {
        // The quarter of an ellipse, or an S between facing sides.
        (true, true) => (ahead * 11 / 20, back * 11 / 20),
        // Both leave on the same side: an arch.
        _ if from.out == to.out => {
            let rise = detail.px(36) + far * 3 / 10;
            (rise + ahead.max(0) * 3 / 4, rise + back.max(0) * 3 / 4)
        }
        // One begins by turning away from the other.
        (true, false) => (ahead * 3 / 10, detail.px(48) - back.max(-detail.px(160))),
        (false, true) => (detail.px(48) - ahead.max(-detail.px(160)), back * 3 / 10),
        (false, false) => (detail.px(48) + far / 4, detail.px(48) + far / 4),
    };
    let bow = from.bow.max(to.bow);
    (
        from.out.step(a, first * bow / 100),
        to.out.step(b, second * bow / 100),
    )
}

/// From a port of a relay's tray to the line that joins all legs in it.
pub(super) fn into_tray(stroke: &mut Stroke, relay: Card, detail: Detail) {
    let inside = inside(stroke.end(), relay, detail);
    let joined = Point {
        x: joint(stroke.end(), relay, detail),
        ..inside
    };
    stroke.corners(&[inside, joined], detail.px(9));
}

/// The line that joins the legs which enter a tray at these ports.
pub(super) fn bus(relay: Card, ports: &[Point], detail: Detail) -> Option<String> {
    let joints = ports.iter().map(|port| joint(*port, relay, detail));
    let (first, last) = (joints.clone().min()?, joints.max()?);
    let level = tray_level(relay, detail);
    (last > first).then(|| format!("M{first} {level}H{last}"))
}

/// Where a leg meets that line: one bend towards the middle, or at once if it
/// comes in from the side.
fn joint(port: Point, relay: Card, detail: Detail) -> i32 {
    let middle = relay.rect.center().x;
    if port.y == tray_level(relay, detail) {
        return port.x;
    }
    match port.x.cmp(&middle) {
        std::cmp::Ordering::Less => (port.x + detail.px(10)).min(middle),
        std::cmp::Ordering::Equal => middle,
        std::cmp::Ordering::Greater => (port.x - detail.px(10)).max(middle),
    }
}

/// From one port of a relay's tray to another.
pub(super) fn across_tray(stroke: &mut Stroke, relay: Card, to: Point, detail: Detail) {
    let (enter, leave) = (
        inside(stroke.end(), relay, detail),
        inside(to, relay, detail),
    );
    let middle = Point {
        x: relay.rect.center().x,
        y: tray_level(relay, detail),
    };
    // Two ports on one spot: the path still has to be seen entering the tray.
    let turns_back = (enter.x - leave.x).abs() < detail.px(18);
    let corners = if turns_back {
        vec![enter, middle, leave, to]
    } else {
        vec![enter, leave, to]
    };
    stroke.corners(&corners, detail.px(9));
}

/// Straight up from a port at the lower edge; a port at the side is inside already.
fn inside(port: Point, relay: Card, detail: Detail) -> Point {
    Point {
        x: port.x,
        y: tray_level(relay, detail),
    }
}
