//! Pairs that do not get through, or not as well as they could.

use std::net::IpAddr;

use litemap::LiteMap;

use crate::plan::{Edit, Family, NodeId, PairKey, Place, Plan, SiteId};

use super::super::uplink::{Egress, router_address, uplink};
use super::super::{DirectRefusal, Mesh, PinRefusal, Reason, Verdict};
use super::{Code, Finding, Fix, Severity, Subject};

/// Adds the findings that follow from verdicts.
pub(super) fn explain(plan: &Plan, mesh: &Mesh, findings: &mut Vec<Finding>) {
    let mut free = FreeAddresses::new();
    // Nearly all pairs get through, and are passed over before anything is asked of them.
    let apart = mesh.pairs.iter().filter(|pair| {
        matches!(pair.verdict, Verdict::Impossible) || matches!(pair.reason, Reason::NoLanAddress)
    });
    for pair in apart {
        let Some(key) = mesh.key_of(pair) else {
            continue;
        };
        let (a, b) = (mesh.name(pair.a), mesh.name(pair.b));
        match (&pair.verdict, &pair.reason) {
            // The machine that is left out has a finding of its own.
            (_, Reason::LeftOut) => {}
            (Verdict::Impossible, _) if speak_apart(plan, mesh, pair.a, pair.b) => {
                findings.push(Finding {
                    code: Code::E14,
                    severity: Severity::Error,
                    subject: Subject::Pair(key),
                    text: format!("{a} and {b} speak different IP versions, and no relay speaks both"),
                    evidence: "A machine that relays and has IPv4 and IPv6 on the internet, such as a small VPS, would join them.".to_owned(),
                    fix: relay_fix(plan, mesh, pair.a, pair.b),
                });
            }
            (Verdict::Impossible, _) => findings.push(Finding {
                code: Code::E02,
                severity: Severity::Error,
                subject: Subject::Pair(key),
                text: format!("{a} and {b} cannot reach each other"),
                evidence: mesh.why(pair),
                fix: relay_fix(plan, mesh, pair.a, pair.b)
                    .or_else(|| forward_fix(plan, mesh, pair.a, pair.b))
                    .or_else(|| forward_fix(plan, mesh, pair.b, pair.a)),
            }),
            (Verdict::Relayed(_), Reason::NoLanAddress) => findings.push(Finding {
                code: Code::W18,
                severity: Severity::Warning,
                subject: Subject::Pair(key),
                text: format!("{a} and {b} stand at one site but talk through a relay"),
                evidence: lan_advice(plan, mesh, pair.a, pair.b),
                fix: lan_fix(plan, mesh, &mut free, (pair.a, pair.b))
                    .or_else(|| lan_fix(plan, mesh, &mut free, (pair.b, pair.a))),
            }),
            _ => {}
        }
    }
}

/// Whether two machines have no IP version of the internet in common.
fn speak_apart(plan: &Plan, mesh: &Mesh, a: usize, b: usize) -> bool {
    let speaks = |place: usize| {
        let node = plan.nodes.get(&mesh.nodes.get(place)?.id)?;
        Some(Family::BOTH.map(|family| uplink(plan, node, family).egress != Egress::None))
    };
    match (speaks(a), speaks(b)) {
        (Some([a4, a6]), Some([b4, b6])) => (a4 || a6) && (b4 || b6) && !(a4 && b4) && !(a6 && b6),
        _ => false,
    }
}

/// A free address at each site, beside another one there. Many pairs of a site
/// get the same answer, and it takes a look at all machines.
type FreeAddresses<'a> = LiteMap<(&'a SiteId, Option<IpAddr>), Option<IpAddr>>;

/// A fixed address for one of two machines in the LAN of the other, if that is
/// all they lack.
fn lan_fix<'a>(
    plan: &'a Plan,
    mesh: &Mesh,
    free: &mut FreeAddresses<'a>,
    (lacks, other): (usize, usize),
) -> Option<Fix> {
    let id = |place: usize| mesh.nodes.get(place).map(|node| &node.id);
    let (id, other) = (id(lacks)?, id(other)?);
    let (node, other) = (plan.nodes.get(id)?, plan.nodes.get(other)?);
    let (Place::Site { site: at, .. }, None) = (&node.place, node.lan_address()) else {
        return None;
    };
    let one_lan = plan.sites.get(at)?.lans.len() == 1;
    if !one_lan && other.lan_address().is_none() {
        return None;
    }
    let beside = other.lan_address();
    let address = free
        .entry((at, beside))
        .or_insert_with(|| plan.free_lan_address(at, beside));
    let address = (*address)?;
    Some(Fix::of(plan, Edit::FixLanAddress(id.clone(), address)))
}

/// What would let two machines at one site talk over the LAN.
fn lan_advice(plan: &Plan, mesh: &Mesh, a: usize, b: usize) -> String {
    let node = |place: usize| plan.nodes.get(&mesh.nodes.get(place)?.id);
    let lans = node(a)
        .and_then(|node| plan.site_of(node))
        .map_or(0, |site| site.lans.len());
    let lacks = |place: usize| node(place).is_some_and(|node| node.lan_address().is_none());
    let (name_a, name_b) = (mesh.name(a), mesh.name(b));
    let who = match (lacks(a), lacks(b)) {
        (false, false) => {
            return "Their LAN addresses do not lie in one LAN of the site.".to_owned();
        }
        (true, true) if lans > 1 => format!("both {name_a} and {name_b}"),
        (true, true) => format!("{name_a} or {name_b}"),
        (true, false) => name_a.to_owned(),
        (false, true) => name_b.to_owned(),
    };
    let fixed = if lans > 1 { " in the same LAN" } else { "" };
    format!("Give {who} a fixed LAN address{fixed}, and they talk over the LAN.")
}

