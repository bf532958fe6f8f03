//! The menu of things to add.

use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::browser::focus;
use crate::editor::{
    CARD_HEIGHT, CARD_WIDTH, Command, NewNode, Selection, free_area, free_spot, free_spot_at,
};
use crate::mesh::Subject;
use crate::plan::{Plan, Point, SiteId};
use crate::ui::actions::{Deed, aria_keys, key_of};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::{Action, Sheet};
use crate::ui::several::how_many;
use crate::ui::words::t;

use super::context::use_items;
use super::hands::{Hands, on_grid};
use super::stage::{Menu, Step};
use super::tools::Held;
use super::view::Spot;

/// So many sites are named in the menu; a machine gets to the others by being
/// dragged there.
const MOST_SITES: usize = 5;

/// What [`AddMenu`] shows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct AddMenuProps {
    pub(super) hands: Held,
    pub(super) plan: Rc<Plan>,
    pub(super) menu: Menu,
    /// What is selected.
    pub(super) chosen: Selection,
}

/// The menu of things to add, at its point.
#[component]
pub(super) fn AddMenu(props: &AddMenuProps) -> Html {
    let AddMenuProps {
        hands,
        plan,
        menu,
        chosen,
    } = props;
    let root = use_node_ref();
    use_place(&root, menu.at, hands);
    let onkeydown = {
        let (root, hands) = (root.clone(), hands.clone());
        Callback::from(move |event: KeyboardEvent| walk(&root, &hands.0, &event))
    };
    let node = |kind: NewNode| {
        let (hands, place) = (hands.clone(), menu.place);
        Callback::from(move |_: MouseEvent| add_node(&hands.0, &kind, place))
    };
    let site = {
        let (hands, place) = (hands.clone(), menu.place);
        Callback::from(move |_: MouseEvent| add_site(&hands.0, Some(place)))
    };
    let several = {
        let (hands, on) = (hands.clone(), menu.site.clone());
        Callback::from(move |_: MouseEvent| {
            hands.0.step(Step::Menu(None));
            // They come to the site that is selected.
            if let Some(site) = on.clone() {
                hands.0.select(Subject::Site(site));
            }
            hands.0.act(Action::ShowSheet(Some(Sheet::AddSeveral)));
        })
    };
    let more = use_items(hands, menu, chosen);
    // A machine is no place where something could be added.
    if matches!(menu.on, Some(Subject::Node(_))) || (menu.on.is_some() && chosen.is_several()) {
        let label = how_many(chosen);
        return html! { <div class="menu" role="menu" aria-label={label} ref={root} {onkeydown}>{ more }</div> };
    }
    let server = item(
        Glyph::Server,
        "Server on the internet",
        node(NewNode::Server),
    );
    // Inside a site, what stands there comes first.
    let inside = menu.site.is_some();
    html! {
        <div class="menu" role="menu" aria-label="Add" ref={root} {onkeydown}>
            if !inside { { server.clone() } }
            for (id, name) in sites(plan, menu.site.as_ref()) {
                { item(Glyph::Computer, format!("Machine at {name}"), node(NewNode::AtSite(id))) }
            }
            if inside { { server } }
            { item(Glyph::Phone, "Phone", node(NewNode::Phone)) }
            { item(Glyph::Computer, "Laptop", node(NewNode::Laptop)) }
            <hr class="menu__gap" />
            { item(Glyph::SiteFrame, "Site, a place with a router", site) }
            { item(Glyph::Plus, t!("Several machines\u{2026}"), several) }
            <hr class="menu__gap" />
            { more }
        </div>
    }
}

pub(super) fn item(
    glyph: Glyph,
    text: impl Into<AttrValue>,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button type="button" role="menuitem" tabindex="-1" class="menu__item" {onclick}>
            <Icon {glyph} />
            <span>{ text.into() }</span>
        </button>
    }
}

/// The same for something of the table of actions, which knows its icon and key.
pub(super) fn item_of(deed: Deed, text: AttrValue, onclick: Callback<MouseEvent>) -> Html {
    let glyph = deed.row().map_or(Glyph::Dots, |row| row.glyph);
    html! {
        <button type="button" role="menuitem" tabindex="-1" class="menu__item" aria-keyshortcuts={aria_keys(deed)} {onclick}>
            <Icon {glyph} />
            <span>{ text }</span>
            if let Some(key) = key_of(deed) {
                <kbd class="key" aria-hidden="true">{ key }</kbd>
            }
        </button>
    }
}

