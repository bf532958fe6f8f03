//! What is said and offered about several things at once.

use yew::prelude::*;

use crate::editor::{Arrange, Selection};
use crate::mesh::Subject;
use crate::plan::Plan;

use super::words::t;

/// How much is selected, such as "3 machines and 1 site".
pub fn how_many(selection: &Selection) -> AttrValue {
    counted(selection.nodes().count(), selection.sites().count())
}

/// So many machines and sites in words.
pub fn counted(nodes: usize, sites: usize) -> AttrValue {
    match (nodes, sites) {
        (1, 0) => t!("1 machine"),
        (nodes, 0) => t!("{} machines", nodes),
        (0, 1) => t!("1 site"),
        (0, sites) => t!("{} sites", sites),
        (1, 1) => t!("1 machine and 1 site"),
        (nodes, 1) => t!("{} machines and 1 site", nodes),
        (1, sites) => t!("1 machine and {} sites", sites),
        (nodes, sites) => t!("{} machines and {} sites", nodes, sites),
    }
}

/// Deleting what is selected. Whole sentences, since other languages put the
/// number elsewhere.
pub fn delete_words(selection: &Selection) -> AttrValue {
    let (nodes, sites) = (selection.nodes().count(), selection.sites().count());
    match (nodes, sites) {
        (1, 0) => t!("Delete 1 machine"),
        (nodes, 0) => t!("Delete {} machines", nodes),
        (0, 1) => t!("Delete 1 site"),
        (0, sites) => t!("Delete {} sites", sites),
        (1, 1) => t!("Delete 1 machine and 1 site"),
        (nodes, 1) => t!("Delete {} machines and 1 site", nodes),
        (1, sites) => t!("Delete 1 machine and {} sites", sites),
        (nodes, sites) => t!("Delete {} machines and {} sites", nodes, sites),
    }
}

/// What is said after tidying these parts up, or everything if none is named.
pub fn tidied_words(plan: &Plan, parts: &[Subject], moved: bool) -> AttrValue {
    if !moved {
        return t!("It is in order already.");
    }
    let name = match parts {
        [] => return t!("Tidied up the whole mesh."),
        [Subject::Site(id)] => plan.sites.get(id).map(|site| site.name.to_string()),
        _ => None,
    };
    match name {
        Some(name) => t!("Tidied up {}.", name),
        None => t!("Tidied up {}.", how_many(&parts.iter().cloned().collect())),
    }
}

/// The name of an order, and its icon on a grid of 16 pixels.
fn order(how: Arrange) -> (AttrValue, &'static str) {
    match how {
        Arrange::Left => (t!("Align left"), "M2.5 2v12M5 4.5h9v2H5zM5 9.5h5v2H5z"),
        Arrange::Center => (
            t!("Align centers"),
            "M8 2v2.5M8 6.5v3M8 11.5V14M3.5 4.5h9v2h-9zM5.5 9.5h5v2h-5z",
        ),
        Arrange::Right => (t!("Align right"), "M13.5 2v12M2 4.5h9v2H2zM6 9.5h5v2H6z"),
        Arrange::Top => (t!("Align top"), "M2 2.5h12M4.5 5v9h2V5zM9.5 5v5h2V5z"),
        Arrange::Middle => (
            t!("Align middles"),
            "M2 8h2.5M6.5 8h3M11.5 8H14M4.5 3.5v9h2v-9zM9.5 5.5v5h2v-5z",
        ),
        Arrange::Bottom => (t!("Align bottom"), "M2 13.5h12M4.5 2v9h2V2zM9.5 6v5h2V6z"),
        Arrange::Across => (
            t!("Distribute horizontally"),
            "M2.5 2v12M13.5 2v12M6.5 5v6h3V5z",
        ),
        Arrange::Down => (
            t!("Distribute vertically"),
            "M2 2.5h12M2 13.5h12M5 6.5v3h6v-3z",
        ),
    }
}

/// The orders that things can be brought into, as a row of icons: inside a menu,
/// or as buttons of their own.
pub fn arrange_buttons(parts: &[Subject], in_menu: bool, choose: &Callback<Arrange>) -> Html {
    let (role, tabindex) = if in_menu {
        (Some("menuitem"), Some("-1"))
    } else {
        (None, None)
    };
    let count = parts.len();
    html! {
        <div class="arrange" role="group" aria-label={t!("Order")}>
            for how in Arrange::ALL.into_iter().filter(|how| count >= how.least()) {
                <button
                    type="button" class="icon-button" {role} {tabindex}
                    aria-label={order(how).0} title={order(how).0}
                    onclick={choose.reform(move |_: MouseEvent| how)}
                >
                    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
                        <path d={order(how).1} />
                    </svg>
                </button>
            }
        </div>
    }
}
