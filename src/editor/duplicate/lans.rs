//! The LANs of a site that is copied within a plan: another place has other
//! addresses, or nobody could reach both of them.

use std::net::IpAddr;

use crate::plan::{Node, Place, Plan, Prefix, Site};

/// A LAN, and the one that takes its place in the copy.
pub(super) type Moved = (Prefix, Prefix);

/// Gives a copy free LANs in the place of those that the site has from which it
/// was copied, and says which. A site from elsewhere keeps its own: it is another
/// real place, and a finding says where that collides.
pub(super) fn renumber(plan: &Plan, site: &mut Site) -> Vec<Moved> {
    let original = |other: &Site| other.name == site.name && other.lans == site.lans;
    let mut moved: Vec<Moved> = Vec::new();
    if !plan.sites.values().any(original) {
        return moved;
    }
    for place in 0..site.lans.len() {
        let Some(lan) = site.lans.get(place).copied() else {
            break;
        };
        let fresh = next_free(lan, |prefix| {
            let own = site.lans.iter().chain(moved.iter().map(|(_, new)| new));
            own.copied().any(|other| other.overlaps(prefix)) || is_used(plan, prefix)
        });
        if let Some(fresh) = fresh {
            moved.push((lan, fresh));
        }
    }
    for (old, new) in &moved {
        for lan in site.lans.iter_mut().filter(|lan| *lan == old) {
            *lan = *new;
        }
    }
    moved
}

/// Moves the addresses of a machine, and the LANs that it shares, along.
pub(super) fn follow(node: &mut Node, moved: &[Moved]) {
    for share in &mut node.shares {
        let first = share.prefix.net().network();
        let length = share.prefix.length();
        let inside = |old: &Prefix| old.holds(first) && old.length() <= length;
        if let Some((old, new)) = moved.iter().find(|(old, _)| inside(old))
            && let Some(prefix) =
                shifted(first, *old, *new).and_then(|first| Prefix::around(first, length))
        {
            share.prefix = prefix;
        }
    }
    if let Place::Site {
        lan_address: Some(address),
        ..
    } = &mut node.place
        && let Some((old, new)) = moved.iter().find(|(old, _)| old.holds(*address))
    {
        *address = shifted(*address, *old, *new).unwrap_or(*address);
    }
}

fn is_used(plan: &Plan, prefix: Prefix) -> bool {
    let of_sites = plan.sites.values().flat_map(|site| &site.lans).copied();
    let shares = plan.nodes.values().flat_map(|node| &node.shares);
    of_sites
        .chain(shares.map(|share| share.prefix))
        .chain(plan.tunnel.iter().copied())
        .any(|other| other.overlaps(prefix))
}

/// The next prefix of the same length that is free: behind it first, then from
/// the beginning of the private range that it lies in. Nobody can give public
/// addresses out to himself, so these have none.
fn next_free(lan: Prefix, is_taken: impl Fn(Prefix) -> bool) -> Option<Prefix> {
    const RANGES: [&str; 4] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8"];
    // So many places are looked at; a plan has fewer LANs.
    const MOST: u128 = 4096;
    let first = lan.net().network();
    let ranges = RANGES.iter().filter_map(|text| text.parse::<Prefix>().ok());
    let range = ranges
        .into_iter()
        .find(|range| range.holds(first) && range.length() <= lan.length())?;
    let step = 1_u128.checked_shl(u32::from(lan.family().host_length() - lan.length()))?;
    let from = |start: IpAddr| {
        (0..MOST).map_while(move |number| {
            let address = plus(start, number.checked_mul(step)?)?;
            range
                .holds(address)
                .then(|| Prefix::around(address, lan.length()))?
        })
    };
    from(first)
        .chain(from(range.net().network()))
        .find(|prefix| !is_taken(*prefix))
}

/// The same host of another prefix of the same length.
fn shifted(address: IpAddr, old: Prefix, new: Prefix) -> Option<IpAddr> {
    let host = number(address).checked_sub(number(old.net().network()))?;
    plus(new.net().network(), host)
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}

fn plus(address: IpAddr, more: u128) -> Option<IpAddr> {
    Some(match address {
        IpAddr::V4(address) => IpAddr::V4(
            u32::from(address)
                .checked_add(u32::try_from(more).ok()?)?
                .into(),
        ),
        IpAddr::V6(address) => IpAddr::V6(u128::from(address).checked_add(more)?.into()),
    })
}
