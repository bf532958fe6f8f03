//! Findings: what is wrong or worth knowing, as data.

mod claim;
mod code;
mod exit;
mod hub;
mod left_out;
mod machine;
mod mtu;
mod names;
mod pair;
mod phone;
mod relay;
mod share;
mod tunnel;

use crate::plan::{Edit, NodeId, PairKey, Plan, SiteId};

use super::{Mesh, Note};

pub use code::{Code, Severity};

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

impl Fix {
    /// A change in its own words.
    fn of(plan: &Plan, edit: Edit) -> Self {
        Self {
            text: edit.words(plan),
            edit,
        }
    }
}

impl Finding {
    fn about(
        code: Code,
        severity: Severity,
        subject: Subject,
        text: String,
        evidence: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            subject,
            text,
            evidence: evidence.into(),
            fix: None,
        }
    }

    fn with_fix(self, plan: &Plan, edit: Edit) -> Self {
        Self {
            fix: Some(Fix::of(plan, edit)),
            ..self
        }
    }

    /// Sorts errors before warnings, then by code, subject and text.
    pub(super) fn order(&self) -> (Severity, Code, &Subject, &str) {
        (self.severity, self.code, &self.subject, &self.text)
    }
}

/// Everything that is wrong with a plan or worth knowing of its mesh, sorted.
pub(super) fn findings(plan: &Plan, mesh: &Mesh) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (place, node) in mesh.nodes.iter().enumerate() {
        if let Some(stated) = plan.nodes.get(&node.id) {
            if let Some(why) = &node.left_out {
                findings.push(left_out::finding(plan, &node.id, stated, why));
            }
            findings.extend(claim::contradictions(plan, &node.id, stated));
            findings.extend(relay::of_node(plan, mesh, place, stated));
            findings.extend(exit::serves(&node.id, stated));
            findings.extend(mtu::of_node(plan, mesh, node, stated));
            findings.extend(machine::of_node(plan, mesh, node, stated));
            findings.extend(tunnel::met_elsewhere(plan, mesh, node, stated));
            findings.extend(phone::dense(plan, mesh, node, stated));
        }
        findings.extend(share::without_answers(plan, node));
    }
    findings.extend(
        mesh.notes
            .iter()
            .filter_map(|note| of_note(plan, mesh, note)),
    );
    findings.extend(relay::only_one(plan, mesh));
    findings.extend(tunnel::pools(plan));
    findings.extend(names::all(plan, mesh));
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
        Note::RefusedDirect { a, b, why } => pair::refused_direct(plan, mesh, (*a, *b), *why),
        Note::RefusedHub { node, hub, why } => hub::refused(plan, mesh, *node, hub, *why),
        Note::RefusedExit { node, exit, why } => exit::refused(plan, mesh, *node, exit, *why),
        Note::CoveringIsInternet { prefix } => Some(tunnel::is_internet(*prefix)),
        Note::CoveringRefused { node, relay, other } => {
            tunnel::not_covered(mesh, *node, *relay, *other)
        }
    }
}