/// The sites that the menu names: the one under the point, or the first few.
fn sites(plan: &Plan, under: Option<&SiteId>) -> Vec<(SiteId, String)> {
    let named = plan
        .sites
        .iter()
        .filter(|(id, _)| under.is_none_or(|under| under == *id));
    named
        .take(MOST_SITES)
        .map(|(id, site)| (id.clone(), site.name.to_string()))
        .collect()
}

/// Puts the menu at its point but inside the canvas, and the focus into it.
#[hook]
fn use_place(root: &NodeRef, at: Spot, hands: &Held) {
    let (root, hands) = (root.clone(), hands.clone());
    use_effect_with((), move |()| {
        let Some(element) = root.cast::<HtmlElement>() else {
            return;
        };
        let (width, height) = hands.0.room();
        let (own_width, own_height) = (
            f64::from(element.offset_width()),
            f64::from(element.offset_height()),
        );
        let left = at.x.min(width - own_width - 8.0).max(8.0);
        let top = at.y.min(height - own_height - 8.0).max(8.0);
        // The policy forbids style attributes, but not the object model.
        let style = element.style();
        let _ = style.set_property("left", &format!("{left}px"));
        let _ = style.set_property("top", &format!("{top}px"));
        if let Some(first) = element.first_element_child() {
            focus::give(&first);
        }
    });
}

/// The arrow keys walk the menu; Tab leaves and closes it.
fn walk(root: &NodeRef, hands: &Hands, event: &KeyboardEvent) {
    let Some(menu) = root.cast::<Element>() else {
        return;
    };
    let items = menu.query_selector_all("[role=menuitem]").ok();
    let all: Vec<Element> = items
        .iter()
        .flat_map(|items| (0..items.length()).filter_map(|index| items.get(index)))
        .filter_map(|node| wasm_bindgen::JsCast::dyn_into(node).ok())
        .collect();
    let here = focus::holder()
        .and_then(|holder| all.iter().position(|item| *item == holder))
        .unwrap_or(0);
    let next = match event.key().as_str() {
        "ArrowDown" => (here + 1) % all.len().max(1),
        "ArrowUp" => (here + all.len().saturating_sub(1)) % all.len().max(1),
        "Home" => 0,
        "End" => all.len().saturating_sub(1),
        "Tab" => return hands.step(Step::Menu(None)),
        _ => return,
    };
    event.prevent_default();
    if let Some(item) = all.get(next) {
        focus::give(item);
    }
}

/// Adds a machine with its card around a point, or nearby where that is taken.
fn add_node(hands: &Hands, kind: &NewNode, place: Point) {
    let Some(now) = hands.now() else { return };
    let wish = on_grid(Point {
        x: place.x - CARD_WIDTH / 2,
        y: place.y - CARD_HEIGHT / 2,
    });
    let at = match kind {
        NewNode::AtSite(id) => {
            let under = now
                .scene
                .sites
                .iter()
                .any(|site| site.id == *id && site.rect.holds(place));
            // Where a card lies already, the new one joins the rows of the site.
            let near = under.then(|| free_spot(&now.plan, wish, Some(id)));
            near.filter(|at| *at == wish)
                .or_else(|| free_spot_at(&now.plan, id))
        }
        NewNode::Server | NewNode::Phone | NewNode::Laptop => {
            Some(free_spot(&now.plan, wish, None))
        }
    };
    hands.step(Step::Menu(None));
    hands.wants_focus.set(true);
    hands.act(Command::AddNode {
        kind: kind.clone(),
        id: None,
        at: at.unwrap_or(wish),
    });
}

/// Adds a site around a point, or in the middle of the view.
pub(super) fn add_site(hands: &Hands, place: Option<Point>) {
    let Some(now) = hands.now() else { return };
    let place = place.unwrap_or_else(|| now.stage.view.to_canvas(hands.middle()));
    let at = free_area(
        &now.plan,
        on_grid(Point {
            x: place.x - 200,
            y: place.y - 60,
        }),
    );
    hands.step(Step::Menu(None));
    hands.wants_focus.set(true);
    hands.act(Command::AddSite(at));
}
