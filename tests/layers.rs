//! The invariants that `src/lib.rs` states, kept by reading the source.
//!
//! The compiler keeps what it can: a browser crate is absent without its feature. The rest is
//! a matter of names in the text, so this crate reads the text.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets a surprise stops there"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use meshwright::conf::{Check, Conf, Interface, Peer, Reading};
use meshwright::keyring::{Keyring, PresharedKey, PrivateKey, SecretText};
use meshwright::render::{Artifact, Keys, PreviewLine, Shown};

/// Each layer with the layers that it may name. What is not listed may not be named.
const LAYERS: [(&str, &[&str]); 12] = [
    ("sorting", &[]),
    ("words", &["sorting"]),
    ("plan", &["sorting"]),
    ("keyring", &["sorting", "plan"]),
    ("mesh", &["sorting", "plan"]),
    ("render", &["sorting", "plan", "keyring", "mesh"]),
    // It reads what others wrote, so it shares nothing with what writes.
    ("conf", &["sorting", "plan", "keyring"]),
    // It neither plans nor writes what it judges.
    ("proof", &["sorting", "plan", "conf"]),
    ("project", &["sorting", "plan", "keyring"]),
    (
        "editor",
        &[
            "sorting", "plan", "keyring", "mesh", "render", "proof", "project",
        ],
    ),
    // It stores what it is given, and secrets only sealed.
    ("browser", &["words", "plan", "keyring"]),
    (
        "ui",
        &[
            "sorting", "plan", "keyring", "mesh", "render", "conf", "proof", "project", "editor",
            "browser",
        ],
    ),
];

/// The layers that must work without a browser, a clock or a disk.
const CORE: [&str; 10] = [
    "sorting", "words", "plan", "keyring", "mesh", "render", "conf", "proof", "project", "editor",
];

/// One source file with its path from `src`, such as `mesh/link.rs`.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The layer that it belongs to; the programs belong to none.
    fn layer(&self) -> Option<&'static str> {
        let first = self.path.split(['/', '.']).next()?;
        LAYERS
            .iter()
            .map(|(name, _)| *name)
            .find(|name| *name == first)
    }

    /// The lines that are code, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or("")))
    }

    /// The code in front of the unit tests, which may use what they like.
    fn program(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code()
            .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path.strip_prefix(&root).unwrap();
                found.push(Source {
                    path: inside.to_str().unwrap().replace('\\', "/"),
                    text: fs::read_to_string(&path).unwrap(),
                });
            }
        }
    }
    assert!(found.len() > 40, "the source was not found");
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// Where a word stands in a line as a word of its own.
fn has_word(line: &str, word: &str) -> bool {
    let part = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(part) && !line[at + word.len()..].starts_with(part))
}

