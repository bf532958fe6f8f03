//! The list of all projects in this browser: on a sheet of its own under the
//! ways to begin, and beside the drawing while no project is open.

mod rename;
mod row;

use std::cmp::Reverse;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::dialog::Modal;
use super::session::{Action, use_dispatch};
use super::start::{Beginning, doors};
use super::start_up::read_stored;
use super::words::t;
use crate::browser::{focus, plan_store};
use crate::editor::Command;
use crate::plan::{Label, Plan};
use crate::project::write_plan;
use crate::sorting;

use row::{Standing, row};

/// From how many projects on there is a field to search them.
const MANY: usize = 8;

/// A stored project as the list shows it.
struct Entry {
    id: String,
    text: String,
    /// Its name and how many machines it has, unless it cannot be read.
    read: Result<(String, usize), String>,
    changed: Option<String>,
}

/// What was done last, and the way back.
#[derive(Clone, PartialEq)]
struct Undo {
    id: String,
    /// What is stored again.
    text: String,
    /// What was done.
    said: AttrValue,
    /// Whether keys are left that nothing needs any more.
    keys: bool,
    /// Whether it was open.
    open: bool,
}

/// What can be done with a row.
struct Hands {
    store: Callback<(String, String)>,
    open: Callback<String>,
    delete: Callback<(String, String, AttrValue)>,
    /// A row's name shall be changed.
    begin: Callback<String>,
    /// It was, or was not.
    end: Callback<(String, Option<Label>, bool)>,
}

fn entries() -> Vec<Entry> {
    let entry = |id: String| {
        let text = plan_store::load(&id).ok().flatten()?;
        let plan = read_stored(&id, &text);
        let read = plan
            .map(|plan| (plan.name.to_string(), plan.nodes.len()))
            .map_err(|problem| problem.to_string());
        let changed = plan_store::changed(&id);
        Some(Entry {
            id,
            text,
            read,
            changed,
        })
    };
    // The plan of an older version is here only if it could not be read.
    let ids = std::iter::once(String::new()).chain(plan_store::projects());
    let mut entries: Vec<Entry> = ids.filter_map(entry).collect();
    sorting::sort_by_key(&mut entries, |entry| {
        (Reverse(entry.changed.clone()), entry.id.clone())
    });
    entries
}

/// What [`ProjectList`] does.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ProjectListProps {
    /// The open project, if one is.
    pub open: Option<Rc<Plan>>,
    /// Opens a project.
    pub on_open: Callback<String>,
    /// The open project is being deleted.
    pub on_close: Callback<()>,
    /// Forgets the keys of a project.
    pub on_forget: Callback<String>,
}

/// The list.
#[component]
pub(super) fn ProjectList(props: &ProjectListProps) -> Html {
    let dispatch = use_dispatch();
    let turn = use_state(|| 0_u32);
    let wanted = use_state(String::new);
    let gone = use_state(|| None::<Undo>);
    let renamed = use_state_eq(|| None::<String>);
    let entries = use_memo(*turn, |_| entries());
    let again = {
        let turn = turn.clone();
        move || turn.set(*turn + 1)
    };
    let open = props.open.as_ref();
    let open_id = open
        .and_then(|plan| plan.id.as_ref())
        .map(ToString::to_string);
    let say = {
        let dispatch = dispatch.clone();
        move |problem: AttrValue| dispatch.dispatch(Action::Say(problem))
    };
    let store = {
        let (again, say) = (again.clone(), say.clone());
        Callback::from(move |(id, text): (String, String)| {
            match plan_store::save(&id, &text) {
                Ok(()) => plan_store::note_change(&id),
                Err(problem) => say(problem.to_string().into()),
            }
            again();
        })
    };
    let begin = {
        let renamed = renamed.setter();
        Callback::from(move |id: String| renamed.set(Some(id)))
    };
    let end = {
        let (gone, again, renamed) = (gone.clone(), again.clone(), renamed.setter());
        let (say, dispatch) = (say.clone(), dispatch.clone());
        let (open, entries) = (open_id.clone(), entries.clone());
        Callback::from(move |(id, label, here): (String, Option<Label>, bool)| {
            renamed.set(None);
            if here {
                focus_soon(rename_button(&id));
            }
            let Some(label) = label else { return };
            if open.as_ref() == Some(&id) {
                dispatch.dispatch(Command::RenamePlan(label).into());
                return;
            }
            let entry = entries.iter().find(|entry| entry.id == id);
            let Some((entry, mut plan)) =
                entry.and_then(|entry| Some((entry, read_stored(&id, &entry.text).ok()?)))
            else {
                return;
            };
            let said = t!("Renamed {} to {}.", plan.name, label);
            plan.name = label;
            // It keeps its place in the list, which is sorted by the work on it.
            match plan_store::save(&id, &write_plan(&plan)) {
                Ok(()) => gone.set(Some(Undo {
                    id,
                    text: entry.text.clone(),
                    said,
                    keys: false,
                    open: false,
                })),
                Err(problem) => say(problem.to_string().into()),
            }
            again();
        })
    };
    let delete = {
        let (gone, again) = (gone.clone(), again.clone());
        let (open, on_close) = (open_id.clone(), props.on_close.clone());
        Callback::from(move |(id, text, name): (String, String, AttrValue)| {
            let open = open.as_ref() == Some(&id);
            match plan_store::clear(&id) {
                Ok(()) => {
                    if open {
                        on_close.emit(());
                    }
                    let said = t!(
                        "Deleted {}. Its keys are still sealed in this browser.",
                        name
                    );
                    gone.set(Some(Undo {
                        id,
                        text,
                        said,
                        keys: true,
                        open,
                    }));
                    // The button that was pressed goes with its row.
                    focus_soon("projects-undo".to_owned());
                }
                Err(problem) => say(problem.to_string().into()),
            }
            again();
        })
    };
    let on_open = {
        let (on_open, open) = (props.on_open.clone(), open_id.clone());
        Callback::from(move |id: String| {
            // Who chooses the open one goes on with it.
            if open.as_ref() == Some(&id) {
                dispatch.dispatch(Action::ShowSheet(None));
            } else {
                on_open.emit(id);
            }
        })
    };
    let hands = Hands {
        store,
        open: on_open,
        delete,
        begin,
        end,
    };
    let low = wanted.to_lowercase();
    let matches = |entry: &&Entry| match &entry.read {
        Ok((name, _)) => name.to_lowercase().contains(&low),
        Err(_) => true,
    };
    let search = {
        let wanted = wanted.setter();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            wanted.set(input.value());
        })
    };
    let first = (entries.len() < MANY).then(|| {
        let other = |entry: &&Entry| entry.read.is_ok() && open_id.as_ref() != Some(&entry.id);
        entries.iter().find(other).map(|entry| entry.id.clone())
    });
    let rows = entries.iter().filter(matches).map(|entry| {
        let standing = Standing {
            open: open_id.as_ref() == Some(&entry.id),
            renames: renamed.as_deref() == Some(&entry.id),
            first: first
                .as_ref()
                .is_some_and(|first| first.as_ref() == Some(&entry.id)),
        };
        row(entry, open, standing, &hands)
    });
    html! {
        <>
            if entries.len() >= MANY {
                <input class="input" type="search" autofocus=true aria-label={t!("Search projects")} placeholder={t!("Search projects")} oninput={search} />
            }
            <div role="status">{ gone_row(&gone, &hands.store, props) }</div>
            if !entries.is_empty() {
                <ul class="projects" aria-label={t!("Projects in this browser")} onkeydown={Callback::from(walk)}>{ for rows }</ul>
            }
        </>
    }
}

