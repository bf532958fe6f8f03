//! Where a kernel sends a packet: into the tunnel, into a LAN, or out.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::conf::{At, Effect, Table};

use super::files::MachineFiles;
use super::lans::Connected;
use super::world::{Entry, Machine, World};

/// Where the kernel sends a packet, and what made it do so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// Into the tunnel, by a line of the config: the longest allowed IPs, the
    /// own prefix, or a hook.
    Tunnel(At),
    /// Into a LAN that the machine stands in.
    Lan(IpNet),
    /// To a machine of the own LAN whose prefix nobody stated.
    Beside,
    /// To the default gateway.
    Out,
    /// Two routes of the same length: one of them steals from the other.
    Clash(At, IpNet),
}

/// Routes into the tunnel that the config makes beside those for allowed IPs.
pub(super) struct OwnRoutes {
    /// Whether allowed IPs become routes.
    follows_allowed: bool,
    /// The prefixes of the own addresses, and routes that hooks add.
    routes: Vec<(IpNet, At)>,
    /// How many of them belong to own addresses, which come first.
    addresses: usize,
}

impl OwnRoutes {
    /// What a machine's config says. With a routing table of its own, routes
    /// count only if a hook adds a rule that leads there (`wg-quick(8)`).
    pub(super) fn new(files: Option<&MachineFiles>) -> Self {
        let Some((files, conf)) = files.and_then(|files| Some((files, files.conf.as_ref().ok()?)))
        else {
            return Self {
                follows_allowed: false,
                routes: Vec::new(),
                addresses: 0,
            };
        };
        let follows_allowed = match conf.interface.table.as_ref().map(|table| &table.value) {
            None | Some(Table::Auto) => true,
            Some(Table::Off) => false,
            Some(Table::Other(_)) => {
                let rule = |command: &str| command.contains("rule add");
                let mut hooks = conf.interface.hooks.iter();
                hooks.any(|hook| rule(&hook.value.command))
            }
        };
        let own = conf.interface.addresses.iter();
        let own = own.map(|address| (address.value.trunc(), address.at));
        let by_hand = files
            .effects
            .iter()
            .filter_map(|(effect, at)| match effect {
                Effect::Route(net) => Some((net.trunc(), *at)),
                _ => None,
            });
        Self {
            follows_allowed,
            routes: own.chain(by_hand).collect(),
            addresses: conf.interface.addresses.len(),
        }
    }

    /// The entry of allowed IPs whose route the kernel refuses, because a LAN
    /// with a fixed address has the same one. `wg-quick` adds no route that
    /// another one of the interface holds already (`add_route`), and gives up
    /// where one is refused. In IPv6 none is: a route that is added has the
    /// metric 1024 there, and that of a LAN 256.
    pub(super) fn clash(&self, entries: &[Entry], connected: &[Connected]) -> Option<usize> {
        if !self.follows_allowed {
            return None;
        }
        let fixed = connected.iter().filter(|lan| lan.fixed);
        let fixed = fixed.filter(|lan| lan.net.addr().is_ipv4());
        let mut fixed = fixed.map(|lan| lan.net);
        fixed.find_map(|lan| {
            let held = self.routes.iter().any(|(net, _)| net.contains(&lan));
            let found = entries.iter().position(|entry| entry.prefix == lan);
            found.filter(|_| !held && lan.prefix_len() > 0)
        })
    }

    /// Whether a route into the tunnel yields to that of a LAN with the same
    /// prefix. In IPv6 all do but that of an own address, by their metrics.
    fn yields_to(&self, lan: IpNet) -> bool {
        let mut own = self.routes.iter().take(self.addresses);
        lan.addr().is_ipv6() && own.all(|(net, _)| *net != lan)
    }
}

impl Machine<'_> {
    /// The longest route into the tunnel for an address.
    fn tunnel_route(&self, address: IpAddr) -> Option<(u8, At)> {
        let allowed = if self.own_routes.follows_allowed {
            self.entry(address)
                .map(|(_, entry)| (entry.prefix.prefix_len(), entry.at))
        } else {
            None
        };
        let own = self.own_routes.routes.iter();
        own.filter(|(net, _)| net.contains(&address))
            .map(|(net, at)| (net.prefix_len(), *at))
            .chain(allowed)
            .max_by_key(|(length, _)| *length)
    }

    /// Whether packets to a LAN stay there although a route into the tunnel has
    /// the same prefix. Of the apps nobody knows.
    fn yields_to(&self, lan: IpNet) -> bool {
        !self.node.platform.is_app() && self.own_routes.yields_to(lan)
    }

    fn lan(&self, address: IpAddr) -> Option<IpNet> {
        let lans = self.connected.iter().map(|lan| lan.net);
        lans.filter(|lan| lan.contains(&address))
            .max_by_key(IpNet::prefix_len)
    }
}

impl World<'_> {
    /// Where packets of a machine go.
    pub(super) fn route(&self, machine: usize, to: IpAddr) -> Route {
        let Some(here) = self.machines.get(machine) else {
            return Route::Out;
        };
        self.choose(machine, here.tunnel_route(to), to)
    }

    /// Whether WireGuard's own packets to an address would go into the tunnel:
    /// `wg-quick` keeps them out of a default route, and of nothing else.
    pub(super) fn runs_into_tunnel(&self, machine: usize, to: IpAddr) -> bool {
        let Some(here) = self.machines.get(machine) else {
            return false;
        };
        let tunnel = here.tunnel_route(to).filter(|(length, _)| *length > 0);
        matches!(
            self.choose(machine, tunnel, to),
            Route::Tunnel(_) | Route::Clash(..)
        )
    }

    fn choose(&self, machine: usize, tunnel: Option<(u8, At)>, to: IpAddr) -> Route {
        let here = self.machines.get(machine);
        let lan = here.and_then(|here| here.lan(to));
        let yields = |lan| here.is_some_and(|here| here.yields_to(lan));
        let beside = || self.near(machine, to).is_some_and(|other| other != machine);
        match (tunnel, lan) {
            (Some((length, at)), Some(lan)) if length == lan.prefix_len() => {
                if yields(lan) {
                    Route::Lan(lan)
                } else {
                    Route::Clash(at, lan)
                }
            }
            (Some((length, _)), Some(lan)) if length < lan.prefix_len() => Route::Lan(lan),
            (Some((length, at)), None) if beside() => {
                let stated = self.site(machine).and_then(|site| site.lan_of(to));
                match stated {
                    // The LAN's prefix is not known, so a route over it may be
                    // too long.
                    None if length > 0 => Route::Clash(at, to.into()),
                    None => Route::Beside,
                    Some(_) => Route::Tunnel(at),
                }
            }
            (Some((_, at)), _) => Route::Tunnel(at),
            (None, Some(lan)) => Route::Lan(lan),
            (None, None) if beside() => Route::Beside,
            (None, None) => Route::Out,
        }
    }
}
