//! One change to the written files of one machine.

use std::fs;

use crate::lab::keys;
use crate::lab::node::SYSCTL;
use crate::lab::render::Rendered;

/// A machine, and what happens to its files.
pub(super) struct Edit {
    machine: &'static str,
    change: Change,
}

enum Change {
    /// Takes a line out of a block.
    Without(&'static str, &'static str),
    /// Takes the hooks out that hold a text.
    WithoutHook(&'static str),
    /// Gives a line of a block another value, or adds the line to it.
    Set(&'static str, &'static str, &'static str),
    /// Replaces a key in a block by a new one that nobody else knows.
    Foreign(&'static str, &'static str),
    /// Leaves the file away that lets the machine forward.
    Sysctl,
}

/// The line is taken out of the block of a peer, or out of `[Interface]`.
pub(super) fn without(machine: &'static str, block: &'static str, key: &'static str) -> Edit {
    Edit {
        machine,
        change: Change::Without(block, key),
    }
}

/// The hooks that hold a text are taken out.
pub(super) fn without_hook(machine: &'static str, part: &'static str) -> Edit {
    Edit {
        machine,
        change: Change::WithoutHook(part),
    }
}

/// The line of the block has another value, or is new there.
pub(super) fn set(
    machine: &'static str,
    block: &'static str,
    key: &'static str,
    value: &'static str,
) -> Edit {
    Edit {
        machine,
        change: Change::Set(block, key, value),
    }
}

/// The key in the block is one that fits nowhere.
pub(super) fn foreign(machine: &'static str, block: &'static str, key: &'static str) -> Edit {
    Edit {
        machine,
        change: Change::Foreign(block, key),
    }
}

/// The machine has no sysctl file.
pub(super) fn without_sysctl(machine: &'static str) -> Edit {
    Edit {
        machine,
        change: Change::Sysctl,
    }
}

impl Edit {
    /// Changes the files.
    pub(super) fn apply(&self, rendered: &Rendered) {
        let folder = rendered.folder(self.machine);
        match &self.change {
            Change::Sysctl => {
                fs::remove_file(folder.join(SYSCTL)).expect("there was a sysctl file to lose");
            }
            Change::Without(block, key) => rendered.rewrite(self.machine, |text| {
                in_block(text, block, |lines| {
                    let before = lines.len();
                    lines.retain(|line| !is(line, key));
                    assert!(lines.len() < before, "{block} had no {key} to lose");
                })
            }),
            Change::WithoutHook(part) => rendered.rewrite(self.machine, |text| {
                in_block(text, "Interface", |lines| {
                    let before = lines.len();
                    lines.retain(|line| !(is(line, "PostUp") && line.contains(part)));
                    assert!(lines.len() < before, "no hook had {part} to lose");
                })
            }),
            Change::Set(block, key, value) => rendered.rewrite(self.machine, |text| {
                in_block(text, block, |lines| put(lines, key, value))
            }),
            Change::Foreign(block, key) => {
                let made = match *key {
                    "PresharedKey" => keys::preshared(),
                    _ => keys::public(&keys::private()),
                };
                rendered.rewrite(self.machine, |text| {
                    in_block(text, block, |lines| put(lines, key, &made))
                });
            }
        }
    }
}

/// Whether the line sets the key.
fn is(line: &str, key: &str) -> bool {
    line.split_once(" = ")
        .is_some_and(|(before, _)| before == key)
}

fn put(lines: &mut Vec<String>, key: &str, value: &str) {
    let line = format!("{key} = {value}");
    match lines.iter_mut().find(|line| is(line, key)) {
        Some(found) => *found = line,
        None => lines.push(line),
    }
}

/// Changes the lines of one block: that of a peer by its name, or `Interface`.
fn in_block(text: &str, block: &str, change: impl FnOnce(&mut Vec<String>)) -> String {
    let mut blocks: Vec<Vec<String>> = text
        .trim_end()
        .split("\n\n")
        .map(|block| block.lines().map(str::to_owned).collect())
        .collect();
    let heading = |lines: &[String]| match block {
        "Interface" => lines.iter().any(|line| line == "[Interface]"),
        peer => lines.starts_with(&["[Peer]".to_owned(), format!("# {peer}")]),
    };
    let found = blocks.iter_mut().find(|lines| heading(lines));
    change(found.unwrap_or_else(|| panic!("there is no block {block} in:\n{text}")));
    let blocks: Vec<String> = blocks.iter().map(|lines| lines.join("\n")).collect();
    blocks.join("\n\n") + "\n"
}
