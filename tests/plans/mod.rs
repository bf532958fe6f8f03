//! Plans made by chance: every combination that the model can state, also foolish ones.

pub(crate) mod damage;
mod facts;
#[allow(dead_code, reason = "only the properties make so many plans")]
pub(crate) mod smaller;
#[allow(dead_code, reason = "only the properties make so many plans")]
pub(crate) mod wide;

use litemap::LiteMap;
use meshwright::plan::{
    Answers, Node, NodeId, PairChoice, PairKey, Place, Plan, Platform, Port, Prefix, PublicAddress,
    PublicKey, Relaying, Router, SharedLan, Site, SiteId,
};
use proptest::prelude::*;
use proptest::sample::select;

use damage::{break_plan, damage};
use facts::{NodeFacts, SiteFacts, Ties};

/// What is drawn for a site.
#[derive(Clone, Debug)]
struct SiteDraw {
    lans: Vec<&'static str>,
    router: Router,
    ipv4: Option<&'static str>,
    name: bool,
    facts: SiteFacts,
}

/// What is drawn for a machine.
#[derive(Clone, Debug)]
struct NodeDraw {
    place: PlaceDraw,
    platform: Platform,
    relay: Relaying,
    shares: Vec<(&'static str, Answers)>,
    reachable_idle: Option<bool>,
    own_key: bool,
    listen_port: Option<u16>,
    letter: char,
    renamed: bool,
    facts: NodeFacts,
    ties: Ties,
}

/// What is drawn for a pair.
#[derive(Clone, Copy, Debug)]
enum ChoiceDraw {
    Via(usize),
    Direct,
    Never,
}

#[derive(Clone, Debug)]
enum PlaceDraw {
    Internet {
        v4: Option<&'static str>,
        v6: Option<&'static str>,
        name: bool,
    },
    Site {
        site: usize,
        lan: Option<usize>,
        odd: bool,
        forward: Option<u16>,
    },
    Roams,
}

const LANS: [&str; 8] = [
    "192.168.1.0/24",
    "192.168.2.0/24",
    "192.168.0.0/16",
    "10.5.1.0/24",
    "10.5.2.0/24",
    "fd11:0:0:1::/64",
    "fd11:0:0:2::/64",
    "10.10.0.128/25",
];

fn site() -> impl Strategy<Value = SiteDraw> {
    let lan_lists = prop_oneof![
        2 => Just(vec![]),
        5 => select(&LANS[..7]).prop_map(|lan| vec![lan]),
        2 => Just(vec!["10.5.1.0/24", "192.168.1.0/24"]),
        1 => Just(vec!["192.168.1.0/24", "192.168.2.0/24", "fd11:0:0:1::/64"]),
        1 => Just(vec!["192.168.0.0/16", "192.168.1.0/24"]),
        1 => select(&LANS[..]).prop_map(|lan| vec![lan]),
    ];
    let ipv4 = prop_oneof![
        3 => Just(None),
        4 => select(&["198.18.0.1", "198.18.0.2", "198.18.0.3", "198.18.0.4"][..]).prop_map(Some),
        1 => select(&["100.64.9.9", "192.168.55.1"][..]).prop_map(Some),
    ];
    let router = prop_oneof![4 => Just(Router::Nat), 1 => Just(Router::Cgnat)];
    (lan_lists, router, ipv4, any::<bool>(), facts::site()).prop_map(
        |(lans, router, ipv4, name, facts)| SiteDraw {
            lans,
            router,
            ipv4,
            name,
            facts,
        },
    )
}

fn place() -> impl Strategy<Value = PlaceDraw> {
    let forward = prop_oneof![
        3 => Just(None),
        2 => Just(Some(51820)),
        2 => (51821_u16..51830).prop_map(Some),
    ];
    let v4 = prop_oneof![
        1 => Just(None),
        3 => Just(Some("own")),
        1 => select(&["203.0.113.1", "10.5.1.7", "100.100.1.1"][..]).prop_map(Some),
    ];
    let v6 = prop_oneof![
        2 => Just(None),
        1 => Just(Some("own")),
        1 => select(&["2001:db8::1", "fd00::1", "fe80::1"][..]).prop_map(Some),
    ];
    prop_oneof![
        3 => (v4, v6, proptest::bool::weighted(0.3))
            .prop_map(|(v4, v6, name)| PlaceDraw::Internet { v4, v6, name }),
        6 => (0_usize..4, proptest::option::of(0_usize..3), proptest::bool::weighted(0.1), forward)
            .prop_map(|(site, lan, odd, forward)| PlaceDraw::Site { site, lan, odd, forward }),
        1 => Just(PlaceDraw::Roams),
    ]
}

fn node() -> impl Strategy<Value = NodeDraw> {
    let platform = prop_oneof![
        7 => Just(Platform::Linux),
        1 => Just(Platform::Android),
        1 => Just(Platform::Ios),
    ];
    let relay = prop_oneof![
        3 => Just(Relaying::Automatic),
        3 => Just(Relaying::Yes),
        1 => Just(Relaying::No),
    ];
    let answers = select(&[Answers::Route, Answers::Translate, Answers::Nothing][..]);
    let prefix = prop_oneof![
        12 => select(&LANS[..]),
        1 => select(&["203.0.113.0/24", "2001:db8::/64", "10.10.0.0/16", "0.0.0.0/0", "198.18.0.2/32"][..]),
    ];
    let shares = prop_oneof![
        4 => Just(vec![]),
        3 => proptest::collection::vec((prefix, answers), 1..3),
    ];
    let idle = prop_oneof![4 => Just(None), 1 => any::<bool>().prop_map(Some)];
    let port = prop_oneof![4 => Just(None), 1 => (50000_u16..50003).prop_map(Some)];
    (
        place(),
        platform,
        relay,
        shares,
        idle,
        proptest::bool::weighted(0.1),
        port,
        select(&['a', 'm', 'z'][..]),
        proptest::bool::weighted(0.2),
        facts::node(),
        facts::ties(),
    )
        .prop_map(
            |(
                place,
                platform,
                relay,
                shares,
                reachable_idle,
                own_key,
                listen_port,
                letter,
                renamed,
                facts,
                ties,
            )| NodeDraw {
                place,
                platform,
                relay,
                shares,
                reachable_idle,
                own_key,
                listen_port,
                letter,
                renamed,
                facts,
                ties,
            },
        )
}

/// A plan that shows itself as its file, which is shorter than its parts.
#[derive(Clone)]
pub(crate) struct Drawn(pub(crate) Plan);

impl std::fmt::Debug for Drawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&meshwright::project::write_plan(&self.0))
    }
}

