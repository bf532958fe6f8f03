//! The machines as rows.

use std::rc::Rc;

use yew::prelude::*;

use super::RowsProps;
use super::cell::Cell;
use super::choices::{
    PLATFORMS, SITE, place_of, places, platform_of, platforms, relaying, set_public,
};
use super::choosing::{Choosing, use_choosing};
use super::grid::{Grid, Row, columns, reader};
use crate::editor::listing::{self, ByMachine, Sort, Tally};
use crate::editor::{Command, NodeField};
use crate::mesh::{Relays, Subject, Verdict};
use crate::plan::{Answers, Family, Node, NodeId, Place, Plan, Prefix, Relaying, SharedLan};
use crate::ui::badge::Badge;
use crate::ui::field::{Reading, optional, possible, required};
use crate::ui::icon::{Glyph, Icon, of_form};
use crate::ui::words::t;

/// The machines.
#[component]
pub(super) fn Machines(props: &RowsProps) -> Html {
    let sort = use_state_eq(|| Sort::rising(ByMachine::Name));
    let (plan, mesh) = (&props.plan, &props.mesh);
    let places = Rc::new(listing::machines(plan, mesh, &props.filter, *sort));
    let tallies = Rc::new(listing::tallies(mesh));
    let findings = Rc::new(listing::findings(mesh));
    let ids: Rc<Vec<NodeId>> = Rc::new(
        places
            .iter()
            .filter_map(|place| Some(mesh.nodes.get(*place)?.id.clone()))
            .collect(),
    );
    let row = {
        let (props, places) = (props.clone(), places.clone());
        Callback::from(move |number: usize| {
            let place = *places.get(number)?;
            let tally = tallies.get(place).copied().unwrap_or_default();
            row(&props, place, tally, findings.get(place).copied()?)
        })
    };
    let find = {
        let ids = ids.clone();
        Callback::from(move |key: String| ids.iter().position(|id| id.as_str() == key))
    };
    let rows = ids.iter().cloned().map(Subject::Node).collect();
    let Choosing {
        all,
        on_all,
        on_deed,
    } = use_choosing(rows, &props.selection);
    let sorted = |by: ByMachine| Some((sort.by == by).then_some(sort.falling));
    let list = columns(&[
        ("name", t!("Name"), sorted(ByMachine::Name)),
        ("place", t!("Stands"), sorted(ByMachine::Place)),
        ("address", t!("Tunnel address"), sorted(ByMachine::Address)),
        ("reached", t!("Reached"), None),
        ("there", t!("Address there"), None),
        ("port", t!("Listen port"), None),
        ("shares", t!("Shares LAN"), None),
        ("relay", t!("Relay"), None),
        ("platform", t!("Platform"), sorted(ByMachine::Platform)),
        ("links", t!("Links"), sorted(ByMachine::Links)),
        ("findings", t!("Findings"), sorted(ByMachine::Findings)),
    ]);
    let on_sort = {
        let (now, sort) = (*sort, sort.setter());
        Callback::from(move |column: usize| {
            let by = match column {
                0 => ByMachine::Name,
                1 => ByMachine::Place,
                2 => ByMachine::Address,
                8 => ByMachine::Platform,
                9 => ByMachine::Links,
                _ => ByMachine::Findings,
            };
            sort.set(now.asked(by));
        })
    };
    html! {
        <Grid
            id="machines" label={t!("Machines")} columns={list} count={places.len()} {row} {find} checks={Some(all)}
            scrolled={props.scrolled} show={props.show.clone()} {on_sort} {on_deed} {on_all}
        />
    }
}

/// A reader of a fact of a machine.
fn fact(
    plan: &Rc<Plan>,
    id: &NodeId,
    read: impl Fn(&Node, &str) -> Result<NodeField, String> + 'static,
) -> Callback<String, Reading> {
    let (plan, id) = (plan.clone(), id.clone());
    reader(move |text| {
        let node = plan.nodes.get(&id);
        let node = node.ok_or_else(|| t!("This machine is gone.").to_string())?;
        possible(&plan, Command::EditNode(id.clone(), read(node, text)?))
    })
}

