//! The lines between machines, and above the cards their badges.
//!
//! The lines lie below the cards; the badges come after them, so that the Tab
//! key walks sites, machines and then links.

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::scene::{Bus, LinkShape, LinkVerdict, Scene, Target};
use crate::editor::{Rect, Selection};
use crate::plan::{Place, Plan, Point, SiteId};

use super::marks::{arrow_head, badge, class_of, placed};

/// Below this zoom in percent no names are shown on lines.
const SMALLEST_PLATE: i32 = 55;

/// How strongly a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Emphasis {
    /// As it is.
    Rest,
    /// Something else is selected or pointed at.
    Faint,
    /// It belongs to what is selected or pointed at.
    Strong,
    /// It is selected.
    Selected,
}

/// What [`LinkLayer`] and [`BadgeLayer`] show.
#[derive(Clone, Properties)]
pub(super) struct LinkLayerProps {
    pub(super) plan: Rc<Plan>,
    pub(super) scene: Rc<Scene>,
    pub(super) selection: Selection,
    pub(super) hover: Option<Target>,
}

// Another plan is another scene, or at least another object.
impl PartialEq for LinkLayerProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan)
            && self.scene == other.scene
            && self.selection == other.selection
            && self.hover == other.hover
    }
}

impl LinkLayerProps {
    /// What a person points at counts more than what is selected, except that
    /// a selected line always shows as such.
    fn emphasis(&self, link: &LinkShape) -> Emphasis {
        if self.is_selected(link) {
            return Emphasis::Selected;
        }
        let strong = match &self.hover {
            Some(Target::Link(key)) => link.key == *key,
            Some(Target::Node(id)) => link.nodes.contains(id),
            _ if self.selection.is_empty() => return Emphasis::Rest,
            _ => {
                let mut nodes = self.selection.nodes();
                nodes.any(|id| link.nodes.contains(id))
                    || self.selection.sites().any(|site| self.leaves(link, site))
            }
        };
        if strong {
            Emphasis::Strong
        } else {
            Emphasis::Faint
        }
    }

    /// A bundle is not selected with one of its pairs: that pair is drawn above it.
    fn is_selected(&self, link: &LinkShape) -> bool {
        matches!(self.selection.pair(), Some(key) if link.pairs.len() == 1 && link.pairs.contains(key) && !link.key.starts_with("leg"))
    }

    fn leaves(&self, link: &LinkShape, site: &SiteId) -> bool {
        link.nodes
            .iter()
            .filter_map(|id| self.plan.nodes.get(id))
            .any(|node| matches!(&node.place, Place::Site { site: at, .. } if at == site))
    }

    /// What joins legs recedes only if all of them do.
    fn is_faint(&self, bus: &Bus) -> bool {
        let leads_there = |link: &&Rc<LinkShape>| {
            link.key.starts_with("leg") && link.key.ends_with(&format!(" {}", bus.relay))
        };
        self.scene
            .links
            .iter()
            .filter(leads_there)
            .all(|link| self.emphasis(link) == Emphasis::Faint)
    }

    fn is_hovered(&self, link: &LinkShape) -> bool {
        matches!(&self.hover, Some(Target::Link(key)) if *key == link.key)
    }
}

/// All lines. Those of what is selected lie above the others.
#[component]
pub(super) fn LinkLayer(props: &LinkLayerProps) -> Html {
    let scene = &props.scene;
    let mut links: Vec<(Emphasis, &Rc<LinkShape>)> = scene
        .links
        .iter()
        .map(|link| (props.emphasis(link), link))
        .collect();
    crate::sorting::sort_by_key(&mut links, |(emphasis, _)| match emphasis {
        Emphasis::Rest | Emphasis::Faint => 0,
        Emphasis::Strong => 1,
        Emphasis::Selected => 2,
    });
    html! {
        <g class="links" aria-hidden="true">
            { open_ground(scene) }
            for sheaf in &scene.sheaves {
                <g class={classes!("link", "sheaf", class_of(sheaf.verdict))}>
                    <path class="link__line" d={sheaf.path.clone()} />
                </g>
            }
            for bus in &scene.buses {
                <g key={bus.relay.as_str()} class={classes!("link", "is-relayed", props.is_faint(bus).then_some("is-faint"))}>
                    <path class="link__line" d={bus.path.clone()} />
                </g>
            }
            for (emphasis, link) in links {
                <LinkView key={link.key.as_str()} shape={Rc::clone(link)} {emphasis} percent={scene.detail.percent} />
            }
        </g>
    }
}

/// On crowded plans the lines that nothing is selected of.
pub(super) fn rest(scene: &Scene) -> Html {
    html! {
        if !scene.rest.is_empty() {
            <path class="links__rest" d={AttrValue::from(Rc::clone(&scene.rest))} aria-hidden="true" />
        }
    }
}

