//! The list of all projects in this browser.

mod rename;

use std::cmp::Reverse;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::dialog::Modal;
use super::opening::copy_of;
use super::session::{Action, use_dispatch};
use super::start_up::read_stored;
use super::words::t;
use crate::browser::{download, focus, plan_store};
use crate::editor::Command;
use crate::plan::{Label, ProjectId};
use crate::project::write_plan;
use crate::sorting;

use rename::Rename;

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
}

/// What can be done with a row.
struct Hands {
    store: Callback<(String, String)>,
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
    /// The open project.
    pub open: Option<ProjectId>,
    /// What the open project is called.
    pub name: AttrValue,
    /// Opens a project.
    pub on_open: Callback<String>,
    /// Begins an empty one.
    pub on_new: Callback<()>,
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
    let close = {
        let dispatch = dispatch.clone();
        Callback::from(move |()| dispatch.dispatch(Action::ShowSheet(None)))
    };
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
        let (gone, again, renamed, say) =
            (gone.clone(), again.clone(), renamed.setter(), say.clone());
        let (open, entries) = (props.open.clone(), entries.clone());
        Callback::from(move |(id, label, here): (String, Option<Label>, bool)| {
            renamed.set(None);
            if here {
                // The button is there again after the next render.
                let button = rename_button(&id);
                Timeout::new(0, move || {
                    focus::by_id(&button);
                })
                .forget();
            }
            let Some(label) = label else { return };
            if open.as_ref().is_some_and(|open| open.as_str() == id) {
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
                })),
                Err(problem) => say(problem.to_string().into()),
            }
            again();
        })
    };
    let delete = {
        let (gone, again) = (gone.clone(), again.clone());
        Callback::from(move |(id, text, name): (String, String, AttrValue)| {
            match plan_store::clear(&id) {
                Ok(()) => {
                    let said = t!(
                        "Deleted {}. Its keys are still sealed in this browser.",
                        name
                    );
                    gone.set(Some(Undo {
                        id,
                        text,
                        said,
                        keys: true,
                    }));
                }
                Err(problem) => say(problem.to_string().into()),
            }
            again();
        })
    };
    let hands = Hands {
        store,
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
            let input: web_sys::HtmlInputElement = event.target_unchecked_into();
            wanted.set(input.value());
        })
    };
    html! {
        <Modal id="projects" class="dialog--projects" title={t!("Projects in this browser")} on_close={close}>
            if entries.len() >= MANY {
                <input class="input" type="search" aria-label={t!("Search projects")} placeholder={t!("Search projects")} oninput={search} />
            }
            <div role="status">{ gone_row(&gone, &hands.store, &props.on_forget) }</div>
            if entries.is_empty() {
                <p class="dialog__text">{ t!("No project is stored yet. Keep the example or start an empty one.") }</p>
            }
            <ul class="projects">
                { for entries.iter().filter(matches).map(|entry| row(entry, props, renamed.as_deref() == Some(&entry.id), &hands)) }
            </ul>
            <div class="dialog__buttons">
                <button type="button" class="button button--primary" onclick={props.on_new.reform(|_| ())}>{ t!("New project") }</button>
            </div>
        </Modal>
    }
}

/// What was done last, and the way back.
fn gone_row(
    gone: &UseStateHandle<Option<Undo>>,
    store: &Callback<(String, String)>,
    on_forget: &Callback<String>,
) -> Html {
    let Some(done) = gone.as_ref() else {
        return Html::default();
    };
    let undo = {
        let back = (done.id.clone(), done.text.clone());
        let (gone, store) = (gone.setter(), store.clone());
        Callback::from(move |_: MouseEvent| {
            store.emit(back.clone());
            gone.set(None);
        })
    };
    let forget = {
        let (id, on_forget) = (done.id.clone(), on_forget.clone());
        Callback::from(move |_: MouseEvent| on_forget.emit(id.clone()))
    };
    html! {
        <div class="projects__gone">
            <p>{ &done.said }</p>
            <button type="button" class="button button--small" onclick={undo}>{ t!("Undo") }</button>
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

fn row(entry: &Entry, props: &ProjectListProps, renames: bool, hands: &Hands) -> Html {
    let id = entry.id.clone();
    let is_open = props.open.as_ref().is_some_and(|open| open.as_str() == id);
    let name = match &entry.read {
        // What is open may not be stored yet.
        Ok(_) if is_open => props.name.clone(),
        Ok((name, _)) => AttrValue::from(name.clone()),
        Err(_) => t!("A project that cannot be read"),
    };
    let open = props.on_open.reform({
        let id = id.clone();
        move |_: MouseEvent| id.clone()
    });
    let remove = hands.delete.reform({
        let gone = (id.clone(), entry.text.clone(), name.clone());
        move |_: MouseEvent| gone.clone()
    });
    let begin = hands.begin.reform({
        let id = id.clone();
        move |_: MouseEvent| id.clone()
    });
    let end = hands.end.reform({
        let id = id.clone();
        move |(label, here)| (id.clone(), label, here)
    });
    let text = entry.text.clone();
    let buttons = if entry.read.is_ok() {
        small(
            t!("Duplicate"),
            t!("Duplicate {}", name),
            duplicate(&id, text, &hands.store),
        )
    } else {
        let save = Callback::from(move |_: MouseEvent| {
            // The text is still there if the browser refuses.
            let _ = download::save(
                "meshwright-stored.json",
                "application/json",
                text.as_bytes(),
            );
        });
        small(t!("Save its text"), t!("Save the text of {}", name), save)
    };
    html! {
        <li key={id.clone()} class="projects__row">
            <div class="projects__words">
                if renames {
                    <Rename name={name.clone()} on_end={end} />
                } else if entry.read.is_ok() && !is_open {
                    <button type="button" class="projects__name" onclick={open}>{ name.clone() }</button>
                } else {
                    <span class="projects__name">{ name.clone() }</span>
                }
                <span class="projects__note">{ note(entry, is_open) }</span>
            </div>
            if entry.read.is_ok() && !renames {
                <button
                    type="button" id={rename_button(&id)} class="button button--small"
                    aria-label={t!("Rename {}", name)} onclick={begin}
                >
                    { t!("Rename") }
                </button>
            }
            { buttons }
            if !is_open {
                { small(t!("Delete"), t!("Delete {}", name), remove) }
            }
        </li>
    }
}

fn duplicate(id: &str, text: String, store: &Callback<(String, String)>) -> Callback<MouseEvent> {
    let id = id.to_owned();
    store.reform(move |_: MouseEvent| {
        let copy = read_stored(&id, &text).map(|plan| copy_of(&plan));
        match copy {
            Ok(copy) => {
                let id = copy.id.as_ref().map_or("", ProjectId::as_str);
                (id.to_owned(), write_plan(&copy))
            }
            // It was read a moment ago; what is there stays as it is.
            Err(_) => (id.clone(), text.clone()),
        }
    })
}

/// How large it is and when it changed, or why it cannot be read.
fn note(entry: &Entry, is_open: bool) -> AttrValue {
    let machines = match &entry.read {
        Ok((_, 1)) => t!("1 machine"),
        Ok((_, count)) => t!("{} machines", count),
        Err(problem) => return problem.clone().into(),
    };
    if is_open {
        return t!("{}, open now", machines);
    }
    match &entry.changed {
        Some(changed) => t!("{}, changed {}", machines, plan_store::local_time(changed)),
        None => machines,
    }
}

fn small(words: AttrValue, label: AttrValue, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="button button--small" aria-label={label} {onclick}>{ words }</button> }
}
