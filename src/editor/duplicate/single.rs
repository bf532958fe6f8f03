//! What only one machine or router can have.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::plan::{HostName, Node, Place, Plan, PublicAddress, Site};

/// Takes from a copied machine what another one in the plan has already.
pub(super) fn keep_single(plan: &Plan, node: &mut Node) {
    match &mut node.place {
        Place::Internet(public) => keep_public(plan, public),
        Place::Site {
            site,
            lan_address,
            forward,
            ipv6,
            ipv6_name,
            ..
        } => {
            for (_, other) in plan.nodes_at(site) {
                let Place::Site {
                    lan_address: its_address,
                    forward: its_forward,
                    ..
                } = &other.place
                else {
                    continue;
                };
                lan_address.take_if(|own| Some(&*own) == its_address.as_ref());
                forward.take_if(|own| {
                    its_forward.is_some_and(|its_own| its_own.external == own.external)
                });
            }
            ipv6.take_if(|own| has_v6(plan, *own));
            ipv6_name.take_if(|own| has_name(plan, own));
        }
        Place::Roams => {}
    }
}

/// Takes from a copied site the public address that another one has.
pub(super) fn keep_single_site(plan: &Plan, site: &mut Site) {
    keep_public(plan, &mut site.public);
}

fn keep_public(plan: &Plan, public: &mut PublicAddress) {
    public.ipv4.take_if(|own| has_v4(plan, *own));
    public.ipv6.take_if(|own| has_v6(plan, *own));
    public.name.take_if(|own| has_name(plan, own));
}

fn publics(plan: &Plan) -> impl Iterator<Item = &PublicAddress> {
    let nodes = plan.nodes.values().filter_map(|node| match &node.place {
        Place::Internet(public) => Some(public),
        Place::Site { .. } | Place::Roams => None,
    });
    plan.sites.values().map(|site| &site.public).chain(nodes)
}

fn has_v4(plan: &Plan, address: Ipv4Addr) -> bool {
    publics(plan).any(|public| public.ipv4 == Some(address))
}

fn has_v6(plan: &Plan, address: Ipv6Addr) -> bool {
    let at_site =
        |node: &Node| matches!(&node.place, Place::Site { ipv6, .. } if *ipv6 == Some(address));
    publics(plan).any(|public| public.ipv6 == Some(address)) || plan.nodes.values().any(at_site)
}

fn has_name(plan: &Plan, name: &HostName) -> bool {
    let at_site = |node: &Node| matches!(&node.place, Place::Site { ipv6_name: Some(its_own), .. } if its_own == name);
    publics(plan).any(|public| public.name.as_ref() == Some(name))
        || plan.nodes.values().any(at_site)
}
