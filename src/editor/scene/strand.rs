//! Which lines a mesh needs: one per link, and one leg per machine and relay
//! for everything that is relayed. On crowded plans the machines of a far site
//! share one line, which ends at their gate.

use litemap::LiteMap;

use crate::mesh::{Mesh, Pair, Subject, Verdict};
use crate::plan::{Place, Plan, SiteId};

/// Plans with more machines show the links of what is selected only; the rest
/// recede into thin lines.
pub const CROWD: usize = 30;

/// One line between two machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Strand {
    pub(super) kind: StrandKind,
    pub(super) ends: [StrandEnd; 2],
    /// The pairs that run over it, by their place in the mesh.
    pub(super) pairs: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum StrandKind {
    Direct,
    Lan,
    Open,
    /// From an end of relayed pairs to a relay, or between two relays.
    Leg,
    Impossible,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StrandEnd {
    /// The machine, by its place in the mesh.
    pub(super) node: usize,
    /// Whether it ends in the machine's tray.
    pub(super) tray: bool,
    /// Whether the machine is dialled over this line.
    pub(super) dialled: bool,
    /// Whether it stands for all machines of its site, and begins at the gate.
    pub(super) from_gate: bool,
}

impl Strand {
    /// Whether both ends stand at one site, so that no gate is passed.
    pub(super) fn is_internal(&self, site_of: impl Fn(usize) -> Option<usize>) -> bool {
        let [one, other] = &self.ends;
        let site = site_of(one.node);
        site.is_some() && site == site_of(other.node)
    }
}

/// Where a leg begins.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Start {
    Node(usize),
    /// At the gate of a site, for all its machines.
    Site(SiteId),
}

/// The lines of a mesh, in an order that depends on names only.
pub(super) fn strands(plan: &Plan, mesh: &Mesh, focus: &Subject) -> Vec<Strand> {
    let crowded = mesh.nodes.len() > CROWD;
    let mut strands = Vec::new();
    let mut legs: LiteMap<(Start, usize), (usize, Vec<usize>)> = LiteMap::new();
    let mut bundles: LiteMap<(StrandKind, Start, Start), Strand> = LiteMap::new();
    let start = |node: usize| {
        let far = crowded && is_far(mesh, focus, node);
        let site = far.then(|| site_at(plan, mesh, node)).flatten();
        site.map_or(Start::Node(node), Start::Site)
    };
    // Of 45,000 pairs that of one machine are found by their places.
    let own = match focus {
        Subject::Node(id) if crowded => mesh.position(id).map(|node| pairs_of(mesh, node)),
        _ => None,
    };
    let all = own.is_none().then_some(0..mesh.pairs.len());
    let places = own.into_iter().flatten().chain(all.into_iter().flatten());
    for (index, pair) in places.filter_map(|index| Some((index, mesh.pairs.get(index)?))) {
        let focused = is_about(plan, mesh, focus, pair);
        if crowded && !focused {
            continue;
        }
        match &pair.verdict {
            Verdict::Relayed(via) => {
                for (from, to) in legs_of(pair, via) {
                    legs.entry((start(from), to))
                        .or_insert_with(|| (from, Vec::new()))
                        .1
                        .push(index);
                }
            }
            Verdict::Never if !focused => {}
            verdict => {
                let Some((kind, ends)) = single(mesh, pair, verdict) else {
                    continue;
                };
                let strand = Strand {
                    kind,
                    ends,
                    pairs: vec![index],
                };
                let gates = (start(pair.a), start(pair.b));
                // Within a site every line leads from card to card.
                if !crowded
                    || at_one_site(plan, mesh, pair)
                    || matches!(gates, (Start::Node(_), Start::Node(_)))
                {
                    strands.push(strand);
                } else {
                    gather(&mut bundles, gates, strand);
                }
            }
        }
    }
    strands.extend(bundles.into_iter().map(|(_, strand)| strand));
    strands.extend(legs.into_iter().map(|((start, to), (from, pairs))| {
        let is_end = pairs
            .iter()
            .filter_map(|index| mesh.pairs.get(*index))
            .any(|pair| pair.a == from || pair.b == from);
        let from_gate = matches!(start, Start::Site(_));
        let begin = StrandEnd {
            from_gate,
            ..plain(from, !is_end)
        };
        Strand {
            kind: StrandKind::Leg,
            ends: [begin, plain(to, true)],
            pairs,
        }
    }));
    strands
}

