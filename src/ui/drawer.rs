//! The drawer below the canvas: findings, the matrix, files and the guide.
//!
//! On narrow screens its tabs are those of the whole page, and the canvas is
//! the first of them.

mod code;
mod explanation;
mod files;
mod findings;
mod grip;
mod guide;
mod matrix;
mod preview;
mod qr;
mod walk;

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use super::icon::{Glyph, Icon};
use super::proving::Proving;
use super::session::{
    Action, Asked, Clip, Download, FileLine, Kept, Keys, Tab, View, use_dispatch,
};
use super::words::t;
use crate::browser::language::Language;
use crate::mesh::{Mesh, Severity};
use crate::plan::{NodeId, Plan};
use crate::render::gets_files;

/// What [`Drawer`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct DrawerProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// The open tab.
    #[prop_or_default]
    pub tab: Option<Tab>,
    /// How the plan is worked on.
    pub view: View,
    /// Whose files the Files tab shows.
    #[prop_or_default]
    pub file_of: Option<NodeId>,
    /// The line that it shows.
    #[prop_or_default]
    pub line: Option<FileLine>,
    /// What is proved of the open plan.
    pub proof: Proving,
    /// The cell of the matrix that is walked.
    #[prop_or_default]
    pub asked: Option<Asked>,
    /// The way of packets is wanted, from a machine to a target by their places.
    pub on_walk: Callback<(usize, usize)>,
    /// The project's keys.
    pub keys: Keys,
    /// Where secrets are kept.
    pub kept: Kept,
    /// Something shall be downloaded.
    pub on_download: Callback<Download>,
    /// Something shall go to the clipboard.
    pub on_copy: Callback<Clip>,
    /// A keyring file shall be opened.
    pub on_open_keyring: Callback<()>,
    /// New keys shall be made for a plan that came without.
    pub on_make_keys: Callback<()>,
    /// What is spoken, for sentences that are put together from others.
    pub spoken: Language,
}

