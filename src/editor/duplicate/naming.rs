//! What copies are called.

use litemap::LiteMap;

use crate::plan::{Label, Node, NodeName, Place, Plan, SiteId};

/// The sites of a part with the sites that stand for them in the plan.
pub(super) type Homes = LiteMap<SiteId, SiteId>;

/// A name for each machine of a part: its own if that is free, the one that
/// follows from the new name of its site, or the next with a number.
pub(super) fn new_names(plan: &Plan, part: &Plan, homes: &Homes) -> Vec<NodeName> {
    let mut names: Vec<NodeName> = Vec::with_capacity(part.nodes.len());
    for node in part.nodes.values() {
        let is_taken = |name: &str| {
            plan.node_named(name).is_some() || names.iter().any(|other| other.as_str() == name)
        };
        let wish = node.name.as_str();
        let name = if is_taken(wish) {
            let of_site = named_after(plan, part, node, homes);
            of_site.filter(|name| !is_taken(name.as_str())).or_else(|| {
                numbered(wish, NodeName::LONGEST, "-", is_taken)
                    .parse()
                    .ok()
            })
        } else {
            None
        };
        names.push(name.unwrap_or_else(|| node.name.clone()));
    }
    names
}

/// `berlin-2-gw` for the `berlin-gw` of Berlin in the copy that is called Berlin 2.
fn named_after(plan: &Plan, part: &Plan, node: &Node, homes: &Homes) -> Option<NodeName> {
    let Place::Site { site, .. } = &node.place else {
        return None;
    };
    let before = NodeName::suggest(part.sites.get(site)?.name.as_str())?;
    let after = NodeName::suggest(plan.sites.get(homes.get(site)?)?.name.as_str())?;
    let rest = node.name.as_str().strip_prefix(before.as_str())?;
    let goes_on = rest.starts_with(|sign: char| sign.is_ascii_alphanumeric());
    if before == after || goes_on {
        return None;
    }
    format!("{after}{rest}").parse().ok()
}

/// The name of a copied site: its own, or with the next free number.
pub(super) fn site_name(plan: &Plan, name: &Label) -> Label {
    let is_taken = |text: &str| plan.sites.values().any(|site| site.name.as_str() == text);
    let free = is_taken(name.as_str())
        .then(|| numbered(name.as_str(), Label::LONGEST, " ", is_taken).parse::<Label>());
    free.and_then(Result::ok).unwrap_or_else(|| name.clone())
}

/// `nas-2`, `nas-3` … for `nas` and for `nas-2`: the first that is free.
pub(super) fn numbered(
    wish: &str,
    longest: usize,
    gap: &str,
    is_taken: impl Fn(&str) -> bool,
) -> String {
    let stem = match wish.rsplit_once(gap) {
        Some((stem, number)) if number.parse::<u32>().is_ok() && !stem.is_empty() => stem,
        _ => wish,
    };
    let mut number = 2_u32;
    loop {
        let end = format!("{gap}{number}");
        let room = longest.saturating_sub(end.len());
        let stem: String = stem.chars().take(room).collect();
        let name = format!("{}{end}", stem.trim_end_matches([' ', '-']));
        if !is_taken(&name) {
            return name;
        }
        number += 1;
    }
}
