//! All machines with their files, looked up once before packets walk.

use std::net::IpAddr;

use ipnet::IpNet;
use litemap::LiteMap;

use crate::conf::{At, Conf, Peer};
use crate::plan::{Family, Node, NodeId, PairChoice, PairKey, Plan, PublicKey};
use crate::sorting;

use super::dial::Dial;
use super::directory::Directory;
use super::effect::Forwarding;
use super::files::MachineFiles;
use super::ground::Ground;
use super::lans::{Connected, connected};
use super::ranges::Ranges;
use super::route::OwnRoutes;
use super::session::Session;

/// The machines of a plan with the files that are laid on them.
pub struct World<'a> {
    pub(super) plan: &'a Plan,
    /// Sorted by name.
    pub(super) machines: Vec<Machine<'a>>,
    pub(super) directory: Directory,
    /// Who has a LAN address, by site.
    pub(super) near: LiteMap<(usize, IpAddr), usize>,
}

/// One machine.
pub(super) struct Machine<'a> {
    pub(super) id: &'a NodeId,
    pub(super) node: &'a Node,
    pub(super) files: Option<&'a MachineFiles>,
    pub(super) ground: Ground,
    /// Its public key, if the files or the plan tell.
    pub(super) key: Option<PublicKey>,
    /// Its first tunnel address of each family, with the place in the file.
    pub(super) addresses: [Option<(IpNet, At)>; 2],
    /// LANs that its kernel has a route to.
    pub(super) connected: Vec<Connected>,
    /// What its kernel sends into the tunnel beside the allowed IPs.
    pub(super) own_routes: OwnRoutes,
    /// Why `wg-quick` does not bring its interface up: this entry is the prefix
    /// of a LAN that it stands in.
    pub(super) clash: Option<usize>,
    /// Its peers as WireGuard holds them.
    pub(super) blocks: Vec<Block>,
    /// All allowed IPs in the order of the file.
    pub(super) entries: Vec<Entry>,
    /// Which of them is the longest for an address.
    pub(super) allowed: Ranges,
    pub(super) forwarding: Forwarding,
}

/// One entry of a peer's allowed IPs.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) prefix: IpNet,
    /// The place in [`Machine::blocks`].
    pub(super) block: usize,
    pub(super) at: At,
}

/// A peer as WireGuard holds it: blocks with one key are one peer, of which the
/// later block counts.
pub(super) struct Block {
    /// The place in the file's list of the block that counts.
    pub(super) peer: usize,
    /// The machine that has its key.
    pub(super) machine: Option<usize>,
    /// The place of this machine's block in that machine's list.
    pub(super) back: Option<usize>,
    /// What becomes of packets to its Endpoint.
    pub(super) dial: Dial,
    /// Whether packets of the tunnel get through to it.
    pub(super) session: Session,
}

impl<'a> Machine<'a> {
    /// The config, if there is one that its reader accepts.
    pub(super) fn conf(&self) -> Option<&'a Conf> {
        self.files?.conf.as_ref().ok()
    }

    /// Whether it takes part: with a config, or as an app whose owner writes
    /// one by hand.
    pub(super) fn is_up(&self) -> bool {
        match self.files {
            Some(files) => files.conf.is_ok() && self.clash.is_none(),
            None => self.node.platform.is_app() && self.node.public_key.is_some(),
        }
    }

    /// Its tunnel address of a family.
    pub(super) fn address(&self, family: Family) -> Option<(IpAddr, At)> {
        let [four, six] = self.addresses;
        let (net, at) = match family {
            Family::V4 => four,
            Family::V6 => six,
        }?;
        Some((net.addr(), at))
    }

    /// The entry that is the longest for an address.
    pub(super) fn entry(&self, address: IpAddr) -> Option<(usize, Entry)> {
        let place = self.allowed.at(address)?;
        Some((place, *self.entries.get(place)?))
    }

    /// The `[Peer]` of one of its blocks as it stands in the file.
    pub(super) fn peer(&self, block: usize) -> Option<&'a Peer> {
        let peer = self.blocks.get(block)?.peer;
        self.conf()?.peers.get(peer)
    }

    /// Whether others must reach it while it is silent.
    pub(super) fn must_not_sleep(&self) -> bool {
        self.node.must_be_reachable_idle()
    }
}

