//! How a plan file is written: sorted by name, defaults left out, so that the
//! same plan gives the same bytes and a change gives a small diff.

use crate::plan::{
    Answers, Form, Node, PairChoice, Place, Plan, Platform, Point, PublicAddress, Relaying, Router,
};

use super::plan_file::{
    AnswersFile, ChoiceFile, FORMAT, FormFile, NodeFile, PairFile, PlaceFile, PlanFile,
    PlatformFile, PublicFile, RouterFile, ShareFile, SiteFile, StandsFile, VERSION,
};

/// Writes a plan as JSON with a line break at the end.
#[must_use]
pub fn write_plan(plan: &Plan) -> String {
    let mut sites: Vec<SiteFile> = plan
        .sites
        .iter()
        .map(|(id, site)| SiteFile {
            name: site.name.to_string(),
            id: differing(id.as_str(), site.name.as_str()),
            lans: sorted(&site.lans, |lan| *lan)
                .map(ToString::to_string)
                .collect(),
            router: match site.router {
                Router::Nat => RouterFile::Nat,
                Router::Cgnat => RouterFile::Cgnat,
            },
            public: (!site.public.is_unknown()).then(|| public(&site.public)),
            position: Some(pair(site.position)),
            size: site.size.map(pair),
        })
        .collect();
    crate::sorting::sort_by(&mut sites, |one, other| one.name.cmp(&other.name));
    let mut nodes: Vec<NodeFile> = plan
        .nodes
        .iter()
        .map(|(id, node)| write_node(plan, id.as_str(), node))
        .collect();
    crate::sorting::sort_by(&mut nodes, |one, other| one.name.cmp(&other.name));
    let name_of = |id| plan.nodes.get(id).map(|node| node.name.to_string());
    let mut pairs: Vec<PairFile> = plan
        .pairs
        .iter()
        .filter_map(|(key, choice)| {
            let (a, b) = key.ends();
            let mut between = [name_of(a)?, name_of(b)?];
            crate::sorting::sort(&mut between);
            let choice = match choice {
                PairChoice::Via(relay) => ChoiceFile::Via(name_of(relay)?),
                PairChoice::Direct => return None,
                PairChoice::Never => ChoiceFile::Never,
            };
            Some(PairFile { between, choice })
        })
        .collect();
    crate::sorting::sort_by(&mut pairs, |one, other| one.between.cmp(&other.between));
    let file = PlanFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: plan.id.as_ref().map(ToString::to_string),
        name: plan.name.to_string(),
        tunnel: sorted(&plan.tunnel, |prefix| *prefix)
            .map(ToString::to_string)
            .collect(),
        listen_port: Some(plan.listen_port.get().into()),
        preshared_keys: Some(plan.preshared_keys),
        sites,
        nodes,
        pairs,
    };
    // Strings, numbers and lists always have a form in JSON.
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

fn write_node(plan: &Plan, id: &str, node: &Node) -> NodeFile {
    NodeFile {
        name: node.name.to_string(),
        id: differing(id, node.name.as_str()),
        form: match node.form {
            Form::Server => FormFile::Server,
            Form::Nas => FormFile::Nas,
            Form::Board => FormFile::Board,
            Form::Computer => FormFile::Computer,
            Form::Phone => FormFile::Phone,
        },
        platform: match node.platform {
            Platform::Linux => PlatformFile::Linux,
            Platform::Android => PlatformFile::Android,
            Platform::Ios => PlatformFile::Ios,
        },
        place: write_place(plan, &node.place),
        addresses: node
            .addresses
            .iter()
            .map(|address| address.to_string())
            .collect(),
        listen_port: node.listen_port.map(|port| port.get().into()),
        relay: match node.relay {
            Relaying::Automatic => None,
            Relaying::Yes => Some(true),
            Relaying::No => Some(false),
        },
        shares: sorted(&node.shares, |share| share.prefix)
            .map(|share| ShareFile {
                prefix: share.prefix.to_string(),
                answers: match share.answers {
                    Answers::Translate => AnswersFile::Translate,
                    Answers::Route => AnswersFile::Route,
                    Answers::Nothing => AnswersFile::Nothing,
                },
            })
            .collect(),
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
            ..
        } => PlaceFile::Site(StandsFile {
            at: plan
                .sites
                .get(site)
                .map_or_else(|| site.to_string(), |site| site.name.to_string()),
            lan_address: lan_address.map(|address| address.to_string()),
            forward: forward.map(|forward| forward.external.get().into()),
        }),
        Place::Roams => PlaceFile::Roams,
    }
}

fn public(address: &PublicAddress) -> PublicFile {
    PublicFile {
        ipv4: address.ipv4.map(|address| address.to_string()),
        ipv6: address.ipv6.map(|address| address.to_string()),
        name: address.name.as_ref().map(ToString::to_string),
    }
}

/// A list in the order in which it is written, whatever the order of statements.
fn sorted<T, K: Ord>(list: &[T], key: impl Fn(&T) -> K) -> impl Iterator<Item = &T> {
    let mut sorted: Vec<&T> = list.iter().collect();
    crate::sorting::sort_by_key(&mut sorted, |part| key(part));
    sorted.into_iter()
}

fn differing(id: &str, name: &str) -> Option<String> {
    (id != name).then(|| id.to_owned())
}

fn pair(point: Point) -> [i32; 2] {
    [point.x, point.y]
}
