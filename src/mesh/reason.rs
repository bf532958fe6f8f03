//! Reasons in plain sentences.

use super::{Closed, Link, LinkKind, Mesh, Pair, Reason, Verdict};

impl Mesh {
    /// Why a pair has its verdict, in one or two plain sentences.
    #[must_use]
    pub fn why(&self, pair: &Pair) -> String {
        let (a, b) = (self.name(pair.a), self.name(pair.b));
        let cause = match &pair.reason {
            Reason::Linked(Link { kind: LinkKind::Lan, routed: true, .. }) => {
                let site = self.nodes.get(pair.a).and_then(|node| node.site.as_ref());
                let site = site.map_or_else(String::new, |site| format!(" at {site}"));
                format!("{a} and {b} stand in different LANs{site}, which reach each other.")
            }
            Reason::Linked(Link { kind: LinkKind::Lan, .. }) => self.nodes.get(pair.a).and_then(|node| node.site.as_ref()).map_or_else(
                || format!("{a} and {b} stand in the same LAN."),
                |site| format!("{a} and {b} stand in the same LAN at {site}, so no router is between them."),
            ),
            Reason::Linked(Link { kind: LinkKind::Open, .. }) => {
                format!("Neither {a} nor {b} lets the other in unasked, so both send at once and each opens the way for the other.")
            }
            Reason::Linked(Link { kind: LinkKind::Chosen, .. }) => {
                format!("You said that {a} and {b} get through to each other directly; what is known of their routers does not show it.")
            }
            Reason::Linked(Link { a_dials: true, b_dials: true, .. }) => {
                "Both can be dialled from the internet, so each dials the other.".to_owned()
            }
            Reason::Linked(Link { a_dials: true, .. }) => self.dials(pair.a, pair.b),
            Reason::Linked(_) => self.dials(pair.b, pair.a),
            Reason::NeitherDials(of_a, of_b) => neither_dials(a, *of_a, b, *of_b),
            Reason::NoLanAddress => {
                format!("{a} and {b} stand at one site, but no fixed address in a common LAN is known.")
            }
            Reason::Chosen => "You chose this path.".to_owned(),
            Reason::Groups => format!("The groups of {a} and {b} do not talk to each other."),
            Reason::OnlyThrough { spoke, hub } => {
                format!("{} talks only through {}.", self.name(*spoke), self.name(*hub))
            }
            Reason::SwitchedOff => "Switched off by choice.".to_owned(),
            Reason::LeftOut => {
                let left_out = |place: usize| self.nodes.get(place).is_some_and(|node| node.left_out.is_some());
                match (left_out(pair.a), left_out(pair.b)) {
                    (true, true) => format!("{a} and {b} are left out of the mesh until their findings are settled."),
                    (true, false) => format!("{a} is left out of the mesh until its finding is settled."),
                    _ => format!("{b} is left out of the mesh until its finding is settled."),
                }
            }
        };
        match &pair.verdict {
            Verdict::Relayed(via) => {
                let relays = via
                    .iter()
                    .map(|relay| self.name(*relay))
                    .collect::<Vec<_>>()
                    .join(" and ");
                // A sentence of its own, so that it is found by itself.
                let relayed = format!("{relays} relays, and can read this traffic.");
                format!("{cause} {relayed}")
            }
            Verdict::Impossible if pair.reason != Reason::LeftOut => {
                format!("{cause} No machine that both can reach is there to relay.")
            }
            _ => cause,
        }
    }

    fn dials(&self, from: usize, to: usize) -> String {
        let peer = self.nodes.get(from).and_then(|node| node.peer(to));
        let (from, to) = (self.name(from), self.name(to));
        peer.and_then(|peer| peer.endpoint.as_ref())
            .map_or_else(String::new, |at| {
                format!("{from} dials {to} at {at}; {to} cannot dial {from} and need not.")
            })
    }
}

fn neither_dials(a: &str, of_a: Closed, b: &str, of_b: Closed) -> String {
    let behind_nat = |closed| matches!(closed, Closed::Nat | Closed::Cgnat);
    if behind_nat(of_a) && behind_nat(of_b) {
        return "Both ends are behind NAT, so neither can dial the other.".to_owned();
    }
    if of_a == of_b {
        return format!("Neither can dial the other: both {}.", words(of_a, true));
    }
    format!(
        "Neither can dial the other: {a} {}, and {b} {}.",
        words(of_a, false),
        words(of_b, false)
    )
}

fn words(closed: Closed, plural: bool) -> &'static str {
    match (closed, plural) {
        (Closed::Nat, false) => "is behind NAT",
        (Closed::Nat, true) => "are behind NAT",
        (Closed::Cgnat, false) => "is behind the provider\u{2019}s NAT",
        (Closed::Cgnat, true) => "are behind the provider\u{2019}s NAT",
        (Closed::Firewall, false) => "is behind a firewall that lets in only answers",
        (Closed::Firewall, true) => "are behind firewalls that let in only answers",
        (Closed::HostFirewall, false) => "has a firewall that lets in only answers",
        (Closed::HostFirewall, true) => "have firewalls that let in only answers",
        (Closed::ForwardElsewhere, false) => "stands behind a router that forwards to another port",
        (Closed::ForwardElsewhere, true) => "stand behind routers that forward to other ports",
        (Closed::Roams, false) => "roams",
        (Closed::Roams, true) => "roam",
        (Closed::AddressUnknown, false) => "has no public address yet",
        (Closed::AddressUnknown, true) => "have no public address yet",
        (Closed::AddressHidden, false) => "has a private address",
        (Closed::AddressHidden, true) => "have private addresses",
        (Closed::RouterUnknown, false) => "stands behind a router whose address is not known",
        (Closed::RouterUnknown, true) => "stand behind routers whose addresses are not known",
        (Closed::Taken, false) => "has an address that another machine holds",
        (Closed::Taken, true) => "have addresses that other machines hold",
        (Closed::OtherFamily, false) => "speaks another IP version",
        (Closed::OtherFamily, true) => "speak different IP versions",
    }
}
