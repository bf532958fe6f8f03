//! A packet's walk through the files, written apart from the solver.
//!
//! Of the plan it takes only where machines stand; everything else is read from the text that
//! would be deployed. It knows nothing of verdicts, and it trusts no Endpoint: one counts only
//! if a packet sent there from where the dialling machine stands arrives at the right one.

pub(crate) mod arrive;
pub(crate) mod conf;
pub(crate) mod ground;
pub(crate) mod route;
pub(crate) mod session;
pub(crate) mod ways;

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;
use meshwright::plan::{Node, NodeId, Plan};
use meshwright::render::{Artifact, Kind};

use arrive::Arrival;
use conf::{Conf, PeerConf};
use route::Route;

/// The machines with their files and where they stand.
#[derive(Clone)]
pub(crate) struct World<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) machines: Vec<Machine<'a>>,
    by_key: BTreeMap<String, usize>,
}

/// One machine.
#[derive(Clone)]
pub(crate) struct Machine<'a> {
    pub(crate) id: &'a NodeId,
    pub(crate) node: &'a Node,
    /// Its tunnel config, if it got one.
    pub(crate) conf: Option<Conf>,
    pub(crate) forwards_v4: bool,
    pub(crate) forwards_v6: bool,
    tables: Tables,
}

/// What follows from the files, looked up often.
#[derive(Clone, Default)]
struct Tables {
    /// The peer block for each machine.
    blocks: Vec<Option<usize>>,
    /// Allowed IPs with their peers, longest first.
    trie: Vec<(IpNet, Option<usize>)>,
    /// Routes into the tunnel: allowed IPs and the interface's own prefixes.
    into_tunnel: Vec<IpNet>,
    /// LANs that the machine stands in.
    connected: Vec<IpNet>,
    /// LAN addresses of the machines at its site.
    near: Vec<IpAddr>,
    /// What becomes of packets to the Endpoint of each machine.
    dials: Vec<Result<Vec<Arrival>, String>>,
}

impl<'a> World<'a> {
    /// Reads all files. Machines are sorted by name, as a mesh lists them.
    pub(crate) fn read(plan: &'a Plan, files: &[Artifact]) -> Self {
        let mut order: Vec<_> = plan.nodes.iter().collect();
        order.sort_by_key(|(id, node)| (&node.name, *id));
        let mut texts: BTreeMap<(&NodeId, Kind), &str> = BTreeMap::new();
        for file in files {
            if let Some(node) = &file.node
                && matches!(file.kind, Kind::Config | Kind::Sysctl)
            {
                let before = texts.insert((node, file.kind), file.secret_text());
                assert!(before.is_none(), "one file of a kind");
            }
        }
        let mut by_key = BTreeMap::new();
        let mut machines = Vec::new();
        for (index, (id, node)) in order.into_iter().enumerate() {
            let mut conf = texts.get(&(id, Kind::Config)).map(|text| Conf::read(text));
            if let (Some(conf), Some(own)) = (&mut conf, node.public_key) {
                assert!(conf.public_key.is_none(), "a key that we were not given");
                conf.public_key = Some(own.to_string());
            }
            if let Some(key) = conf.as_ref().and_then(|conf| conf.public_key.clone()) {
                assert!(
                    by_key.insert(key, index).is_none(),
                    "one key on two machines"
                );
            } else if let Some(own) = node.public_key {
                by_key.entry(own.to_string()).or_insert(index);
            }
            let sysctl = texts.get(&(id, Kind::Sysctl)).copied().unwrap_or("");
            let says = |line| sysctl.lines().any(|found| found == line);
            machines.push(Machine {
                id,
                node,
                conf,
                forwards_v4: says("net.ipv4.ip_forward = 1"),
                forwards_v6: says("net.ipv6.conf.all.forwarding = 1"),
                tables: Tables::default(),
            });
        }
        let mut world = Self {
            plan,
            machines,
            by_key,
        };
        world.settle();
        world
    }

    /// Looks everything up again, after files have changed.
    pub(crate) fn settle(&mut self) {
        for machine in 0..self.machines.len() {
            let tables = self.tables(machine);
            self.machines[machine].tables = tables;
        }
        for from in 0..self.machines.len() {
            let dials = (0..self.machines.len())
                .map(|to| self.try_dial(from, to))
                .collect();
            self.machines[from].tables.dials = dials;
        }
    }

