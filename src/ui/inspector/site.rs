//! A site: its LANs, what its router does, and who stands there.

use std::rc::Rc;

use yew::prelude::*;

use super::copies::Copies;
use super::findings::Findings;
use super::provider::Provider;
use super::section::{More, Section, named};
use super::uplink::Connection;
use crate::editor::{Command, NewNode, SiteField, free_spot_at};
use crate::mesh::{Mesh, Subject};
use crate::plan::{NatKind, Plan, Prefix, SiteId, SiteIpv6, Uplink};
use crate::ui::field::{Answer, Reading, Switch, TextField, possible, radios, required};
use crate::ui::icon::{Glyph, Icon, of_form};
use crate::ui::session::{Action, Sheet, use_dispatch};
use crate::ui::words::t;

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
    let Some(site) = props.plan.sites.get(&props.id) else {
        return html! {};
    };
    html! {
        <>
            <Named plan={props.plan.clone()} id={props.id.clone()} />
            <Section>
                <Provider plan={props.plan.clone()} id={props.id.clone()} />
            </Section>
            <Findings mesh={props.mesh.clone()} subject={Subject::Site(props.id.clone())} />
            <Section>
                <Ipv6Here id={props.id.clone()} ipv6={site.ipv6} />
            </Section>
            <Section>
                <Line id={props.id.clone()} uplink={site.uplink} />
            </Section>
            <Rare id={props.id.clone()} nat={site.nat} />
            <Machines plan={props.plan.clone()} id={props.id.clone()} />
        </>
    }
}

/// What a part of the panel shows.
#[derive(Clone, PartialEq, Properties)]
struct PartProps {
    plan: Rc<Plan>,
    id: SiteId,
}

/// Its name and its LANs.
#[component]
fn Named(props: &PartProps) -> Html {
    let dispatch = use_dispatch();
    let Some(site) = props.plan.sites.get(&props.id) else {
        return html! {};
    };
    // Makes a reader out of what a text means for the site.
    let reader = |field: fn(&str) -> Result<SiteField, String>| {
        let (plan, id) = (props.plan.clone(), props.id.clone());
        Callback::from(move |text: String| -> Reading {
            possible(&plan, Command::EditSite(id.clone(), field(&text)?))
        })
    };
    let routed = {
        let id = props.id.clone();
        Callback::from(move |on| {
            dispatch.dispatch(Command::EditSite(id.clone(), SiteField::LansRouted(on)).into());
        })
    };
    html! {
        <Section>
            <TextField
                id="site-name" label="Name" value={site.name.to_string()} hint="What you call this place."
                read={reader(|text| required(text).map(SiteField::Name))}
            />
            <TextField
                id="site-lans" label="LANs" value={list(&site.lans)} code=true placeholder="192.168.1.0/24"
                hint="The networks behind the router. Several are separated by commas."
                read={reader(|text| prefixes(text).map(SiteField::Lans))}
            />
            if site.lans.len() > 1 || site.lans_routed {
                <Switch
                    id="site-routed" label="These LANs reach each other" on={site.lans_routed} on_change={routed}
                    hint={if site.lans_routed {
                        "Machines in different LANs here talk over the LAN."
                    } else {
                        "If you are not sure, leave it off: machines in different LANs then take another path."
                    }}
                />
            }
        </Section>
    }
}

/// What IPv6 a site has, in the words of people who live there.
pub(super) const IPV6: [Answer<SiteIpv6>; 3] = [
    Answer {
        value: SiteIpv6::None,
        words: "None, or I don\u{2019}t know",
        note: "cautious",
        hint: "Nothing is planned over IPv6 here.",
    },
    Answer {
        value: SiteIpv6::Firewalled,
        words: "Yes, filtered by the router",
        note: "usual",
        hint: "Each machine has an address of its own, and the router lets nothing in by itself. At each machine you say whether it lets WireGuard in.",
    },
    Answer {
        value: SiteIpv6::Open,
        words: "Yes, nothing is filtered",
        note: "",
        hint: "Anybody on the internet reaches every machine here over IPv6.",
    },
];

