//! What a screen reader says of the drawing, and texts cut to their room.

use crate::mesh::{Mesh, Pair, Verdict};
use crate::plan::{Node, Place, Plan, Router, Site, SiteId};

use super::link::LinkVerdict;
use super::node::Reach;
use super::tally::NodeTally;

/// A text of at most so many characters, with an ellipsis where it was cut.
#[must_use]
pub fn clip(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(longest.saturating_sub(1)).collect();
    short.push('\u{2026}');
    short
}

/// "nas, 10.10.0.2, behind the router at Home, dials out, 1 direct link, 1 relayed".
pub(super) fn sentence_of_node(
    plan: &Plan,
    node: &Node,
    reach: Reach,
    tally: NodeTally,
    relays: bool,
) -> String {
    let mut parts = vec![node.name.to_string()];
    parts.extend(node.addresses.iter().map(|address| address.to_string()));
    parts.push(match &node.place {
        Place::Internet(_) => "on the internet".to_owned(),
        Place::Roams => "roams".to_owned(),
        Place::Site { .. } => plan.site_of(node).map_or_else(
            || "at a site that is gone".to_owned(),
            |site| format!("behind the router at {}", site.name),
        ),
    });
    parts.push(match reach {
        Reach::Open => "open".to_owned(),
        Reach::Forwarded => "a port is forwarded".to_owned(),
        Reach::DialsOut => "dials out".to_owned(),
        Reach::NoAddress => "public address unknown".to_owned(),
    });
    if relays {
        parts.push("relays".to_owned());
    }
    let kinds = [
        (
            tally.pairs(LinkVerdict::Direct),
            "direct link",
            "direct links",
        ),
        (
            tally.pairs(LinkVerdict::Open),
            "opened by both ends",
            "opened by both ends",
        ),
        (
            tally.pairs(LinkVerdict::Lan),
            "over the LAN",
            "over the LAN",
        ),
        (tally.pairs(LinkVerdict::Relayed), "relayed", "relayed"),
        (
            tally.pairs(LinkVerdict::Impossible),
            "impossible",
            "impossible",
        ),
    ];
    for (count, one, many) in kinds {
        if count > 0 {
            parts.push(format!("{count} {}", if count == 1 { one } else { many }));
        }
    }
    let found = [
        (tally.errors, "error", "errors"),
        (tally.warnings, "warning", "warnings"),
    ];
    for (count, one, many) in found {
        if count > 0 {
            parts.push(format!("{count} {}", if count == 1 { one } else { many }));
        }
    }
    parts.extend(
        node.shares
            .iter()
            .map(|share| format!("shares {}", share.prefix)),
    );
    parts.join(", ")
}

/// "Home, 192.168.1.0/24, NAT, no port forwarded, 1 machine".
pub(super) fn sentence_of_site(plan: &Plan, id: &SiteId, site: &Site) -> String {
    let machines = plan.nodes_at(id).count();
    let mut parts = vec![site.name.to_string()];
    parts.extend(site.lans.iter().map(ToString::to_string));
    parts.push(router_sentence(plan, id, site));
    parts.push(format!(
        "{machines} {}",
        if machines == 1 { "machine" } else { "machines" }
    ));
    parts.join(", ")
}

/// What the router allows: "NAT, no port forwarded", "51820 → nas".
pub(super) fn router_sentence(plan: &Plan, id: &SiteId, site: &Site) -> String {
    if site.router == Router::Cgnat {
        return "CGNAT, no public IPv4".to_owned();
    }
    let mut forwards = plan.nodes_at(id).filter_map(|(_, node)| match &node.place {
        Place::Site {
            forward: Some(forward),
            ..
        } => Some(format!("{} \u{2192} {}", forward.external, node.name)),
        _ => None,
    });
    match (forwards.next(), forwards.count()) {
        (None, _) => "NAT, no port forwarded".to_owned(),
        (Some(first), 0) => first,
        (Some(first), more) => format!("{first}, {more} more"),
    }
}

/// "nas to pi, relayed via vps: Both ends are behind NAT …".
pub(super) fn sentence_of_pair(mesh: &Mesh, pair: &Pair) -> String {
    format!(
        "{} to {}, {}: {}",
        mesh.name(pair.a),
        mesh.name(pair.b),
        verdict_words(mesh, &pair.verdict),
        mesh.why(pair)
    )
}

/// "direct", "relayed via vps".
#[must_use]
pub fn verdict_words(mesh: &Mesh, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Lan => "over the LAN".to_owned(),
        Verdict::Direct => "direct".to_owned(),
        Verdict::Open => "direct, opened by both ends".to_owned(),
        Verdict::Relayed(via) => {
            let names: Vec<&str> = via.iter().map(|relay| mesh.name(*relay)).collect();
            format!("relayed via {}", names.join(" and "))
        }
        Verdict::Never => "switched off".to_owned(),
        Verdict::Impossible => "impossible".to_owned(),
    }
}

/// What changed between two meshes, for pairs that both have: "nas to pi is
/// now relayed via vps". Machines are told apart by identity, not by name.
#[must_use]
pub fn verdict_changes(before: &Mesh, after: &Mesh) -> Vec<String> {
    let known = before.nodes.iter().zip(0..);
    let known = crate::sorting::map_of(known.map(|(node, place)| (&node.id, place)).collect());
    // For each machine, its place in the mesh before.
    let places: Vec<Option<usize>> = after
        .nodes
        .iter()
        .map(|node| known.get(&node.id).copied())
        .collect();
    let place = |now: usize| places.get(now).copied().flatten();
    // This runs over all pairs after every edit, so words come last.
    let is_same = |now: &Verdict, old: &Verdict| {
        std::mem::discriminant(now) == std::mem::discriminant(old)
            && now.via().len() == old.via().len()
            && now
                .via()
                .iter()
                .zip(old.via())
                .all(|(now, old)| place(*now) == Some(*old))
    };
    let mut changes = Vec::new();
    for pair in after.pairs.iter() {
        let (Some(a), Some(b)) = (place(pair.a), place(pair.b)) else {
            continue;
        };
        let Some(old) = before.pair(a, b) else {
            continue;
        };
        // A path has a direction, and a rename can turn it around.
        let is_turned = (a < b) != (pair.a < pair.b);
        let same = if is_turned && old.verdict.via().len() > 1 {
            let mut via = old.verdict.via().to_vec();
            via.reverse();
            is_same(&pair.verdict, &Verdict::Relayed(via.into()))
        } else {
            is_same(&pair.verdict, &old.verdict)
        };
        if !same {
            changes.push(format!(
                "{} to {} is now {}",
                after.name(pair.a),
                after.name(pair.b),
                verdict_words(after, &pair.verdict)
            ));
        }
    }
    changes
}
