//! Plans made by chance from a seed, of nothing but what the lab can stage.
//!
//! They are written as plain JSON, like the fixtures, so that nothing of the crate under test decides
//! what is tried. The same seed makes the same plan on every machine.

use serde_json::{Map, Value, json};

/// The tunnel's IPv6 prefix without its length.
const TUNNEL6: &str = "fd5e:3a1c:77b2::";

/// A source of chance (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("a plan is small");
        usize::try_from(self.next() % end).expect("a plan is small")
    }

    fn once_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }

    /// One of several values; those named more often come more often.
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// The plan of a seed.
pub(crate) fn plan(seed: u64) -> Value {
    let mut chance = Chance(seed);
    let families = chance.pick(&[[true, false], [true, false], [true, true], [false, true]]);
    let tunnel: Vec<String> = ["10.10.0.0/24".to_owned(), format!("{TUNNEL6}/64")]
        .into_iter()
        .zip(families)
        .filter_map(|(prefix, wanted)| wanted.then_some(prefix))
        .collect();
    let mut sites: Vec<Value> = (0..=chance.below(3))
        .map(|number| site(&mut chance, number))
        .collect();
    let mut nodes: Vec<Map<String, Value>> = (0..3 + chance.below(4))
        .map(|number| node(&mut chance, number, &sites, families))
        .collect();
    share(&mut chance, &mut nodes);
    // From a source of its own, so that all else of a seed stays as it was drawn before.
    let mut further = Chance(seed.swap_bytes());
    if further.once_in(2) && families[1] {
        share_ipv6(&mut further, &mut sites, &mut nodes);
    }
    tie(&mut chance, &mut nodes);
    let pairs = choices(&mut chance, &nodes);
    let mut plan = json!({
        "format": "meshwright-plan",
        "version": 1,
        "name": format!("Seed {seed}"),
        "tunnel": tunnel,
        "sites": sites,
        "nodes": nodes,
        "pairs": pairs,
    });
    if chance.once_in(5) {
        plan["covering"] = true.into();
    }
    plan
}

fn site(chance: &mut Chance, number: usize) -> Value {
    let mut lans = vec![format!("192.168.{}.0/24", 10 + number)];
    if chance.once_in(4) {
        lans.push(format!("192.168.{}.0/24", 20 + number));
    }
    let router = chance.pick(&["nat", "nat", "cgnat"]);
    let mut site = json!({
        "name": format!("Site {number}"),
        "lans": lans,
        "router": router,
        "lans_routed": lans.len() > 1 && chance.once_in(2),
        "ipv6": chance.pick(&["none", "none", "firewalled", "firewalled", "open"]),
    });
    if router == "nat" {
        site["nat"] = chance
            .pick(&["unknown", "unknown", "keeps-port", "symmetric"])
            .into();
        match chance.below(3) {
            0 => {}
            1 => site["public"] = json!({ "name": format!("site{number}.example.net") }),
            _ => site["public"] = json!({ "ipv4": format!("198.51.100.{}", 20 + number) }),
        }
    }
    site
}

fn node(
    chance: &mut Chance,
    number: usize,
    sites: &[Value],
    families: [bool; 2],
) -> Map<String, Value> {
    let last = number + 1;
    let addresses: Vec<String> = [format!("10.10.0.{last}"), format!("{TUNNEL6}{last:x}")]
        .into_iter()
        .zip(families)
        .filter_map(|(address, wanted)| wanted.then_some(address))
        .collect();
    let mut node = Map::from_iter([("addresses".to_owned(), json!(addresses))]);
    let mut put = |key: &str, value: Value| node.insert(key.to_owned(), value);
    // Most plans have a server, without which there is little to see.
    let kind = if number == 0 && !chance.once_in(4) {
        0
    } else {
        chance.below(7)
    };
    match kind {
        0 | 1 => {
            put("name", format!("server{number}").into());
            put("place", json!({ "internet": public(chance, number) }));
        }
        2 => {
            put("name", format!("phone{number}").into());
            put("place", "roams".into());
            put("form", "phone".into());
            put("platform", "android".into());
        }
        _ => {
            let site = &sites[chance.below(sites.len())];
            put("name", format!("box{number}").into());
            let (place, stack) = resident(chance, number, site);
            put("place", json!({ "site": place }));
            put("stack", stack.into());
        }
    }
    if kind != 2 {
        put(
            "firewall",
            chance
                .pick(&["lets-in", "lets-in", "lets-in", "lets-in", "blocks"])
                .into(),
        );
        match chance.below(8) {
            0 | 1 => put("relay", true.into()),
            2 => put("relay", false.into()),
            _ => None,
        };
        if chance.once_in(4) {
            put("listen_port", (51900 + number).into());
        }
    }
    if chance.once_in(5) {
        put("reachable_idle", chance.once_in(2).into());
    }
    node
}

/// Where a server stands on the internet.
fn public(chance: &mut Chance, number: usize) -> Value {
    let (ipv4, ipv6) = (
        format!("203.0.113.{}", 10 + number),
        format!("2001:db8:f::{}", 10 + number),
    );
    match chance.below(6) {
        0 | 1 => json!({ "ipv4": ipv4 }),
        2 | 3 => json!({ "ipv4": ipv4, "ipv6": ipv6 }),
        4 => json!({ "ipv6": ipv6 }),
        _ => json!({ "name": format!("server{number}.example.net") }),
    }
}

