//! How a plan file is read: every text is parsed into a type that cannot hold
//! nonsense, and the place of the first mistake is named.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use crate::plan::{
    Answers, Form, Label, Node, NodeId, PairChoice, PairKey, Place, Plan, Platform, Point, Port,
    ProjectId, PublicAddress, Relaying, Router, SharedLan, Site, SiteId, TunnelAddresses,
};

use super::error::{FileError, check_head, read_json};
use super::plan_file::{
    AnswersFile, ChoiceFile, FORMAT, FormFile, NodeFile, PairFile, PlaceFile, PlanFile,
    PlatformFile, PublicFile, RouterFile, VERSION,
};

/// Sites, machines or pairs beyond this many are refused: no plan has them, and
/// solving them would keep the machine busy for hours.
const MOST: usize = 10_000;

/// Reads a plan file.
///
/// # Errors
/// Says what is wrong and where; nothing is taken over from such a file.
pub fn read_plan(text: &str) -> Result<Plan, FileError> {
    check_head(text, FORMAT, VERSION)?;
    let file: PlanFile = read_json(text)?;
    for (count, place) in [
        (file.sites.len(), "sites"),
        (file.nodes.len(), "nodes"),
        (file.pairs.len(), "pairs"),
    ] {
        if count > MOST {
            return Err(FileError::value(
                place,
                format!("{count} entries; at most {MOST} are read"),
            ));
        }
    }
    let (sites, site_ids) = read_sites(&file)?;
    let mut plan = Plan {
        id: file
            .id
            .as_deref()
            .map(|id| identity("", Some(id), id).map(ProjectId::new))
            .transpose()?,
        name: parse("name", &file.name)?,
        tunnel: read_tunnel(&file.tunnel)?,
        listen_port: file
            .listen_port
            .map_or(Ok(Port::WIREGUARD), |number| port("listen_port", number))?,
        preshared_keys: file.preshared_keys.unwrap_or(true),
        sites,
        nodes: BTreeMap::new(),
        pairs: BTreeMap::new(),
    };
    let mut node_ids = BTreeMap::new();
    for (index, node_file) in file.nodes.iter().enumerate() {
        let place = format!("nodes[{index}]");
        let node = read_node(&place, node_file, &site_ids)?;
        let id = NodeId::new(identity(
            &place,
            node_file.id.as_deref(),
            node.name.as_str(),
        )?);
        if id.as_str().contains(char::is_whitespace) {
            // The keyring file separates the two ends of a pair by a space.
            return Err(FileError::value(
                format!("{place}.id"),
                "an identity has no spaces",
            ));
        }
        if node_ids.insert(node.name.to_string(), id.clone()).is_some() {
            return Err(FileError::value(
                format!("{place}.name"),
                format!("two machines are called {}", node.name),
            ));
        }
        if plan.nodes.insert(id.clone(), node).is_some() {
            return Err(FileError::value(
                format!("{place}.id"),
                format!("two machines have the identity {id}"),
            ));
        }
    }
    for (index, pair) in file.pairs.iter().enumerate() {
        let place = format!("pairs[{index}]");
        let (key, choice) = read_pair(&place, pair, &node_ids)?;
        if plan.pairs.insert(key, choice).is_some() {
            return Err(FileError::value(place, "this pair is listed twice"));
        }
    }
    Ok(plan)
}

fn read_tunnel(texts: &[String]) -> Result<Vec<crate::plan::Prefix>, FileError> {
    let mut tunnel: Vec<crate::plan::Prefix> = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let prefix: crate::plan::Prefix = parse(&format!("tunnel[{index}]"), text)?;
        if tunnel.iter().any(|other| other.family() == prefix.family()) {
            let problem = format!(
                "a second {} prefix; one per family is enough",
                prefix.family()
            );
            return Err(FileError::value(format!("tunnel[{index}]"), problem));
        }
        tunnel.push(prefix);
    }
    if tunnel.is_empty() {
        return Err(FileError::value(
            "tunnel",
            "at least one prefix is needed, such as 10.10.0.0/24",
        ));
    }
    tunnel.sort();
    Ok(tunnel)
}

type Sites = (BTreeMap<SiteId, Site>, BTreeMap<String, SiteId>);

