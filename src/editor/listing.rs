//! Machines, sites and pairs as rows of a table: which of them a filter shows,
//! in which order, and what is counted of each.

mod natural;

use std::cmp::Ordering;

use crate::mesh::{Mesh, Pair, Subject, Verdict};
use crate::plan::{Node, Place, Plan, SiteId};
use crate::sorting::sort_by;

pub use natural::natural;

/// What a table is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort<T> {
    /// The column.
    pub by: T,
    /// Whether the greatest comes first.
    pub falling: bool,
}

impl<T: PartialEq + Copy> Sort<T> {
    /// The first order of a table.
    #[must_use]
    pub const fn rising(by: T) -> Self {
        Self { by, falling: false }
    }

    /// After its column was asked for: the other way round if it is sorted by
    /// that column already.
    #[must_use]
    pub fn asked(self, by: T) -> Self {
        Self {
            by,
            falling: self.by == by && !self.falling,
        }
    }

    fn turn(self, order: Ordering) -> Ordering {
        if self.falling { order.reverse() } else { order }
    }
}

/// What machines are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByMachine {
    /// Their name.
    Name,
    /// What reads their files.
    Platform,
    /// Where they stand.
    Place,
    /// Their tunnel address, as a number.
    Address,
    /// How many pairs have trouble or a relay.
    Links,
    /// How many findings there are about them.
    Findings,
}

/// What pairs are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByPair {
    /// The names of their ends.
    Names,
    /// Their verdict, the best first.
    Verdict,
}

/// How many pairs have which verdict, in the order of [`rank`].
pub type Tally = [usize; 6];

/// The place of a verdict in the order from the best to the worst.
#[must_use]
pub fn rank(verdict: &Verdict) -> usize {
    match verdict {
        Verdict::Lan => 0,
        Verdict::Direct => 1,
        Verdict::Open => 2,
        Verdict::Relayed(_) => 3,
        Verdict::Impossible => 4,
        Verdict::Never => 5,
    }
}

fn count(tally: &mut Tally, verdict: &Verdict) {
    if let Some(number) = tally.get_mut(rank(verdict)) {
        *number += 1;
    }
}

/// The pairs of each machine by verdict, in the order of the mesh.
#[must_use]
pub fn tallies(mesh: &Mesh) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); mesh.nodes.len()];
    for pair in mesh.pairs.iter() {
        for end in [pair.a, pair.b] {
            if let Some(tally) = tallies.get_mut(end) {
                count(tally, &pair.verdict);
            }
        }
    }
    tallies
}

/// How many findings there are about each machine, in the order of the mesh.
#[must_use]
pub fn findings(mesh: &Mesh) -> Vec<usize> {
    let mut found = vec![0; mesh.nodes.len()];
    for finding in &mesh.findings {
        if let Subject::Node(id) = &finding.subject
            && let Some(number) = mesh.position(id).and_then(|place| found.get_mut(place))
        {
            *number += 1;
        }
    }
    found
}

/// Whether a text holds every word of a filter, in capitals or not.
fn holds(filter: &str, text: &str) -> bool {
    let text = text.to_lowercase();
    let filter = filter.to_lowercase();
    filter.split_whitespace().all(|word| text.contains(word))
}

/// What a filter looks for a machine in: its name, its place and its addresses.
fn words_of(plan: &Plan, node: &Node) -> String {
    let mut words = node.name.to_string();
    let mut add = |more: &str| {
        words.push(' ');
        words.push_str(more);
    };
    for address in node.addresses.iter() {
        add(&address.to_string());
    }
    match &node.place {
        Place::Internet(public) => {
            add("internet");
            if let Some(address) = public.ipv4 {
                add(&address.to_string());
            }
        }
        Place::Site { lan_address, .. } => {
            if let Some(site) = plan.site_of(node) {
                add(site.name.as_str());
            }
            if let Some(address) = lan_address {
                add(&address.to_string());
            }
        }
        Place::Roams => add("roams"),
    }
    for group in &node.groups {
        add(group.as_str());
    }
    words
}

