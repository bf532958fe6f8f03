//! How a machine is written.

use crate::plan::{Forward, Mtu, Node, NodeId, Place, Plan, Relaying};

use super::super::plan_file::{ForwardFile, NodeFile, PlaceFile, ShareFile, StandsFile};
use super::super::words::{ANSWERS, FIREWALLS, FORMS, PLATFORMS, STACKS, unusual, word};
use super::site::public;
use super::{differing, name_of, pair, sorted, sorted_texts, write_uplink, yes};

pub(super) fn write(plan: &Plan, id: &NodeId, node: &Node) -> NodeFile {
    NodeFile {
        name: node.name.to_string(),
        id: differing(id.as_str(), node.name.as_str()),
        form: word(FORMS, &node.form),
        platform: word(PLATFORMS, &node.platform),
        place: write_place(plan, &node.place),
        addresses: node
            .addresses
            .iter()
            .map(|address| address.to_string())
            .collect(),
        stack: unusual(STACKS, &node.stack),
        firewall: unusual(FIREWALLS, &node.firewall),
        always_on: node.always_on,
        clock: node.clock,
        uplink: node.uplink.and_then(write_uplink),
        uplink_name: node.uplink_name.as_ref().map(ToString::to_string),
        slaac: node.slaac,
        mtu: node.mtu.map(Mtu::get),
        listen_port: node.listen_port.map(|port| port.get().into()),
        relay: match node.relay {
            Relaying::Automatic => None,
            Relaying::Yes => Some(true),
            Relaying::No => Some(false),
        },
        hub: node.hub.as_ref().and_then(|id| name_of(plan, id)),
        groups: sorted_texts(&node.groups),
        exit: yes(node.exit),
        uses_exit: node.uses_exit.as_ref().and_then(|id| name_of(plan, id)),
        shares: sorted(&node.shares, |share| share.prefix)
            .map(|share| ShareFile {
                prefix: share.prefix.to_string(),
                answers: word(ANSWERS, &share.answers),
            })
            .collect(),
        leaves_out: sorted_texts(&node.leaves_out),
        reachable_idle: node.reachable_idle,
        public_key: node.public_key.map(|key| key.to_string()),
        position: Some(pair(node.position)),
    }
}

fn write_place(plan: &Plan, place: &Place) -> PlaceFile {
    match place {
        Place::Internet(address) => PlaceFile::Internet(public(address)),
        Place::Site {
            site,
            lan_address,
            forward,
            ipv6,
            ipv6_name,
            ipv6_open,
        } => PlaceFile::Site(StandsFile {
            at: plan
                .sites
                .get(site)
                .map_or_else(|| site.to_string(), |site| site.name.to_string()),
            lan_address: lan_address.map(|address| address.to_string()),
            forward: forward.map(write_forward),
            ipv6: ipv6.map(|address| address.to_string()),
            ipv6_name: ipv6_name.as_ref().map(ToString::to_string),
            ipv6_open: yes(*ipv6_open),
        }),
        Place::Roams => PlaceFile::Roams,
    }
}

fn write_forward(forward: Forward) -> ForwardFile {
    let external = forward.external.get();
    match forward.internal {
        None => ForwardFile::ToListenPort(external),
        Some(internal) => ForwardFile::To {
            external,
            internal: internal.get(),
        },
    }
}
