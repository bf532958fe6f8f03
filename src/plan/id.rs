//! Identities that outlive a rename, so that keys stay with their machine.
//!
//! An identity is the first name that a machine or site had. It is written to
//! the file only where it differs from the name of today.

use std::fmt;
use std::sync::Arc;

macro_rules! identity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The identity that is written as `text`.
            #[must_use]
            pub fn new(text: &str) -> Self {
                Self(Arc::from(text))
            }

            /// The identity as it is written in files.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The first of `wish`, `wish-2`, `wish-3` … that is not taken.
            #[must_use]
            pub fn fresh(wish: &str, taken: impl Fn(&str) -> bool) -> Self {
                if !taken(wish) {
                    return Self::new(wish);
                }
                let mut number = 2_u32;
                loop {
                    let text = format!("{wish}-{number}");
                    if !taken(&text) {
                        return Self::new(&text);
                    }
                    number += 1;
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

identity! {
    /// Identifies a machine through renames.
    NodeId
}
identity! {
    /// Identifies a site through renames.
    SiteId
}
identity! {
    /// Identifies a project, so that a browser finds its keys again when the
    /// plan comes back from a file.
    ProjectId
}