/// The drawer.
#[component]
pub fn Drawer(props: &DrawerProps) -> Html {
    let dispatch = use_dispatch();
    let toggle = {
        let (dispatch, tab) = (dispatch.clone(), props.tab);
        Callback::from(move |_: MouseEvent| {
            let next = if tab.is_some() {
                None
            } else {
                Some(Tab::Findings)
            };
            dispatch.dispatch(Action::ShowTab(next));
        })
    };
    let (glyph, words) = if props.tab.is_some() {
        (Glyph::ChevronDown, "Close the drawer")
    } else {
        (Glyph::ChevronUp, "Open the drawer")
    };
    let body = match props.tab {
        Some(Tab::Findings) => {
            html! { <findings::Findings plan={props.plan.clone()} mesh={props.mesh.clone()} /> }
        }
        Some(Tab::Matrix) => {
            html! { <matrix::Matrix proof={props.proof.clone()} asked={props.asked.clone()} on_walk={props.on_walk.clone()} spoken={props.spoken} /> }
        }
        Some(Tab::Files) => html! { <files::Files ..props.clone() /> },
        Some(Tab::Guide) => html! { <guide::Guide ..props.clone() /> },
        None => html! {},
    };
    let label = match props.tab {
        Some(Tab::Findings) => Some("tab-findings"),
        Some(Tab::Matrix) => Some("tab-matrix"),
        Some(Tab::Files) => Some("tab-files"),
        Some(Tab::Guide) => Some("tab-guide"),
        None => None,
    };
    let shape = match props.tab {
        Some(Tab::Findings) => Some("is-open"),
        // These need more room than a list of sentences.
        Some(Tab::Matrix | Tab::Files | Tab::Guide) => Some("is-open is-high"),
        None => None,
    };
    let drawer = use_node_ref();
    html! {
        <section ref={drawer.clone()} id="drawer" class={classes!("drawer", shape)} aria-label="Findings, matrix, files and guide" tabindex="-1">
            if props.tab.is_some() {
                <grip::Grip {drawer} />
            }
            <div class="drawer__bar">
                <Tabs mesh={props.mesh.clone()} tab={props.tab} view={props.view} stops={props.proof.done().map_or(0, |proved| proved.stops.len())} />
                <div class="drawer__tools">
                    if props.tab == Some(Tab::Files) {
                        <button type="button" class="button button--small" onclick={props.on_download.reform(|_| Download::Archive)}>
                            <Icon glyph={Glyph::Download} />{ "All as zip" }
                        </button>
                    }
                    <button type="button" class="icon-button drawer__toggle" aria-label={words} title={words} onclick={toggle}>
                        <Icon {glyph} />
                    </button>
                </div>
            </div>
            if props.tab.is_some() {
                <div id="drawer-panel" class="drawer__panel" role="tabpanel" aria-labelledby={label}>{ body }</div>
            }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct TabsProps {
    mesh: Rc<Mesh>,
    tab: Option<Tab>,
    view: View,
    /// How many cells of the matrix are broken.
    stops: usize,
}

/// The tabs. Arrow keys move between them, as WAI-ARIA describes it.
#[component]
fn Tabs(props: &TabsProps) -> Html {
    let dispatch = use_dispatch();
    let mesh = &props.mesh;
    let errors = mesh
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    let files = mesh.nodes.iter().filter(|node| gets_files(node)).count();
    let warning = if errors {
        Some("count--bad")
    } else {
        Some("count--warning")
    };
    let tab = |id: &'static str,
               of: Option<Tab>,
               glyph,
               label,
               count: usize,
               class: Option<&'static str>| {
        let dispatch = dispatch.clone();
        let selected = props.tab == of;
        // With the drawer closed on a wide screen no tab is chosen, and the
        // first visible one is the way in.
        let reachable = selected || (props.tab.is_none() && of == Some(Tab::Findings));
        html! {
            <button
                type="button" {id} role="tab"
                class="tab"
                aria-selected={if selected { "true" } else { "false" }}
                aria-controls={(selected && of.is_some()).then_some("drawer-panel")}
                tabindex={if reachable { "0" } else { "-1" }}
                onclick={move |_| dispatch.dispatch(Action::ShowTab(of))}
            >
                <Icon {glyph} />
                <span>{ label }</span>
                if count > 0 {
                    <span class={classes!("count", class)}>{ count }</span>
                }
            </button>
        }
    };
    // On narrow screens these two are panes as well.
    let view_tab = |view: View, id: &'static str, glyph, label: AttrValue| {
        let dispatch = dispatch.clone();
        let selected = props.tab.is_none() && props.view == view;
        html! {
            <button
                type="button" {id} role="tab" class="tab tab--canvas"
                aria-selected={if selected { "true" } else { "false" }}
                tabindex={if selected { "0" } else { "-1" }}
                onclick={move |_| {
                    dispatch.dispatch(Action::ShowView(view));
                    dispatch.dispatch(Action::ShowTab(None));
                }}
            >
                <Icon {glyph} /><span>{ label }</span>
            </button>
        }
    };
    html! {
        <div class="drawer__tabs" role="tablist" aria-label="Panes" onkeydown={Callback::from(|event| move_focus(&event))}>
            { view_tab(View::Canvas, "tab-canvas", Glyph::Canvas, t!("Canvas")) }
            { view_tab(View::Table, "tab-table", Glyph::Table, t!("Table")) }
            { tab("tab-findings", Some(Tab::Findings), Glyph::Warning, "Findings", mesh.findings.len(), warning) }
            { tab("tab-matrix", Some(Tab::Matrix), Glyph::Grid, "Matrix", props.stops, Some("count--bad")) }
            { tab("tab-files", Some(Tab::Files), Glyph::File, "Files", files, None) }
            { tab("tab-guide", Some(Tab::Guide), Glyph::Book, "Guide", 0, None) }
        </div>
    }
}

/// Moves the focus to the tab beside this one, and opens it.
fn move_focus(event: &KeyboardEvent) {
    let Some(tab) = event.target_dyn_into::<HtmlElement>() else {
        return;
    };
    let next = match event.key().as_str() {
        "ArrowRight" => tab.next_element_sibling(),
        "ArrowLeft" => tab.previous_element_sibling(),
        _ => return,
    };
    if let Some(next) = next.and_then(|element| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(element).ok())
        // A tab that does not show, such as the canvas on a wide screen, takes no focus.
        && next.offset_width() > 0
    {
        event.prevent_default();
        let _ = next.focus();
        next.click();
    }
}
