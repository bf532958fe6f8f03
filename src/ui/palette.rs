//! Search and commands in one field: machines, sites, pairs, files, findings
//! and everything that can be done, found by a few letters.

mod asked;
mod recent;
mod results;

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::actions::{Deed, aria_keys};
use super::dialog::Modal;
use super::icon::{Glyph, Icon};
use super::session::{Action, Dispatch, Order, use_dispatch};
use super::words::t;
use crate::browser::focus;
use crate::editor::Command;
use crate::mesh::{Mesh, Subject};
use crate::plan::{NodeId, Plan};

use asked::Asked;

/// So many entries of one kind show at once.
const MOST: usize = 8;

/// What [`Palette`] searches.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PaletteProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// What undo takes back.
    pub undo_name: Option<AttrValue>,
    /// What redo makes again.
    pub redo_name: Option<AttrValue>,
    /// Whether something is selected that can be deleted.
    pub selected: bool,
    /// Whether the drawer is open.
    pub drawer: bool,
    /// Something of the table of actions shall be done.
    pub on_do: Callback<Deed>,
}

/// What comes of an entry.
#[derive(Clone, Debug, PartialEq)]
enum Aim {
    Deed(Deed),
    Subject(Subject),
    Files(NodeId),
    /// A field of the whole mesh, by its id.
    Setting(&'static str),
}

/// One entry of the list.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    rank: usize,
    glyph: Glyph,
    text: AttrValue,
    note: AttrValue,
    key: Option<String>,
    aim: Aim,
}

/// Entries of one kind under a name.
struct Bunch {
    name: AttrValue,
    entries: Vec<Entry>,
}

/// The field and the list below it.
#[component]
pub(super) fn Palette(props: &PaletteProps) -> Html {
    let dispatch = use_dispatch();
    let asked = use_mut_ref(Asked::default);
    let drawn = use_force_update();
    // Only the plan can change behind an open palette.
    use_memo(props.clone(), |props| asked.borrow_mut().renew(props));
    let close = {
        let dispatch = dispatch.clone();
        Callback::from(move |()| dispatch.dispatch(Action::ShowSheet(None)))
    };
    let choose = {
        let (dispatch, on_do, asked) = (dispatch, props.on_do.clone(), Rc::clone(&asked));
        Callback::from(move |at: usize| {
            let Some(entry) = asked.borrow().entry(at).cloned() else {
                return;
            };
            dispatch.dispatch(Action::ShowSheet(None));
            recent::remember(&entry.aim);
            match &entry.aim {
                Aim::Deed(deed) => on_do.emit(*deed),
                Aim::Files(node) => dispatch.dispatch(Action::ShowFilesOf(node.clone())),
                Aim::Setting(id) => {
                    dispatch.dispatch(Command::Select(Subject::Plan).into());
                    open_field(id);
                }
                Aim::Subject(subject) => {
                    show_canvas(&dispatch);
                    dispatch.dispatch(Command::Select(subject.clone()).into());
                    dispatch.dispatch(Action::Order(Order::Show(subject.clone())));
                }
            }
        })
    };
    let oninput = {
        let (props, asked, drawn) = (props.clone(), Rc::clone(&asked), drawn.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                asked.replace(Asked::new(&props, input.value()));
                drawn.force_update();
            }
        })
    };
    let onkeydown = {
        let (asked, choose) = (Rc::clone(&asked), choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            if key == "Enter" && !event.is_composing() {
                event.prevent_default();
                let here = asked.borrow().here;
                choose.emit(here);
            } else if asked.borrow_mut().step(&key) {
                event.prevent_default();
                drawn.force_update();
                show(asked.borrow().here);
            }
        })
    };
    let asked = asked.borrow().clone();
    let (here, count) = (asked.here, asked.count());
    let mut at = 0_usize;
    html! {
        <Modal id="palette" class="dialog--palette" title={t!("Search or run a command")} on_close={close}>
            <div class="palette__field">
                <Icon glyph={Glyph::Search} />
                <input
                    id="palette-field" class="palette__input" type="text" autofocus=true role="combobox" autocomplete="off" spellcheck="false"
                    placeholder={t!("A machine, two for a pair, a site, a command")}
                    aria-label={t!("Search or run a command")} aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list"
                    aria-activedescendant={(count > 0).then(|| format!("palette-{here}"))}
                    value={asked.text.clone()} {oninput} {onkeydown}
                />
            </div>
            <div id="palette-list" class="palette__list" role="listbox" aria-label={t!("Results")}>
                { for asked.bunches.iter().enumerate().map(|(number, bunch)| {
                    let name = format!("palette-group-{number}");
                    html! {
                        <div role="group" aria-labelledby={name.clone()} class="palette__bunch">
                            <div id={name} class="palette__name">{ &bunch.name }</div>
                            { for bunch.entries.iter().map(|entry| {
                                let row = row(entry, at, at == here, &choose);
                                at += 1;
                                row
                            }) }
                        </div>
                    }
                }) }
            </div>
            <p class="palette__none" role="status">
                if count == 0 {
                    { t!("Nothing fits. Names, addresses and commands are searched; two words find a pair.") }
                }
            </p>
        </Modal>
    }
}

