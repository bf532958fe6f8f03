//! What a person decided about two machines, where they overrode the planner.

use super::NodeId;

/// Two different machines without an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PairKey(NodeId, NodeId);

impl PairKey {
    /// The pair of two machines; `None` if they are the same.
    #[must_use]
    pub fn new(a: &NodeId, b: &NodeId) -> Option<Self> {
        match a.cmp(b) {
            std::cmp::Ordering::Less => Some(Self(a.clone(), b.clone())),
            std::cmp::Ordering::Greater => Some(Self(b.clone(), a.clone())),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Both ends, the smaller identity first.
    #[must_use]
    pub fn ends(&self) -> (&NodeId, &NodeId) {
        (&self.0, &self.1)
    }

    /// Whether a machine is one of the two.
    #[must_use]
    pub fn has(&self, node: &NodeId) -> bool {
        self.0 == *node || self.1 == *node
    }
}

/// A choice that overrides the planner for one pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PairChoice {
    /// The pair talks through this relay even if it could talk directly.
    Via(NodeId),
    /// The pair talks directly: the person knows better than the planner, for
    /// instance that a hole opens in a router of an unknown kind.
    Direct,
    /// The pair does not talk at all.
    Never,
}
