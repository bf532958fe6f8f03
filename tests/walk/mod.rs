//! A packet's walk through the files, written apart from the solver.
//!
//! Of the plan it takes only where machines stand; everything else is read from the text that
//! would be deployed. It knows nothing of verdicts, and it trusts no Endpoint: one counts only
//! if a packet sent there from where the dialling machine stands arrives at the right one.

pub(crate) mod conf;
pub(crate) mod judge;

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;
use meshwright::plan::{Node, Place, Plan, Prefix, Router, Site, SiteId};
use meshwright::render::{Artifact, Kind};

use conf::{Conf, PeerConf};

/// The machines with their files and where they stand.
pub(crate) struct World<'a> {
    plan: &'a Plan,
    pub(crate) machines: Vec<Machine<'a>>,
    by_key: BTreeMap<String, usize>,
}

/// One machine.
pub(crate) struct Machine<'a> {
    pub(crate) node: &'a Node,
    /// Its tunnel config, if it got one.
    pub(crate) conf: Option<Conf>,
    forwards_v4: bool,
    forwards_v6: bool,
}

/// Where the kernel sends a packet.
#[derive(Debug, PartialEq, Eq)]
enum Route {
    /// Into the tunnel.
    Tunnel,
    /// Into a LAN that the machine stands in.
    Lan,
    /// To the default gateway.
    Out,
    /// Two routes of the same length: one of them steals from the other.
    Clash,
}

impl<'a> World<'a> {
    /// Reads all files. Machines are sorted by name, as a mesh lists them.
    pub(crate) fn read(plan: &'a Plan, files: &[Artifact]) -> Self {
        let mut order: Vec<_> = plan.nodes.iter().collect();
        order.sort_by_key(|(id, node)| (&node.name, *id));
        let text_of = |id, kind| {
            let mut found = files
                .iter()
                .filter(|file| file.node.as_ref() == Some(id) && file.kind == kind);
            let text = found.next().map(Artifact::secret_text);
            assert!(found.next().is_none(), "one file of a kind");
            text
        };
        let mut by_key = BTreeMap::new();
        let mut machines = Vec::new();
        for (index, (id, node)) in order.into_iter().enumerate() {
            let mut conf = text_of(id, Kind::Config).map(Conf::read);
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
            let sysctl = text_of(id, Kind::Sysctl).unwrap_or("");
            let says = |line| sysctl.lines().any(|found| found == line);
            machines.push(Machine {
                node,
                conf,
                forwards_v4: says("net.ipv4.ip_forward = 1"),
                forwards_v6: says("net.ipv6.conf.all.forwarding = 1"),
            });
        }
        Self {
            plan,
            machines,
            by_key,
        }
    }

    fn name(&self, machine: usize) -> &str {
        self.machines[machine].node.name.as_str()
    }

    fn site(&self, machine: usize) -> Option<(&'a SiteId, &'a Site)> {
        match &self.machines[machine].node.place {
            Place::Site { site, .. } => Some((site, self.plan.sites.get(site)?)),
            _ => None,
        }
    }

    /// The machine that a peer block is about.
    pub(crate) fn peer_machine(&self, peer: &PeerConf) -> Option<usize> {
        self.by_key.get(&peer.public_key).copied()
    }

    /// The block for `other` in the file of `machine`.
    pub(crate) fn block(&self, machine: usize, other: usize) -> Option<&PeerConf> {
        let peers = &self.machines[machine].conf.as_ref()?.peers;
        peers
            .iter()
            .find(|peer| self.peer_machine(peer) == Some(other))
    }

    /// LANs that a machine stands in: those of its site and those that it shares.
    pub(crate) fn lans(&self, machine: usize) -> Vec<IpNet> {
        let site = self.site(machine).map_or(&[][..], |(_, site)| &site.lans);
        let shared = self.machines[machine]
            .node
            .shares
            .iter()
            .map(|share| share.prefix);
        // Whoever shares a part of the tunnel prefix has made a mistake and has no such LAN.
        let real = shared.filter(|prefix| {
            !self
                .plan
                .tunnel
                .iter()
                .any(|tunnel| tunnel.overlaps(*prefix))
        });
        site.iter().copied().chain(real).map(Prefix::net).collect()
    }

    /// Whether an address is that of a machine at the same site.
    fn is_near(&self, machine: usize, address: IpAddr) -> bool {
        let Some((at, _)) = self.site(machine) else {
            return false;
        };
        self.plan.nodes.values().any(|node| {
            matches!(&node.place, Place::Site { site, lan_address, .. }
                if site == at && *lan_address == Some(address))
        })
    }

    /// The routes into the tunnel: allowed IPs, and on Linux the interface's own prefix.
    pub(crate) fn tunnel_routes(&self, machine: usize) -> Vec<IpNet> {
        let Some(conf) = &self.machines[machine].conf else {
            return Vec::new();
        };
        let mut routes: Vec<IpNet> = conf
            .peers
            .iter()
            .flat_map(|peer| peer.allowed.clone())
            .collect();
        routes.extend(conf.addresses.iter().map(IpNet::trunc));
        routes
    }

