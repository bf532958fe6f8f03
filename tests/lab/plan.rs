//! A plan, built in the lab and brought up from the files that the command line writes for it.
//!
//! The plan is read here as plain JSON and not by the crate under test: the lab must not inherit a
//! misunderstanding of where the machines stand.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use ipnet::IpNet;
use serde_json::Value;

use crate::lab::json::{address, ipv4, ipv6, lans, list, listen_port, prefix, string};
use crate::lab::matrix::{Matrix, Outcome};
use crate::lab::network::Lab;
use crate::lab::node::Node;
use crate::lab::probe::Point;
use crate::lab::render::Rendered;
use crate::lab::router::{Home, RouterKind, numbered};

/// A plan whose machines stand in the lab.
pub(crate) struct Staged {
    plan: Value,
    lab: Lab,
    homes: BTreeMap<String, Home>,
    /// Providers and hotspots; the machines behind them need them alive.
    carriers: Vec<Home>,
    nodes: Vec<Arc<Node>>,
    points: Vec<Point>,
    /// What the internet's name service knows.
    names: Vec<(String, IpAddr)>,
}

impl Staged {
    /// Builds the sites and machines of a plan, with no interface up yet.
    pub(crate) fn new(plan: Value) -> Self {
        let mut staged = Self {
            plan: Value::Null,
            lab: Lab::new(),
            homes: BTreeMap::new(),
            carriers: Vec::new(),
            nodes: Vec::new(),
            points: Vec::new(),
            names: Vec::new(),
        };
        for (site, number) in list(&plan["sites"]).iter().zip(1..) {
            staged.build_site(site, number);
        }
        for (node, number) in list(&plan["nodes"]).iter().zip(101..) {
            staged.build_node(&plan, node, number);
        }
        staged.plan = plan;
        staged
    }

    fn build_site(&mut self, site: &Value, number: u8) {
        let name = string(&site["name"]);
        let lans = lans(site);
        let public = self.public_address(&site["public"], number);
        let home = if site["router"] == "cgnat" {
            let carrier = self.lab.carrier(&format!("{name} carrier"), public);
            let home = self.lab.home_behind(&carrier, name, &lans);
            self.carriers.push(carrier);
            home
        } else {
            let kind = if site["nat"] == "symmetric" {
                RouterKind::Scrambles
            } else {
                RouterKind::KeepsPorts
            };
            self.lab.home_with(name, public, &lans, kind)
        };
        if site["lans_routed"] == true {
            home.join_lans();
        }
        if site["ipv6"].is_string() && site["ipv6"] != "none" {
            home.connect_ipv6(self.lab.internet(), site["ipv6"] == "open");
        }
        self.homes.insert(name.to_owned(), home);
    }

    fn build_node(&mut self, plan: &Value, node: &Value, number: u8) {
        let name = string(&node["name"]);
        let place = &node["place"];
        assert!(node["stack"] != "nat64", "the lab has no NAT64");
        let machine = if place.get("internet").is_some() {
            let public = &place["internet"];
            let ipv6 = ipv6(&public["ipv6"]);
            // A machine of which only an IPv6 address is known has nothing else.
            let only_v6 = ipv6.is_some() && public["ipv4"].is_null() && public["name"].is_null();
            let ipv4 = (!only_v6).then(|| self.public_address(public, number));
            self.lab.internet_host(name, ipv4, ipv6)
        } else if *place == "roams" {
            // A phone shares a mobile network with strangers, the hardest kind of NAT.
            let carrier = self
                .lab
                .carrier(&format!("{name} carrier"), somewhere(number));
            let machine = carrier.host(name, None);
            self.carriers.push(carrier);
            machine
        } else {
            self.build_resident(plan, node, number)
        };
        if node["firewall"] == "blocks" {
            machine.block_strangers();
        }
        if node["stack"] == "ipv6-only" {
            machine.namespace().script("ip -4 addr flush dev eth0");
        }
        for tunnel_address in list(&node["addresses"]).iter().map(string) {
            self.points.push(machine.at(tunnel_address));
        }
        self.nodes.push(machine);
    }

