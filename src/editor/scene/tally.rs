//! How many pairs and findings there are, counted in one pass over the mesh.

use crate::mesh::{Mesh, Severity, Subject};
use crate::sorting::map_of;

use super::link::LinkVerdict;

/// Pairs by verdict, in the order of [`LinkVerdict::ALL`].
type ByVerdict = [usize; LinkVerdict::ALL.len()];

/// The pairs of a whole mesh, counted.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PairTally {
    nodes: Vec<ByVerdict>,
    all: ByVerdict,
}

/// What concerns one machine.
#[derive(Clone, Copy)]
pub(super) struct NodeTally {
    pairs: ByVerdict,
    pub(super) warnings: usize,
    pub(super) errors: usize,
}

impl NodeTally {
    /// How many of its pairs have a verdict.
    pub(super) fn pairs(&self, verdict: LinkVerdict) -> usize {
        of(&self.pairs, verdict)
    }
}

/// How many warnings and errors name each machine.
pub(super) struct Troubles(Vec<(usize, usize)>);

fn of(pairs: &ByVerdict, verdict: LinkVerdict) -> usize {
    pairs.get(verdict as usize).copied().unwrap_or(0)
}

fn add(pairs: &mut ByVerdict, verdict: LinkVerdict) {
    if let Some(count) = pairs.get_mut(verdict as usize) {
        *count += 1;
    }
}

impl PairTally {
    pub(super) fn of(mesh: &Mesh) -> Self {
        let mut nodes = vec![ByVerdict::default(); mesh.nodes.len()];
        let mut all = ByVerdict::default();
        for pair in mesh.pairs.iter() {
            let verdict = LinkVerdict::of(&pair.verdict);
            add(&mut all, verdict);
            for end in [pair.a, pair.b] {
                if let Some(node) = nodes.get_mut(end) {
                    add(node, verdict);
                }
            }
        }
        Self { nodes, all }
    }

    /// What concerns the machine at a place of the mesh.
    pub(super) fn node(&self, place: usize, troubles: &Troubles) -> NodeTally {
        let (warnings, errors) = troubles.0.get(place).copied().unwrap_or_default();
        NodeTally {
            pairs: self.nodes.get(place).copied().unwrap_or_default(),
            warnings,
            errors,
        }
    }

    /// The verdicts that occur, with their counts.
    pub(super) fn counts(&self) -> Vec<(LinkVerdict, usize)> {
        let counts = LinkVerdict::ALL
            .into_iter()
            .map(|verdict| (verdict, of(&self.all, verdict)));
        counts.filter(|(_, count)| *count > 0).collect()
    }
}

impl Troubles {
    pub(super) fn of(mesh: &Mesh) -> Self {
        let mut nodes = vec![(0, 0); mesh.nodes.len()];
        let ids = mesh.nodes.iter().enumerate();
        let places = map_of(ids.map(|(place, node)| (&node.id, place)).collect());
        for finding in &mesh.findings {
            let Subject::Node(id) = &finding.subject else {
                continue;
            };
            let node = places.get(&id).and_then(|place| nodes.get_mut(*place));
            match (node, finding.severity) {
                (Some((_, errors)), Severity::Error) => *errors += 1,
                (Some((warnings, _)), Severity::Warning) => *warnings += 1,
                // Where nothing is wrong, nothing is drawn.
                (Some(_), Severity::Info) | (None, _) => {}
            }
        }
        Self(nodes)
    }
}
