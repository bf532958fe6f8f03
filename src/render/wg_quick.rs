//! Tunnel configs in the format of `wg-quick(8)`, and the part of it that the
//! mobile apps read.
//!
//! One `[Interface]` first, then the peers sorted by name; ASCII, `Key = Value`,
//! no empty values, comments on lines of their own, every prefix canonical. An
//! app refuses a whole file for one line that only `wg-quick` knows, so hooks
//! never appear in an app's file.

use std::fmt;
use std::net::IpAddr;

use crate::keyring::SecretText;
use crate::mesh::{KEEPALIVE_SECONDS, Lookup, Mesh, MeshNode, Peer};
use crate::plan::{Family, NodeName};

use super::line::{Preview, PreviewLine, Sink, Text, Why};
use super::{Artifact, Keys, Kind, SECRET_MODE};

/// The mark of encrypted packets that `wg-quick` would choose by itself.
const FWMARK: u16 = 51820;

/// The interface of `wg-quick` on every Linux machine.
#[must_use]
pub fn interface_name() -> &'static str {
    "wg0"
}

/// The file name for an app, which takes the tunnel's name from it.
#[must_use]
pub fn app_config_name(name: &NodeName) -> String {
    format!("{name}.conf")
}

pub(super) fn artifact(mesh: &Mesh, place: usize, node: &MeshNode, keys: &Keys<'_>) -> Artifact {
    let mut text = Text::default();
    // A text that grows would leave copies of keys behind.
    text.secret_text.reserve(expected_length(node));
    write(mesh, place, keys, &mut text);
    Artifact {
        node: Some(node.id.clone()),
        kind: Kind::Config,
        path: format!("{}/{}", node.name, file_name(node)),
        mode: SECRET_MODE,
        text: text.secret_text,
    }
}

/// About as many bytes as a machine's config has, and rather more.
fn expected_length(node: &MeshNode) -> usize {
    let entries = node.peers.iter().map(|peer| peer.allowed.len());
    2_048 + 320 * node.peers.len() + 80 * entries.sum::<usize>()
}

pub(super) fn preview(mesh: &Mesh, place: usize, keys: &Keys<'_>) -> Vec<PreviewLine> {
    let mut lines = Preview::default();
    write(mesh, place, keys, &mut lines);
    lines.0
}

pub(super) fn compact_secret_text(mesh: &Mesh, place: usize, keys: &Keys<'_>) -> SecretText {
    let mut text = Text {
        compact: true,
        ..Text::default()
    };
    write(mesh, place, keys, &mut text);
    text.secret_text
}

pub(super) fn file_name(node: &MeshNode) -> String {
    if node.platform.is_app() {
        app_config_name(&node.name)
    } else {
        format!("{}.conf", interface_name())
    }
}

fn write(mesh: &Mesh, place: usize, keys: &Keys<'_>, sink: &mut dyn Sink) {
    let Some(node) = mesh.nodes.get(place) else {
        return;
    };
    sink.comment(format_args!("{}", node.name));
    interface(mesh, node, keys, sink);
    for (index, peer) in node.peers.iter().enumerate() {
        sink.blank();
        write_peer(mesh, place, (index, peer), keys, sink);
    }
}

