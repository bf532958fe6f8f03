//! Everywhere that a machine may be dialled at, whether or not a file says so.

use std::net::IpAddr;

use meshwright::plan::{Place, PublicAddress};

use super::World;
use super::arrive::{Arrival, How};
use super::route::Route;

impl World<'_> {
    /// Every host and port that the plan gives for a machine.
    fn stated(&self, machine: usize) -> Vec<(String, u16)> {
        let node = self.machines[machine].node;
        let listens = self.plan.listen_port_of(node).get();
        let hosts = |public: &PublicAddress| {
            let literals = [public.ipv4.map(IpAddr::V4), public.ipv6.map(IpAddr::V6)];
            let literals = literals
                .into_iter()
                .flatten()
                .map(|address| address.to_string());
            let names = public.name.iter().map(ToString::to_string);
            literals.chain(names).collect::<Vec<_>>()
        };
        match &node.place {
            Place::Internet(public) => hosts(public)
                .into_iter()
                .filter(|host| host.parse::<IpAddr>().is_ok() || !self.is_doubted(machine, public))
                .map(|host| (host, listens))
                .collect(),
            Place::Site {
                lan_address,
                forward,
                ipv6,
                ipv6_name,
                ..
            } => {
                let mut own: Vec<String> = lan_address.iter().map(ToString::to_string).collect();
                own.extend(ipv6.iter().map(ToString::to_string));
                own.extend(ipv6_name.iter().map(ToString::to_string));
                let mut found: Vec<_> = own.into_iter().map(|host| (host, listens)).collect();
                if let (Some((_, site)), Some(forward)) = (self.site(machine), forward) {
                    let router = hosts(&site.public).into_iter();
                    found.extend(router.map(|host| (host, forward.external.get())));
                }
                found
            }
            Place::Roams => Vec::new(),
        }
    }

    /// Whether the name of a machine may stand for an address that another has: nobody has to
    /// trust it then.
    fn is_doubted(&self, machine: usize, public: &PublicAddress) -> bool {
        let port = self.plan.listen_port_of(self.machines[machine].node).get();
        let stated = [public.ipv4.map(IpAddr::V4), public.ipv6.map(IpAddr::V6)];
        stated.into_iter().flatten().any(|address| {
            let up = (0..self.machines.len()).filter(|one| self.is_up(*one));
            let host = address.to_string();
            let mut takers =
                up.filter_map(|one| self.takes(one, &host, Some(address), port, address.is_ipv6()));
            takers.any(|taker| taker.is_ok_and(|(taker, _)| taker != machine))
        })
    }

    /// All ways in which packets of one machine certainly arrive at another, if some file told it
    /// where to send them.
    pub(crate) fn ways(&self, from: usize, to: usize) -> Vec<Arrival> {
        let exempt = self.machines[from].node.platform.is_app();
        let passes = |host: &str| {
            let address = host.parse::<IpAddr>();
            let inside = |route| matches!(route, Route::Tunnel | Route::Clash);
            exempt
                || address.is_err()
                || address.is_ok_and(|to| !inside(self.outer_route(from, to)))
        };
        let mut found = Vec::new();
        for (host, port) in self.stated(to) {
            if passes(&host)
                && let Ok(arrivals) = self.arrivals(from, &host, port)
                && arrivals
                    .iter()
                    .all(|arrival| arrival.machine == to && arrival.how <= How::Answered)
            {
                found.extend(arrivals);
            }
        }
        found
    }
}