    /// Builds a machine that stands at a site.
    fn build_resident(&mut self, plan: &Value, node: &Value, number: u8) -> Arc<Node> {
        let stands = &node["place"]["site"];
        let site = string(&stands["at"]);
        let home = &self.homes[site];
        let lan_address = stands["lan_address"].as_str().map(address);
        let machine = home.host(string(&node["name"]), lan_address);
        if let Some(lan_address) = lan_address {
            set_router(home, plan, node, lan_address);
        }
        give_routes(home, plan, node, &machine);
        let has_ipv6 = list(&plan["sites"]).iter().any(|other| {
            other["name"] == site && other["ipv6"].is_string() && other["ipv6"] != "none"
        });
        if has_ipv6 && node["stack"] != "ipv4-only" {
            // What the plan does not know, the files must not need; but every machine has an address.
            let found = ipv6(&stands["ipv6"])
                .unwrap_or_else(|| Ipv6Addr::new(0x2001, 0xdb8, 0xff, 0, 0, 0, 0, number.into()));
            let lets_in = (stands["ipv6_open"] == true).then(|| listen_port(plan, node));
            home.give_ipv6(&machine, lan_address, found, lets_in);
            if let Some(name) = stands["ipv6_name"].as_str() {
                self.names.push((name.to_owned(), found.into()));
            }
        }
        machine
    }

    /// The public address of a machine or router, and its name put where all will find it.
    fn public_address(&mut self, public: &Value, number: u8) -> Ipv4Addr {
        // What the plan does not know, the files must not need; but every router has an address.
        let found = public["ipv4"].as_str().map_or(somewhere(number), ipv4);
        if let Some(name) = public["name"].as_str() {
            self.names.push((name.to_owned(), found.into()));
        }
        found
    }

    /// Adds a machine without WireGuard to a home; its address is its name in the matrix.
    pub(crate) fn lan_host(&mut self, site: &str, address: &str) {
        let host = self.homes[site].host(address, Some(self::address(address)));
        self.points.push(host.at(address));
    }

    /// Adds a machine to the internet that knows nothing of the mesh.
    pub(crate) fn stranger(&mut self, name: &str, address: &str) {
        let stranger = self.lab.internet_host(name, Some(ipv4(address)), None);
        self.points.push(stranger.at(address));
    }

    /// Adds a machine without WireGuard to every shared LAN; the prefix is its name in the matrix.
    pub(crate) fn lan_hosts(&mut self) {
        for node in list(&self.plan["nodes"]) {
            for share in list(&node["shares"])
                .iter()
                .map(|share| string(&share["prefix"]))
            {
                let address: IpAddr = match prefix(share) {
                    IpNet::V4(lan) => {
                        let [a, b, c, _] = lan.network().octets();
                        Ipv4Addr::new(a, b, c, 200).into()
                    }
                    IpNet::V6(lan) => numbered(lan, 200).into(),
                };
                let home = &self.homes[string(&node["place"]["site"]["at"])];
                self.points
                    .push(home.host(share, Some(address)).at(&address.to_string()));
            }
        }
    }

    /// Has the command line write the files and brings every machine up with its own.
    pub(crate) fn up(&self) -> Rendered {
        let rendered = Rendered::new(&self.plan);
        let refused = self.up_with(&rendered);
        assert!(refused.is_empty(), "{}", refused.join("\n"));
        rendered
    }

    /// Brings every machine up with its own of the files given. Says which of them `wg-quick`
    /// refused, and why.
    pub(crate) fn up_with(&self, rendered: &Rendered) -> Vec<String> {
        let refused = self.nodes.iter().filter_map(|node| {
            node.knows(&self.names);
            node.try_up(&rendered.folder(node.name())).err()
        });
        refused.collect()
    }

    /// The plan that stands here.
    pub(crate) fn plan(&self) -> &Value {
        &self.plan
    }

    /// A machine of the plan.
    pub(crate) fn node(&self, name: &str) -> &Node {
        let node = self.nodes.iter().find(|node| node.name() == name);
        node.unwrap_or_else(|| panic!("the plan has no node {name}"))
    }

