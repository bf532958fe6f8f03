//! The files of every machine: a list, a preview and, for apps, a QR code.

use std::rc::Rc;

use yew::prelude::*;

use super::DrawerProps;
use super::preview::{Preview, Written};
use super::qr::QrPanel;
use crate::mesh::Mesh;
use crate::plan::{NodeId, Plan};
use crate::project::write_plan;
use crate::render::{self, Artifact, Kind, artifacts_of, common_artifacts};
use crate::ui::exporting::stops_of;
use crate::ui::icon::{Glyph, Icon, of_form};
use crate::ui::session::{Action, Dispatch, Download, Kept, Keys, Secrets, use_dispatch};

/// A file of the project that belongs to no machine, and whose files were
/// asked for when it was opened. Asking for others closes it.
#[derive(Clone, PartialEq)]
struct Own {
    kind: Kind,
    during: Option<NodeId>,
}

/// The files. Takes the drawer's props, because it needs nearly all of them.
#[component]
pub fn Files(props: &DrawerProps) -> Html {
    let secrets = match &props.keys {
        Keys::Ready(secrets) => Some(secrets.clone()),
        Keys::Loading | Keys::Ask | Keys::Failed(_) => None,
    };
    let dispatch = use_dispatch();
    let own = use_state_eq(|| None::<Own>);
    let mesh = &props.mesh;
    let kind = own
        .as_ref()
        .filter(|own| own.during == props.file_of)
        .map(|own| own.kind);
    let place = props
        .file_of
        .as_ref()
        .and_then(|id| mesh.position(id))
        .or_else(|| mesh.nodes.iter().position(render::gets_files))
        .filter(|_| kind.is_none());
    let of = (props.plan.clone(), mesh.clone(), secrets.clone());
    let listed = use_memo(of.clone(), |(plan, mesh, secrets)| {
        list(plan, mesh, secrets.as_ref())
    });
    let written = use_memo((of, place), |((plan, mesh, secrets), place)| {
        write_files(plan, mesh, secrets.as_ref(), *place).map(Rc::new)
    });
    let (Some(secrets), Some(files), Some(written)) = (secrets, listed.as_ref(), written.as_ref())
    else {
        return waiting(props);
    };
    let open = {
        let (own, during) = (own.setter(), props.file_of.clone());
        move |kind: Option<Kind>| {
            own.set(kind.map(|kind| Own {
                kind,
                during: during.clone(),
            }));
        }
    };
    let written = Written(written.clone());
    let qr = place.filter(|place| {
        mesh.nodes
            .get(*place)
            .is_some_and(|node| node.platform.is_app() && render::gets_files(node))
    });
    html! {
        <div class="files">
            <h2 class="visually-hidden">{ "Files" }</h2>
            <nav class="files__list" aria-label="Files by machine">
                <ul>
                    { for mesh.nodes.iter().enumerate().map(|(at, node)| {
                        let about = About::of_node(&props.plan, &node.id, node.name.as_str(), files);
                        let open = open.clone();
                        about.row(place == Some(at), show(&dispatch, &node.id, move || open(None)))
                    }) }
                </ul>
                <ul>
                    { for [Kind::Readme, Kind::Project].into_iter().map(|of| {
                        let open = open.clone();
                        About::of_kind(of, files).row(kind == Some(of), Callback::from(move |_| open(Some(of))))
                    }) }
                </ul>
                if let Kept::InMemory(why) = &props.kept {
                    <p class="files__kept"><Icon glyph={Glyph::Warning} size={14} /><span>{ format!("Keys are in this tab only. {why}") }</span></p>
                }
            </nav>
            <Preview
                mesh={mesh.clone()} secrets={secrets.clone()} {written} {place} {kind} line={props.line.clone()} proof={props.proof.clone()}
                on_copy={props.on_copy.clone()} on_download={props.on_download.clone()}
            />
            if let Some(place) = qr {
                <QrPanel key={place} mesh={mesh.clone()} {secrets} {place} stops={stops(props, place)} on_download={props.on_download.clone()} />
            }
        </div>
    }
}

/// How many connections of a machine do not get through.
fn stops(props: &DrawerProps, place: usize) -> usize {
    let node = props.mesh.nodes.get(place);
    let proved = props.proof.done().zip(node);
    proved.map_or(0, |(proved, node)| {
        stops_of(proved, &Download::QrCode(node.id.clone())).count()
    })
}

/// The files that show: those of one machine, or the project's own.
fn write_files(
    plan: &Plan,
    mesh: &Mesh,
    secrets: Option<&Secrets>,
    place: Option<usize>,
) -> Option<Vec<Artifact>> {
    let keys = render::Keys::complete(mesh, &secrets?.0).ok()?;
    Some(match place {
        Some(place) => artifacts_of(mesh, place, &keys),
        None => common_artifacts(plan, mesh, write_plan(plan)).into(),
    })
}

