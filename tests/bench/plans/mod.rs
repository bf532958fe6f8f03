//! Networks to measure with.

#![allow(dead_code, reason = "not every benchmark needs every network")]

use std::net::Ipv4Addr;

use meshwright::plan::{
    Label, NatKind, Node, NodeId, Place, Plan, Prefix, PublicAddress, Site, SiteId, SiteIpv6,
};

/// A mixed network: of each ten machines one is a server on the internet, eight
/// stand at one of forty sites of several kinds, and one roams.
pub(crate) fn mixed(machines: u32) -> Plan {
    let mut plan = Plan::empty();
    plan.tunnel = vec!["10.64.0.0/16".parse::<Prefix>().unwrap()];
    for number in 0..40_u32 {
        let [.., low] = number.to_be_bytes();
        let mut site = Site::new(format!("Site {number}").parse::<Label>().unwrap());
        site.lans = vec![format!("192.168.{low}.0/24").parse().unwrap()];
        site.ipv6 = match number % 3 {
            0 => SiteIpv6::None,
            1 => SiteIpv6::Firewalled,
            _ => SiteIpv6::Open,
        };
        site.nat = if number % 2 == 0 {
            NatKind::Unknown
        } else {
            NatKind::KeepsPort
        };
        site.public.ipv4 = Some(Ipv4Addr::new(198, 51, 100, low));
        plan.sites.insert(SiteId::new(&format!("s{number}")), site);
    }
    for number in 0..machines {
        let [.., high, low] = number.to_be_bytes();
        let place = match number % 10 {
            0 => Place::Internet(PublicAddress {
                ipv4: Some(Ipv4Addr::new(203, 0, high, low)),
                ..PublicAddress::default()
            }),
            9 => Place::Roams,
            _ => Place::Site {
                site: SiteId::new(&format!("s{}", number % 40)),
                lan_address: (number % 3 == 0)
                    .then(|| format!("192.168.{}.{}", number % 40, 2 + number / 40 % 250))
                    .map(|text| text.parse().unwrap()),
                forward: None,
                ipv6: (number % 2 == 0).then(|| format!("2001:db8::{number:x}").parse().unwrap()),
                ipv6_name: None,
                ipv6_open: number % 7 == 0,
            },
        };
        let mut node = Node::new(format!("node-{number:04}").parse().unwrap(), place);
        node.addresses.v4 = Some(Ipv4Addr::new(10, 64, 1 + high, low));
        if low == 255 || low == 0 {
            node.addresses.v4 = Some(Ipv4Addr::new(10, 64, 200 + high, 1 + low / 2));
        }
        if number < 40 && number % 10 == 3 {
            let share = format!("192.168.{number}.0/24").parse().unwrap();
            node.shares.push(meshwright::plan::SharedLan {
                prefix: share,
                answers: meshwright::plan::Answers::Translate,
            });
        }
        plan.nodes.insert(NodeId::new(&format!("n{number}")), node);
    }
    plan
}

/// Servers on the internet, each of which dials all others: the largest files.
pub(crate) fn full(machines: u32) -> Plan {
    let mut plan = Plan::empty();
    plan.tunnel = vec!["10.64.0.0/16".parse::<Prefix>().unwrap()];
    for number in 0..machines {
        let [.., high, low] = number.to_be_bytes();
        let place = Place::Internet(PublicAddress {
            ipv4: Some(Ipv4Addr::new(203, 0, high, low)),
            ..PublicAddress::default()
        });
        let mut node = Node::new(format!("node-{number:04}").parse().unwrap(), place);
        node.addresses.v4 = Some(Ipv4Addr::new(10, 64, 1 + high, low));
        plan.nodes.insert(NodeId::new(&format!("n{number}")), node);
    }
    plan
}
