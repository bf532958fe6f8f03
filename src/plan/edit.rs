//! Changes to a plan that a finding can offer as its fix, or that would help a
//! pair to talk.

mod words;

use std::net::IpAddr;

use super::{
    Answers, Family, Forward, HostName, Node, NodeId, NodeName, PairChoice, PairKey, Place, Plan,
    Point, Port, Prefix, PublicAddress, Relaying, SiteId,
};

/// One change to a plan, as data; [`Edit::words`] says it in the user's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Let a machine relay.
    LetRelay(NodeId),
    /// Take back that a machine relays.
    StopRelaying(NodeId),
    /// Say that a machine is switched on all the time.
    StayOn(NodeId),
    /// Keep a machine reachable while it is silent.
    StayReachable(NodeId),
    /// State how answers from a shared LAN return.
    ReturnAnswers(NodeId, Prefix, Answers),
    /// Forward a port of the router to the port that a machine listens on.
    Forward(NodeId, Port),
    /// Take the port forward of a machine away.
    StopForward(NodeId),
    /// Open the IPv6 firewall of the router for a machine.
    OpenIpv6(NodeId),
    /// Give a machine a fixed address in its LAN.
    FixLanAddress(NodeId, IpAddr),
    /// Let the LANs of a site route to each other.
    RouteLans(SiteId),
    /// Add a server on the internet under this name, whose address the person
    /// says afterwards.
    AddRelay(NodeId, NodeName),
    /// Stop sharing a LAN.
    StopSharing(NodeId, Prefix),
    /// Do not give a machine the prefix of a shared LAN.
    LeaveOut(NodeId, Prefix),
    /// Give a machine another, free tunnel address.
    NewAddress(NodeId),
    /// Put the next larger prefix that collides with nothing in the place of a
    /// tunnel prefix.
    WidenPool(Prefix),
    /// Add a tunnel prefix.
    AddPool(Prefix),
    /// Let the planner decide about a pair again.
    AsPlanned(PairKey),
    /// Let a pair talk directly although the planner is not certain that it can.
    TalkDirectly(PairKey),
    /// Let a machine talk through this machine only.
    TalkThrough(NodeId, NodeId),
    /// Let a machine talk to others without a hub.
    LeaveHub(NodeId),
    /// Offer the internet through a machine to others.
    ServeAsExit(NodeId),
    /// Let a machine reach the internet through this machine.
    UseExit(NodeId, NodeId),
    /// Let a machine reach the internet by itself.
    LeaveExit(NodeId),
    /// Put the names of machines into another domain.
    NameDomain(HostName),
    /// Take the machine away that answers for names.
    NoNameServer,
    /// Let the machine that answers for names answer for all names.
    AnswerPublicNames,
    /// Let the planner choose the MTU of a machine.
    PlannedMtu(NodeId),
}

impl Edit {
    /// Whether many such changes can be made at once without looking at each:
    /// they cost nothing and stand in each other's way nowhere.
    #[must_use]
    pub fn is_harmless(&self) -> bool {
        matches!(
            self,
            Self::StayOn(_)
                | Self::StayReachable(_)
                | Self::ReturnAnswers(..)
                | Self::StopForward(_)
                | Self::FixLanAddress(..)
                | Self::RouteLans(_)
                | Self::LeaveOut(..)
                | Self::NewAddress(_)
                | Self::AsPlanned(_)
                | Self::LeaveHub(_)
                | Self::LeaveExit(_)
                | Self::PlannedMtu(_)
        )
    }
}