fn row(props: &RowsProps, place: usize, tally: Tally, found: usize) -> Option<Row> {
    let (plan, mesh) = (&props.plan, &props.mesh);
    let solved = mesh.nodes.get(place)?;
    let id = &solved.id;
    let node = plan.nodes.get(id)?;
    let nothing = t!("none");
    let mut name = Cell::text(
        node.name.to_string(),
        &nothing,
        false,
        fact(plan, id, |_, text| required(text).map(NodeField::Name)),
    );
    name.shown = html! {
        <><Icon glyph={of_form(node.form)} /><strong class="cell-words">{ node.name.to_string() }</strong></>
    };
    let port = node.listen_port.map(|port| port.to_string());
    let shares: Vec<String> = node
        .shares
        .iter()
        .map(|lan| lan.prefix.to_string())
        .collect();
    let cells = vec![
        name,
        stands(plan, id, node),
        address(plan, id, node),
        reached(node),
        there(plan, id, node),
        Cell::text(
            port.unwrap_or_default(),
            &plan.listen_port.to_string().into(),
            true,
            fact(plan, id, |_, text| {
                optional(text).map(NodeField::ListenPort)
            }),
        ),
        Cell::text(shares.join(", "), &nothing, true, fact(plan, id, shared)),
        relay(plan, id, node, solved.relays),
        platform(plan, id, node),
        Cell::plain(links(tally)),
        Cell::plain(findings(found)),
    ];
    Some(Row {
        key: id.to_string(),
        name: node.name.to_string().into(),
        selected: props.selection.has_node(id),
        cells,
    })
}

/// Reads the LANs that a machine shares. How answers return stays as it was;
/// for a new one the machine translates.
fn shared(node: &Node, text: &str) -> Result<NodeField, String> {
    let mut shares = Vec::new();
    for part in text.split([',', ' ']).filter(|part| !part.is_empty()) {
        let prefix: Prefix = required(part)?;
        let known = node.shares.iter().find(|lan| lan.prefix == prefix);
        let answers = known.map_or(Answers::Translate, |lan| lan.answers);
        shares.push(SharedLan { prefix, answers });
    }
    Ok(NodeField::Shares(shares))
}

fn stands(plan: &Rc<Plan>, id: &NodeId, node: &Node) -> Cell {
    let (value, glyph) = match &node.place {
        Place::Internet(_) => ("internet".into(), Glyph::Globe),
        Place::Site { site, .. } => (format!("{SITE}{site}").into(), Glyph::House),
        Place::Roams => ("roams".into(), Glyph::Pin),
    };
    let read = fact(plan, id, |_, key| Ok(NodeField::Place(place_of(key))));
    Cell::choice(value, places(plan), Some(glyph), read)
}

/// The tunnel addresses. Each that is typed replaces the one of its family.
fn address(plan: &Rc<Plan>, id: &NodeId, node: &Node) -> Cell {
    let family = plan.families().next().unwrap_or(Family::V4);
    let first = node.addresses.of(family).map(|address| address.to_string());
    let others = node.addresses.iter().skip(1).count();
    let read = fact(plan, id, |_, text| required(text).map(NodeField::Address));
    let mut cell = Cell::text(first.unwrap_or_default(), &t!("none yet"), true, read);
    if others > 0 {
        let all: Vec<String> = node
            .addresses
            .iter()
            .map(|address| address.to_string())
            .collect();
        cell.shown =
            html! { <span class="is-code" title={all.join(", ")}>{ all.join(" ") }</span> };
    }
    cell
}

