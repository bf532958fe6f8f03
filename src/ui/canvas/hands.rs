//! What hands do on the canvas: the state of a gesture, and what follows from it.
//!
//! A press becomes a drag after a few pixels. While something is dragged only
//! the drawing changes, once per frame; the plan changes once, at the end.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use web_sys::Element;
use yew::prelude::*;

use crate::browser::{focus, frame};
use crate::editor::scene::{Scene, Target};
use crate::editor::{Command, Selection};
use crate::mesh::{Mesh, Subject};
use crate::plan::{NodeId, PairKey, Plan, Point};
use crate::ui::session::{Action, Dispatch};

use super::glide::Glide;
use super::hit::Hit;
use super::moving::{Boxing, Moving, part_of};
use super::stage::{Drag, Menu, Stage, Step, Tool};
use super::view::{Spot, View};

/// What a pointer is doing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Gesture {
    #[default]
    Idle,
    /// Pressed, and not yet moved far enough to mean a drag.
    Press {
        hit: Hit,
        at: Spot,
        pans: bool,
        /// Whether it adds to what is selected.
        adds: bool,
    },
    /// Moves the view.
    Pan { last: Spot },
    /// Moves machines and sites.
    Move(Rc<Moving>),
    /// Draws a box that selects.
    Box(Rc<Boxing>),
    /// Draws a connection.
    Connect { from: NodeId },
    /// Two fingers, with the view and their places at the beginning.
    Pinch {
        view: View,
        middle: Spot,
        apart: f64,
    },
}

/// What the canvas shows now.
#[derive(Clone)]
pub(super) struct Now {
    pub(super) plan: Rc<Plan>,
    pub(super) mesh: Rc<Mesh>,
    pub(super) scene: Rc<Scene>,
    pub(super) selection: Selection,
    pub(super) stage: UseReducerHandle<Stage>,
}

/// The hands on one canvas. Handlers live as long as the canvas and look here
/// for what it shows now.
pub(super) struct Hands {
    /// The element of the drawing.
    pub(super) drawing: NodeRef,
    pub(super) now: RefCell<Option<Now>>,
    pub(super) gesture: RefCell<Gesture>,
    pub(super) touches: RefCell<Vec<(i32, Spot)>>,
    /// Where the pointer is since the last frame.
    pub(super) pending: Cell<Option<Spot>>,
    pub(super) frame: RefCell<Option<frame::Frame>>,
    /// Waits for a long press.
    pub(super) hold: RefCell<Option<Timeout>>,
    glide: Glide,
    /// Whether a long press has opened the menu under the finger.
    pub(super) held: Cell<bool>,
    pub(super) space: Cell<bool>,
    /// Whether the next selection takes the focus, because it was just added.
    pub(super) wants_focus: Cell<bool>,
    dispatch: Dispatch,
}

/// Cards and sites keep to this grid while they are dragged, so that lines
/// between aligned cards are straight.
const GRID: i32 = 8;

pub(super) fn on_grid(point: Point) -> Point {
    let snap = |value: i32| (value + GRID / 2).div_euclid(GRID) * GRID;
    Point {
        x: snap(point.x),
        y: snap(point.y),
    }
}

impl Hands {
    pub(super) fn new(dispatch: Dispatch) -> Self {
        Self {
            drawing: NodeRef::default(),
            now: RefCell::default(),
            gesture: RefCell::default(),
            touches: RefCell::default(),
            pending: Cell::default(),
            frame: RefCell::default(),
            hold: RefCell::default(),
            glide: Glide::default(),
            held: Cell::default(),
            space: Cell::default(),
            wants_focus: Cell::default(),
            dispatch,
        }
    }

    pub(super) fn now(&self) -> Option<Now> {
        self.now.borrow().clone()
    }

    pub(super) fn step(&self, step: Step) {
        if let Some(now) = self.now() {
            let zoom = now.stage.view.zoom;
            if matches!(&step, Step::View(view) if view.zoom.total_cmp(&zoom).is_eq()) {
                self.glide.go(self.drawing.cast());
            }
            now.stage.dispatch(step);
        }
    }

    pub(super) fn act(&self, action: impl Into<Action>) {
        self.dispatch.dispatch(action.into());
    }

