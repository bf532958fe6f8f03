//! Internet exits: a default route leads to the exit that was chosen, and out of it.

use std::net::IpAddr;

use super::Claims;
use crate::walk::World;

/// Addresses of nobody in any plan.
const SOMEWHERE: [&str; 2] = ["192.0.2.77", "2a00:1450::77"];

/// A default route stands under the chosen exit alone, and packets leave there at once.
pub(super) fn lead_out(world: &World, claims: &Claims, place: usize) -> Result<(), String> {
    let machine = &world.machines[place];
    let Some(conf) = &machine.conf else {
        return Ok(());
    };
    let at = |id: &meshwright::plan::NodeId| {
        (0..world.machines.len()).find(|other| world.machines[*other].id == id)
    };
    let chosen = machine.node.uses_exit.as_ref().and_then(at);
    for peer in &conf.peers {
        let other = world.peer_machine(peer);
        let Some(route) = peer.allowed.iter().find(|prefix| prefix.prefix_len() == 0) else {
            continue;
        };
        if other != chosen || !other.is_some_and(|exit| world.machines[exit].node.exit) {
            return Err(format!(
                "{route} stands under a machine that is not its exit"
            ));
        }
    }
    let Some(exit) = chosen else {
        return Ok(());
    };
    let serves = world.machines[exit].node.exit
        && !world.machines[exit].node.platform.is_app()
        && world.machines[exit].conf.is_some()
        && world.machines[exit].node.uses_exit.is_none()
        && claims.is_link(place, exit)
        && !carries_too_much(world, claims, place, exit);
    for somewhere in SOMEWHERE {
        let target: IpAddr = somewhere.parse().unwrap();
        let leaves = world
            .entry(place, target)
            .is_some_and(|(prefix, _)| prefix.prefix_len() == 0);
        let carried = world
            .addresses(place)
            .iter()
            .any(|own| own.is_ipv4() == target.is_ipv4());
        if !leaves && serves && carried {
            return Err(format!(
                "nothing leads {target} to the exit {}",
                world.name(exit)
            ));
        }
        if !leaves {
            continue;
        }
        for source in world
            .addresses(place)
            .into_iter()
            .filter(|own| own.is_ipv4() == target.is_ipv4())
        {
            let path = world
                .walk(place, source, target)
                .map_err(|why| format!("to the internet from {source}: {why}"))?;
            if path != [place, exit] {
                return Err(format!("to the internet from {source} it goes {path:?}"));
            }
            if world.next(exit, source) != Some(place) {
                return Err(format!("{} has no way back to {source}", world.name(exit)));
            }
        }
    }
    Ok(())
}

/// Whether the exit would also carry packets between two machines that are kept apart.
fn carries_too_much(world: &World, claims: &Claims, place: usize, exit: usize) -> bool {
    let apart = claims.pairs.iter().filter(|claim| !claim.connects());
    let mut others = apart.filter_map(|claim| match place {
        place if place == claim.a => Some(claim.b),
        place if place == claim.b => Some(claim.a),
        _ => None,
    });
    others.any(|other| {
        let node = world.machines[other].node;
        node.uses_exit.as_ref() == Some(world.machines[exit].id) || world.plan.covering
    })
}