fn row(entry: &Entry, at: usize, current: bool, choose: &Callback<usize>) -> Html {
    let onclick = choose.reform(move |_: MouseEvent| at);
    let keys = match entry.aim {
        Aim::Deed(deed) => aria_keys(deed),
        Aim::Subject(_) | Aim::Files(_) | Aim::Setting(_) => None,
    };
    html! {
        <div
            id={format!("palette-{at}")} role="option" class="palette__row"
            aria-selected={if current { "true" } else { "false" }} aria-keyshortcuts={keys} {onclick}
        >
            <Icon glyph={entry.glyph} />
            <span class="palette__text">{ &entry.text }</span>
            <span class="palette__note">{ &entry.note }</span>
            if let Some(key) = &entry.key {
                <kbd class="key">{ key }</kbd>
            }
        </div>
    }
}

/// Brings an entry into view, after it is marked.
fn show(at: usize) {
    let element = gloo::utils::document().get_element_by_id(&format!("palette-{at}"));
    if let Some(element) = element {
        let list = element.closest("#palette-list").ok().flatten();
        let Some(list) = list.and_then(|list| list.dyn_into::<web_sys::Element>().ok()) else {
            return;
        };
        let (own, whole) = (
            element.get_bounding_client_rect(),
            list.get_bounding_client_rect(),
        );
        let beyond = own.bottom() - whole.bottom();
        let before = whole.top() - own.top();
        #[allow(
            clippy::cast_possible_truncation,
            reason = "both are sizes of this page"
        )]
        if beyond > 0.0 {
            list.set_scroll_top(list.scroll_top() + beyond as i32 + 8);
        } else if before > 0.0 {
            list.set_scroll_top(list.scroll_top() - before as i32 - 28);
        }
    }
}

/// On narrow screens an open tab covers the canvas; it gives way.
pub(super) fn show_canvas(dispatch: &Dispatch) {
    let wide = gloo::utils::window().match_media("(width >= 900px)");
    if !wide.ok().flatten().is_some_and(|wide| wide.matches()) {
        dispatch.dispatch(Action::ShowTab(None));
    }
}

/// Gives the focus to a field of the inspector once it shows the whole mesh.
fn open_field(id: &'static str) {
    Timeout::new(0, move || {
        if let Some(field) = gloo::utils::document().get_element_by_id(id) {
            // What is folded away takes no focus.
            if let Some(fold) = field.closest("details").ok().flatten() {
                let _ = fold.set_attribute("open", "");
            }
            field.scroll_into_view();
            focus::give(&field);
        }
    })
    .forget();
}
