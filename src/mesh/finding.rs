//! Findings: what is wrong or worth knowing, as data.

use crate::plan::{Edit, NodeId, PairKey, Place, Plan, Router, SiteId};

use super::{Closed, Mesh, Reason, Verdict};

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
    /// A shared LAN that holds the address of an endpoint.
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

/// Adds the findings that follow from verdicts and places.
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
                fix: relay_fix(plan, mesh, pair.a, pair.b),
            }),
            (Verdict::Relayed(_), Reason::NoLanAddress) => findings.push(Finding {
                code: Code::W18,
                severity: Severity::Warning,
                subject: Subject::Pair(key),
                text: format!("{a} and {b} stand at one site but talk through a relay"),
                evidence: format!(
                    "Give {a} or {b} a fixed LAN address, and they talk over the LAN."
                ),
                fix: None,
            }),
            _ => {}
        }
    }
    for (id, node) in &plan.nodes {
        findings.extend(contradicted_place(plan, id, node));
        if node.keeps_its_key() && node.platform.is_app() {
            findings.push(Finding {
                code: Code::E10,
                severity: Severity::Error,
                subject: Subject::Node(id.clone()),
                text: format!("{} cannot keep its private key to itself", node.name),
                evidence: "The WireGuard app refuses a file without a private key, so no file is written for this machine. Let Meshwright make its key, or enter the peers in the app by hand.".to_owned(),
                fix: None,
            });
        }
    }
}

/// A willing relay that one change would give a pair, if there is one.
fn relay_fix(plan: &Plan, mesh: &Mesh, a: usize, b: usize) -> Option<Fix> {
    let reaches = |relay: usize, end: usize| {
        relay != end
            && mesh
                .pair(relay, end)
                .is_some_and(|pair| pair.verdict.is_link())
    };
    let (_, node) = mesh.nodes.iter().enumerate().find(|(place, node)| {
        node.platform.can_forward() && reaches(*place, a) && reaches(*place, b)
    })?;
    let edit = Edit::LetRelay(node.id.clone());
    let mut copy = plan.clone();
    copy.apply(&edit);
    (copy != *plan).then(|| Fix {
        text: format!("Let {} relay", node.name),
        edit,
    })
}

/// A machine that is said to be dialable and is not.
fn contradicted_place(plan: &Plan, id: &NodeId, node: &crate::plan::Node) -> Option<Finding> {
    let name = &node.name;
    let (text, evidence, fix) = match (&node.place, super::reach::closed(plan, node)) {
        (Place::Site { site, forward: Some(port), .. }, why @ (Closed::Cgnat | Closed::RouterUnknown)) => {
            let site = plan.sites.get(site)?;
            if why == Closed::Cgnat {
                let evidence = if site.router == Router::Cgnat {
                    format!("The provider translates addresses a second time in front of the router at {}, and forwards nothing.", site.name)
                } else {
                    format!("The router at {} has a private address on the internet side, so the provider translates a second time.", site.name)
                };
                let fix = Fix { text: format!("Do not count on UDP {port}"), edit: Edit::StopForward(id.clone()) };
                (format!("The port forwarded to {name} cannot be reached"), evidence, Some(fix))
            } else {
                (
                    format!("Nobody can dial {name} yet, although a port is forwarded to it"),
                    format!("Say the public IPv4 address or DNS name of the router at {}.", site.name),
                    None,
                )
            }
        }
        (Place::Internet(_), Closed::AddressUnknown) => (
            format!("Nobody can dial {name} yet, although it is on the internet"),
            format!("Say the public address or DNS name of {name}."),
            None,
        ),
        (Place::Internet(_), Closed::AddressHidden) => (
            format!("{name} has a private address, so nobody can dial it from the internet"),
            "Addresses in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10 end at a router. If a router stands in front, put the machine at a site.".to_owned(),
            None,
        ),
        _ => return None,
    };
    Some(Finding {
        code: Code::E13,
        severity: Severity::Error,
        subject: Subject::Node(id.clone()),
        text,
        evidence,
        fix,
    })
}
