//! The law of paths as a check, for tests.

use super::{Mesh, Verdict};

impl Mesh {
    /// The machines on the way from one to another, both ends included; `None`
    /// if they do not get through to each other.
    #[must_use]
    pub fn path(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        let pair = self.pair(from, to)?;
        let mut path = match &pair.verdict {
            Verdict::Lan | Verdict::Direct | Verdict::Open => vec![pair.a, pair.b],
            Verdict::Relayed(via) => [pair.a]
                .into_iter()
                .chain(via.iter().copied())
                .chain([pair.b])
                .collect(),
            Verdict::Never | Verdict::Impossible => return None,
        };
        if pair.a != from {
            path.reverse();
        }
        Some(path)
    }

    /// A pair whose path breaks the law: a machine X inside it goes on to one of
    /// the ends another way, so that it, or the end, would drop the packets; or
    /// one step of it is no link. None does, or the planner is wrong.
    #[must_use]
    pub fn unlawful_pair(&self) -> Option<(usize, usize)> {
        let is_lawful = |a: usize, b: usize| {
            let Some(path) = self.path(a, b) else {
                return true;
            };
            let linked = |one: &usize, other: &usize| {
                let pair = self.pair(*one, *other);
                pair.is_some_and(|pair| pair.verdict.is_link())
            };
            let steps = path.iter().zip(path.iter().skip(1));
            let rest = |start: usize| {
                let rest: Vec<usize> = path.iter().skip(start).copied().collect();
                rest.first().and_then(|inside| self.path(*inside, b)) == Some(rest)
            };
            steps.clone().all(|(one, other)| linked(one, other))
                && (1..path.len().saturating_sub(1)).all(rest)
        };
        let pairs = self.pairs.iter();
        pairs
            .map(|pair| (pair.a, pair.b))
            .find(|(a, b)| !is_lawful(*a, *b) || !is_lawful(*b, *a))
    }
}
