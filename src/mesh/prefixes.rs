//! Many prefixes at once, asked whether one of them overlaps another.
//!
//! Of prefixes that overlap nothing among themselves, sorted, only the
//! neighbours of another can overlap it. So a machine with thousands of LANs
//! costs no more than a look-up for each.

use std::net::IpAddr;

use crate::plan::Prefix;

/// Prefixes that do not overlap, sorted, each with the machine that it belongs to.
#[derive(Default)]
pub(super) struct Prefixes(Vec<(Prefix, usize)>);

impl Prefixes {
    /// The same addresses as those of a list whose prefixes may lie inside each
    /// other: what lies inside another adds none.
    pub(super) fn covering(list: impl Iterator<Item = Prefix>) -> Self {
        let mut all: Vec<Prefix> = list.collect();
        crate::sorting::sort(&mut all);
        let mut apart: Vec<(Prefix, usize)> = Vec::with_capacity(all.len());
        for prefix in all {
            if apart.last().is_none_or(|(last, _)| !last.overlaps(prefix)) {
                apart.push((prefix, 0));
            }
        }
        Self(apart)
    }

    /// Adds prefixes that overlap none of those which are there.
    pub(super) fn add(&mut self, more: impl Iterator<Item = (Prefix, usize)>) {
        let before = self.0.len();
        self.0.extend(more);
        if self.0.len() > before {
            crate::sorting::sort(&mut self.0);
        }
    }

    /// The prefix around another, or the same.
    pub(super) fn around(&self, prefix: Prefix) -> Option<(Prefix, usize)> {
        let after = self.0.partition_point(|(other, _)| *other <= prefix);
        let before = *self.0.get(after.checked_sub(1)?)?;
        before.0.overlaps(prefix).then_some(before)
    }

    /// The first prefix that has an address in common with another.
    pub(super) fn overlapping(&self, prefix: Prefix) -> Option<(Prefix, usize)> {
        let inside = || {
            let after = self.0.partition_point(|(other, _)| *other <= prefix);
            let next = *self.0.get(after)?;
            next.0.overlaps(prefix).then_some(next)
        };
        self.around(prefix).or_else(inside)
    }
}

/// The part of a sorted list whose addresses lie inside a prefix.
pub(super) fn inside<T>(sorted: &[T], prefix: Prefix, address: impl Fn(&T) -> IpAddr) -> &[T] {
    let (first, last) = (prefix.net().network(), prefix.net().broadcast());
    let start = sorted.partition_point(|one| address(one) < first);
    let end = sorted.partition_point(|one| address(one) <= last);
    sorted.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn neighbours_are_all_that_can_overlap(
            list: Vec<(u8, bool, u8)>,
            asked: (u8, bool, u8),
        ) {
            // Few addresses and all lengths, so that much overlaps.
            let prefix = |(octet, long, length): (u8, bool, u8)| {
                if long {
                    let address = std::net::Ipv6Addr::new(0xfd00 | u16::from(octet), 0, 0, 0, 0, 0, 0, 0);
                    Prefix::around(address.into(), length % 129).unwrap()
                } else {
                    let address = std::net::Ipv4Addr::new(octet & 3, octet >> 4, 0, octet);
                    Prefix::around(address.into(), length % 33).unwrap()
                }
            };
            let list: Vec<Prefix> = list.into_iter().map(prefix).collect();
            let asked = prefix(asked);
            let set = Prefixes::covering(list.iter().copied());
            proptest::prop_assert_eq!(
                set.overlapping(asked).is_some(),
                list.iter().any(|one| one.overlaps(asked))
            );
            let holds = |one: &Prefix| one.overlaps(asked) && one.length() <= asked.length();
            proptest::prop_assert_eq!(set.around(asked).is_some(), list.iter().any(holds));
            let mut addresses: Vec<IpAddr> = list.iter().map(|one| one.net().addr()).collect();
            addresses.sort();
            let found = inside(&addresses, asked, |one| *one).len();
            let expected = addresses.iter().filter(|one| asked.holds(**one)).count();
            proptest::prop_assert_eq!(found, expected);
        }
    }
}
