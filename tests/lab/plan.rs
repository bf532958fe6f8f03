//! A plan file, built in the lab and brought up from the files that the command line writes for it.
//!
//! The plan is read here as plain JSON and not by the crate under test: the lab must not inherit a
//! misunderstanding of where the machines stand.

use std::collections::BTreeMap;
use std::fs;
use std::net::Ipv4Addr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use ipnet::Ipv4Net;
use serde_json::Value;

use crate::lab::matrix::Matrix;
use crate::lab::network::Lab;
use crate::lab::node::Node;
use crate::lab::probe::Point;
use crate::lab::router::Home;

/// The port of a plan that names none.
const WIREGUARD: u64 = 51820;

/// A plan whose machines stand in the lab.
pub(crate) struct Staged {
    path: PathBuf,
    lab: Lab,
    homes: BTreeMap<String, Home>,
    _carriers: Vec<Home>,
    nodes: Vec<Arc<Node>>,
    points: Vec<Point>,
}

impl Staged {
    /// Builds the sites and machines of a plan under `tests/fixtures`, with no interface up yet.
    pub(crate) fn new(fixture: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures")
            .join(fixture);
        let text = fs::read_to_string(&path).expect("the fixture is there");
        let plan: Value = serde_json::from_str(&text).expect("the fixture is JSON");

        let lab = Lab::new();
        let mut homes = BTreeMap::new();
        let mut carriers = Vec::new();
        for (site, number) in list(&plan["sites"]).iter().zip(1..) {
            let name = string(&site["name"]);
            let lans: Vec<Ipv4Net> = list(&site["lans"]).iter().map(string).map(prefix).collect();
            // Where the plan does not know the address, the machines must not need it.
            let public = site["public"]["ipv4"]
                .as_str()
                .map_or(somewhere(number), address);
            let home = if site["router"] == "cgnat" {
                let carrier = lab.carrier(&format!("{name} carrier"), public);
                let home = lab.home_behind(&carrier, name, &lans);
                carriers.push(carrier);
                home
            } else {
                lab.home(name, public, &lans)
            };
            homes.insert(name.to_owned(), home);
        }

        let mut nodes = Vec::new();
        let mut points = Vec::new();
        for (node, number) in list(&plan["nodes"]).iter().zip(101..) {
            let name = string(&node["name"]);
            let place = &node["place"];
            let machine = if let Some(public) = place["internet"]["ipv4"].as_str() {
                lab.internet_host(name, address(public))
            } else if *place == "roams" {
                // A phone shares a mobile network with strangers, the hardest kind of NAT.
                let carrier = lab.carrier(&format!("{name} carrier"), somewhere(number));
                let machine = carrier.host(name, None);
                carriers.push(carrier);
                machine
            } else {
                let home = &homes[string(&place["site"])];
                let lan_address = place["lan_address"].as_str().map(address);
                if let (Some(lan_address), Some(port)) = (lan_address, place["forward"].as_u64()) {
                    let own = node["listen_port"]
                        .as_u64()
                        .or(plan["listen_port"].as_u64());
                    home.forward(port, lan_address, own.unwrap_or(WIREGUARD));
                }
                if let Some(lan_address) = lan_address
                    && list(&node["shares"])
                        .iter()
                        .any(|share| share["answers"] == "route")
                {
                    for tunnel in list(&plan["tunnel"]) {
                        home.route(string(tunnel), lan_address);
                    }
                }
                home.host(name, lan_address)
            };
            points.push(machine.at(string(&node["addresses"][0])));
            nodes.push(machine);
        }
        Self {
            path,
            lab,
            homes,
            _carriers: carriers,
            nodes,
            points,
        }
    }

    /// Adds a machine without WireGuard to a home; its address is its name in the matrix.
    pub(crate) fn lan_host(&mut self, site: &str, address: &str) {
        let host = self.homes[site].host(address, Some(self::address(address)));
        self.points.push(host.at(address));
    }

    /// Has the command line write the files and brings every machine up with its own.
    pub(crate) fn up(&self) {
        let output = Output::new(&self.path);
        for node in &self.nodes {
            let folder = output.path.join(node.name());
            assert_private(&folder);
            node.up(&folder);
        }
    }

    /// A machine of the plan.
    pub(crate) fn node(&self, name: &str) -> &Node {
        let node = self.nodes.iter().find(|node| node.name() == name);
        node.unwrap_or_else(|| panic!("the plan has no node {name}"))
    }

    /// Measures every ordered pair towards one machine, which meanwhile sends nothing by itself.
    pub(crate) fn measure_towards(&self, name: &str) -> Matrix {
        self.lab.measure_only(&self.points, |_, to| to == name)
    }

    /// Measures every ordered pair of the machines and LAN hosts.
    pub(crate) fn measure(&self) -> Matrix {
        self.lab.measure(&self.points)
    }
}

/// The folder that the command line wrote, deleted with the value because keys are in it.
struct Output {
    path: PathBuf,
}

impl Output {
    fn new(plan: &Path) -> Self {
        let name = plan
            .file_stem()
            .expect("a plan has a name")
            .to_string_lossy();
        let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("lab-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("the temporary folder of the build can be written");
        let output = Self { path };
        let run = Command::new(env!("CARGO_BIN_EXE_meshwright"))
            .arg("render")
            .arg(plan)
            .arg("--out")
            .arg(&output.path)
            .arg("--keyring")
            .arg(output.path.join("keyring.json"))
            .output()
            .expect("the command line starts");
        assert!(
            run.status.success(),
            "meshwright render {} failed:\n{}{}",
            plan.display(),
            String::from_utf8_lossy(&run.stdout),
            String::from_utf8_lossy(&run.stderr)
        );
        output
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.path).ok();
    }
}

/// Fails if anyone but the owner may read a config, since each holds a private key.
fn assert_private(folder: &Path) {
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{} was not written: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("a folder lists its entries").path();
        if path
            .extension()
            .is_some_and(|extension| extension == "conf")
        {
            let mode = fs::metadata(&path)
                .expect("the file is there")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600, "the mode of {}", path.display());
        }
    }
}

/// A public address for a router whose address the plan does not know.
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
fn string(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("the plan has {value} where the lab needs text"))
}

/// A list, empty where the plan leaves it out.
fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
