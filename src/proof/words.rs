//! The proof in words: one plain sentence for each fault and step.

use crate::plan::Family;

use super::dial::DialFault;
use super::fault::{Cause, Fault, Line, Way, Which};
use super::result::{Outcome, Proof, Verdict};
use super::step::{Step, StepKind};
use super::target::{Destination, Target};

impl Proof {
    /// The name of a machine by its place.
    #[must_use]
    pub fn name(&self, machine: usize) -> &str {
        self.names.get(machine).map_or("", String::as_str)
    }

    /// A target in a word: a machine's name, a LAN, or the internet in one family.
    #[must_use]
    pub fn target_name(&self, target: Target) -> String {
        target.name(|machine| self.name(machine))
    }

    /// The path of a machine's file.
    #[must_use]
    pub fn path(&self, machine: usize, which: Which) -> Option<&str> {
        let [config, sysctl] = self.paths.get(machine)?;
        match which {
            Which::Config => config.as_deref(),
            Which::Sysctl => sysctl.as_deref(),
        }
    }

    /// A line as `vps/wg0.conf:12`.
    #[must_use]
    pub fn place(&self, machine: usize, line: Line) -> Option<String> {
        let path = self.path(machine, line.which)?;
        Some(format!("{path}:{}", line.at.line))
    }

    /// What an outcome means, in one sentence or two.
    #[must_use]
    pub fn why(&self, from: usize, target: Target, outcome: &Outcome) -> String {
        let from_name = self.name(from);
        let to = self.target_name(target);
        let over = self.list(&outcome.via);
        // Where it is reached, and by whose doing.
        let there = match target {
            Target::Machine(_) => to.clone(),
            Target::Lan(owner, _) => format!("{to}, which {} shares", self.name(owner)),
            Target::Internet(owner, _) => format!("{to}, by way of {}", self.name(owner)),
        };
        let way = if outcome.via.is_empty() {
            format!("Packets go from {from_name} to {there} without a machine in between")
        } else {
            format!("Packets go from {from_name} over {over} to {there}")
        };
        let fault = outcome.fault.as_ref().map(|fault| self.sentence(fault));
        match (outcome.verdict, fault) {
            (Verdict::Direct | Verdict::Via, _) => format!("{way}, and answers come back."),
            (Verdict::Dormant, _) => {
                let sleeper = outcome.sleeper.map_or("", |sleeper| self.name(sleeper));
                format!("{way} once {sleeper} has spoken, and answers come back.")
            }
            (Verdict::OneWay, Some(fault)) => {
                format!("{way}, but the answer does not come back: {fault}")
            }
            (_, Some(fault)) => fault,
            (_, None) => format!("{to} is not reached from {from_name}."),
        }
    }

    fn list(&self, machines: &[usize]) -> String {
        let names: Vec<&str> = machines.iter().map(|place| self.name(*place)).collect();
        names.join(" and ")
    }

    /// A fault in one plain sentence.
    #[must_use]
    pub fn sentence(&self, fault: &Fault) -> String {
        let here = self.name(fault.machine);
        match &fault.cause {
            Cause::NoFile => format!("{here} has no config, so it takes no part."),
            Cause::Refused(why) => {
                format!("The config of {here} is refused, so {here} takes no part: {why}.")
            }
            Cause::Clash(net) => format!(
                "{here} stands in {net} itself, so the kernel refuses the route for it (\u{201c}File exists\u{201d}) and wg-quick takes the interface down again."
            ),
            Cause::NoCommonFamily(other) => format!(
                "{here} and {} have no tunnel addresses of the same family.",
                self.name(*other)
            ),
            Cause::RouteOut(to) => format!(
                "{here} has no route into the tunnel for {to}, so the packet leaves by the default gateway."
            ),
            Cause::RouteLan(to, lan) => format!(
                "{here} stands in {lan}, so its kernel sends packets for {to} into that LAN and not into the tunnel."
            ),
            Cause::RouteBeside(to) => format!(
                "{to} is a neighbour of {here} in its LAN, so the packet does not go into the tunnel."
            ),
            Cause::RouteClash(to, lan) => format!(
                "On {here} the tunnel and the LAN {lan} claim the same route, so nobody can say where packets for {to} go."
            ),
            Cause::PastGateway(lan) => format!(
                "{here} stands in {lan} itself, so it delivers past the gateway, and the answer has another way back."
            ),
            Cause::NoPeer(to) => format!(
                "No peer of {here} has {to} among its AllowedIPs, so WireGuard drops the packet (\u{201c}Required key not available\u{201d})."
            ),
            Cause::Split(lan) => format!("On {here} parts of {lan} go to different peers."),
            Cause::NoSuchKey => {
                format!("{here} sends to a peer with a public key that no machine here has.")
            }
            Cause::Stranger(other) => format!(
                "{here} has no [Peer] block with the key of {}, so it refuses its handshake.",
                self.name(*other)
            ),
            Cause::Preshared(other) => format!(
                "The preshared keys of {here} and {} differ, so no handshake succeeds.",
                self.name(*other)
            ),
            Cause::NoWay(other, forth, back) => self.no_way(fault.machine, *other, forth, back),
            Cause::Source {
                source,
                from,
                owner,
            } => {
                let from = self.name(*from);
                match owner {
                    Some(owner) => format!(
                        "{here} drops packets from {source} that come from {from}: its AllowedIPs give {source} to {}.",
                        self.name(*owner)
                    ),
                    None => format!(
                        "{here} drops packets from {source} that come from {from}: they are not among its AllowedIPs for it."
                    ),
                }
            }
            Cause::NotForwarding(family) => {
                let setting = match family {
                    Family::V4 => "net.ipv4.ip_forward = 1",
                    Family::V6 => "net.ipv6.conf.all.forwarding = 1",
                };
                format!("{here} does not forward {family} packets: no file of it says {setting}.")
            }
            Cause::Dropped => format!("A hook of {here} drops the packets that it should forward."),
            Cause::Circle => format!("The packet comes back to {here} and runs in a circle."),
            Cause::NotAtLan(to) => {
                format!("{here} is to hand packets on to {to}, but its own route leads elsewhere.")
            }
            Cause::NoAnswer(to @ Destination::Lan(_)) => format!(
                "Hosts in {to} do not know the way back to the mesh: {here} does not translate, and no route on their router is stated."
            ),
            Cause::NoAnswer(_) => format!(
                "{here} does not translate what it sends to the internet, so no answer comes back."
            ),
            Cause::Asleep(other) => format!(
                "{here} must be reachable while it is silent, but it keeps no way open to {}: PersistentKeepalive is missing.",
                self.name(*other)
            ),
        }
    }

