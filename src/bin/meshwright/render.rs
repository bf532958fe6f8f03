//! `meshwright render`: all files of a project in a folder.

use std::io::Write as _;
use std::path::Path;

use meshwright::keyring::Keyring;
use meshwright::mesh::{Mesh, solve};
use meshwright::plan::Plan;
use meshwright::project::{read_keyring, read_plan, write_keyring_secret, write_plan};
use meshwright::render::{Keys, PLAIN_MODE, SECRET_MODE, artifacts};

use crate::files;

/// Writes all files; true if every pair gets through.
///
/// Everything is read before anything is written, so a mistake in one file
/// leaves the others as they are.
pub(crate) fn run(plan_path: &Path, out: &Path, keyring_path: &Path) -> Result<bool, String> {
    let mut plan = read_plan(&files::read(plan_path)?)
        .map_err(|error| format!("{}: {error}", plan_path.display()))?;
    let stored = stored_keyring(keyring_path)?;
    let assigned = crate::assign_addresses(&mut plan);
    files::make_folder(out)?;
    if assigned {
        files::write(plan_path, &write_plan(&plan), PLAIN_MODE)?;
        eprintln!("{} now holds these addresses", plan_path.display());
    }
    let mesh = solve(&plan);
    let keyring = complete_keyring(&mesh, stored, keyring_path)?;
    write_files(&plan, &mesh, &keyring, out)?;
    crate::print_findings(&mesh);
    Ok(!mesh.has_impossible_pairs())
}

/// The keyring as it is stored, if it is.
fn stored_keyring(path: &Path) -> Result<Option<Keyring>, String> {
    let Some(text) = files::read_if_there(path)?.map(zeroize::Zeroizing::new) else {
        return Ok(None);
    };
    let keyring = read_keyring(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    files::close_to_others(path)?;
    Ok(Some(keyring))
}

/// A keyring with all keys of a mesh; those that the stored one lacks are made
/// and not stored.
pub(crate) fn keyring_for_once(mesh: &Mesh, path: &Path) -> Result<Keyring, String> {
    let mut keyring = stored_keyring(path)?.unwrap_or_default();
    make_missing(mesh, &mut keyring)?;
    Ok(keyring)
}

/// Makes the keys that a keyring lacks and returns how many.
fn make_missing(mesh: &Mesh, keyring: &mut Keyring) -> Result<usize, String> {
    let mut random = |bytes: &mut [u8; 32]| {
        getrandom::fill(bytes).map_err(|error| format!("the system gives no random bytes: {error}"))
    };
    keyring.make_missing(
        mesh.nodes_with_keys(),
        mesh.pairs_with_preshared_keys(),
        &mut random,
    )
}

/// Makes the keys that the keyring lacks and stores it before any file that
/// needs them is written.
fn complete_keyring(mesh: &Mesh, stored: Option<Keyring>, path: &Path) -> Result<Keyring, String> {
    let exists = stored.is_some();
    let mut keyring = stored.unwrap_or_default();
    let made = make_missing(mesh, &mut keyring)?;
    if made > 0 || !exists {
        files::write(path, &write_keyring_secret(&keyring), SECRET_MODE)?;
        let keys = if made == 1 {
            "1 key"
        } else {
            &format!("{made} keys")
        };
        say(format_args!("made {keys}, stored in {}", path.display()));
    }
    Ok(keyring)
}

/// Prints a line. Whoever reads the output may stop early, as `head` does, and
/// the files are written all the same.
fn say(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn write_files(plan: &Plan, mesh: &Mesh, keyring: &Keyring, out: &Path) -> Result<(), String> {
    let keys = Keys::complete(mesh, keyring).map_err(|error| error.to_string())?;
    for artifact in artifacts(plan, mesh, &keys, write_plan(plan)) {
        let path = out.join(&artifact.path);
        if let Some(folder) = path.parent() {
            files::make_folder(folder)?;
        }
        files::write(&path, artifact.secret_text(), artifact.mode)?;
        say(format_args!("{}", path.display()));
    }
    Ok(())
}
