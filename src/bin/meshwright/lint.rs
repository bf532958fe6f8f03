//! `meshwright lint`: whether a reader takes a config, and where it stops if not.

mod json;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use meshwright::conf::{Check, Fault, Reader, check};

use crate::{files, solve};

/// Who is to read the files.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum As {
    /// wg-quick on Linux.
    Linux,
    /// The app for Android.
    Android,
    /// The apps for iPhone, iPad and Mac.
    Apple,
    /// The app for Windows.
    Windows,
}

impl As {
    fn reader(self) -> Reader {
        match self {
            Self::Linux => Reader::Linux,
            Self::Android => Reader::Android,
            Self::Apple => Reader::Apple,
            Self::Windows => Reader::Windows,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Linux => "linux",
            Self::Android => "android",
            Self::Apple => "apple",
            Self::Windows => "windows",
        }
    }
}

/// One file and what came of it.
struct Linted {
    /// The path as the user wrote it.
    path: String,
    /// Why the reader refuses it.
    refused: Option<Fault>,
    /// What it takes and the user may not have meant.
    warnings: Vec<Fault>,
    /// What is wrong with the name of the file.
    name: Option<String>,
}

/// Prints what the reader makes of each file; true if it takes them all. A
/// file that cannot be read is an error, and all others are read first.
pub(crate) fn run(paths: &[PathBuf], reader: As, as_json: bool) -> Result<bool, String> {
    let read: Vec<(&PathBuf, Result<Linted, String>)> = paths
        .iter()
        .map(|path| (path, lint(path, reader)))
        .collect();
    if as_json {
        solve::say(&format!("{:#}\n", json::report(&read, reader)))?;
    } else {
        let linted = read.iter().filter_map(|(_, linted)| linted.as_ref().ok());
        let text: String = linted.map(|linted| report(linted, reader)).collect();
        solve::say(&text)?;
    }
    let mut problems = read.iter().filter_map(|(_, linted)| linted.as_ref().err());
    if let Some(last) = problems.next_back() {
        for problem in problems {
            eprintln!("meshwright: {problem}");
        }
        return Err(last.clone());
    }
    let taken = |linted: &Result<Linted, String>| {
        linted.as_ref().is_ok_and(|linted| linted.refused.is_none())
    };
    Ok(read.iter().all(|(_, linted)| taken(linted)))
}

fn lint(path: &Path, reader: As) -> Result<Linted, String> {
    let text = zeroize::Zeroizing::new(files::read(path)?);
    let Check { read, warnings } = check(&text, reader.reader());
    Ok(Linted {
        path: path.display().to_string(),
        refused: read.err(),
        warnings,
        name: misnamed(path, reader),
    })
}

/// What the reader says to the name of a file.
fn misnamed(path: &Path, reader: As) -> Option<String> {
    let is_conf = path.extension().is_some_and(|ending| ending == "conf");
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or("");
    let reader = reader.reader();
    if is_conf && reader.takes_name(stem) {
        return None;
    }
    let rule = match reader {
        Reader::Linux | Reader::Android => "NAME of up to 15 letters, digits and _=+.-",
        Reader::Apple => "NAME not empty",
        Reader::Windows => {
            "NAME of up to 32 letters, digits and _=+.-, no dot at its ends and no device such as aux"
        }
    };
    Some(format!(
        "{} takes a file only under the name NAME.conf, with {rule}",
        reader.name()
    ))
}

/// What is printed for people.
fn report(linted: &Linted, reader: As) -> String {
    let mut text = String::new();
    let path = &linted.path;
    let mut line = |at: &str, words: &str| {
        let _ = writeln!(text, "{at}: {words}");
    };
    match &linted.refused {
        Some(fault) => line(&place(path, fault), &fault.to_string()),
        None => line(path, &format!("{} takes this file", reader.reader().name())),
    }
    if let Some(name) = &linted.name {
        line(path, &format!("warning: {name}"));
    }
    for warning in &linted.warnings {
        line(&place(path, warning), &format!("warning: {warning}"));
    }
    text
}

/// `wg0.conf:12:8`
fn place(path: &str, fault: &Fault) -> String {
    format!("{path}:{}:{}", fault.at.line, fault.at.column)
}
