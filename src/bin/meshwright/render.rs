//! `meshwright render`: all files of a project in a folder.

use std::path::Path;

use meshwright::keyring::Keyring;
use meshwright::mesh::{Mesh, solve};
use meshwright::plan::Plan;
use meshwright::project::{read_keyring, read_plan, write_keyring_secret, write_plan};
use meshwright::render::{Keys, PLAIN_MODE, SECRET_MODE, artifacts};

use crate::files;

/// Writes all files; true if every pair gets through.
pub(crate) fn run(plan_path: &Path, out: &Path, keyring_path: &Path) -> Result<bool, String> {
    let mut plan = read_plan(&files::read(plan_path)?)
        .map_err(|error| format!("{}: {error}", plan_path.display()))?;
    if crate::assign_addresses(&mut plan)? {
        files::write(plan_path, &write_plan(&plan), PLAIN_MODE)?;
        eprintln!("{} now holds these addresses", plan_path.display());
    }
    let mesh = solve(&plan);
    let keyring = complete_keyring(&mesh, keyring_path)?;
    write_files(&plan, &mesh, &keyring, out)?;
    crate::print_findings(&mesh);
    Ok(!mesh.has_impossible_pairs())
}

/// Reads the keyring, makes the keys that it lacks and stores it before any
/// file that needs them is written.
fn complete_keyring(mesh: &Mesh, path: &Path) -> Result<Keyring, String> {
    let (mut keyring, exists) = match files::read_if_there(path)?.map(zeroize::Zeroizing::new) {
        Some(text) => {
            files::close_to_others(path)?;
            (
                read_keyring(&text).map_err(|error| format!("{}: {error}", path.display()))?,
                true,
            )
        }
        None => (Keyring::default(), false),
    };
    let mut random = |bytes: &mut [u8; 32]| {
        getrandom::fill(bytes).map_err(|error| format!("the system gives no random bytes: {error}"))
    };
    let made = keyring.make_missing(
        mesh.nodes_with_keys(),
        mesh.pairs_with_preshared_keys(),
        &mut random,
    )?;
    if made > 0 || !exists {
        files::write(path, &write_keyring_secret(&keyring), SECRET_MODE)?;
        let keys = if made == 1 {
            "1 key"
        } else {
            &format!("{made} keys")
        };
        println!("made {keys}, stored in {}", path.display());
    }
    Ok(keyring)
}

fn write_files(plan: &Plan, mesh: &Mesh, keyring: &Keyring, out: &Path) -> Result<(), String> {
    let keys = Keys::complete(mesh, keyring).map_err(|error| error.to_string())?;
    for artifact in artifacts(plan, mesh, &keys, write_plan(plan)) {
        let path = out.join(&artifact.path);
        if let Some(folder) = path.parent() {
            files::make_folder(folder)?;
        }
        files::write(&path, artifact.secret_text(), artifact.mode)?;
        println!("{}", path.display());
    }
    Ok(())
}
