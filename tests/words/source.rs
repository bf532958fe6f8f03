//! The texts of the page, found in the source: literals that read like words
//! for people, apart from those that stand where only the browser reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Where what the page shows comes from. Files, their comments and what the
/// command line prints stay English, so they are not among it.
const PARTS: [&str; 10] = [
    "ui",
    "browser",
    "mesh",
    "plan",
    "editor",
    "conf",
    "project",
    "proof",
    "render/explain",
    "render/guide.rs",
];

/// What the command line alone says, and drawings.
const APART: [&str; 3] = ["proof/supposition", "proof/route.rs", "ui/icon"];

/// Attributes that no person reads.
const TECHNICAL: [&str; 26] = [
    "class",
    "id",
    "key",
    "d",
    "viewBox",
    "href",
    "role",
    "type",
    "points",
    "for",
    "name",
    "rel",
    "target",
    "menu",
    "group",
    "data-tab",
    "fill",
    "transform",
    "aria-hidden",
    "aria-controls",
    "aria-live",
    "aria-describedby",
    "aria-labelledby",
    "preserveAspectRatio",
    "autocomplete",
    "popovertarget",
];

/// What stands in front of literals for the compiler or the browser.
const BEFORE: [&str; 8] = [
    "reason = ",
    "feature = ",
    "expect(",
    "query_selector(",
    "query_selector_all(",
    "closest(",
    "must_use = ",
    "matches(",
];

/// How a drawing or a command begins.
const DRAWN: [&str; 7] = [
    "translate(",
    "M{",
    "H{",
    "(width",
    "(pointer",
    "sudo ",
    "ping -c",
];

/// The texts with the file that they stand in, and all literals.
pub fn texts() -> (BTreeMap<String, String>, BTreeSet<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut texts, mut all) = (BTreeMap::new(), BTreeSet::new());
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(&root).unwrap();
            let inside = inside.to_str().unwrap().replace('\\', "/");
            let of_page = PARTS.iter().any(|part| inside.starts_with(part))
                && !APART.iter().any(|part| inside.starts_with(part))
                && !inside.contains("tests");
            let rust = path.extension().is_some_and(|extension| extension == "rs");
            if !of_page || !rust {
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            let program = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
            for (before, literal) in literals(program) {
                if is_text(&before, &literal) {
                    texts.insert(literal.clone(), inside.clone());
                }
                all.insert(literal);
            }
        }
    }
    assert!(texts.len() > 300, "the source was not read");
    (texts, all)
}

/// Whether a literal reads like words for people: several of them, or one with
/// a capital letter.
fn is_text(before: &str, literal: &str) -> bool {
    let mut words = String::new();
    let mut depth = 0;
    for character in literal.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 => words.push(character),
            _ => {}
        }
    }
    let letters = words.as_bytes();
    let worded = letters
        .windows(2)
        .any(|pair| pair.iter().all(u8::is_ascii_alphabetic));
    let capital = literal.starts_with(|first: char| first.is_ascii_uppercase())
        && literal
            .chars()
            .nth(1)
            .is_some_and(|second| second.is_ascii_lowercase());
    let reads = worded && (literal.trim().contains(' ') || capital);
    reads && !is_technical(before) && !DRAWN.iter().any(|drawn| literal.starts_with(drawn))
}

fn is_technical(before: &str) -> bool {
    let attribute = before
        .trim_end_matches('{')
        .strip_suffix('=')
        .and_then(|before| before.rsplit([' ', '\n', '<', '(']).next());
    let classes = before.rsplit_once("classes!(");
    attribute.is_some_and(|attribute| TECHNICAL.contains(&attribute))
        || classes.is_some_and(|(_, after)| !after.contains(')'))
        || BEFORE.iter().any(|start| before.ends_with(start))
}

/// The string literals of a source with what stands in front of each.
fn literals(source: &str) -> Vec<(String, String)> {
    let characters: Vec<char> = source.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        match characters[at] {
            '/' if characters.get(at + 1) == Some(&'/') => {
                while at < characters.len() && characters[at] != '\n' {
                    at += 1;
                }
            }
            // A character, unless it is a lifetime.
            '\'' if characters.get(at + 1) == Some(&'\\') => {
                at += 3;
                while characters[at] != '\'' {
                    at += 1;
                }
                at += 1;
            }
            '\'' if characters.get(at + 2) == Some(&'\'') => at += 3,
            '"' => {
                let before: String = characters[at.saturating_sub(70)..at].iter().collect();
                let (literal, end) = literal(&characters, at + 1);
                found.push((before, literal));
                at = end;
            }
            'r' if matches!(characters.get(at + 1), Some('#' | '"'))
                && !characters[at - 1].is_alphanumeric()
                && characters[at - 1] != '_' =>
            {
                let marks = characters[at + 1..]
                    .iter()
                    .take_while(|mark| **mark == '#')
                    .count();
                let end: String = format!("\"{}", "#".repeat(marks));
                let rest: String = characters[at + 2 + marks..].iter().collect();
                let length = rest
                    .find(&end)
                    .map_or(0, |length| rest[..length].chars().count());
                at += 2 + marks + length + end.len();
            }
            _ => at += 1,
        }
    }
    found
}

/// One literal, as the compiler reads it, and where it ends.
fn literal(characters: &[char], mut at: usize) -> (String, usize) {
    let mut literal = String::new();
    while characters[at] != '"' {
        if characters[at] != '\\' {
            literal.push(characters[at]);
            at += 1;
            continue;
        }
        match characters[at + 1] {
            'u' => {
                let digits: String = characters[at + 3..]
                    .iter()
                    .take_while(|digit| **digit != '}')
                    .collect();
                let number = u32::from_str_radix(&digits, 16).unwrap();
                literal.push(char::from_u32(number).unwrap());
                at += 4 + digits.len();
            }
            '\n' => {
                at += 2;
                while characters[at].is_whitespace() {
                    at += 1;
                }
            }
            escaped => {
                literal.push(match escaped {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    other => other,
                });
                at += 2;
            }
        }
    }
    (literal, at + 1)
}