/// The machines that a filter shows, by their places in the mesh, sorted.
#[must_use]
pub fn machines(plan: &Plan, mesh: &Mesh, filter: &str, sort: Sort<ByMachine>) -> Vec<usize> {
    let node = |place: usize| plan.nodes.get(&mesh.nodes.get(place)?.id);
    let mut places: Vec<usize> = (0..mesh.nodes.len())
        .filter(|place| node(*place).is_some_and(|node| holds(filter, &words_of(plan, node))))
        .collect();
    let (tallies, found) = match sort.by {
        ByMachine::Links => (tallies(mesh), Vec::new()),
        ByMachine::Findings => (Vec::new(), findings(mesh)),
        _ => (Vec::new(), Vec::new()),
    };
    sort_by(&mut places, |one, other| {
        let (Some(a), Some(b)) = (node(*one), node(*other)) else {
            return Ordering::Equal;
        };
        let order = match sort.by {
            ByMachine::Name => natural(a.name.as_str(), b.name.as_str()),
            ByMachine::Platform => a.platform.cmp(&b.platform),
            ByMachine::Place => {
                let ((a, site), (b, other)) = (place_rank(plan, a), place_rank(plan, b));
                a.cmp(&b).then_with(|| natural(site, other))
            }
            ByMachine::Address => a.addresses.iter().cmp(b.addresses.iter()),
            ByMachine::Links => {
                let worst = |place: usize| {
                    let tally = tallies.get(place).copied().unwrap_or_default();
                    let [lan, direct, open, relayed, impossible, _] = tally;
                    (impossible, relayed, lan + direct + open)
                };
                worst(*one).cmp(&worst(*other))
            }
            ByMachine::Findings => found.get(*one).cmp(&found.get(*other)),
        };
        // The mesh is sorted by name, and so its places are.
        sort.turn(order).then(one.cmp(other))
    });
    places
}

/// On the internet, then at sites by their names, then those that roam.
fn place_rank<'a>(plan: &'a Plan, node: &Node) -> (u8, &'a str) {
    match &node.place {
        Place::Internet(_) => (0, ""),
        Place::Site { .. } => (1, plan.site_of(node).map_or("", |site| site.name.as_str())),
        Place::Roams => (2, ""),
    }
}

/// The sites that a filter shows, by their names. A site shows as well if one
/// of its machines does.
#[must_use]
pub fn sites(plan: &Plan, filter: &str, falling: bool) -> Vec<SiteId> {
    let shows = |id: &SiteId| {
        let Some(site) = plan.sites.get(id) else {
            return false;
        };
        let mut words = site.name.to_string();
        for lan in &site.lans {
            words.push(' ');
            words.push_str(&lan.to_string());
        }
        holds(filter, &words)
            || plan
                .nodes_at(id)
                .any(|(_, node)| holds(filter, &words_of(plan, node)))
    };
    let mut ids: Vec<SiteId> = plan.sites.keys().filter(|id| shows(id)).cloned().collect();
    let sort = Sort { by: (), falling };
    sort_by(&mut ids, |one, other| {
        let name = |id: &SiteId| plan.sites.get(id).map_or("", |site| site.name.as_str());
        sort.turn(natural(name(one), name(other)))
            .then(one.cmp(other))
    });
    ids
}

/// Which pairs a person wants to see by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// All of them.
    #[default]
    All,
    /// Those with the verdict of this [`rank`].
    Rank(usize),
    /// Those for which a person overrode the planner.
    Chosen,
}

/// The pairs that a filter shows, by their places in the mesh, sorted. Of
/// several words of the filter each has to be found at one of the ends.
#[must_use]
pub fn pairs(
    plan: &Plan,
    mesh: &Mesh,
    filter: &str,
    wanted: Wanted,
    sort: Sort<ByPair>,
) -> Vec<usize> {
    let words = words_found(plan, mesh, filter);
    let shows = |pair: &Pair| {
        let is_wanted = match wanted {
            Wanted::All => true,
            Wanted::Rank(one) => rank(&pair.verdict) == one,
            Wanted::Chosen => mesh
                .key_of(pair)
                .is_some_and(|key| plan.pairs.contains_key(&key)),
        };
        is_wanted
            && words.iter().all(|found| {
                let at = |place: usize| found.get(place).copied().unwrap_or(false);
                at(pair.a) || at(pair.b)
            })
    };
    let numbered = mesh.pairs.iter().enumerate();
    let kept = numbered.filter(|(_, pair)| shows(pair));
    let mut places: Vec<usize> = kept.map(|(place, _)| place).collect();
    // The mesh is sorted by names already.
    match sort.by {
        ByPair::Names if sort.falling => places.reverse(),
        ByPair::Names => {}
        ByPair::Verdict => sort_by(&mut places, |one, other| {
            let at = |place: usize| mesh.pairs.get(place).map(|pair| rank(&pair.verdict));
            sort.turn(at(*one).cmp(&at(*other))).then(one.cmp(other))
        }),
    }
    places
}

