//! A machine's card: its rectangle and everything that is written on it.

use crate::mesh::{Mesh, MeshNode, Subject};
use crate::plan::{
    Endpoint, Form, Host, Node, NodeId, Place, Plan, Platform, PublicAddress, Router, is_hidden_v4,
};

use super::super::area::Rect;
use super::detail::{CardForm, Detail};
use super::link::LinkVerdict;
use super::strand::CROWD;
use super::tally::NodeTally;
use super::text::{clip, sentence_of_node};

/// How a machine is reached, in the words of its card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// At a public address of its own.
    Open,
    /// Through a port of its router.
    Forwarded,
    /// Not from the internet; it dials others.
    DialsOut,
    /// It should be dialable, but nobody said where.
    NoAddress,
}

/// A LAN that a machine shares, drawn below its card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareShape {
    /// Its box.
    pub rect: Rect,
    /// The prefix.
    pub prefix: String,
}

/// A machine's card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeShape {
    /// Which machine.
    pub id: NodeId,
    /// Its name.
    pub name: String,
    /// Its first tunnel address, or what is missing.
    pub address: String,
    /// What it looks like.
    pub form: Form,
    /// What reads its config, in a word.
    pub platform: &'static str,
    /// The card.
    pub rect: Rect,
    /// The tray of a relay, its upper part hidden by the card.
    pub tray: Option<Rect>,
    /// Whether it stands on the internet, roams or is at a site.
    pub place: PlaceKind,
    /// How it is reached.
    pub reach: Reach,
    /// The address at which it is reached, or its own in its LAN.
    pub found_at: String,
    /// How many warnings name it.
    pub warnings: usize,
    /// How many errors name it.
    pub errors: usize,
    /// The LANs that it shares.
    pub shares: Vec<ShareShape>,
    /// On crowded plans, its verdict towards the machine that is selected.
    pub letter: Option<LinkVerdict>,
    /// All of this as one sentence for a screen reader.
    pub label: String,
}

/// Where a machine stands, without the details.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// On the internet.
    Internet,
    /// At a site.
    Site,
    /// On the move.
    Roams,
}

impl PlaceKind {
    fn of(place: &Place) -> Self {
        match place {
            Place::Internet(_) => Self::Internet,
            Place::Site { .. } => Self::Site,
            Place::Roams => Self::Roams,
        }
    }
}

/// What the geometry of links needs to know of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) rect: Rect,
    pub(super) tray: Option<Rect>,
    /// The site that it stands at, by its place among the frames of sites.
    pub(super) site: Option<usize>,
    /// Whether a shared LAN hangs below it.
    pub(super) shares: bool,
}

impl Card {
    /// The card with its tray.
    pub(super) fn whole(&self) -> Rect {
        self.tray.map_or(self.rect, |tray| self.rect.around(tray))
    }
}

/// The tray under a relay's card: a little narrower, and mostly below it.
pub(super) fn tray_below(card: Rect, detail: Detail) -> Rect {
    // Under the smallest cards it is wider, so that paths can be seen in it.
    let width = (card.width - detail.px(18)).max(detail.px(64));
    Rect {
        x: card.center().x - width / 2,
        y: card.bottom() - detail.px(8),
        width,
        height: detail.px(8 + TRAY_DEPTH),
    }
}

/// How far a tray reaches below its card.
pub(super) const TRAY_DEPTH: i32 = 18;

/// The card of one machine with all its texts.
pub(super) fn node_shape(
    plan: &Plan,
    mesh: &Mesh,
    place: usize,
    card: &Card,
    tally: NodeTally,
    focus: &Subject,
    detail: Detail,
) -> Option<NodeShape> {
    let solved = mesh.nodes.get(place)?;
    let node = plan.nodes.get(&solved.id)?;
    let reach = reach(plan, node);
    let first = node.addresses.iter().next();
    Some(NodeShape {
        id: solved.id.clone(),
        name: node.name.to_string(),
        address: first.map_or_else(
            || "no address yet".to_owned(),
            |address| clip(&address.to_string(), 20),
        ),
        form: node.form,
        platform: platform(node.platform),
        rect: card.rect,
        tray: card.tray,
        place: PlaceKind::of(&node.place),
        reach,
        found_at: clip(&found_at(plan, node, reach), 20),
        warnings: tally.warnings,
        errors: tally.errors,
        shares: shares(node, solved, card, detail),
        letter: letter(mesh, place, focus),
        label: sentence_of_node(plan, node, reach, tally, solved.relays),
    })
}

