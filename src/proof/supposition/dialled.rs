//! At which Endpoints machines are dialled, and by whom.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use litemap::LiteMap;

use crate::conf::Host;
use crate::plan::{HostName, Port};

use super::is_of_a_lan;
use crate::proof::files::MachineFiles;

/// How others dial a machine.
#[derive(Clone, Default)]
pub(super) struct Dialled {
    pub(super) ipv4: Option<Ipv4Addr>,
    pub(super) ipv6: Option<Ipv6Addr>,
    pub(super) name: Option<HostName>,
    pub(super) lan_address: Option<IpAddr>,
    /// Whether it dials somebody in IPv6 itself.
    pub(super) dials_ipv6: bool,
    dials_ipv4: bool,
    port: Option<Port>,
    /// What stands for its site, if it shares one with others.
    site: Option<String>,
}

impl Dialled {
    /// The port at which it is dialled from the internet.
    pub(super) fn port(&self) -> Option<Port> {
        self.port
    }

    /// Whether it is dialled from the internet.
    pub(super) fn is_public(&self) -> bool {
        self.ipv4.is_some() || self.ipv6.is_some() || self.name.is_some()
    }

    /// Whether a place on the internet holds all that is known of it: it shares
    /// no router, and the families that it dials are those that it is found in.
    pub(super) fn is_alone(&self) -> bool {
        let four = self.ipv4.is_some() || self.name.is_some();
        self.site.is_none()
            && self.lan_address.is_none()
            && (!self.dials_ipv6 || self.ipv6.is_some())
            && (!self.dials_ipv4 || four || self.ipv6.is_none())
    }

    /// What stands for its site.
    pub(super) fn site_or(&self, own: &str) -> String {
        self.site.clone().unwrap_or_else(|| own.to_owned())
    }
}

/// How each machine is dialled.
pub(super) fn all(files: &[MachineFiles], keys: &LiteMap<[u8; 32], usize>) -> Vec<Dialled> {
    let mut all = vec![Dialled::default(); files.len()];
    // Machines that meet in a LAN, and those at one host, have one site: each
    // points to a machine before it, or to itself.
    let mut leads: Vec<usize> = (0..files.len()).collect();
    let mut hosts: LiteMap<String, usize> = LiteMap::new();
    for (from, machine) in files.iter().enumerate() {
        let Ok(conf) = &machine.conf else {
            continue;
        };
        for peer in &conf.peers {
            let key = peer.public_key.as_ref().map(|key| key.value);
            let to = key.and_then(|key| keys.get(key.as_bytes()).copied());
            let (Some(to), Some(endpoint)) = (to, &peer.endpoint) else {
                continue;
            };
            let endpoint = &endpoint.value;
            if let Host::Address(address) = endpoint.host
                && let Some(dialler) = all.get_mut(from)
            {
                dialler.dials_ipv6 |= address.is_ipv6() && !is_of_a_lan(address);
                dialler.dials_ipv4 |= address.is_ipv4() && !is_of_a_lan(address);
            }
            let Some(known) = all.get_mut(to) else {
                continue;
            };
            match &endpoint.host {
                Host::Address(address) if is_of_a_lan(*address) => {
                    known.lan_address.get_or_insert(*address);
                    join(&mut leads, from, to);
                    continue;
                }
                Host::Address(IpAddr::V4(address)) => {
                    known.ipv4.get_or_insert(*address);
                    share(&mut hosts, &mut leads, address.to_string(), to);
                }
                Host::Address(IpAddr::V6(address)) => {
                    known.ipv6.get_or_insert(*address);
                }
                Host::Name(name) => {
                    if let Ok(name) = name.parse::<HostName>() {
                        known.name.get_or_insert(name);
                    }
                    share(&mut hosts, &mut leads, name.clone(), to);
                }
            }
            if known.port.is_none() {
                known.port = Port::try_from(u64::from(endpoint.port)).ok();
            }
        }
    }
    let roots: Vec<usize> = (0..files.len()).map(|place| root(&leads, place)).collect();
    for (place, lead) in roots.iter().copied().enumerate() {
        let is_shared = roots.iter().filter(|other| **other == lead).count() > 1;
        if is_shared && let Some(known) = all.get_mut(place) {
            known.site = files.get(lead).map(|machine| machine.name.clone());
        }
    }
    all
}

/// Two machines at one host stand behind one router.
fn share(hosts: &mut LiteMap<String, usize>, leads: &mut [usize], host: String, to: usize) {
    match hosts.get(&host).copied() {
        Some(other) => join(leads, other, to),
        None => {
            hosts.insert(host, to);
        }
    }
}

fn root(leads: &[usize], mut place: usize) -> usize {
    while let Some(lead) = leads.get(place).copied().filter(|lead| *lead != place) {
        place = lead;
    }
    place
}

fn join(leads: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(leads, one), root(leads, other));
    if let Some(lead) = leads.get_mut(one.max(other)) {
        *lead = one.min(other);
    }
}