#[derive(Clone, PartialEq, Properties)]
struct Ipv6Props {
    id: SiteId,
    ipv6: SiteIpv6,
}

#[component]
fn Ipv6Here(props: &Ipv6Props) -> Html {
    let set = use_edit(&props.id, SiteField::Ipv6);
    radios("site-ipv6", "Is there IPv6 here?", &IPV6, &props.ipv6, &set)
}

#[derive(Clone, PartialEq, Properties)]
struct LineProps {
    id: SiteId,
    uplink: Uplink,
}

/// What connects the site to the internet.
#[component]
fn Line(props: &LineProps) -> Html {
    let set = use_edit(&props.id, SiteField::Uplink);
    let on_change = Callback::from(move |uplink: Option<Uplink>| {
        set.emit(uplink.unwrap_or_default());
    });
    let id = props.id.clone();
    let command =
        Callback::from(move |uplink| Command::EditSite(id.clone(), SiteField::Uplink(uplink)));
    html! { <Connection id="site-uplink" uplink={props.uplink} {on_change} {command} /> }
}

/// What a router does to source ports.
pub(super) const PORTS: [Answer<NatKind>; 3] = [
    Answer {
        value: NatKind::Unknown,
        words: "I don\u{2019}t know",
        note: "recommended",
        hint: "The cautious case is planned for.",
    },
    Answer {
        value: NatKind::KeepsPort,
        words: "It keeps them",
        note: "",
        hint: "Packets leave with the port that the machine chose. Two such machines can open the path to each other at once, without a port forward.",
    },
    Answer {
        value: NatKind::Symmetric,
        words: "It changes them",
        note: "",
        hint: "Each destination sees another port (symmetric NAT), so nobody can guess where to answer.",
    },
];

#[derive(Clone, PartialEq, Properties)]
struct RareProps {
    id: SiteId,
    nat: NatKind,
}

/// What few people need to say about a site.
#[component]
fn Rare(props: &RareProps) -> Html {
    let set = use_edit(&props.id, SiteField::Nat);
    let facts = [("router\u{2019}s ports", props.nat != NatKind::Unknown)];
    html! {
        <More set={named(&facts)}>
            { radios("site-nat", "What does the router do to outgoing ports?", &PORTS, &props.nat, &set) }
        </More>
    }
}

/// Sends a new value of one fact of a site.
#[hook]
fn use_edit<T: 'static>(id: &SiteId, field: fn(T) -> SiteField) -> Callback<T> {
    let (dispatch, id) = (use_dispatch(), id.clone());
    Callback::from(move |value| {
        dispatch.dispatch(Command::EditSite(id.clone(), field(value)).into());
    })
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

/// Who stands at the site, and what can be done with the site as a whole.
#[component]
fn Machines(props: &PartProps) -> Html {
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
    let all = nodes.iter().map(|(id, _)| Subject::Node((*id).clone()));
    let all = (nodes.len() > 1).then(|| Command::Choose(all.collect()));
    let several = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::ShowSheet(Some(Sheet::AddSeveral)));
        })
    };
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
                <div class="buttons">
                    <button type="button" class="button button--small" onclick={go(add)}>
                        <Icon glyph={Glyph::Plus} />{ "Add machine here" }
                    </button>
                    <button type="button" class="button button--small" onclick={several}>{ t!("Add several\u{2026}") }</button>
                    if let Some(all) = all {
                        <button type="button" class="button button--small" onclick={go(all)}>{ t!("Select all") }</button>
                    }
                </div>
            </Section>
            <Section>
                <Copies plan={props.plan.clone()} parts={vec![Subject::Site(props.id.clone())]} />
                <button type="button" class="button button--small button--delete" onclick={go(Command::Remove(Subject::Site(props.id.clone())))}>
                    <Icon glyph={Glyph::Trash} />{ delete }
                </button>
            </Section>
        </>
    }
}
