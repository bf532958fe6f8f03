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

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::de::{Deserialize, Deserializer, Visitor};
use zeroize::Zeroizing;

use crate::keyring::{Keyring, PresharedKey, PrivateKey, SecretText};
use crate::plan::{NodeId, PairKey};

use super::error::{FileError, check_head, read_json};

const FORMAT: &str = "meshwright-keyring";
const VERSION: u64 = 1;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyringFile {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "version")]
    _version: u64,
    #[serde(default)]
    private_keys: BTreeMap<String, Wiped>,
    #[serde(default)]
    preshared_keys: BTreeMap<String, Wiped>,
}

/// A text that is wiped when it is dropped.
struct Wiped(SecretText);

impl<'de> Deserialize<'de> for Wiped {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Wiped;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Wiped, E> {
                Ok(Wiped(Zeroizing::new(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// Reads a keyring file.
///
/// # Errors
/// Says what is wrong and where, and never quotes a key.
pub fn read_keyring(text: &str) -> Result<Keyring, FileError> {
    check_head(text, FORMAT, VERSION)?;
    let file: KeyringFile = read_json(text)?;
    let mut keyring = Keyring::default();
    for (name, key) in &file.private_keys {
        let place = || format!("private_keys.{name}");
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(FileError::value(
                "private_keys",
                "a machine\u{2019}s name is missing",
            ));
        }
        let key = PrivateKey::from_secret_text(&key.0)
            .map_err(|error| FileError::value(place(), error))?;
        keyring.insert_private_key(NodeId::new(name), key);
    }
    for (name, key) in &file.preshared_keys {
        let place = || format!("preshared_keys.{name}");
        let pair = name
            .split_once(' ')
            .and_then(|(a, b)| PairKey::new(&NodeId::new(a), &NodeId::new(b)))
            .ok_or_else(|| {
                FileError::value(
                    place(),
                    "two machines with a space between them are expected here",
                )
            })?;
        let key = PresharedKey::from_secret_text(&key.0)
            .map_err(|error| FileError::value(place(), error))?;
        if keyring.preshared_key(&pair).is_some() {
            return Err(FileError::value(place(), "this pair is listed twice"));
        }
        keyring.insert_preshared_key(pair, key);
    }
    Ok(keyring)
}

/// Writes a keyring file. Whoever reads it can take every machine's place.
#[must_use]
pub fn write_keyring_secret(keyring: &Keyring) -> SecretText {
    let mut text = Zeroizing::new(String::new());
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
        let key = serde_json::Value::from(key);
        let _ = write!(text, "{separator}    {key}: \"{}\"", value.as_str());
        separator = ",\n";
    }
    text.push_str(if separator == "\n" { "}" } else { "\n  }" });
}
