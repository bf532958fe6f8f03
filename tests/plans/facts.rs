//! Facts that are usually left out, each drawn often enough to meet every other.

use meshwright::plan::{
    Dns, Form, Forward, GroupPair, HostFirewall, Label, MtuPolicy, NatKind, Node, NodeId, Place,
    Plan, Point, Port, Prefix, ProjectId, Site, SiteIpv6, Stack, Talk, Uplink,
};
use proptest::prelude::*;
use proptest::sample::select;

use super::parse;

/// Unusual facts of a site.
#[derive(Clone, Debug)]
pub(super) struct SiteFacts {
    nat: NatKind,
    ipv6: SiteIpv6,
    lans_routed: bool,
    uplink: Option<Uplink>,
    renamed: bool,
    sized: bool,
}

/// Unusual facts of a machine.
#[derive(Clone, Debug)]
pub(super) struct NodeFacts {
    form: Form,
    stack: Stack,
    firewall: HostFirewall,
    switches: [Option<bool>; 3],
    uplink: Option<Uplink>,
    mtu: Option<u16>,
    uplink_name: Option<&'static str>,
    internal: Option<u16>,
    ipv6: [bool; 3],
}

/// What a machine has to do with others.
#[derive(Clone, Debug)]
pub(super) struct Ties {
    hub: Option<usize>,
    groups: Vec<&'static str>,
    exit: bool,
    uses_exit: Option<usize>,
    leaves_out: Vec<&'static str>,
}

/// Unusual facts of a mesh.
#[derive(Clone, Debug)]
pub(super) struct PlanFacts {
    talk: Option<Vec<(&'static str, &'static str)>>,
    covering: bool,
    known: bool,
    mtu: MtuPolicy,
    dns: Option<(Option<usize>, bool)>,
}

const GROUPS: [&str; 4] = ["servers", "laptops", "Zo\u{eb}\u{2019}s", "\u{5b9d}"];

/// Mostly the usual value.
fn rarely<T: Clone + std::fmt::Debug + 'static>(
    usual: T,
    others: &'static [T],
) -> impl Strategy<Value = T> {
    prop_oneof![3 => Just(usual), 1 => select(others)]
}

fn uplink() -> impl Strategy<Value = Option<Uplink>> {
    let kind = prop_oneof![
        4 => select(&[Uplink::Ethernet, Uplink::Pppoe, Uplink::DsLite, Uplink::Lte][..]),
        1 => select(&["576", "1280", "1500", "9200"][..]).prop_map(|mtu| Uplink::Own(parse(mtu))),
    ];
    proptest::option::weighted(0.3, kind)
}

pub(super) fn site() -> impl Strategy<Value = SiteFacts> {
    let nat = rarely(
        NatKind::Unknown,
        &[NatKind::KeepsPort, NatKind::KeepsPort, NatKind::Symmetric],
    );
    let ipv6 = rarely(
        SiteIpv6::None,
        &[SiteIpv6::Firewalled, SiteIpv6::Firewalled, SiteIpv6::Open],
    );
    let sometimes = || proptest::bool::weighted(0.3);
    (nat, ipv6, uplink(), sometimes(), sometimes(), sometimes()).prop_map(
        |(nat, ipv6, uplink, lans_routed, renamed, sized)| SiteFacts {
            nat,
            ipv6,
            lans_routed,
            uplink,
            renamed,
            sized,
        },
    )
}

pub(super) fn node() -> impl Strategy<Value = NodeFacts> {
    let stack = rarely(
        Stack::Usual,
        &[Stack::Ipv4Only, Stack::Ipv6Only, Stack::Nat64],
    );
    let switch = || rarely(None, &[Some(true), Some(false)]);
    (
        rarely(
            Form::Server,
            &[Form::Nas, Form::Board, Form::Computer, Form::Phone],
        ),
        stack,
        rarely(HostFirewall::LetsIn, &[HostFirewall::Blocks]),
        [switch(), switch(), switch()],
        uplink(),
        rarely(None, &[Some(1280), Some(1420), Some(8920)]),
        rarely(None, &[Some("eth0"), Some("enp3s0f1"), Some("a=b+c.d-e_f")]),
        rarely(None, &[Some(51820), Some(50001)]),
        [any::<bool>(), any::<bool>(), any::<bool>()],
    )
        .prop_map(
            |(form, stack, firewall, switches, uplink, mtu, uplink_name, internal, ipv6)| {
                NodeFacts {
                    form,
                    stack,
                    firewall,
                    switches,
                    uplink,
                    mtu,
                    uplink_name,
                    internal,
                    ipv6,
                }
            },
        )
}