/// Plans with up to twelve machines.
pub(crate) fn plan() -> impl Strategy<Value = Drawn> {
    let tunnels = prop_oneof![
        5 => Just(vec!["10.10.0.0/24"]),
        4 => Just(vec!["10.10.0.0/24", "fd00:10:10::/64"]),
        2 => Just(vec!["fd00:10:10::/64"]),
        1 => Just(vec!["192.168.0.0/20"]),
        1 => Just(vec!["203.0.113.0/24", "fd00:10:10::/64"]),
        2 => Just(vec!["10.10.0.0/30", "10.20.0.0/24", "fd00:10:10::/64", "fd12:3456:789a::/48"]),
        1 => Just(vec!["10.10.0.1/32", "10.10.0.2/31", "10.20.0.0/28"]),
        1 => select(&["0.0.0.0/0", "::/0", "10.10.0.1/32"][..]).prop_map(|pool| vec![pool]),
    ];
    let pair = (
        0_usize..12,
        0_usize..12,
        prop_oneof![
            6 => (0_usize..12).prop_map(ChoiceDraw::Via),
            1 => Just(ChoiceDraw::Direct),
            3 => Just(ChoiceDraw::Never),
        ],
    );
    // Choices among few machines come in each other's way.
    let near = (
        0_usize..4,
        0_usize..4,
        prop_oneof![
            9 => (0_usize..4).prop_map(ChoiceDraw::Via),
            1 => Just(ChoiceDraw::Direct),
            1 => Just(ChoiceDraw::Never),
        ],
    );
    let pairs = prop_oneof![
        3 => Just(vec![]),
        2 => proptest::collection::vec(pair, 1..7),
        2 => proptest::collection::vec(near, 1..5),
    ];
    let sites = proptest::collection::vec(site(), 0..5);
    let nodes = proptest::collection::vec(node(), 0..13);
    let mesh = (tunnels, any::<bool>(), facts::plan());
    (mesh, sites, nodes, pairs, damage()).prop_map(
        |((tunnel, preshared, facts), sites, nodes, pairs, damage)| {
            let mut plan = build(&tunnel, preshared, &sites, &nodes);
            let ids = ids(&nodes);
            add_pairs(&mut plan, &ids, &pairs);
            facts.state(&ids, &mut plan);
            break_plan(&mut plan, &ids, &damage);
            Drawn(plan)
        },
    )
}