    /// Measures every ordered pair towards one machine, which meanwhile sends nothing by itself.
    pub(crate) fn measure_towards(&self, name: &str) -> Matrix {
        self.lab
            .measure_only(&self.points_of(IpAddr::is_ipv4), |_, to| to == name)
    }

    /// Measures every ordered pair from one machine, while the others send nothing by themselves.
    pub(crate) fn measure_from(&self, name: &str) -> Matrix {
        self.lab
            .measure_only(&self.points_of(IpAddr::is_ipv4), |from, _| from == name)
    }

    /// A home of the plan.
    pub(crate) fn home(&self, site: &str) -> &Home {
        &self.homes[site]
    }

    /// Makes all routers forget a flow that has been silent for so many seconds.
    pub(crate) fn forget_flows_after(&self, seconds: u32) {
        for router in self.homes.values().chain(&self.carriers) {
            router.forget_flows_after(seconds);
        }
    }

    /// Measures every ordered pair of the hosts in shared LANs.
    pub(crate) fn measure_between_lans(&self) -> Matrix {
        let points = self.points_of(IpAddr::is_ipv4);
        self.lab
            .measure_only(&points, |from, to| from.contains('/') && to.contains('/'))
    }

    /// Measures the pairs named, such as `nas>pi`, under their IPv4 addresses.
    pub(crate) fn measure_pairs(&self, wanted: &BTreeMap<String, Outcome>) -> Matrix {
        self.measure_pairs_in(IpAddr::is_ipv4, wanted)
    }

    /// The same in one family.
    pub(crate) fn measure_pairs_in(
        &self,
        family: fn(&IpAddr) -> bool,
        wanted: &BTreeMap<String, Outcome>,
    ) -> Matrix {
        self.lab.measure_only(&self.points_of(family), |from, to| {
            wanted.contains_key(&format!("{from}>{to}"))
        })
    }

    /// Measures every ordered pair of the machines and LAN hosts under their IPv4 addresses.
    pub(crate) fn measure(&self) -> Matrix {
        self.lab.measure(&self.points_of(IpAddr::is_ipv4))
    }

    /// The same under their IPv6 addresses.
    pub(crate) fn measure_ipv6(&self) -> Matrix {
        self.lab.measure(&self.points_of(IpAddr::is_ipv6))
    }

    fn points_of(&self, family: fn(&IpAddr) -> bool) -> Vec<Point> {
        self.points
            .iter()
            .filter(|point| family(&point.address()))
            .cloned()
            .collect()
    }
}

/// Forwards on the router what the plan says a person has forwarded there for a machine.
fn set_router(home: &Home, plan: &Value, node: &Value, lan_address: IpAddr) {
    let forward = &node["place"]["site"]["forward"];
    let outside = forward.as_u64().or(forward["external"].as_u64());
    if let (Some(outside), IpAddr::V4(to)) = (outside, lan_address) {
        let inside = forward["internal"].as_u64();
        home.forward(
            outside,
            to,
            inside.unwrap_or_else(|| listen_port(plan, node)),
        );
    }
}

/// Gives the router the routes that the plan says a person has set there for a gateway: in the family
/// of each LAN that it shares, to the tunnel by way of the address that it has in that LAN.
fn give_routes(home: &Home, plan: &Value, node: &Value, machine: &Node) {
    let shares = list(&node["shares"]).iter();
    for lan in shares
        .filter(|share| share["answers"] == "route")
        .map(|share| prefix(string(&share["prefix"])))
    {
        let own = machine.addresses();
        let Some(gateway) = own.iter().find(|address| lan.contains(*address)) else {
            continue;
        };
        let tunnel = list(&plan["tunnel"])
            .iter()
            .map(|text| prefix(string(text)));
        for tunnel in tunnel.filter(|tunnel| tunnel.addr().is_ipv4() == gateway.is_ipv4()) {
            home.route(tunnel, *gateway);
        }
    }
}

/// A public address for whatever has one that the plan does not know.
fn somewhere(number: u8) -> Ipv4Addr {
    Ipv4Addr::new(198, 51, 100, number)
}
