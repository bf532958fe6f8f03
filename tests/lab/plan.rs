//! A plan, built in the lab and brought up from the files that the command line writes for it.
//!
//! The plan is read here as plain JSON and not by the crate under test: the lab must not inherit a
//! misunderstanding of where the machines stand.

use std::collections::BTreeMap;
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;

use ipnet::Ipv4Net;
use serde_json::Value;

use crate::lab::matrix::{Matrix, Outcome};
use crate::lab::network::Lab;
use crate::lab::node::Node;
use crate::lab::probe::Point;
use crate::lab::render::Rendered;
use crate::lab::router::Home;

/// The port of a plan that names none.
const WIREGUARD: u64 = 51820;

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
    names: Vec<(String, Ipv4Addr)>,
}

/// A plan under `tests/fixtures`.
pub(crate) fn fixture(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name);
    let text = fs::read_to_string(&path).expect("the fixture is there");
    serde_json::from_str(&text).expect("the fixture is JSON")
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
        let lans: Vec<Ipv4Net> = list(&site["lans"]).iter().map(string).map(prefix).collect();
        let public = self.public_address(&site["public"], number);
        let home = if site["router"] == "cgnat" {
            let carrier = self.lab.carrier(&format!("{name} carrier"), public);
            let home = self.lab.home_behind(&carrier, name, &lans);
            self.carriers.push(carrier);
            home
        } else {
            self.lab.home(name, public, &lans)
        };
        self.homes.insert(name.to_owned(), home);
    }

    fn build_node(&mut self, plan: &Value, node: &Value, number: u8) {
        let name = string(&node["name"]);
        let place = &node["place"];
        let machine = if place.get("internet").is_some() {
            let public = self.public_address(&place["internet"], number);
            self.lab.internet_host(name, public)
        } else if *place == "roams" {
            // A phone shares a mobile network with strangers, the hardest kind of NAT.
            let carrier = self
                .lab
                .carrier(&format!("{name} carrier"), somewhere(number));
            let machine = carrier.host(name, None);
            self.carriers.push(carrier);
            machine
        } else {
            let stands = &place["site"];
            let home = &self.homes[string(&stands["at"])];
            let lan_address = stands["lan_address"].as_str().map(address);
            if let Some(lan_address) = lan_address {
                set_router(home, plan, node, lan_address);
            }
            home.host(name, lan_address)
        };
        for tunnel_address in list(&node["addresses"]).iter().map(string) {
            self.points.push(machine.at(tunnel_address));
        }
        self.nodes.push(machine);
    }

    /// The public address of a machine or router, and its name put where all will find it.
    fn public_address(&mut self, public: &Value, number: u8) -> Ipv4Addr {
        // What the plan does not know, the files must not need; but every router has an address.
        let found = public["ipv4"].as_str().map_or(somewhere(number), address);
        if let Some(name) = public["name"].as_str() {
            self.names.push((name.to_owned(), found));
        }
        found
    }

    /// Adds a machine without WireGuard to a home; its address is its name in the matrix.
    pub(crate) fn lan_host(&mut self, site: &str, address: &str) {
        let host = self.homes[site].host(address, Some(self::address(address)));
        self.points.push(host.at(address));
    }

    /// Adds a machine without WireGuard to every shared LAN; the prefix is its name in the matrix.
    pub(crate) fn lan_hosts(&mut self) {
        for node in list(&self.plan["nodes"]) {
            for share in list(&node["shares"])
                .iter()
                .map(|share| string(&share["prefix"]))
            {
                let [a, b, c, _] = prefix(share).network().octets();
                let address = Ipv4Addr::new(a, b, c, 200);
                let home = &self.homes[string(&node["place"]["site"]["at"])];
                self.points
                    .push(home.host(share, Some(address)).at(&address.to_string()));
            }
        }
    }

    /// Has the command line write the files and brings every machine up with its own.
    pub(crate) fn up(&self) -> Rendered {
        let rendered = Rendered::new(&self.plan);
        for node in &self.nodes {
            node.knows(&self.names);
            node.up(&rendered.folder(node.name()));
        }
        rendered
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

    /// Measures the pairs named, such as `nas>pi`.
    pub(crate) fn measure_pairs(&self, wanted: &BTreeMap<String, Outcome>) -> Matrix {
        let points = self.points_of(IpAddr::is_ipv4);
        self.lab.measure_only(&points, |from, to| {
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

/// Sets up on the router what the plan says a person has set up there for a machine.
fn set_router(home: &Home, plan: &Value, node: &Value, lan_address: Ipv4Addr) {
    if let Some(outside) = node["place"]["site"]["forward"].as_u64() {
        let port = node["listen_port"]
            .as_u64()
            .or(plan["listen_port"].as_u64());
        home.forward(outside, lan_address, port.unwrap_or(WIREGUARD));
    }
    if list(&node["shares"])
        .iter()
        .any(|share| share["answers"] == "route")
    {
        // The gateway has an IPv4 address in the LAN, so the route carries that family.
        for tunnel in list(&plan["tunnel"])
            .iter()
            .filter_map(|text| string(text).parse().ok())
        {
            home.route(tunnel, lan_address);
        }
    }
}

/// A public address for whatever has one that the plan does not know.
fn somewhere(number: u8) -> Ipv4Addr {
    Ipv4Addr::new(198, 51, 100, number)
}

/// An IPv4 address of a fixture.
pub(crate) fn address(text: &str) -> Ipv4Addr {
    text.parse()
        .unwrap_or_else(|_| panic!("{text} is no IPv4 address"))
}

/// An IPv4 prefix of a fixture.
pub(crate) fn prefix(text: &str) -> Ipv4Net {
    text.parse()
        .unwrap_or_else(|_| panic!("{text} is no IPv4 prefix"))
}

/// A field that the format requires as text.
pub(crate) fn string(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("the plan has {value} where the lab needs text"))
}

/// A list, empty where the plan leaves it out.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
