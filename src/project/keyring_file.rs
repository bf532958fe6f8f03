//! The keyring file: all secrets of a project as JSON, for the command line and
//! for moving a project to another browser.
//!
//! ```json
//! {
//!   "format": "meshwright-keyring",
//!   "version": 1,
//!   "private_keys": { "nas": "<44 characters>" },
//!   "preshared_keys": { "nas vps": "<44 characters>" }
//! }
//! ```
//!
//! Machines are named by their identity, which is their name unless they were
//! renamed. The two ends of a pair are sorted and separated by one space.

use std::fmt::Write as _;

use zeroize::Zeroizing;

use crate::keyring::{Keyring, PresharedKey, PrivateKey, SecretText};
use crate::plan::{NodeId, PairKey};

use super::error::{FileError, read_json};
use super::json::{At, Fields};

const FORMAT: &str = "meshwright-keyring";
const VERSION: u64 = 1;

/// Reads a keyring file.
///
/// # Errors
/// Says what is wrong and where, and never quotes a key.
pub fn read_keyring(text: &str) -> Result<Keyring, FileError> {
    let file = read_json(text, FORMAT, VERSION)?;
    let file = At::root(&file).fields(&["format", "version", "private_keys", "preshared_keys"])?;
    let mut keyring = Keyring::default();
    for (name, at) in keys(&file, "private_keys")? {
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(at.problem("the name of a machine is expected here"));
        }
        let node = NodeId::new(name);
        if keyring.private_key(&node).is_some() {
            return Err(at.problem("this machine is listed twice"));
        }
        let key = PrivateKey::from_secret_text(at.text()?).map_err(|error| at.problem(error))?;
        keyring.insert_private_key(node, key);
    }
    for (name, at) in keys(&file, "preshared_keys")? {
        let pair = name
            .split_once(' ')
            .and_then(|(a, b)| PairKey::new(&NodeId::new(a), &NodeId::new(b)))
            .ok_or_else(|| {
                at.problem("two machines with a space between them are expected here")
            })?;
        if keyring.preshared_key(&pair).is_some() {
            return Err(at.problem("this pair is listed twice"));
        }
        let key = PresharedKey::from_secret_text(at.text()?).map_err(|error| at.problem(error))?;
        keyring.insert_preshared_key(pair, key);
    }
    Ok(keyring)
}

/// The keys under a field that may be missing.
fn keys<'a>(file: &Fields<'a>, name: &str) -> Result<Vec<(&'a str, At<'a>)>, FileError> {
    match file.get(name) {
        Some(at) => Ok(at.any_object()?.iter().collect()),
        None => Ok(Vec::new()),
    }
}

/// What a file has beside its entries.
const FRAME: usize = 256;
/// What an entry has beside identities: a key, quotes, the indentation, and room
/// for characters that are escaped.
const ENTRY: usize = 80;

/// Writes a keyring file. Whoever reads it can take every machine's place.
#[must_use]
pub fn write_keyring_secret(keyring: &Keyring) -> SecretText {
    // Room for all of it: a text that grows leaves copies behind that nobody wipes.
    let entry = |identity: usize| identity + ENTRY;
    let private: usize = keyring
        .private_keys()
        .map(|(node, _)| entry(node.as_str().len()))
        .sum();
    let preshared: usize = keyring
        .preshared_keys()
        .map(|(pair, _)| {
            let (a, b) = pair.ends();
            entry(a.as_str().len() + b.as_str().len())
        })
        .sum();
    let mut text = Zeroizing::new(String::with_capacity(FRAME + private + preshared));
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{{\n  \"format\": \"{FORMAT}\",\n  \"version\": {VERSION},"
    );
    let private = keyring
        .private_keys()
        .map(|(node, key)| (node.to_string(), key.to_secret_text()));
    object(&mut text, "private_keys", private);
    text.push_str(",\n");
    let preshared = keyring.preshared_keys().map(|(pair, key)| {
        let (a, b) = pair.ends();
        (format!("{a} {b}"), key.to_secret_text())
    });
    object(&mut text, "preshared_keys", preshared);
    text.push_str("\n}\n");
    text
}

fn object(text: &mut SecretText, name: &str, entries: impl Iterator<Item = (String, SecretText)>) {
    let _ = write!(text, "  \"{name}\": {{");
    let mut separator = "\n";
    for (key, value) in entries {
        // Identities may hold quotes; keys are base64 and need no escaping.
        let key = serde_json::to_string(&key).unwrap_or_default();
        let _ = write!(text, "{separator}    {key}: \"{}\"", value.as_str());
        separator = ",\n";
    }
    text.push_str(if separator == "\n" { "}" } else { "\n  }" });
}
