//! Machines and what is true of each by itself.

use meshwright::plan::{
    Answers, Form, HostFirewall, Mtu, Node, NodeId, Plan, Platform, PublicKey, Relaying, SharedLan,
    Stack, Uplink,
};

use super::{Dice, Kinds, ground, port};
use crate::plans::{LANS, parse};

pub(super) fn add(plan: &mut Plan, dice: &mut Dice, kinds: &Kinds, size: usize) -> Vec<NodeId> {
    let mut ids = Vec::new();
    for index in 0..size {
        let name = format!("{}{index}", dice.pick(&["a", "m", "z"]));
        let id = if dice.percent(10) {
            NodeId::new(&format!("was-{index}"))
        } else {
            NodeId::new(&name)
        };
        let mut node = Node::new(parse(&name), ground::place(plan, dice, kinds, index));
        is_such(&mut node, dice, kinds, index);
        shares(&mut node, plan, dice, kinds);
        plan.nodes.insert(id.clone(), node);
        ids.push(id);
    }
    ids
}

fn is_such(node: &mut Node, dice: &mut Dice, kinds: &Kinds, index: usize) {
    node.relay = dice.weigh(&[
        (4, Relaying::Automatic),
        (3, Relaying::Yes),
        (1, Relaying::No),
    ]);
    if kinds.apps && dice.percent(30) {
        node.platform = dice.pick(&[Platform::Android, Platform::Ios]);
    }
    if kinds.sleepers {
        node.reachable_idle = dice.weigh(&[(4, None), (1, Some(true)), (1, Some(false))]);
        node.always_on = dice.weigh(&[(4, None), (1, Some(true)), (1, Some(false))]);
    }
    if kinds.ports && dice.percent(30) {
        node.listen_port = Some(port(dice.pick(&[50000, 50001, 51820])));
    }
    if kinds.stacks {
        node.stack = dice.weigh(&[
            (5, Stack::Usual),
            (1, Stack::Ipv4Only),
            (2, Stack::Ipv6Only),
            (2, Stack::Nat64),
        ]);
    }
    if kinds.blocks && dice.percent(35) {
        node.firewall = HostFirewall::Blocks;
    }
    if kinds.odd && dice.percent(15) {
        let key = u8::try_from(index + 1).unwrap();
        node.public_key = Some(PublicKey::from_bytes([key; 32]));
    }
    if kinds.settings {
        node.form = dice.pick(&[
            Form::Server,
            Form::Nas,
            Form::Board,
            Form::Computer,
            Form::Phone,
        ]);
        node.uplink = dice.percent(30).then(|| uplink(dice));
        let mtu = dice.pick(&[1280_u64, 1380, 1420, 1440]);
        node.mtu = dice.percent(15).then(|| Mtu::try_from(mtu).unwrap());
        node.clock = dice.weigh(&[(3, None), (1, Some(true)), (1, Some(false))]);
        node.slaac = dice.weigh(&[(3, None), (1, Some(true)), (1, Some(false))]);
        node.uplink_name = dice.percent(30).then(|| parse("eth0"));
    }
}

pub(super) fn uplink(dice: &mut Dice) -> Uplink {
    let own = Uplink::Own(Mtu::try_from(dice.pick(&[1280_u64, 1454, 9000])).unwrap());
    dice.pick(&[
        Uplink::Ethernet,
        Uplink::Pppoe,
        Uplink::DsLite,
        Uplink::Lte,
        own,
    ])
}

fn shares(node: &mut Node, plan: &Plan, dice: &mut Dice, kinds: &Kinds) {
    if !kinds.shares || !dice.percent(30) {
        return;
    }
    for _ in 0..dice.within(1..=2) {
        let at_home = plan.site_of(node).map_or(&[][..], |site| &site.lans);
        let prefix = if !at_home.is_empty() && dice.percent(80) {
            dice.pick(at_home)
        } else if kinds.odd && dice.percent(20) {
            parse(dice.pick(&[
                "203.0.113.0/24",
                "2001:db8::/64",
                "10.10.0.0/16",
                "0.0.0.0/0",
                "198.18.0.2/32",
                "10.0.0.0/8",
            ]))
        } else {
            parse(dice.pick(&LANS))
        };
        if node.shares.iter().all(|share| share.prefix != prefix) {
            let answers = dice.pick(&[Answers::Route, Answers::Translate, Answers::Nothing]);
            node.shares.push(SharedLan { prefix, answers });
        }
    }
    node.shares.sort_by_key(|share| share.prefix);
}
