//! Why a file cannot be read, and where.

use std::fmt;

use super::json::{At, Json};

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

/// Reads JSON and checks format and version before anything else, so that a
/// file from the future is not reported as a wrong one.
pub(super) fn read_json(text: &str, format: &'static str, newest: u64) -> Result<Json, FileError> {
    let file: Json = serde_json::from_str(text).map_err(|error| FileError::Json {
        line: error.line(),
        // An empty text ends before its first column.
        column: error.column().max(1),
        truncated: error.is_eof(),
    })?;
    let fields = At::root(&file)
        .any_object()
        .map_err(|_| FileError::OtherFormat { expected: format })?;
    let stated = fields.get("format");
    if stated.and_then(|at| at.text().ok()) != Some(format) {
        return Err(FileError::OtherFormat { expected: format });
    }
    let version = fields.need("version")?;
    match u64::try_from(version.number()?) {
        Ok(found) if found > newest => Err(FileError::FutureVersion { found, newest }),
        Ok(found) if found >= 1 => Ok(file),
        _ => Err(version.problem("a whole number from 1 is expected here")),
    }
}
