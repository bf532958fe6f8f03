//! Sites, and where machines stand.

use std::net::IpAddr;

use meshwright::plan::{
    Forward, NatKind, Place, Plan, PublicAddress, Router, Site, SiteId, SiteIpv6,
};

use super::{Dice, Kinds, port};
use crate::plans::damage::GONE;
use crate::plans::{LANS, host, parse};

fn id(index: usize) -> SiteId {
    SiteId::new(&format!("Site {index}"))
}

pub(super) fn add_sites(plan: &mut Plan, dice: &mut Dice, kinds: &Kinds, size: usize) {
    for index in 0..dice.within(0..=(size / 3).clamp(1, 8)) {
        let drawn = site(dice, kinds, index);
        plan.sites.insert(id(index), drawn);
    }
}

fn site(dice: &mut Dice, kinds: &Kinds, index: usize) -> Site {
    let own = format!("10.{}.0.0/24", 30 + index);
    let own_v6 = format!("fd11:0:{:x}::/64", 0x100 + index);
    let one = dice.pick(&LANS[..7]);
    let mut lans = dice.weigh(&[
        (2, vec![]),
        (6, vec![own.as_str()]),
        (3, vec![one]),
        (1, vec![own_v6.as_str()]),
        (1, vec![own.as_str(), own_v6.as_str()]),
    ]);
    if kinds.many_lans && dice.percent(60) {
        lans = dice.pick(&[
            vec!["10.5.1.0/24", "192.168.1.0/24"],
            vec!["192.168.1.0/24", "192.168.2.0/24", "fd11:0:0:1::/64"],
            vec!["192.168.0.0/16", "192.168.1.0/24"],
            vec![own.as_str(), "10.5.1.0/24", "10.5.2.0/24"],
        ]);
    }
    if kinds.odd && dice.percent(10) {
        lans = vec![LANS[7]];
    }
    let own_public = format!("198.18.0.{}", 1 + index);
    let mut ipv4 = dice.weigh(&[(3, None), (6, Some(own_public.as_str()))]);
    if kinds.odd && dice.percent(30) {
        ipv4 = Some(dice.pick(&["100.64.9.9", "192.168.55.1", "198.18.0.1"]));
    }
    let name = dice
        .percent(40)
        .then(|| parse(&format!("site{index}.example.net")));
    let mut site = Site {
        lans: lans.iter().map(|lan| parse(lan)).collect(),
        router: dice.weigh(&[(5, Router::Nat), (1, Router::Cgnat)]),
        public: PublicAddress {
            ipv4: ipv4.map(parse),
            ipv6: None,
            name,
        },
        ..Site::new(parse(&format!("Site {index}")))
    };
    if kinds.many_lans {
        site.lans_routed = dice.percent(40);
    }
    if kinds.ipv6 {
        site.ipv6 = dice.weigh(&[
            (2, SiteIpv6::None),
            (5, SiteIpv6::Firewalled),
            (1, SiteIpv6::Open),
        ]);
    }
    if kinds.keeps_port {
        site.nat = dice.weigh(&[
            (1, NatKind::Unknown),
            (3, NatKind::KeepsPort),
            (1, NatKind::Symmetric),
        ]);
    }
    if kinds.settings {
        site.uplink = super::machines::uplink(dice);
    }
    site
}

pub(super) fn place(plan: &Plan, dice: &mut Dice, kinds: &Kinds, index: usize) -> Place {
    let kind = dice.weigh(&[(4, "internet"), (7, "site"), (1, "roams")]);
    match kind {
        "internet" => Place::Internet(public(dice, kinds, index)),
        "site" if kinds.gone && dice.percent(5) => Place::at(SiteId::new(GONE)),
        "site" if !plan.sites.is_empty() => at_site(plan, dice, kinds, index),
        _ => Place::Roams,
    }
}

fn public(dice: &mut Dice, kinds: &Kinds, index: usize) -> PublicAddress {
    let (own_v4, own_v6) = (
        format!("203.0.113.{}", 10 + index),
        format!("2001:db8::{:x}", 16 + index),
    );
    let mut v4 = dice.weigh(&[(1, None), (4, Some(own_v4.as_str()))]);
    let mut v6 = None;
    if kinds.ipv6 {
        v6 = dice.weigh(&[(1, None), (2, Some(own_v6.as_str()))]);
    }
    if kinds.odd && dice.percent(25) {
        v4 = Some(dice.pick(&["203.0.113.1", "10.5.1.7", "100.100.1.1"]));
        v6 = dice.pick(&[None, Some("2001:db8::1"), Some("fd00::1"), Some("fe80::1")]);
    }
    PublicAddress {
        ipv4: v4.map(parse),
        ipv6: v6.map(parse),
        name: dice
            .percent(30)
            .then(|| parse(&format!("host{index}.example.net"))),
    }
}

fn at_site(plan: &Plan, dice: &mut Dice, kinds: &Kinds, index: usize) -> Place {
    let which = dice.below(plan.sites.len());
    let lans = &plan.sites[&id(which)].lans;
    let odd = kinds.odd && dice.percent(20);
    let lan_address: Option<IpAddr> =
        dice.percent(65)
            .then(|| match lans.get(dice.below(lans.len())) {
                Some(lan) if !odd => host(*lan, 10 + index),
                Some(_) => parse(&format!("172.20.0.{}", 10 + index)),
                // Two machines of a site without a stated LAN may claim one address.
                None if odd => parse("192.168.1.10"),
                None => parse(&format!("192.168.1.{}", 10 + index)),
            });
    let forward = dice
        .weigh(&[(5, None), (2, Some(51820)), (4, Some(0))])
        .map(|external| Forward {
            external: port(if external == 0 {
                51900 + u16::try_from(index).unwrap()
            } else {
                external
            }),
            internal: if kinds.all && kinds.ports && dice.percent(40) {
                Some(dice.pick(&[plan.listen_port, port(51820), port(50000)]))
            } else {
                None
            },
        });
    let own = format!("2001:db8:{:x}::{:x}", 0x100 + which, 16 + index);
    let ipv6 = (kinds.ipv6 && dice.percent(55)).then(|| match dice.below(12) {
        0 if kinds.odd => "fd00::77",
        1 if kinds.odd => "2001:db8:99::1",
        _ => own.as_str(),
    });
    Place::Site {
        site: id(which),
        lan_address,
        forward,
        ipv6: ipv6.map(parse),
        ipv6_name: (kinds.ipv6 && dice.percent(25))
            .then(|| parse(&format!("six{index}.example.net"))),
        ipv6_open: kinds.ipv6 && dice.percent(25),
    }
}
