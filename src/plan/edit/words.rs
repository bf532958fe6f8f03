//! Changes in the user's words, as a button and the history say them.

use std::fmt::Display;

use super::Edit;
use crate::plan::{Answers, NodeId, PairKey, Place, Plan, SiteId};

impl Edit {
    /// What it does, in one short sentence without a full stop. Names are those
    /// of the plan before the change.
    #[must_use]
    pub fn words(&self, plan: &Plan) -> String {
        let name = |id: &NodeId| name_of(plan, id);
        match self {
            Self::LetRelay(id) => format!("Let {} relay", name(id)),
            Self::StopRelaying(id) => format!("Do not let {} relay", name(id)),
            Self::StayOn(id) => format!("Keep {} switched on", name(id)),
            Self::StayReachable(id) => format!("Keep {} reachable while it is silent", name(id)),
            Self::ReturnAnswers(id, _, Answers::Translate) => format!("Translate on {}", name(id)),
            Self::ReturnAnswers(id, prefix, Answers::Route) => {
                format!("Route answers from {prefix} to {}", name(id))
            }
            Self::ReturnAnswers(id, prefix, Answers::Nothing) => {
                format!("Arrange nothing for answers from {prefix} to {}", name(id))
            }
            Self::Forward(id, port) => {
                format!("Forward UDP {port} to {} on {}", name(id), router(plan, id))
            }
            Self::StopForward(id) => forward_of(plan, id).map_or_else(
                || format!("Do not count on a port forwarded to {}", name(id)),
                |port| format!("Do not count on UDP {port}"),
            ),
            Self::OpenIpv6(id) => format!(
                "Open the IPv6 firewall for {} on {}",
                name(id),
                router(plan, id)
            ),
            Self::FixLanAddress(id, address) => {
                format!("Give {} the fixed LAN address {address}", name(id))
            }
            Self::RouteLans(site) => {
                format!(
                    "Let the LANs at {} route to each other",
                    site_name(plan, site)
                )
            }
            Self::AddRelay(_, name) => format!("Add a small VPS called {name}"),
            Self::StopSharing(id, prefix) => format!("Stop sharing {prefix} from {}", name(id)),
            Self::LeaveOut(id, prefix) => format!("Leave {prefix} out for {}", name(id)),
            Self::NewAddress(id) => new_address(plan, id),
            Self::WidenPool(pool) => plan.wider_pool(*pool).map_or_else(
                || format!("Widen the tunnel prefix {pool}"),
                |wider| format!("Widen the tunnel prefix {pool} to {wider}"),
            ),
            Self::AddPool(pool) => format!("Add the tunnel prefix {pool}"),
            Self::AsPlanned(_) => "Let the planner choose".to_owned(),
            Self::TalkDirectly(pair) => {
                let (a, b) = ends(plan, pair);
                format!("Let {a} and {b} open the path at once")
            }
            Self::TalkThrough(id, hub) => {
                format!("Let {} talk only through {}", name(id), name(hub))
            }
            Self::LeaveHub(id) => format!("Let {} talk without a hub", name(id)),
            Self::ServeAsExit(id) => format!("Let others reach the internet through {}", name(id)),
            Self::UseExit(id, exit) => {
                format!("Let {} reach the internet through {}", name(id), name(exit))
            }
            Self::LeaveExit(id) => format!("Let {} reach the internet by itself", name(id)),
            Self::NameDomain(domain) => format!("Use the domain {domain}"),
            Self::NoNameServer => "Let no machine answer for names".to_owned(),
            Self::AnswerPublicNames => plan
                .dns
                .as_ref()
                .and_then(|dns| dns.server.as_ref())
                .map_or_else(
                    || "Answer for all names".to_owned(),
                    |server| format!("Let {} answer for all names", name(server)),
                ),
            Self::PlannedMtu(id) => format!("Let the planner choose the MTU of {}", name(id)),
        }
    }
}

/// The addresses that a machine would get, or loses if it gets none.
fn new_address(plan: &Plan, id: &NodeId) -> String {
    let mut copy = plan.clone();
    copy.apply(&Edit::NewAddress(id.clone()));
    let of = |plan: &Plan| {
        plan.nodes
            .get(id)
            .map(|node| node.addresses)
            .unwrap_or_default()
    };
    let (before, after) = (of(plan), of(&copy));
    let kept: Vec<_> = after.iter().collect();
    let fresh = listed(after.iter());
    let lost = listed(before.iter().filter(|address| !kept.contains(address)));
    let name = name_of(plan, id);
    let gains = after
        .iter()
        .any(|address| !before.iter().any(|old| old == address));
    if gains || lost.is_empty() {
        format!("Give {name} {fresh}")
    } else {
        format!("Take {lost} from {name}")
    }
}

fn listed(items: impl Iterator<Item = impl Display>) -> String {
    items
        .map(|item| item.to_string())
        .collect::<Vec<_>>()
        .join(" and ")
}

fn name_of(plan: &Plan, id: &NodeId) -> String {
    plan.nodes
        .get(id)
        .map_or_else(|| id.to_string(), |node| node.name.to_string())
}

fn site_name(plan: &Plan, id: &SiteId) -> String {
    plan.sites
        .get(id)
        .map_or_else(|| id.to_string(), |site| site.name.to_string())
}

/// Both ends by name, in the order of names.
fn ends(plan: &Plan, pair: &PairKey) -> (String, String) {
    let (one, other) = pair.ends();
    let (one, other) = (name_of(plan, one), name_of(plan, other));
    if one <= other {
        (one, other)
    } else {
        (other, one)
    }
}

/// The router in front of a machine.
fn router(plan: &Plan, id: &NodeId) -> String {
    let site = plan.nodes.get(id).and_then(|node| plan.site_of(node));
    site.map_or_else(
        || "its router".to_owned(),
        |site| format!("the router at {}", site.name),
    )
}

fn forward_of(plan: &Plan, id: &NodeId) -> Option<crate::plan::Port> {
    match plan.nodes.get(id)?.place {
        Place::Site { forward, .. } => forward.map(|forward| forward.external),
        Place::Internet(_) | Place::Roams => None,
    }
}
