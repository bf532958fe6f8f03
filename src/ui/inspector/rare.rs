//! What few people need to say about a machine.

use std::rc::Rc;

use yew::prelude::*;

use super::abilities::AbilitiesProps;
use super::section::{More, named};
use super::talks::OnlyThrough;
use super::uplink::Connection;
use crate::editor::{Command, NodeField};
use crate::mesh::Mesh;
use crate::plan::{
    Family, Form, HostFirewall, Node, NodeId, Place, Plan, Platform, Prefix, Stack, Uplink,
};
use crate::ui::field::{Answer, Reading, Switch, TextField, optional, possible, select};
use crate::ui::session::use_dispatch;

/// What [`RareFacts`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct RareFactsProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// Which machine.
    pub id: NodeId,
}

/// The rare facts of a machine.
#[component]
pub fn RareFacts(props: &RareFactsProps) -> Html {
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let (plan, id) = (&props.plan, &props.id);
    let at_site = matches!(node.place, Place::Site { .. });
    let facts = [
        ("speaks", node.stack != Stack::Usual),
        ("only through", node.hub.is_some()),
        ("leaves out", !node.leaves_out.is_empty()),
        ("firewall", node.firewall != HostFirewall::LetsIn),
        ("always on", node.always_on.is_some()),
        ("clock", node.clock.is_some()),
        ("connection", node.uplink.is_some() && !at_site),
        (
            "IPv6 route",
            node.slaac.is_some() || node.uplink_name.is_some(),
        ),
        ("MTU", node.mtu.is_some()),
    ];
    let forwards_ipv6 = props
        .mesh
        .position(id)
        .and_then(|place| props.mesh.nodes.get(place))
        .is_some_and(|node| node.forwards.contains(&Family::V6));
    let route_set = node.slaac.is_some() || node.uplink_name.is_some();
    html! {
        <More set={named(&facts)}>
            <Speaks id={id.clone()} stack={node.stack} />
            if !at_site {
                <Line id={id.clone()} uplink={node.uplink} roams={node.place == Place::Roams} />
            }
            <OnlyThrough plan={plan.clone()} id={id.clone()} />
            <LeavesOut plan={plan.clone()} id={id.clone()} />
            <Habits plan={plan.clone()} id={id.clone()} />
            if node.platform == Platform::Linux && (forwards_ipv6 || route_set) {
                <Ipv6Route plan={plan.clone()} id={id.clone()} />
            }
            <TunnelMtu plan={plan.clone()} id={id.clone()} />
        </More>
    }
}

/// Sends a new value of one fact of a machine.
#[hook]
fn use_edit<T: 'static>(id: &NodeId, field: fn(T) -> NodeField) -> Callback<T> {
    let (dispatch, id) = (use_dispatch(), id.clone());
    Callback::from(move |value| {
        dispatch.dispatch(Command::EditNode(id.clone(), field(value)).into());
    })
}

/// A reader of one fact of a machine.
fn reader(
    props: &AbilitiesProps,
    field: fn(&str) -> Result<NodeField, String>,
) -> Callback<String, Reading> {
    let (plan, id) = (props.plan.clone(), props.id.clone());
    Callback::from(move |text: String| {
        possible(&plan, Command::EditNode(id.clone(), field(&text)?))
    })
}

/// The families that a machine dials out with.
pub(super) const STACKS: [Answer<Stack>; 4] = [
    Answer {
        value: Stack::Usual,
        words: "What its place offers",
        note: "recommended",
        hint: "IPv4 and IPv6, as far as there is any.",
    },
    Answer {
        value: Stack::Ipv4Only,
        words: "Only IPv4",
        note: "",
        hint: "It never uses IPv6, even where there is some.",
    },
    Answer {
        value: Stack::Ipv6Only,
        words: "Only IPv6",
        note: "",
        hint: "It dials nobody who has an IPv4 address only.",
    },
    Answer {
        value: Stack::Nat64,
        words: "Only IPv6, with NAT64",
        note: "",
        hint: "Its provider translates to IPv4, so it dials those by name only.",
    },
];

#[derive(Clone, PartialEq, Properties)]
struct SpeaksProps {
    id: NodeId,
    stack: Stack,
}

#[component]
fn Speaks(props: &SpeaksProps) -> Html {
    let set = use_edit(&props.id, NodeField::Stack);
    select("node-stack", "Speaks", &STACKS, &props.stack, &set)
}

#[derive(Clone, PartialEq, Properties)]
struct LineProps {
    id: NodeId,
    uplink: Option<Uplink>,
    roams: bool,
}

/// What connects a machine at no site to the internet.
#[component]
fn Line(props: &LineProps) -> Html {
    let on_change = use_edit(&props.id, NodeField::Uplink);
    let id = props.id.clone();
    let command = Callback::from(move |uplink| {
        Command::EditNode(id.clone(), NodeField::Uplink(Some(uplink)))
    });
    let (uplink, unknown) = if props.roams {
        (
            props.uplink,
            Some(AttrValue::Static("Changes as it moves (recommended)")),
        )
    } else {
        (Some(props.uplink.unwrap_or_default()), None)
    };
    html! { <Connection id="node-uplink" {uplink} {unknown} {on_change} {command} /> }
}

