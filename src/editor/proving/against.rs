//! Where the proof and the planner disagree. Nothing that a person states can
//! lead to that, so each case is a fault of Meshwright.

use crate::mesh::{Mesh, Verdict as Planned};
use crate::proof::{Proof, Target, Which};

/// The pairs, by the places of both machines, of which the planner says one
/// thing and the files do another.
#[must_use]
pub fn contradictions(mesh: &Mesh, proof: &Proof) -> Vec<(usize, usize)> {
    let pairs = proof.asked().filter_map(|(from, target, _, outcome)| {
        let Target::Machine(to) = target else {
            return None;
        };
        // What a machine without a file of ours does, nobody knows here.
        let known = |place: &usize| proof.path(*place, Which::Config).is_some();
        if !known(&from) || !known(&to) {
            return None;
        }
        let arrives = outcome.verdict.is_through();
        let planned = mesh.pair(from, to)?;
        let agrees = match &planned.verdict {
            Planned::Lan | Planned::Direct | Planned::Open => arrives && outcome.via.is_empty(),
            Planned::Relayed(relays) => {
                let same = if from == planned.a {
                    relays.iter().eq(outcome.via.iter())
                } else {
                    relays.iter().rev().eq(outcome.via.iter())
                };
                arrives && same
            }
            Planned::Never | Planned::Impossible => !arrives,
        };
        (!agrees).then_some((from, to))
    });
    pairs.collect()
}
