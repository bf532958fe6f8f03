//! Where a kernel sends a packet, and which peer WireGuard gives it to.

use std::net::IpAddr;

use ipnet::IpNet;

use super::World;

/// Where the kernel sends a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// Into the tunnel.
    Tunnel,
    /// Into a LAN that the machine stands in.
    Lan,
    /// To the default gateway.
    Out,
    /// Two routes of the same length: one of them steals from the other.
    Clash,
}

impl World<'_> {
    /// Where packets of a machine go.
    pub(crate) fn route(&self, machine: usize, to: IpAddr) -> Route {
        self.route_over(machine, to, 0)
    }

    /// Where packets of WireGuard itself go: `wg-quick` keeps them out of a default route.
    pub(super) fn outer_route(&self, machine: usize, to: IpAddr) -> Route {
        self.route_over(machine, to, 1)
    }

    fn route_over(&self, machine: usize, to: IpAddr, shortest: u8) -> Route {
        let tables = &self.machines[machine].tables;
        let longest = |routes: &[IpNet], shortest: u8| {
            let holding = routes.iter().filter(|route| route.contains(&to));
            let lengths = holding.map(IpNet::prefix_len);
            lengths.filter(|length| *length >= shortest).max()
        };
        let tunnel = longest(&tables.into_tunnel, shortest);
        let lan = longest(&tables.connected, 0);
        match (tunnel, lan) {
            (Some(tunnel), Some(lan)) if tunnel == lan => {
                if self.lan_has_the_better_metric(machine, to, lan) {
                    Route::Lan
                } else {
                    Route::Clash
                }
            }
            (Some(tunnel), Some(lan)) if tunnel < lan => Route::Lan,
            (Some(tunnel), None) if tables.near.contains(&to) => {
                let stated = self.site(machine).and_then(|(_, site)| site.lan_of(to));
                match stated {
                    // The LAN's prefix is not known, so a route over it may be too long.
                    None if tunnel > 0 => Route::Clash,
                    None => Route::Lan,
                    Some(_) => Route::Tunnel,
                }
            }
            (Some(_), _) => Route::Tunnel,
            (None, Some(_)) => Route::Lan,
            (None, None) if tables.near.contains(&to) => Route::Lan,
            (None, None) => Route::Out,
        }
    }

    /// `ip -6 route add` gives a route the metric 1024, and an address of an interface makes one of
    /// 256. In IPv4 both have none, and the apps have their own ways.
    fn lan_has_the_better_metric(&self, machine: usize, to: IpAddr, length: u8) -> bool {
        let machine = &self.machines[machine];
        let own = machine
            .conf
            .as_ref()
            .map_or(&[][..], |conf| &conf.addresses);
        let mut own = own.iter().filter(|net| net.prefix_len() == length);
        to.is_ipv6() && !machine.node.platform.is_app() && !own.any(|net| net.contains(&to))
    }

    /// The next hop of a packet by the allowed IPs of a machine.
    pub(crate) fn next(&self, machine: usize, address: IpAddr) -> Option<usize> {
        self.entry(machine, address)?.1
    }

    /// The longest prefix of a machine's allowed IPs that holds an address, with its peer.
    pub(crate) fn entry(&self, machine: usize, address: IpAddr) -> Option<(IpNet, Option<usize>)> {
        let trie = &self.machines[machine].tables.trie;
        trie.iter()
            .find(|(prefix, _)| prefix.contains(&address))
            .copied()
    }
}