/// The ground outside of sites and trays. Only there the casing of a line shows,
/// in the colour of the canvas, so that crossings look like bridges.
fn open_ground(scene: &Scene) -> Html {
    let outline = |rect: Rect| {
        format!(
            "M{} {}h{}v{}h-{}Z",
            rect.x, rect.y, rect.width, rect.height, rect.width
        )
    };
    let mut sites = EVERYWHERE.to_owned();
    sites.extend(scene.sites.iter().map(|site| outline(site.rect)));
    let mut trays = EVERYWHERE.to_owned();
    trays.extend(scene.nodes.iter().filter_map(|node| node.tray).map(outline));
    html! {
        <defs>
            <clipPath id="no-tray"><path clip-rule="evenodd" d={trays} /></clipPath>
            <clipPath id="open-ground" clip-path="url(#no-tray)"><path clip-rule="evenodd" d={sites} /></clipPath>
        </defs>
    }
}

/// An outline around all that can be drawn.
const EVERYWHERE: &str = "M-99999 -99999H99999V99999H-99999Z";

#[derive(Clone, PartialEq, Properties)]
struct LinkViewProps {
    shape: Rc<LinkShape>,
    emphasis: Emphasis,
    percent: i32,
}

#[component]
fn LinkView(props: &LinkViewProps) -> Html {
    let LinkViewProps {
        shape,
        emphasis,
        percent,
    } = props;
    let class = classes!(
        "link",
        class_of(shape.verdict),
        match emphasis {
            Emphasis::Rest => None,
            Emphasis::Faint => Some("is-faint"),
            Emphasis::Strong => Some("is-strong"),
            Emphasis::Selected => Some("is-selected"),
        }
    );
    let d = AttrValue::from(shape.path.clone());
    html! {
        <g {class} data-link={shape.key.clone()}>
            <path class="link__casing" d={d.clone()} clip-path="url(#open-ground)" />
            if *emphasis == Emphasis::Selected {
                <path class="link__halo" d={d.clone()} />
            }
            <path class="link__line" d={d.clone()} />
            if shape.verdict == LinkVerdict::Open {
                <path class="link__core" d={d.clone()} />
            }
            <path class="link__hit" {d} />
            for socket in &shape.sockets {
                <circle class="link__socket" transform={placed(*socket, *percent)} r="4" />
            }
            for arrow in &shape.arrows {
                { arrow_head(arrow, *percent) }
            }
        </g>
    }
}

/// All badges, each of which can have the focus and says what its line says.
#[component]
pub(super) fn BadgeLayer(props: &LinkLayerProps) -> Html {
    let percent = props.scene.detail.percent;
    html! {
        <g class="badges">
            for link in &props.scene.links {
                <BadgeView
                    key={link.key.as_str()}
                    shape={Rc::clone(link)}
                    emphasis={props.emphasis(link)}
                    plate={props.is_hovered(link)}
                    {percent}
                />
            }
        </g>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct BadgeViewProps {
    shape: Rc<LinkShape>,
    emphasis: Emphasis,
    /// Whether its names show.
    plate: bool,
    percent: i32,
}

#[component]
fn BadgeView(props: &BadgeViewProps) -> Html {
    let BadgeViewProps {
        shape,
        emphasis,
        plate,
        percent,
    } = props;
    let selected = *emphasis == Emphasis::Selected;
    let class = classes!(
        "badge-mark",
        class_of(shape.verdict),
        (*emphasis == Emphasis::Faint).then_some("is-faint"),
        selected.then_some("is-selected"),
    );
    // On small drawings the plate would hide what it names.
    let named = (selected || *plate) && *percent >= SMALLEST_PLATE;
    let at = if named {
        shape.plate.center()
    } else {
        shape.badge
    };
    html! {
        <g
            {class}
            transform={placed(at, *percent)}
            tabindex="0"
            role="button"
            aria-label={shape.label.clone()}
            aria-pressed={selected.to_string()}
            data-link={shape.key.clone()}
        >
            if named {
                { name_plate(shape, *percent) }
            } else {
                { plain_badge(shape) }
            }
        </g>
    }
}

fn plain_badge(shape: &LinkShape) -> Html {
    html! {
        <>
            <rect class="ring" x="-14" y="-14" width="28" height="28" rx="8" />
            <circle class="mark__hit" r="14" />
            if shape.verdict == LinkVerdict::Impossible {
                <circle class="cross__plate" r="11" />
                <circle class="cross__ring" r="8" />
                <path class="cross__lines" d="M-3 -3L3 3M3 -3L-3 3" />
            } else {
                { badge(shape.verdict) }
            }
            if shape.count > 1 {
                <text class="mark__count" x="14" y="4">{ shape.count }</text>
            }
        </>
    }
}

/// The plate with the names of the ends, around the badge's point.
fn name_plate(shape: &LinkShape, percent: i32) -> Html {
    let width = shape.plate.width * percent / 100;
    let left = -width / 2;
    html! {
        <g class="plate">
            <rect class="ring" x={(left - 4).to_string()} y="-18" width={(width + 8).to_string()} height="36" rx="10" />
            <rect class="plate__box" x={left.to_string()} y="-14" width={width.to_string()} height="28" rx="6" />
            <g transform={placed(Point { x: left + 15, y: 0 }, 100)}>{ badge(shape.verdict) }</g>
            <text class="plate__text" x={(left + 31).to_string()} y="4">{ &shape.title }</text>
        </g>
    }
}
