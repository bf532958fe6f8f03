//! Handing files over: archives, single files, QR codes, the project.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::download::save;
use crate::keyring::Keyring;
use crate::mesh::Mesh;
use crate::plan::Plan;
use crate::project::{write_keyring_secret, write_plan};
use crate::render::{
    self, archive_of_secrets, artifacts, compact_secret_text, phone_archive_of_secrets,
    qr_of_secret,
};

use super::session::{Action, Dispatch, Download, Keys, Session};

/// Hands over what is pending as soon as every key that it needs is stored.
#[hook]
pub(super) fn use_delivery(session: &Rc<Session>, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    let deps = (
        session.pending.clone(),
        session.keys.clone(),
        Rc::clone(session.editor.plan()),
        Rc::clone(session.editor.mesh()),
    );
    use_effect_with(deps, move |(pending, keys, plan, mesh)| {
        let Some(download) = pending else { return };
        let empty = Keyring::default();
        let keyring = match keys {
            Keys::Ready(secrets) => secrets.0.as_ref(),
            // The plan can be saved while its keys are away.
            _ if *download == Download::Project => &empty,
            Keys::Ask => {
                dispatch.dispatch(Action::Delivered);
                dispatch.dispatch(Action::ShowTab(Some(super::session::Tab::Files)));
                return;
            }
            Keys::Failed(problem) => {
                dispatch.dispatch(Action::Delivered);
                dispatch.dispatch(Action::Say(problem.clone()));
                return;
            }
            Keys::Loading => return,
        };
        let lacking =
            render::Keys::complete(mesh, keyring).is_err_and(|problem| problem.is_missing());
        if *download != Download::Project && lacking {
            return;
        }
        if let Err(problem) = deliver(plan, mesh, keyring, download) {
            dispatch.dispatch(Action::Say(problem.into()));
        }
        dispatch.dispatch(Action::Delivered);
    });
}

/// Makes one file and gives it to the browser.
fn deliver(plan: &Plan, mesh: &Mesh, keyring: &Keyring, download: &Download) -> Result<(), String> {
    let stem = file_stem(plan);
    match download {
        Download::Project => {
            return save(
                &format!("{stem}.meshwright.json"),
                "application/json",
                write_plan(plan).as_bytes(),
            );
        }
        Download::Keyring => {
            let text = write_keyring_secret(keyring);
            return save(
                &format!("{stem}.keyring.json"),
                "application/json",
                text.as_bytes(),
            );
        }
        _ => {}
    }
    let keys = render::Keys::complete(mesh, keyring).map_err(|error| error.to_string())?;
    let files = artifacts(plan, mesh, &keys, write_plan(plan));
    let failed = |error: std::io::Error| format!("The archive could not be put together: {error}.");
    match download {
        Download::Archive => save(
            &format!("{stem}.zip"),
            "application/zip",
            &archive_of_secrets(&files).map_err(failed)?,
        ),
        Download::PhoneArchive => {
            let bytes = phone_archive_of_secrets(mesh, &files).map_err(failed)?;
            save(&format!("{stem}-phones.zip"), "application/zip", &bytes)
        }
        Download::File(path) => {
            let file = files
                .iter()
                .find(|file| file.path == *path)
                .ok_or("This file is no longer part of the plan.")?;
            let name = path.rsplit('/').next().unwrap_or(path);
            save(name, "text/plain", file.secret_text().as_bytes())
        }
        Download::QrCode(node) => {
            let place = mesh
                .position(node)
                .ok_or("This machine is no longer part of the plan.")?;
            let qr = qr_of_secret(&compact_secret_text(mesh, place, &keys))
                .map_err(|error| error.to_string())?;
            save(
                &format!("{}.svg", mesh.name(place)),
                "image/svg+xml",
                qr.secret_svg().as_bytes(),
            )
        }
        Download::Project | Download::Keyring => Ok(()),
    }
}

/// The plan's name as a file name that every system takes.
pub(super) fn file_stem(plan: &Plan) -> String {
    let mut stem = String::new();
    for character in plan.name.as_str().chars() {
        if character.is_ascii_alphanumeric() {
            stem.push(character.to_ascii_lowercase());
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem = stem.trim_end_matches('-');
    if stem.is_empty() {
        "mesh".to_owned()
    } else {
        stem.to_owned()
    }
}