pub(super) fn ties() -> impl Strategy<Value = Ties> {
    let other = || proptest::option::weighted(0.15, 0_usize..12);
    let lan = select(&super::LANS[..]);
    let leaves_out = prop_oneof![
        4 => Just(vec![]),
        1 => proptest::collection::vec(lan, 1..4),
    ];
    let groups = proptest::collection::vec(select(&GROUPS[..]), 0..4);
    (
        other(),
        groups,
        proptest::bool::weighted(0.2),
        other(),
        leaves_out,
    )
        .prop_map(|(hub, groups, exit, uses_exit, leaves_out)| Ties {
            hub,
            groups,
            exit,
            uses_exit,
            leaves_out,
        })
}

pub(super) fn plan() -> impl Strategy<Value = PlanFacts> {
    let group = || select(&GROUPS[..]);
    let talk =
        proptest::option::weighted(0.25, proptest::collection::vec((group(), group()), 0..5));
    let server = proptest::option::weighted(0.6, 0_usize..12);
    let dns = proptest::option::weighted(0.3, (server, any::<bool>()));
    (
        talk,
        proptest::bool::weighted(0.25),
        any::<bool>(),
        rarely(MtuPolicy::Same, &[MtuPolicy::Each]),
        dns,
    )
        .prop_map(|(talk, covering, known, mtu, dns)| PlanFacts {
            talk,
            covering,
            known,
            mtu,
            dns,
        })
}

fn port(number: u16) -> Port {
    Port::try_from(u64::from(number)).unwrap()
}

fn labels(names: &[&str]) -> Vec<Label> {
    let mut labels: Vec<Label> = names.iter().map(|name| parse(name)).collect();
    labels.sort();
    labels.dedup();
    labels
}

impl SiteFacts {
    pub(super) fn state(&self, site: &mut Site) {
        site.nat = self.nat;
        site.ipv6 = self.ipv6;
        site.lans_routed = self.lans_routed;
        site.uplink = self.uplink.unwrap_or_default();
        if self.renamed {
            site.name = parse(&format!("{} of today", site.name));
        }
        site.size = self.sized.then_some(Point { x: 500, y: 300 });
    }
}

impl NodeFacts {
    pub(super) fn state(&self, index: usize, node: &mut Node) {
        node.form = self.form;
        node.stack = self.stack;
        node.firewall = self.firewall;
        [node.always_on, node.clock, node.slaac] = self.switches;
        node.uplink = self.uplink;
        node.mtu = self.mtu.map(|mtu| parse(&mtu.to_string()));
        node.uplink_name = self.uplink_name.map(parse);
        if let Place::Site {
            forward,
            ipv6,
            ipv6_name,
            ipv6_open,
            ..
        } = &mut node.place
        {
            *forward = forward.map(|forward| Forward {
                internal: self.internal.map(port),
                ..forward
            });
            let [fixed, named, open] = self.ipv6;
            *ipv6 = fixed.then(|| parse(&format!("2001:db8:1::{}", 10 + index)));
            *ipv6_name = named.then(|| parse(&format!("node{index}.example.net")));
            *ipv6_open = open;
        }
    }
}

impl Ties {
    pub(super) fn state(&self, id: &NodeId, ids: &[NodeId], node: &mut Node) {
        let other = |index: Option<usize>| {
            let other = ids.get(index?)?;
            (other != id).then(|| other.clone())
        };
        node.hub = other(self.hub);
        node.uses_exit = other(self.uses_exit);
        node.exit = self.exit;
        node.groups = labels(&self.groups);
        let mut lans: Vec<Prefix> = self.leaves_out.iter().map(|lan| parse(lan)).collect();
        lans.sort();
        lans.dedup();
        node.leaves_out = lans;
    }
}

impl PlanFacts {
    pub(super) fn state(&self, ids: &[NodeId], plan: &mut Plan) {
        plan.talk = self.talk.as_ref().map_or(Talk::Everyone, |pairs| {
            let pair = |(a, b): &(&str, &str)| GroupPair::new(parse(a), parse(b));
            Talk::only(pairs.iter().map(pair).collect())
        });
        plan.id = self.known.then(|| ProjectId::new("a0b1c2"));
        plan.covering = self.covering;
        plan.mtu = self.mtu;
        plan.dns = self.dns.map(|(server, answers_public)| Dns {
            domain: parse("mesh.internal"),
            server: server.and_then(|index| ids.get(index)).cloned(),
            answers_public,
        });
    }
}
