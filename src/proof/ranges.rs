//! Longest-prefix lookups, flattened: sorted ranges that do not overlap.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::plan::Family;
use crate::sorting;

/// No prefix holds the address.
const NOTHING: u32 = u32::MAX;

/// Which of many prefixes is the longest that holds an address. Of equal
/// prefixes the one that comes last counts, as in the kernel (`allowedips.c`).
#[derive(Default)]
pub(super) struct Ranges {
    families: [Line; 2],
}

/// The ranges of one family: each begins where the one before ends.
#[derive(Default)]
struct Line {
    starts: Vec<u128>,
    values: Vec<u32>,
}

/// One prefix while ranges are made.
struct Piece {
    first: u128,
    last: u128,
    value: u32,
}

impl Ranges {
    /// Takes prefixes; a lookup gives their places in this order.
    pub(super) fn new(prefixes: impl Iterator<Item = IpNet>) -> Self {
        let mut pieces: [Vec<Piece>; 2] = [Vec::new(), Vec::new()];
        let [four, six] = &mut pieces;
        for (value, prefix) in (0..).zip(prefixes) {
            let piece = Piece {
                first: number(prefix.network()),
                last: number(prefix.broadcast()),
                value,
            };
            match prefix {
                IpNet::V4(_) => four.push(piece),
                IpNet::V6(_) => six.push(piece),
            }
        }
        Self {
            families: pieces.map(flatten),
        }
    }

    /// The place of the longest prefix that holds an address.
    pub(super) fn at(&self, address: IpAddr) -> Option<usize> {
        let line = self.line(address);
        line.value(line.place(number(address)))
    }

    /// The place of the prefix that is the longest for every address of a
    /// network; `None` if there is none, or if parts of it go elsewhere.
    pub(super) fn all_of(&self, network: IpNet) -> Option<usize> {
        let line = self.line(network.network());
        let (first, last) = (number(network.network()), number(network.broadcast()));
        let place = line.place(first);
        if line.place(last) == place {
            line.value(place)
        } else {
            None
        }
    }

    fn line(&self, address: IpAddr) -> &Line {
        let [four, six] = &self.families;
        match Family::of(address) {
            Family::V4 => four,
            Family::V6 => six,
        }
    }
}

impl Line {
    /// How many ranges begin at or before an address.
    fn place(&self, address: u128) -> usize {
        self.starts.partition_point(|start| *start <= address)
    }

    fn value(&self, place: usize) -> Option<usize> {
        let value = *self.values.get(place.checked_sub(1)?)?;
        (value != NOTHING)
            .then(|| usize::try_from(value).ok())
            .flatten()
    }

    fn begin(&mut self, start: u128, value: u32) {
        if self.starts.last() == Some(&start) {
            if let Some(last) = self.values.last_mut() {
                *last = value;
            }
        } else {
            self.starts.push(start);
            self.values.push(value);
        }
    }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u32::from(address).into(),
        IpAddr::V6(address) => address.into(),
    }
}

/// Sweeps over prefixes, which hold each other or lie apart.
fn flatten(mut pieces: Vec<Piece>) -> Line {
    // Longer prefixes come behind those that hold them. Of equal ones the last
    // in the file comes last.
    let order = |one: &Piece, other: &Piece| {
        (one.first, other.last, one.value).cmp(&(other.first, one.last, other.value))
    };
    if !pieces.is_sorted_by(|one, other| order(one, other).is_le()) {
        sorting::sort_by(&mut pieces, order);
    }
    let mut line = Line::default();
    line.starts.reserve(pieces.len() * 2);
    line.values.reserve(pieces.len() * 2);
    let mut open: Vec<(u128, u32)> = Vec::new();
    for piece in &pieces {
        close(&mut line, &mut open, Some(piece.first));
        line.begin(piece.first, piece.value);
        open.push((piece.last, piece.value));
    }
    close(&mut line, &mut open, None);
    line
}

/// Ends the prefixes that lie before a start, or all.
fn close(line: &mut Line, open: &mut Vec<(u128, u32)>, before: Option<u128>) {
    while let Some((last, _)) = open.last().copied() {
        if before.is_some_and(|start| last >= start) {
            return;
        }
        open.pop();
        if let Some(next) = last.checked_add(1) {
            let around = open.last().map_or(NOTHING, |(_, value)| *value);
            line.begin(next, around);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup(prefixes: &[&str], address: &str) -> Option<String> {
        let nets: Vec<IpNet> = prefixes.iter().map(|text| text.parse().unwrap()).collect();
        let ranges = Ranges::new(nets.iter().copied());
        let place = ranges.at(address.parse().unwrap())?;
        Some(format!("{place}: {}", nets[place]))
    }

    #[test]
    fn the_longest_prefix_wins_and_of_equal_ones_the_last() {
        let list = [
            "10.0.0.0/24",
            "10.0.0.3/32",
            "0.0.0.0/0",
            "10.0.0.0/24",
            "::/0",
            "fd00::/8",
            "255.255.255.255/32",
        ];
        for (address, found) in [
            ("10.0.0.1", "3: 10.0.0.0/24"),
            ("10.0.0.3", "1: 10.0.0.3/32"),
            ("10.0.0.4", "3: 10.0.0.0/24"),
            ("10.0.1.0", "2: 0.0.0.0/0"),
            ("255.255.255.255", "6: 255.255.255.255/32"),
            ("fd12::1", "5: fd00::/8"),
            ("fe00::1", "4: ::/0"),
        ] {
            assert_eq!(lookup(&list, address).as_deref(), Some(found), "{address}");
        }
        assert_eq!(lookup(&list[..2], "10.0.1.0"), None);
        assert_eq!(lookup(&list[..4], "fd12::1"), None);
    }

    #[test]
    fn a_network_goes_one_way_or_not() {
        let nets = ["192.168.0.0/16", "192.168.1.7/32"].map(|text| text.parse().unwrap());
        let ranges = Ranges::new(nets.into_iter());
        let all_of = |text: &str| ranges.all_of(text.parse().unwrap());
        assert_eq!(all_of("192.168.2.0/24"), Some(0));
        assert_eq!(all_of("192.168.1.0/24"), None);
        assert_eq!(all_of("192.168.1.7/32"), Some(1));
        assert_eq!(all_of("10.0.0.0/8"), None);
    }

    proptest::proptest! {
        /// The same answer as looking at every prefix.
        #[test]
        fn ranges_answer_as_the_list_does(
            prefixes in proptest::collection::vec((0_u32..64, 26_u8..=32), 0..12),
            asked in 0_u32..70,
        ) {
            let nets: Vec<IpNet> = prefixes
                .iter()
                .map(|(low, length)| {
                    let net: IpNet = format!("10.0.0.{low}/{length}").parse().unwrap();
                    net.trunc()
                })
                .collect();
            let address: IpAddr = format!("10.0.0.{asked}").parse().unwrap();
            let best = nets
                .iter()
                .enumerate()
                .filter(|(_, net)| net.contains(&address))
                .max_by_key(|(place, net)| (net.prefix_len(), *place))
                .map(|(place, _)| place);
            proptest::prop_assert_eq!(Ranges::new(nets.iter().copied()).at(address), best);
        }
    }
}
