//! Explanations of what a machine's file says beside its peers.

use crate::mesh::{Lookup, Mesh, MeshNode, WhyMtu};

use super::{Explanation, plain};

/// Why the file says an MTU.
pub(super) fn mtu(mesh: &Mesh, node: &MeshNode) -> Explanation {
    let mtu = &node.settings.mtu;
    let reason = match mtu.written {
        Some(WhyMtu::Mesh(at)) => format!(
            "one value for the whole mesh: the links of {} carry no more",
            mesh.name(at)
        ),
        Some(WhyMtu::Stated) => "as you stated".to_owned(),
        Some(WhyMtu::OwnLinks) | None => "the most that its links carry whole".to_owned(),
    };
    let narrowest = mtu.narrowest.map(|link| {
        let name = mesh.name(link.peer);
        (
            link.carried().to_string(),
            format!(
                "the path to {name} carries packets of {} bytes, and the tunnel adds {}",
                link.path, link.overhead
            ),
        )
    });
    let remark = if mtu.too_narrow {
        Some(
            "Full packets are larger than some link carries and are sent in fragments there, because an interface with IPv6 cannot be smaller than 1280.",
        )
    } else if mtu.bytes > mtu.carried {
        Some(
            "Full packets are larger than some link carries and are sent in fragments there, which some networks drop.",
        )
    } else {
        None
    };
    Explanation {
        title: format!(
            "The largest packet that {} sends into the tunnel",
            node.name
        ),
        values: std::iter::once((mtu.bytes.to_string(), reason))
            .chain(narrowest)
            .collect(),
        note: remark.map(str::to_owned),
    }
}

/// Why the file says the mark that `wg-quick` would choose by itself.
pub(super) fn fwmark(node: &MeshNode) -> Explanation {
    plain(
        format!(
            "Keeps the encrypted packets of {} out of the tunnel",
            node.name
        ),
        "All other packets go into the tunnel. wg-quick sets this mark by itself, but a reload without this line would take it away.",
    )
}

/// How the machine finds others by name.
pub(super) fn lookup(mesh: &Mesh, node: &MeshNode) -> Option<Explanation> {
    let names = mesh.names.as_ref()?;
    let (servers, remark) = match &node.settings.lookup {
        Lookup::Split(servers) => (
            servers,
            "Other names are asked elsewhere, as before. This needs systemd-resolved; where it is missing the tunnel works all the same.",
        ),
        Lookup::Everything(servers) => (
            servers,
            "While the tunnel is up, an app asks this server for every name.",
        ),
        Lookup::Hosts | Lookup::Nothing => return None,
    };
    let server = names.server.map_or("the server", |place| mesh.name(place));
    let addresses = servers
        .iter()
        .map(|address| (address.to_string(), format!("{server} answers there")));
    let domain = (
        names.domain.to_string(),
        "the domain of the mesh\u{2019}s names".to_owned(),
    );
    Some(Explanation {
        title: format!("How {} finds other machines by name", node.name),
        values: addresses.chain(std::iter::once(domain)).collect(),
        note: Some(remark.to_owned()),
    })
}

/// Why a hook translates what leaves for the internet.
pub(super) fn exit(node: &MeshNode) -> Explanation {
    plain(
        format!("Leads others to the internet through {}", node.name),
        "Packets from the mesh leave with its own address, so that answers come back to it. Packets between machines of the mesh keep theirs.",
    )
}

/// Why a hook lowers the segment size of connections.
pub(super) fn clamp(node: &MeshNode) -> Explanation {
    plain(
        format!("Lets connections through {} use smaller packets", node.name),
        &format!(
            "The tunnel of {} takes {} bytes, which is less than both ends of a relayed connection believe.",
            node.name, node.settings.mtu.bytes
        ),
    )
}