/// A willing relay that one change would give a pair, if there is one.
fn relay_fix(plan: &Plan, mesh: &Mesh, a: usize, b: usize) -> Option<Fix> {
    let reaches = |relay: usize, end: usize| {
        relay != end
            && mesh
                .pair(relay, end)
                .is_some_and(|pair| pair.verdict.is_link())
    };
    // Who stands in a LAN that an end shares would deliver past the gateway.
    let outside = |relay: usize, end: usize| {
        let shares = mesh.nodes.get(end).map_or(&[][..], |node| &node.shares);
        shares.iter().all(|share| share.may_pass(relay))
    };
    let unwilling = |id: &NodeId| plan.nodes.get(id).is_some_and(|node| !node.may_relay());
    let (_, node) = mesh.nodes.iter().enumerate().find(|(place, node)| {
        let fits = |end: usize| reaches(*place, end) && outside(*place, end);
        node.platform.can_forward() && unwilling(&node.id) && fits(a) && fits(b)
    })?;
    Some(Fix {
        text: format!("Let {} relay", node.name),
        edit: Edit::LetRelay(node.id.clone()),
    })
}

/// A port forward that would let one end dial the other.
fn forward_fix(plan: &Plan, mesh: &Mesh, to: usize, from: usize) -> Option<Fix> {
    let id = |place: usize| mesh.nodes.get(place).map(|node| &node.id);
    let (id, from) = (id(to)?, id(from)?);
    let (target, dialler) = (plan.nodes.get(id)?, plan.nodes.get(from)?);
    let Place::Site {
        site: at,
        forward: None,
        ..
    } = &target.place
    else {
        return None;
    };
    // A pair never dials its own router from inside.
    if matches!(&dialler.place, Place::Site { site, .. } if site == at) {
        return None;
    }
    let site = plan.sites.get(at)?;
    let router = router_address(site)?;
    let port = plan.listen_port_of(target);
    let taken = plan.nodes.values().any(|other| match &other.place {
        Place::Site { site, forward, .. } => {
            forward.is_some_and(|forward| forward.external == port)
                && plan.sites.get(site).and_then(router_address) == Some(router.clone())
        }
        Place::Internet(_) | Place::Roams => false,
    });
    let fits = !taken && uplink(plan, dialler, Family::V4).egress == Egress::Full;
    fits.then(|| Fix {
        text: format!(
            "Forward UDP {port} to {} on the router at {}",
            target.name, site.name
        ),
        edit: Edit::Forward(id.clone(), port),
    })
}

/// A chosen relay that cannot be used.
pub(super) fn refused_pin(
    plan: &Plan,
    mesh: &Mesh,
    (a, b): (usize, usize),
    (relay, why): (&NodeId, PinRefusal),
) -> Option<Finding> {
    let (a, b) = (mesh.nodes.get(a)?, mesh.nodes.get(b)?);
    let key = PairKey::new(&a.id, &b.id)?;
    let relay = plan
        .nodes
        .get(relay)
        .map_or(relay.as_str(), |node| node.name.as_str());
    let cause = match why {
        PinRefusal::Gone => format!("There is no machine {relay} any more."),
        PinRefusal::IsEnd => "A pair is relayed by a third machine.".to_owned(),
        PinRefusal::Unwilling => format!("{relay} does not relay."),
        PinRefusal::InLan => format!(
            "{relay} stands in a LAN that one of them shares, and would deliver past the gateway."
        ),
        PinRefusal::OnlyThrough(hub) => {
            format!("One of them talks only through {}.", mesh.name(hub))
        }
        PinRefusal::NoPath => format!("{relay} does not reach both."),
        PinRefusal::Conflict(one, other) => format!(
            "{} and {} would have to go another way than they do, or answers would be dropped.",
            mesh.name(one),
            mesh.name(other)
        ),
    };
    let finding = Finding::about(
        Code::E03,
        Severity::Error,
        Subject::Pair(key.clone()),
        format!("{} and {} cannot go through {relay}", a.name, b.name),
        format!("{cause} The pair is planned as if nothing was chosen."),
    );
    Some(finding.with_fix(plan, Edit::AsPlanned(key)))
}

/// A pair that was to be direct and cannot be.
pub(super) fn refused_direct(
    plan: &Plan,
    mesh: &Mesh,
    (a, b): (usize, usize),
    why: DirectRefusal,
) -> Option<Finding> {
    let (a, b) = (mesh.nodes.get(a)?, mesh.nodes.get(b)?);
    let key = PairKey::new(&a.id, &b.id)?;
    let cause = match why {
        DirectRefusal::NoAddress => {
            "Neither end has an address or name to which the other could send.".to_owned()
        }
        DirectRefusal::OnlyThrough(hub) => {
            format!("One of them talks only through {}.", mesh.name(hub))
        }
    };
    let finding = Finding::about(
        Code::E13,
        Severity::Error,
        Subject::Pair(key.clone()),
        format!("{} and {} cannot talk directly", a.name, b.name),
        format!("{cause} The pair is planned as if nothing was chosen."),
    );
    Some(finding.with_fix(plan, Edit::AsPlanned(key)))
}
