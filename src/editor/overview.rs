//! The whole plan in a corner: what the minimap shows, and what a point of it
//! stands for.

use std::fmt::Write as _;

use crate::plan::{Plan, Point};

use super::Selection;
use super::area::{Rect, card_rect, site_rect};

/// From so many machines on, a plan has an overview.
pub const LARGE: usize = 20;

/// Width and height of the overview on the screen, in pixels.
pub const SIZE: Point = Point { x: 168, y: 112 };

/// A large plan at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The part of the canvas that it shows, as wide for its height as [`SIZE`].
    pub area: Rect,
    /// All sites as one SVG path.
    pub sites: String,
    /// All machines as one SVG path.
    pub machines: String,
}

impl Overview {
    /// The overview of a plan. There is none of a plan that is seen at a glance anyway.
    #[must_use]
    pub fn of(plan: &Plan) -> Option<Self> {
        if plan.nodes.len() < LARGE {
            return None;
        }
        let (mut sites, mut machines) = (String::new(), String::new());
        let mut bounds: Option<Rect> = None;
        let mut add = |rect: Rect, path: &mut String| {
            bounds = Some(bounds.map_or(rect, |bounds| bounds.around(rect)));
            outline(rect, path);
        };
        for (id, site) in &plan.sites {
            add(site_rect(plan, id, site), &mut sites);
        }
        for node in plan.nodes.values() {
            add(card_rect(node), &mut machines);
        }
        let bounds = bounds?;
        let margin = bounds.width.max(bounds.height) / 16;
        Some(Self {
            area: shaped(bounds.grown(margin)),
            sites,
            machines,
        })
    }

    /// What is selected as one SVG path: machines, sites, and both ends of a pair.
    #[must_use]
    pub fn chosen(plan: &Plan, selection: &Selection) -> String {
        let mut path = String::new();
        for (id, site) in plan.sites.iter().filter(|(id, _)| selection.has_site(id)) {
            outline(site_rect(plan, id, site), &mut path);
        }
        let is_chosen = |id| match selection.pair() {
            Some(pair) => pair.has(id),
            None => selection.has_node(id),
        };
        for (_, node) in plan.nodes.iter().filter(|(id, _)| is_chosen(id)) {
            outline(card_rect(node), &mut path);
        }
        path
    }

    /// The part of the canvas that shows, as far as it lies in here. What lies
    /// outside is a bar at the edge where it went.
    #[must_use]
    pub fn part(&self, shown: Rect) -> Rect {
        let Rect {
            x,
            y,
            width,
            height,
        } = self.area;
        let least = (width / 40).max(1);
        let (left, right) = within((shown.x, shown.right()), (x, x + width), least);
        let (top, bottom) = within((shown.y, shown.bottom()), (y, y + height), least);
        Rect {
            x: left,
            y: top,
            width: right - left,
            height: bottom - top,
        }
    }

    /// The point of the canvas at a point of the overview, which has `size` on
    /// the screen.
    #[must_use]
    pub fn point(&self, at: Point, size: Point) -> Point {
        Point {
            x: self.area.x + scaled(at.x, self.area.width, size.x),
            y: self.area.y + scaled(at.y, self.area.height, size.y),
        }
    }

    /// The point of the overview at a point of the canvas.
    #[must_use]
    pub fn spot(&self, point: Point, size: Point) -> Point {
        Point {
            x: scaled(point.x - self.area.x, size.x, self.area.width),
            y: scaled(point.y - self.area.y, size.y, self.area.height),
        }
    }
}

/// `value * by / of`, rounded, also where the product is large.
fn scaled(value: i32, by: i32, of: i32) -> i32 {
    let of = i64::from(of.max(1));
    let product = i64::from(value) * i64::from(by);
    i32::try_from((product + of / 2).div_euclid(of)).unwrap_or(0)
}

/// A stretch as far as it lies in another one, but never shorter than `least`.
fn within((from, to): (i32, i32), (begin, end): (i32, i32), least: i32) -> (i32, i32) {
    let from = from.clamp(begin, end - least);
    (from, to.clamp(from + least, end))
}

/// The smallest rectangle around another one that is as wide for its height as
/// [`SIZE`], so that one scale holds for both directions.
fn shaped(rect: Rect) -> Rect {
    let width = rect.width.max(scaled(rect.height, SIZE.x, SIZE.y));
    let height = rect.height.max(scaled(rect.width, SIZE.y, SIZE.x));
    Rect {
        x: rect.x - (width - rect.width) / 2,
        y: rect.y - (height - rect.height) / 2,
        width,
        height,
    }
}