/// Where a machine stands at a site, and which families it has there.
fn resident(chance: &mut Chance, number: usize, site: &Value) -> (Value, &'static str) {
    let mut place = json!({ "at": site["name"] });
    let lans = site["lans"].as_array().expect("a site has LANs");
    let lan = chance.below(lans.len());
    let known = !chance.once_in(4);
    let mut stack = "usual";
    if site["ipv6"] != "none" {
        match chance.below(4) {
            0 | 1 => place["ipv6"] = format!("2001:db8:a::{}", 10 + number).into(),
            2 => place["ipv6_name"] = format!("box{number}.example.net").into(),
            _ => {}
        }
        if chance.once_in(4) && (place["ipv6"].is_string() || place["ipv6_name"].is_string()) {
            place["ipv6_open"] = true.into();
        }
        stack = chance.pick(&["usual", "usual", "usual", "ipv4-only", "ipv6-only"]);
    }
    if known && stack != "ipv6-only" {
        let base = lans[lan].as_str().expect("a LAN is text");
        let network = base.strip_suffix(".0/24").expect("we made it so");
        place["lan_address"] = format!("{network}.{}", 10 + number).into();
        if !site["public"].is_null() && chance.once_in(3) {
            place["forward"] = json!({ "external": 52000 + number });
        }
    }
    (place, stack)
}

/// Lets some machines share the LAN in which they stand, at most one for each LAN.
fn share(chance: &mut Chance, nodes: &mut [Map<String, Value>]) {
    let mut shared = Vec::new();
    for node in nodes {
        let Some(address) = node["place"]["site"]["lan_address"].as_str() else {
            continue;
        };
        let (network, _) = address.rsplit_once('.').expect("an IPv4 address");
        let prefix = format!("{network}.0/24");
        let answers = chance.pick(&["route", "route", "translate", "translate", "nothing"]);
        if chance.once_in(3) && !shared.contains(&prefix) {
            node.insert(
                "shares".to_owned(),
                json!([{ "prefix": prefix, "answers": answers }]),
            );
            shared.push(prefix);
        }
    }
}

/// Gives sites a LAN with IPv6 on the wire of their first, and lets some machines there share it.
fn share_ipv6(chance: &mut Chance, sites: &mut [Value], nodes: &mut [Map<String, Value>]) {
    for (number, site) in sites.iter_mut().enumerate() {
        let first = site["lans"][0].as_str().expect("a LAN is text").to_owned();
        let (network, _) = first.rsplit_once('.').expect("an IPv4 prefix");
        let prefix = format!("fd00:0:0:{number:x}::/64");
        let lans = site["lans"].as_array_mut().expect("a site has LANs");
        lans.push(prefix.clone().into());
        let gateway = nodes.iter_mut().find(|node| {
            let address = node["place"]["site"]["lan_address"].as_str();
            node["place"]["site"]["at"] == site["name"]
                && address.is_some_and(|address| address.starts_with(&format!("{network}.")))
        });
        let answers = chance.pick(&["route", "route", "translate", "translate", "nothing"]);
        if let Some(node) = gateway.filter(|_| !chance.once_in(3)) {
            let shares = node.entry("shares").or_insert_with(|| json!([]));
            let shares = shares.as_array_mut().expect("shares are a list");
            shares.push(json!({ "prefix": prefix, "answers": answers }));
        }
    }
}

/// Ties machines to servers: as a hub or as an exit.
fn tie(chance: &mut Chance, nodes: &mut [Map<String, Value>]) {
    let servers: Vec<(usize, String)> = nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node["place"]["internet"]["ipv4"].is_string())
        .map(|(place, node)| (place, text(node, "name")))
        .collect();
    if servers.is_empty() {
        return;
    }
    let (exit_place, exit) = &servers[chance.below(servers.len())];
    for place in 0..nodes.len() {
        let (_, hub) = &servers[chance.below(servers.len())];
        if chance.once_in(8) && *hub != text(&nodes[place], "name") {
            nodes[place].insert("hub".to_owned(), hub.clone().into());
        }
        if chance.once_in(10) && place != *exit_place {
            nodes[place].insert("uses_exit".to_owned(), exit.clone().into());
            nodes[*exit_place].insert("exit".to_owned(), true.into());
        }
    }
}

/// What is wanted of some pairs.
fn choices(chance: &mut Chance, nodes: &[Map<String, Value>]) -> Vec<Value> {
    let names: Vec<String> = nodes.iter().map(|node| text(node, "name")).collect();
    let mut choices = Vec::new();
    for (place, one) in names.iter().enumerate() {
        for other in &names[place + 1..] {
            let relay = &names[chance.below(names.len())];
            let choice = match chance.below(15) {
                0 => json!("never"),
                1 | 2 if relay != one && relay != other => json!({ "via": relay }),
                _ => continue,
            };
            choices.push(json!({ "between": [one, other], "choice": choice }));
        }
    }
    choices
}

fn text(node: &Map<String, Value>, key: &str) -> String {
    node[key].as_str().expect("the node has it").to_owned()
}
