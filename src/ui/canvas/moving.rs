//! Moving one thing or several, with guides, and the box that selects.

use std::rc::Rc;

use crate::editor::scene::{Scene, Target};
use crate::editor::{Command, Rect, Selection, guides, snap};
use crate::mesh::Subject;
use crate::plan::Point;

use super::afar::mover;
use super::hands::{Gesture, Hands, Now, on_grid};
use super::hit::Hit;
use super::stage::{Drag, Step, Tool};
use super::view::{Spot, whole};

/// An edge that comes so close to another one, in pixels of the screen, goes there.
const REACH: f64 = 6.0;

/// What is moved.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moving {
    parts: Rc<Vec<Subject>>,
    /// Where the pointer took it.
    start: Point,
    /// The corner of what the pointer is on, which keeps to the grid.
    corner: Point,
    /// Everything that moves lies in here.
    own: Rect,
    /// What it may be aligned with.
    others: Vec<Rect>,
}

/// A box that is being drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Boxing {
    /// Its first corner.
    pub(super) start: Point,
    /// What was selected before, and stays so.
    pub(super) before: Selection,
}

/// What a target stands for, if it can be one of several.
pub(super) fn part_of(target: &Target) -> Option<Subject> {
    match target {
        Target::Node(id) => Some(Subject::Node(id.clone())),
        Target::Site(id) => Some(Subject::Site(id.clone())),
        Target::Link(_) => None,
    }
}

/// The beginning of a box that adds to what is selected.
fn boxing(now: &Now, start: Point) -> Gesture {
    Gesture::Box(Rc::new(Boxing {
        start,
        before: now.selection.clone(),
    }))
}

impl Hands {
    /// A press that moved far enough: from now on it is a drag.
    pub(super) fn begin(&self, hit: &Hit, at: Spot, pans: bool, adds: bool) -> Gesture {
        let Some(now) = self.now() else {
            return Gesture::Idle;
        };
        let point = now.stage.view.to_canvas(at);
        let grabbed = match hit {
            Hit::Target(target) if now.stage.tool != Tool::Connect => {
                Hit::Target(mover(&now.plan, &now.scene, target))
            }
            hit => hit.clone(),
        };
        match &grabbed {
            _ if pans => Gesture::Pan { last: at },
            Hit::Handle(id) => Gesture::Connect { from: id.clone() },
            Hit::Target(Target::Node(id)) if now.stage.tool == Tool::Connect => {
                Gesture::Connect { from: id.clone() }
            }
            // Sites are large: with Shift a box is drawn across them.
            Hit::Target(Target::Site(id)) if adds && !now.selection.has_site(id) => {
                boxing(&now, point)
            }
            Hit::Target(Target::Link(_)) | Hit::Ground => {
                if now.stage.tool == Tool::Connect {
                    Gesture::Pan { last: at }
                } else if adds {
                    boxing(&now, point)
                } else {
                    Gesture::Box(Rc::new(Boxing {
                        start: point,
                        before: Selection::default(),
                    }))
                }
            }
            Hit::Target(target) => {
                part_of(target).map_or(Gesture::Idle, |part| self.take(&now, &part, adds, point))
            }
        }
    }

    /// Adds something to what is selected, or takes it away.
    pub(super) fn toggle(&self, now: &Now, subject: &Subject) {
        self.act(Command::Choose(now.selection.toggled(subject)));
    }

