//! LANs behind machines, and machines that lead to the internet.

use ipnet::IpNet;
use litemap::LiteMap;

use crate::conf::Effect;
use crate::plan::{Answers, NodeId, Plan, Prefix, SharedLan};

use super::list;
use crate::proof::files::MachineFiles;

/// Finds who owns the prefixes that are no tunnel addresses: the peer that holds
/// none of them under a peer of its own.
pub(super) fn suppose(
    files: &[MachineFiles],
    keys: &LiteMap<[u8; 32], usize>,
    plan: &mut Plan,
) -> Option<String> {
    let confs = || {
        files
            .iter()
            .filter_map(|machine| machine.conf.as_ref().ok())
    };
    let own: Vec<IpNet> = confs()
        .flat_map(|conf| &conf.interface.addresses)
        .map(|address| address.value)
        .collect();
    let mut routed = Vec::new();
    for conf in confs() {
        for peer in &conf.peers {
            let key = peer.public_key.as_ref().map(|key| key.value);
            let Some(owner) = key.and_then(|key| keys.get(key.as_bytes()).copied()) else {
                continue;
            };
            let Some(machine) = files.get(owner) else {
                continue;
            };
            for prefix in &peer.allowed {
                let net = prefix.value.trunc();
                if net.prefix_len() == 0 {
                    set_exit(plan, machine);
                } else if is_lan(net, &own) && !passes_on(machine, net) {
                    let answers = answers(machine, net);
                    if share(plan, machine, net, answers) && answers == Answers::Route {
                        routed.push(format!("{net} (behind {})", machine.shown));
                    }
                }
            }
        }
    }
    (!routed.is_empty()).then(|| {
        format!(
            "Hosts in {} know the way back to the mesh, since no hook translates for them.",
            list(&routed)
        )
    })
}

/// Whether a prefix is no part of the tunnel.
fn is_lan(net: IpNet, own: &[IpNet]) -> bool {
    own.iter()
        .all(|address| !net.contains(&address.addr()) && !address.trunc().contains(&net))
}

/// Whether a machine has the prefix under a peer itself.
fn passes_on(machine: &MachineFiles, net: IpNet) -> bool {
    let peers = machine.conf.as_ref().map_or(&[][..], |conf| &conf.peers);
    let mut allowed = peers.iter().flat_map(|peer| &peer.allowed);
    allowed.any(|prefix| prefix.value.trunc() == net)
}

/// A LAN without translation is taken to know the way back.
fn answers(machine: &MachineFiles, net: IpNet) -> Answers {
    let translates = machine.effects.iter().any(|(effect, _)| match effect {
        Effect::Translates { to, .. } => to.is_empty() || to.iter().any(|to| to.contains(&net)),
        _ => false,
    });
    if translates {
        Answers::Translate
    } else {
        Answers::Route
    }
}

/// Adds a shared LAN; whether it is new.
fn share(plan: &mut Plan, machine: &MachineFiles, net: IpNet, answers: Answers) -> bool {
    let (Some(node), Some(prefix)) = (
        plan.nodes.get_mut(&NodeId::new(&machine.name)),
        Prefix::around(net.addr(), net.prefix_len()),
    ) else {
        return false;
    };
    if node.shares.iter().any(|share| share.prefix == prefix) {
        return false;
    }
    node.shares.push(SharedLan { prefix, answers });
    true
}

fn set_exit(plan: &mut Plan, machine: &MachineFiles) {
    if let Some(node) = plan.nodes.get_mut(&NodeId::new(&machine.name)) {
        node.exit = true;
    }
}
