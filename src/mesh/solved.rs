//! The passes in their order, and what of an earlier solving stays.
//!
//! Nearly all edits leave most of a mesh as it is. Two results take most of the
//! time and depend on little: the ways of all pairs, and the lists of allowed
//! IPs. Each is kept with all that it follows from, and taken again where that
//! is the same. Everything else is made anew, always by the same code.

use std::ops::Range;
use std::rc::Rc;

use crate::plan::Plan;

use super::allow::{Entries, Lists};
use super::check::{LeftOut, Order};
use super::ground::Ground;
use super::path::Ways;
use super::reach::Reach;
use super::route::Routes;
use super::{
    Mesh, MeshNode, Names, Note, Pair, Peer, Shared, check, finding, peer, settings, share, widen,
};

/// What is known before a plan is solved.
pub(super) trait Before {
    /// The ways of all pairs, if they follow from this ground.
    fn ways(&self, ground: &Ground) -> Option<Ways>;

    /// The lists of all machines, if they follow from these routes and entries.
    fn lists(&self, routes: &Rc<Routes>, entries: &Entries) -> Option<Rc<Lists>>;
}

/// Nothing is known.
pub(super) struct Nothing;

impl Before for Nothing {
    fn ways(&self, _: &Ground) -> Option<Ways> {
        None
    }

    fn lists(&self, _: &Rc<Routes>, _: &Entries) -> Option<Rc<Lists>> {
        None
    }
}

/// What the next solving may take again, with what it follows from.
pub(super) struct Kept {
    ground: Ground,
    routes: Rc<Routes>,
    /// Where the notes about the ways stand among those of the mesh.
    notes: Range<usize>,
    entries: Entries,
    lists: Rc<Lists>,
}

/// The passes that decide who talks to whom, and how.
struct Ties<'a> {
    order: Order<'a>,
    left_out: Vec<Option<LeftOut>>,
    shares: Vec<Vec<Shared>>,
    ground: Ground,
    pairs: Rc<Vec<Pair>>,
    routes: Rc<Routes>,
    /// Still without allowed IPs.
    peers: Vec<Vec<Peer>>,
    noted: Vec<Note>,
    /// Where the notes about the ways stand among them.
    of_ways: Range<usize>,
}

impl<'a> Ties<'a> {
    fn new(plan: &'a Plan, before: &dyn Before) -> Self {
        let mut noted = Vec::new();
        let order = check::order(plan);
        let left_out = check::left_out(plan, &order);
        let reach = Reach::new(plan, &order, &left_out, &mut noted);
        let shares = share::shares(plan, &order, &left_out, &reach, &mut noted);
        let ground = Ground::new(plan, &order, &left_out, &reach, &shares, &mut noted);
        let ways = before.ways(&ground);
        let Ways {
            pairs,
            routes,
            notes,
        } = ways.unwrap_or_else(|| Ways::new(&ground));
        let first = noted.len();
        noted.extend(notes);
        Self {
            of_ways: first..noted.len(),
            peers: peer::peers(plan, &order, &reach, &pairs, &routes),
            order,
            left_out,
            shares,
            ground,
            pairs,
            routes,
            noted,
        }
    }
}

/// Ties the machines of a plan together, without what only their files say.
pub(super) fn sketch(plan: &Plan) -> Mesh {
    let Ties {
        order,
        left_out,
        shares,
        pairs,
        peers,
        noted,
        ..
    } = Ties::new(plan, &Nothing);
    let nodes = peer::nodes(plan, &order, left_out, shares, &pairs, peers);
    mesh_of(plan, nodes, pairs, noted)
}

/// A mesh without names and findings.
fn mesh_of(plan: &Plan, nodes: Vec<MeshNode>, pairs: Rc<Vec<Pair>>, noted: Vec<Note>) -> Mesh {
    Mesh {
        nodes,
        pairs,
        notes: noted,
        findings: Vec::new(),
        families: plan.families().collect(),
        tunnel: plan.tunnel.clone(),
        names: None,
    }
}

