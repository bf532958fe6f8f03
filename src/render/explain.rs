//! Explanations: why a line of a config is there, value by value.

mod settings;

use crate::mesh::{self, LinkKind, Mesh, MeshNode, Peer, Verdict};
use crate::plan::Answers;

use super::line::Why;

/// What a line means on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What the line does, in one sentence.
    pub title: String,
    /// The reason of each value, where a line has several.
    pub values: Vec<(String, String)>,
    /// What is missing on purpose, or what else is worth knowing.
    pub note: Option<String>,
}

impl Explanation {
    /// Explains a line of a machine's config; lines that only structure the
    /// file have nothing to explain.
    #[must_use]
    pub fn of(mesh: &Mesh, place: usize, why: Why) -> Option<Self> {
        let node = mesh.nodes.get(place)?;
        let peer = |index: usize| {
            node.peers
                .get(index)
                .map(|peer| (peer, mesh.name(peer.node)))
        };
        let explanation = match why {
            Why::Structure => return None,
            Why::PrivateKey => plain(
                format!("The identity of {}", node.name),
                "It exists in this file and in your browser only. Whoever reads it can take this machine\u{2019}s place.",
            ),
            Why::OwnKey => plain(
                format!("Loads the key that {} keeps to itself", node.name),
                "The file has no PrivateKey line on purpose.",
            ),
            Why::Address => address(mesh, node),
            Why::ListenPort => {
                let remark = if node.dialled {
                    "Other machines dial it at this port."
                } else {
                    "Nobody dials this machine. The line stays, because a reload without it would pick a new random port."
                };
                plain(format!("The UDP port of {}", node.name), remark)
            }
            Why::Translate => translate(node),
            Why::Mtu => settings::mtu(mesh, node),
            Why::FwMark => settings::fwmark(node),
            Why::Lookup => settings::lookup(mesh, node)?,
            Why::Exit => settings::exit(node),
            Why::Clamp => settings::clamp(node),
            Why::PublicKey(index) => {
                let (_, name) = peer(index)?;
                plain(
                    format!("The identity of {name}"),
                    "Only who holds the matching private key is accepted under this name.",
                )
            }
            Why::PresharedKey(index) => {
                let (_, name) = peer(index)?;
                plain(
                    format!("A second secret that only {} and {name} hold", node.name),
                    "It protects recorded traffic against future quantum computers. It must be the same on both ends.",
                )
            }
            Why::Endpoint(index) => {
                let (peer, name) = peer(index)?;
                endpoint(node, peer, name)
            }
            Why::AllowedIps(index) => {
                let (peer, name) = peer(index)?;
                allowed(mesh, place, peer, name)
            }
            Why::Keepalive(index) => {
                let (_, name) = peer(index)?;
                plain(
                    format!("Keeps the way from {name} to {} open", node.name),
                    &format!(
                        "Nobody can dial {}, so it sends an empty packet every 25 seconds and its router remembers the way back. {name} needs no such line.",
                        node.name
                    ),
                )
            }
        };
        Some(explanation)
    }
}

fn plain(title: String, note: &str) -> Explanation {
    Explanation {
        title,
        values: Vec::new(),
        note: Some(note.to_owned()),
    }
}

fn address(mesh: &Mesh, node: &MeshNode) -> Explanation {
    let remark = if node.platform.is_app() {
        "An app takes one address without the rest of the tunnel prefix; what is sent into the tunnel stands under AllowedIPs."
    } else {
        "The prefix length makes the whole tunnel prefix a route into the tunnel, so an address that no machine has fails at once."
    };
    Explanation {
        title: format!("Where {} is found in the tunnel", node.name),
        values: node
            .addresses
            .iter()
            .filter_map(|address| {
                let tunnel = mesh.tunnel.iter().find(|tunnel| tunnel.holds(*address))?;
                let reason = format!("given to {} once, from {tunnel}", node.name);
                Some((address.to_string(), reason))
            })
            .collect(),
        note: Some(remark.to_owned()),
    }
}

fn translate(node: &MeshNode) -> Explanation {
    let lans = node
        .shares
        .iter()
        .filter(|share| share.answers == Answers::Translate);
    Explanation {
        title: format!("Lets hosts of the LAN answer through {}", node.name),
        values: lans
            .map(|share| {
                (
                    share.prefix.to_string(),
                    format!(
                        "its hosts see the LAN address of {} and answer to that",
                        node.name
                    ),
                )
            })
            .collect(),
        note: Some("Packets between machines of the mesh are not translated.".to_owned()),
    }
}

fn endpoint(node: &MeshNode, peer: &Peer, name: &str) -> Explanation {
    let at = peer
        .endpoint
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let reason = if peer.link == LinkKind::Lan {
        format!("the address of {name} in the LAN that both stand in")
    } else {
        format!("where {name} can be reached from the internet")
    };
    Explanation {
        title: format!("Where {} dials {name}", node.name),
        values: vec![(at, reason)],
        note: None,
    }
}

fn allowed(mesh: &Mesh, place: usize, peer: &Peer, name: &str) -> Explanation {
    let values = peer
        .allowed
        .iter()
        .map(|entry| {
            let owner = mesh.name(entry.owner);
            let reason = match (entry.why, entry.owner == peer.node) {
                (mesh::Why::Own, true) => owner.to_owned(),
                (mesh::Why::Own, false) => format!("{owner}, relayed by {name}"),
                (mesh::Why::Lan, true) => format!("the LAN that {owner} shares"),
                (mesh::Why::Lan, false) => {
                    format!("the LAN that {owner} shares, relayed by {name}")
                }
                (mesh::Why::Covering, _) => {
                    format!("all machines that have no entry of their own, relayed by {name}")
                }
                (mesh::Why::Exit, _) => format!("the internet, through {owner}"),
            };
            (entry.prefix.to_string(), reason)
        })
        .collect();
    let mut relayed: Vec<&str> = peer
        .allowed
        .iter()
        .filter(|entry| entry.owner != peer.node && entry.why == mesh::Why::Own)
        .filter(|entry| {
            matches!(
                mesh.pair(place, entry.owner).map(|pair| &pair.verdict),
                Some(Verdict::Relayed(_))
            )
        })
        .map(|entry| mesh.name(entry.owner))
        .collect();
    relayed.dedup();
    let note = (!relayed.is_empty()).then(|| {
        format!(
            "There is no [Peer] for {} in this file. It would own their addresses and could never connect.",
            relayed.join(" or ")
        )
    });
    Explanation {
        title: format!(
            "What {} sends to {name}, and accepts from it",
            mesh.name(place)
        ),
        values,
        note,
    }
}
