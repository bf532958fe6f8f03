//! Names: those that the internet knows, and those inside the mesh.

use crate::plan::{Edit, HostName, NodeId, Place, Plan};

use super::super::{Lookup, Mesh};
use super::{Code, Finding, Severity, Subject};

/// The most letters of a host name (RFC 1035).
const LONGEST: usize = 253;

/// Last labels that no name server of the internet answers for (RFC 6761, RFC
/// 6762, RFC 8375 and ICANN's list for private use).
const PRIVATE: [&str; 11] = [
    "local",
    "localhost",
    "localdomain",
    "lan",
    "home",
    "internal",
    "intranet",
    "corp",
    "private",
    "invalid",
    "arpa",
];

/// Everything about names.
pub(super) fn all(plan: &Plan, mesh: &Mesh) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, site) in &plan.sites {
        let who = format!("the router at {}", site.name);
        let subject = || Subject::Site(id.clone());
        findings.extend(public(subject(), &who, site.public.name.as_ref()));
    }
    for (id, node) in &plan.nodes {
        let name = match &node.place {
            Place::Internet(public) => public.name.as_ref(),
            Place::Site { ipv6_name, .. } => ipv6_name.as_ref(),
            Place::Roams => None,
        };
        findings.extend(public(Subject::Node(id.clone()), node.name.as_str(), name));
    }
    if plan.dns.is_some() {
        findings.extend(multicast(plan));
        findings.extend(too_long(plan, mesh));
        findings.extend(server(plan, mesh));
    }
    findings
}

/// A public name that the internet does not know.
fn public(subject: Subject, who: &str, name: Option<&HostName>) -> Option<Finding> {
    let name = name?;
    let mut labels = name.as_str().rsplit('.');
    let last = labels.next()?;
    let unknown = labels.next().is_none() || PRIVATE.contains(&last);
    unknown.then(|| {
        Finding::about(
            Code::E09,
            Severity::Error,
            subject,
            format!("Nobody on the internet can look up {name}, the name of {who}"),
            "Names that a router or a LAN gives out are known there only. Use a name of a domain of your own or of a dynamic DNS service.",
        )
    })
}

/// A domain that belongs to multicast DNS.
fn multicast(plan: &Plan) -> Option<Finding> {
    let domain = plan.dns.as_ref()?.domain.as_str();
    let rest = match domain.strip_suffix("local")? {
        "" => "mesh.",
        rest if rest.ends_with('.') => rest,
        _ => return None,
    };
    let finding = Finding::about(
        Code::W19,
        Severity::Warning,
        Subject::Plan,
        format!("Names under {domain} belong to multicast DNS"),
        "Phones and desktops ask their LAN for names under .local, and never the mesh (RFC 6762).",
    );
    let better = format!("{rest}internal").parse().ok();
    Some(match better {
        Some(better) => finding.with_fix(plan, Edit::NameDomain(better)),
        None => finding,
    })
}

/// A machine whose name in the domain is too long to be looked up.
fn too_long(plan: &Plan, mesh: &Mesh) -> Option<Finding> {
    let domain = &plan.dns.as_ref()?.domain;
    let length = |name: &str| name.len() + 1 + domain.as_str().len();
    let node = mesh
        .nodes
        .iter()
        .find(|node| length(node.name.as_str()) > LONGEST)?;
    Some(Finding::about(
        Code::E09,
        Severity::Error,
        Subject::Plan,
        format!("The domain is too long for the name of {}", node.name),
        format!("A host name has at most {LONGEST} letters. Choose a shorter domain."),
    ))
}

/// A name server that cannot be asked, by nobody or by some.
fn server(plan: &Plan, mesh: &Mesh) -> Vec<Finding> {
    let Some((dns, id)) = plan
        .dns
        .as_ref()
        .and_then(|dns| Some((dns, dns.server.as_ref()?)))
    else {
        return Vec::new();
    };
    let warning = |subject: Subject, text: String, evidence: &str| {
        Finding::about(Code::W09, Severity::Warning, subject, text, evidence)
    };
    let hosts = "Names are then looked up in each machine's own list of hosts.";
    let no_server =
        |text: String| vec![warning(Subject::Plan, text, hosts).with_fix(plan, Edit::NoNameServer)];
    let Some(node) = plan.nodes.get(id) else {
        return no_server("The machine that answers for names is gone".to_owned());
    };
    let name = &node.name;
    if !node.platform.can_forward() {
        return no_server(format!(
            "{name} cannot answer for names: an app is no name server"
        ));
    }
    let Some(at) = mesh.position(id) else {
        return Vec::new();
    };
    let mut findings: Vec<Finding> = mesh
        .nodes
        .iter()
        .enumerate()
        .filter(|(place, node)| {
            let pair = mesh.pair(*place, at);
            node.left_out.is_none() && pair.is_some_and(|pair| !pair.verdict.connects())
        })
        .map(|(_, node)| {
            warning(
                Subject::Node(node.id.clone()),
                format!("{} cannot ask {name} for names", node.name),
                "It does not reach that machine, so its own list of hosts has the names.",
            )
        })
        .collect();
    if !dns.answers_public {
        findings.extend(apps_without_names(plan, mesh, id));
    }
    findings
}

/// Apps send every question to the server in their file, so they get none that
/// answers for the mesh alone.
fn apps_without_names(plan: &Plan, mesh: &Mesh, server: &NodeId) -> Option<Finding> {
    let names: Vec<&str> = mesh
        .nodes
        .iter()
        .filter(|node| node.platform.is_app() && node.left_out.is_none())
        .filter(|node| node.settings.lookup == Lookup::Nothing)
        .map(|node| node.name.as_str())
        .collect();
    let (first, rest) = names.split_first()?;
    let who = match rest.len() {
        0 => (*first).to_owned(),
        1 => format!("{first} and {}", rest.join("")),
        more => format!("{first} and {more} others"),
    };
    Some(
        Finding::about(
            Code::W09,
            Severity::Info,
            Subject::Node(server.clone()),
            format!("{who} cannot look up names of the mesh"),
            "The app sends every question to the server that its file names, and this one answers for the mesh only. So the file names none.",
        )
        .with_fix(plan, Edit::AnswerPublicNames),
    )
}
