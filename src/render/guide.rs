//! The bring-up of this very plan, in order: what to do on which machine, and
//! what else must be true around it.

use crate::mesh::{Lookup, Mesh, MeshNode};
use crate::plan::{Answers, Place, Plan};

use super::wg_quick::{file_name, interface_name};
use super::{Kind, hooks, names, sysctl, units};

/// The bring-up of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide {
    /// What comes first, second and third. Any order works; this one saves
    /// waiting.
    pub stages: Vec<Stage>,
    /// Machines that get no files, by their places in the mesh.
    pub without: Vec<usize>,
    /// What shows whether a machine is reached: a command, and its place.
    pub checks: Vec<(String, usize)>,
}

/// Machines of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What they have in common.
    pub title: &'static str,
    /// What is done on each.
    pub parts: Vec<Part>,
}

/// What is done on one machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The machine, by its place in the mesh.
    pub place: usize,
    /// Sentences and commands, in order.
    pub blocks: Vec<Block>,
}

/// A piece of the bring-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A sentence or more, with commands between backticks. Line breaks mean
    /// no more than blanks.
    Words(String),
    /// Commands for a shell, a line each.
    Commands(Vec<String>),
}

/// The bring-up of a plan. It names no key, so it needs none.
#[must_use]
pub fn guide(plan: &Plan, mesh: &Mesh) -> Guide {
    let titles = [
        ("Machines that others dial", Turn::Dialled),
        ("Machines that dial", Turn::Dials),
        ("Phones and tablets", Turn::App),
    ];
    let nodes = || mesh.nodes.iter().enumerate();
    let stages = titles.into_iter().filter_map(|(title, turn)| {
        let members = nodes().filter(|(_, node)| turn_of(node) == turn);
        let parts: Vec<Part> = members
            .map(|(place, node)| Part {
                place,
                blocks: blocks(plan, mesh, node),
            })
            .collect();
        (!parts.is_empty()).then_some(Stage { title, parts })
    });
    let check = |(place, node): (usize, &MeshNode)| {
        let address = node.addresses.first()?;
        (turn_of(node) != Turn::Never).then(|| (format!("ping -c 3 {address}"), place))
    };
    Guide {
        stages: stages.collect(),
        without: nodes()
            .filter(|(_, node)| turn_of(node) == Turn::Never)
            .map(|(place, _)| place)
            .collect(),
        checks: nodes().filter_map(check).collect(),
    }
}

/// When it is a machine's turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Dialled,
    Dials,
    App,
    /// It gets no files.
    Never,
}

fn turn_of(node: &MeshNode) -> Turn {
    match (
        super::gets_files(node),
        node.platform.is_app(),
        node.dialled,
    ) {
        (false, ..) => Turn::Never,
        (_, true, _) => Turn::App,
        (_, _, true) => Turn::Dialled,
        _ => Turn::Dials,
    }
}

fn blocks(plan: &Plan, mesh: &Mesh, node: &MeshNode) -> Vec<Block> {
    let name = &node.name;
    if node.platform.is_app() {
        return vec![Block::Words(format!(
            "Scan the QR code in the WireGuard app, or send `{name}/{}` to the device and import it.\nThen switch the tunnel on.",
            file_name(node)
        ))];
    }
    let interface = interface_name();
    let mut blocks = Vec::new();
    if node.own_key.is_some() {
        blocks.push(Block::Words(
            "This machine keeps its private key to itself. If it does not have one yet, make it there and enter\nthe public key in the plan:".to_owned(),
        ));
        blocks.push(Block::Commands(vec![format!(
            "sudo sh -c 'umask 077; wg genkey > /etc/wireguard/{interface}.key; wg pubkey < /etc/wireguard/{interface}.key'"
        )]));
    }
    blocks.push(Block::Words(format!(
        "On {name}, in the folder `{name}`, with wireguard-tools installed:"
    )));
    blocks.push(Block::Commands(commands(mesh, node)));
    blocks.extend(remarks(plan, mesh, node).into_iter().map(Block::Words));
    blocks
}

/// What puts a machine's files in place and starts its tunnel.
fn commands(mesh: &Mesh, node: &MeshNode) -> Vec<String> {
    let interface = interface_name();
    let mut commands = vec![format!(
        "sudo install -m 600 {} /etc/wireguard/{interface}.conf",
        file_name(node)
    )];
    for file in super::system_files(mesh, node, None) {
        if file.kind != Kind::Hosts {
            let (mode, path) = (file.mode, file.path);
            commands.push(format!("sudo install -D -m {mode:o} {path} /{path}"));
        }
    }
    if !node.forwards.is_empty() {
        commands.push("sudo sysctl --system".to_owned());
    }
    if units::has_any(node) {
        commands.push("sudo systemctl daemon-reload".to_owned());
    }
    if node.settings.loses_time {
        commands.push("sudo systemctl enable systemd-time-wait-sync".to_owned());
    }
    commands.push(format!("sudo systemctl enable --now wg-quick@{interface}"));
    if units::looks_again(node) {
        commands.push("sudo systemctl enable --now meshwright-reresolve.timer".to_owned());
    }
    if names::adds_hosts(node) {
        let (begin, end, hosts) = (names::BEGIN, names::END, names::HOSTS);
        commands.push(format!("sudo sed -i '/^{begin}/,/^{end}/d' /etc/hosts"));
        commands.push(format!("sudo sh -c 'cat {hosts} >> /etc/hosts'"));
    }
    if node.settings.serves_names {
        commands.push("sudo systemctl restart dnsmasq".to_owned());
    }
    commands
}

