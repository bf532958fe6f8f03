//! Hooks: what `wg-quick` runs once the interface is up, and after it is gone.
//!
//! A hook that fails takes the interface down again, so whatever the mesh can
//! do without must not fail.

use crate::mesh::{self, Lookup, Mesh, MeshNode};
use crate::plan::{Answers, Family, Prefix};

use super::line::{Sink, Why};
use super::wg_quick::Listed;

/// The table of packet rules that is ours and nobody else's.
const TABLE: &str = "inet meshwright-%i";

/// Writes all hooks of a machine.
pub(super) fn write(mesh: &Mesh, node: &MeshNode, sink: &mut dyn Sink) {
    packet_rules(mesh, node, sink);
    split_lookup(mesh, node, sink);
}

/// Whether a machine's hooks need the program `nft`.
pub(super) fn need_nft(node: &MeshNode) -> bool {
    translated(node).next().is_some() || !node.settings.exit.is_empty() || node.settings.clamps
}

/// The shared LANs whose hosts see this machine's own address.
fn translated(node: &MeshNode) -> impl Iterator<Item = Prefix> + '_ {
    let translating = |answers| answers == Answers::Translate;
    let shares = node.shares.iter();
    shares
        .filter(move |share| translating(share.answers))
        .map(|share| share.prefix)
}

fn packet_rules(mesh: &Mesh, node: &MeshNode, sink: &mut dyn Sink) {
    if !need_nft(node) {
        return;
    }
    let translates = translated(node).next().is_some();
    let exits = !node.settings.exit.is_empty();
    let why = match (translates, exits) {
        (true, _) => Why::Translate,
        (_, true) => Why::Exit,
        _ => Why::Clamp,
    };
    up(sink, &format!("nft add table {TABLE}"), why);
    if translates || exits {
        let chain = "{ type nat hook postrouting priority srcnat; }";
        up(
            sink,
            &format!("nft add chain {TABLE} translate '{chain}'"),
            why,
        );
    }
    into_lans(mesh, node, sink);
    to_the_internet(mesh, node, sink);
    if node.settings.clamps {
        let chain = "{ type filter hook forward priority mangle; }";
        up(
            sink,
            &format!("nft add chain {TABLE} clamp '{chain}'"),
            Why::Clamp,
        );
        let rule =
            "oifname \"%i\" tcp flags & (syn | rst) == syn tcp option maxseg size set rt mtu";
        up(
            sink,
            &format!("nft add rule {TABLE} clamp '{rule}'"),
            Why::Clamp,
        );
    }
    sink.setting("PostDown", format_args!("nft delete table {TABLE}"), why);
}

/// Translates towards shared LANs whose router knows nothing of the tunnel.
/// Only packets into that LAN are translated, never those between machines of
/// the mesh.
fn into_lans(mesh: &Mesh, node: &MeshNode, sink: &mut dyn Sink) {
    for lan in translated(node) {
        let sources = Listed(sources_towards(mesh, node, lan.family()));
        let ip = word(lan.family());
        let rule = format!("{ip} saddr {{ {sources} }} {ip} daddr {lan} masquerade");
        up(
            sink,
            &format!("nft add rule {TABLE} translate '{rule}'"),
            Why::Translate,
        );
    }
}

/// Translates what leaves the mesh for the internet. What stays in the tunnel,
/// and what goes into a shared LAN whose router knows the way back, keeps its
/// source.
fn to_the_internet(mesh: &Mesh, node: &MeshNode, sink: &mut dyn Sink) {
    let leaves = node.settings.uplink_name.as_ref().map_or_else(
        || "oifname != \"%i\"".to_owned(),
        |name| format!("oifname \"{name}\""),
    );
    for family in &node.settings.exit {
        let sources = Listed(sources_towards(mesh, node, *family));
        let ip = word(*family);
        let routed: Vec<Prefix> = node
            .shares
            .iter()
            .filter(|share| share.answers != Answers::Translate)
            .map(|share| share.prefix)
            .filter(|lan| lan.family() == *family)
            .collect();
        let but = if routed.is_empty() {
            String::new()
        } else {
            format!(" {ip} daddr != {{ {} }}", Listed(routed))
        };
        let rule = format!("{leaves} {ip} saddr {{ {sources} }}{but} masquerade");
        up(
            sink,
            &format!("nft add rule {TABLE} translate '{rule}'"),
            Why::Exit,
        );
    }
}

/// Everything that may send through a gateway: the tunnel and the LANs that
/// others share.
fn sources_towards(mesh: &Mesh, node: &MeshNode, family: Family) -> Vec<Prefix> {
    let lans = node
        .peers
        .iter()
        .flat_map(|peer| &peer.allowed)
        .filter(|entry| entry.why == mesh::Why::Lan)
        .map(|entry| entry.prefix);
    let mut sources: Vec<Prefix> = mesh
        .tunnel
        .iter()
        .copied()
        .chain(lans)
        .filter(|prefix| prefix.family() == family)
        .collect();
    crate::sorting::sort(&mut sources);
    sources.dedup();
    sources
}

/// Lets systemd-resolved ask the mesh's server for the mesh's names and for no
/// others. What it was told is forgotten when the interface goes.
fn split_lookup(mesh: &Mesh, node: &MeshNode, sink: &mut dyn Sink) {
    let (Lookup::Split(servers), Some(names)) = (&node.settings.lookup, &mesh.names) else {
        return;
    };
    let servers: Vec<String> = servers.iter().map(ToString::to_string).collect();
    up(
        sink,
        &format!(
            "resolvectl dns %i {} && resolvectl domain %i '~{}' && resolvectl default-route %i false || true",
            servers.join(" "),
            names.domain
        ),
        Why::Lookup,
    );
}

fn up(sink: &mut dyn Sink, command: &str, why: Why) {
    sink.setting("PostUp", format_args!("{command}"), why);
}

/// What packet rules call a family.
fn word(family: Family) -> &'static str {
    match family {
        Family::V4 => "ip",
        Family::V6 => "ip6",
    }
}
