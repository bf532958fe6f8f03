//! Findings: what is wrong or worth knowing, as data.

mod claim;
mod left_out;
mod pair;
mod share;

use crate::plan::{Edit, NodeId, PairKey, Plan, SiteId};

use super::{Mesh, Note};

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

/// Everything that is wrong with a plan or worth knowing of its mesh, sorted.
pub(super) fn findings(plan: &Plan, mesh: &Mesh) -> Vec<Finding> {
    let mut findings = Vec::new();
    for node in &mesh.nodes {
        if let Some(stated) = plan.nodes.get(&node.id) {
            if let Some(why) = &node.left_out {
                findings.push(left_out::finding(plan, &node.id, stated, why));
            }
            findings.extend(claim::contradictions(plan, &node.id, stated));
        }
        findings.extend(share::without_answers(plan, node));
    }
    findings.extend(
        mesh.notes
            .iter()
            .filter_map(|note| of_note(plan, mesh, note)),
    );
    pair::explain(plan, mesh, &mut findings);
    crate::sorting::sort_by(&mut findings, |one, other| one.order().cmp(&other.order()));
    findings
}

/// What a pass noticed, in words.
fn of_note(plan: &Plan, mesh: &Mesh, note: &Note) -> Option<Finding> {
    match note {
        Note::Clash { owner, other, at } => claim::in_one_place(plan, mesh, (*owner, *other), at),
        Note::NotDialable { node, why } => {
            claim::not_dialable(plan, &mesh.nodes.get(*node)?.id, *why)
        }
        Note::ShareRefused { node, prefix, why } => share::refused(mesh, *node, *prefix, why),
        Note::ShareHidden {
            owner,
            prefix,
            node,
        } => share::hidden(mesh, *owner, *prefix, *node),
        Note::RefusedPin { a, b, relay, why } => {
            pair::refused_pin(plan, mesh, (*a, *b), (relay, *why))
        }
        Note::RefusedDirect { .. }
        | Note::RefusedHub { .. }
        | Note::RefusedExit { .. }
        | Note::CoveringRefused { .. } => None,
    }
}
