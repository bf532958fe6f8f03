//! The law of paths, as a table of next hops.
//!
//! A machine has one next hop for each destination, and accepts a source only
//! from the peer that it would answer through. So for every path and every
//! machine X inside it, the pair of X and an end takes the rest of that path,
//! and the way back is the reverse.
//!
//! The table grows from short paths to long ones. A path of one relay over two
//! links breaks nothing. A longer path is taken only if both of its parts that
//! lack one end are there already, so the law holds by construction. Of several
//! such paths the cheapest is taken, by a cost that is a sum over machines and
//! links: parts of cheapest paths are cheapest themselves, so that the parts
//! which a path needs are those which were taken.

use super::ground::Ground;
use super::relay::{RelaySet, insert};

/// No next hop.
const NONE: u32 = u32::MAX;

/// What may become of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Any path.
    Any,
    /// Only a path that is put in by hand.
    Held,
    /// None.
    None,
}

/// The next hop of each machine towards each other, and how far it is.
pub(super) struct Routes {
    count: usize,
    next: Vec<u32>,
    hops: Vec<u16>,
}

impl Routes {
    /// Connects all machines. `wanted` says of each pair what may become of it,
    /// and `free` gives pairs with the one relay that they are to go through,
    /// both legs of which are links.
    pub(super) fn new(
        count: usize,
        ground: &Ground,
        wanted: &impl Fn(usize, usize) -> Wanted,
        free: &[((usize, usize), usize)],
    ) -> Self {
        let mut routes = Self {
            count,
            next: vec![NONE; count * count],
            hops: vec![0; count * count],
        };
        let mut near = vec![ground.relays.none(); count];
        let mut meet = |own: usize, other: usize| {
            if let Some(rank) = ground.relays.rank(other)
                && let Some(set) = near.get_mut(own)
            {
                insert(set, rank);
            }
        };
        let mut links = ground.links.in_order();
        for a in 0..count {
            for b in a + 1..count {
                if links.next() == Some(true)
                    && ground.hubs.between(a, b).is_none()
                    && wanted(a, b) == Wanted::Any
                {
                    routes.put(a, b, (b, a), 1);
                    meet(a, b);
                    meet(b, a);
                }
            }
        }
        for ((a, b), relay) in free {
            routes.put(*a, *b, (*relay, *relay), 2);
        }
        routes.over_one(ground, wanted, &near);
        routes.over_more(ground, wanted);
        routes
    }

    /// Pairs without a link of their own go through the best relay that has a
    /// link with both.
    fn over_one(
        &mut self,
        ground: &Ground,
        wanted: &impl Fn(usize, usize) -> Wanted,
        near: &[RelaySet],
    ) {
        let spokes = !ground.hubs.is_empty();
        for a in 0..self.count {
            for b in a + 1..self.count {
                if self.hops(a, b) != 0 || wanted(a, b) != Wanted::Any {
                    continue;
                }
                let hub = || {
                    let hubs = [ground.hubs.of(a), ground.hubs.of(b)];
                    hubs.into_iter().flatten().find(|hub| {
                        self.hops(*hub, a) == 1
                            && self.hops(*hub, b) == 1
                            && ground.may_pass(*hub, (a, b))
                    })
                };
                let hub = if spokes { hub() } else { None };
                let relay = hub.or_else(|| {
                    let (of_a, of_b) = (near.get(a)?, near.get(b)?);
                    ground.relays.best(of_a, of_b, (a, b))
                });
                if let Some(relay) = relay {
                    self.put(a, b, (relay, relay), 2);
                }
            }
        }
    }

    /// Pairs that are still apart go over several relays.
    pub(super) fn over_more(&mut self, ground: &Ground, wanted: &impl Fn(usize, usize) -> Wanted) {
        // A machine has no path to itself, and mostly to all others.
        if self.hops.iter().filter(|hops| **hops == 0).count() <= self.count {
            return;
        }
        let mut apart: Vec<bool> = vec![false; self.count * self.count];
        let mut some = false;
        for a in 0..self.count {
            for b in 0..self.count {
                let lacks = a != b && self.hops(a, b) == 0 && wanted(a, b) == Wanted::Any;
                if lacks && let Some(flag) = apart.get_mut(a * self.count + b) {
                    *flag = true;
                    some = true;
                }
            }
        }
        if !some {
            return;
        }
        // The machines that each has a link with.
        let near: Vec<Vec<usize>> = (0..self.count)
            .map(|a| (0..self.count).filter(|b| self.hops(a, *b) == 1).collect())
            .collect();
        let may_serve =
            |place: usize| ground.relays.rank(place).is_some() || !ground.hubs.is_empty();
        let inside: Vec<usize> = (0..self.count).filter(|place| may_serve(*place)).collect();
        // Pairs of a machine that may stand inside a path and another, by the
        // length of their path.
        let mut edge: Vec<Vec<(usize, usize)>> = Vec::new();
        for x in &inside {
            for b in 0..self.count {
                let hops = usize::from(self.hops(*x, b));
                if hops >= 2 {
                    file(&mut edge, hops, (*x, b));
                }
            }
        }
        let mut length = 2;
        while length < edge.len() {
            let parts = edge.get_mut(length).map(std::mem::take).unwrap_or_default();
            let mut found: Vec<Candidate> = Vec::new();
            for (x, b) in parts {
                for a in near.get(x).into_iter().flatten() {
                    let a = *a;
                    if apart.get(a * self.count + b) == Some(&true) {
                        found.extend(self.candidate(ground, (a, b), x));
                    }
                }
            }
            crate::sorting::sort(&mut found);
            for candidate in &found {
                let Candidate {
                    a, b, first, last, ..
                } = candidate;
                if self.hops(*a, *b) != 0 {
                    continue;
                }
                self.put(*a, *b, (*first, *last), length + 1);
                for (one, other) in [(*a, *b), (*b, *a)] {
                    if let Some(flag) = apart.get_mut(one * self.count + other) {
                        *flag = false;
                    }
                    if may_serve(one) {
                        file(&mut edge, length + 1, (one, other));
                    }
                }
            }
            length += 1;
        }
    }

