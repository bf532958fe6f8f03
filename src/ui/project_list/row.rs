//! A project of the list.

use std::rc::Rc;

use yew::prelude::*;

use super::rename::Rename;
use super::{Entry, Hands, rename_button};
use crate::browser::{download, plan_store};
use crate::plan::{Plan, ProjectId};
use crate::project::write_plan;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::opening::copy_of;
use crate::ui::start_up::read_stored;
use crate::ui::words::t;

/// How a row stands among the others.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    /// It is the open project.
    pub open: bool,
    /// Its name is being changed.
    pub renames: bool,
    /// It has the focus when the list comes.
    pub first: bool,
}

/// A row. What is open may not be stored yet, so it comes with its plan.
pub(super) fn row(
    entry: &Entry,
    open: Option<&Rc<Plan>>,
    standing: Standing,
    hands: &Hands,
) -> Html {
    let id = entry.id.clone();
    let open = open.filter(|_| standing.open);
    let renames = standing.renames;
    let name = match &entry.read {
        Ok((name, _)) => open
            .map_or_else(|| name.clone(), |plan| plan.name.to_string())
            .into(),
        Err(_) => t!("A project that cannot be read"),
    };
    let choose = hands.open.reform({
        let id = id.clone();
        move |_: MouseEvent| id.clone()
    });
    let remove = hands.delete.reform({
        let text = open.map_or_else(|| entry.text.clone(), |plan| write_plan(plan));
        let gone = (id.clone(), text, name.clone());
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
    let text = open.map_or_else(|| entry.text.clone(), |plan| write_plan(plan));
    let buttons = if entry.read.is_ok() {
        small(
            Glyph::Copy,
            t!("Duplicate {}", name),
            None,
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
        small(Glyph::Download, t!("Save the text of {}", name), None, save)
    };
    html! {
        <li key={id.clone()} class={classes!("projects__row", open.map(|_| "is-open"))} aria-current={open.map(|_| "true")}>
            <div class="projects__words">
                if renames {
                    <Rename name={name.clone()} on_end={end} />
                } else if entry.read.is_ok() {
                    <button type="button" class="projects__name" translate="no" autofocus={standing.first} onclick={choose}>{ name.clone() }</button>
                } else {
                    <span class="projects__name">{ name.clone() }</span>
                }
                <span class="projects__note">{ note(entry, open) }</span>
            </div>
            if entry.read.is_ok() && !renames {
                { small(Glyph::Pencil, t!("Rename {}", name), Some(rename_button(&id)), begin) }
            }
            { buttons }
            { small(Glyph::Trash, t!("Delete {}", name), None, remove) }
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
fn note(entry: &Entry, open: Option<&Rc<Plan>>) -> AttrValue {
    let count = match &entry.read {
        Ok((_, count)) => open.map_or(*count, |plan| plan.nodes.len()),
        Err(problem) => return problem.clone().into(),
    };
    let machines = if count == 1 {
        t!("1 machine")
    } else {
        t!("{} machines", count)
    };
    if open.is_some() {
        return t!("{}, open now", machines);
    }
    match &entry.changed {
        Some(changed) => t!("{}, changed {}", machines, plan_store::local_time(changed)),
        None => machines,
    }
}

fn small(
    glyph: Glyph,
    label: AttrValue,
    id: Option<String>,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button type="button" {id} class="icon-button" aria-label={label.clone()} title={label} {onclick}><Icon {glyph} /></button>
    }
}
