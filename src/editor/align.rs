//! Order among cards and areas: guides while something is dragged, and steps
//! that align and distribute.

use crate::mesh::Subject;
use crate::plan::{Plan, Point};
use crate::sorting::sort_by_key;

use super::area::{Rect, card_rect, site_rect};
use super::carry::several::split;

/// How far away another card may be for its edges to count.
const NEAR: i32 = 1200;

/// How several things are brought into order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrange {
    /// All left edges at the leftmost one.
    Left,
    /// All in the middle between left and right.
    Center,
    /// All right edges at the rightmost one.
    Right,
    /// All upper edges at the topmost one.
    Top,
    /// All in the middle between top and bottom.
    Middle,
    /// All lower edges at the lowest one.
    Bottom,
    /// The same space between all, from left to right.
    Across,
    /// The same space between all, from top to bottom.
    Down,
}

impl Arrange {
    /// Every order, in the order in which a person is offered them.
    pub const ALL: [Self; 8] = [
        Self::Left,
        Self::Center,
        Self::Right,
        Self::Top,
        Self::Middle,
        Self::Bottom,
        Self::Across,
        Self::Down,
    ];

    /// How many things it takes.
    #[must_use]
    pub fn least(self) -> usize {
        match self {
            Self::Across | Self::Down => 3,
            _ => 2,
        }
    }

    /// How it changes, as the name of a step says it.
    pub(super) fn step(self, what: &str) -> String {
        match self {
            Self::Left => format!("Align {what} left"),
            Self::Center => format!("Align {what} at their centers"),
            Self::Right => format!("Align {what} right"),
            Self::Top => format!("Align {what} at the top"),
            Self::Middle => format!("Align {what} in the middle"),
            Self::Bottom => format!("Align {what} at the bottom"),
            Self::Across => format!("Distribute {what} horizontally"),
            Self::Down => format!("Distribute {what} vertically"),
        }
    }
}

/// How far each part has to move to be in order. Machines of a site among the
/// parts move with it and are not named.
pub(super) fn moves(plan: &Plan, parts: &[Subject], how: Arrange) -> Vec<(Subject, Point)> {
    let (nodes, sites) = split(plan, parts);
    let cards = nodes
        .into_iter()
        .filter_map(|id| Some((card_rect(plan.nodes.get(&id)?), Subject::Node(id))));
    let areas = sites.into_iter().filter_map(|id| {
        Some((
            site_rect(plan, &id, plan.sites.get(&id)?),
            Subject::Site(id),
        ))
    });
    let mut all: Vec<(Rect, Subject)> = cards.chain(areas).collect();
    if all.len() < how.least() {
        return Vec::new();
    }
    let Some(around) = all
        .iter()
        .map(|(rect, _)| *rect)
        .reduce(|one, other| one.around(other))
    else {
        return Vec::new();
    };
    let corners: Vec<Point> = match how {
        Arrange::Across | Arrange::Down => {
            let across = how == Arrange::Across;
            sort_by_key(&mut all, |(rect, _)| {
                if across {
                    (rect.x, rect.y)
                } else {
                    (rect.y, rect.x)
                }
            });
            spread(&all, across)
        }
        _ => all
            .iter()
            .map(|(rect, _)| aligned(*rect, around, how))
            .collect(),
    };
    let moved = all.into_iter().zip(corners);
    moved
        .map(|((rect, part), to)| {
            let by = Point {
                x: to.x - rect.x,
                y: to.y - rect.y,
            };
            (part, by)
        })
        .filter(|(_, by)| *by != Point::default())
        .collect()
}

fn aligned(rect: Rect, around: Rect, how: Arrange) -> Point {
    let (x, y) = (rect.x, rect.y);
    match how {
        Arrange::Left => Point { x: around.x, y },
        Arrange::Center => Point {
            x: around.center().x - rect.width / 2,
            y,
        },
        Arrange::Right => Point {
            x: around.right() - rect.width,
            y,
        },
        Arrange::Top => Point { x, y: around.y },
        Arrange::Middle => Point {
            x,
            y: around.center().y - rect.height / 2,
        },
        Arrange::Bottom => Point {
            x,
            y: around.bottom() - rect.height,
        },
        Arrange::Across | Arrange::Down => Point { x, y },
    }
}

