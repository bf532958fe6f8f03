//! One file: what it is called, where it belongs, and its lines.

use std::rc::Rc;

use yew::prelude::*;
use zeroize::Zeroizing;

use super::code::{Code, Lines};
use super::files::file_name;
use crate::mesh::Mesh;
use crate::render::{self, Artifact, Kind, PreviewLine, Shown, Why};
use crate::ui::exporting::stops_of;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::proving::Proving;
use crate::ui::session::{Clip, Download, FileLine, Secrets};
use crate::ui::words::t;

/// The files of what shows as they were written last; compared by identity.
#[derive(Clone)]
pub struct Written(pub Rc<Vec<Artifact>>);

impl PartialEq for Written {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What [`Preview`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct PreviewProps {
    /// The mesh.
    pub mesh: Rc<Mesh>,
    /// Its keys.
    pub secrets: Secrets,
    /// The files of what shows.
    pub written: Written,
    /// Whose files show, by its place.
    pub place: Option<usize>,
    /// Which of the project's own files shows, if no machine's does.
    pub kind: Option<Kind>,
    /// The line that was asked for.
    pub line: Option<FileLine>,
    /// What is proved of the open plan.
    pub proof: Proving,
    /// Something shall go to the clipboard.
    pub on_copy: Callback<Clip>,
    /// Something shall be downloaded.
    pub on_download: Callback<Download>,
}

/// A file, or what there is to say if there is none.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let node = props.place.and_then(|place| props.mesh.nodes.get(place));
    let mut files: Vec<usize> = props
        .written
        .0
        .iter()
        .enumerate()
        .filter(|(_, file)| match (&file.node, node) {
            (Some(owner), Some(node)) => *owner == node.id,
            (None, None) => Some(file.kind) == props.kind,
            _ => false,
        })
        .map(|(at, _)| at)
        .collect();
    // The config comes first, whatever its path sorts after.
    crate::sorting::sort_by_key(&mut files, |at| {
        props.written.0.get(*at).map(|file| file.kind)
    });
    // By the path inside the folder, so that the choice holds for the next machine.
    let chosen = use_state_eq(|| None::<String>);
    {
        let chosen = chosen.setter();
        use_effect_with(props.line.clone(), move |line| {
            if let Some(line) = line {
                chosen.set(Some(inside(&line.path).to_owned()));
            }
        });
    }
    let of_kind = |kind: Kind| {
        files.iter().copied().find(|at| {
            props
                .written
                .0
                .get(*at)
                .is_some_and(|file| file.kind == kind)
        })
    };
    let picked = chosen.as_deref().and_then(|path| {
        let same = |file: &Artifact| inside(&file.path) == path;
        files
            .iter()
            .copied()
            .find(|at| props.written.0.get(*at).is_some_and(same))
    });
    let current = picked
        .or_else(|| of_kind(Kind::Config))
        .or_else(|| files.first().copied());
    let file = current.and_then(|at| props.written.0.get(at));
    // The file about which is asked whether it shall be copied all the same.
    let asked = use_state_eq(|| None::<String>);
    let lines = use_memo(
        (
            props.written.clone(),
            props.mesh.clone(),
            props.place,
            current,
        ),
        |(written, mesh, place, current)| {
            let file = current.and_then(|at| written.0.get(at));
            file.map_or_else(Vec::new, |file| {
                lines_of(file, mesh, *place, &props.secrets)
            })
        },
    );
    let Some(file) = file else {
        let who = node.map_or("", |node| node.name.as_str());
        return html! {
            <div class="preview">
                <div class="empty">
                    <h3 class="empty__title">{ "No file yet" }</h3>
                    <p class="empty__text">{ format!("{who} gets its file when its finding is settled.") }</p>
                </div>
            </div>
        };
    };
    let who = node.map_or_else(String::new, |node| format!(" of {}", node.name));
    let what = format!("{}{who}", file_name(&file.path));
    let copy = {
        let (on_copy, written) = (props.on_copy.clone(), props.written.clone());
        let (asked, what) = (asked.setter(), what.clone());
        move || {
            asked.set(None);
            if let Some(file) = current.and_then(|at| written.0.get(at)) {
                on_copy.emit(Clip {
                    secret_text: Zeroizing::new(file.secret_text().to_owned()),
                    what: what.clone().into(),
                });
            }
        }
    };
    let stops = stops(&props.proof, file);
    let on_copy = {
        let (asked, path, copy) = (asked.setter(), file.path.clone(), copy.clone());
        Callback::from(move |_: MouseEvent| {
            if stops == 0 {
                copy();
            } else {
                asked.set(Some(path.clone()));
            }
        })
    };
    let download = {
        let path = file.path.clone();
        props
            .on_download
            .reform(move |_: MouseEvent| Download::File(path.clone()))
    };
    let mark = props.line.as_ref().filter(|line| line.path == file.path);
    let mark = mark.and_then(|line| usize::try_from(line.line).ok()?.checked_sub(1));
    html! {
        <div class="preview">
            <header class="preview__head">
                { title(props, file, &files, &chosen) }
                <div class="buttons">
                    <button type="button" class="button button--quiet button--small" aria-label={format!("Copy {what}")} onclick={on_copy}>
                        <Icon glyph={Glyph::Copy} /><span class="preview__word">{ "Copy" }</span>
                    </button>
                    <button type="button" class="button button--quiet button--small" aria-label={format!("Download {what}")} onclick={download}>
                        <Icon glyph={Glyph::Download} /><span class="preview__word">{ "Download" }</span>
                    </button>
                </div>
            </header>
            if stops > 0 && asked.as_ref() == Some(&file.path) {
                <div class="preview__doubt" role="alert">
                    <Icon glyph={Glyph::Warning} size={14} />
                    <span>{ doubt(stops) }</span>
                    <button type="button" class="button button--small" onclick={move |_: MouseEvent| copy()}>{ t!("Copy all the same") }</button>
                </div>
            }
            <Code key={file.path.clone()} mesh={props.mesh.clone()} place={props.place} lines={Lines(lines)} label={what} {mark} />
        </div>
    }
}

/// How many connections do not get through by a file.
fn stops(proof: &Proving, file: &Artifact) -> usize {
    let download = Download::File(file.path.clone());
    proof
        .done()
        .map_or(0, |proved| stops_of(proved, &download).count())
}

fn doubt(stops: usize) -> AttrValue {
    if stops == 1 {
        t!("With this file 1 connection does not get through; the matrix says why.")
    } else {
        t!(
            "With this file {} connections do not get through; the matrix says why.",
            stops
        )
    }
}

/// The file's name and where it belongs; with several files, a way to each.
fn title(
    props: &PreviewProps,
    file: &Artifact,
    files: &[usize],
    chosen: &UseStateHandle<Option<String>>,
) -> Html {
    let belongs = file
        .target()
        .filter(|_| file.kind != Kind::Config || !is_app(props));
    let remark = match (&belongs, file.kind) {
        (Some(target), _) => target.clone(),
        (None, Kind::Hosts) => "lines for /etc/hosts".to_owned(),
        (None, Kind::Config | Kind::Sysctl | Kind::Unit | Kind::Script | Kind::Dns) => {
            "for the WireGuard app".to_owned()
        }
        (None, Kind::Readme) => "how to bring this mesh up".to_owned(),
        (None, Kind::Project) => "the plan, fit for version control".to_owned(),
    };
    let several = files.len() > 1;
    html! {
        <div class="preview__title">
            if several {
                <div class="segments" role="group" aria-label="File">
                    { for files.iter().filter_map(|at| props.written.0.get(*at)).map(|other| {
                        let (chosen, path) = (chosen.setter(), inside(&other.path).to_owned());
                        html! {
                            <button
                                type="button" class="segments__item is-code"
                                aria-pressed={if other.path == file.path { "true" } else { "false" }}
                                onclick={move |_| chosen.set(Some(path.clone()))}
                            >{ file_name(&other.path).to_owned() }</button>
                        }
                    }) }
                </div>
            }
            <h3 class={classes!("preview__name", several.then_some("visually-hidden"))}>{ file_name(&file.path).to_owned() }</h3>
            <p class="preview__note">{ remark }</p>
        </div>
    }
}

/// A file's path inside its machine's folder.
fn inside(path: &str) -> &str {
    path.split_once('/').map_or(path, |(_, inside)| inside)
}

fn is_app(props: &PreviewProps) -> bool {
    props
        .place
        .and_then(|place| props.mesh.nodes.get(place))
        .is_some_and(|node| node.platform.is_app())
}

/// A config as lines that explain themselves, any other file as it is.
fn lines_of(
    file: &Artifact,
    mesh: &Mesh,
    place: Option<usize>,
    secrets: &Secrets,
) -> Vec<PreviewLine> {
    if let (Kind::Config, Some(place), Ok(keys)) =
        (file.kind, place, render::Keys::complete(mesh, &secrets.0))
    {
        return render::preview(mesh, place, &keys);
    }
    let plain = |text: &str| PreviewLine {
        shown: Shown::Comment(text.to_owned()),
        why: Why::Structure,
    };
    // No file but a config holds a secret.
    file.secret_text().lines().map(plain).collect()
}
