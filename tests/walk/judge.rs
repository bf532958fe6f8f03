//! Where a packet arrives that is sent over the internet or a LAN.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use meshwright::plan::{Place, PublicAddress, Site};

use super::World;

/// Whether the internet delivers to an IPv4 address.
fn is_routed_v4(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    let hidden = matches!(
        (a, b),
        (0 | 10 | 127, _) | (100, 64..=127) | (169, 254) | (172, 16..=31) | (192, 168)
    );
    !hidden && a < 224
}

/// Whether the internet delivers to an IPv6 address: `2000::/3` is all that is given out.
fn is_routed_v6(address: Ipv6Addr) -> bool {
    address.segments()[0] >> 13 == 1
}

fn is_routed(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_routed_v4(address),
        IpAddr::V6(address) => is_routed_v6(address),
    }
}

/// Whether a public address is the host that was dialled, and whether over IPv4.
fn is_host(public: &PublicAddress, host: &str) -> bool {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => public.ipv4 == Some(address),
        Ok(IpAddr::V6(address)) => public.ipv6 == Some(address),
        // A name stands for an address that the plan does not know, so it is no second way to
        // an address that it knows.
        Err(_) => {
            public.ipv4.is_none()
                && public
                    .name
                    .as_ref()
                    .is_some_and(|name| name.as_str() == host)
        }
    }
}

impl World<'_> {
    /// The machine at which a UDP packet arrives, or why it arrives nowhere.
    pub(super) fn arrives(
        &self,
        from: usize,
        host: &str,
        port: u16,
        listens: u16,
    ) -> Result<usize, String> {
        let literal = host.parse::<IpAddr>().ok();
        if let Some(address) = literal.filter(|address| self.is_near(from, *address)) {
            return self.arrives_in_lan(from, address, port, listens);
        }
        if literal.is_some_and(|address| !is_routed(address)) {
            return Err("the internet does not deliver to this address".to_owned());
        }
        let over_v6 = literal.is_some_and(|address| address.is_ipv6());
        if !self.sends(from, over_v6) {
            return Err("the sender has no address of this family".to_owned());
        }
        let listening = |machine: &usize| {
            let (own, forwarded) = match &self.machines[*machine].node.place {
                Place::Internet(public) => (is_host(public, host), None),
                Place::Site { forward, .. } => {
                    let router = self.site(*machine).map(|(_, site)| site);
                    let at = router.filter(|site| {
                        !over_v6 && is_host(&site.public, host) && reaches_router(site)
                    });
                    (false, at.and(forward.map(|forward| forward.external.get())))
                }
                Place::Roams => (false, None),
            };
            let own_port = self.plan.listen_port_of(self.machines[*machine].node).get();
            (own && own_port == port) || forwarded == Some(port)
        };
        // Where two claim one address the first has it: a router forwards a port to one machine.
        let there = (0..self.machines.len())
            .filter(|machine| self.is_up(*machine))
            .find(listening);
        let there = there.ok_or("nobody listens there")?;
        if self
            .site(from)
            .is_some_and(|(id, _)| self.site(there).is_some_and(|(other, _)| id == other))
        {
            return Err("its own router would have to send the packet back in".to_owned());
        }
        if self.plan.listen_port_of(self.machines[there].node).get() != listens {
            return Err("the file says another port than the plan".to_owned());
        }
        Ok(there)
    }

    fn arrives_in_lan(
        &self,
        from: usize,
        address: IpAddr,
        port: u16,
        listens: u16,
    ) -> Result<usize, String> {
        let (id, site) = self.site(from).ok_or("no LAN")?;
        let has_it = |machine: &usize| {
            self.site(*machine).is_some_and(|(at, _)| at == id)
                && self.machines[*machine].node.lan_address() == Some(address)
        };
        let there = (0..self.machines.len())
            .filter(|machine| self.is_up(*machine))
            .find(has_it);
        let there = there.ok_or("nobody has this LAN address")?;
        let lan_of = |address: IpAddr| {
            let holding = site.lans.iter().filter(|lan| lan.holds(address));
            holding.max_by_key(|lan| lan.length()).copied()
        };
        let together = match self.machines[from].node.lan_address() {
            Some(own) => lan_of(own) == lan_of(address),
            None => site.lans.len() <= 1,
        };
        let known = site.lans.is_empty() || lan_of(address).is_some();
        if !together || !known {
            return Err("they are not known to stand in one LAN".to_owned());
        }
        if port == listens {
            Ok(there)
        } else {
            Err("it listens elsewhere".to_owned())
        }
    }

    /// Whether a machine takes part, also one whose settings do not come from a file.
    fn is_up(&self, machine: usize) -> bool {
        let machine = &self.machines[machine];
        machine.conf.is_some()
            || (machine.node.platform.is_app() && machine.node.public_key.is_some())
    }

    /// Whether a machine can send to the internet in a family.
    fn sends(&self, machine: usize, over_v6: bool) -> bool {
        match &self.machines[machine].node.place {
            Place::Internet(public) if over_v6 => public.ipv6.is_some_and(is_routed_v6),
            // Only a machine that is known to have nothing but IPv6 has no IPv4.
            Place::Internet(public) => {
                public.ipv4.is_some() || public.name.is_some() || public.ipv6.is_none()
            }
            Place::Site { .. } | Place::Roams => !over_v6,
        }
    }
}

/// Whether packets from the internet come to a site's router at all.
fn reaches_router(site: &Site) -> bool {
    World::is_on_the_internet(site) && site.public.ipv4.is_none_or(is_routed_v4)
}
