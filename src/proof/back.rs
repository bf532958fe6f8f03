//! The answer's way back, over the same machines.

use std::net::IpAddr;

use crate::plan::Answers;

use super::effect::{Passing, translated_by};
use super::fault::{Cause, Fault};
use super::step::{StepKind, Trace};
use super::target::Destination;
use super::walk::step;
use super::world::World;

impl World<'_> {
    /// Sends the answer back along a path whose every receiver has accepted the
    /// packet, which fixes the next hops and sessions of the answer. What is
    /// left are the kernels' routes, hooks that drop, and the LAN's own way back.
    pub(super) fn answers(
        &self,
        path: &[usize],
        source: IpAddr,
        to: Destination,
        trace: &mut Trace<'_>,
    ) -> Result<(), Fault> {
        let Some(owner) = path.last().copied() else {
            return Ok(());
        };
        if !matches!(to, Destination::Address(_)) {
            self.lan_answers(owner, source, to, trace)?;
        }
        let back = Destination::Address(source);
        let between = path.get(1..path.len() - 1).unwrap_or_default();
        for machine in between.iter().rev() {
            let packet = Passing {
                from: to.sample(),
                to: source.into(),
                from_tunnel: true,
                into_tunnel: true,
            };
            self.forwards(*machine, packet, &mut Trace::none())?;
        }
        for machine in path.get(1..).unwrap_or_default() {
            self.leaves(*machine, back, *machine == owner, &mut Trace::none())?;
        }
        if let Some(first) = path.first() {
            trace.note(|| step(*first, None, StepKind::Returns(owner)));
        }
        Ok(())
    }

    /// Hosts of a LAN answer the gateway if that translates, or if their router
    /// knows the way back, which only a person can say.
    fn lan_answers(
        &self,
        owner: usize,
        source: IpAddr,
        to: Destination,
        trace: &mut Trace<'_>,
    ) -> Result<(), Fault> {
        let Some(machine) = self.machines.get(owner) else {
            return Err(self.fault(owner, None, Cause::NoFile));
        };
        let packet = Passing {
            from: source,
            to: to.net(),
            from_tunnel: true,
            into_tunnel: false,
        };
        // A translated packet's answer is turned back before hooks see it, so
        // they see the machine that asked as its destination either way.
        let answer = Passing {
            from: to.sample(),
            to: source.into(),
            from_tunnel: false,
            into_tunnel: true,
        };
        self.forwards(owner, answer, &mut Trace::none())?;
        if let Some(at) = machine.files.and_then(|files| translated_by(files, packet)) {
            trace.note(|| step(owner, Some(at), StepKind::Translates(to)));
            return Ok(());
        }
        let mut shares = machine.node.shares.iter();
        let routed = matches!(to, Destination::Lan(net) if shares
            .any(|share| share.prefix.net() == net && share.answers == Answers::Route));
        if routed {
            trace.note(|| step(owner, None, StepKind::Answers(to)));
            Ok(())
        } else {
            Err(self.fault(owner, None, Cause::NoAnswer(to)))
        }
    }
}