fn read_sites(file: &PlanFile) -> Result<Sites, FileError> {
    let (mut sites, mut ids) = (BTreeMap::new(), BTreeMap::new());
    for (index, site) in file.sites.iter().enumerate() {
        let place = format!("sites[{index}]");
        let name: Label = parse(&format!("{place}.name"), &site.name)?;
        let mut lans = Vec::new();
        for (number, lan) in site.lans.iter().enumerate() {
            lans.push(parse(&format!("{place}.lans[{number}]"), lan)?);
        }
        lans.sort_unstable();
        let id = SiteId::new(identity(&place, site.id.as_deref(), name.as_str())?);
        if ids.insert(name.to_string(), id.clone()).is_some() {
            return Err(FileError::value(
                format!("{place}.name"),
                format!("two sites are called {name}"),
            ));
        }
        let value = Site {
            name,
            lans,
            router: match site.router {
                RouterFile::Nat => Router::Nat,
                RouterFile::Cgnat => Router::Cgnat,
            },
            public: read_public(&format!("{place}.public"), site.public.as_ref())?,
            position: point(site.position),
            size: site.size.map(|size| point(Some(size))),
        };
        if sites.insert(id.clone(), value).is_some() {
            return Err(FileError::value(
                format!("{place}.id"),
                format!("two sites have the identity {id}"),
            ));
        }
    }
    Ok((sites, ids))
}

fn read_node(
    place: &str,
    file: &NodeFile,
    sites: &BTreeMap<String, SiteId>,
) -> Result<Node, FileError> {
    let mut addresses = TunnelAddresses::default();
    for (index, text) in file.addresses.iter().enumerate() {
        let at = format!("{place}.addresses[{index}]");
        let address = ip(&at, text)?;
        let family = crate::plan::Family::of(address);
        if addresses.of(family).is_some() {
            return Err(FileError::value(
                at,
                format!("a second {family} address; one per family is enough"),
            ));
        }
        addresses.set(family, Some(address));
    }
    let mut shares: Vec<SharedLan> = Vec::new();
    for (index, share) in file.shares.iter().enumerate() {
        let at = format!("{place}.shares[{index}].prefix");
        let prefix = parse(&at, &share.prefix)?;
        if shares.iter().any(|other| other.prefix == prefix) {
            return Err(FileError::value(at, "this prefix is listed twice"));
        }
        let answers = match share.answers {
            AnswersFile::Translate => Answers::Translate,
            AnswersFile::Route => Answers::Route,
            AnswersFile::Nothing => Answers::Nothing,
        };
        shares.push(SharedLan { prefix, answers });
    }
    // The order of statements means nothing, so it is not kept.
    shares.sort_by_key(|share| share.prefix);
    Ok(Node {
        name: parse(&format!("{place}.name"), &file.name)?,
        form: match file.form {
            FormFile::Server => Form::Server,
            FormFile::Nas => Form::Nas,
            FormFile::Board => Form::Board,
            FormFile::Computer => Form::Computer,
            FormFile::Phone => Form::Phone,
        },
        platform: match file.platform {
            PlatformFile::Linux => Platform::Linux,
            PlatformFile::Android => Platform::Android,
            PlatformFile::Ios => Platform::Ios,
        },
        place: read_place(&format!("{place}.place"), &file.place, sites)?,
        addresses,
        listen_port: file
            .listen_port
            .map(|number| port(&format!("{place}.listen_port"), number))
            .transpose()?,
        relay: match file.relay {
            None => Relaying::Automatic,
            Some(true) => Relaying::Yes,
            Some(false) => Relaying::No,
        },
        shares,
        reachable_idle: file.reachable_idle,
        public_key: file
            .public_key
            .as_deref()
            .map(|key| parse(&format!("{place}.public_key"), key))
            .transpose()?,
        position: point(file.position),
    })
}

