//! Calls the program in a folder of the test's own.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder with a plan, and the program.
pub(super) struct Desk {
    pub(super) folder: PathBuf,
}

/// How a call ended.
pub(super) struct Ended {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) err: String,
}

impl Desk {
    /// A folder of this name with `plan.json` in it.
    pub(super) fn new(name: &str, plan: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("cli")
            .join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let desk = Self { folder };
        desk.write("plan.json", plan);
        desk
    }

    /// The path of a file.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a file.
    pub(super) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Reads a file.
    pub(super) fn read(&self, name: &str) -> String {
        let path = self.path(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The mode of a file.
    pub(super) fn mode(&self, name: &str) -> u32 {
        fs::metadata(self.path(name)).unwrap().permissions().mode() & 0o777
    }

    /// Calls the program.
    pub(super) fn call(&self, arguments: &[&str]) -> Ended {
        let output = Command::new(env!("CARGO_BIN_EXE_meshwright"))
            .current_dir(&self.folder)
            .args(arguments)
            .output()
            .unwrap();
        Ended {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Calls `render` with the usual names.
    pub(super) fn render(&self) -> Ended {
        self.call(&[
            "render",
            "plan.json",
            "--out",
            "out",
            "--keyring",
            "keys.json",
        ])
    }

    /// All files of the folder by their paths in it.
    pub(super) fn all(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let inside = path
                        .strip_prefix(&self.folder)
                        .unwrap()
                        .to_str()
                        .unwrap()
                        .to_owned();
                    found.insert(inside, fs::read_to_string(&path).unwrap());
                }
            }
        }
        found
    }
}

impl Ended {
    /// Ended with status 2 and one line on stderr.
    pub(super) fn refused(&self) -> &str {
        assert_eq!(self.code, 2, "{}{}", self.out, self.err);
        assert!(self.out.is_empty(), "{}", self.out);
        let line = self.err.strip_suffix('\n').expect("a whole line");
        assert!(!line.contains('\n'), "one line: {}", self.err);
        line.strip_prefix("meshwright: ").expect("says who speaks")
    }
}
