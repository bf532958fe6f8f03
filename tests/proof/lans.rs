//! LANs that machines open to the mesh, and those in which they stand.

use std::net::IpAddr;

use ipnet::IpNet;
use meshwright::plan::{Place, Prefix};

use crate::walk::World;

/// No route into the tunnel takes a LAN away that the machine reaches without it.
pub(super) fn stay(world: &World, place: usize) -> Result<(), String> {
    let local = world.local(place);
    let routes = world.tunnel_routes(place);
    for lan in &local {
        if let Some(route) = routes.iter().find(|route| lan.contains(*route)) {
            return Err(format!("the route {route} hides its own LAN {lan}"));
        }
    }
    if let Some(own) = world.machines[place].node.lan_address()
        && local.iter().all(|lan| !lan.contains(&own))
        && let Some(route) = routes
            .iter()
            .find(|route| route.prefix_len() > 0 && route.contains(&own))
    {
        return Err(format!("the route {route} holds its own LAN address {own}"));
    }
    Ok(())
}

/// Each LAN that one end shares is held by the other, or there is a reason why it is not.
pub(super) fn are_held(world: &World, user: usize, owner: usize) -> Result<(), String> {
    for share in &world.machines[owner].node.shares {
        let prefix = share.prefix;
        let unwanted = world.machines[user].node.leaves_out.contains(&prefix);
        match (holds(world, user, prefix), unwanted) {
            (true, true) if !is_refused(world, owner, prefix) => {
                return Err(format!("{prefix} is held, though it is left out"));
            }
            (true, _) | (false, true) => {}
            (false, false) => {
                if !is_refused(world, owner, prefix) && !may_stand_in(world, user, prefix) {
                    return Err(format!(
                        "{prefix} is not held, and nothing speaks against it"
                    ));
                }
            }
        }
    }
    Ok(())
}

fn holds(world: &World, user: usize, prefix: Prefix) -> bool {
    let conf = world.machines[user].conf.as_ref();
    conf.is_some_and(|conf| {
        conf.peers
            .iter()
            .any(|peer| peer.allowed.contains(&prefix.net()))
    })
}

/// Whether something speaks against sharing a LAN at all.
pub(crate) fn is_refused(world: &World, owner: usize, prefix: Prefix) -> bool {
    let overlaps_another = |(place, machine): (usize, &crate::walk::Machine)| {
        world.is_up(place)
            && machine.node.shares.iter().any(|share| {
                share.prefix.overlaps(prefix) && (place, share.prefix) != (owner, prefix)
            })
    };
    let dialled = world
        .machines
        .iter()
        .filter_map(|machine| machine.conf.as_ref());
    let dialled = dialled
        .flat_map(|conf| &conf.peers)
        .filter_map(|peer| peer.endpoint.as_ref());
    let mut literals = dialled.filter_map(|(host, _)| host.parse::<IpAddr>().ok());
    let stands_at = |address: &std::net::Ipv4Addr| prefix.holds(IpAddr::V4(*address));
    let publics = world
        .machines
        .iter()
        .filter_map(|machine| match &machine.node.place {
            Place::Internet(public) => Some(public),
            Place::Site { site, .. } => world.plan.sites.get(site).map(|site| &site.public),
            Place::Roams => None,
        });
    let own_v6 = world
        .machines
        .iter()
        .filter_map(|machine| match machine.node.place {
            Place::Site { ipv6, .. } => ipv6.map(IpAddr::V6),
            _ => None,
        });
    world.machines[owner].node.platform.is_app()
        || world.plan.tunnel_prefix(prefix.family()).is_none()
        || world
            .plan
            .tunnel
            .iter()
            .any(|tunnel| tunnel.overlaps(prefix))
        || world.machines.iter().enumerate().any(overlaps_another)
        || literals.any(|address| prefix.holds(address))
        || publics
            .clone()
            .any(|public| public.ipv4.as_ref().is_some_and(stands_at))
        || publics
            .clone()
            .any(|public| public.ipv6.is_some_and(|own| prefix.holds(IpAddr::V6(own))))
        || own_v6.clone().any(|address| prefix.holds(address))
}

/// Whether a machine may stand in a LAN with these addresses.
pub(crate) fn may_stand_in(world: &World, user: usize, prefix: Prefix) -> bool {
    let mut lans: Vec<IpNet> = world.local(user);
    if let Some(site) = world.plan.site_of(world.machines[user].node) {
        lans.extend(site.lans.iter().map(|lan| lan.net()));
    }
    let overlaps = |lan: &IpNet| lan.contains(&prefix.net()) || prefix.net().contains(lan);
    let beside = |place: usize| {
        let address = world.machines[place].node.lan_address();
        world.share_router(user, place) && address.is_some_and(|address| prefix.holds(address))
    };
    lans.iter().any(overlaps)
        || (0..world.machines.len()).any(beside)
        || stands_at_unknown_lan(world, user)
}

/// A site whose LANs nobody stated may have the shared one.
fn stands_at_unknown_lan(world: &World, user: usize) -> bool {
    match &world.machines[user].node.place {
        Place::Site { site, .. } => world
            .plan
            .sites
            .get(site)
            .is_none_or(|site| site.lans.is_empty()),
        Place::Internet(_) | Place::Roams => false,
    }
}

/// Addresses in the LANs of a machine that another uses, but not where the other stands in a
/// smaller LAN with the same addresses.
pub(super) fn usable(world: &World, owner: usize, user: usize) -> Vec<IpAddr> {
    let shares = world.machines[owner].node.shares.iter();
    let held = shares.filter(|share| {
        holds(world, user, share.prefix) && !is_refused(world, owner, share.prefix)
    });
    let hidden = |address: &IpAddr| world.local(user).iter().any(|lan| lan.contains(address));
    let hosts = held.flat_map(|share| hosts(world, share.prefix));
    hosts.filter(|address| !hidden(address)).collect()
}

/// The first and the last host of a LAN, and one in each smaller LAN that some machine stands in.
pub(super) fn hosts(world: &World, prefix: Prefix) -> Vec<IpAddr> {
    if prefix.length() == prefix.family().host_length() {
        return vec![prefix.net().addr()];
    }
    let last = match prefix.net().broadcast() {
        IpAddr::V4(address) => IpAddr::V4((u32::from(address) - 1).into()),
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) - 1).into()),
    };
    let mut hosts = vec![crate::plans::host(prefix, 1), last];
    let lans = (0..world.machines.len()).flat_map(|machine| world.connected(machine));
    let inside = lans.filter(|lan| prefix.net().contains(lan) && *lan != prefix.net());
    hosts.extend(inside.filter_map(|lan| lan.hosts().nth(2)));
    hosts.sort_unstable();
    hosts.dedup();
    hosts
}
