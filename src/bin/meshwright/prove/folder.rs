//! Configs in a folder: files of one level, or folders that hold one each.

use std::fs;
use std::path::{Path, PathBuf};

use meshwright::plan::{Plan, Platform};
use meshwright::proof::{MachineFiles, World, supposition};

use super::Proved;
use crate::files;

/// Where kernel settings lie in a machine's folder.
const SETTINGS: &str = "etc/sysctl.d";

/// The files of one machine as they were found.
pub(super) struct Found {
    /// The name of its folder, or of its file without `.conf`.
    name: String,
    config_path: String,
    config: zeroize::Zeroizing<String>,
    /// The kernel settings beside it, one file after the other.
    sysctl: Option<(String, String)>,
    /// Whether it lies in a folder of its own, which then holds all of its files.
    in_folder: bool,
}

/// Finds all configs. A `.conf` whose first section is neither `[Interface]` nor
/// `[Peer]` is something else, and is passed over.
pub(super) fn find(folder: &Path) -> Result<Vec<Found>, String> {
    let mut found = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() {
            if let Some(machine) = in_own_folder(folder, &path)? {
                found.push(machine);
            }
        } else if let Some(config) = config(&path)? {
            found.push(Found {
                name: stem(&path),
                config_path: inside(folder, &path),
                config,
                sysctl: None,
                in_folder: false,
            });
        }
    }
    if found.is_empty() {
        return Err(format!(
            "{}: no WireGuard config is here: no .conf file that begins with [Interface] or [Peer], nor a folder that holds one",
            folder.display()
        ));
    }
    Ok(found)
}

/// The machine whose folder this is; its name is that of the folder.
fn in_own_folder(root: &Path, folder: &Path) -> Result<Option<Found>, String> {
    let mut configs = Vec::new();
    for place in ["", "etc/wireguard"] {
        let place = folder.join(place);
        if !place.is_dir() {
            continue;
        }
        for path in entries(&place)? {
            if !path.is_dir()
                && let Some(config) = config(&path)?
            {
                configs.push((path, config));
            }
        }
    }
    let mut configs = configs.into_iter();
    let Some((path, config)) = configs.next() else {
        return Ok(None);
    };
    if let Some((other, _)) = configs.next() {
        return Err(format!(
            "{}: this folder holds several configs, {} and {}; a machine is proved with one",
            folder.display(),
            path.display(),
            other.display()
        ));
    }
    Ok(Some(Found {
        name: folder
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        config_path: inside(root, &path),
        config,
        sysctl: settings(root, folder)?,
        in_folder: true,
    }))
}

/// Kernel settings in the order in which `sysctl --system` reads them.
fn settings(root: &Path, folder: &Path) -> Result<Option<(String, String)>, String> {
    let place = folder.join(SETTINGS);
    if !place.is_dir() {
        return Ok(None);
    }
    let mut all: Option<(String, String)> = None;
    for path in entries(&place)? {
        if path
            .extension()
            .is_some_and(|extension| extension == "conf")
            && !path.is_dir()
        {
            let text = files::read(&path)?;
            match &mut all {
                None => all = Some((inside(root, &path), text)),
                Some((_, before)) => {
                    before.push('\n');
                    before.push_str(&text);
                }
            }
        }
    }
    Ok(all)
}

/// What a folder holds, sorted by name; hidden entries are passed over.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let problem = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(problem)? {
        let entry = entry.map_err(problem)?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// The text of a file that is a config.
fn config(path: &Path) -> Result<Option<zeroize::Zeroizing<String>>, String> {
    if path.extension().is_none_or(|extension| extension != "conf") {
        return Ok(None);
    }
    let text = zeroize::Zeroizing::new(files::read(path)?);
    let lines = text.trim_start_matches('\u{feff}').lines();
    let mut code = lines
        .map(|line| line.split('#').next().unwrap_or("").trim())
        .filter(|line| !line.is_empty() && !line.starts_with(';'));
    let is_config = code.find(|line| line.starts_with('[')).is_some_and(|line| {
        ["[interface]", "[peer]"].contains(&line.to_ascii_lowercase().as_str())
    });
    Ok(is_config.then_some(text))
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// A path as it is shown: from the folder that was named.
fn inside(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

/// Reads what was found as the platforms of a plan do. A name that no plan can
/// hold stands for the one that [`supposition::of`] makes of it.
pub(super) fn machines(found: &[Found], plan: &Plan) -> Vec<MachineFiles> {
    let mut machines: Vec<MachineFiles> = Vec::new();
    let shown: Vec<&str> = found.iter().map(|machine| machine.name.as_str()).collect();
    for (machine, supposed) in found.iter().zip(supposition::names(&shown)) {
        let exact = plan.node_named(&machine.name);
        let known = exact.or_else(|| plan.node_named(&supposed));
        let platform = known.map_or(Platform::Linux, |(_, node)| node.platform);
        let mut files = read(machine, platform);
        if let Some((_, node)) = known {
            files.name = node.name.to_string();
        }
        machines.push(files);
    }
    machines
}

fn read(machine: &Found, platform: Platform) -> MachineFiles {
    let files = MachineFiles::read(
        &machine.name,
        platform,
        &machine.config_path,
        &machine.config,
    );
    match &machine.sysctl {
        Some((path, text)) => files.with_sysctl(path, text),
        None => files,
    }
}

/// Proves files of which nobody says where their machines stand; also what was
/// supposed.
pub(super) fn suppose(found: &[Found]) -> (Proved, Plan) {
    let alone = found.iter().all(|machine| !machine.in_folder);
    let mut machines: Vec<MachineFiles> = found
        .iter()
        .map(|machine| read(machine, Platform::Linux))
        .collect();
    let supposed = supposition::of(&mut machines, alone);
    let proved = Proved {
        proof: World::new(&supposed.plan, &machines).prove(),
        mesh: None,
        assumed: supposed.sentences,
    };
    (proved, supposed.plan)
}
