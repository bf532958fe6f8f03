//! Runs the programs that judge our files.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::{have, in_ci};

/// A folder of one test, empty at the beginning.
pub(super) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs a program on an input. The input is written beside the reading, so neither waits.
pub(super) fn run(command: &mut Command, input: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut pipe = child.stdin.take().unwrap();
    let input = input.to_owned();
    // A program that ends early closes the pipe, which is its right.
    let writing = std::thread::spawn(move || pipe.write_all(input.as_bytes()).is_ok());
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap();
    output
}

/// Runs a program that must succeed, and returns what it prints.
pub(super) fn must(command: &mut Command, input: &str) -> String {
    let output = run(command, input);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// A command of root: as it is, or with a `sudo` that asks nothing. `None` if neither can be had,
/// which is said, and fails where everything must run.
pub(super) fn as_root(program: &str) -> Option<Command> {
    if !have(program) || !have("id") {
        return None;
    }
    let is_root = must(Command::new("id").arg("-u"), "").trim() == "0";
    if is_root {
        return Some(Command::new(program));
    }
    let sudo = Command::new("sudo").args(["-n", "true"]).output();
    if sudo.is_ok_and(|output| output.status.success()) {
        let mut command = Command::new("sudo");
        command.arg("-n").arg(program);
        return Some(command);
    }
    let sentence = format!("not run: {program} needs root");
    assert!(!in_ci(), "{sentence}, and CI=true demands it");
    eprintln!("{sentence}");
    None
}
