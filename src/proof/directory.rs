//! Who gets packets that the internet delivers, by host and port.

use std::net::IpAddr;

use crate::conf::Host;
use crate::plan::{Family, HostFirewall, HostName, NatKind, Place, Plan, SiteIpv6};
use crate::sorting;

use super::dial::DialFault;
use super::ground::{Sends, is_routed, reaches_router, speaks};
use super::world::Machine;

/// What a packet has to be in order to arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// Anything: whoever sends is let in.
    Unasked,
    /// An answer: a firewall without translation lets in what was asked for, and
    /// so does a router that keeps source ports.
    Answered,
    /// Nobody can know; it arrives if the person says so for the pair.
    Believed,
}

/// Where packets to one host and port go.
struct Entry {
    host: Host,
    port: u16,
    family: Family,
    machine: usize,
    how: Result<How, DialFault>,
}

/// All hosts and ports of the plan, sorted; of several claims the first counts.
#[derive(Default)]
pub(super) struct Directory {
    entries: Vec<Entry>,
    /// Names with the addresses that are known to be behind them.
    names: Vec<(String, Family, IpAddr)>,
}

impl Directory {
    /// Collects what the plan says of machines that take part.
    pub(super) fn new(plan: &Plan, machines: &[Machine<'_>]) -> Self {
        let mut directory = Self::default();
        for machine in machines {
            directory.names_of(plan, machine);
        }
        let up = || (0..).zip(machines).filter(|(_, machine)| machine.is_up());
        for (place, machine) in up() {
            directory.stated(plan, place, machine);
        }
        // What a router forwards goes where it is told, before anything that it
        // translates on the way out.
        for (place, machine) in up() {
            directory.translated(plan, place, machine);
        }
        // Sorting is stable, so the first claim stays the first.
        sorting::sort_by(&mut directory.entries, |one, other| {
            (&one.host, one.port, one.family).cmp(&(&other.host, other.port, other.family))
        });
        directory
    }

    /// Who gets packets for a host and port in a family. A name whose address
    /// is known is no second way around that.
    pub(super) fn find(
        &self,
        host: &Host,
        port: u16,
        family: Family,
    ) -> Result<(usize, How), DialFault> {
        let known = match host {
            Host::Address(_) => None,
            Host::Name(name) => self.address_of(name, family),
        };
        if known.is_some_and(|address| !is_routed(address)) {
            return Err(DialFault::NotRouted);
        }
        let known = known.map(Host::Address);
        let host = known.as_ref().unwrap_or(host);
        let key = (host, port, family);
        let place = self
            .entries
            .partition_point(|entry| (&entry.host, entry.port, entry.family) < key);
        match self.entries.get(place) {
            Some(entry) if (&entry.host, entry.port, entry.family) == key => {
                entry.how.clone().map(|how| (entry.machine, how))
            }
            _ => Err(self.nobody(host, family)),
        }
    }

    /// Why nobody gets packets for a host and port: the port may be another.
    fn nobody(&self, host: &Host, family: Family) -> DialFault {
        let place = self.entries.partition_point(|entry| entry.host < *host);
        let others = self.entries.get(place..).unwrap_or_default();
        others
            .iter()
            .take_while(|entry| entry.host == *host)
            .find(|entry| entry.family == family)
            .map_or(DialFault::Nobody, |entry| {
                DialFault::OtherPort(entry.machine, entry.port)
            })
    }

    fn address_of(&self, name: &str, family: Family) -> Option<IpAddr> {
        self.names
            .iter()
            .find(|(known, of, _)| known == name && *of == family)
            .map(|(_, _, address)| *address)
    }

    /// Also an address that the machine does not use: the name may lead there.
    fn names_of(&mut self, plan: &Plan, machine: &Machine<'_>) {
        let (name, v4, v6): (&Option<HostName>, _, _) = match &machine.node.place {
            Place::Internet(public) => (&public.name, public.ipv4, public.ipv6),
            Place::Site {
                ipv6, ipv6_name, ..
            } => {
                self.name(ipv6_name.as_ref(), ipv6.map(IpAddr::V6));
                match plan.site_of(machine.node) {
                    Some(site) => (&site.public.name, site.public.ipv4, None),
                    None => return,
                }
            }
            Place::Roams => return,
        };
        self.name(name.as_ref(), v4.map(IpAddr::V4));
        self.name(name.as_ref(), v6.map(IpAddr::V6));
    }

    fn name(&mut self, name: Option<&HostName>, address: Option<IpAddr>) {
        if let (Some(name), Some(address)) = (name, address) {
            let family = Family::of(address);
            if self.address_of(name.as_str(), family).is_none() {
                self.names.push((name.to_string(), family, address));
            }
        }
    }

    fn add(
        &mut self,
        machine: usize,
        (address, name): (Option<IpAddr>, Option<&HostName>),
        port: u16,
        family: Family,
        how: &Result<How, DialFault>,
    ) {
        let address = address.map(Host::Address);
        let name = name.map(|name| Host::Name(name.to_string()));
        for host in address.into_iter().chain(name) {
            self.entries.push(Entry {
                host,
                port,
                family,
                machine,
                how: how.clone(),
            });
        }
    }

    /// Where a machine is found under an address of its own, and what a router
    /// forwards to it.
    fn stated(&mut self, plan: &Plan, place: usize, machine: &Machine<'_>) {
        let node = machine.node;
        let listens = plan.listen_port_of(node).get();
        let sends = |family| machine.ground.sends(family) == Sends::Freely;
        match &node.place {
            Place::Internet(public) => {
                let how = Ok(host_firewall(node.firewall));
                if sends(Family::V4) {
                    // A name leads to the address that is known, hidden or not.
                    let address = public.ipv4.map(IpAddr::V4);
                    let name = public.name.as_ref();
                    self.add(place, (address, name), listens, Family::V4, &how);
                }
                if sends(Family::V6) {
                    let address = public.ipv6.map(IpAddr::V6);
                    let name = public.name.as_ref();
                    self.add(place, (address, name), listens, Family::V6, &how);
                }
            }
            Place::Site {
                forward,
                ipv6,
                ipv6_name,
                ipv6_open,
                ..
            } => {
                let Some(site) = plan.site_of(node) else {
                    return;
                };
                if sends(Family::V6) {
                    let open = site.ipv6 == SiteIpv6::Open || *ipv6_open;
                    let how = if open {
                        host_firewall(node.firewall)
                    } else {
                        How::Answered
                    };
                    let found = (ipv6.map(IpAddr::V6), ipv6_name.as_ref());
                    self.add(place, found, listens, Family::V6, &Ok(how));
                }
                if let Some(forward) = forward {
                    let elsewhere = forward.internal.filter(|port| port.get() != listens);
                    let how = if let Some(port) = elsewhere {
                        Err(DialFault::ForwardedElsewhere(place, port.get()))
                    } else if !speaks(node, Family::V4) {
                        Err(DialFault::ForwardedWithoutIpv4(place))
                    } else if !reaches_router(site) || node.firewall == HostFirewall::Blocks {
                        // The provider translates once more, and the person may
                        // know better.
                        Ok(How::Believed)
                    } else {
                        Ok(How::Unasked)
                    };
                    let found = (site.public.ipv4.map(IpAddr::V4), site.public.name.as_ref());
                    self.add(place, found, forward.external.get(), Family::V4, &how);
                }
            }
            Place::Roams => {}
        }
    }

    /// Where a machine may be found because its router translates its own
    /// packets and keeps their port. What is forwarded is dialled where it is
    /// forwarded.
    fn translated(&mut self, plan: &Plan, place: usize, machine: &Machine<'_>) {
        let node = machine.node;
        let listens = plan.listen_port_of(node);
        let (Place::Site { forward, .. }, Some(site)) = (&node.place, plan.site_of(node)) else {
            return;
        };
        let forwarded =
            forward.is_some_and(|forward| forward.internal.is_none_or(|port| port == listens));
        if forwarded || !speaks(node, Family::V4) {
            return;
        }
        let how = match site.nat {
            NatKind::KeepsPort if reaches_router(site) => How::Answered,
            _ => How::Believed,
        };
        let found = (site.public.ipv4.map(IpAddr::V4), site.public.name.as_ref());
        self.add(place, found, listens.get(), Family::V4, &Ok(how));
    }
}

/// What a machine's own firewall asks of a packet.
pub(super) fn host_firewall(firewall: HostFirewall) -> How {
    match firewall {
        HostFirewall::LetsIn => How::Unasked,
        HostFirewall::Blocks => How::Answered,
    }
}
