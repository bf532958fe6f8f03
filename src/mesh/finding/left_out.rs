//! Machines that take no part, and why.

use crate::plan::{Edit, Node, NodeId, Plan};

use super::super::LeftOut;
use super::{Code, Finding, Fix, Severity, Subject};

/// What is wrong with a machine that is left out.
pub(super) fn finding(plan: &Plan, id: &NodeId, node: &Node, why: &LeftOut) -> Finding {
    let name = &node.name;
    let new_address = || {
        let mut copy = plan.clone();
        copy.apply(&Edit::NewAddress(id.clone()));
        let addresses = copy.nodes.get(id).map(|node| node.addresses)?;
        let text = addresses
            .iter()
            .map(|address| address.to_string())
            .collect::<Vec<_>>()
            .join(" and ");
        (!text.is_empty()).then(|| Fix {
            text: format!("Give {name} {text}"),
            edit: Edit::NewAddress(id.clone()),
        })
    };
    let (code, text, evidence, fix) = match why {
        LeftOut::NoAddress => (
            Code::E04,
            format!("{name} has no tunnel address, so it takes no part"),
            "A machine needs one address in each tunnel prefix.".to_owned(),
            new_address(),
        ),
        LeftOut::Address(address, error) => (
            Code::E04,
            format!("{name} cannot have {address}: {}", error.sentence(plan)),
            "WireGuard gives a prefix to one peer only, so this machine is left out of all files.".to_owned(),
            new_address(),
        ),
        LeftOut::TunnelHoldsEndpoint(address) => (
            Code::E06,
            format!("The tunnel prefix holds {address}, where {name} is dialled"),
            "Encrypted packets to it would be sent back into the tunnel. Choose another tunnel prefix.".to_owned(),
            None,
        ),
        LeftOut::TunnelIsLan(lan) => (
            Code::E07,
            format!("The tunnel prefix overlaps {lan}, the LAN that {name} stands in"),
            "Its own LAN would be unreachable, or wg-quick would fail. Choose another tunnel prefix.".to_owned(),
            None,
        ),
        LeftOut::SameAs(other) => {
            let other = plan.nodes.get(other).map_or(other.as_str(), |node| node.name.as_str());
            let text = if other == name.as_str() {
                format!("Two machines are called {name}")
            } else {
                format!("{name} has the public key of {other}")
            };
            (Code::E05, text, "One of them is left out until this is settled.".to_owned(), None)
        }
    };
    Finding {
        code,
        severity: Severity::Error,
        subject: Subject::Node(id.clone()),
        text,
        evidence,
        fix,
    }
}