/// The corners with the same space between all; the first and the last stay.
fn spread(all: &[(Rect, Subject)], across: bool) -> Vec<Point> {
    let of = |rect: &Rect| {
        if across {
            (rect.x, rect.width)
        } else {
            (rect.y, rect.height)
        }
    };
    let (Some((first, _)), Some((last, _))) = (all.first(), all.last()) else {
        return Vec::new();
    };
    let begin = of(first).0;
    let end = of(last).0 + of(last).1;
    let filled: i32 = all.iter().map(|(rect, _)| of(rect).1).sum();
    let space = i64::from(end - begin - filled);
    let gaps = i64::try_from(all.len()).unwrap_or(2) - 1;
    let mut before = 0;
    (0_i64..)
        .zip(all)
        .map(|(place, (rect, _))| {
            // Of the whole space each time, so that rounding does not add up.
            let gap = i32::try_from((space * place).div_euclid(gaps.max(1))).unwrap_or(0);
            let at = begin + before + gap;
            before += of(rect).1;
            if across {
                Point { x: at, y: rect.y }
            } else {
                Point { x: rect.x, y: at }
            }
        })
        .collect()
}

/// A line that shows what is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guide {
    /// Where it begins.
    pub from: Point,
    /// Where it ends, straight below or to the right.
    pub to: Point,
}

/// How far a rectangle is from being aligned with others, along each axis.
/// Only what is at most `reach` away counts, and of that the nearest.
#[must_use]
pub fn snap(moving: Rect, others: &[Rect], reach: i32) -> (Option<i32>, Option<i32>) {
    let area = moving.grown(NEAR);
    let near = || others.iter().filter(|other| area.overlaps(**other));
    let best = |lines: fn(&Rect) -> [i32; 3]| {
        let own = lines(&moving);
        near()
            .flat_map(|other| lines(other).into_iter().zip(own))
            .map(|(other, own)| other - own)
            .filter(|by| by.abs() <= reach)
            .min_by_key(|by| by.abs())
    };
    (best(upright), best(level))
}

/// Left edge, right edge and middle.
fn upright(rect: &Rect) -> [i32; 3] {
    [rect.x, rect.right(), rect.center().x]
}

/// Upper edge, lower edge and middle.
fn level(rect: &Rect) -> [i32; 3] {
    [rect.y, rect.bottom(), rect.center().y]
}

