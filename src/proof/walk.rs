//! A packet's walk through the mesh, as Linux and WireGuard take it there.

use std::net::IpAddr;

use crate::conf::At;

use super::dial::Dial;
use super::directory::How;
use super::effect::{Passing, Told, dropped_by};
use super::fault::{Cause, Fault, Line, Way, Which};
use super::route::Route;
use super::session::Session;
use super::step::{Step, StepKind, Trace};
use super::target::Destination;
use super::world::World;

/// The way of a packet that is delivered.
pub(super) struct Walked {
    /// All machines in their order, both ends included.
    pub(super) path: Vec<usize>,
    /// Who has to speak first, and why that is wrong if it must not sleep.
    pub(super) sleeper: Option<(usize, Option<Fault>)>,
}

impl World<'_> {
    /// Sends a packet from a machine to the owner of its destination.
    pub(super) fn walk(
        &self,
        from: usize,
        source: IpAddr,
        (owner, to): (usize, Destination),
        trace: &mut Trace<'_>,
    ) -> Result<Walked, Fault> {
        let mut walked = Walked {
            path: vec![from],
            sleeper: None,
        };
        let mut here = from;
        loop {
            self.leaves(here, to, from == here, trace)?;
            let (next, block) = self.choose_peer(here, owner, to, trace)?;
            self.passes(here, next, block, owner, &mut walked, trace)?;
            self.accepts(here, next, block, source, trace)?;
            if walked.path.contains(&next) {
                return Err(self.fault(next, None, Cause::Circle));
            }
            walked.path.push(next);
            if next == owner {
                self.arrives(owner, source, to, trace)?;
                return Ok(walked);
            }
            let onward = Passing {
                from: source,
                to: to.net(),
                from_tunnel: true,
                into_tunnel: true,
            };
            self.forwards(next, onward, trace)?;
            here = next;
        }
    }

    /// The kernel's route out of a machine has to lead into the tunnel.
    pub(super) fn leaves(
        &self,
        here: usize,
        to: Destination,
        begins: bool,
        trace: &mut Trace<'_>,
    ) -> Result<(), Fault> {
        let (at, cause) = match self.route(here, to.sample()) {
            Route::Tunnel(at) => {
                trace.note(|| step(here, Some(at), StepKind::Route(to)));
                return Ok(());
            }
            Route::Lan(lan) if !begins => (None, Cause::PastGateway(lan)),
            Route::Lan(lan) => (None, Cause::RouteLan(to, lan)),
            Route::Beside => (None, Cause::RouteBeside(to)),
            Route::Out => (None, Cause::RouteOut(to)),
            Route::Clash(at, lan) => (Some(at), Cause::RouteClash(to, lan)),
        };
        Err(self.fault(here, at, cause))
    }

    fn choose_peer(
        &self,
        here: usize,
        owner: usize,
        to: Destination,
        trace: &mut Trace<'_>,
    ) -> Result<(usize, usize), Fault> {
        let machine = self.machines.get(here);
        let entry = machine.and_then(|machine| match to {
            Destination::Lan(net) => {
                let place = machine.allowed.all_of(net)?;
                machine.entries.get(place)
            }
            _ => machine.entries.get(machine.allowed.at(to.sample())?),
        });
        let Some(entry) = entry else {
            // The block of the owner is where an entry would be expected.
            let expected = machine.and_then(|machine| {
                let blocks = machine.blocks.iter();
                let block = blocks
                    .clone()
                    .position(|block| block.machine == Some(owner))?;
                machine.peer(block).map(|peer| peer.at)
            });
            let split = match to {
                Destination::Lan(net)
                    if machine.is_some_and(|machine| machine.entry(net.network()).is_some()) =>
                {
                    Cause::Split(net)
                }
                _ => Cause::NoPeer(to),
            };
            return Err(self.fault(here, expected, split));
        };
        let block = machine.and_then(|machine| machine.blocks.get(entry.block));
        let Some(next) = block.and_then(|block| block.machine) else {
            let peer = machine.and_then(|machine| machine.peer(entry.block));
            let at = peer.and_then(|peer| Some(peer.public_key.as_ref()?.at));
            return Err(self.fault(here, at.or(Some(entry.at)), Cause::NoSuchKey));
        };
        let kind = StepKind::Peer(next, entry.prefix);
        trace.note(|| step(here, Some(entry.at), kind));
        Ok((next, entry.block))
    }

    /// There has to be a session with the peer; only the last may sleep.
    fn passes(
        &self,
        here: usize,
        next: usize,
        block: usize,
        owner: usize,
        walked: &mut Walked,
        trace: &mut Trace<'_>,
    ) -> Result<(), Fault> {
        let Some(machine) = self.machines.get(here) else {
            return Err(self.fault(here, None, Cause::NoFile));
        };
        let session = machine.blocks.get(block).map(|block| block.session);
        match session.unwrap_or(Session::NoWay) {
            Session::Dials => {
                trace.note(|| {
                    let peer = machine.peer(block);
                    let endpoint = peer.and_then(|peer| peer.endpoint.as_ref());
                    let value = endpoint.map(|endpoint| endpoint.value.to_string());
                    let kind = StepKind::Dials(next, value.unwrap_or_default());
                    step(here, endpoint.map(|endpoint| endpoint.at), kind)
                });
                Ok(())
            }
            Session::Kept => {
                trace.note(|| step(next, self.keepalive_at(next, here), StepKind::Kept(here)));
                Ok(())
            }
            Session::Asleep => {
                let at = self.keepalive_at(next, here);
                trace.note(|| step(next, at, StepKind::Wakes(here)));
                let planned = next == owner
                    && self
                        .machines
                        .get(next)
                        .is_some_and(|machine| !machine.must_not_sleep());
                let fault = (!planned).then(|| self.fault(next, at, Cause::Asleep(here)));
                if walked.sleeper.is_none() || fault.is_some() {
                    walked.sleeper = Some((next, fault));
                }
                Ok(())
            }
            Session::Down => Err(self.why_down(next)),
            Session::Stranger => Err(self.fault(next, None, Cause::Stranger(here))),
            Session::Preshared => {
                let peer = machine.peer(block);
                let at = peer.map(|peer| {
                    let key = peer.preshared_key.as_ref();
                    key.map_or(peer.at, |key| key.at)
                });
                Err(self.fault(here, at, Cause::Preshared(next)))
            }
            Session::NoWay | Session::NoSuchKey | Session::Unknown => {
                let peer = machine.peer(block);
                let at = peer.map(|peer| {
                    let endpoint = peer.endpoint.as_ref();
                    endpoint.map_or(peer.at, |endpoint| endpoint.at)
                });
                let forth = machine.blocks.get(block).map(|block| way(&block.dial));
                let back = self.block_for(next, here).map(|block| way(&block.dial));
                let none = || Way::Fails(super::dial::DialFault::None);
                let cause =
                    Cause::NoWay(next, forth.unwrap_or_else(none), back.unwrap_or_else(none));
                Err(self.fault(here, at, cause))
            }
        }
    }

    /// The receiver takes a packet only from the peer that it would answer
    /// through (`receive.c`).
    fn accepts(
        &self,
        here: usize,
        next: usize,
        block: usize,
        source: IpAddr,
        trace: &mut Trace<'_>,
    ) -> Result<(), Fault> {
        let back = self
            .machines
            .get(here)
            .and_then(|machine| machine.blocks.get(block)?.back);
        let Some(receiver) = self.machines.get(next) else {
            return Err(self.fault(next, None, Cause::NoFile));
        };
        let found = receiver.entry(source).map(|(_, entry)| entry);
        if let Some(entry) = found.filter(|entry| Some(entry.block) == back) {
            trace.note(|| step(next, Some(entry.at), StepKind::Accepts(source, here)));
            return Ok(());
        }
        let owner = found.and_then(|entry| receiver.blocks.get(entry.block)?.machine);
        let expected = back
            .and_then(|back| receiver.peer(back))
            .map(|peer| peer.at);
        let at = found.map(|entry| entry.at).or(expected);
        let cause = Cause::Source {
            source,
            from: here,
            owner,
        };
        Err(self.fault(next, at, cause))
    }

    /// A machine in between has to forward, and no hook of it may drop.
    pub(super) fn forwards(
        &self,
        machine: usize,
        packet: Passing,
        trace: &mut Trace<'_>,
    ) -> Result<(), Fault> {
        let family = crate::plan::Family::of(packet.from);
        let told = self
            .machines
            .get(machine)
            .map_or(Told::No(None), |machine| machine.forwarding.told(family));
        match told {
            Told::Yes(line) => trace.note(|| Step {
                machine,
                line,
                kind: StepKind::Forwards(family),
            }),
            Told::No(line) => {
                let mut fault = self.fault(machine, None, Cause::NotForwarding(family));
                fault.line = line.or(fault.line);
                return Err(fault);
            }
        }
        let files = self.machines.get(machine).and_then(|machine| machine.files);
        match files.and_then(|files| dropped_by(files, packet)) {
            Some(at) => Err(self.fault(machine, Some(at), Cause::Dropped)),
            None => Ok(()),
        }
    }

    /// The last machine has the address, or hands the packet on outside of the
    /// tunnel.
    fn arrives(
        &self,
        owner: usize,
        source: IpAddr,
        to: Destination,
        trace: &mut Trace<'_>,
    ) -> Result<(), Fault> {
        if let Destination::Address(address) = to {
            let at = self
                .machines
                .get(owner)
                .and_then(|machine| machine.address(to.family()))
                .filter(|(own, _)| *own == address)
                .map(|(_, at)| at);
            trace.note(|| step(owner, at, StepKind::Delivered(to)));
            return Ok(());
        }
        let packet = Passing {
            from: source,
            to: to.net(),
            from_tunnel: true,
            into_tunnel: false,
        };
        self.forwards(owner, packet, trace)?;
        let leads = match (self.route(owner, to.sample()), to) {
            (Route::Lan(_) | Route::Beside, Destination::Lan(_))
            | (Route::Out, Destination::Internet(_)) => true,
            // A LAN of the own site that the router leads to.
            (Route::Out, Destination::Lan(net)) => self.site(owner).is_some_and(|site| {
                let mut lans = site.lans.iter();
                site.lans_routed && lans.any(|lan| lan.net().contains(&net))
            }),
            _ => false,
        };
        if !leads {
            return Err(self.fault(owner, None, Cause::NotAtLan(to)));
        }
        trace.note(|| step(owner, None, StepKind::Delivered(to)));
        Ok(())
    }

    /// Where a machine's block for another says that it keeps the way open, or
    /// would say so.
    fn keepalive_at(&self, machine: usize, other: usize) -> Option<At> {
        let here = self.machines.get(machine)?;
        let mut blocks = here.blocks.iter();
        let block = blocks.position(|block| block.machine == Some(other))?;
        let peer = here.peer(block)?;
        let keepalive = peer.keepalive.as_ref().map(|keepalive| keepalive.at);
        Some(keepalive.unwrap_or(peer.at))
    }

    fn block_for(&self, machine: usize, other: usize) -> Option<&super::world::Block> {
        let blocks = &self.machines.get(machine)?.blocks;
        blocks.iter().find(|block| block.machine == Some(other))
    }

    /// Why a machine takes no part.
    pub(super) fn why_down(&self, machine: usize) -> Fault {
        let Some(down) = self.machines.get(machine) else {
            return self.fault(machine, None, Cause::NoFile);
        };
        match (down.files.map(|files| &files.conf), down.clash) {
            (None, _) => self.fault(machine, None, Cause::NoFile),
            (Some(Err(fault)), _) => {
                self.fault(machine, Some(fault.at), Cause::Refused(fault.clone()))
            }
            (Some(Ok(_)), clash) => {
                let entry = clash.and_then(|place| down.entries.get(place));
                match entry {
                    Some(entry) => self.fault(machine, Some(entry.at), Cause::Clash(entry.prefix)),
                    None => self.fault(machine, None, Cause::NoFile),
                }
            }
        }
    }

    /// A fault in a machine's config: at a line, or at its beginning.
    pub(super) fn fault(&self, machine: usize, at: Option<At>, cause: Cause) -> Fault {
        let here = self.machines.get(machine);
        let begin = || {
            let conf = here?.conf()?;
            Some(conf.interface.at)
        };
        let line = at.or_else(begin).map(|at| Line {
            which: Which::Config,
            at,
        });
        Fault {
            machine,
            line: line.filter(|_| here.is_some_and(|here| here.files.is_some())),
            cause,
        }
    }
}

/// A step that follows a line of the config.
pub(super) fn step(machine: usize, at: Option<At>, kind: StepKind) -> Step {
    let line = at.map(|at| Line {
        which: Which::Config,
        at,
    });
    Step {
        machine,
        line,
        kind,
    }
}

fn way(dial: &Dial) -> Way {
    match dial {
        Err(fault) => Way::Fails(fault.clone()),
        Ok(found) if found.iter().flatten().any(|one| one.how <= How::Answered) => Way::OnlyAnswers,
        Ok(_) => Way::Unsure,
    }
}
