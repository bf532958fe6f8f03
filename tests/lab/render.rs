//! The files of a plan, written by the command line as its user would have them written.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::lab::node::only_config;

/// Counts the folders of this run, because tests run side by side.
static FOLDERS: AtomicUsize = AtomicUsize::new(0);

/// A temporary folder with one folder per machine, deleted with the value because keys are in it.
pub(crate) struct Rendered {
    path: PathBuf,
}

impl Rendered {
    /// Has the command line render the plan.
    ///
    /// # Panics
    /// With what it said, if it refuses.
    pub(crate) fn new(plan: &Value) -> Self {
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("lab-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("the temporary folder of the build can be written");
        let rendered = Self { path };
        fs::write(rendered.plan(), plan.to_string()).expect("the temporary folder can be written");
        let keyring = rendered.path.join("keyring.json");
        Self::run(&[
            "render".as_ref(),
            &rendered.plan(),
            "--out".as_ref(),
            &rendered.out(),
            "--keyring".as_ref(),
            &keyring,
        ]);
        rendered
    }

    fn plan(&self) -> PathBuf {
        self.path.join("plan.json")
    }

    fn out(&self) -> PathBuf {
        self.path.join("out")
    }

    /// What the planner says about every pair, in the words that the command line prints.
    pub(crate) fn promises(&self) -> Value {
        let report = Self::run(&["solve".as_ref(), &self.plan(), "--json".as_ref()]);
        serde_json::from_str(&report).expect("the command line prints JSON")
    }

    /// What the proof says about the files as they are now; the plan says where the machines stand.
    pub(crate) fn proof(&self) -> Value {
        let proof = Self::run(&[
            "prove".as_ref(),
            &self.out(),
            "--plan".as_ref(),
            &self.plan(),
            "--json".as_ref(),
        ]);
        serde_json::from_str(&proof).expect("the command line prints JSON")
    }

    /// Calls the command line and returns what it printed.
    fn run(arguments: &[&Path]) -> String {
        let run = Command::new(env!("CARGO_BIN_EXE_meshwright"))
            .args(arguments)
            .output()
            .expect("the command line starts");
        let printed = String::from_utf8_lossy(&run.stdout).into_owned();
        // Status 1 says that some pair does not get through, which a plan may well mean.
        assert!(
            matches!(run.status.code(), Some(0 | 1)),
            "meshwright {arguments:?} failed:\n{printed}{}",
            String::from_utf8_lossy(&run.stderr)
        );
        printed
    }

    /// Changes the text of a machine's config, as its owner might with an editor.
    pub(crate) fn rewrite(&self, node: &str, change: impl FnOnce(&str) -> String) {
        let (interface, text) = only_config(&self.folder(node));
        // An overwritten file keeps its mode.
        fs::write(
            self.folder(node).join(format!("{interface}.conf")),
            change(&text),
        )
        .expect("the temporary folder can be written");
    }

    /// The folder of one machine, after a look at who may read it.
    pub(crate) fn folder(&self, node: &str) -> PathBuf {
        let folder = self.out().join(node);
        let entries = fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("nothing was written for {node}: {error}"));
        for entry in entries {
            let path = entry.expect("a folder lists its entries").path();
            // Each config holds a private key.
            if path
                .extension()
                .is_some_and(|extension| extension == "conf")
            {
                let mode = fs::metadata(&path)
                    .expect("the file is there")
                    .permissions()
                    .mode();
                assert_eq!(mode & 0o777, 0o600, "the mode of {}", path.display());
            }
        }
        folder
    }
}

impl Drop for Rendered {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.path).ok();
    }
}
