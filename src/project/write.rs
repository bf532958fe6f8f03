//! How a plan file is written: sorted by name, defaults left out, so that the
//! same plan gives the same bytes and a change gives a small diff.

mod node;
mod site;

use crate::plan::{Dns, GroupPair, NodeId, PairChoice, PairKey, Plan, Point, Talk, Uplink};

use super::plan_file::{
    ChoiceFile, DnsFile, FORMAT, NodeFile, PairFile, PlanFile, SiteFile, UplinkFile, VERSION,
};
use super::words::{MTU_POLICIES, UPLINKS, unusual, word};

/// Writes a plan as JSON with a line break at the end.
///
/// What names a machine that is gone cannot be written, because a file names
/// machines by their names.
#[must_use]
pub fn write_plan(plan: &Plan) -> String {
    let sites = plan.sites.iter();
    let mut sites: Vec<SiteFile> = sites.map(|(id, site)| site::write(id, site)).collect();
    crate::sorting::sort_by(&mut sites, |one, other| one.name.cmp(&other.name));
    let nodes = plan.nodes.iter();
    let mut nodes: Vec<NodeFile> = nodes
        .map(|(id, node)| node::write(plan, id, node))
        .collect();
    crate::sorting::sort_by(&mut nodes, |one, other| one.name.cmp(&other.name));
    let pairs = plan.pairs.iter();
    let mut pairs: Vec<PairFile> = pairs
        .filter_map(|(key, choice)| write_pair(plan, key, choice))
        .collect();
    crate::sorting::sort_by(&mut pairs, |one, other| one.between.cmp(&other.between));
    let file = PlanFile {
        format: FORMAT,
        version: VERSION,
        id: plan.id.as_ref().map(ToString::to_string),
        name: plan.name.to_string(),
        tunnel: sorted_texts(&plan.tunnel),
        covering: yes(plan.covering),
        mtu: unusual(MTU_POLICIES, &plan.mtu),
        dns: plan.dns.as_ref().map(|dns| write_dns(plan, dns)),
        listen_port: Some(plan.listen_port.get().into()),
        preshared_keys: Some(plan.preshared_keys),
        talk: write_talk(&plan.talk),
        sites,
        nodes,
        pairs,
    };
    // Strings, numbers and lists always have a form in JSON.
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

fn write_pair(plan: &Plan, key: &PairKey, choice: &PairChoice) -> Option<PairFile> {
    let (a, b) = key.ends();
    let mut between = [name_of(plan, a)?, name_of(plan, b)?];
    crate::sorting::sort(&mut between);
    let choice = match choice {
        PairChoice::Via(relay) => ChoiceFile::Via(name_of(plan, relay)?),
        PairChoice::Direct => ChoiceFile::Direct,
        PairChoice::Never => ChoiceFile::Never,
    };
    Some(PairFile { between, choice })
}

fn write_dns(plan: &Plan, dns: &Dns) -> DnsFile {
    DnsFile {
        domain: dns.domain.to_string(),
        server: dns.server.as_ref().and_then(|id| name_of(plan, id)),
        answers_public: yes(dns.answers_public),
    }
}

fn write_talk(talk: &Talk) -> Option<Vec<[String; 2]>> {
    let Talk::Only(pairs) = talk else {
        return None;
    };
    let write = |pair: &GroupPair| {
        let (a, b) = pair.ends();
        [a.to_string(), b.to_string()]
    };
    Some(sorted(pairs, GroupPair::clone).map(write).collect())
}

fn write_uplink(uplink: Uplink) -> Option<UplinkFile> {
    match uplink {
        Uplink::Own(mtu) => Some(UplinkFile::Own(mtu.get())),
        kind => word(UPLINKS, &kind).map(UplinkFile::Kind),
    }
}

fn name_of(plan: &Plan, id: &NodeId) -> Option<String> {
    plan.nodes.get(id).map(|node| node.name.to_string())
}

/// A list in the order in which it is written, whatever the order of statements.
fn sorted<T, K: Ord>(list: &[T], key: impl Fn(&T) -> K) -> impl Iterator<Item = &T> {
    let mut sorted: Vec<&T> = list.iter().collect();
    crate::sorting::sort_by_key(&mut sorted, |part| key(part));
    sorted.into_iter()
}

fn sorted_texts<T: Ord + Clone + ToString>(list: &[T]) -> Vec<String> {
    sorted(list, T::clone).map(ToString::to_string).collect()
}

/// A switch that is usually off.
fn yes(on: bool) -> Option<bool> {
    on.then_some(true)
}

fn differing(id: &str, name: &str) -> Option<String> {
    (id != name).then(|| id.to_owned())
}

fn pair(point: Point) -> [i32; 2] {
    [point.x, point.y]
}
