//! The JSON that the README documents. Fields may be added, never renamed.

use serde_json::{Map, Value, json};

use meshwright::mesh::{
    Finding, Mesh, MeshNode, Pair, Peer, Reason, Subject, improvements, pillars,
};
use meshwright::plan::{Family, Plan};
use meshwright::render::{Explanation, Why};

use super::{name_of, names};

/// Everything that is known of a plan.
pub(super) fn report(plan: &Plan, mesh: &Mesh) -> Value {
    let findings: Vec<Value> = mesh
        .findings
        .iter()
        .map(|finding| finding_json(plan, finding))
        .collect();
    let improvements: Vec<Value> = improvements(plan, mesh, &Subject::Plan)
        .iter()
        .map(|improvement| {
            json!({
                "action": improvement.action,
                "text": improvement.text,
                "possible": improvement.possible,
                "direct": improvement.direct,
            })
        })
        .collect();
    let pillars: Vec<Value> = pillars(plan, mesh)
        .iter()
        .map(|pillar| {
            json!({
                "node": name_of(plan, &pillar.node),
                "carries": pillar.carries,
                "cut_off": pillar.cut_off,
            })
        })
        .collect();
    json!({
        "pairs": pairs(mesh),
        "findings": findings,
        "improvements": improvements,
        "pillars": pillars,
        "explanations": explanations(mesh),
    })
}

fn pairs(mesh: &Mesh) -> Map<String, Value> {
    let mut pairs = Map::new();
    for pair in mesh.pairs.iter() {
        let there = names(mesh, pair.verdict.via().iter().copied());
        let back: Vec<String> = there.iter().rev().cloned().collect();
        let why = mesh.why(pair);
        let (a, b) = (pair.a, pair.b);
        for (from, to, via) in [(a, b, there), (b, a, back)] {
            let (from_name, to_name) = (mesh.name(from), mesh.name(to));
            let one = json!({ "verdict": pair.verdict.word(), "via": via, "why": why });
            pairs.insert(
                format!("{from_name}>{to_name}"),
                whole(&one, pair, &mesh.families),
            );
            for share in mesh.nodes.get(to).into_iter().flat_map(|node| &node.shares) {
                if share.is_for(from) {
                    let key = format!("{from_name}>{}", share.prefix);
                    pairs.insert(key, whole(&one, pair, &[share.prefix.family()]));
                }
            }
        }
    }
    pairs
}

/// A pair with its verdict in each family inside the tunnel, and with the
/// family that carries the tunnel itself, if the two have a session.
fn whole(one: &Value, pair: &Pair, families: &[Family]) -> Value {
    let mut all = Map::new();
    for family in families {
        all.insert(number(*family).to_owned(), one.clone());
    }
    let outer = match &pair.reason {
        Reason::Linked(link) if pair.verdict.is_link() => json!(number(link.family)),
        _ => Value::Null,
    };
    let mut value = one.clone();
    if let Some(object) = value.as_object_mut() {
        object.insert("families".to_owned(), Value::Object(all));
        object.insert("outer".to_owned(), outer);
    }
    value
}

fn number(family: Family) -> &'static str {
    match family {
        Family::V4 => "4",
        Family::V6 => "6",
    }
}

fn finding_json(plan: &Plan, finding: &Finding) -> Value {
    let subject = match &finding.subject {
        Subject::Plan => plan.name.to_string(),
        Subject::Site(id) => plan
            .sites
            .get(id)
            .map_or_else(String::new, |site| site.name.to_string()),
        Subject::Node(id) => name_of(plan, id),
        Subject::Pair(pair) => {
            let (a, b) = pair.ends();
            let mut ends = [name_of(plan, a), name_of(plan, b)];
            ends.sort();
            ends.join(">")
        }
    };
    json!({
        "code": finding.code.as_str(),
        "severity": finding.severity.word(),
        "subject": subject,
        "text": finding.text,
        "evidence": finding.evidence,
        "fix": finding.fix.as_ref().map(|fix| &fix.text),
    })
}

/// Why each value of each peer stands in each machine's file.
fn explanations(mesh: &Mesh) -> Map<String, Value> {
    let nodes = mesh.nodes.iter().enumerate();
    nodes
        .map(|(place, node)| {
            let peers = peers(mesh, place, node);
            (node.name.to_string(), json!({ "peers": peers }))
        })
        .collect()
}

fn peers(mesh: &Mesh, place: usize, node: &MeshNode) -> Map<String, Value> {
    let peers = node.peers.iter().enumerate();
    peers
        .map(|(index, peer)| {
            let name = mesh.name(peer.node).to_owned();
            (name, peer_json(mesh, place, index, peer))
        })
        .collect()
}

fn peer_json(mesh: &Mesh, place: usize, index: usize, peer: &Peer) -> Value {
    let explain = |why| Explanation::of(mesh, place, why);
    let endpoint = peer.endpoint.as_ref().and_then(|endpoint| {
        let (_, why) = explain(Why::Endpoint(index))?.values.into_iter().next()?;
        Some(json!({ "value": endpoint.to_string(), "why": why }))
    });
    let keepalive = peer.keepalive.then(|| {
        let why = explain(Why::Keepalive(index)).and_then(|explanation| explanation.note);
        json!({ "value": meshwright::mesh::KEEPALIVE_SECONDS, "why": why })
    });
    let allowed: Vec<Value> = explain(Why::AllowedIps(index))
        .map_or_else(Vec::new, |explanation| explanation.values)
        .into_iter()
        .map(|(prefix, why)| json!({ "prefix": prefix, "why": why }))
        .collect();
    json!({ "endpoint": endpoint, "keepalive": keepalive, "allowed": allowed })
}