    /// The path of a pair that begins with a link to `x` and goes on as `x`
    /// does, if it breaks nothing.
    fn candidate(&self, ground: &Ground, (a, b): (usize, usize), x: usize) -> Option<Candidate> {
        let last = self.next(b, x)?;
        // The other part, which lacks `b`, must be there and go the same way.
        if self.next(a, last)? != x || self.hops(a, last) != self.hops(x, b) {
            return None;
        }
        let mut path = vec![x];
        path.extend(self.inside(x, b));
        if !path.iter().all(|place| ground.may_pass(*place, (a, b))) {
            return None;
        }
        let (a, b, first, last) = if a < b {
            (a, b, x, last)
        } else {
            (b, a, last, x)
        };
        Some(Candidate {
            a,
            b,
            cost: ground.relays.cost((a, b), &path),
            first,
            last,
        })
    }

    /// Puts two paths one after the other, if the law lets the whole be a path;
    /// else says which pair is in the way.
    pub(super) fn join(
        &mut self,
        ground: &Ground,
        (a, b): (usize, usize),
        relay: usize,
    ) -> Result<(), Option<(usize, usize)>> {
        let (before, after) = (self.hops(a, relay), self.hops(relay, b));
        if before == 0 || after == 0 {
            return Err(None);
        }
        let mut path: Vec<usize> = self.inside(a, relay).collect();
        path.push(relay);
        path.extend(self.inside(relay, b));
        let whole: Vec<usize> = [a].into_iter().chain(path.clone()).chain([b]).collect();
        for (index, place) in path.iter().enumerate() {
            if path.iter().skip(index + 1).any(|other| other == place)
                || !ground.may_pass(*place, (a, b))
            {
                return Err(None);
            }
        }
        // Each machine inside must go on to both ends in the same way.
        for (index, place) in path.iter().enumerate() {
            let rest = whole.iter().skip(index + 2);
            let way = self.inside(*place, b).chain([b]);
            if self.hops(*place, b) == 0 || !rest.copied().eq(way) {
                return Err(Some((*place, b)));
            }
            let rest = whole.iter().take(index + 1).rev();
            let way = self.inside(*place, a).chain([a]);
            if self.hops(*place, a) == 0 || !rest.copied().eq(way) {
                return Err(Some((*place, a)));
            }
        }
        let (Some(first), Some(last)) = (path.first(), path.last()) else {
            return Err(None);
        };
        self.put(a, b, (*first, *last), path.len() + 1);
        Ok(())
    }

    /// The machines inside the path from one to another, in order.
    pub(super) fn inside(&self, from: usize, to: usize) -> impl Iterator<Item = usize> + '_ {
        let step = move |here: &usize| self.next(*here, to).filter(|next| *next != to);
        std::iter::successors(self.next(from, to).filter(|next| *next != to), step)
    }

    /// How many links the path of two machines has; 0 if there is none.
    pub(super) fn hops(&self, a: usize, b: usize) -> u16 {
        self.hops.get(a * self.count + b).copied().unwrap_or(0)
    }

    /// How many links a machine has.
    pub(super) fn links(&self, place: usize) -> usize {
        let row = self.hops.get(place * self.count..(place + 1) * self.count);
        let links = row.into_iter().flatten().filter(|hops| **hops == 1);
        links.count()
    }

    /// The machine to which one sends what is for each other, by place; what is
    /// no place stands for nowhere.
    pub(super) fn towards(&self, from: usize) -> &[u32] {
        let row = self.next.get(from * self.count..(from + 1) * self.count);
        row.unwrap_or_default()
    }

    /// The machine to which one sends what is for another, if there is a path.
    fn next(&self, from: usize, to: usize) -> Option<usize> {
        let next = *self.next.get(from * self.count + to)?;
        (next != NONE).then_some(next as usize)
    }

    fn put(&mut self, a: usize, b: usize, (of_a, of_b): (usize, usize), hops: usize) {
        for (from, to, next) in [(a, b, of_a), (b, a, of_b)] {
            let at = from * self.count + to;
            if let (Some(slot), Some(length)) = (self.next.get_mut(at), self.hops.get_mut(at)) {
                *slot = u32::try_from(next).unwrap_or(NONE);
                *length = u16::try_from(hops).unwrap_or(u16::MAX);
            }
        }
    }
}

/// A path that a pair could take; the order is that of preference for each pair.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    a: usize,
    b: usize,
    cost: (usize, usize, Vec<usize>),
    first: usize,
    last: usize,
}

fn file(lists: &mut Vec<Vec<(usize, usize)>>, length: usize, pair: (usize, usize)) {
    if lists.len() <= length {
        lists.resize_with(length + 1, Vec::new);
    }
    if let Some(list) = lists.get_mut(length) {
        list.push(pair);
    }
}