    fn no_way(&self, here: usize, other: usize, forth: &Way, back: &Way) -> String {
        let (from, to) = (self.name(here), self.name(other));
        if matches!(
            (forth, back),
            (Way::Fails(DialFault::None), Way::Fails(DialFault::None))
        ) {
            return format!(
                "Neither {from} nor {to} has an Endpoint for the other, so no handshake ever begins."
            );
        }
        let forth = self.way(here, other, forth);
        let back = self.way(other, here, back);
        format!("{from} and {to} find no way to each other: {forth}; {back}.")
    }

    fn way(&self, from: usize, to: usize, way: &Way) -> String {
        let (from, to) = (self.name(from), self.name(to));
        let fault = match way {
            Way::OnlyAnswers => {
                return format!("packets from {from} are let in at {to} only as answers");
            }
            Way::Unsure => {
                return format!("nobody knows whether packets from {from} are let in at {to}");
            }
            Way::Fails(fault) => fault,
        };
        match fault {
            DialFault::None => format!("{from} has no Endpoint for {to}"),
            DialFault::NoFixedPort(_) => format!(
                "{from} dials {to}, whose file has no ListenPort, so that the port is another each time"
            ),
            DialFault::FileSaysOtherPort(_, port) => format!(
                "{from} dials {to}, whose file says ListenPort {port}, and another port is let in"
            ),
            DialFault::IntoTunnel => format!(
                "the Endpoint that {from} has for {to} lies inside its own AllowedIPs, so the packets run into the tunnel that they carry"
            ),
            DialFault::Nobody => {
                format!("the Endpoint that {from} has for {to} leads to nobody who is known here")
            }
            DialFault::OtherPort(machine, port) => format!(
                "{from} dials {to} at the wrong port: {} is found there at port {port}",
                self.name(*machine)
            ),
            DialFault::Astray(machine) => format!(
                "the Endpoint that {from} has for {to} leads to {}",
                self.name(*machine)
            ),
            DialFault::ForwardedElsewhere(machine, port) => format!(
                "the router forwards what {from} sends to port {port} of {}, where nobody listens",
                self.name(*machine)
            ),
            DialFault::ForwardedWithoutIpv4(machine) => format!(
                "the router forwards what {from} sends to {}, which has no IPv4",
                self.name(*machine)
            ),
            DialFault::NotRouted => format!(
                "the Endpoint that {from} has for {to} is an address that the internet does not deliver to"
            ),
            DialFault::NoFamily(family) => {
                format!("{from} has no {family} to dial {to} with")
            }
            DialFault::NamesOnly => format!(
                "{from} reaches IPv4 by names only, and its Endpoint for {to} is an address"
            ),
            DialFault::OwnRouter => format!(
                "{from} dials {to} at their common router, which would have to send the packets back in"
            ),
            DialFault::LansApart => {
                format!("{from} and {to} are not known to stand in LANs that meet")
            }
        }
    }

    /// A step in one plain sentence.
    #[must_use]
    pub fn say(&self, step: &Step) -> String {
        let here = self.name(step.machine);
        match &step.kind {
            StepKind::Route(to) => {
                format!("{here}: the kernel sends packets for {to} into the tunnel.")
            }
            StepKind::Peer(peer, prefix) => {
                format!(
                    "{here}: AllowedIPs {prefix} gives them to {}.",
                    self.name(*peer)
                )
            }
            StepKind::Dials(peer, endpoint) => {
                format!("{here} dials {} at {endpoint}.", self.name(*peer))
            }
            StepKind::Kept(peer) => {
                format!("{here} keeps the way open for {}.", self.name(*peer))
            }
            StepKind::Wakes(peer) => {
                format!(
                    "{here} has to speak first, so that {} finds it.",
                    self.name(*peer)
                )
            }
            StepKind::Accepts(source, from) => format!(
                "{here} accepts {source} from {}, because it would answer the same way.",
                self.name(*from)
            ),
            StepKind::Forwards(family) => format!("{here} forwards {family}."),
            StepKind::Delivered(to @ Destination::Address(_)) => {
                format!("{here} has {to}: delivered.")
            }
            StepKind::Delivered(to) => format!("{here} hands the packet on to {to}: delivered."),
            StepKind::Translates(to) => {
                format!("{here} gives the packet its own address, so that {to} answers it.")
            }
            StepKind::Answers(to) => format!(
                "Hosts of {to} answer by way of their router, which has a route back to {here}."
            ),
            StepKind::Returns(from) => format!(
                "The answer of {} comes back to {here} over the same machines.",
                self.name(*from)
            ),
            StepKind::Stops(fault) => self.sentence(fault),
        }
    }
}
