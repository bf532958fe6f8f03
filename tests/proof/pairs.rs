//! Pairs that are said to connect do, over the machines that are named, and the others do not.

use std::net::IpAddr;

use meshwright::plan::Family;

use super::{Claim, lans};
use crate::walk::World;
use crate::walk::ground::may_relay;

/// Packets go from one end to the other, over the machines that the verdict names.
pub(super) fn delivered(
    world: &World,
    claim: &Claim,
    from: usize,
    to: usize,
) -> Result<(), String> {
    let mut path = vec![from];
    if from > to {
        path.extend(claim.via.iter().rev());
    } else {
        path.extend(&claim.via);
    }
    path.push(to);
    if let Some(unwilling) = claim.via.iter().find(|relay| {
        let node = world.machines[**relay].node;
        let is_hub =
            |end: usize| world.machines[end].node.hub.as_ref() == Some(world.machines[**relay].id);
        !may_relay(node) && !is_hub(from) && !is_hub(to)
    }) {
        return Err(format!("{} does not relay", world.name(*unwilling)));
    }
    if claim.is_link() {
        world.session(from, to)?;
        let lan = world
            .dial(from, to)
            .as_ref()
            .or(world.dial(to, from).as_ref());
        let over_lan = lan.is_ok_and(|found| found.iter().all(|arrival| arrival.lan));
        if over_lan != (claim.word == "lan") {
            return Err(format!("the session is inside a LAN: {over_lan}"));
        }
    }
    let mut targets = world.addresses(to);
    targets.extend(lans::usable(world, to, from));
    let mut sources = world.addresses(from);
    sources.extend(lans::usable(world, from, to));
    for family in world.plan.families() {
        let here = |address: &&IpAddr| Family::of(**address) == family;
        if !targets.iter().any(|address| here(&address)) {
            return Err(format!("no {family} address"));
        }
        for source in sources.iter().filter(here) {
            for target in targets.iter().filter(here) {
                let found = world
                    .walk(from, *source, *target)
                    .map_err(|why| format!("{source} to {target}: {why}"))?;
                if found != path {
                    return Err(format!(
                        "{source} to {target} went {found:?} instead of {path:?}"
                    ));
                }
            }
        }
    }
    Ok(())
}

/// No packet arrives, and no entry is there for it.
pub(super) fn kept_apart(
    world: &World,
    claim: &Claim,
    from: usize,
    to: usize,
) -> Result<(), String> {
    let mut targets = world.addresses(to);
    for share in &world.machines[to].node.shares {
        targets.extend(lans::hosts(world, share.prefix));
    }
    for target in targets {
        let own = world.addresses(to).contains(&target);
        if let Some((prefix, _)) = world.entry(from, target)
            && own
            && prefix.prefix_len() > 0
            && (claim.word == "none" || prefix.prefix_len() == prefix.max_prefix_len())
        {
            return Err(format!("the entry {prefix} holds {target}"));
        }
        for source in world.addresses(from) {
            if source.is_ipv4() == target.is_ipv4()
                && world
                    .walk(from, source, target)
                    .is_ok_and(|path| path.last() == Some(&to))
            {
                return Err(format!("{source} reaches {target}"));
            }
        }
    }
    for share in &world.machines[to].node.shares {
        // Where two claim to share one LAN, the entry may be about the other's.
        if lans::is_refused(world, to, share.prefix) {
            continue;
        }
        let holds = |route: &&ipnet::IpNet| **route == share.prefix.net();
        if world.tunnel_routes(from).iter().any(|route| holds(&route)) {
            return Err(format!("an entry holds {}", share.prefix));
        }
    }
    Ok(())
}
