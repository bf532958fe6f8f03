//! Where a packet arrives that a machine sends to an Endpoint.

use std::net::IpAddr;

use crate::conf::{Endpoint, Host};
use crate::plan::Family;

use super::directory::{How, host_firewall};
use super::ground::{Sends, is_routed, speaks};
use super::world::World;

/// A packet that arrives at a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arrival {
    /// The family outside of the tunnel.
    pub(super) family: Family,
    /// Whether it stays inside a site's LANs.
    pub(super) lan: bool,
    /// On what condition it arrives.
    pub(super) how: How,
}

/// Why packets to an Endpoint do not arrive at the peer. Machines are named by
/// their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialFault {
    /// There is no Endpoint.
    None,
    /// The peer's file has no fixed port, so it listens anywhere.
    NoFixedPort(usize),
    /// The peer's file says another port than the one that is known of it.
    FileSaysOtherPort(usize, u16),
    /// The packets would run into the tunnel that they carry.
    IntoTunnel,
    /// Nobody is known to have this address or name.
    Nobody,
    /// The machine there listens on this port.
    OtherPort(usize, u16),
    /// Another machine is there.
    Astray(usize),
    /// The router forwards to this port of the machine, where nobody listens.
    ForwardedElsewhere(usize, u16),
    /// The router forwards to a machine without IPv4.
    ForwardedWithoutIpv4(usize),
    /// The internet does not deliver to this address.
    NotRouted,
    /// The sender has no address of this family.
    NoFamily(Family),
    /// The sender's provider translates names only, and this is an address.
    NamesOnly,
    /// The own router would have to send the packet back in.
    OwnRouter,
    /// The two are not known to stand in LANs that meet.
    LansApart,
}

/// What becomes of packets to the Endpoint of a block: up to one arrival in
/// each family, since a name may stand for both.
pub(super) type Dial = Result<[Option<Arrival>; 2], DialFault>;

impl World<'_> {
    /// Follows a packet from one machine to the Endpoint that it has for another.
    pub(super) fn dial(&self, from: usize, to: usize, endpoint: Option<&Endpoint>) -> Dial {
        let endpoint = endpoint.ok_or(DialFault::None)?;
        let (Some(sender), Some(receiver)) = (self.machines.get(from), self.machines.get(to))
        else {
            return Err(DialFault::Nobody);
        };
        if let Some(conf) = receiver.conf() {
            let stated = self.plan.listen_port_of(receiver.node).get();
            let fixed = conf.interface.listen_port.as_ref().map(|port| port.value);
            match fixed {
                None | Some(0) => return Err(DialFault::NoFixedPort(to)),
                Some(port) if port != stated => {
                    return Err(DialFault::FileSaysOtherPort(to, port));
                }
                Some(_) => {}
            }
        }
        match &endpoint.host {
            Host::Address(address) => {
                // The apps exempt their own packets from the tunnel.
                if !sender.node.platform.is_app() && self.runs_into_tunnel(from, *address) {
                    return Err(DialFault::IntoTunnel);
                }
                let arrival = self.at_address(from, to, *address, endpoint)?;
                Ok([Some(arrival), None])
            }
            Host::Name(_) => {
                let [four, six] = Family::BOTH.map(|family| {
                    let there = sender.ground.sends(family) != Sends::No;
                    there.then(|| self.over_internet(from, to, endpoint, family))
                });
                match (four, six) {
                    (None, None) => Err(DialFault::NoFamily(Family::V4)),
                    // One family that leads to another machine is a fault.
                    (Some(Err(fault @ DialFault::Astray(_))), _)
                    | (_, Some(Err(fault @ DialFault::Astray(_)))) => Err(fault),
                    (Some(Err(fault)), None | Some(Err(_))) | (None, Some(Err(fault))) => {
                        Err(fault)
                    }
                    (four, six) => Ok([four, six].map(|found| found.and_then(Result::ok))),
                }
            }
        }
    }

    fn at_address(
        &self,
        from: usize,
        to: usize,
        address: IpAddr,
        endpoint: &Endpoint,
    ) -> Result<Arrival, DialFault> {
        let sender = self.machines.get(from).ok_or(DialFault::Nobody)?;
        if let Some(near) = self.near(from, address) {
            return self.over_lan(from, to, near, address, endpoint.port);
        }
        if !is_routed(address) {
            return Err(DialFault::NotRouted);
        }
        let family = Family::of(address);
        match sender.ground.sends(family) {
            Sends::Freely => self.over_internet(from, to, endpoint, family),
            Sends::ByName => Err(DialFault::NamesOnly),
            Sends::No => Err(DialFault::NoFamily(family)),
        }
    }

    fn over_internet(
        &self,
        from: usize,
        to: usize,
        endpoint: &Endpoint,
        family: Family,
    ) -> Result<Arrival, DialFault> {
        let (machine, how) = self.directory.find(&endpoint.host, endpoint.port, family)?;
        if machine != to {
            return Err(DialFault::Astray(machine));
        }
        let mut arrival = Arrival {
            family,
            lan: false,
            how,
        };
        if self.share_router(from, machine) {
            if family == Family::V4 {
                return Err(DialFault::OwnRouter);
            }
            // No firewall stands between two machines on one wire.
            let routes = self
                .site(from)
                .is_some_and(|site| site.lans_routed && site.lans.len() > 1);
            if self.meet_in_lan(from, machine) && !routes {
                arrival.how = self.own_firewall(machine);
            }
        }
        Ok(arrival)
    }

    fn over_lan(
        &self,
        from: usize,
        to: usize,
        machine: usize,
        address: IpAddr,
        port: u16,
    ) -> Result<Arrival, DialFault> {
        let family = Family::of(address);
        let (Some(sender), Some(receiver)) = (self.machines.get(from), self.machines.get(machine))
        else {
            return Err(DialFault::Nobody);
        };
        // Of two that are said to have one address the first has it. That its
        // stack is said not to use the address is a contradiction, and no proof
        // that the second has it.
        if !speaks(receiver.node, family) {
            return Err(DialFault::Nobody);
        }
        if machine != to {
            return Err(DialFault::Astray(machine));
        }
        if !self.meet_in_lan(from, machine) {
            return Err(DialFault::LansApart);
        }
        if !speaks(sender.node, family) {
            return Err(DialFault::NoFamily(family));
        }
        let listens = self.plan.listen_port_of(receiver.node).get();
        if port != listens {
            return Err(DialFault::OtherPort(machine, listens));
        }
        Ok(Arrival {
            family,
            lan: true,
            how: self.own_firewall(machine),
        })
    }

    fn own_firewall(&self, machine: usize) -> How {
        self.machines.get(machine).map_or(How::Answered, |machine| {
            host_firewall(machine.node.firewall)
        })
    }
}

/// Whether packets arrive in this way in some family.
pub(super) fn has(dial: &Dial, how: How) -> bool {
    let Ok(found) = dial else {
        return false;
    };
    found.iter().flatten().any(|arrival| arrival.how <= how)
}

/// Whether both ends ask each other for answers in one family.
pub(super) fn meets(forth: &Dial, back: &Dial, how: How) -> bool {
    let (Ok(forth), Ok(back)) = (forth, back) else {
        return false;
    };
    forth.iter().flatten().any(|one| {
        back.iter().flatten().any(|other| {
            one.family == other.family && one.lan == other.lan && one.how <= how && other.how <= how
        })
    })
}