    pub(super) fn select(&self, subject: Subject) {
        self.act(Command::Select(subject));
    }

    /// A point of the window as a point of the canvas element.
    pub(super) fn spot(&self, x: i32, y: i32) -> Spot {
        let rect = self
            .drawing
            .cast::<Element>()
            .map(|drawing| drawing.get_bounding_client_rect());
        let (left, top) = rect.map_or((0.0, 0.0), |rect| (rect.left(), rect.top()));
        Spot {
            x: f64::from(x) - left,
            y: f64::from(y) - top,
        }
    }

    /// Measures the canvas.
    pub(super) fn measure(&self) -> Option<(f64, f64)> {
        let rect = self.drawing.cast::<Element>()?.get_bounding_client_rect();
        (rect.width() > 0.0 && rect.height() > 0.0).then(|| (rect.width(), rect.height()))
    }

    /// A press without a drag.
    pub(super) fn click(&self, hit: &Hit, adds: bool) {
        let Some(now) = self.now() else { return };
        let adds = adds || now.stage.tool == Tool::Gather;
        match hit {
            Hit::Target(target) if adds && now.stage.tool != Tool::Connect => {
                match part_of(target) {
                    Some(part) => self.toggle(&now, &part),
                    None => self.choose(&now, target),
                }
            }
            Hit::Ground if adds => {}
            Hit::Handle(id) => self.pick(&now, id),
            Hit::Target(target) => self.choose(&now, target),
            Hit::Ground => self.select(Subject::Plan),
        }
    }

    /// Selects something; with the connect tool a machine becomes an end.
    pub(super) fn choose(&self, now: &Now, target: &Target) {
        match target {
            Target::Node(id) if now.stage.tool == Tool::Connect => self.pick(now, id),
            Target::Node(id) => self.select(Subject::Node(id.clone())),
            Target::Site(id) => self.select(Subject::Site(id.clone())),
            Target::Link(key) => self.select_link(now, key),
        }
    }

    /// Takes a machine as one end of a connection.
    fn pick(&self, now: &Now, id: &NodeId) {
        let pair = now
            .stage
            .from
            .as_ref()
            .and_then(|from| PairKey::new(from, id));
        match pair {
            Some(pair) => {
                self.act(Action::SelectPair(pair));
                self.step(Step::Tool(Tool::Select));
            }
            None => self.step(Step::From(Some(id.clone()))),
        }
    }

    /// Selects the pair of a line; a bundle goes to its next pair every time.
    fn select_link(&self, now: &Now, key: &str) {
        let Some(link) = now.scene.links.iter().find(|link| link.key == key) else {
            return;
        };
        let selected = now.selection.pair();
        let current = selected.and_then(|pair| link.pairs.iter().position(|other| other == pair));
        let next = current.map_or(0, |place| (place + 1) % link.pairs.len().max(1));
        if let Some(pair) = link.pairs.get(next) {
            self.act(Action::SelectPair(pair.clone()));
        }
    }

    /// What the drawing shows with the pointer here.
    pub(super) fn advance(&self, spot: Spot) {
        let Some(now) = self.now() else { return };
        let gesture = self.gesture.borrow().clone();
        let point = now.stage.view.to_canvas(spot);
        match gesture {
            Gesture::Idle | Gesture::Press { .. } => {}
            Gesture::Pan { last } => {
                self.step(Step::View(
                    now.stage.view.moved(spot.x - last.x, spot.y - last.y),
                ));
                *self.gesture.borrow_mut() = Gesture::Pan { last: spot };
            }
            Gesture::Move(moving) => self.carry(&now, &moving, point),
            Gesture::Box(boxing) => self.stretch(&now, &boxing, point),
            Gesture::Connect { from } => {
                let over = now
                    .scene
                    .nodes
                    .iter()
                    .find(|node| node.id != from && node.rect.grown(8).holds(point));
                let over = over.map(|node| node.id.clone());
                self.step(Step::Drag(Some(Drag::Connection(from, point, over))));
            }
            Gesture::Pinch {
                view,
                middle,
                apart,
            } => {
                if let [(_, one), (_, other)] = self.touches.borrow().as_slice() {
                    let (to, wide) = (one.middle(*other), one.distance(*other));
                    let moved = view.moved(to.x - middle.x, to.y - middle.y);
                    self.step(Step::View(
                        moved.zoomed(to, view.zoom * wide / apart.max(1.0)),
                    ));
                }
            }
        }
    }