impl Plan {
    /// Makes a change. What names a machine that is gone changes nothing.
    pub fn apply(&mut self, edit: &Edit) {
        match edit {
            Edit::LetRelay(id) => self.change(id, |node| node.relay = Relaying::Yes),
            Edit::StopRelaying(id) => self.change(id, |node| node.relay = Relaying::Automatic),
            Edit::StayOn(id) => self.change(id, |node| node.always_on = Some(true)),
            Edit::StayReachable(id) => self.change(id, |node| node.reachable_idle = Some(true)),
            Edit::ReturnAnswers(id, prefix, answers) => self.change(id, |node| {
                for share in node
                    .shares
                    .iter_mut()
                    .filter(|share| share.prefix == *prefix)
                {
                    share.answers = *answers;
                }
            }),
            Edit::Forward(id, port) => self.set_forward(id, Some((*port).into())),
            Edit::StopForward(id) => self.set_forward(id, None),
            Edit::OpenIpv6(id) => self.change(id, |node| {
                if let Place::Site { ipv6_open, .. } = &mut node.place {
                    *ipv6_open = true;
                }
            }),
            Edit::FixLanAddress(id, address) => self.change(id, |node| {
                if let Place::Site { lan_address, .. } = &mut node.place {
                    *lan_address = Some(*address);
                }
            }),
            Edit::RouteLans(id) => {
                if let Some(site) = self.sites.get_mut(id) {
                    site.lans_routed = true;
                }
            }
            Edit::AddRelay(id, name) => self.add_relay(id, name),
            Edit::StopSharing(id, prefix) => {
                self.change(id, |node| {
                    node.shares.retain(|share| share.prefix != *prefix);
                });
            }
            Edit::LeaveOut(id, prefix) => self.change(id, |node| {
                if let Err(at) = node.leaves_out.binary_search(prefix) {
                    node.leaves_out.insert(at, *prefix);
                }
            }),
            Edit::NewAddress(id) => self.give_new_addresses(id),
            Edit::WidenPool(pool) => {
                self.widen_pool(*pool);
            }
            Edit::AddPool(pool) => {
                self.add_pool(*pool);
            }
            Edit::AsPlanned(pair) => {
                self.pairs.remove(pair);
            }
            Edit::TalkDirectly(pair) => {
                self.pairs.insert(pair.clone(), PairChoice::Direct);
            }
            Edit::TalkThrough(id, hub) => self.change(id, |node| node.hub = Some(hub.clone())),
            Edit::LeaveHub(id) => self.change(id, |node| node.hub = None),
            Edit::ServeAsExit(id) => self.change(id, |node| node.exit = true),
            Edit::UseExit(id, through) => {
                self.change(id, |node| node.uses_exit = Some(through.clone()));
            }
            Edit::LeaveExit(id) => self.change(id, |node| node.uses_exit = None),
            Edit::NameDomain(domain) => {
                if let Some(dns) = &mut self.dns {
                    dns.domain = domain.clone();
                }
            }
            Edit::NoNameServer => {
                if let Some(dns) = &mut self.dns {
                    dns.server = None;
                }
            }
            Edit::AnswerPublicNames => {
                if let Some(dns) = &mut self.dns {
                    dns.answers_public = true;
                }
            }
            Edit::PlannedMtu(id) => self.change(id, |node| node.mtu = None),
        }
    }

    /// Makes one of several changes that were worked out apart from each other:
    /// an address that another one has taken meanwhile gives way to the next.
    pub fn apply_among_others(&mut self, edit: &Edit) {
        // Several pairs ask for an address of the same machine.
        let has_one = |id| {
            self.nodes
                .get(id)
                .is_some_and(|node| node.lan_address().is_some())
        };
        if matches!(edit, Edit::FixLanAddress(id, _) if has_one(id)) {
            return;
        }
        if let Edit::FixLanAddress(id, address) = edit
            && let Some(Place::Site { site, .. }) = self.nodes.get(id).map(|node| &node.place)
            && self
                .nodes_at(site)
                .any(|(other, node)| other != id && node.lan_address() == Some(*address))
        {
            if let Some(free) = self.free_lan_address(site, Some(*address)) {
                self.apply(&Edit::FixLanAddress(id.clone(), free));
            }
            return;
        }
        self.apply(edit);
    }

    fn change(&mut self, id: &NodeId, change: impl FnOnce(&mut Node)) {
        if let Some(node) = self.nodes.get_mut(id) {
            change(node);
        }
    }

    fn set_forward(&mut self, id: &NodeId, to: Option<Forward>) {
        self.change(id, |node| {
            if let Place::Site { forward, .. } = &mut node.place {
                *forward = to;
            }
        });
    }

    /// Adds a server above all cards, so that it hides none.
    fn add_relay(&mut self, id: &NodeId, name: &NodeName) {
        const ABOVE: i32 = 160;
        if self.nodes.contains_key(id) {
            return;
        }
        let tops = self.nodes.values().map(|node| node.position);
        let sites = self.sites.values().map(|site| site.position);
        let corner = tops.chain(sites).reduce(|one, other| Point {
            x: one.x.min(other.x),
            y: one.y.min(other.y),
        });
        let mut node = Node::new(name.clone(), Place::Internet(PublicAddress::default()));
        node.position = corner.map_or_else(Point::default, |corner| Point {
            x: corner.x,
            y: corner.y.saturating_sub(ABOVE),
        });
        for family in Family::BOTH {
            node.addresses
                .set(family, self.next_free_address(family).ok());
        }
        self.nodes.insert(id.clone(), node);
    }

    /// Replaces the addresses that do not fit; those that fit stay.
    fn give_new_addresses(&mut self, id: &NodeId) {
        let Some(addresses) = self.nodes.get(id).map(|node| node.addresses) else {
            return;
        };
        for family in Family::BOTH {
            let unfit = addresses
                .of(family)
                .is_some_and(|address| self.check_address(id, address).is_err());
            let missing = addresses.of(family).is_none() && self.tunnel_prefix(family).is_some();
            if unfit || missing {
                let fresh = self.next_free_address(family).ok();
                if let Some(node) = self.nodes.get_mut(id) {
                    node.addresses.set(family, fresh);
                }
            }
        }
    }
}