fn read_place(
    at: &str,
    file: &PlaceFile,
    sites: &BTreeMap<String, SiteId>,
) -> Result<Place, FileError> {
    Ok(match file {
        PlaceFile::Internet(public) => {
            Place::Internet(read_public(&format!("{at}.internet"), Some(public))?)
        }
        PlaceFile::Site(stands) => Place::Site {
            site: sites.get(&stands.at).cloned().ok_or_else(|| {
                FileError::value(
                    format!("{at}.site.at"),
                    format!("no site is called {}", quoted(&stands.at)),
                )
            })?,
            lan_address: stands
                .lan_address
                .as_deref()
                .map(|text| ip(&format!("{at}.site.lan_address"), text))
                .transpose()?,
            forward: stands
                .forward
                .map(|number| port(&format!("{at}.site.forward"), number))
                .transpose()?,
        },
        PlaceFile::Roams => Place::Roams,
    })
}

fn read_public(at: &str, file: Option<&PublicFile>) -> Result<PublicAddress, FileError> {
    let Some(file) = file else {
        return Ok(PublicAddress::default());
    };
    let v4 = |text: &String| {
        text.parse::<Ipv4Addr>()
            .map_err(|_| FileError::value(format!("{at}.ipv4"), "an IPv4 address is expected here"))
    };
    let v6 = |text: &String| {
        text.parse::<Ipv6Addr>()
            .map_err(|_| FileError::value(format!("{at}.ipv6"), "an IPv6 address is expected here"))
    };
    Ok(PublicAddress {
        ipv4: file.ipv4.as_ref().map(v4).transpose()?,
        ipv6: file.ipv6.as_ref().map(v6).transpose()?,
        name: file
            .name
            .as_ref()
            .map(|name| parse(&format!("{at}.name"), name))
            .transpose()?,
    })
}

fn read_pair(
    place: &str,
    file: &PairFile,
    nodes: &BTreeMap<String, NodeId>,
) -> Result<(PairKey, PairChoice), FileError> {
    let node = |at: String, name: &str| {
        nodes
            .get(name)
            .cloned()
            .ok_or_else(|| FileError::value(at, format!("no machine is called {}", quoted(name))))
    };
    let [a, b] = &file.between;
    let a = node(format!("{place}.between[0]"), a)?;
    let b = node(format!("{place}.between[1]"), b)?;
    let key = PairKey::new(&a, &b).ok_or_else(|| {
        FileError::value(
            format!("{place}.between"),
            "a machine makes no pair with itself",
        )
    })?;
    let choice = match &file.choice {
        ChoiceFile::Via(relay) => PairChoice::Via(node(format!("{place}.choice.via"), relay)?),
        ChoiceFile::Never => PairChoice::Never,
    };
    Ok((key, choice))
}

/// The identity that a file states, or the name that stands for it.
fn identity<'a>(place: &str, id: Option<&'a str>, name: &'a str) -> Result<&'a str, FileError> {
    match id {
        None => Ok(name),
        Some(id) if !id.is_empty() && id.len() <= 100 && !id.chars().any(char::is_control) => {
            Ok(id)
        }
        Some(_) => Err(FileError::value(
            format!("{place}.id").trim_start_matches('.'),
            "1 to 100 characters are expected here",
        )),
    }
}

fn parse<T: FromStr<Err: std::fmt::Display>>(place: &str, text: &str) -> Result<T, FileError> {
    text.parse()
        .map_err(|error| FileError::value(place, format!("{}: {error}", quoted(text))))
}

fn ip(place: &str, text: &str) -> Result<IpAddr, FileError> {
    text.parse().map_err(|_| {
        FileError::value(
            place,
            format!(
                "{}: an address like 10.10.0.2 is expected here",
                quoted(text)
            ),
        )
    })
}

fn port(place: &str, number: u64) -> Result<Port, FileError> {
    Port::try_from(number).map_err(|error| FileError::value(place, format!("{number}: {error}")))
}

fn point(pair: Option<[i32; 2]>) -> Point {
    // Far beyond any screen, yet safe to add up.
    const FAR: i32 = 1_000_000;
    let [x, y] = pair.unwrap_or_default();
    Point {
        x: x.clamp(-FAR, FAR),
        y: y.clamp(-FAR, FAR),
    }
}

/// A text from a file as an error shows it: short, and harmless in a terminal.
fn quoted(text: &str) -> String {
    let mut short: String = text.chars().take(40).flat_map(char::escape_debug).collect();
    if text.chars().nth(40).is_some() {
        short.push('\u{2026}');
    }
    format!("\u{201c}{short}\u{201d}")
}