fn parse<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn build(tunnel: &[&str], preshared_keys: bool, sites: &[SiteDraw], nodes: &[NodeDraw]) -> Plan {
    let mut plan = Plan {
        tunnel: tunnel.iter().map(|prefix| parse(prefix)).collect(),
        preshared_keys,
        ..Plan::empty()
    };
    for (index, draw) in sites.iter().enumerate() {
        let public = PublicAddress {
            ipv4: draw.ipv4.map(parse),
            ipv6: None,
            name: draw
                .name
                .then(|| parse(&format!("site{index}.example.net"))),
        };
        let mut site = Site {
            lans: draw.lans.iter().map(|lan| parse(lan)).collect(),
            router: draw.router,
            public,
            ..Site::new(parse(&format!("Site {index}")))
        };
        draw.facts.state(&mut site);
        plan.sites
            .insert(SiteId::new(&format!("Site {index}")), site);
    }
    let ids = ids(nodes);
    for (index, draw) in nodes.iter().enumerate() {
        let mut node = machine(index, draw, &plan.sites);
        draw.facts.state(index, &mut node);
        draw.ties.state(&ids[index], &ids, &mut node);
        plan.nodes.insert(ids[index].clone(), node);
    }
    let given = plan.assign_missing_addresses();
    // All pools but the smallest hold twelve machines.
    assert!(given.is_ok() || tunnel == ["10.10.0.1/32"]);
    plan
}

fn name(index: usize, draw: &NodeDraw) -> String {
    format!("{}{index}", draw.letter)
}

/// The identities of all machines in the order in which they are drawn.
fn ids(nodes: &[NodeDraw]) -> Vec<NodeId> {
    let id = |(index, draw): (usize, &NodeDraw)| {
        NodeId::new(&if draw.renamed {
            format!("was-{index}")
        } else {
            name(index, draw)
        })
    };
    nodes.iter().enumerate().map(id).collect()
}

fn machine(index: usize, draw: &NodeDraw, sites: &LiteMap<SiteId, Site>) -> Node {
    let place = match &draw.place {
        PlaceDraw::Internet { v4, v6, name } => Place::Internet(PublicAddress {
            ipv4: v4.map(|text| match text {
                "own" => parse(&format!("203.0.113.{}", 10 + index)),
                fixed => parse(fixed),
            }),
            ipv6: v6.map(|text| match text {
                "own" => parse(&format!("2001:db8::{}", 10 + index)),
                fixed => parse(fixed),
            }),
            name: name.then(|| parse(&format!("host{index}.example.net"))),
        }),
        PlaceDraw::Site { site, .. } if sites.is_empty() || *site >= sites.len() => Place::Roams,
        PlaceDraw::Site {
            site,
            lan,
            odd,
            forward,
        } => {
            let id = SiteId::new(&format!("Site {site}"));
            let lans = &sites[&id].lans;
            let lan_address = lan.map(|which| match lans.get(which % lans.len().max(1)) {
                Some(lan) if !odd => host(*lan, 10 + index),
                Some(_) => parse(&format!("172.20.0.{}", 10 + index)),
                // Two machines of a site without a stated LAN may claim one address.
                None if *odd => parse("192.168.1.10"),
                None => parse(&format!("192.168.1.{}", 10 + index)),
            });
            let forward = forward.map(|port| Port::try_from(u64::from(port)).unwrap().into());
            Place::Site {
                site: id,
                lan_address,
                forward,
                ipv6: None,
                ipv6_name: None,
                ipv6_open: false,
            }
        }
        PlaceDraw::Roams => Place::Roams,
    };
    let mut shares: Vec<SharedLan> = Vec::new();
    for (prefix, answers) in &draw.shares {
        let prefix = parse(prefix);
        if shares.iter().all(|share| share.prefix != prefix) {
            shares.push(SharedLan {
                prefix,
                answers: *answers,
            });
        }
    }
    shares.sort_by_key(|share| share.prefix);
    let key = u8::try_from(index + 1).unwrap();
    Node {
        platform: draw.platform,
        listen_port: draw
            .listen_port
            .map(|port| Port::try_from(u64::from(port)).unwrap()),
        relay: draw.relay,
        shares,
        reachable_idle: draw.reachable_idle,
        public_key: draw.own_key.then(|| PublicKey::from_bytes([key; 32])),
        ..Node::new(parse(&name(index, draw)), place)
    }
}

/// A host of a prefix by its number.
pub(crate) fn host(prefix: Prefix, number: usize) -> std::net::IpAddr {
    use std::net::IpAddr;
    match prefix.net().network() {
        IpAddr::V4(first) => IpAddr::V4((u32::from(first) + u32::try_from(number).unwrap()).into()),
        IpAddr::V6(first) => {
            IpAddr::V6((u128::from(first) + u128::try_from(number).unwrap()).into())
        }
    }
}

fn add_pairs(plan: &mut Plan, ids: &[NodeId], pairs: &[(usize, usize, ChoiceDraw)]) {
    for (a, b, choice) in pairs {
        let (Some(a), Some(b)) = (ids.get(*a), ids.get(*b)) else {
            continue;
        };
        let Some(key) = PairKey::new(a, b) else {
            continue;
        };
        let choice = match choice {
            ChoiceDraw::Via(relay) => match ids.get(*relay) {
                Some(relay) => PairChoice::Via(relay.clone()),
                None => continue,
            },
            ChoiceDraw::Direct => PairChoice::Direct,
            ChoiceDraw::Never => PairChoice::Never,
        };
        plan.pairs.insert(key, choice);
    }
}