fn outline(rect: Rect, path: &mut String) {
    let Rect {
        x,
        y,
        width,
        height,
    } = rect;
    // Writing to a string cannot fail.
    let _ = write!(path, "M{x} {y}h{width}v{height}h-{width}z");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::example;
    use crate::mesh::Subject;
    use crate::plan::{NodeId, PairKey, Place};

    /// Servers on a diagonal from the origin, 1000 apart in both directions.
    fn diagonal(count: usize) -> Plan {
        let mut plan = Plan::empty();
        let model = example();
        let (_, model) = model
            .nodes
            .iter()
            .find(|(_, node)| matches!(node.place, Place::Internet(_)))
            .unwrap();
        for number in 0..count {
            let mut node = model.clone();
            let at = i32::try_from(number).unwrap() * 1000;
            node.name = format!("m{number}").parse().unwrap();
            node.position = Point { x: at, y: at };
            plan.nodes.insert(NodeId::new(&format!("m{number}")), node);
        }
        plan
    }

    #[test]
    fn plans_of_twenty_machines_have_an_overview_and_smaller_ones_have_none() {
        assert_eq!(Overview::of(&diagonal(19)), None);
        assert!(Overview::of(&diagonal(20)).is_some());
    }

    #[test]
    fn it_shows_everything_in_the_shape_of_its_box() {
        let plan = diagonal(20);
        let area = Overview::of(&plan).unwrap().area;
        for node in plan.nodes.values() {
            assert_eq!(area.around(card_rect(node)), area);
        }
        // 168 to 112 is 3 to 2.
        assert!((area.width * 2 - area.height * 3).abs() <= 3, "{area:?}");
    }

    #[test]
    fn points_of_the_box_and_of_the_canvas_stand_for_each_other() {
        let overview = Overview {
            area: Rect {
                x: -600,
                y: -300,
                width: 3360,
                height: 2240,
            },
            sites: String::new(),
            machines: String::new(),
        };
        let at = |x, y| overview.point(Point { x, y }, SIZE);
        // One pixel of 168 stands for 20 of 3360.
        assert_eq!(at(0, 0), Point { x: -600, y: -300 });
        assert_eq!(at(168, 112), Point { x: 2760, y: 1940 });
        assert_eq!(at(30, 15), Point { x: 0, y: 0 });
        assert_eq!(
            overview.spot(Point { x: 0, y: 0 }, SIZE),
            Point { x: 30, y: 15 }
        );
        for (x, y) in [(0, 0), (1, 111), (84, 56), (167, 3)] {
            assert_eq!(overview.spot(at(x, y), SIZE), Point { x, y });
        }
        // Enlarged by the browser, the same place is twice as far from the corner.
        let doubled = Point { x: 336, y: 224 };
        assert_eq!(
            overview.point(Point { x: 60, y: 30 }, doubled),
            Point { x: 0, y: 0 }
        );
    }

    #[test]
    fn what_shows_is_drawn_as_far_as_it_lies_inside() {
        let overview = Overview {
            area: Rect {
                x: 0,
                y: 0,
                width: 4000,
                height: 2000,
            },
            sites: String::new(),
            machines: String::new(),
        };
        let part = |x, y, width, height| {
            overview.part(Rect {
                x,
                y,
                width,
                height,
            })
        };
        let inside = Rect {
            x: 500,
            y: 600,
            width: 700,
            height: 300,
        };
        assert_eq!(overview.part(inside), inside);
        assert_eq!(part(-100, -100, 9000, 9000), overview.area);
        assert_eq!(
            part(3500, 1500, 1000, 1000),
            Rect {
                x: 3500,
                y: 1500,
                width: 500,
                height: 500
            }
        );
        // A view that left to the right is a bar at the right edge.
        assert_eq!(
            part(9000, 500, 700, 300),
            Rect {
                x: 3900,
                y: 500,
                width: 100,
                height: 300
            }
        );
        assert_eq!(
            part(-9000, 500, 700, 300),
            Rect {
                x: 0,
                y: 500,
                width: 100,
                height: 300
            }
        );
    }

    #[test]
    fn what_is_selected_is_marked() {
        let plan = example();
        let (nas, pi) = (NodeId::new("nas"), NodeId::new("pi"));
        let marks = |part: Subject| {
            Overview::chosen(&plan, &(&part).into())
                .matches('M')
                .count()
        };
        assert_eq!(marks(Subject::Plan), 0);
        assert_eq!(marks(Subject::Node(nas.clone())), 1);
        assert_eq!(marks(Subject::Pair(PairKey::new(&nas, &pi).unwrap())), 2);
    }
}