fn reached(node: &Node) -> Cell {
    let (glyph, words, class) = match &node.place {
        Place::Internet(public) if !public.is_unknown() => (Glyph::Open, t!("open"), "is-open"),
        Place::Site {
            forward: Some(_), ..
        } => (Glyph::Open, t!("forwarded"), "is-open"),
        Place::Site {
            ipv6_open: true, ..
        } => (Glyph::Open, t!("open over IPv6"), "is-open"),
        _ => (Glyph::DialsOut, t!("dials out"), "is-shut"),
    };
    Cell::plain(
        html! { <span class={classes!("reached", class)}><Icon {glyph} size={14} /><span>{ words }</span></span> },
    )
}

/// Its address where it stands: on the internet, or in the LAN.
fn there(plan: &Rc<Plan>, id: &NodeId, node: &Node) -> Cell {
    let nothing = t!("none");
    let text = match &node.place {
        Place::Internet(public) => {
            let v4 = public.ipv4.map(|address| address.to_string());
            let v6 = || public.ipv6.map(|address| address.to_string());
            let name = || public.name.as_ref().map(ToString::to_string);
            v4.or_else(v6).or_else(name)
        }
        Place::Site { lan_address, .. } => lan_address.map(|address| address.to_string()),
        Place::Roams => return Cell::plain(html! { <span class="cell-none">{ nothing }</span> }),
    };
    let read = fact(plan, id, |node, text| {
        let mut place = node.place.clone();
        match &mut place {
            Place::Internet(public) => set_public(public, text)?,
            Place::Site { lan_address, .. } => *lan_address = optional(text)?,
            Place::Roams => {}
        }
        Ok(NodeField::Place(place))
    });
    Cell::text(text.unwrap_or_default(), &nothing, true, read)
}

fn relay(plan: &Rc<Plan>, id: &NodeId, node: &Node, relays: bool) -> Cell {
    let value = match node.relay {
        Relaying::Automatic => "automatic",
        Relaying::Yes => "yes",
        Relaying::No => "no",
    };
    let automatic = if node.may_relay() {
        t!("automatic: yes")
    } else {
        t!("automatic: no")
    };
    let options = vec![
        ("automatic".into(), automatic),
        ("yes".into(), t!("yes")),
        ("no".into(), t!("no")),
    ];
    let read = fact(plan, id, |_, key| Ok(NodeField::Relay(relaying(key))));
    Cell::choice(value.into(), options, relays.then_some(Glyph::Relay), read)
}

fn platform(plan: &Rc<Plan>, id: &NodeId, node: &Node) -> Cell {
    let key = PLATFORMS
        .iter()
        .find(|(_, platform)| *platform == node.platform);
    let read = fact(plan, id, |_, key| Ok(NodeField::Platform(platform_of(key))));
    Cell::choice(
        key.map_or("", |(key, _)| key).into(),
        platforms(),
        None,
        read,
    )
}

/// A verdict for each place of a tally, with what its count is called.
pub fn verdicts() -> [(Verdict, AttrValue); 6] {
    [
        (Verdict::Lan, t!("over the LAN")),
        (Verdict::Direct, t!("direct")),
        (Verdict::Open, t!("opened by both ends")),
        (Verdict::Relayed(Relays::one(0)), t!("relayed")),
        (Verdict::Impossible, t!("cannot connect")),
        (Verdict::Never, t!("off by choice")),
    ]
}

fn links(tally: Tally) -> Html {
    html! {
        <span class="tally">
            for (number, (verdict, words)) in tally.into_iter().zip(verdicts()) {
                if number > 0 {
                    <span class="tally__one" title={words.clone()}>
                        <Badge {verdict} /><span>{ number }</span><span class="visually-hidden">{ words }</span>
                    </span>
                }
            }
        </span>
    }
}

/// How many findings there are.
pub fn findings(found: usize) -> Html {
    if found == 0 {
        return html! { <span class="cell-none">{ t!("none") }</span> };
    }
    html! { <span class="warned"><Icon glyph={Glyph::Warning} size={14} /><span>{ found }</span></span> }
}