/// Which LANs that others share a machine does not want to reach.
#[component]
fn LeavesOut(props: &AbilitiesProps) -> Html {
    let set = use_edit(&props.id, NodeField::LeavesOut);
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let others = || props.plan.nodes.iter().filter(|(id, _)| **id != props.id);
    let shared = others().flat_map(|(_, other)| other.shares.iter().map(|share| share.prefix));
    let lans: Vec<Prefix> =
        crate::sorting::distinct(shared.chain(node.leaves_out.iter().copied()).collect());
    if lans.is_empty() {
        return html! {};
    }
    let choose = |lan: Prefix| {
        let (set, leaves_out) = (set.clone(), node.leaves_out.clone());
        Callback::from(move |reaches: bool| {
            let mut rest = leaves_out.clone();
            rest.retain(|other| *other != lan);
            if !reaches {
                rest.push(lan);
            }
            set.emit(rest);
        })
    };
    let hint = |lan: Prefix| {
        let sharing =
            others().filter(|(_, other)| other.shares.iter().any(|share| share.prefix == lan));
        let names: Vec<&str> = sharing.map(|(_, other)| other.name.as_str()).collect();
        if names.is_empty() {
            "Nobody shares it any more.".to_owned()
        } else {
            format!(
                "Shared by {}. Leave it out where it meets the same addresses.",
                names.join(" and ")
            )
        }
    };
    html! {
        <div role="group" aria-label="Shared LANs">
            for (place, lan) in lans.into_iter().enumerate() {
                <Switch
                    key={lan.to_string()} id={format!("node-reaches-{place}")} label={format!("Reaches {lan}")}
                    on={!node.leaves_out.contains(&lan)} on_change={choose(lan)} hint={hint(lan)}
                />
            }
        </div>
    }
}

/// Its firewall, whether it sleeps, and its clock.
#[component]
fn Habits(props: &AbilitiesProps) -> Html {
    let firewall = use_edit(&props.id, |lets_in: bool| {
        NodeField::Firewall(if lets_in {
            HostFirewall::LetsIn
        } else {
            HostFirewall::Blocks
        })
    });
    let set_always_on = use_edit(&props.id, NodeField::AlwaysOn);
    let set_clock = use_edit(&props.id, NodeField::Clock);
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let lets_in = node.firewall == HostFirewall::LetsIn;
    let (always_on, keeps_time) = (node.is_always_on(), node.keeps_time());
    let usual_on = node.place != Place::Roams;
    let usual_clock = node.form != Form::Board;
    html! {
        <>
            <Switch
                id="node-firewall" label="Its own firewall lets WireGuard in" on={lets_in} on_change={firewall}
                hint={firewall_hint(&props.plan, node)}
            />
            <Switch
                id="node-always-on" label="Is always switched on" on={always_on}
                on_change={set_always_on.reform(move |on| unless_usual(on, usual_on))}
                hint={if always_on {
                    "Others can count on it."
                } else {
                    "While it is off, nobody reaches anything through it."
                }}
            />
            <Switch
                id="node-clock" label="Its clock has a battery" on={keeps_time}
                on_change={set_clock.reform(move |on| unless_usual(on, usual_clock))}
                hint={if keeps_time {
                    "It knows the time as soon as it starts."
                } else {
                    "After a power cut its clock starts in the past, and peers refuse it until the clock is right."
                }}
            />
        </>
    }
}

/// What is said only if it differs from the usual.
fn unless_usual(on: bool, usual: bool) -> Option<bool> {
    (on != usual).then_some(on)
}

fn firewall_hint(plan: &Plan, node: &Node) -> String {
    match node.firewall {
        HostFirewall::LetsIn => {
            format!(
                "Or it can be told to, for UDP {}.",
                plan.listen_port_of(node)
            )
        }
        HostFirewall::Blocks => "Nobody dials it. It still dials out.".to_owned(),
    }
}

/// Where the IPv6 route of a machine comes from.
const ROUTES: [Answer<Option<bool>>; 3] = [
    Answer {
        value: None,
        words: "I don\u{2019}t know",
        note: "cautious",
        hint: "Its files take care that the route survives.",
    },
    Answer {
        value: Some(true),
        words: "From its router",
        note: "",
        hint: "Router advertisements. A machine that forwards IPv6 ignores them unless its files say otherwise.",
    },
    Answer {
        value: Some(false),
        words: "Set by hand",
        note: "",
        hint: "Nothing is needed for it.",
    },
];

/// How a machine that forwards IPv6 keeps its own IPv6 route.
#[component]
fn Ipv6Route(props: &AbilitiesProps) -> Html {
    let set = use_edit(&props.id, NodeField::Slaac);
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    html! {
        <>
            { select("node-slaac", "IPv6 route", &ROUTES, &node.slaac, &set) }
            <TextField
                id="node-interface" label="Interface" code=true placeholder="eth0"
                value={node.uplink_name.as_ref().map_or_else(String::new, ToString::to_string)}
                hint="The one that leads to the internet. \u{201c}ip -6 route show default\u{201d} names it behind dev."
                read={reader(props, |text| optional(text).map(NodeField::UplinkName))}
            />
        </>
    }
}

/// The MTU of the machine's tunnel interface.
#[component]
fn TunnelMtu(props: &AbilitiesProps) -> Html {
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    html! {
        <TextField
            id="node-mtu" label="Tunnel MTU" code=true digits=true suffix="bytes" placeholder="automatic"
            value={node.mtu.map_or_else(String::new, |mtu| mtu.to_string())}
            hint="Empty is recommended: what its connections carry."
            read={reader(props, |text| optional(text).map(NodeField::Mtu))}
        />
    }
}