    /// Takes what is grabbed, with everything else that is selected if it is.
    pub(super) fn take(&self, now: &Now, grabbed: &Subject, adds: bool, at: Point) -> Gesture {
        let together = adds || now.selection.is_several();
        let selection = match (now.selection.contains(grabbed), together) {
            (true, true) => now.selection.clone(),
            (false, true) if adds => now.selection.toggled(grabbed),
            _ => grabbed.into(),
        };
        let corner = match grabbed {
            Subject::Node(id) => now.plan.nodes.get(id).map(|node| node.position),
            Subject::Site(id) => now.plan.sites.get(id).map(|site| site.position),
            Subject::Plan | Subject::Pair(_) => None,
        };
        let Some((corner, (own, others))) = corner.zip(around(now, &selection)) else {
            return Gesture::Idle;
        };
        // A site is not selected by being moved.
        if selection != now.selection && !matches!(selection.single(), Subject::Site(_)) {
            self.act(Command::Choose(selection.clone()));
        }
        Gesture::Move(Rc::new(Moving {
            parts: Rc::new(selection.parts().to_vec()),
            start: at,
            corner,
            own,
            others,
        }))
    }

    /// Draws what is moved with the pointer here: at a guide if one is near, or
    /// on the grid.
    pub(super) fn carry(&self, now: &Now, moving: &Moving, at: Point) {
        let raw = Point {
            x: at.x - moving.start.x,
            y: at.y - moving.start.y,
        };
        let reach = whole((REACH / now.stage.view.zoom).max(1.0));
        let (dx, dy) = snap(shifted(moving.own, raw), &moving.others, reach);
        let grid = on_grid(Point {
            x: moving.corner.x + raw.x,
            y: moving.corner.y + raw.y,
        });
        let by = Point {
            x: dx.map_or(grid.x - moving.corner.x, |dx| raw.x + dx),
            y: dy.map_or(grid.y - moving.corner.y, |dy| raw.y + dy),
        };
        let to = Point {
            x: moving.corner.x + by.x,
            y: moving.corner.y + by.y,
        };
        let drag = match moving.parts.as_slice() {
            [Subject::Node(id)] => Drag::Node(id.clone(), to),
            [Subject::Site(id)] => Drag::Site(id.clone(), to),
            _ => Drag::Several(Rc::clone(&moving.parts), by),
        };
        let guides = guides(shifted(moving.own, by), &moving.others);
        self.step(Step::Move(drag, guides));
    }

    /// Draws the box to the pointer, and selects what it touches. Sites are so
    /// large that it has to go around them.
    pub(super) fn stretch(&self, now: &Now, boxing: &Boxing, to: Point) {
        let from = boxing.start;
        let area = Rect {
            x: from.x.min(to.x),
            y: from.y.min(to.y),
            width: (to.x - from.x).abs(),
            height: (to.y - from.y).abs(),
        };
        let selection = boxing.before.with(&touched(&now.scene, area));
        if selection != now.selection {
            self.act(Command::Choose(selection));
        }
        self.step(Step::Drag(Some(Drag::Box(area))));
    }
}

fn touched(scene: &Scene, area: Rect) -> Selection {
    let nodes = scene.nodes.iter().filter(|node| area.overlaps(node.rect));
    let nodes = nodes.map(|node| Subject::Node(node.id.clone()));
    let sites = scene
        .sites
        .iter()
        .filter(|site| area.around(site.rect) == area);
    let sites = sites.map(|site| Subject::Site(site.id.clone()));
    nodes.chain(sites).collect()
}

fn shifted(rect: Rect, by: Point) -> Rect {
    Rect {
        x: rect.x + by.x,
        y: rect.y + by.y,
        ..rect
    }
}

/// The rectangle around everything that moves, and those of everything else:
/// cards among cards, and areas among areas as well.
fn around(now: &Now, selection: &Selection) -> Option<(Rect, Vec<Rect>)> {
    let moved: Vec<_> = selection.nodes_with_sites(&now.plan).collect();
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for node in &now.scene.nodes {
        if moved.binary_search(&&node.id).is_ok() {
            own.push(node.rect);
        } else {
            others.push(node.rect);
        }
    }
    if selection.sites().next().is_some() {
        for site in &now.scene.sites {
            if selection.has_site(&site.id) {
                own.push(site.rect);
            } else {
                others.push(site.rect);
            }
        }
    }
    let own = own.into_iter().reduce(|one, other| one.around(other))?;
    Some((own, others))
}
