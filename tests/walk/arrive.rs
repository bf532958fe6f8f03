//! Where a packet arrives that is sent to an Endpoint, over the internet or a LAN.

use std::net::IpAddr;

use meshwright::plan::{HostFirewall, Node, Place, SiteIpv6};

use super::World;
use super::ground::{Sends, is_routed, reaches_router, speaks};

/// What a packet has to be in order to arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum How {
    /// Nothing: whoever sends is let in.
    Unasked,
    /// An answer: a firewall without translation lets in what was asked for.
    Answered,
    /// An answer, and the router must keep ports as the person believes that it does.
    Wished,
}

/// A packet that arrives at a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arrival {
    /// Where.
    pub(crate) machine: usize,
    /// In which family.
    pub(crate) over_v6: bool,
    /// Inside a site's LANs.
    pub(crate) lan: bool,
    /// On what condition.
    pub(crate) how: How,
}

/// What the machine's own firewall asks of a packet.
fn host_firewall(node: &Node) -> How {
    match node.firewall {
        HostFirewall::LetsIn => How::Unasked,
        HostFirewall::Blocks => How::Answered,
    }
}

impl World<'_> {
    /// Where packets for a host and port arrive that a machine sends; in both families if the
    /// host is a name that stands for both. Says why if they arrive nowhere.
    pub(crate) fn arrivals(
        &self,
        from: usize,
        host: &str,
        port: u16,
    ) -> Result<Vec<Arrival>, String> {
        let Ok(address) = host.parse::<IpAddr>() else {
            let found: Vec<_> = [false, true]
                .into_iter()
                .filter(|over_v6| self.sends(from, *over_v6) != Sends::No)
                .filter_map(|over_v6| self.over_internet(from, host, None, port, over_v6).ok())
                .collect();
            return if found.is_empty() {
                Err("this name leads nowhere from here".to_owned())
            } else {
                Ok(found)
            };
        };
        if self.is_near(from, address) {
            return Ok(vec![self.over_lan(from, address, port)?]);
        }
        if !is_routed(address) {
            return Err("the internet does not deliver to this address".to_owned());
        }
        match self.sends(from, address.is_ipv6()) {
            Sends::Freely => {}
            Sends::ByName => return Err("NAT64 takes names, and this is an address".to_owned()),
            Sends::No => return Err("the sender has no address of this family".to_owned()),
        }
        let over_v6 = address.is_ipv6();
        Ok(vec![self.over_internet(
            from,
            host,
            Some(address),
            port,
            over_v6,
        )?])
    }

    fn over_internet(
        &self,
        from: usize,
        host: &str,
        address: Option<IpAddr>,
        port: u16,
        over_v6: bool,
    ) -> Result<Arrival, String> {
        // A name stands for the address that is known, so it is no second way around it.
        let address = address.or_else(|| self.address_of(host, over_v6));
        if address.is_some_and(|address| !is_routed(address)) {
            return Err("the internet does not deliver to the address of this name".to_owned());
        }
        let up: Vec<usize> = (0..self.machines.len())
            .filter(|one| self.is_up(*one))
            .collect();
        // Where two claim one address the first has it, but what a router forwards goes where it
        // is told, before anything that it translates.
        let told = up
            .iter()
            .find_map(|one| self.takes(*one, host, address, port, over_v6));
        let translated = || {
            up.iter()
                .find_map(|one| self.behind_router(*one, host, address, port, over_v6))
        };
        let (machine, how) = told.or_else(translated).ok_or("nobody listens there")??;
        if !self.share_router(from, machine) {
            return Ok(Arrival {
                machine,
                over_v6,
                lan: false,
                how,
            });
        }
        if !over_v6 {
            return Err("its own router would have to send the packet back in".to_owned());
        }
        // No firewall stands between two machines on one wire.
        let site_routes = self
            .site(from)
            .is_some_and(|(_, site)| site.lans_routed && site.lans.len() > 1);
        let how = if self.meet_in_lan(from, machine) && !site_routes {
            host_firewall(self.machines[machine].node)
        } else {
            how
        };
        Ok(Arrival {
            machine,
            over_v6,
            lan: false,
            how,
        })
    }

    /// The address behind a name, if the plan knows it.
    fn address_of(&self, name: &str, over_v6: bool) -> Option<IpAddr> {
        self.machines
            .iter()
            .enumerate()
            .find_map(|(place, machine)| {
                let own = match &machine.node.place {
                    // Also an address that its stack does not use: the name may well lead there.
                    Place::Internet(public) => Some((&public.name, public.ipv4, public.ipv6)),
                    Place::Site {
                        ipv6, ipv6_name, ..
                    } if over_v6 => Some((ipv6_name, None, *ipv6)),
                    Place::Site { .. } => self
                        .site(place)
                        .map(|(_, site)| (&site.public.name, site.public.ipv4, None)),
                    Place::Roams => None,
                };
                let (own, v4, v6) = own?;
                own.as_ref().filter(|own| own.as_str() == name)?;
                if over_v6 {
                    v6.map(IpAddr::V6)
                } else {
                    v4.map(IpAddr::V4)
                }
            })
    }

    /// Whether a machine is the one that gets packets for an address: its own, or a router's that
    /// forwards.
    pub(super) fn takes(
        &self,
        machine: usize,
        host: &str,
        address: Option<IpAddr>,
        port: u16,
        over_v6: bool,
    ) -> Option<Result<(usize, How), String>> {
        let node = self.machines[machine].node;
        let listens = self.plan.listen_port_of(node).get();
        let is_v6 =
            |own: Option<std::net::Ipv6Addr>| own.map(IpAddr::V6) == address && address.is_some();
        let is_v4 =
            |own: Option<std::net::Ipv4Addr>| own.map(IpAddr::V4) == address && address.is_some();
        let is_name = |own: &Option<meshwright::plan::HostName>| {
            address.is_none() && own.as_ref().is_some_and(|own| own.as_str() == host)
        };
        match &node.place {
            Place::Internet(public) => {
                let own = if over_v6 {
                    is_v6(public.ipv6)
                } else {
                    is_v4(public.ipv4)
                };
                // Behind NAT64 there is no IPv4 address, whatever a name says.
                let there = self.sends(machine, over_v6) == Sends::Freely;
                let hidden = !over_v6 && public.ipv4.is_some_and(|own| !is_routed(own.into()));
                ((own || is_name(&public.name) && !hidden) && there && port == listens)
                    .then(|| Ok((machine, host_firewall(node))))
            }
            Place::Site {
                ipv6,
                ipv6_name,
                ipv6_open,
                ..
            } if over_v6 => {
                let (_, site) = self.site(machine)?;
                let own = is_v6(*ipv6) || is_name(ipv6_name);
                if !own || port != listens || self.sends(machine, true) != Sends::Freely {
                    return None;
                }
                let open = site.ipv6 == SiteIpv6::Open || *ipv6_open;
                let how = if open {
                    host_firewall(node)
                } else {
                    How::Answered
                };
                Some(Ok((machine, how)))
            }
            Place::Site {
                forward: Some(forward),
                ..
            } => {
                let (_, site) = self.site(machine)?;
                let there = is_v4(site.public.ipv4) || is_name(&site.public.name);
                if !there || forward.external.get() != port {
                    return None;
                }
                Some(
                    if forward
                        .internal
                        .is_some_and(|internal| internal.get() != listens)
                    {
                        Err("the router forwards to a port at which nobody listens".to_owned())
                    } else if !speaks(node, false) {
                        Err("the router forwards to a machine without IPv4".to_owned())
                    } else if !reaches_router(site) || node.firewall == HostFirewall::Blocks {
                        // The provider translates once more, and the person may know better.
                        Ok((machine, How::Wished))
                    } else {
                        Ok((machine, How::Unasked))
                    },
                )
            }
            Place::Site { .. } | Place::Roams => None,
        }
    }

    /// Whether a machine may get packets for its router's address because the router translates
    /// its own packets and keeps their port.
    fn behind_router(
        &self,
        machine: usize,
        host: &str,
        address: Option<IpAddr>,
        port: u16,
        over_v6: bool,
    ) -> Option<Result<(usize, How), String>> {
        let (_, site) = self.site(machine)?;
        let node = self.machines[machine].node;
        let own = match address {
            Some(address) => site.public.ipv4.map(IpAddr::V4) == Some(address),
            None => site
                .public
                .name
                .as_ref()
                .is_some_and(|name| name.as_str() == host),
        };
        // What is forwarded is dialled where it is forwarded.
        let forwarded = match node.place {
            Place::Site {
                forward: Some(forward),
                ..
            } => forward
                .internal
                .is_none_or(|internal| internal == self.plan.listen_port_of(node)),
            _ => false,
        };
        let there = own && !over_v6 && !forwarded && speaks(node, false);
        (there && self.plan.listen_port_of(node).get() == port)
            .then_some(Ok((machine, How::Wished)))
    }

    fn over_lan(&self, from: usize, address: IpAddr, port: u16) -> Result<Arrival, String> {
        let over_v6 = address.is_ipv6();
        let machine = (0..self.machines.len())
            .filter(|one| self.is_up(*one) && self.share_router(from, *one))
            .find(|one| self.machines[*one].node.lan_address() == Some(address))
            .ok_or("nobody has this LAN address")?;
        let node = self.machines[machine].node;
        // Of two that are said to have one address the first has it. That its stack is said not to
        // use the address is a contradiction, and no proof that the second has it.
        if !speaks(node, over_v6) {
            return Err(
                "who is said to have this LAN address does not speak its family".to_owned(),
            );
        }
        if !self.meet_in_lan(from, machine) {
            return Err("they are not known to stand in LANs that meet".to_owned());
        }
        if !speaks(self.machines[from].node, over_v6) {
            return Err("it has no address of this family itself".to_owned());
        }
        if port != self.plan.listen_port_of(node).get() {
            return Err("it listens elsewhere".to_owned());
        }
        Ok(Arrival {
            machine,
            over_v6,
            lan: true,
            how: host_firewall(node),
        })
    }

    /// Whether a machine takes part, also one whose settings do not come from a file.
    pub(crate) fn is_up(&self, machine: usize) -> bool {
        let machine = &self.machines[machine];
        machine.conf.is_some()
            || (machine.node.platform.is_app() && machine.node.public_key.is_some())
    }
}