    fn tables(&self, machine: usize) -> Tables {
        let mut tables = Tables {
            blocks: vec![None; self.machines.len()],
            connected: self.connected(machine),
            near: self
                .machines
                .iter()
                .enumerate()
                .filter(|(other, _)| self.share_router(machine, *other))
                .filter_map(|(_, other)| other.node.lan_address())
                .collect(),
            ..Tables::default()
        };
        let Some(conf) = &self.machines[machine].conf else {
            return tables;
        };
        // Of two peers with one prefix the kernel gives it to the last.
        for (index, peer) in conf.peers.iter().enumerate().rev() {
            let other = self.peer_machine(peer);
            if let Some(other) = other {
                tables.blocks[other] = Some(index);
            }
            tables
                .trie
                .extend(peer.allowed.iter().map(|prefix| (*prefix, other)));
        }
        tables
            .trie
            .sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.prefix_len()));
        tables.into_tunnel = tables.trie.iter().map(|(prefix, _)| *prefix).collect();
        tables
            .into_tunnel
            .extend(conf.addresses.iter().map(IpNet::trunc));
        tables
    }

    pub(crate) fn name(&self, machine: usize) -> &str {
        self.machines[machine].node.name.as_str()
    }

    /// The machine that a peer block is about.
    pub(crate) fn peer_machine(&self, peer: &PeerConf) -> Option<usize> {
        self.by_key.get(&peer.public_key).copied()
    }

    /// The block for `other` in the file of `machine`.
    pub(crate) fn block(&self, machine: usize, other: usize) -> Option<&PeerConf> {
        let machine = &self.machines[machine];
        let index = (*machine.tables.blocks.get(other)?)?;
        machine.conf.as_ref()?.peers.get(index)
    }

    /// The routes into the tunnel: allowed IPs, and on Linux the interface's own prefix.
    pub(crate) fn tunnel_routes(&self, machine: usize) -> &[IpNet] {
        &self.machines[machine].tables.into_tunnel
    }

    /// The addresses that a machine has in the tunnel.
    pub(crate) fn addresses(&self, machine: usize) -> Vec<IpAddr> {
        let conf = self.machines[machine].conf.as_ref();
        let own = conf.map_or(&[][..], |conf| &conf.addresses);
        own.iter().map(IpNet::addr).collect()
    }

    fn owns(&self, machine: usize, address: IpAddr) -> bool {
        let conf = self.machines[machine].conf.as_ref();
        conf.is_some_and(|conf| conf.addresses.iter().any(|net| net.addr() == address))
    }

    fn forwards(&self, machine: usize, address: IpAddr) -> bool {
        let machine = &self.machines[machine];
        let told = if address.is_ipv4() {
            machine.forwards_v4
        } else {
            machine.forwards_v6
        };
        told && !machine.node.platform.is_app()
    }

    /// Sends a packet from a machine, or from its LAN, and returns the machines that it passes,
    /// with both ends.
    pub(crate) fn walk(
        &self,
        from: usize,
        source: IpAddr,
        to: IpAddr,
    ) -> Result<Vec<usize>, String> {
        let mut path = vec![from];
        let mut here = from;
        if !self.owns(here, source) && !self.forwards(here, source) {
            return Err(format!("{} does not forward from its LAN", self.name(here)));
        }
        for _ in 0..self.machines.len() {
            let route = self.route(here, to);
            if route != Route::Tunnel {
                return Err(format!(
                    "on {} the route to {to} is {route:?}",
                    self.name(here)
                ));
            }
            let next = self
                .next(here, to)
                .ok_or_else(|| format!("{} has no peer for {to}", self.name(here)))?;
            path.push(next);
            let ends_here = self.owns(next, to) || self.delivers(next, to);
            // Only an end of the path may sleep: a relay serves others.
            let may_sleep = ends_here && !self.machines[next].node.must_be_reachable_idle();
            self.carries(here, next, may_sleep)?;
            if self.next(next, source) != Some(here) {
                return Err(format!(
                    "{} drops {source} from {}: unallowed source",
                    self.name(next),
                    self.name(here)
                ));
            }
            if self.owns(next, to) {
                return Ok(path);
            }
            if !self.forwards(next, to) {
                return Err(format!("{} does not forward", self.name(next)));
            }
            if ends_here {
                return Ok(path);
            }
            if self.route(next, to) == Route::Lan {
                return Err(format!(
                    "{} delivers {to} past the gateway",
                    self.name(next)
                ));
            }
            here = next;
        }
        Err("the packet runs in a circle".to_owned())
    }

    /// Whether a machine hands a packet on outside of the tunnel: into a LAN that it shares, or to
    /// the internet as an exit.
    fn delivers(&self, machine: usize, to: IpAddr) -> bool {
        let node = self.machines[machine].node;
        match self.route(machine, to) {
            Route::Lan => node.shares.iter().any(|share| share.prefix.holds(to)),
            Route::Out => node.exit && ground::is_routed(to),
            Route::Tunnel | Route::Clash => false,
        }
    }
}
