//! Allowed IPs: what a machine sends to a peer, and accepts from it.

use std::ops::{Deref, Range};
use std::rc::Rc;

use crate::plan::Prefix;

/// Why an entry stands among a peer's allowed IPs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It is the owner's own tunnel address.
    Own,
    /// It is a LAN that the owner shares.
    Lan,
    /// It covers all machines that have no entry of their own; its owner is the
    /// default relay.
    Covering,
    /// It is the internet, which its owner leads to.
    Exit,
}

/// One entry of a peer's allowed IPs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Allowed {
    /// The prefix.
    pub prefix: Prefix,
    /// The machine that owns it, by its place.
    pub owner: usize,
    /// Why it stands there.
    pub why: Why,
}

/// The allowed IPs of a peer, sorted.
///
/// The lists of all peers of one machine are parts of one list. Most of them
/// hold a single entry, and a large mesh has ten thousands of them: to make each
/// by itself would take longer than to decide what it holds.
#[derive(Clone, Default)]
pub struct AllowedIps {
    of_all: Option<Rc<Vec<Allowed>>>,
    part: Range<usize>,
}

impl AllowedIps {
    /// The entries at these places of the list for all peers.
    pub(super) fn part(of_all: &Rc<Vec<Allowed>>, part: Range<usize>) -> Self {
        let of_all = Some(Rc::clone(of_all));
        Self { of_all, part }
    }
}

impl Deref for AllowedIps {
    type Target = [Allowed];

    fn deref(&self) -> &[Allowed] {
        let of_all = self.of_all.as_deref().map_or(&[][..], Vec::as_slice);
        of_all.get(self.part.clone()).unwrap_or_default()
    }
}

impl From<Vec<Allowed>> for AllowedIps {
    /// A list by itself, put into its order.
    fn from(mut entries: Vec<Allowed>) -> Self {
        crate::sorting::sort(&mut entries);
        let part = 0..entries.len();
        let of_all = Some(Rc::new(entries));
        Self { of_all, part }
    }
}

impl<'a> IntoIterator for &'a AllowedIps {
    type Item = &'a Allowed;
    type IntoIter = std::slice::Iter<'a, Allowed>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

// What counts is what the list holds, not what it is a part of.
impl PartialEq for AllowedIps {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for AllowedIps {}

impl std::fmt::Debug for AllowedIps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self).finish()
    }
}
