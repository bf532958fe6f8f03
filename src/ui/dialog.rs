//! Questions and notes that stand in front of the page.

mod modal;

use std::rc::Rc;

use yew::prelude::*;

use super::exporting::stops_of;
use super::proving::{Proved, Proving, Stop};
use super::session::{Action, Dialog, Download, use_dispatch};
use super::words::t;
use crate::mesh::{Mesh, Verdict};
use crate::proof::Target;

pub use modal::Modal;

/// What [`Dialogs`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct DialogsProps {
    /// What stands in front of the page.
    #[prop_or_default]
    pub dialog: Option<Dialog>,
    /// Names the pairs that do not connect.
    pub mesh: Rc<Mesh>,
    /// Says what does not get through, and why.
    pub proof: Proving,
    /// The person confirmed this dialog. It is closed already.
    pub on_confirm: Callback<Dialog>,
}

/// The dialog that is open, if one is.
#[component]
pub fn Dialogs(props: &DialogsProps) -> Html {
    let dispatch = use_dispatch();
    let Some(dialog) = &props.dialog else {
        return html! {};
    };
    let close = {
        let dispatch = dispatch.clone();
        Callback::from(move |()| dispatch.dispatch(Action::Show(None)))
    };
    let confirm = {
        let (on_confirm, dialog) = (props.on_confirm.clone(), dialog.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Show(None));
            on_confirm.emit(dialog.clone());
        })
    };
    let words = Words::of(dialog, props);
    html! {
        <Modal id="dialog" title={words.title} on_close={close.clone()}>
            { for words.text.into_iter().map(|text| html! { <p class="dialog__text">{ text }</p> }) }
            <div class="dialog__buttons">
                // The harmless answer has the focus first.
                <button type="button" class="button" autofocus=true onclick={close.reform(|_| ())}>{ words.no }</button>
                if let Some(yes) = words.yes {
                    <button
                        type="button"
                        class={classes!("button", if words.destroys { "button--danger" } else { "button--primary" })}
                        onclick={confirm}
                    >{ yes }</button>
                }
            </div>
        </Modal>
    }
}

/// What a dialog says.
struct Words {
    title: AttrValue,
    text: Vec<AttrValue>,
    yes: Option<&'static str>,
    no: &'static str,
    destroys: bool,
}

impl Words {
    fn of(dialog: &Dialog, props: &DialogsProps) -> Self {
        let words = |title: &'static str,
                     text: &[&'static str],
                     yes: &'static str,
                     no: &'static str| Self {
            title: title.into(),
            text: text.iter().map(|text| AttrValue::Static(text)).collect(),
            yes: Some(yes),
            no,
            destroys: false,
        };
        match dialog {
            Dialog::DownloadBroken(what) => match props.proof.done() {
                Some(proved) => unproved(proved, what),
                None => broken(&props.mesh, what),
            },
            Dialog::ExportKeyring => words(
                "Export all keys?",
                &[
                    "The keyring file holds every private and preshared key of this mesh, readable for whoever has the file.",
                    "It is the backup of your secrets: with it and the project file the same files can be written again, in any browser.",
                ],
                "Export keyring",
                "Cancel",
            ),
            Dialog::ForgetSecrets => Self {
                destroys: true,
                ..words(
                    "Forget the keys of this mesh?",
                    &[
                        "All private and preshared keys of this mesh are deleted from this browser. This cannot be undone.",
                        "Files that you have downloaded keep working. New files need the keyring file, or new keys on every machine.",
                    ],
                    "Forget secrets",
                    "Keep them",
                )
            },
            Dialog::ReplacePlan(plan) => Self {
                title: t!("Open {} in place of what is here?", plan.name),
                destroys: true,
                ..words(
                    "",
                    &[
                        "This browser has another version of this project, or the open mesh could not be stored. That one gives way. Download its project file first if you want it back.",
                    ],
                    "Replace it",
                    "Keep this one",
                )
            },
            Dialog::CannotOpen(why) => Self {
                text: vec![
                    why.clone(),
                    AttrValue::Static("The mesh that is open now is as it was."),
                ],
                yes: None,
                ..words("This file cannot be opened", &[], "", "Close")
            },
            Dialog::StoredPlanUnreadable { problem, .. } => Self {
                text: vec![
                    problem.clone(),
                    AttrValue::Static(
                        "Nothing is lost: save the stored text to a file. It stays in this browser until you delete it from the list of projects.",
                    ),
                ],
                ..words(
                    "The mesh stored in this browser cannot be read",
                    &[],
                    "Save its text to a file",
                    "Close",
                )
            },
        }
    }
}

/// How many of what is broken are named.
const NAMED: usize = 4;

/// What does not get through by the files of a download, and why.
fn unproved(proved: &Proved, what: &Download) -> Words {
    let mut text: Vec<AttrValue> = Vec::new();
    let mut count = 0;
    for (stop, target) in stops_of(proved, what) {
        let back = |stop: Stop| Stop {
            from: stop.place,
            place: stop.from,
        };
        let both = matches!(target, Target::Machine(_)) && proved.stops.contains(&back(stop));
        // Of a pair that fails both ways one is enough.
        if both && stop.from > stop.place {
            continue;
        }
        count += 1;
        if count <= NAMED {
            let ends = if both {
                format!("{} and {}", proved.name(stop.from), proved.name(stop.place))
            } else {
                proved.between(stop.from, target)
            };
            let why = proved.trouble(stop).map_or("", |trouble| &trouble.text);
            text.push(format!("{ends}: {why}").into());
        }
    }
    if count > NAMED {
        text.push(format!("And {} more.", count - NAMED).into());
    }
    text.push(AttrValue::Static(
        "Everything else gets through with these files. The matrix shows where a packet stops.",
    ));
    Words {
        title: match count {
            1 => AttrValue::Static("A connection does not get through"),
            _ => format!("{count} connections do not get through").into(),
        },
        text,
        yes: Some("Download all the same"),
        no: "Back",
        destroys: false,
    }
}

/// The same as far as the planner knows it.
fn broken(mesh: &Mesh, what: &Download) -> Words {
    let pairs: Vec<String> = mesh
        .pairs
        .iter()
        .filter(|pair| pair.verdict == Verdict::Impossible)
        .map(|pair| format!("{} and {}", mesh.name(pair.a), mesh.name(pair.b)))
        .collect();
    let count = pairs.len();
    let named: Vec<&str> = pairs.iter().take(5).map(String::as_str).collect();
    let rest = if count > named.len() {
        format!(", and {} more", count - named.len())
    } else {
        String::new()
    };
    let file = match what {
        Download::File(_) | Download::QrCode(_) | Download::Project | Download::Keyring => {
            "the file is"
        }
        Download::Archive | Download::PhoneArchive => "the files are",
    };
    let title = if count == 1 {
        "1 pair cannot connect".to_owned()
    } else {
        format!("{count} pairs cannot connect")
    };
    Words {
        title: title.into(),
        text: vec![
            format!("{}{rest}.", named.join("; ")).into(),
            format!(
                "All other pairs connect, and {file} right for them. Findings says what is missing."
            )
            .into(),
        ],
        yes: Some("Download all the same"),
        no: "Back",
        destroys: false,
    }
}
