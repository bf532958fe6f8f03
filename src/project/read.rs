//! How a plan file is read: every text is parsed into a type that cannot hold
//! nonsense, and the place of the first mistake is named.

use litemap::LiteMap;
use std::net::IpAddr;

use crate::plan::{
    Answers, Family, Form, Label, MtuPolicy, Node, NodeId, PairChoice, PairKey, Place, Plan,
    Platform, Point, Port, Prefix, ProjectId, PublicAddress, Relaying, Router, SharedLan, Site,
    SiteId, Talk, TunnelAddresses,
};

use super::error::{FileError, read_json};
use super::json::{At, Fields, quoted};
use super::plan_file::{FORMAT, VERSION};

/// Entries beyond this many in one list are refused: no plan has them, and
/// solving them would keep the machine busy for hours.
const MOST: usize = 10_000;

/// Machines or sites by a text that no two of them have.
type Ids<T> = LiteMap<String, T>;

/// Reads a plan file.
///
/// # Errors
/// Says what is wrong and where; nothing is taken over from such a file.
pub fn read_plan(text: &str) -> Result<Plan, FileError> {
    let file = read_json(text, FORMAT, VERSION)?;
    let file = At::root(&file).fields(&[
        "format",
        "version",
        "id",
        "name",
        "tunnel",
        "listen_port",
        "preshared_keys",
        "sites",
        "nodes",
        "pairs",
    ])?;
    let (sites, site_ids) = read_sites(&file)?;
    let (nodes, node_ids) = read_nodes(&file, &site_ids)?;
    let own_id = file.get("id").map(|at| identity(&at)).transpose()?;
    Ok(Plan {
        id: own_id.map(ProjectId::new),
        name: file.need("name")?.parse()?,
        tunnel: read_tunnel(&file.need("tunnel")?)?,
        listen_port: optional(&file, "listen_port", port)?.unwrap_or(Port::WIREGUARD),
        preshared_keys: optional(&file, "preshared_keys", At::truth)?.unwrap_or(true),
        sites,
        nodes,
        pairs: read_pairs(&file, &node_ids)?,
        talk: Talk::Everyone,
        covering: false,
        mtu: MtuPolicy::Same,
        dns: None,
    })
}

fn read_tunnel(at: &At<'_>) -> Result<Vec<Prefix>, FileError> {
    let mut tunnel: Vec<Prefix> = Vec::new();
    for at in at.list(MOST)? {
        let prefix: Prefix = at.parse()?;
        let family = prefix.family();
        if tunnel.iter().any(|other| other.family() == family) {
            return Err(at.problem(format!(
                "a second {family} prefix; one per family is enough"
            )));
        }
        tunnel.push(prefix);
    }
    if tunnel.is_empty() {
        return Err(at.problem("at least one prefix is needed, such as 10.10.0.0/24"));
    }
    crate::sorting::sort(&mut tunnel);
    Ok(tunnel)
}

fn read_sites(file: &Fields<'_>) -> Result<(LiteMap<SiteId, Site>, Ids<SiteId>), FileError> {
    let (mut sites, mut ids, mut known) = (Vec::new(), Ids::new(), Ids::new());
    for at in list(file, "sites")? {
        let fields = at.fields(&["name", "id", "lans", "router", "public", "position", "size"])?;
        let name: Label = fields.need("name")?.parse()?;
        let id = SiteId::new(own_identity(&fields, name.as_str())?);
        if ids.insert(name.to_string(), id.clone()).is_some() {
            return Err(fields.problem(format!("two sites are called {name}")));
        }
        let mut lans = Vec::new();
        for at in list(&fields, "lans")? {
            lans.push(at.parse()?);
        }
        crate::sorting::sort(&mut lans);
        let router = |at: &At<'_>| at.word(&[("nat", Router::Nat), ("cgnat", Router::Cgnat)]);
        let site = Site {
            lans,
            router: optional(&fields, "router", router)?.unwrap_or(Router::Nat),
            public: optional(&fields, "public", read_public)?.unwrap_or_default(),
            position: optional(&fields, "position", point)?.unwrap_or_default(),
            size: optional(&fields, "size", point)?,
            ..Site::new(name)
        };
        if known.insert(id.to_string(), id.clone()).is_some() {
            return Err(fields.problem(format!("two sites have the identity {id}")));
        }
        sites.push((id, site));
    }
    Ok((crate::sorting::map_of(sites), ids))
}

type Nodes = (LiteMap<NodeId, Node>, Ids<NodeId>);