    fn route(&self, machine: usize, to: IpAddr) -> Route {
        let longest = |routes: Vec<IpNet>| {
            let holding = routes.into_iter().filter(|route| route.contains(&to));
            holding.map(|route| route.prefix_len()).max()
        };
        let tunnel = longest(self.tunnel_routes(machine));
        let lan = longest(self.lans(machine));
        match (tunnel, lan) {
            // The LAN's prefix is not known, so any route over it may be too long.
            (Some(_), None) if self.is_near(machine, to) => Route::Clash,
            (Some(tunnel), Some(lan)) if tunnel == lan => Route::Clash,
            (Some(tunnel), Some(lan)) if tunnel < lan => Route::Lan,
            (Some(_), _) => Route::Tunnel,
            (None, Some(_)) => Route::Lan,
            (None, None) if self.is_near(machine, to) => Route::Lan,
            (None, None) => Route::Out,
        }
    }

    /// Whether two machines can have a session: each knows the other, both hold the same
    /// preshared key, and at least one dials where the other really listens.
    pub(crate) fn session(&self, one: usize, other: usize) -> Result<(), String> {
        let (Some(here), Some(there)) = (self.block(one, other), self.block(other, one)) else {
            return Err(format!(
                "{} and {} do not know each other",
                self.name(one),
                self.name(other)
            ));
        };
        if here.preshared != there.preshared {
            return Err("the preshared keys differ".to_owned());
        }
        let forth = self.dial(one, other, here);
        let back = self.dial(other, one, there);
        match (&forth, &back) {
            (Ok(()), _) | (_, Ok(())) => Ok(()),
            (Err(forth), Err(back)) => Err(format!("nobody dials: {forth}; {back}")),
        }
    }

    /// Whether the Endpoint of a block leads to the machine that the block is about.
    pub(crate) fn dial(&self, from: usize, to: usize, block: &PeerConf) -> Result<(), String> {
        let Some((host, port)) = &block.endpoint else {
            return Err(format!(
                "{} has no Endpoint for {}",
                self.name(from),
                self.name(to)
            ));
        };
        let wrong = |why: &str| Err(format!("{} dials {host}:{port}: {why}", self.name(from)));
        let listens = self.machines[to]
            .conf
            .as_ref()
            .and_then(|conf| conf.listen_port);
        let Some(listens) = listens else {
            return wrong("the other end has no fixed port");
        };
        if let Ok(address) = host.parse::<IpAddr>() {
            let route = self.route(from, address);
            // The apps exempt their own packets from the tunnel.
            let exempt = self.machines[from].node.platform.is_app();
            if matches!(route, Route::Tunnel | Route::Clash) && !exempt {
                return wrong("the packets run back into the tunnel");
            }
        }
        match self.arrives(from, host, *port, listens) {
            Ok(machine) if machine == to => Ok(()),
            Ok(machine) => wrong(&format!("it arrives at {}", self.name(machine))),
            Err(why) => wrong(&why),
        }
    }

    /// The next hop of a packet by the allowed IPs of a machine.
    pub(crate) fn next(&self, machine: usize, address: IpAddr) -> Option<usize> {
        let peers = &self.machines[machine].conf.as_ref()?.peers;
        let holding = peers
            .iter()
            .filter_map(|peer| Some((peer.matches(address)?, peer)));
        let best = holding.max_by_key(|(length, _)| *length)?;
        self.peer_machine(best.1)
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
            match self.route(here, to) {
                Route::Tunnel => {}
                other => {
                    return Err(format!(
                        "on {} the route to {to} is {other:?}",
                        self.name(here)
                    ));
                }
            }
            let next = self
                .next(here, to)
                .ok_or_else(|| format!("{} has no peer for {to}", self.name(here)))?;
            self.session(here, next)?;
            if self.next(next, source) != Some(here) {
                return Err(format!(
                    "{} drops {source} from {}: unallowed source",
                    self.name(next),
                    self.name(here)
                ));
            }
            path.push(next);
            if self.owns(next, to) {
                return Ok(path);
            }
            if !self.forwards(next, to) {
                return Err(format!("{} does not forward", self.name(next)));
            }
            if self.route(next, to) == Route::Lan {
                let shares = &self.machines[next].node.shares;
                let gateway = shares.iter().any(|share| share.prefix.holds(to));
                return if gateway {
                    Ok(path)
                } else {
                    Err(format!(
                        "{} delivers {to} past the gateway",
                        self.name(next)
                    ))
                };
            }
            here = next;
        }
        Err("the packet runs in a circle".to_owned())
    }

    /// Whether a site's router takes packets from the internet.
    fn is_on_the_internet(site: &Site) -> bool {
        site.router == Router::Nat
    }
}
