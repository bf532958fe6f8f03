//! Who must forward packets, where no file says whether they do.

use litemap::LiteMap;

use super::{list, verb};
use crate::proof::files::MachineFiles;

/// Takes machines to forward that others have prefixes of third parties under.
pub(super) fn suppose(
    files: &mut [MachineFiles],
    keys: &LiteMap<[u8; 32], usize>,
) -> Option<String> {
    let mut needed = vec![false; files.len()];
    for conf in files
        .iter()
        .filter_map(|machine| machine.conf.as_ref().ok())
    {
        for peer in &conf.peers {
            let key = peer.public_key.as_ref().map(|key| key.value);
            let Some(to) = key.and_then(|key| keys.get(key.as_bytes()).copied()) else {
                continue;
            };
            let own = files.get(to).and_then(|machine| machine.conf.as_ref().ok());
            let own = own.map_or(&[][..], |conf| &conf.interface.addresses);
            let is_own = |prefix: &ipnet::IpNet| {
                let full = prefix.prefix_len() == prefix.max_prefix_len();
                full && own
                    .iter()
                    .any(|address| address.value.addr() == prefix.addr())
            };
            if peer.allowed.iter().any(|prefix| !is_own(&prefix.value))
                && let Some(needed) = needed.get_mut(to)
            {
                *needed = true;
            }
        }
    }
    let mut names = Vec::new();
    for (machine, needed) in files.iter_mut().zip(needed) {
        if needed {
            machine.forwards_anyway = true;
            names.push(machine.shown.clone());
        }
    }
    (!names.is_empty()).then(|| {
        let forward = verb(&names, "forwards", "forward");
        format!(
            "{} {forward} packets (net.ipv4.ip_forward = 1), since no kernel settings lie beside the configs.",
            list(&names)
        )
    })
}