fn read_nodes(file: &Fields<'_>, sites: &Ids<SiteId>) -> Result<Nodes, FileError> {
    let (mut nodes, mut ids, mut known) = (Vec::new(), Ids::new(), Ids::new());
    for at in list(file, "nodes")? {
        let fields = at.fields(&[
            "name",
            "id",
            "form",
            "platform",
            "place",
            "addresses",
            "listen_port",
            "relay",
            "shares",
            "reachable_idle",
            "public_key",
            "position",
        ])?;
        let node = read_node(&fields, sites)?;
        let name = &node.name;
        let id = NodeId::new(own_identity(&fields, name.as_str())?);
        if id.as_str().contains(char::is_whitespace) {
            // The keyring file separates the two ends of a pair by a space.
            return Err(fields.problem("an identity has no spaces"));
        }
        if ids.insert(name.to_string(), id.clone()).is_some() {
            return Err(fields.problem(format!("two machines are called {name}")));
        }
        if known.insert(id.to_string(), id.clone()).is_some() {
            return Err(fields.problem(format!("two machines have the identity {id}")));
        }
        nodes.push((id, node));
    }
    Ok((crate::sorting::map_of(nodes), ids))
}

fn read_node(fields: &Fields<'_>, sites: &Ids<SiteId>) -> Result<Node, FileError> {
    let form = |at: &At<'_>| {
        at.word(&[
            ("server", Form::Server),
            ("nas", Form::Nas),
            ("board", Form::Board),
            ("computer", Form::Computer),
            ("phone", Form::Phone),
        ])
    };
    let platform = |at: &At<'_>| {
        at.word(&[
            ("linux", Platform::Linux),
            ("android", Platform::Android),
            ("ios", Platform::Ios),
        ])
    };
    let relay = optional(fields, "relay", At::truth)?;
    let name = fields.need("name")?.parse()?;
    let place = read_place(&fields.need("place")?, sites)?;
    Ok(Node {
        form: optional(fields, "form", form)?.unwrap_or(Form::Server),
        platform: optional(fields, "platform", platform)?.unwrap_or(Platform::Linux),
        addresses: read_addresses(fields)?,
        listen_port: optional(fields, "listen_port", port)?,
        relay: relay.map_or(Relaying::Automatic, |yes| {
            if yes { Relaying::Yes } else { Relaying::No }
        }),
        shares: read_shares(fields)?,
        reachable_idle: optional(fields, "reachable_idle", At::truth)?,
        public_key: optional(fields, "public_key", At::parse)?,
        position: optional(fields, "position", point)?.unwrap_or_default(),
        ..Node::new(name, place)
    })
}

fn read_addresses(fields: &Fields<'_>) -> Result<TunnelAddresses, FileError> {
    let mut addresses = TunnelAddresses::default();
    for at in list(fields, "addresses")? {
        let address = ip(&at)?;
        let family = Family::of(address);
        if addresses.of(family).is_some() {
            return Err(at.problem(format!(
                "a second {family} address; one per family is enough"
            )));
        }
        addresses.set(family, Some(address));
    }
    Ok(addresses)
}

fn read_shares(fields: &Fields<'_>) -> Result<Vec<SharedLan>, FileError> {
    let answers = |at: &At<'_>| {
        at.word(&[
            ("translate", Answers::Translate),
            ("route", Answers::Route),
            ("nothing", Answers::Nothing),
        ])
    };
    let mut shares: Vec<SharedLan> = Vec::new();
    for at in list(fields, "shares")? {
        let fields = at.fields(&["prefix", "answers"])?;
        let prefix = fields.need("prefix")?.parse()?;
        if shares.iter().any(|other| other.prefix == prefix) {
            return Err(fields.problem(format!("the prefix {prefix} is listed twice")));
        }
        shares.push(SharedLan {
            prefix,
            answers: optional(&fields, "answers", answers)?.unwrap_or(Answers::Translate),
        });
    }
    // The order of statements means nothing, so it is not kept.
    crate::sorting::sort_by_key(&mut shares, |share| share.prefix);
    Ok(shares)
}