fn letter(mesh: &Mesh, place: usize, focus: &Subject) -> Option<LinkVerdict> {
    let Subject::Node(id) = focus else {
        return None;
    };
    if mesh.nodes.len() <= CROWD {
        return None;
    }
    let pair = mesh.pair(place, mesh.position(id)?)?;
    Some(LinkVerdict::of(&pair.verdict))
}

fn platform(platform: Platform) -> &'static str {
    match platform {
        Platform::Linux => "Linux",
        Platform::Android => "Android",
        Platform::Ios => "iOS",
    }
}

fn reach(plan: &Plan, node: &Node) -> Reach {
    match &node.place {
        Place::Internet(public) if dialable(public) => Reach::Open,
        Place::Internet(_) => Reach::NoAddress,
        Place::Site {
            forward: Some(_), ..
        } => match plan.site_of(node) {
            Some(site) if site.router == Router::Nat && dialable(&site.public) => Reach::Forwarded,
            _ => Reach::DialsOut,
        },
        Place::Site { forward: None, .. } | Place::Roams => Reach::DialsOut,
    }
}

fn dialable(public: &PublicAddress) -> bool {
    match public.ipv4 {
        Some(address) if is_hidden_v4(address) => false,
        _ => !public.is_unknown(),
    }
}

/// Names come without their port, which the inspector shows, because they are
/// long enough alone.
fn found_at(plan: &Plan, node: &Node, reach: Reach) -> String {
    let public_of = |public: &PublicAddress, port| {
        let address = public
            .ipv4
            .map(std::net::IpAddr::V4)
            .or(public.ipv6.map(std::net::IpAddr::V6));
        match (address, &public.name) {
            (Some(address), _) => Endpoint {
                host: Host::Address(address),
                port,
            }
            .to_string(),
            (None, Some(name)) => name.to_string(),
            (None, None) => String::new(),
        }
    };
    match (&node.place, reach) {
        (Place::Internet(public), Reach::Open) => public_of(public, plan.listen_port_of(node)),
        (
            Place::Site {
                forward: Some(forward),
                ..
            },
            Reach::Forwarded,
        ) => plan.site_of(node).map_or_else(String::new, |site| {
            public_of(&site.public, forward.external)
        }),
        (
            Place::Site {
                lan_address: Some(address),
                ..
            },
            _,
        ) => address.to_string(),
        _ => String::new(),
    }
}

/// The boxes of shared LANs: on a thin line below a full card, as a tab under
/// a compact one. Smaller forms have no room for them.
fn shares(node: &Node, solved: &MeshNode, card: &Card, detail: Detail) -> Vec<ShareShape> {
    let below = card.tray.map_or(card.rect.bottom(), |tray| tray.bottom());
    let shown = node.shares.iter().filter(|share| {
        solved.left_out.is_some() || solved.shares.iter().any(|kept| kept.prefix == share.prefix)
    });
    let (top, height, inset) = match detail.form {
        CardForm::Full => (below + 30, 28, 0),
        CardForm::Compact => (below, 20, 14),
        _ => return Vec::new(),
    };
    let (height, inset) = (detail.px(height), detail.px(inset));
    (0_i32..)
        .zip(shown)
        .map(|(index, share)| ShareShape {
            rect: Rect {
                x: card.rect.x + inset,
                y: top + index * (height + detail.px(4)),
                width: card.rect.width - 2 * inset,
                height,
            },
            prefix: share.prefix.to_string(),
        })
        .collect()
}
