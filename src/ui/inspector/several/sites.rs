//! Facts that several sites share.

use yew::prelude::*;

use super::super::site::{IPV6, PORTS};
use super::super::uplink::KINDS;
use super::{Asked, choice};
use crate::editor::{Command, SiteField};
use crate::plan::{Plan, Router, Site, SiteId};
use crate::ui::words::t;

/// A question about sites with its answers.
fn ask(
    plan: &Plan,
    ids: &[SiteId],
    act: &Callback<Command>,
    asked: Asked,
    answers: Vec<(AttrValue, SiteField)>,
    now: impl Fn(&Site) -> Option<usize>,
) -> Html {
    let key = |place: usize| AttrValue::from(place.to_string());
    let options = answers.iter().enumerate();
    let options = options.map(|(place, (words, _))| (key(place), words.clone()));
    let sites = ids.iter().filter_map(|id| plan.sites.get(id));
    let values = sites.map(|site| now(site).map_or(AttrValue::Static(""), key));
    let ids = ids.to_vec();
    choice(asked, options.collect(), values, act, {
        let answers = answers.clone();
        move |key| {
            let (_, field) = answers.get(key.parse::<usize>().ok()?)?;
            let edits = ids.iter().map(|id| (id.clone(), field.clone()));
            Some(Command::EditSites(edits.collect()))
        }
    })
}

/// What most people ask for.
pub(super) fn facts(plan: &Plan, ids: &[SiteId], act: &Callback<Command>) -> Html {
    let routers = vec![
        (t!("NAT, public address"), SiteField::Router(Router::Nat)),
        (
            t!("No public IPv4 address"),
            SiteField::Router(Router::Cgnat),
        ),
    ];
    let ipv6 = IPV6.iter();
    let ipv6 = ipv6.map(|answer| (answer.words.into(), SiteField::Ipv6(answer.value)));
    let ports = PORTS.iter();
    let ports = ports.map(|answer| (answer.words.into(), SiteField::Nat(answer.value)));
    let kinds = KINDS.iter();
    let kinds = kinds.map(|(_, uplink, words)| ((*words).into(), SiteField::Uplink(*uplink)));
    let asked = |id, label, hint| Asked { id, label, hint };
    html! {
        <>
            { ask(plan, ids, act, asked("several-router", t!("Router"), t!("Without a public IPv4 address no port can be forwarded.")), routers,
                |site| Some(usize::from(site.router == Router::Cgnat))) }
            { ask(plan, ids, act, asked("several-ipv6", t!("IPv6"), t!("Where each machine has an address of its own, two sites may reach each other without a relay.")), ipv6.collect(),
                |site| IPV6.iter().position(|answer| answer.value == site.ipv6)) }
            { ask(plan, ids, act, asked("several-nat", t!("Outgoing ports"), t!("If both routers keep them, two machines can open the path at once.")), ports.collect(),
                |site| PORTS.iter().position(|answer| answer.value == site.nat)) }
            { ask(plan, ids, act, asked("several-uplink", t!("Connection"), t!("It says how large packets may be.")), kinds.collect(),
                |site| KINDS.iter().position(|(_, uplink, _)| *uplink == site.uplink)) }
        </>
    }
}
