//! Every peer block has a purpose, and nothing stands in it that has none.

use ipnet::IpNet;

use super::Claims;
use crate::walk::World;
use crate::walk::arrive::How;
use crate::walk::session::{has, meets};

/// No prefix under two peers; no block that does nothing; Endpoint and keepalive where they help
/// and nowhere else.
pub(super) fn have_a_purpose(world: &World, claims: &Claims, place: usize) -> Result<(), String> {
    let machine = &world.machines[place];
    let Some(conf) = &machine.conf else {
        return Ok(());
    };
    if machine.node.platform.is_app() && !conf.hooks.is_empty() {
        return Err("an app refuses hooks".to_owned());
    }
    let mut held: Vec<IpNet> = Vec::new();
    for peer in &conf.peers {
        let other = world.peer_machine(peer).ok_or("a block for nobody")?;
        let name = world.name(other);
        if other == place {
            return Err("a block for itself".to_owned());
        }
        if peer.allowed.is_empty() {
            return Err(format!("the block for {name} allows nothing"));
        }
        for prefix in &peer.allowed {
            let own = |own: &IpNet| own.addr().is_ipv4() == prefix.addr().is_ipv4();
            if !conf.addresses.iter().any(own) {
                return Err(format!(
                    "{prefix} is of a family in which it has no address"
                ));
            }
            if held.contains(prefix) {
                return Err(format!("{prefix} stands twice"));
            }
            held.push(*prefix);
        }
        if peer.keepalive.is_some() && peer.endpoint.is_none() {
            return Err(format!(
                "a keepalive towards {name}, which it does not dial"
            ));
        }
        if !claims.is_link(place, other) {
            return Err(format!(
                "a block for {name}, with which it is said to have no session"
            ));
        }
        if world.machines[other].conf.is_none() {
            continue;
        }
        world.session(place, other)?;
        ends(world, claims, place, other)?;
    }
    Ok(())
}

/// Endpoint and keepalive of the block that a machine has for another.
fn ends(world: &World, claims: &Claims, place: usize, other: usize) -> Result<(), String> {
    let name = world.name(other);
    let Some(block) = world.block(place, other) else {
        return Ok(());
    };
    let (forth, back) = (world.dial(place, other), world.dial(other, place));
    if block.endpoint.is_some() {
        forth.clone()?;
    }
    let dials = has(forth, How::Unasked);
    let is_dialled = has(back, How::Unasked);
    let in_lan = |dial: &Result<Vec<crate::walk::arrive::Arrival>, String>| {
        dial.as_ref()
            .is_ok_and(|found| found.iter().all(|arrival| arrival.lan))
    };
    if block.endpoint.is_some() && !dials && is_dialled && !in_lan(forth) {
        return Err(format!(
            "the Endpoint of {name} is a guess: nothing arrives there unasked"
        ));
    }
    let node = world.machines[place].node;
    let awake = node.must_be_reachable_idle() || claims.relays.contains(&place);
    let must_keep = if dials || is_dialled {
        dials && !is_dialled && awake
    } else {
        meets(forth, back) || world.wanted_direct(place, other) && block.endpoint.is_some()
    };
    let forced = !dials && !is_dialled && !meets(forth, back);
    match block.keepalive {
        None if forced && !node.must_be_reachable_idle() => Ok(()),
        Some(25) if must_keep => Ok(()),
        None if !must_keep => Ok(()),
        found => Err(format!(
            "keepalive towards {name} is {found:?}, needed: {must_keep}"
        )),
    }
}

/// A machine that talks only through its hub has no session with anyone else.
pub(super) fn spoke_has_one(world: &World, claims: &Claims, place: usize) -> Result<(), String> {
    let machine = &world.machines[place];
    let hub = machine.node.hub.as_ref();
    let hub =
        hub.and_then(|hub| (0..world.machines.len()).find(|one| world.machines[*one].id == hub));
    let (Some(hub), Some(conf)) = (hub, &machine.conf) else {
        return Ok(());
    };
    if !claims.is_link(place, hub) {
        return Ok(());
    }
    match conf
        .peers
        .iter()
        .find(|peer| world.peer_machine(peer) != Some(hub))
    {
        None => Ok(()),
        Some(peer) => {
            let other = world
                .peer_machine(peer)
                .map_or("nobody", |other| world.name(other));
            Err(format!(
                "a block for {other}, though it talks only through {}",
                world.name(hub)
            ))
        }
    }
}