/// Focuses what is there after the next render.
fn focus_soon(id: String) {
    Timeout::new(0, move || {
        focus::by_id(&id);
    })
    .forget();
}

/// The up and down arrows go from project to project.
fn walk(event: KeyboardEvent) {
    let name = |row: Option<Element>| row?.query_selector("button.projects__name").ok()?;
    let row = || focus::holder()?.closest(".projects__row").ok()?;
    let next = match event.key().as_str() {
        "ArrowDown" => row().and_then(|row| row.next_element_sibling()),
        "ArrowUp" => row().and_then(|row| row.previous_element_sibling()),
        _ => return,
    };
    // A field has its own use for arrows.
    if event.target_dyn_into::<HtmlInputElement>().is_none() {
        event.prevent_default();
        if let Some(name) = name(next) {
            focus::give(&name);
        }
    }
}

/// What [`ProjectSheet`] does.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ProjectSheetProps {
    /// What the list does.
    pub list: ProjectListProps,
    /// A way to begin was chosen.
    pub on_choose: Callback<Beginning>,
}

/// The list on a sheet, under the ways to begin.
#[component]
pub(super) fn ProjectSheet(props: &ProjectSheetProps) -> Html {
    let dispatch = use_dispatch();
    let close = Callback::from(move |()| dispatch.dispatch(Action::ShowSheet(None)));
    html! {
        <Modal id="projects" class="dialog--projects" title={t!("Projects in this browser")} on_close={close}>
            { doors(&props.on_choose, true) }
            <ProjectList ..props.list.clone() />
        </Modal>
    }
}

/// What was done last, and the way back.
fn gone_row(
    gone: &UseStateHandle<Option<Undo>>,
    store: &Callback<(String, String)>,
    props: &ProjectListProps,
) -> Html {
    let Some(done) = gone.as_ref() else {
        return Html::default();
    };
    let undo = {
        let back = (done.id.clone(), done.text.clone());
        let (gone, store) = (gone.setter(), store.clone());
        let on_open = done.open.then(|| props.on_open.clone());
        Callback::from(move |_: MouseEvent| {
            store.emit(back.clone());
            gone.set(None);
            if let Some(on_open) = &on_open {
                on_open.emit(back.0.clone());
            }
        })
    };
    let forget = {
        let (id, on_forget) = (done.id.clone(), props.on_forget.clone());
        Callback::from(move |_: MouseEvent| on_forget.emit(id.clone()))
    };
    html! {
        <div class="projects__gone">
            <p>{ &done.said }</p>
            <button type="button" id="projects-undo" class="button button--small" onclick={undo}>{ t!("Undo") }</button>
            if done.keys {
                <button type="button" class="button button--small" onclick={forget}>{ t!("Delete its keys for good") }</button>
            }
        </div>
    }
}

/// The id of the button that renames a project.
fn rename_button(id: &str) -> String {
    format!("rename-{id}")
}