/// The first parts of all paths that begin at the crate, also inside braces:
/// `use crate::{plan, mesh::solve}` gives both.
fn named_from_crate(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for start in ["crate::", "meshwright::"] {
        for (at, _) in text.match_indices(start) {
            let rest = &text[at + start.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                let (mut depth, mut word) = (0_usize, String::new());
                for character in group.chars() {
                    match character {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 && (character.is_alphanumeric() || character == '_') {
                        word.push(character);
                    } else if !word.is_empty() {
                        if depth == 0 || character == ':' {
                            names.insert(std::mem::take(&mut word));
                        }
                        word.clear();
                    }
                }
                names.insert(word);
            } else {
                names.insert(
                    rest.chars()
                        .take_while(|character| character.is_alphanumeric() || *character == '_')
                        .collect(),
                );
            }
        }
    }
    names
}

#[test]
fn every_path_from_the_crate_is_found() {
    let names = named_from_crate("use crate::{plan, mesh::solve};\nlet x = crate::render::Qr;");
    for layer in ["plan", "mesh", "render"] {
        assert!(names.contains(layer), "{layer} in {names:?}");
    }
}

#[test]
fn layers_point_one_way() {
    let mut broken = Vec::new();
    for source in sources() {
        let Some(layer) = source.layer() else {
            continue;
        };
        let allowed = LAYERS.iter().find(|(name, _)| *name == layer).unwrap().1;
        let code: Vec<&str> = source.program().map(|(_, line)| line).collect();
        let code = code.join("\n");
        for named in named_from_crate(&code) {
            let is_layer = LAYERS.iter().any(|(name, _)| *name == named);
            if is_layer && named != layer && !allowed.contains(&named.as_str()) {
                broken.push(format!("src/{} names the layer {named}", source.path));
            }
        }
        // `super` may climb inside a layer and never out of it.
        let depth = source.path.matches('/').count();
        for (number, line) in source.program() {
            let climbs = (1..=9)
                .rev()
                .find(|count| line.contains(&"super::".repeat(*count)));
            if climbs.is_some_and(|climbs| climbs > depth) {
                broken.push(format!(
                    "src/{}:{number} climbs out of its layer",
                    source.path
                ));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn only_the_page_names_the_browser() {
    let crates = [
        "yew",
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "wasm_bindgen_futures",
        "gloo",
        "idb",
    ];
    let mut broken = Vec::new();
    for source in sources() {
        if matches!(source.layer(), Some("browser" | "ui")) || source.path == "main.rs" {
            continue;
        }
        for (number, line) in source.code() {
            for name in crates.iter().filter(|name| has_word(line, name)) {
                broken.push(format!("src/{}:{number} names {name}", source.path));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_core_has_no_clock_no_disk_no_threads_and_no_chance() {
    let words = [
        "SystemTime",
        "Instant",
        "HashMap",
        "HashSet",
        "getrandom",
        "rand",
        "println",
        "eprintln",
        "print",
        "dbg",
        "include_str",
    ];
    let paths = [
        "std::time",
        "std::thread",
        "std::fs",
        "std::env",
        "std::process",
        "std::net::Tcp",
        "std::net::Udp",
        "std::io::stdin",
        "std::io::stdout",
        "thread_local!",
        "static mut",
    ];
    // The example plan is part of the program and is read when it is compiled.
    let compiled_in = ["editor/example.rs"];
    let mut broken = Vec::new();
    for source in sources() {
        if !source.layer().is_some_and(|layer| CORE.contains(&layer)) {
            continue;
        }
        for (number, line) in source.program() {
            let word = words.iter().find(|word| has_word(line, word));
            let path = paths.iter().find(|path| line.contains(**path));
            if let Some(found) = word.or(path)
                && !(*found == "include_str" && compiled_in.contains(&source.path.as_str()))
            {
                broken.push(format!("src/{}:{number} names {found}", source.path));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_stays_short() {
    let mut broken = Vec::new();
    for source in sources() {
        if !source.text.starts_with("//! ") {
            broken.push(format!("src/{} has no //! head", source.path));
        }
        let lines = source.text.lines().count();
        if lines > 400 {
            broken.push(format!("src/{} has {lines} lines", source.path));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The compiler's word that nothing with a secret inside can be printed or serialized.
mod secrets_cannot_be_printed {
    use super::{
        Artifact, Check, Conf, Interface, Keyring, Keys, Peer, PresharedKey, PreviewLine,
        PrivateKey, Reading, Shown,
    };
    use std::fmt::{Debug, Display};

    static_assertions::assert_not_impl_any!(PrivateKey: Debug, Display, serde::Serialize);
    static_assertions::assert_not_impl_any!(PresharedKey: Debug, Display, serde::Serialize);
    static_assertions::assert_not_impl_any!(Keyring: Debug, Display, serde::Serialize);
    static_assertions::assert_not_impl_any!(Keys<'static>: Debug, Display, serde::Serialize);
    static_assertions::assert_not_impl_any!(Artifact: Debug, Display, serde::Serialize);
    static_assertions::assert_not_impl_any!(PreviewLine: Debug, Display, serde::Serialize);
    static_assertions::assert_not_impl_any!(Shown: Debug, Display, serde::Serialize);
    static_assertions::assert_not_impl_any!(Conf: Debug, Display, serde::Serialize);
    static_assertions::assert_not_impl_any!(Interface: Debug, Display, serde::Serialize);
    static_assertions::assert_not_impl_any!(Peer: Debug, Display, serde::Serialize);
    static_assertions::assert_not_impl_any!(Reading: Debug, Display, serde::Serialize);
    static_assertions::assert_not_impl_any!(Check: Debug, Display, serde::Serialize);
}

#[test]
fn secret_text_is_wiped() {
    fn wiped<T: zeroize::Zeroize>(_: &zeroize::Zeroizing<T>) {}
    wiped::<String>(&SecretText::default());
}

/// A type with a secret inside gets neither `Debug` nor `Serialize`, and a function that gives a
/// secret away as text says so in its name.
#[test]
fn secrets_are_named_where_they_become_text() {
    let secret_types = [
        "PrivateKey",
        "PresharedKey",
        "Keyring",
        "Keys",
        "Artifact",
        "PreviewLine",
        "Shown",
        "SecretText",
        "Conf",
        "Reading",
        "Check",
    ];
    let mut broken = Vec::new();
    for source in sources() {
        let lines: Vec<(usize, &str)> = source.program().collect();
        for (index, (number, line)) in lines.iter().enumerate() {
            if line.contains("derive(") && (has_word(line, "Debug") || has_word(line, "Serialize"))
            {
                let after = lines[index + 1..].iter().map(|(_, line)| *line);
                // The item that the attribute belongs to, up to the end of its fields.
                let item: Vec<&str> = after.take_while(|line| *line != "}").collect();
                let head = item
                    .iter()
                    .find(|line| !line.trim().starts_with('#'))
                    .unwrap_or(&"");
                let body: &[&str] = if head.ends_with('{') {
                    &item
                } else {
                    std::slice::from_ref(head)
                };
                for secret in secret_types {
                    // A field has the type behind its name; a variant may share a type's name.
                    let holds = |line: &&&str| {
                        has_word(line, secret) && !line.trim_start().starts_with(secret)
                    };
                    if body.iter().any(|line| holds(&line)) {
                        broken.push(format!(
                            "src/{}:{number} derives Debug or Serialize with {secret} inside",
                            source.path
                        ));
                    }
                }
            }
            let in_layer = source.layer().is_some_and(|layer| CORE.contains(&layer));
            if in_layer && line.contains("pub fn ") {
                let mut signature = String::new();
                for (_, line) in &lines[index..] {
                    signature.push_str(line);
                    if line.contains('{') || line.contains(';') {
                        break;
                    }
                }
                let gives = signature.rsplit_once("->").map_or("", |(_, result)| result);
                let name = signature
                    .split("fn ")
                    .nth(1)
                    .unwrap()
                    .split(['(', '<'])
                    .next()
                    .unwrap();
                if has_word(gives, "SecretText") && !name.contains("secret") {
                    broken.push(format!(
                        "src/{}:{number} {name} gives a secret away",
                        source.path
                    ));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
