//! A site: its LANs, what its router does, and who stands there.

use std::rc::Rc;

use yew::prelude::*;

use super::findings::Findings;
use super::section::Section;
use crate::editor::{Command, NewNode, SiteField, free_spot_at};
use crate::mesh::{Mesh, Subject};
use crate::plan::{Plan, Prefix, PublicAddress, Router, Site, SiteId};
use crate::ui::field::{Reading, Switch, TextField, optional, possible, required};
use crate::ui::icon::{Glyph, Icon, of_form};
use crate::ui::session::use_dispatch;

/// What [`SitePanel`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct SitePanelProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// Which site.
    pub id: SiteId,
}

/// The facts of a site.
#[component]
pub fn SitePanel(props: &SitePanelProps) -> Html {
    let dispatch = use_dispatch();
    let Some(site) = props.plan.sites.get(&props.id) else {
        return html! {};
    };
    // Makes a reader out of what a text means for the site.
    let reader = |field: fn(&Site, &str) -> Result<SiteField, String>| {
        let (plan, id, site) = (props.plan.clone(), props.id.clone(), site.clone());
        Callback::from(move |text: String| -> Reading {
            possible(&plan, Command::EditSite(id.clone(), field(&site, &text)?))
        })
    };
    let cgnat = {
        let id = props.id.clone();
        Callback::from(move |on| {
            let router = if on { Router::Cgnat } else { Router::Nat };
            dispatch.dispatch(Command::EditSite(id.clone(), SiteField::Router(router)).into());
        })
    };
    let text = |part: Option<String>| part.unwrap_or_default();
    html! {
        <>
            <Section>
                <TextField
                    id="site-name" label="Name" value={site.name.to_string()}
                    read={reader(|_, text| required(text).map(SiteField::Name))}
                />
                <TextField
                    id="site-lans" label="LANs" value={list(&site.lans)} code=true placeholder="192.168.1.0/24"
                    hint="Several are separated by commas."
                    read={reader(|_, text| prefixes(text).map(SiteField::Lans))}
                />
            </Section>
            <Section title="Router">
                <Switch
                    id="site-cgnat" label="My provider gives me no public IPv4 address" on={site.router == Router::Cgnat} on_change={cgnat}
                    hint="Carrier-grade NAT. The router shows an address in 100.64.0.0/10 or a private one on its internet side, and no port can be forwarded."
                />
                <TextField
                    id="site-v4" label="Public IPv4" value={text(site.public.ipv4.map(|address| address.to_string()))} code=true placeholder="none known"
                    read={reader(|site, text| public(site, |public| { public.ipv4 = optional(text)?; Ok(()) }))}
                />
                <TextField
                    id="site-dns" label="DNS name" value={text(site.public.name.as_ref().map(ToString::to_string))} code=true placeholder="home.example.net"
                    hint="A dynamic DNS name is best where the address changes. One of both is needed only if a port is forwarded."
                    read={reader(|site, text| public(site, |public| { public.name = optional(text)?; Ok(()) }))}
                />
            </Section>
            <Findings mesh={props.mesh.clone()} subject={Subject::Site(props.id.clone())} />
            <Machines plan={props.plan.clone()} id={props.id.clone()} />
        </>
    }
}

/// Changes one part of the router's address.
fn public(
    site: &Site,
    change: impl FnOnce(&mut PublicAddress) -> Result<(), String>,
) -> Result<SiteField, String> {
    let mut public = site.public.clone();
    change(&mut public)?;
    Ok(SiteField::Public(public))
}

/// Prefixes with commas between them.
pub(super) fn list(prefixes: &[Prefix]) -> String {
    prefixes
        .iter()
        .map(Prefix::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Reads prefixes between commas or spaces.
pub(super) fn prefixes(text: &str) -> Result<Vec<Prefix>, String> {
    text.split([',', ' '])
        .filter(|part| !part.is_empty())
        .map(required)
        .collect()
}

#[derive(Clone, PartialEq, Properties)]
struct MachinesProps {
    plan: Rc<Plan>,
    id: SiteId,
}

/// Who stands at the site, and what can be done with the site as a whole.
#[component]
fn Machines(props: &MachinesProps) -> Html {
    let dispatch = use_dispatch();
    let Some(site) = props.plan.sites.get(&props.id) else {
        return html! {};
    };
    let go = |command: Command| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(command.clone().into()))
    };
    let add = Command::AddNode {
        kind: NewNode::AtSite(props.id.clone()),
        id: None,
        at: free_spot_at(&props.plan, &props.id).unwrap_or(site.position),
    };
    let nodes: Vec<_> = props.plan.nodes_at(&props.id).collect();
    let delete = match nodes.len() {
        0 => format!("Delete {}", site.name),
        1 => format!("Delete {} and its machine", site.name),
        count => format!("Delete {} and its {count} machines", site.name),
    };
    html! {
        <>
            <Section title="Machines" note={nodes.len().to_string()}>
                <ul class="rows">
                    for (id, node) in nodes {
                        <li key={id.as_str()}>
                            <button type="button" class="row" onclick={go(Command::Select(Subject::Node(id.clone())))}>
                                <Icon glyph={of_form(node.form)} />
                                <span class="row__name">{ node.name.as_str().to_owned() }</span>
                                <span class="row__note is-code">{ node.lan_address().map_or_else(String::new, |address| address.to_string()) }</span>
                                <Icon glyph={Glyph::ChevronRight} />
                            </button>
                        </li>
                    }
                </ul>
                <button type="button" class="button button--small" onclick={go(add)}>
                    <Icon glyph={Glyph::Plus} />{ "Add machine here" }
                </button>
            </Section>
            <Section>
                <button type="button" class="button button--small button--delete" onclick={go(Command::Remove(Subject::Site(props.id.clone())))}>
                    <Icon glyph={Glyph::Trash} />{ delete }
                </button>
            </Section>
        </>
    }
}