impl<'a> World<'a> {
    /// Lays files on the machines of a plan. Files of a machine that the plan
    /// does not have are not looked at.
    #[must_use]
    pub fn new(plan: &'a Plan, files: impl IntoIterator<Item = &'a MachineFiles>) -> Self {
        let by_name = files.into_iter().map(|files| (files.name.as_str(), files));
        let by_name: LiteMap<&str, &MachineFiles> = sorting::map_of(by_name.collect());
        let mut order: Vec<_> = plan.nodes.iter().collect();
        sorting::sort_by(&mut order, |(one_id, one), (other_id, other)| {
            (&one.name, one_id).cmp(&(&other.name, other_id))
        });
        let machines: Vec<Machine<'a>> = order
            .into_iter()
            .map(|(id, node)| machine(plan, (id, node), by_name.get(node.name.as_str()).copied()))
            .collect();
        let directory = Directory::new(plan, &machines);
        let mut world = Self {
            plan,
            near: near(&machines),
            machines,
            directory,
        };
        world.meet();
        world.dial_all();
        world.open_sessions();
        world
    }

    /// The names of all machines in their order, as people know them.
    pub fn names(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.machines.iter().map(|machine| {
            let files = machine.files.map(|files| files.shown.as_str());
            files.unwrap_or(machine.node.name.as_str())
        })
    }

    /// Finds the machine behind each block, and its block for this machine.
    fn meet(&mut self) {
        let keys = (0..).zip(&self.machines);
        let keys = keys.filter_map(|(place, machine)| Some((machine.key?, place)));
        let mut keys: Vec<(PublicKey, usize)> = keys.collect();
        // Where two machines have one key, the first stands for both.
        sorting::sort(&mut keys);
        keys.dedup_by_key(|(key, _)| *key);
        let whose = |key: &PublicKey| {
            let place = keys.binary_search_by(|(known, _)| known.cmp(key)).ok()?;
            keys.get(place).map(|(_, machine)| *machine)
        };
        let mut known_by: Vec<Vec<(usize, usize)>> = Vec::new();
        for machine in &mut self.machines {
            let conf = machine.files.and_then(|files| files.conf.as_ref().ok());
            let peers = conf.map_or(&[][..], |conf| &conf.peers);
            let mut known = Vec::with_capacity(machine.blocks.len());
            for (place, block) in machine.blocks.iter_mut().enumerate() {
                let key = peers
                    .get(block.peer)
                    .and_then(|peer| peer.public_key.as_ref());
                block.machine = key.and_then(|key| whose(&key.value));
                if let Some(other) = block.machine {
                    known.push((other, place));
                }
            }
            sorting::sort(&mut known);
            known_by.push(known);
        }
        for (place, machine) in self.machines.iter_mut().enumerate() {
            for block in &mut machine.blocks {
                let known = block.machine.and_then(|other| known_by.get(other));
                block.back = known.and_then(|known| {
                    let found = known
                        .binary_search_by(|(other, _)| other.cmp(&place))
                        .ok()?;
                    known.get(found).map(|(_, block)| *block)
                });
            }
        }
    }

    fn dial_all(&mut self) {
        for place in 0..self.machines.len() {
            let dials: Vec<Dial> = self.machines.get(place).map_or_else(Vec::new, |machine| {
                let blocks = machine.blocks.iter().enumerate();
                blocks
                    .map(|(number, block)| {
                        let peer = machine.peer(number);
                        let endpoint = peer.and_then(|peer| peer.endpoint.as_ref());
                        let to = block.machine.unwrap_or(usize::MAX);
                        self.dial(place, to, endpoint.map(|endpoint| &endpoint.value))
                    })
                    .collect()
            });
            if let Some(machine) = self.machines.get_mut(place) {
                for (block, dial) in machine.blocks.iter_mut().zip(dials) {
                    block.dial = dial;
                }
            }
        }
    }

    fn open_sessions(&mut self) {
        for place in 0..self.machines.len() {
            let count = self
                .machines
                .get(place)
                .map_or(0, |machine| machine.blocks.len());
            let sessions: Vec<Session> =
                (0..count).map(|block| self.session(place, block)).collect();
            if let Some(machine) = self.machines.get_mut(place) {
                for (block, session) in machine.blocks.iter_mut().zip(sessions) {
                    block.session = session;
                }
            }
        }
    }

