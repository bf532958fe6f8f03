//! Who talks to whom, said by groups of machines.

use super::{Label, Node};

/// Two groups whose machines talk to each other, without an order. Both may be
/// one group, whose machines then talk among themselves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupPair(Label, Label);

impl GroupPair {
    /// The pair of two groups.
    #[must_use]
    pub fn new(a: Label, b: Label) -> Self {
        if a <= b { Self(a, b) } else { Self(b, a) }
    }

    /// Both groups, the first in the alphabet first.
    #[must_use]
    pub fn ends(&self) -> (&Label, &Label) {
        (&self.0, &self.1)
    }
}

/// Who talks to whom, where no choice for a pair says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Talk {
    /// Every machine talks to every other.
    #[default]
    Everyone,
    /// Only machines of these pairs of groups talk. A machine without a group
    /// talks to nobody then. Sorted, without duplicates.
    Only(Vec<GroupPair>),
}

impl Talk {
    /// Only machines of these pairs of groups talk, in whatever order they are given.
    #[must_use]
    pub fn only(pairs: Vec<GroupPair>) -> Self {
        Self::Only(crate::sorting::distinct(pairs))
    }

    /// Whether two machines talk as far as their groups say.
    #[must_use]
    pub fn lets(&self, a: &Node, b: &Node) -> bool {
        match self {
            Self::Everyone => true,
            Self::Only(pairs) => pairs.iter().any(|pair| {
                let (one, other) = pair.ends();
                let between = |a: &Node, b: &Node| a.is_in(one) && b.is_in(other);
                between(a, b) || between(b, a)
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Place;

    fn node(groups: &[&str]) -> Node {
        let groups = groups.iter().map(|group| group.parse().unwrap()).collect();
        Node {
            groups,
            ..Node::new("nas".parse().unwrap(), Place::Roams)
        }
    }

    fn pair(a: &str, b: &str) -> GroupPair {
        GroupPair::new(a.parse().unwrap(), b.parse().unwrap())
    }

    #[test]
    fn a_pair_of_groups_has_no_order() {
        assert_eq!(pair("laptops", "servers"), pair("servers", "laptops"));
        assert_eq!(
            Talk::only(vec![pair("b", "a"), pair("a", "a"), pair("a", "b")]),
            Talk::Only(vec![pair("a", "a"), pair("a", "b")])
        );
    }

    #[test]
    fn groups_say_who_talks() {
        let talk = Talk::only(vec![pair("laptops", "servers"), pair("cameras", "cameras")]);
        let lets = |a: &[&str], b: &[&str]| {
            assert_eq!(talk.lets(&node(a), &node(b)), talk.lets(&node(b), &node(a)));
            talk.lets(&node(a), &node(b))
        };
        assert!(lets(&["laptops"], &["servers"]));
        assert!(lets(&["cameras"], &["cameras"]));
        assert!(lets(&["cameras", "laptops"], &["servers"]));
        assert!(!lets(&["laptops"], &["laptops"]));
        assert!(!lets(&["laptops"], &["cameras"]));
        assert!(!lets(&[], &["servers"]));
        assert!(Talk::Everyone.lets(&node(&[]), &node(&[])));
        assert!(!Talk::only(vec![]).lets(&node(&["servers"]), &node(&["servers"])));
    }
}
