//! Sorting with one copy of the machine code for all types.
//!
//! The standard library compiles its sort anew for each type, which costs about
//! 4 kB of download every time. Our lists are short, so an indirect call for
//! each comparison costs nothing that a person would notice.

use std::cmp::Ordering;

use litemap::LiteMap;

/// Sorts a list; equal elements keep their order.
pub(crate) fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order: Vec<usize> = (0..list.len()).collect();
    sort_places(
        &mut order,
        &|one, other| match (list.get(one), list.get(other)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        },
    );
    // Each element moves to its place by swaps; what stood there is found again
    // by following the places that were swapped before.
    for target in 0..order.len() {
        let mut from = order.get(target).copied().unwrap_or(target);
        while from < target {
            from = order.get(from).copied().unwrap_or(target);
        }
        list.swap(target, from);
    }
}

/// Sorts a list by its natural order.
pub(crate) fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, Ord::cmp);
}

/// Sorts a list by a key.
pub(crate) fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, |one, other| key(one).cmp(&key(other)));
}

/// A list in its natural order, in which nothing stands twice.
pub(crate) fn distinct<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    sort(&mut list);
    list.dedup();
    list
}

/// Makes a map of entries whose keys differ. Inserting one after the other
/// would move the larger half of the map each time.
pub(crate) fn map_of<K: Ord, V>(mut entries: Vec<(K, V)>) -> LiteMap<K, V> {
    sort_by(&mut entries, |(one, _), (other, _)| one.cmp(other));
    LiteMap::from_sorted_store_unchecked(entries)
}

fn sort_places(places: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    // No two places are equal, so the smaller of the two sorts does it, too.
    places.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(list: Vec<(u8, u16)>) {
            let (mut ours, mut theirs) = (list.clone(), list);
            sort_by_key(&mut ours, |pair| pair.0);
            theirs.sort_by_key(|pair| pair.0);
            proptest::prop_assert_eq!(&ours, &theirs);
            sort(&mut ours);
            theirs.sort_unstable();
            proptest::prop_assert_eq!(ours, theirs);
        }
    }
}