/// For each word of a filter the machines in which it is found.
fn words_found(plan: &Plan, mesh: &Mesh, filter: &str) -> Vec<Vec<bool>> {
    let found = |word: &str| {
        let nodes = mesh.nodes.iter().map(|node| plan.nodes.get(&node.id));
        nodes
            .map(|node| node.is_some_and(|node| holds(word, &words_of(plan, node))))
            .collect()
    };
    filter.split_whitespace().map(found).collect()
}

/// How many pairs there are of each verdict.
#[must_use]
pub fn tally(mesh: &Mesh) -> Tally {
    let mut tally = Tally::default();
    for pair in mesh.pairs.iter() {
        count(&mut tally, &pair.verdict);
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::example;
    use crate::mesh::solve;

    /// The example: vps on the internet, nas at Home, pi at another site.
    fn shown(filter: &str, sort: Sort<ByMachine>) -> Vec<String> {
        let plan = example();
        let mesh = solve(&plan);
        let places = machines(&plan, &mesh, filter, sort);
        places.iter().map(|p| mesh.name(*p).to_owned()).collect()
    }

    fn pairs_shown(filter: &str, wanted: Wanted, sort: Sort<ByPair>) -> Vec<String> {
        let plan = example();
        let mesh = solve(&plan);
        let places = pairs(&plan, &mesh, filter, wanted, sort);
        let ends = places.iter().map(|place| {
            let pair = &mesh.pairs[*place];
            format!("{} {}", mesh.name(pair.a), mesh.name(pair.b))
        });
        ends.collect()
    }

    #[test]
    fn machines_sort_by_what_their_columns_show() {
        let by = |by| shown("", Sort::rising(by));
        assert_eq!(by(ByMachine::Name), ["nas", "pi", "vps"]);
        assert_eq!(by(ByMachine::Address), ["vps", "nas", "pi"]);
        assert_eq!(by(ByMachine::Place)[0], "vps");
        // Two direct pairs are better than one of them relayed.
        assert_eq!(by(ByMachine::Links), ["vps", "nas", "pi"]);
        let falling = Sort::rising(ByMachine::Name).asked(ByMachine::Name);
        assert_eq!(shown("", falling), ["vps", "pi", "nas"]);
    }

    #[test]
    fn a_filter_finds_names_places_and_addresses() {
        let find = |filter| shown(filter, Sort::rising(ByMachine::Name));
        assert_eq!(find("NAS"), ["nas"]);
        assert_eq!(find("home"), ["nas"]);
        assert_eq!(find("internet"), ["vps"]);
        assert_eq!(find("10.10.0."), ["nas", "pi", "vps"]);
        assert_eq!(find("home 10.10.0."), ["nas"]);
        assert!(find("home internet").is_empty());
    }

    #[test]
    fn pairs_are_found_by_their_ends_and_verdicts() {
        let names = Sort::rising(ByPair::Names);
        let all = ["nas pi", "nas vps", "pi vps"];
        assert_eq!(pairs_shown("", Wanted::All, names), all);
        assert_eq!(pairs_shown("home", Wanted::All, names), all[..2]);
        assert_eq!(pairs_shown("nas pi", Wanted::All, names), ["nas pi"]);
        assert_eq!(pairs_shown("", Wanted::Rank(3), names), ["nas pi"]);
        assert!(pairs_shown("", Wanted::Chosen, names).is_empty());
        let worst = Sort::rising(ByPair::Verdict).asked(ByPair::Verdict);
        assert_eq!(pairs_shown("", Wanted::All, worst)[0], "nas pi");
    }

    #[test]
    fn each_machine_counts_its_pairs() {
        let plan = example();
        let mesh = solve(&plan);
        // Two direct links of vps; nas and pi have one each, and one relayed.
        assert_eq!(tally(&mesh), [0, 2, 0, 1, 0, 0]);
        let counted: Vec<Tally> = tallies(&mesh);
        assert_eq!(counted[2], [0, 2, 0, 0, 0, 0]);
        assert_eq!(counted[0], [0, 1, 0, 1, 0, 0]);
        assert_eq!(sites(&plan, "nas", false).len(), 1);
        assert_eq!(sites(&plan, "", false).len(), 2);
    }
}
