//! The sites as rows.

use std::rc::Rc;

use yew::prelude::*;

use super::RowsProps;
use super::cell::Cell;
use super::choices::set_public;
use super::choosing::{Choosing, use_choosing};
use super::grid::{Grid, Row, columns, reader};
use super::machines::findings;
use crate::editor::{Command, SiteField, listing};
use crate::mesh::Subject;
use crate::plan::{Plan, Prefix, Router, Site, SiteId, SiteIpv6};
use crate::ui::field::{Reading, possible, required};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::words::t;

/// The sites.
#[component]
pub(super) fn Sites(props: &RowsProps) -> Html {
    let falling = use_state_eq(|| false);
    let ids = Rc::new(listing::sites(&props.plan, &props.filter, *falling));
    let row = {
        let (props, ids) = (props.clone(), ids.clone());
        Callback::from(move |number: usize| row(&props, ids.get(number)?))
    };
    let find = {
        let ids = ids.clone();
        Callback::from(move |key: String| ids.iter().position(|id| id.as_str() == key))
    };
    let rows = ids.iter().cloned().map(Subject::Site).collect();
    let Choosing {
        all,
        on_all,
        on_deed,
    } = use_choosing(rows, &props.selection);
    let list = columns(&[
        ("name", t!("Name"), Some(Some(*falling))),
        ("lans", t!("LANs"), None),
        ("router", t!("Router"), None),
        ("there", t!("Public address"), None),
        ("ipv6", t!("IPv6"), None),
        ("count", t!("Machines"), None),
        ("findings", t!("Findings"), None),
    ]);
    let on_sort = {
        let (now, falling) = (*falling, falling.setter());
        Callback::from(move |_: usize| falling.set(!now))
    };
    html! {
        <Grid
            id="sites" label={t!("Sites")} columns={list} count={ids.len()} {row} {find} checks={Some(all)} {on_all}
            scrolled={props.scrolled} show={props.show.clone()} {on_sort} {on_deed}
        />
    }
}

/// A reader of a fact of a site.
fn fact(
    plan: &Rc<Plan>,
    id: &SiteId,
    read: impl Fn(&Site, &str) -> Result<SiteField, String> + 'static,
) -> Callback<String, Reading> {
    let (plan, id) = (plan.clone(), id.clone());
    reader(move |text| {
        let site = plan.sites.get(&id);
        let site = site.ok_or_else(|| t!("This site is gone.").to_string())?;
        possible(&plan, Command::EditSite(id.clone(), read(site, text)?))
    })
}

fn row(props: &RowsProps, id: &SiteId) -> Option<Row> {
    let plan = &props.plan;
    let site = plan.sites.get(id)?;
    let nothing = t!("none");
    let mut name = Cell::text(
        site.name.to_string(),
        &nothing,
        false,
        fact(plan, id, |_, text| required(text).map(SiteField::Name)),
    );
    name.shown = html! {
        <><Icon glyph={Glyph::House} /><strong class="cell-words">{ site.name.to_string() }</strong></>
    };
    let lans: Vec<String> = site.lans.iter().map(ToString::to_string).collect();
    let router = match site.router {
        Router::Nat => "nat",
        Router::Cgnat => "cgnat",
    };
    let routers = vec![
        ("nat".into(), t!("NAT, public address")),
        ("cgnat".into(), t!("no public IPv4")),
    ];
    let public = &site.public;
    let outside = public.ipv4.map(|address| address.to_string());
    let outside = outside.or_else(|| public.name.as_ref().map(ToString::to_string));
    let ipv6 = match site.ipv6 {
        SiteIpv6::None => "none",
        SiteIpv6::Firewalled => "firewalled",
        SiteIpv6::Open => "open",
    };
    let ipv6s = vec![
        ("none".into(), t!("none or unknown")),
        ("firewalled".into(), t!("yes, filtered")),
        ("open".into(), t!("yes, open")),
    ];
    let subject = Subject::Site(id.clone());
    let found = props.mesh.findings.iter();
    let found = found.filter(|finding| finding.subject == subject).count();
    let cells = vec![
        name,
        Cell::text(
            lans.join(", "),
            &nothing,
            true,
            fact(plan, id, |_, text| prefixes(text).map(SiteField::Lans)),
        ),
        Cell::choice(
            router.into(),
            routers,
            None,
            fact(plan, id, |_, key| {
                Ok(SiteField::Router(if key == "cgnat" {
                    Router::Cgnat
                } else {
                    Router::Nat
                }))
            }),
        ),
        Cell::text(
            outside.unwrap_or_default(),
            &t!("not known"),
            true,
            fact(plan, id, |site, text| {
                let mut public = site.public.clone();
                set_public(&mut public, text)?;
                Ok(SiteField::Public(public))
            }),
        ),
        Cell::choice(
            ipv6.into(),
            ipv6s,
            None,
            fact(plan, id, |_, key| {
                Ok(SiteField::Ipv6(match key {
                    "firewalled" => SiteIpv6::Firewalled,
                    "open" => SiteIpv6::Open,
                    _ => SiteIpv6::None,
                }))
            }),
        ),
        Cell::plain(html! { plan.nodes_at(id).count() }),
        Cell::plain(findings(found)),
    ];
    Some(Row {
        key: id.to_string(),
        name: site.name.to_string().into(),
        selected: props.selection.has_site(id),
        cells,
    })
}

fn prefixes(text: &str) -> Result<Vec<Prefix>, String> {
    let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
    parts.map(required).collect()
}