/// Where the pairs of a machine stand among all pairs, in their order.
fn pairs_of(mesh: &Mesh, node: usize) -> Vec<usize> {
    let others = (0..mesh.nodes.len()).filter(|other| *other != node);
    others
        .filter_map(|other| mesh.pair_place(node, other))
        .collect()
}

/// Adds a line to those of its kind that begin and end at the same places.
fn gather(
    bundles: &mut LiteMap<(StrandKind, Start, Start), Strand>,
    (one, other): (Start, Start),
    mut strand: Strand,
) {
    let [a, b] = &mut strand.ends;
    a.from_gate = matches!(one, Start::Site(_));
    b.from_gate = matches!(other, Start::Site(_));
    // Both directions between two places are one bundle.
    let key = if one <= other {
        (strand.kind, one, other)
    } else {
        strand.ends.reverse();
        (strand.kind, other, one)
    };
    match bundles.get_mut(&key) {
        None => {
            bundles.insert(key, strand);
        }
        Some(bundle) => {
            for (end, more) in bundle.ends.iter_mut().zip(strand.ends) {
                end.dialled |= more.dialled;
            }
            bundle.pairs.extend(strand.pairs);
        }
    }
}

fn at_one_site(plan: &Plan, mesh: &Mesh, pair: &Pair) -> bool {
    let site = site_at(plan, mesh, pair.a);
    site.is_some() && site == site_at(plan, mesh, pair.b)
}

/// On crowded plans, whether a machine is only the other end of what is
/// selected: then its site speaks for it.
fn is_far(mesh: &Mesh, focus: &Subject, node: usize) -> bool {
    match focus {
        Subject::Node(id) => mesh.nodes.get(node).is_some_and(|node| node.id != *id),
        Subject::Site(_) => true,
        Subject::Plan | Subject::Pair(_) => false,
    }
}

fn site_at(plan: &Plan, mesh: &Mesh, node: usize) -> Option<SiteId> {
    match &plan.nodes.get(&mesh.nodes.get(node)?.id)?.place {
        Place::Site { site, .. } => Some(site.clone()),
        Place::Internet(_) | Place::Roams => None,
    }
}

/// The legs of a path, each from the machine nearer to an end to the relay.
/// Between two relays the smaller place comes first, so both ways agree.
fn legs_of(pair: &Pair, via: &[usize]) -> Vec<(usize, usize)> {
    let (Some(first), Some(last)) = (via.first(), via.last()) else {
        return Vec::new();
    };
    let mut legs = vec![(pair.a, *first), (pair.b, *last)];
    for (one, other) in via.iter().zip(via.iter().skip(1)) {
        legs.push((*one.min(other), *one.max(other)));
    }
    legs
}

fn plain(node: usize, tray: bool) -> StrandEnd {
    StrandEnd {
        node,
        tray,
        dialled: false,
        from_gate: false,
    }
}

fn single(mesh: &Mesh, pair: &Pair, verdict: &Verdict) -> Option<(StrandKind, [StrandEnd; 2])> {
    let kind = match verdict {
        Verdict::Lan => StrandKind::Lan,
        Verdict::Direct => StrandKind::Direct,
        Verdict::Open => StrandKind::Open,
        Verdict::Never => StrandKind::Never,
        Verdict::Impossible => StrandKind::Impossible,
        Verdict::Relayed(_) => return None,
    };
    let dials = |from: usize, to: usize| {
        matches!(kind, StrandKind::Direct | StrandKind::Open)
            && mesh
                .nodes
                .get(from)
                .is_some_and(|node| node.peer(to).is_some_and(|peer| peer.endpoint.is_some()))
    };
    let end = |node: usize, other: usize| StrandEnd {
        node,
        tray: false,
        dialled: dials(other, node),
        from_gate: false,
    };
    Some((kind, [end(pair.a, pair.b), end(pair.b, pair.a)]))
}

/// Whether a pair belongs to what is selected or pointed at.
pub(super) fn is_about(plan: &Plan, mesh: &Mesh, focus: &Subject, pair: &Pair) -> bool {
    let (Some(a), Some(b)) = (mesh.nodes.get(pair.a), mesh.nodes.get(pair.b)) else {
        return false;
    };
    match focus {
        Subject::Plan => false,
        Subject::Node(id) => a.id == *id || b.id == *id,
        Subject::Pair(key) => key.has(&a.id) && key.has(&b.id),
        Subject::Site(site) => [a, b].into_iter().any(|node| {
            let place = plan.nodes.get(&node.id).map(|node| &node.place);
            matches!(place, Some(Place::Site { site: at, .. }) if at == site)
        }),
    }
}
