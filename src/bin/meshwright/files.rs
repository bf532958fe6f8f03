//! Reading and writing files so that nothing is lost when the disk is full.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

/// Larger files are refused before they are read: no plan comes near.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Reads a text file; `None` if it does not exist.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<String>, String> {
    match fs::metadata(path) {
        Ok(meta) if meta.len() > LARGEST => {
            return Err(format!(
                "{}: too large to be a project file",
                path.display()
            ));
        }
        Ok(meta) if meta.is_dir() => return Err(format!("{}: this is a folder", path.display())),
        _ => {}
    }
    match fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| format!("{}: this is not UTF-8 text", path.display())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}

/// Reads a text file that must exist.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    read_if_there(path)?.ok_or_else(|| format!("{}: there is no such file", path.display()))
}

/// Writes a file with a Unix mode. The new content is written beside the old
/// and put in its place at the end, so a full disk leaves the old file whole,
/// and a secret is never readable by others, not even for a moment.
pub(crate) fn write(path: &Path, text: &str, mode: u32) -> Result<(), String> {
    let problem = |error: std::io::Error| format!("{}: {error}", path.display());
    // A symbolic link stays one: what it points to is replaced.
    let real = fs::canonicalize(path);
    let path = real.as_deref().unwrap_or(path);
    let name = path
        .file_name()
        .ok_or_else(|| format!("{}: a file name is needed", path.display()))?;
    let mut beside = name.to_os_string();
    beside.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(beside);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let written = options.open(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&beside, path));
    if moved.is_err() {
        // The old file is untouched; what is left of the new one is of no use.
        let _ = fs::remove_file(&beside);
    }
    moved.map_err(problem)
}

/// Makes a folder and those above it. Folders below the first are closed to others.
pub(crate) fn make_folder(path: &Path) -> Result<(), String> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// Takes access to a secret file away from everyone but its owner.
pub(crate) fn close_to_others(path: &Path) -> Result<(), String> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let problem = |error: std::io::Error| format!("{}: {error}", path.display());
        let mode = fs::metadata(path).map_err(problem)?.permissions().mode();
        if mode & 0o077 != 0 {
            eprintln!(
                "{} was readable by others; its mode is 0600 now",
                path.display()
            );
            fs::set_permissions(path, fs::Permissions::from_mode(0o600)).map_err(problem)?;
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
