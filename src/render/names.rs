//! Names inside the mesh: lines for a machine's own file of hosts, and the
//! settings of the machine that answers for them.

use std::fmt::Write as _;

use crate::mesh::{Lookup, Mesh, MeshNode};

use super::wg_quick::interface_name;
use super::{Kind, PLAIN_MODE, SystemFile};

/// The first line of what is ours in `/etc/hosts`.
pub(super) const BEGIN: &str = "# Begin of the names of the mesh";
/// The last line of what is ours there.
pub(super) const END: &str = "# End of the names of the mesh";
/// The lines for `/etc/hosts`, in a machine's folder.
pub(super) const HOSTS: &str = "hosts";
/// Settings of dnsmasq.
const DNSMASQ: &str = "etc/dnsmasq.d/meshwright.conf";

/// Whether a machine adds lines to its own file of hosts.
pub(super) fn adds_hosts(node: &MeshNode) -> bool {
    node.settings.lookup == Lookup::Hosts
}

/// The files of a machine that are about names.
pub(super) fn files(mesh: &Mesh, node: &MeshNode) -> Vec<SystemFile> {
    let mut files = Vec::new();
    if adds_hosts(node) {
        files.push(SystemFile::new(
            Kind::Hosts,
            HOSTS.to_owned(),
            PLAIN_MODE,
            hosts(mesh),
        ));
    }
    if node.settings.serves_names {
        files.push(SystemFile::new(
            Kind::Dns,
            DNSMASQ.to_owned(),
            PLAIN_MODE,
            dnsmasq(mesh),
        ));
    }
    files
}

fn hosts(mesh: &Mesh) -> String {
    let mut text = format!("{BEGIN}\n");
    for (place, node) in mesh.nodes.iter().enumerate() {
        let Some(names) = &mesh.names else { continue };
        let (Some(whole), Some(Some(label))) = (names.of(place), names.labels.get(place)) else {
            continue;
        };
        // No machine may take the name that every system gives to itself.
        let short = if label == "localhost" || label.starts_with("ip6-") {
            String::new()
        } else {
            format!(" {label}")
        };
        for address in &node.addresses {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{address} {whole}{short}");
        }
    }
    let _ = writeln!(text, "{END}");
    text
}

fn dnsmasq(mesh: &Mesh) -> String {
    let Some(names) = &mesh.names else {
        return String::new();
    };
    let mut text = format!(
        "# Answers for the names of the mesh, to machines of the mesh.\n\
         interface={}\n\
         # The tunnel may come up later than this program.\n\
         bind-dynamic\n\
         # What the mesh does not know, nobody does.\n\
         local=/{}/\n",
        interface_name(),
        names.domain
    );
    for (place, node) in mesh.nodes.iter().enumerate() {
        let Some(whole) = names.of(place) else {
            continue;
        };
        let _ = write!(text, "host-record={whole}");
        for address in &node.addresses {
            let _ = write!(text, ",{address}");
        }
        text.push('\n');
    }
    text
}
