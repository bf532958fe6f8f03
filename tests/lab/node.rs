//! A machine of the plan: brings up what its folder holds, as its owner would.

use std::fs;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use crate::lab::namespace::Namespace;
use crate::lab::probe::Point;

/// Where the sysctl file lies, both in a node's folder and on the node.
pub(crate) const SYSCTL: &str = "etc/sysctl.d/99-wg-mesh.conf";

/// Makes an interface with wireguard-go that is like the kernel's own, which has no link-local
/// address and no multicast. With those a machine would look for routers through the tunnel, and one
/// that sends everything there would never sleep.
const LIKE_THE_KERNEL: &str = r#"#!/bin/sh -e
wireguard-go "$1"
ip link set "$1" multicast off addrgenmode none
"#;

/// A machine on the internet or in a LAN, with WireGuard or without.
pub(crate) struct Node {
    namespace: Namespace,
    home: Option<String>,
}

impl Node {
    /// Takes over a machine that is wired up already.
    pub(crate) fn new(namespace: Namespace, home: Option<String>) -> Self {
        Self { namespace, home }
    }

    /// The name that the matrix uses.
    pub(crate) fn name(&self) -> &str {
        self.namespace.name()
    }

    /// The home it stands in, or nothing for a machine on the internet.
    pub(crate) fn home(&self) -> Option<&str> {
        self.home.as_deref()
    }

    /// The inside of the machine, for commands that only one test needs.
    pub(crate) fn namespace(&self) -> &Namespace {
        &self.namespace
    }

    /// This machine under one of its addresses, to be measured.
    pub(crate) fn at(self: &Arc<Self>, address: &str) -> Point {
        let address: IpAddr = address.parse().expect("a point has an IP address");
        Point::new(Arc::clone(self), address)
    }

    /// Every address that the machine has on any interface.
    pub(crate) fn addresses(&self) -> Vec<IpAddr> {
        self.namespace
            .script("ip -brief addr show scope global")
            .split_whitespace()
            .filter_map(|word| word.split_once('/')?.0.parse().ok())
            .collect()
    }

    /// Tells the machine the public names of others.
    pub(crate) fn knows(&self, names: &[(String, IpAddr)]) {
        let lines = names
            .iter()
            .map(|(name, address)| format!("{address} {name}\n"));
        self.namespace
            .write("/run/lab/hosts", lines.collect::<String>().as_bytes());
    }

    /// Drops whatever comes in over UDP that this machine has not asked for.
    pub(crate) fn block_strangers(&self) {
        self.namespace.write(
            "/run/lab/host.nft",
            br#"
table inet host {
    chain input {
        type filter hook input priority filter; policy accept;
        iifname "eth0" meta l4proto udp ct state new drop
    }
}
"#,
        );
        self.namespace.script("nft -f /run/lab/host.nft");
    }

    /// Puts a node's folder where it belongs and brings its interface up; the error is what
    /// `wg-quick` said when it refused.
    ///
    /// The sysctl file is applied if there is one and not otherwise, so a relay without its file
    /// does not forward.
    pub(crate) fn try_up(&self, folder: &Path) -> Result<(), String> {
        if let Ok(sysctl) = fs::read_to_string(folder.join(SYSCTL)) {
            self.apply_sysctl(&sysctl);
        }
        let (interface, config) = only_config(folder);
        let refused = self.try_up_with(&interface, &config);
        refused.map_err(|reason| format!("on {}: {reason}", self.name()))
    }

    /// Brings one interface up from the text of its file.
    pub(crate) fn up_with(&self, interface: &str, config: &str) {
        self.try_up_with(interface, config)
            .unwrap_or_else(|reason| panic!("on {}: {reason}", self.name()));
    }

    fn try_up_with(&self, interface: &str, config: &str) -> Result<(), String> {
        self.namespace.write(
            &format!("/etc/wireguard/{interface}.conf"),
            with_every_keepalive(config).as_bytes(),
        );
        self.namespace
            .write("/run/lab/wireguard", LIKE_THE_KERNEL.as_bytes());
        let up = format!(
            "chmod +x /run/lab/wireguard
            WG_QUICK_USERSPACE_IMPLEMENTATION=/run/lab/wireguard wg-quick up {interface} 2>&1"
        );
        self.namespace.try_script(&up).map(|_| ())
    }

    /// Applies a sysctl file to this machine alone.
    pub(crate) fn apply_sysctl(&self, content: &str) {
        for line in content.lines().map(str::trim) {
            // Settings outside of `net` are not private to a namespace and would change the whole
            // machine.
            let allowed = line.is_empty() || line.starts_with('#') || line.starts_with("net.");
            assert!(
                allowed,
                "the lab does not apply `{line}` from a sysctl file"
            );
        }
        self.namespace
            .write("/run/lab/sysctl.conf", content.as_bytes());
        self.namespace.script("sysctl -q -p /run/lab/sysctl.conf");
    }

    /// What WireGuard itself says about the machine, for the report of a failed test. It shows no
    /// private key.
    pub(crate) fn wg_show(&self) -> String {
        self.namespace
            .try_script("wg show")
            .unwrap_or_else(|reason| reason)
    }
}

/// The config with the default where a peer has no keepalive. wireguard-go takes a peer that says
/// nothing for one like the peer above it, and sends it one keepalive when it comes up (`pkaOn` in
/// `IpcSetOperation` stands for all peers); the kernel sends none. That packet would wake whoever
/// sleeps by its file.
fn with_every_keepalive(config: &str) -> String {
    let is_peer = |line: &str| line.trim().eq_ignore_ascii_case("[peer]");
    let mut text = String::new();
    let mut lacks = false;
    for line in config.lines() {
        let key = line.split('=').next().unwrap_or_default().trim();
        if line.trim_start().starts_with('[') {
            if lacks {
                text.push_str("PersistentKeepalive = 0\n");
            }
            lacks = is_peer(line);
        } else if key.eq_ignore_ascii_case("PersistentKeepalive") {
            lacks = false;
        }
        text.push_str(line);
        text.push('\n');
    }
    if lacks {
        text.push_str("PersistentKeepalive = 0\n");
    }
    text
}

/// The one config of a folder, with the interface name that its file name says.
pub(crate) fn only_config(folder: &Path) -> (String, String) {
    let mut configs: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{} cannot be read: {error}", folder.display()))
        .map(|entry| entry.expect("a folder lists its entries").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "conf")
        })
        .collect();
    let path = configs
        .pop()
        .unwrap_or_else(|| panic!("there is no config in {}", folder.display()));
    assert!(
        configs.is_empty(),
        "there is more than one config in {}",
        folder.display()
    );
    let interface = path
        .file_stem()
        .expect("a file has a name")
        .to_string_lossy()
        .into_owned();
    let config =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    (interface, config)
}