/// What shows that a rectangle is aligned with others: at most one line along
/// each axis, through everything that lies on it.
#[must_use]
pub fn guides(moved: Rect, others: &[Rect]) -> Vec<Guide> {
    let area = moved.grown(NEAR);
    let near: Vec<Rect> = others
        .iter()
        .copied()
        .filter(|other| area.overlaps(*other))
        .collect();
    let along = |lines: fn(&Rect) -> [i32; 3]| {
        (0..3).find_map(|which| {
            let line = |rect: &Rect| lines(rect).into_iter().nth(which);
            let own = line(&moved)?;
            let reached = near.iter().filter(|other| line(other) == Some(own));
            let whole = reached.copied().reduce(|one, other| one.around(other))?;
            Some((own, whole.around(moved)))
        })
    };
    let upright = along(upright).map(|(x, whole)| Guide {
        from: Point { x, y: whole.y },
        to: Point {
            x,
            y: whole.bottom(),
        },
    });
    let level = along(level).map(|(y, whole)| Guide {
        from: Point { x: whole.x, y },
        to: Point {
            x: whole.right(),
            y,
        },
    });
    upright.into_iter().chain(level).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::{Command, Editor, example};
    use crate::plan::{Node, NodeId, Place, SiteId};

    fn rect(x: i32, y: i32) -> Rect {
        Rect {
            x,
            y,
            width: 208,
            height: 74,
        }
    }

    /// Machines that stand nowhere in particular, with their corners.
    fn scattered(corners: &[(i32, i32)]) -> (Editor, Vec<Subject>) {
        let mut plan = Plan::empty();
        for (place, (x, y)) in corners.iter().enumerate() {
            let name = format!("m{place}");
            let mut node = Node::new(name.parse().unwrap(), Place::Roams);
            node.position = Point { x: *x, y: *y };
            plan.nodes.insert(NodeId::new(&name), node);
        }
        let parts = plan.nodes.keys().cloned().map(Subject::Node).collect();
        (Editor::open(plan), parts)
    }

    fn corners(editor: &Editor) -> Vec<(i32, i32)> {
        let nodes = editor.plan().nodes.values();
        nodes
            .map(|node| (node.position.x, node.position.y))
            .collect()
    }

    #[test]
    fn cards_align_at_the_outermost() {
        let (editor, parts) = scattered(&[(0, 0), (100, 300), (51, 90)]);
        let after = |how| {
            let command = Command::Arrange(parts.clone(), how);
            let next = editor.update(&command).unwrap();
            let back = next.update(&Command::Undo).unwrap();
            assert_eq!(back.plan(), editor.plan());
            let name = next.history().undo_name().unwrap().to_owned();
            (name, corners(&next))
        };
        assert_eq!(
            after(Arrange::Left),
            (
                "Align 3 machines left".to_owned(),
                vec![(0, 0), (0, 300), (0, 90)]
            )
        );
        assert_eq!(after(Arrange::Right).1, [(100, 0), (100, 300), (100, 90)]);
        // From 0 to 308 the middle is 154, and a card is 208 wide.
        assert_eq!(after(Arrange::Center).1, [(50, 0), (50, 300), (50, 90)]);
        assert_eq!(after(Arrange::Top).1, [(0, 0), (100, 0), (51, 0)]);
        assert_eq!(after(Arrange::Middle).1, [(0, 150), (100, 150), (51, 150)]);
        assert_eq!(after(Arrange::Bottom).1, [(0, 300), (100, 300), (51, 300)]);
    }

    #[test]
    fn the_outermost_stay_where_the_rest_is_distributed() {
        let (editor, parts) = scattered(&[(1001, 5), (0, 0), (220, 7), (400, 9)]);
        let command = Command::Arrange(parts, Arrange::Across);
        let next = editor.update(&command).unwrap();
        // 1209 pixels less four cards of 208 are 377: gaps of 125, 126 and 126.
        assert_eq!(corners(&next), [(1001, 5), (0, 0), (333, 7), (667, 9)]);
        let name = next.history().undo_name();
        assert_eq!(name, Some("Distribute 4 machines horizontally"));
        // Done again, nothing is left to do, and that is no step.
        let again = next.update(&command).unwrap();
        assert_eq!(corners(&again), corners(&next));
        let (editor, two) = scattered(&[(0, 0), (500, 0)]);
        assert!(
            editor
                .update(&Command::Arrange(two, Arrange::Down))
                .is_err()
        );
    }

    #[test]
    fn a_site_moves_with_its_machines_and_nobody_leaves_a_site() {
        let editor = Editor::open(example());
        let everything = crate::editor::Selection::all(editor.plan());
        let parts = everything.parts().to_vec();
        for how in Arrange::ALL {
            let next = editor
                .update(&Command::Arrange(parts.clone(), how))
                .unwrap();
            for (id, node) in &next.plan().nodes {
                assert_eq!(node.place, editor.plan().nodes[id].place, "{how:?}");
            }
            let offset = |editor: &Editor| {
                let (nas, home) = (NodeId::new("nas"), SiteId::new("Home"));
                let (card, area) = (
                    editor.plan().nodes[&nas].position,
                    editor.plan().sites[&home].position,
                );
                (card.x - area.x, card.y - area.y)
            };
            assert_eq!(offset(&next), offset(&editor), "{how:?}");
        }
    }

    #[test]
    fn a_card_snaps_to_what_is_near_and_a_line_shows_it() {
        let others = [rect(0, 0), rect(0, 400), rect(5, 5000)];
        assert_eq!(snap(rect(4, 203), &others, 6), (Some(-4), None));
        assert_eq!(snap(rect(7, 203), &others, 6), (None, None));
        // Of two the nearer counts; of equal cards all three lines agree.
        let close = [rect(0, 0), rect(10, 400)];
        assert_eq!(snap(rect(6, 200), &close, 6).0, Some(4));
        // The line goes through all cards on it, but not to what is far away.
        let line = guides(rect(0, 203), &others);
        let from = Point { x: 0, y: 0 };
        let to = Point { x: 0, y: 474 };
        assert_eq!(line, [Guide { from, to }]);
        assert!(guides(rect(3, 203), &others).is_empty());
        assert_eq!(guides(rect(700, 400), &others).len(), 1);
        // Middles align although edges do not.
        let wide = Rect {
            x: -96,
            y: 150,
            width: 400,
            height: 100,
        };
        let line = guides(wide, &others);
        assert_eq!(line.first().map(|guide| guide.from.x), Some(104));
    }
}
