//! The README of the archive: how to bring this very plan up, in order.

use std::fmt::Write as _;

use crate::mesh::{Lookup, Mesh, MeshNode};
use crate::plan::{Answers, Place, Plan};

use super::wg_quick::{file_name, interface_name};
use super::{Keys, Kind, hooks, names, sysctl, units};

/// Markdown text. Writing to a string cannot fail, so results are dropped.
pub(super) fn text(plan: &Plan, mesh: &Mesh, keys: &Keys<'_>) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "# {}\n", plan.name);
    text.push_str(
        "One folder per machine. Each holds the secrets of that machine and no other:\n\
         copy it to its machine and to nowhere else.\n\n\
         The order below saves waiting. Any order works: machines that dial keep trying.\n",
    );
    let mut number = 0;
    for (title, wanted) in [
        ("Machines that others dial", 0_u8),
        ("Machines that dial", 1),
        ("Phones and tablets", 2),
    ] {
        let members: Vec<&MeshNode> = mesh
            .nodes
            .iter()
            .filter(|node| stage(node) == wanted)
            .collect();
        if members.is_empty() {
            continue;
        }
        number += 1;
        let _ = writeln!(text, "\n## {number}. {title}");
        for node in members {
            section(&mut text, plan, mesh, keys, node);
        }
    }
    for node in mesh.nodes.iter().filter(|node| !super::gets_files(node)) {
        let _ = writeln!(
            text,
            "\n## No files for {}\n\nSee the findings of the plan.",
            node.name
        );
    }
    check(&mut text, mesh);
    text
}

fn stage(node: &MeshNode) -> u8 {
    match (
        super::gets_files(node),
        node.platform.is_app(),
        node.dialled,
    ) {
        (false, ..) => 3,
        (_, true, _) => 2,
        (_, _, true) => 0,
        _ => 1,
    }
}

fn section(text: &mut String, plan: &Plan, mesh: &Mesh, keys: &Keys<'_>, node: &MeshNode) {
    let name = &node.name;
    let _ = writeln!(text, "\n### {name}\n");
    if node.platform.is_app() {
        let _ = writeln!(
            text,
            "Scan the QR code in the WireGuard app, or send `{name}/{}` to the device and import it.\nThen switch the tunnel on.",
            file_name(node)
        );
        return;
    }
    let interface = interface_name();
    if node.own_key.is_some() {
        let _ = writeln!(
            text,
            "This machine keeps its private key to itself. If it does not have one yet, make it there and enter\nthe public key in the plan:\n\n    sudo sh -c 'umask 077; wg genkey > /etc/wireguard/{interface}.key; wg pubkey < /etc/wireguard/{interface}.key'\n"
        );
    }
    let _ = writeln!(
        text,
        "On {name}, in the folder `{name}`, with wireguard-tools installed:\n"
    );
    let _ = writeln!(
        text,
        "    sudo install -m 600 {} /etc/wireguard/{interface}.conf",
        file_name(node)
    );
    for file in super::system_files(mesh, node, keys) {
        if file.kind != Kind::Hosts {
            let _ = writeln!(
                text,
                "    sudo install -D -m {:o} {1} /{1}",
                file.mode, file.path
            );
        }
    }
    if !node.forwards.is_empty() {
        text.push_str("    sudo sysctl --system\n");
    }
    if units::has_any(node) {
        text.push_str("    sudo systemctl daemon-reload\n");
    }
    if node.settings.loses_time {
        text.push_str("    sudo systemctl enable systemd-time-wait-sync\n");
    }
    let _ = writeln!(text, "    sudo systemctl enable --now wg-quick@{interface}");
    if units::looks_again(node) {
        text.push_str("    sudo systemctl enable --now meshwright-reresolve.timer\n");
    }
    if names::adds_hosts(node) {
        let _ = writeln!(
            text,
            "    sudo sed -i '/^{}/,/^{}/d' /etc/hosts\n    sudo sh -c 'cat {} >> /etc/hosts'",
            names::BEGIN,
            names::END,
            names::HOSTS
        );
    }
    if node.settings.serves_names {
        text.push_str("    sudo systemctl restart dnsmasq\n");
    }
    for paragraph in remarks(plan, mesh, node) {
        let _ = writeln!(text, "\n{paragraph}");
    }
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

fn check(text: &mut String, mesh: &Mesh) {
    text.push_str("\n## Does it work?\n\n");
    text.push_str("`sudo wg show` names a latest handshake for each peer that has been heard. From any machine:\n\n");
    for node in mesh.nodes.iter().filter(|node| super::gets_files(node)) {
        if let Some(address) = node.addresses.first() {
            let _ = writeln!(text, "    ping -c 3 {address}    # {}", node.name);
        }
    }
}