fn interface(mesh: &Mesh, node: &MeshNode, keys: &Keys<'_>, sink: &mut dyn Sink) {
    let app = node.platform.is_app();
    sink.section("Interface");
    match (&node.own_key, keys.keyring.private_key(&node.id)) {
        (Some(public), _) => {
            let interface = interface_name();
            sink.comment(format_args!(
                "The private key stays on this machine. Its public key is"
            ));
            sink.comment(format_args!("{public}"));
            sink.comment(format_args!("Make it there, once, with:"));
            sink.comment(format_args!("umask 077; wg genkey > /etc/wireguard/{interface}.key; wg pubkey < /etc/wireguard/{interface}.key"));
            sink.setting(
                "PostUp",
                format_args!("wg set %i private-key /etc/wireguard/%i.key"),
                Why::OwnKey,
            );
        }
        (None, Some(key)) => sink.secret("PrivateKey", &key.to_secret_text(), Why::PrivateKey),
        (None, None) => {}
    }
    let addresses = Listed(
        node.addresses
            .iter()
            .filter_map(|address| interface_prefix(mesh, *address, app))
            .collect(),
    );
    sink.setting("Address", format_args!("{addresses}"), Why::Address);
    // syncconf gives a machine without this line a new random port.
    if !app || node.dialled {
        sink.setting(
            "ListenPort",
            format_args!("{}", node.listen_port),
            Why::ListenPort,
        );
    }
    if let Some(bytes) = node.settings.mtu.line() {
        sink.setting("MTU", format_args!("{bytes}"), Why::Mtu);
    }
    if let (Lookup::Everything(servers), Some(names)) = (&node.settings.lookup, &mesh.names) {
        let servers = Listed(servers.clone());
        sink.setting(
            "DNS",
            format_args!("{servers}, {}", names.domain),
            Why::Lookup,
        );
    }
    if !app {
        // syncconf would take the mark away that keeps encrypted packets out of
        // the tunnel.
        if uses_exit(node) {
            sink.setting("FwMark", format_args!("{FWMARK}"), Why::FwMark);
        }
        super::hooks::write(mesh, node, sink);
    }
}

/// The address with the length that its platform wants: the tunnel prefix on
/// Linux, so that unknown tunnel addresses fail fast, a single address in apps.
fn interface_prefix(mesh: &Mesh, address: IpAddr, app: bool) -> Option<String> {
    let family = Family::of(address);
    let tunnel = mesh.tunnel.iter().find(|prefix| prefix.holds(address))?;
    // As a route into the tunnel, a prefix that holds everything would take the
    // machine off the internet.
    let length = if app || tunnel.length() == 0 {
        family.host_length()
    } else {
        tunnel.length()
    };
    Some(format!("{address}/{length}"))
}

fn write_peer(
    mesh: &Mesh,
    place: usize,
    (index, peer): (usize, &Peer),
    keys: &Keys<'_>,
    sink: &mut dyn Sink,
) {
    sink.section("Peer");
    sink.comment(format_args!("{}", mesh.name(peer.node)));
    let mut through: Vec<&str> = peer
        .allowed
        .iter()
        .filter(|entry| entry.owner != peer.node)
        .map(|entry| mesh.name(entry.owner))
        .collect();
    crate::sorting::sort(&mut through);
    through.dedup();
    if !through.is_empty() {
        sink.comment(format_args!("and through it {}", Listed(through)));
    }
    if let Some(public) = keys.public_text(peer.node) {
        sink.setting("PublicKey", format_args!("{public}"), Why::PublicKey(index));
    }
    let preshared = keys.preshared(place, peer.node);
    if let Some(key) = preshared.filter(|_| peer.preshared) {
        sink.secret(
            "PresharedKey",
            &key.to_secret_text(),
            Why::PresharedKey(index),
        );
    }
    if let Some(endpoint) = &peer.endpoint {
        sink.setting("Endpoint", format_args!("{endpoint}"), Why::Endpoint(index));
    }
    let allowed = Listed(peer.allowed.iter().map(|entry| entry.prefix).collect());
    sink.setting(
        "AllowedIPs",
        format_args!("{allowed}"),
        Why::AllowedIps(index),
    );
    if peer.keepalive {
        sink.setting(
            "PersistentKeepalive",
            format_args!("{KEEPALIVE_SECONDS}"),
            Why::Keepalive(index),
        );
    }
}

/// Whether a machine reaches the internet through the tunnel.
fn uses_exit(node: &MeshNode) -> bool {
    let mut entries = node.peers.iter().flat_map(|peer| &peer.allowed);
    entries.any(|entry| entry.prefix.length() == 0)
}

/// A list written with commas between its parts.
pub(super) struct Listed<T>(pub(super) Vec<T>);

impl<T: fmt::Display> fmt::Display for Listed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            part.fmt(f)?;
        }
        Ok(())
    }
}