/// What is told of a file in the list.
#[derive(PartialEq)]
struct Listed {
    node: Option<NodeId>,
    kind: Kind,
    path: String,
    bytes: usize,
}

impl From<Artifact> for Listed {
    fn from(file: Artifact) -> Self {
        Self {
            bytes: file.length(),
            node: file.node,
            kind: file.kind,
            path: file.path,
        }
    }
}

/// All files without their texts, which are written one after the other: those
/// of a large mesh would take tens of megabytes together.
fn list(plan: &Plan, mesh: &Mesh, secrets: Option<&Secrets>) -> Option<Vec<Listed>> {
    let keys = render::Keys::complete(mesh, &secrets?.0).ok()?;
    let places = 0..mesh.nodes.len();
    let machines = places.flat_map(|place| artifacts_of(mesh, place, &keys));
    let common = common_artifacts(plan, mesh, write_plan(plan));
    Some(machines.chain(common).map(Listed::from).collect())
}

fn show(dispatch: &Dispatch, id: &NodeId, first: impl Fn() + 'static) -> Callback<MouseEvent> {
    let (dispatch, id) = (dispatch.clone(), id.clone());
    Callback::from(move |_| {
        first();
        dispatch.dispatch(Action::ShowFilesOf(id.clone()));
    })
}

/// One line of the list.
struct About {
    glyph: Glyph,
    name: String,
    note: String,
    bytes: usize,
}

impl About {
    fn of_node(plan: &Plan, id: &NodeId, name: &str, files: &[Listed]) -> Self {
        let own: Vec<&Listed> = files
            .iter()
            .filter(|file| file.node.as_ref() == Some(id))
            .collect();
        let config = own
            .iter()
            .find(|file| file.kind == Kind::Config)
            .map_or("no file yet", |file| file_name(&file.path));
        let note = if own.len() > 1 {
            format!("{config}, {} more", own.len() - 1)
        } else {
            config.to_owned()
        };
        Self {
            glyph: plan
                .nodes
                .get(id)
                .map_or(Glyph::Computer, |node| of_form(node.form)),
            name: name.to_owned(),
            note,
            bytes: own.iter().map(|file| file.bytes).sum(),
        }
    }

    fn of_kind(kind: Kind, files: &[Listed]) -> Self {
        let (glyph, name, note) = match kind {
            Kind::Readme => (Glyph::Book, "README", "bring-up, in order"),
            _ => (Glyph::Folder, "Project file", "no secrets inside"),
        };
        let bytes = files
            .iter()
            .filter(|file| file.node.is_none() && file.kind == kind)
            .map(|file| file.bytes)
            .sum();
        Self {
            glyph,
            name: name.to_owned(),
            note: note.to_owned(),
            bytes,
        }
    }

    fn row(self, current: bool, onclick: Callback<MouseEvent>) -> Html {
        html! {
            <li>
                <button type="button" class={classes!("file-row", current.then_some("is-selected"))} aria-current={current.then_some("true")} {onclick}>
                    <Icon glyph={self.glyph} />
                    <span class="file-row__words">
                        <span class="file-row__name">{ self.name }</span>
                        <span class="file-row__note">{ self.note }</span>
                    </span>
                    <span class="file-row__size">{ size_words(self.bytes) }</span>
                </button>
            </li>
        }
    }
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A length as people say it.
fn size_words(bytes: usize) -> String {
    match bytes {
        0 => String::new(),
        1..=999 => format!("{bytes} B"),
        _ => format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100),
    }
}

/// What to show while there are no keys to write files with.
fn waiting(props: &DrawerProps) -> Html {
    match &props.keys {
        Keys::Ask => html! {
            <div class="empty">
                <Icon glyph={Glyph::Key} size={20} />
                <h2 class="empty__title">{ "This browser has no keys for this mesh" }</h2>
                <p class="empty__text">
                    { "If the mesh is running already, open its keyring file: new keys would lock every machine out until all files are replaced. For a new mesh, make new keys." }
                </p>
                <div class="buttons">
                    <button type="button" class="button button--primary" onclick={props.on_open_keyring.reform(|_| ())}>{ "Open keyring file\u{2026}" }</button>
                    <button type="button" class="button" onclick={props.on_make_keys.reform(|_| ())}>{ "Make new keys" }</button>
                </div>
            </div>
        },
        Keys::Failed(why) => html! {
            <div class="empty" role="alert">
                <Icon glyph={Glyph::Error} size={20} />
                <h2 class="empty__title">{ "No keys, so no files" }</h2>
                <p class="empty__text">{ why }</p>
            </div>
        },
        Keys::Loading | Keys::Ready(_) => html! {
            <div class="empty" role="status"><h2 class="empty__title">{ "Making keys\u{2026}" }</h2></div>
        },
    }
}
