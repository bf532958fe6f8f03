//! Why a file cannot be read, and where.

use std::fmt;

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// The text is no JSON, or it ends too early.
    Json {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// Whether the text ends where more must follow.
        truncated: bool,
    },
    /// JSON, but not a file of this kind.
    OtherFormat {
        /// What the file should say under `format`.
        expected: &'static str,
    },
    /// Written by a newer version of Meshwright.
    FutureVersion {
        /// The version that the file states.
        found: u64,
        /// The newest version that can be read.
        newest: u64,
    },
    /// A value that does not fit.
    Value {
        /// Where, such as `nodes[1].place.site`.
        place: String,
        /// What is wrong there.
        problem: String,
    },
}

impl FileError {
    pub(super) fn value(place: impl Into<String>, problem: impl fmt::Display) -> Self {
        Self::Value {
            place: place.into(),
            problem: problem.to_string(),
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json {
                line,
                column,
                truncated: true,
            } => write!(
                f,
                "the file ends too early, at line {line}, column {column}; it was probably not saved whole"
            ),
            Self::Json {
                line,
                column,
                truncated: false,
            } => {
                write!(f, "this is not valid JSON at line {line}, column {column}")
            }
            Self::OtherFormat { expected } => {
                write!(
                    f,
                    "this is not a file of this kind: it does not say \"format\": \"{expected}\""
                )
            }
            Self::FutureVersion { found, newest } => write!(
                f,
                "this file has version {found} and was written by a newer Meshwright; this one reads up to version {newest}"
            ),
            Self::Value { place, problem } if place.is_empty() => write!(f, "{problem}"),
            Self::Value { place, problem } => write!(f, "{place}: {problem}"),
        }
    }
}

impl std::error::Error for FileError {}

/// The first look at any file: what it is and which version.
#[derive(serde::Deserialize)]
struct Head {
    format: Option<serde_json::Value>,
    version: Option<serde_json::Value>,
}

/// Checks format and version before anything else is read, so that a file from
/// the future is not reported as a wrong one.
pub(super) fn check_head(text: &str, format: &'static str, newest: u64) -> Result<(), FileError> {
    let head: Head = serde_json::from_str(text).map_err(|error| {
        if error.is_data() {
            FileError::OtherFormat { expected: format }
        } else {
            json_error(&error)
        }
    })?;
    if head.format.as_ref().and_then(serde_json::Value::as_str) != Some(format) {
        return Err(FileError::OtherFormat { expected: format });
    }
    match head.version.as_ref().and_then(serde_json::Value::as_u64) {
        Some(found) if found > newest => Err(FileError::FutureVersion { found, newest }),
        Some(found) if found >= 1 => Ok(()),
        _ => Err(FileError::value(
            "version",
            "a whole number from 1 is expected here",
        )),
    }
}

pub(super) fn json_error(error: &serde_json::Error) -> FileError {
    FileError::Json {
        line: error.line(),
        // An empty text ends before its first column.
        column: error.column().max(1),
        truncated: error.is_eof(),
    }
}

/// Reads JSON and names the place where a type does not fit.
pub(super) fn read_json<'de, T: serde::Deserialize<'de>>(text: &'de str) -> Result<T, FileError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let inner = error.inner();
        // The head was read from the same text, so it is JSON to its end, and
        // whatever fails now is a value in a place where another one belongs.
        if inner.is_eof() {
            return json_error(inner);
        }
        let place = error.path().to_string();
        let place = if place == "." { String::new() } else { place };
        FileError::value(harmless(&place), problem(inner))
    })?;
    reader.end().map_err(|error| json_error(&error))?;
    Ok(value)
}

/// What is wrong with a value, without the value itself, which may be a secret
/// that was put in a wrong place.
fn problem(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // serde_json adds the position, which says less than the place.
    let text = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(text, _)| text);
    if error.is_syntax() {
        return "a value of another kind is expected here".to_owned();
    }
    match (
        text.split_once(": string \""),
        text.rsplit_once("\", expected "),
    ) {
        (Some((kind, _)), Some((_, expected))) => format!("{kind}: text, expected {expected}"),
        _ => harmless(text),
    }
}

/// A text from a file as an error shows it: on one line, short, and harmless in
/// a terminal.
fn harmless(text: &str) -> String {
    const LONGEST: usize = 200;
    let escape = |character: char| {
        if character.is_control() {
            character.escape_debug().to_string()
        } else {
            character.to_string()
        }
    };
    let mut short: String = text.chars().take(LONGEST).map(escape).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('\u{2026}');
    }
    short
}
