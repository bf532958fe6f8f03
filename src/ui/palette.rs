//! Search and commands in one field: machines, sites, pairs, files, findings
//! and everything that can be done, found by a few letters.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::actions::{Deed, Group, ROWS, Row, Where, aria_keys, shown};
use super::dialog::Modal;
use super::icon::{Glyph, Icon, of_form};
use super::session::{Action, Order, use_dispatch};
use super::words::t;
use crate::editor::Command;
use crate::editor::search::Query;
use crate::mesh::{Mesh, Subject};
use crate::plan::{NodeId, Plan};
use crate::render::gets_files;

/// So many entries of one kind show at once.
const MOST: usize = 8;

/// What [`Palette`] searches.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PaletteProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// Something of the table of actions shall be done.
    pub on_do: Callback<Deed>,
}

/// What comes of an entry.
#[derive(Clone, Debug, PartialEq)]
enum Aim {
    Deed(Deed),
    Subject(Subject),
    Files(NodeId),
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
    let text = use_state(String::new);
    let place = use_state(|| 0_usize);
    let bunches = use_memo(
        (
            Rc::clone(&props.plan),
            Rc::clone(&props.mesh),
            (*text).clone(),
        ),
        |(plan, mesh, text)| bunches(plan, mesh, &Query::new(text)),
    );
    let count: usize = bunches.iter().map(|bunch| bunch.entries.len()).sum();
    let here = (*place).min(count.saturating_sub(1));
    let close = {
        let dispatch = dispatch.clone();
        Callback::from(move |()| dispatch.dispatch(Action::ShowSheet(None)))
    };
    let choose = {
        let (dispatch, on_do, bunches) = (dispatch, props.on_do.clone(), Rc::clone(&bunches));
        Callback::from(move |at: usize| {
            let entry = bunches.iter().flat_map(|bunch| &bunch.entries).nth(at);
            let Some(entry) = entry else { return };
            dispatch.dispatch(Action::ShowSheet(None));
            match &entry.aim {
                Aim::Deed(deed) => on_do.emit(*deed),
                Aim::Files(node) => dispatch.dispatch(Action::ShowFilesOf(node.clone())),
                Aim::Subject(subject) => {
                    dispatch.dispatch(Command::Select(subject.clone()).into());
                    dispatch.dispatch(Action::Order(Order::Show(subject.clone())));
                }
            }
        })
    };
    let oninput = {
        let (text, place) = (text.setter(), place.setter());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                text.set(input.value());
                place.set(0);
            }
        })
    };
    let onkeydown = {
        let (place, choose) = (place.setter(), choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            let last = count.saturating_sub(1);
            let next = match event.key().as_str() {
                "ArrowDown" => {
                    if here == last {
                        0
                    } else {
                        here + 1
                    }
                }
                "ArrowUp" => here.checked_sub(1).unwrap_or(last),
                "PageDown" => (here + MOST).min(last),
                "PageUp" => here.saturating_sub(MOST),
                "Enter" if !event.is_composing() => {
                    event.prevent_default();
                    choose.emit(here);
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            place.set(next);
            show(next);
        })
    };
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
                    value={(*text).clone()} {oninput} {onkeydown}
                />
            </div>
            <div id="palette-list" class="palette__list" role="listbox" aria-label={t!("Results")}>
                { for bunches.iter().enumerate().map(|(number, bunch)| {
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
        Aim::Subject(_) | Aim::Files(_) => None,
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

/// What fits, the best kind first. With nothing typed, everything that can be done.
fn bunches(plan: &Plan, mesh: &Mesh, query: &Query) -> Vec<Bunch> {
    if query.is_empty() {
        let groups = Group::ALL.into_iter();
        return groups
            .map(|group| Bunch {
                name: group.name(),
                entries: deeds(query, |row| row.group == group),
            })
            .collect();
    }
    let (mut machines, mut sites, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
    for (rank, subject) in query.find(plan, mesh) {
        let list = match subject {
            Subject::Node(_) => &mut machines,
            Subject::Site(_) => &mut sites,
            Subject::Pair(_) => &mut pairs,
            Subject::Plan => continue,
        };
        list.extend(about(plan, mesh, rank, subject));
    }
    let files = machines
        .iter()
        .filter_map(|entry: &Entry| files(mesh, entry));
    let files = files.take(MOST / 2).collect();
    let mut bunches = vec![
        bunch(t!("Machines"), machines),
        bunch(t!("Pairs"), pairs),
        bunch(t!("Sites"), sites),
        bunch(t!("Commands"), deeds(query, |_| true)),
        bunch(t!("Findings"), findings(mesh, query)),
        bunch(t!("Files"), files),
    ];
    bunches.retain(|bunch| !bunch.entries.is_empty());
    crate::sorting::sort_by_key(&mut bunches, |bunch| {
        bunch.entries.first().map(|entry| entry.rank)
    });
    bunches
}

fn bunch(name: AttrValue, mut entries: Vec<Entry>) -> Bunch {
    entries.truncate(MOST);
    Bunch { name, entries }
}

/// What can be done.
fn deeds(query: &Query, of: impl Fn(&Row) -> bool) -> Vec<Entry> {
    let rows = ROWS
        .iter()
        .filter(|row| row.place != Where::Told && row.deed != Deed::Search && of(row));
    let mut entries: Vec<Entry> = rows
        .filter_map(|row| {
            let text = row.deed.name();
            Some(Entry {
                rank: query.rank(&text)?,
                glyph: row.glyph,
                text,
                note: AttrValue::default(),
                key: row.keys.first().map(|key| shown(key)),
                aim: Aim::Deed(row.deed),
            })
        })
        .collect();
    if !query.is_empty() {
        crate::sorting::sort_by_key(&mut entries, |entry| entry.rank);
    }
    entries
}

fn about(plan: &Plan, mesh: &Mesh, rank: usize, subject: Subject) -> Option<Entry> {
    let name = |id: &NodeId| plan.nodes.get(id).map(|node| node.name.to_string());
    let (glyph, text, note) = match &subject {
        Subject::Node(id) => {
            let node = plan.nodes.get(id)?;
            let address = node
                .addresses
                .iter()
                .next()
                .map(|address| address.to_string());
            (
                of_form(node.form),
                node.name.to_string(),
                address.unwrap_or_default(),
            )
        }
        Subject::Site(id) => {
            let site = plan.sites.get(id)?;
            let lans: Vec<String> = site.lans.iter().map(ToString::to_string).collect();
            (Glyph::House, site.name.to_string(), lans.join(", "))
        }
        Subject::Pair(key) => {
            let (a, b) = key.ends();
            let pair = mesh.pair(mesh.position(a)?, mesh.position(b)?)?;
            let verdict = crate::editor::scene::verdict_words(mesh, &pair.verdict);
            (
                Glyph::BothWays,
                format!("{} \u{2194} {}", name(a)?, name(b)?),
                verdict,
            )
        }
        Subject::Plan => return None,
    };
    Some(Entry {
        rank,
        glyph,
        text: text.into(),
        note: note.into(),
        key: None,
        aim: Aim::Subject(subject),
    })
}

/// The files of a machine that was found.
fn files(mesh: &Mesh, entry: &Entry) -> Option<Entry> {
    let Aim::Subject(Subject::Node(id)) = &entry.aim else {
        return None;
    };
    let node = mesh.nodes.get(mesh.position(id)?)?;
    gets_files(node).then(|| Entry {
        rank: entry.rank + 1,
        glyph: Glyph::File,
        text: t!("Files of {}", node.name),
        note: AttrValue::default(),
        key: None,
        aim: Aim::Files(id.clone()),
    })
}

fn findings(mesh: &Mesh, query: &Query) -> Vec<Entry> {
    let mut entries: Vec<Entry> = mesh
        .findings
        .iter()
        .filter_map(|finding| {
            let text = finding.text.clone();
            let by_code = query.rank(finding.code.as_str());
            Some(Entry {
                // A sentence holds nearly every letter, so it must not win.
                rank: by_code.or_else(|| query.rank(&text).map(|rank| rank + 128))?,
                glyph: Glyph::Warning,
                text: text.into(),
                note: finding.code.as_str().into(),
                key: None,
                aim: Aim::Subject(finding.subject.clone()),
            })
        })
        .collect();
    crate::sorting::sort_by_key(&mut entries, |entry| entry.rank);
    entries
}