/// Connects the machines of a plan.
pub(super) fn connect(plan: &Plan, before: &dyn Before) -> (Mesh, Kept) {
    let Ties {
        order,
        left_out,
        shares,
        ground,
        pairs,
        routes,
        mut peers,
        mut noted,
        of_ways,
    } = Ties::new(plan, before);
    let entries = Entries::new(plan, &order, &shares);
    let lists = before.lists(&routes, &entries);
    let lists = lists.unwrap_or_else(|| Rc::new(Lists::new(&entries, &routes, &peers)));
    lists.hand_out(&mut peers);
    widen::widen(plan, &order, &ground.wishes, &pairs, &mut peers, &mut noted);
    let mut nodes = peer::nodes(plan, &order, left_out, shares, &pairs, peers);
    settings::complete(plan, &pairs, &mut nodes);
    let names = Names::new(plan, &nodes);
    let mesh = Mesh {
        names,
        ..mesh_of(plan, nodes, pairs, noted)
    };
    let kept = Kept {
        ground,
        routes,
        notes: of_ways,
        entries,
        lists,
    };
    (mesh, kept)
}

/// A solved plan, from which the next one is solved faster: what a change does
/// not touch is taken again.
#[derive(Clone)]
pub struct Solved {
    mesh: Rc<Mesh>,
    kept: Rc<Kept>,
}

impl Solved {
    /// Solves a plan of which nothing is known.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        Self::with(plan, &Nothing)
    }

    /// Solves a plan that differs little from the one before. The mesh is the
    /// same as that of [`solve`](super::solve) for any plan.
    #[must_use]
    pub fn after(&self, plan: &Plan) -> Self {
        Self::with(plan, self)
    }

    /// The mesh.
    #[must_use]
    pub fn mesh(&self) -> &Rc<Mesh> {
        &self.mesh
    }

    /// What was noticed while the ways were found.
    fn notes(&self) -> &[Note] {
        let notes = self.mesh.notes.get(self.kept.notes.clone());
        notes.unwrap_or_default()
    }

    fn with(plan: &Plan, before: &dyn Before) -> Self {
        let (mut mesh, kept) = connect(plan, before);
        mesh.findings = finding::findings(plan, &mesh);
        Self {
            mesh: Rc::new(mesh),
            kept: Rc::new(kept),
        }
    }
}

impl Before for Solved {
    fn ways(&self, ground: &Ground) -> Option<Ways> {
        (self.kept.ground == *ground).then(|| Ways {
            pairs: Rc::clone(&self.mesh.pairs),
            routes: Rc::clone(&self.kept.routes),
            notes: self.notes().to_vec(),
        })
    }

    fn lists(&self, routes: &Rc<Routes>, entries: &Entries) -> Option<Rc<Lists>> {
        let same = Rc::ptr_eq(&self.kept.routes, routes) && self.kept.entries == *entries;
        same.then(|| Rc::clone(&self.kept.lists))
    }
}

// What is kept follows from the plan, as the mesh does.
impl PartialEq for Solved {
    fn eq(&self, other: &Self) -> bool {
        self.mesh == other.mesh
    }
}

impl Eq for Solved {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Node, NodeId, Place, Port, PublicAddress, Relaying};

    #[test]
    fn what_a_change_does_not_touch_stays() {
        let mut plan = Plan::empty();
        for (name, last) in [("a", 1), ("b", 2), ("phone", 0)] {
            let place = if last == 0 {
                Place::Roams
            } else {
                Place::Internet(PublicAddress {
                    ipv4: Some([203, 0, 113, last].into()),
                    ..PublicAddress::default()
                })
            };
            let node = Node::new(name.parse().unwrap(), place);
            plan.nodes.insert(NodeId::new(name), node);
        }
        plan.tunnel = vec!["10.10.0.0/24".parse().unwrap()];
        plan.assign_missing_addresses().unwrap();
        let before = Solved::new(&plan);
        let kept = |after: &Solved| {
            let ways = Rc::ptr_eq(&before.kept.routes, &after.kept.routes);
            let lists = Rc::ptr_eq(&before.kept.lists, &after.kept.lists);
            (ways, lists)
        };
        let after = |change: &dyn Fn(&mut Node)| {
            let mut plan = plan.clone();
            change(plan.nodes.get_mut(&NodeId::new("b")).unwrap());
            kept(&before.after(&plan))
        };
        assert_eq!(after(&|_| ()), (true, true));
        let port = Port::try_from(4500_u64).unwrap();
        assert_eq!(after(&|b| b.listen_port = Some(port)), (true, true));
        assert_eq!(after(&|b| b.name = "c".parse().unwrap()), (true, true));
        let address = Some([10, 10, 0, 77].into());
        assert_eq!(after(&|b| b.addresses.v4 = address), (true, false));
        assert_eq!(after(&|b| b.relay = Relaying::No), (false, false));
        assert_eq!(after(&|b| b.place = Place::Roams), (false, false));
        assert_eq!(after(&|b| b.name = "z".parse().unwrap()), (false, false));
    }
}
