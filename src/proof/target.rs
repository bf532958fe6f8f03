//! What packets are sent to: a machine, a LAN behind one, or the internet.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use crate::plan::Family;
use crate::sorting;

use super::world::World;

/// Something that machines want to reach. Machines are named by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A machine.
    Machine(usize),
    /// A LAN that a machine opens to the mesh.
    Lan(usize, IpNet),
    /// The internet in one family, through a machine.
    Internet(usize, Family),
}

impl Target {
    /// The machine itself, or the one through which it is reached.
    #[must_use]
    pub fn owner(self) -> usize {
        match self {
            Self::Machine(owner) | Self::Lan(owner, _) | Self::Internet(owner, _) => owner,
        }
    }

    /// It in a word: a machine's name, which `name` tells by its place, a LAN, or
    /// the internet in one family.
    #[must_use]
    pub fn name<'a>(self, name: impl Fn(usize) -> &'a str) -> String {
        match self {
            Self::Machine(machine) => name(machine).to_owned(),
            Self::Lan(_, net) => net.to_string(),
            Self::Internet(_, Family::V4) => "0.0.0.0/0".to_owned(),
            Self::Internet(_, Family::V6) => "::/0".to_owned(),
        }
    }
}

/// What a packet carries as its destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// One address.
    Address(IpAddr),
    /// All addresses of a LAN.
    Lan(IpNet),
    /// Some address on the internet.
    Internet(Family),
}

impl Destination {
    /// Its family.
    pub(super) fn family(self) -> Family {
        match self {
            Self::Address(address) => Family::of(address),
            Self::Lan(net) => Family::of(net.addr()),
            Self::Internet(family) => family,
        }
    }

    /// An address that stands for all. For the internet it is one that nobody
    /// has: those of retired relays (RFC 7526) and of an anycast block (RFC 8155).
    pub(super) fn sample(self) -> IpAddr {
        match self {
            Self::Address(address) => address,
            Self::Lan(net) => net.network(),
            Self::Internet(Family::V4) => Ipv4Addr::new(192, 88, 99, 1).into(),
            Self::Internet(Family::V6) => Ipv6Addr::new(0x2001, 1, 0, 0, 0, 0, 0, 2).into(),
        }
    }

    /// The network that it stands for.
    pub(super) fn net(self) -> IpNet {
        match self {
            Self::Lan(net) => net,
            other => other.sample().into(),
        }
    }
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => address.fmt(f),
            Self::Lan(net) => net.fmt(f),
            Self::Internet(_) => f.write_str("the internet"),
        }
    }
}

impl World<'_> {
    /// Everything to reach: machines first, then LANs, then exits.
    pub(super) fn targets(&self) -> Vec<Target> {
        let machines = (0..self.machines.len()).map(Target::Machine);
        let mut further = Vec::new();
        for (place, machine) in self.machines.iter().enumerate() {
            let shares = machine.node.shares.iter();
            further.extend(shares.map(|share| Target::Lan(place, share.prefix.net())));
            if machine.node.exit {
                further.extend(Family::BOTH.map(|family| Target::Internet(place, family)));
            }
        }
        machines.chain(sorting::distinct(further)).collect()
    }

    /// Whether nobody but its owner knows a machine's file: an app that makes
    /// its own key also writes its own config.
    fn is_unseen(&self, machine: usize) -> bool {
        let mut machine = self.machines.get(machine).into_iter();
        machine.any(|machine| machine.files.is_none() && machine.is_up())
    }

    /// Whether a machine wants to reach a target at all: not itself, not a LAN
    /// that it stands in, and the internet only where its own file leads there.
    /// Of a machine whose file nobody knows nothing can be said.
    pub(super) fn asks_for(&self, machine: usize, target: Target) -> bool {
        let Some(here) = self.machines.get(machine) else {
            return false;
        };
        machine != target.owner()
            && !self.is_unseen(machine)
            && !self.is_unseen(target.owner())
            && match target {
                Target::Machine(_) => true,
                Target::Lan(_, net) => {
                    let apart = |lan: IpNet| !lan.contains(&net) && !net.contains(&lan);
                    here.connected.iter().all(|lan| apart(lan.net))
                }
                Target::Internet(owner, family) => here
                    .entry(Destination::Internet(family).sample())
                    .and_then(|(_, entry)| here.blocks.get(entry.block))
                    .is_some_and(|block| block.machine == Some(owner)),
            }
    }
}
