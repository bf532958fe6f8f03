//! What other tabs have to do with the open project.

/// Whether another tab has the open project as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// This tab alone changes it.
    Alone,
    /// Another tab changes it; this one has to be told what to do.
    Open,
    /// Another tab changes it, and this one only shows it.
    Reading,
    /// Another tab has stored something that this one has not seen, and this
    /// one has a change of its own. Both are there.
    Changed,
}
