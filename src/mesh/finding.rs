//! Findings: what is wrong or worth knowing, as data.

use crate::plan::{Edit, Family, NodeId, PairKey, Place, Plan, SiteId};

use super::reach::{router_address, uplink};
use super::{Mesh, Reason, Verdict};

/// Which rule a finding comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// A pair that cannot reach each other.
    E02,
    /// A relay or gateway that cannot forward.
    E03,
    /// A tunnel address that does not fit.
    E04,
    /// A name or key that two machines have.
    E05,
    /// A shared LAN or tunnel prefix that holds the address of an endpoint.
    E06,
    /// A prefix that hides a machine's own LAN.
    E07,
    /// Shared LANs that overlap each other or the tunnel.
    E08,
    /// Something that the platform's reader refuses.
    E10,
    /// A claim to be dialable that something else contradicts.
    E13,
    /// A shared LAN whose answers find no way back.
    W17,
    /// Two machines at one site that talk through a relay for want of a LAN address.
    W18,
}

impl Code {
    /// The code as it is written, such as `E02`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::E02 => "E02",
            Self::E03 => "E03",
            Self::E04 => "E04",
            Self::E05 => "E05",
            Self::E06 => "E06",
            Self::E07 => "E07",
            Self::E08 => "E08",
            Self::E10 => "E10",
            Self::E13 => "E13",
            Self::W17 => "W17",
            Self::W18 => "W18",
        }
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something does not work.
    Error,
    /// Something works less well than the person may think.
    Warning,
}

impl Severity {
    /// The word of the command line's JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The whole plan.
    Plan,
    /// A site.
    Site(SiteId),
    /// A machine.
    Node(NodeId),
    /// A pair.
    Pair(PairKey),
}

/// A change to the plan that settles a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a button says it.
    pub text: String,
    /// The change.
    pub edit: Edit,
}

/// One thing that is wrong or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// What is wrong, in one sentence without a full stop.
    pub text: String,
    /// Why it matters or how one sees it.
    pub evidence: String,
    /// A change that settles it, if one is certain to.
    pub fix: Option<Fix>,
}

impl Finding {
    /// Sorts errors before warnings, then by code, subject and text.
    pub(super) fn order(&self) -> (Severity, Code, &Subject, &str) {
        (self.severity, self.code, &self.subject, &self.text)
    }
}

/// Adds the findings that follow from verdicts.
pub(super) fn explain_impossible_pairs(plan: &Plan, mesh: &Mesh, findings: &mut Vec<Finding>) {
    for pair in &mesh.pairs {
        let Some(key) = mesh.key_of(pair) else {
            continue;
        };
        let (a, b) = (mesh.name(pair.a), mesh.name(pair.b));
        match (&pair.verdict, &pair.reason) {
            // The machine that is left out has a finding of its own.
            (_, Reason::LeftOut) => {}
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
                fix: None,
            }),
            _ => {}
        }
    }
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
    let fits = !taken && uplink(plan, dialler, Family::V4).egress;
    fits.then(|| Fix {
        text: format!(
            "Forward UDP {port} to {} on the router at {}",
            target.name, site.name
        ),
        edit: Edit::Forward(id.clone(), port),
    })
}
