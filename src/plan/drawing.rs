//! What of a plan is drawing, and not network.

use super::{Plan, Point};

impl Plan {
    /// Whether two plans state the same network, and differ at most in where
    /// things stand on the canvas. Nothing has to be solved anew then.
    #[must_use]
    pub fn states_same_network(&self, other: &Self) -> bool {
        self.without_drawing() == other.without_drawing()
    }

    fn without_drawing(&self) -> Self {
        let mut plan = self.clone();
        for (_, site) in &mut plan.sites {
            (site.position, site.size) = (Point::default(), None);
        }
        for (_, node) in &mut plan.nodes {
            node.position = Point::default();
        }
        plan
    }
}