/// What else must be true for this machine, outside its own files.
fn remarks(plan: &Plan, mesh: &Mesh, node: &MeshNode) -> Vec<String> {
    let mut remarks = Vec::new();
    let interface = interface_name();
    let (name, port) = (&node.name, node.listen_port);
    let stated = plan.nodes.get(&node.id);
    if node.dialled {
        remarks.push(format!(
            "If {name} has a firewall, let UDP {port} in. With ufw: `sudo ufw allow {port}/udp`"
        ));
    }
    if let Some(Place::Site {
        forward: Some(forward),
        lan_address,
        ..
    }) = stated.map(|node| &node.place)
    {
        let target = lan_address.map_or_else(|| name.to_string(), |address| address.to_string());
        let site = node.site.as_ref().map_or("its site", |site| site.as_str());
        let (outside, port) = (forward.external, forward.internal.unwrap_or(port));
        remarks.push(format!(
            "On the router at {site}, forward UDP {outside} to {target}, port {port}."
        ));
    }
    if node.relays {
        remarks.push(format!(
            "{name} relays between machines. If it has a firewall that drops forwarded packets, as ufw and Docker set up,\nlet {interface} through. With ufw: `sudo ufw route allow in on {interface} out on {interface}`.\nWith Docker: `sudo iptables -I DOCKER-USER -i {interface} -o {interface} -j ACCEPT`"
        ));
    }
    for share in &node.shares {
        let lan = share.prefix;
        let own = stated
            .and_then(crate::plan::Node::lan_address)
            .map_or_else(|| name.to_string(), |address| address.to_string());
        match share.answers {
            Answers::Route => {
                for tunnel in mesh.tunnel.iter().filter(|tunnel| tunnel.family() == lan.family()) {
                    remarks.push(format!("The router of {lan} needs a static route: {tunnel} via {own}."));
                }
            }
            Answers::Translate => remarks.push(format!(
                "{name} translates for {lan}: hosts there see its own address."
            )),
            Answers::Nothing => remarks.push(format!(
                "Hosts of {lan} cannot answer yet: their router needs a static route to the tunnel via {own}, or {name} must translate."
            )),
        }
    }
    remarks.extend(of_exit(node));
    if hooks::need_nft(node) {
        remarks.push(format!(
            "The hooks of {name} need the program `nft` (package nftables)."
        ));
    }
    if units::looks_again(node) {
        remarks.push(format!(
            "{name} dials a host name, which is looked up only when the tunnel starts. The timer looks it up again\nwhile that peer is silent."
        ));
    }
    if node.settings.loses_time {
        remarks.push(format!(
            "The clock of {name} stands still while it is switched off, so its tunnel waits for the time. It must reach a\ntime server outside the tunnel. With chrony instead of systemd-timesyncd, enable `chrony-wait` instead."
        ));
    }
    if node.settings.serves_names {
        remarks.push(format!(
            "{name} answers for the names of the mesh. This needs the program `dnsmasq` (package dnsmasq). If it has a\nfirewall, let questions in. With ufw: `sudo ufw allow in on {interface} to any port 53`"
        ));
    }
    if let Lookup::Split(_) = node.settings.lookup {
        remarks.push(format!(
            "{name} asks for names of the mesh through systemd-resolved. Without it the tunnel works, but names do not."
        ));
    }
    if node.may_lose_ipv6() {
        remarks.push(format!(
            "{name} gets its IPv6 address from router advertisements, which Linux ignores once it forwards. Put the name of\nits interface into the last line of `/{}`, and take the `#` away.",
            sysctl::PATH
        ));
    }
    remarks
}

/// What a machine needs that leads others to the internet.
fn of_exit(node: &MeshNode) -> Option<String> {
    if node.settings.exit.is_empty() {
        return None;
    }
    let (name, interface) = (&node.name, interface_name());
    let uplink = node
        .settings
        .uplink_name
        .as_ref()
        .map_or("eth0", |uplink| uplink.as_str());
    Some(format!(
        "{name} leads others to the internet. If it has a firewall that drops forwarded packets, let them out. With ufw:\n`sudo ufw route allow in on {interface} out on {uplink}`"
    ))
}
