//! What the solver promises, held against what a packet finds in the files.
//!
//! Of the mesh it takes only the promises: a word for each pair, and the relays between them.

mod blocks;
mod exits;
pub(crate) mod lans;
mod missing;
mod pairs;

use std::collections::{BTreeMap, BTreeSet};

use meshwright::mesh::Mesh;

use crate::walk::World;

/// What the solver says of a pair.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) a: usize,
    pub(crate) b: usize,
    /// The verdict, as the command line prints it.
    pub(crate) word: &'static str,
    /// The relays from `a` to `b`.
    pub(crate) via: Vec<usize>,
}

impl Claim {
    /// Whether packets get through.
    pub(crate) fn connects(&self) -> bool {
        self.is_link() || self.word == "relayed"
    }

    /// Whether the ends have a session with each other.
    pub(crate) fn is_link(&self) -> bool {
        matches!(self.word, "lan" | "direct" | "open")
    }
}

/// All that the solver says.
pub(crate) struct Claims {
    pub(crate) pairs: Vec<Claim>,
    places: BTreeMap<(usize, usize), usize>,
    /// Machines that relay for some pair.
    relays: BTreeSet<usize>,
}

impl Claims {
    /// The promises of a mesh.
    pub(crate) fn of(mesh: &Mesh) -> Self {
        let pairs = mesh.pairs.iter().map(|pair| Claim {
            a: pair.a,
            b: pair.b,
            word: pair.verdict.word(),
            via: pair.verdict.via().to_vec(),
        });
        Self::from(pairs.collect::<Vec<_>>())
    }

    /// What is said of two machines.
    pub(crate) fn get(&self, one: usize, other: usize) -> Option<&Claim> {
        let place = self.places.get(&(one.min(other), one.max(other)))?;
        self.pairs.get(*place)
    }

    /// Whether two machines are said to have a session with each other.
    pub(crate) fn is_link(&self, one: usize, other: usize) -> bool {
        self.get(one, other).is_some_and(Claim::is_link)
    }
}

impl From<Vec<Claim>> for Claims {
    fn from(pairs: Vec<Claim>) -> Self {
        let places = pairs.iter().enumerate();
        Self {
            places: places
                .map(|(place, pair)| ((pair.a, pair.b), place))
                .collect(),
            relays: pairs.iter().flat_map(|pair| pair.via.clone()).collect(),
            pairs,
        }
    }
}

/// Checks everything about the files that a packet can find out, and that they hold nothing else.
pub(crate) fn prove(world: &World, claims: &Claims) -> Result<(), String> {
    for place in 0..world.machines.len() {
        let named = |fault| format!("{}: {fault}", world.name(place));
        blocks::have_a_purpose(world, claims, place).map_err(named)?;
        blocks::spoke_has_one(world, claims, place).map_err(named)?;
        lans::stay(world, place).map_err(named)?;
        exits::lead_out(world, claims, place).map_err(named)?;
    }
    for claim in &claims.pairs {
        let has_file = |place: usize| world.machines[place].conf.is_some();
        if has_file(claim.a) && has_file(claim.b) {
            let named = |fault| {
                let (a, b) = (world.name(claim.a), world.name(claim.b));
                format!("{a} and {b}, {}: {fault}", claim.word)
            };
            missing::session(world, claim).map_err(named)?;
            missing::path(world, claims, claim).map_err(named)?;
        }
        for (from, to) in [(claim.a, claim.b), (claim.b, claim.a)] {
            // A machine without a file takes its settings from elsewhere.
            if world.machines[from].conf.is_none() || world.machines[to].conf.is_none() {
                continue;
            }
            let named = |fault| {
                let (from, to) = (world.name(from), world.name(to));
                format!("{from} to {to}, {}: {fault}", claim.word)
            };
            if claim.connects() {
                pairs::delivered(world, claim, from, to).map_err(named)?;
                lans::are_held(world, from, to).map_err(named)?;
            } else {
                pairs::kept_apart(world, claim, from, to).map_err(named)?;
            }
        }
    }
    Ok(())
}
