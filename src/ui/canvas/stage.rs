//! The state of the canvas that is no part of the plan: the view, the tool,
//! what is pointed at and what is being dragged.

use std::rc::Rc;

use yew::Reducible;

use crate::editor::scene::Target;
use crate::editor::{Guide, Rect};
use crate::mesh::Subject;
use crate::plan::{NodeId, Point, SiteId};

use super::view::{Spot, View};

/// What a press on the canvas does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    /// Selects and moves.
    Select,
    /// Moves the view.
    Pan,
    /// Connects two machines.
    Connect,
    /// Selects one thing after the other, for fingers that have no Shift key.
    Gather,
}

/// What is being dragged, as it is drawn meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Drag {
    /// A machine, with the top left corner of its card.
    Node(NodeId, Point),
    /// A site, with the top left corner of its area.
    Site(SiteId, Point),
    /// Several things, by so much.
    Several(Rc<Vec<Subject>>, Point),
    /// A box that selects.
    Box(Rect),
    /// A new connection from a machine to a point, and to the machine there.
    Connection(NodeId, Point, Option<NodeId>),
}

/// The menu of what can be done and added.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Menu {
    /// Where it stands on the screen.
    pub(super) at: Spot,
    /// Where on the canvas things are added.
    pub(super) place: Point,
    /// The site under that point.
    pub(super) site: Option<SiteId>,
    /// The machine or site that it was asked for.
    pub(super) on: Option<Subject>,
}

/// The state of the canvas.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stage {
    pub(super) view: View,
    /// Whether the view is as it was fitted, so that it may be fitted again
    /// when the canvas changes its size.
    pub(super) fitted: bool,
    /// Width and height on the screen; nothing before it is measured.
    pub(super) size: Option<(f64, f64)>,
    pub(super) tool: Tool,
    pub(super) hover: Option<Target>,
    /// What the keyboard came to.
    pub(super) spoken: Option<Target>,
    /// Whether the minimap shows on large plans.
    pub(super) minimap: bool,
    pub(super) drag: Option<Drag>,
    /// The lines that show what is aligned with what is dragged.
    pub(super) guides: Vec<Guide>,
    pub(super) menu: Option<Menu>,
    /// The machine that a connection begins at.
    pub(super) from: Option<NodeId>,
}

impl Default for Stage {
    fn default() -> Self {
        Self {
            view: View::default(),
            fitted: true,
            size: None,
            tool: Tool::Select,
            hover: None,
            spoken: None,
            minimap: super::minimap::is_wanted(),
            drag: None,
            guides: Vec::new(),
            menu: None,
            from: None,
        }
    }
}

/// Something that happens to the canvas.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A person moved the view.
    View(View),
    /// The view was fitted.
    Fit(View),
    Size(f64, f64),
    Tool(Tool),
    Hover(Option<Target>),
    Spoken(Option<Target>),
    Minimap(bool),
    Drag(Option<Drag>),
    /// Something is dragged along guides.
    Move(Drag, Vec<Guide>),
    Menu(Option<Menu>),
    From(Option<NodeId>),
}

impl Reducible for Stage {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut next = self.as_ref().clone();
        match step {
            Step::View(view) => (next.view, next.fitted) = (view, false),
            Step::Fit(view) => (next.view, next.fitted) = (view, true),
            Step::Size(width, height) => next.size = Some((width, height)),
            Step::Tool(tool) => (next.tool, next.from) = (tool, None),
            Step::Hover(hover) => next.hover = hover,
            Step::Spoken(spoken) => next.spoken = spoken,
            Step::Minimap(minimap) => next.minimap = minimap,
            Step::Drag(drag) => (next.drag, next.guides) = (drag, Vec::new()),
            Step::Move(drag, guides) => (next.drag, next.guides) = (Some(drag), guides),
            Step::Menu(menu) => next.menu = menu,
            Step::From(from) => next.from = from,
        }
        if next == *self { self } else { Rc::new(next) }
    }
}

impl Stage {
    /// Whether the screen is narrow, where cards have no strip.
    pub(super) fn is_narrow(&self) -> bool {
        self.size.is_some_and(is_narrow)
    }
}

/// Whether a canvas of this width and height is narrow.
pub(super) fn is_narrow((width, _): (f64, f64)) -> bool {
    width < 700.0
}
