//! Where in a file something stands.

/// A place in a text file. Both numbers begin at 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The line.
    pub line: u32,
    /// The character in the line.
    pub column: u32,
}

impl Default for At {
    fn default() -> Self {
        Self { line: 1, column: 1 }
    }
}

/// A value with the place where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it begins.
    pub at: At,
}
