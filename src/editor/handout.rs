//! What a printed overview says of each machine: where others dial it, and
//! whom it reaches by which way.

use crate::mesh::{Mesh, Verdict};
use crate::sorting::{sort, sort_by};

use super::listing::rank;

/// Machines that one machine reaches in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The way.
    pub verdict: Verdict,
    /// The relays on it, the nearest first, by their places in the mesh.
    pub via: Vec<usize>,
    /// The machines, by their places in the mesh.
    pub others: Vec<usize>,
}

/// The ways of the machine at a place, the best first.
#[must_use]
pub fn ways(mesh: &Mesh, place: usize) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    for other in 0..mesh.nodes.len() {
        let Some(pair) = mesh.pair(place, other) else {
            continue;
        };
        let mut via = pair.verdict.via().to_vec();
        // A pair's relays are those from its first end to the other.
        if pair.b == place {
            via.reverse();
        }
        let known = ways
            .iter_mut()
            .find(|way| rank(&way.verdict) == rank(&pair.verdict) && way.via == via);
        match known {
            Some(way) => way.others.push(other),
            None => ways.push(Way {
                verdict: pair.verdict.clone(),
                via,
                others: vec![other],
            }),
        }
    }
    sort_by(&mut ways, |one, other| {
        let order = |way: &Way| (rank(&way.verdict), way.via.len());
        order(one).cmp(&order(other)).then(one.via.cmp(&other.via))
    });
    ways
}

/// For each machine, in the order of the mesh, the addresses at which any other
/// dials it.
#[must_use]
pub fn dialled_at(mesh: &Mesh) -> Vec<Vec<String>> {
    let mut all = vec![Vec::new(); mesh.nodes.len()];
    for peer in mesh.nodes.iter().flat_map(|node| &node.peers) {
        if let (Some(endpoint), Some(known)) = (&peer.endpoint, all.get_mut(peer.node)) {
            let endpoint = endpoint.to_string();
            if !known.contains(&endpoint) {
                known.push(endpoint);
            }
        }
    }
    for endpoints in &mut all {
        sort(endpoints);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::example;
    use crate::mesh::solve;
    use crate::project::read_plan;

    fn names(mesh: &Mesh, places: &[usize]) -> Vec<String> {
        places
            .iter()
            .map(|place| mesh.name(*place).to_owned())
            .collect()
    }

    /// In words: "Relayed via vps: pi".
    fn told(mesh: &Mesh, name: &str) -> Vec<String> {
        let place = (0..mesh.nodes.len()).find(|place| mesh.name(*place) == name);
        let told = ways(mesh, place.unwrap()).into_iter().map(|way| {
            let (via, others) = (names(mesh, &way.via), names(mesh, &way.others));
            format!(
                "{} {}: {}",
                rank(&way.verdict),
                via.join(" "),
                others.join(" ")
            )
        });
        told.collect()
    }

    #[test]
    fn the_example_is_told_from_each_machine() {
        let mesh = solve(&example());
        // Both ends behind NAT are relayed by the only machine that is not.
        assert_eq!(told(&mesh, "nas"), ["1 : vps", "3 vps: pi"]);
        assert_eq!(told(&mesh, "pi"), ["1 : vps", "3 vps: nas"]);
        assert_eq!(told(&mesh, "vps"), ["1 : nas pi"]);
    }

    #[test]
    fn only_who_is_dialled_has_an_address_for_it() {
        let mesh = solve(&example());
        // In the order nas, pi, vps.
        assert_eq!(
            dialled_at(&mesh),
            [vec![], vec![], vec!["203.0.113.1:51820".to_owned()]]
        );
    }

    #[test]
    fn each_end_of_a_long_path_names_the_relay_next_to_it_first() {
        let plan = read_plan(include_str!("../../tests/fixtures/families.json")).unwrap();
        let mesh = solve(&plan);
        let long = mesh.pairs.iter().find(|pair| pair.verdict.via().len() > 1);
        let long = long.expect("the plan has a path over two relays");
        let via = |place: usize, other: usize| {
            let ways = ways(&mesh, place);
            let way = ways.into_iter().find(|way| way.others.contains(&other));
            way.unwrap().via
        };
        let mut back = via(long.b, long.a);
        back.reverse();
        assert_eq!(via(long.a, long.b), back);
        // The nearest relay is one that the machine has a session with.
        let first = via(long.b, long.a)[0];
        assert!(mesh.nodes[long.b].peer(first).is_some());
    }
}