    /// The end of a gesture: now the plan changes.
    pub(super) fn finish(&self) {
        let gesture = self.gesture.take();
        self.hold.take();
        let Some(now) = self.now() else { return };
        match (&gesture, now.stage.drag.clone()) {
            (
                Gesture::Press {
                    hit, pans, adds, ..
                },
                _,
            ) if !pans || *hit == Hit::Ground || now.stage.tool != Tool::Pan => {
                self.click(hit, *adds);
            }
            (_, Some(Drag::Node(id, at))) => self.act(Command::MoveNode(id, at)),
            (_, Some(Drag::Site(id, at))) => self.act(Command::MoveSite(id, at)),
            (_, Some(Drag::Several(parts, by))) => {
                self.act(Command::MoveSeveral(parts.as_ref().clone(), by));
            }
            (_, Some(Drag::Connection(from, _, Some(to)))) => {
                if let Some(pair) = PairKey::new(&from, &to) {
                    self.act(Action::SelectPair(pair));
                    self.step(Step::Tool(Tool::Select));
                }
            }
            _ => {}
        }
        self.step(Step::Drag(None));
    }

    /// The end of a gesture that shall have done nothing.
    pub(super) fn cancel(&self) {
        if let Gesture::Box(boxing) = self.gesture.take() {
            self.act(Command::Choose(boxing.before.clone()));
        }
        self.hold.take();
        self.pending.set(None);
        self.frame.take();
        self.step(Step::Drag(None));
    }

    /// Opens the menu of what can be done with something or added here.
    pub(super) fn open_menu(&self, at: Spot, on: Option<Subject>) {
        let Some(now) = self.now() else { return };
        let place = now.stage.view.to_canvas(at);
        let site = now
            .scene
            .sites
            .iter()
            .rev()
            .find(|site| site.rect.holds(place));
        let site = site.map(|site| site.id.clone());
        self.step(Step::Menu(Some(Menu {
            at,
            place,
            site,
            on,
        })));
    }

    /// Changes the zoom around the middle of the canvas.
    pub(super) fn zoom_to(&self, zoom: f64) {
        let Some(now) = self.now() else { return };
        let (width, height) = now.stage.size.unwrap_or((800.0, 600.0));
        let middle = Spot {
            x: width / 2.0,
            y: height / 2.0,
        };
        self.step(Step::View(now.stage.view.zoomed(middle, zoom)));
    }

    /// The drawn element of something.
    pub(super) fn element(&self, target: &Target) -> Option<Element> {
        let selector = match target {
            Target::Node(id) => format!(".node[data-node='{id}']"),
            Target::Site(id) => format!(
                ".site[data-site='{}']",
                id.as_str().replace(['\\', '\''], "")
            ),
            Target::Link(key) => format!(".badge-mark[data-link='{key}']"),
        };
        self.drawing
            .cast::<Element>()?
            .query_selector(&selector)
            .ok()
            .flatten()
    }

    /// Moves the view just as far as it takes to show something.
    pub(super) fn show(&self, target: &Target) {
        let Some(now) = self.now() else { return };
        let scene = &now.scene;
        let rect = match target {
            Target::Node(id) => scene
                .nodes
                .iter()
                .find(|node| node.id == *id)
                .map(|node| node.rect.grown(24)),
            Target::Site(id) => scene
                .sites
                .iter()
                .find(|site| site.id == *id)
                .map(|site| site.rect),
            Target::Link(key) => scene
                .links
                .iter()
                .find(|link| link.key == *key)
                .map(|link| link.plate),
        };
        let view = now.stage.view;
        if let (Some(rect), Some(size)) = (rect, now.stage.size)
            && view.showing(rect, size) != view
        {
            self.step(Step::View(view.showing(rect, size)));
        }
    }

    /// Moves the focus to something on the canvas.
    pub(super) fn focus(&self, target: &Target) {
        if let Some(element) = self.element(target) {
            focus::give(&element);
        }
    }
}