    /// Whether the person said that this pair is direct: they know better.
    pub(super) fn is_believed(&self, one: usize, other: usize) -> bool {
        if self.plan.pairs.is_empty() {
            return false;
        }
        let id = |machine: usize| self.machines.get(machine).map(|machine| machine.id);
        let (Some(one), Some(other)) = (id(one), id(other)) else {
            return false;
        };
        PairKey::new(one, other)
            .and_then(|key| self.plan.pairs.get(&key))
            .is_some_and(|choice| *choice == PairChoice::Direct)
    }
}

fn machine<'a>(
    plan: &'a Plan,
    (id, node): (&'a NodeId, &'a Node),
    files: Option<&'a MachineFiles>,
) -> Machine<'a> {
    let conf = files.and_then(|files| files.conf.as_ref().ok());
    let key = conf
        .and_then(|conf| conf.interface.public_key)
        .or(node.public_key);
    let blocks = blocks(conf, key);
    let entries = entries(conf, &blocks);
    let connected = connected(plan, node);
    let own_routes = OwnRoutes::new(files);
    let clash = if node.platform.is_app() {
        None
    } else {
        own_routes.clash(&entries, &connected)
    };
    let first = |family: Family| {
        let all = conf.map_or(&[][..], |conf| &conf.interface.addresses);
        all.iter()
            .find(|address| Family::of(address.value.addr()) == family)
            .map(|address| (address.value, address.at))
    };
    Machine {
        id,
        node,
        files,
        ground: Ground::new(plan, node),
        key,
        addresses: Family::BOTH.map(first),
        connected,
        own_routes,
        clash,
        blocks,
        allowed: Ranges::new(entries.iter().map(|entry| entry.prefix)),
        entries,
        forwarding: Forwarding::new(node, files),
    }
}

/// Merges blocks with one key, and drops the own key, which the kernel ignores
/// (`netlink.c`, `set_peer`).
fn blocks(conf: Option<&Conf>, own: Option<PublicKey>) -> Vec<Block> {
    let peers = conf.map_or(&[][..], |conf| &conf.peers);
    let key = |peer: usize| {
        let peer = peers.get(peer)?;
        peer.public_key.as_ref().map(|key| key.value)
    };
    let mut order: Vec<(PublicKey, usize)> = (0..peers.len())
        .filter_map(|peer| Some((key(peer)?, peer)))
        .filter(|(key, _)| Some(*key) != own)
        .collect();
    sorting::sort(&mut order);
    let mut kept: Vec<usize> = Vec::with_capacity(order.len());
    let mut rest = order.iter().peekable();
    while let Some((key, peer)) = rest.next() {
        if rest.peek().is_none_or(|(next, _)| next != key) {
            kept.push(*peer);
        }
    }
    sorting::sort(&mut kept);
    let block = |peer| Block {
        peer,
        machine: None,
        back: None,
        dial: Err(super::dial::DialFault::None),
        session: Session::Unknown,
    };
    kept.into_iter().map(block).collect()
}

fn entries(conf: Option<&Conf>, blocks: &[Block]) -> Vec<Entry> {
    let peers = conf.map_or(&[][..], |conf| &conf.peers);
    let mut entries = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        let allowed = peers.get(block.peer).map_or(&[][..], |peer| &peer.allowed);
        entries.extend(allowed.iter().map(|prefix| Entry {
            prefix: prefix.value.trunc(),
            block: number,
            at: prefix.at,
        }));
    }
    entries
}

/// Who has which LAN address; the first of several.
fn near(machines: &[Machine<'_>]) -> LiteMap<(usize, IpAddr), usize> {
    let mut found: Vec<((usize, IpAddr), usize)> = (0..)
        .zip(machines)
        .filter(|(_, machine)| machine.is_up())
        .filter_map(|(place, machine)| {
            Some(((machine.ground.site?, machine.ground.lan_address?), place))
        })
        .collect();
    sorting::sort(&mut found);
    found.dedup_by_key(|(key, _)| *key);
    sorting::map_of(found)
}
