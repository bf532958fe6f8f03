//! What an expert would have written and the files lack: a session that is possible, a path.

use std::collections::BTreeSet;

use meshwright::plan::{PairChoice, PairKey, Talk};

use super::{Claim, Claims};
use crate::walk::World;
use crate::walk::arrive::{Arrival, How};
use crate::walk::ground::may_relay;
use crate::walk::session::has;

/// A pair that could have a session has one, and whoever can dial does.
pub(super) fn session(world: &World, claim: &Claim) -> Result<(), String> {
    let (a, b) = (claim.a, claim.b);
    let (forth, back) = (world.ways(a, b), world.ways(b, a));
    if claim.is_link() {
        dials(world, a, b, &forth)?;
        return dials(world, b, a, &back);
    }
    let key = PairKey::new(world.machines[a].id, world.machines[b].id);
    let pinned =
        key.is_some_and(|key| matches!(world.plan.pairs.get(&key), Some(PairChoice::Via(_))));
    let spoke = [a, b]
        .iter()
        .any(|end| world.machines[*end].node.hub.is_some());
    if claim.word == "none" || pinned || spoke {
        return Ok(());
    }
    let unasked = |ways: &[Arrival]| ways.iter().any(|way| way.how == How::Unasked);
    if unasked(&forth) || unasked(&back) {
        return Err("one end can dial the other, and they have no session".to_owned());
    }
    if crate::walk::session::meets(&Ok(forth), &Ok(back)) {
        return Err("both ends can open the path at once, and they have no session".to_owned());
    }
    Ok(())
}

/// A machine dials wherever it certainly can, on the ground on which the session runs.
fn dials(world: &World, from: usize, to: usize, ways: &[Arrival]) -> Result<(), String> {
    let back = world.dial(to, from);
    let same_ground = |way: &&Arrival| {
        back.as_ref().is_ok_and(|found| {
            found
                .iter()
                .any(|other| other.over_v6 == way.over_v6 && other.lan == way.lan)
        })
    };
    let can = ways
        .iter()
        .filter(same_ground)
        .any(|way| way.how == How::Unasked || way.lan);
    if can && !has(world.dial(from, to), How::Answered) {
        return Err(format!(
            "{} can dial {}, and does not",
            world.name(from),
            world.name(to)
        ));
    }
    Ok(())
}

/// No pair is called impossible that machines between the two could connect.
///
/// Where pairs are kept apart, or machines share LANs, the law of paths can forbid what the links
/// allow, so these plans are left to the walk.
pub(super) fn path(world: &World, claims: &Claims, claim: &Claim) -> Result<(), String> {
    let shares = world
        .machines
        .iter()
        .any(|machine| !machine.node.shares.is_empty());
    if claim.word != "impossible"
        || world.plan.talk != Talk::Everyone
        || !world.plan.pairs.is_empty()
        || shares
    {
        return Ok(());
    }
    let mut seen = BTreeSet::from([claim.a]);
    let mut edge = vec![claim.a];
    while let Some(here) = edge.pop() {
        for next in 0..world.machines.len() {
            if world.machines[next].conf.is_none() || !claims.is_link(here, next) {
                continue;
            }
            if next == claim.b {
                return Err("machines between the two could connect them".to_owned());
            }
            let node = world.machines[next].node;
            let serves = may_relay(node)
                && (node.is_always_on() || node.relay == meshwright::plan::Relaying::Yes);
            if serves && seen.insert(next) {
                edge.push(next);
            }
        }
    }
    Ok(())
}