/// A place is the word `roams`, or an object with one field that names the kind.
fn read_place(at: &At<'_>, sites: &Ids<SiteId>) -> Result<Place, FileError> {
    if at.text().is_ok() {
        return at.word(&[("roams", ())]).map(|()| Place::Roams);
    }
    let kinds = at.fields(&["internet", "site"])?;
    match (kinds.get("internet"), kinds.get("site")) {
        (Some(public), None) => read_public(&public).map(Place::Internet),
        (None, Some(stands)) => {
            let fields = stands.fields(&["at", "lan_address", "forward"])?;
            let at = fields.need("at")?;
            let name = at.text()?;
            let site = sites.get(name);
            Ok(Place::Site {
                site: site
                    .cloned()
                    .ok_or_else(|| at.problem(format!("no site is called {}", quoted(name))))?,
                lan_address: optional(&fields, "lan_address", ip)?,
                forward: optional(&fields, "forward", port)?.map(Into::into),
                ipv6: None,
                ipv6_name: None,
                ipv6_open: false,
            })
        }
        _ => Err(at.problem("one of internet, site and \"roams\" is expected here")),
    }
}

fn read_public(at: &At<'_>) -> Result<PublicAddress, FileError> {
    let fields = at.fields(&["ipv4", "ipv6", "name"])?;
    Ok(PublicAddress {
        ipv4: optional(&fields, "ipv4", |at| at.parse_as("an IPv4 address"))?,
        ipv6: optional(&fields, "ipv6", |at| at.parse_as("an IPv6 address"))?,
        name: optional(&fields, "name", At::parse)?,
    })
}

fn read_pairs(
    file: &Fields<'_>,
    nodes: &Ids<NodeId>,
) -> Result<LiteMap<PairKey, PairChoice>, FileError> {
    let node = |at: &At<'_>| {
        let name = at.text()?;
        nodes
            .get(name)
            .cloned()
            .ok_or_else(|| at.problem(format!("no machine is called {}", quoted(name))))
    };
    let mut pairs = LiteMap::new();
    for at in list(file, "pairs")? {
        let fields = at.fields(&["between", "choice"])?;
        let between = fields.need("between")?;
        let [a, b] = between.two()?;
        let key = PairKey::new(&node(&a)?, &node(&b)?)
            .ok_or_else(|| between.problem("a machine makes no pair with itself"))?;
        let choice = fields.need("choice")?;
        let choice = if choice.text().is_ok() {
            choice.word(&[("never", ())]).map(|()| PairChoice::Never)?
        } else {
            PairChoice::Via(node(&choice.fields(&["via"])?.need("via")?)?)
        };
        if pairs.insert(key, choice).is_some() {
            return Err(fields.problem("this pair is listed twice"));
        }
    }
    Ok(pairs)
}

/// The values of a list that may be missing.
fn list<'a>(fields: &Fields<'a>, name: &str) -> Result<Vec<At<'a>>, FileError> {
    fields.get(name).map_or(Ok(Vec::new()), |at| at.list(MOST))
}

/// A field that may be missing, but is never `null`: a slip of another program
/// must not pass for a choice.
fn optional<'a, T>(
    fields: &Fields<'a>,
    name: &str,
    read: impl Fn(&At<'a>) -> Result<T, FileError>,
) -> Result<Option<T>, FileError> {
    fields.get(name).map(|at| read(&at)).transpose()
}

/// The identity that an object states, or the name that stands for it.
fn own_identity<'a>(fields: &Fields<'a>, name: &'a str) -> Result<&'a str, FileError> {
    fields.get("id").map_or(Ok(name), |at| identity(&at))
}

fn identity<'a>(at: &At<'a>) -> Result<&'a str, FileError> {
    let id = at.text()?;
    if id.is_empty() || id.len() > 100 || id.chars().any(char::is_control) {
        return Err(at.problem("1 to 100 characters are expected here"));
    }
    Ok(id)
}

fn ip(at: &At<'_>) -> Result<IpAddr, FileError> {
    at.parse_as("an address like 10.10.0.2")
}

fn port(at: &At<'_>) -> Result<Port, FileError> {
    let number = at.number()?;
    u64::try_from(number)
        .ok()
        .and_then(|number| Port::try_from(number).ok())
        .ok_or_else(|| at.problem(format!("{number}: {}", crate::plan::PortError)))
}

fn point(at: &At<'_>) -> Result<Point, FileError> {
    // Far beyond any screen, yet safe to add up.
    const FAR: i64 = 1_000_000;
    let [x, y] = at.two()?;
    let whole = |at: At<'_>| {
        let number = at.number()?.clamp(-FAR, FAR);
        i32::try_from(number).map_err(|_| at.problem("this is too far away"))
    };
    Ok(Point {
        x: whole(x)?,
        y: whole(y)?,
    })
}
