//! What the router lets in to a machine: a forwarded port over IPv4, an opened
//! one over IPv6.

use yew::prelude::*;

use super::abilities::AbilitiesProps;
use crate::editor::{Command, NodeField};
use crate::plan::{Forward, Place, Port, Router, SiteIpv6};
use crate::ui::field::{Reading, Switch, TextField, optional, possible, required};
use crate::ui::session::use_dispatch;

/// Whether the site's router forwards a port to the machine.
#[component]
pub fn Forwarded(props: &AbilitiesProps) -> Html {
    let dispatch = use_dispatch();
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let Place::Site { forward, .. } = node.place else {
        return html! {};
    };
    let site = props.plan.site_of(node);
    let listen_port = props.plan.listen_port_of(node);
    let refused = site
        .filter(|site| site.router == Router::Cgnat && forward.is_none())
        .map(|site| {
            format!(
                "The provider gives {} no public IPv4 address, so no port can be forwarded.",
                site.name
            )
        });
    let edit = {
        let (id, place) = (props.id.clone(), node.place.clone());
        move |to: Option<Forward>| {
            let mut place = place.clone();
            if let Place::Site { forward, .. } = &mut place {
                *forward = to;
            }
            Command::EditNode(id.clone(), NodeField::Place(place))
        }
    };
    let on_change = {
        let edit = edit.clone();
        Callback::from(move |on: bool| {
            dispatch.dispatch(edit(on.then(|| listen_port.into())).into());
        })
    };
    // What a text means for one half of the forward; the other half stays.
    let reader = |change: fn(&mut Forward, &str) -> Result<(), String>| {
        let (plan, edit) = (props.plan.clone(), edit.clone());
        Callback::from(move |text: String| -> Reading {
            let mut changed = forward.unwrap_or_else(|| listen_port.into());
            change(&mut changed, &text)?;
            possible(&plan, edit(Some(changed)))
        })
    };
    html! {
        <Switch
            id="node-forward" label="Port forwarded on the router" on={forward.is_some()} {on_change} {refused}
            hint="Others can then dial it from the internet."
        >
            if let Some(forward) = forward {
                <TextField
                    id="node-forward-port" label="Outside" value={forward.external.to_string()} code=true digits=true suffix="UDP" class="is-nested"
                    hint="The router\u{2019}s port, which others dial."
                    read={reader(|forward, text| { forward.external = required(text)?; Ok(()) })}
                />
                <TextField
                    id="node-forward-inside" label="Inside" code=true digits=true suffix="UDP" class="is-nested"
                    value={forward.internal.map_or_else(String::new, |port| port.to_string())}
                    placeholder={listen_port.to_string()}
                    hint={inside_hint(node.name.as_str(), listen_port, forward.internal)}
                    read={reader(|forward, text| { forward.internal = optional(text)?; Ok(()) })}
                />
            }
        </Switch>
    }
}

/// Where the router must send the packets on to.
fn inside_hint(name: &str, listen_port: Port, internal: Option<Port>) -> String {
    if internal.is_some_and(|internal| internal != listen_port) {
        format!("{name} listens on UDP {listen_port}, so nothing arrives.")
    } else {
        format!("Empty: UDP {listen_port}, where {name} listens.")
    }
}

/// Whether the router's IPv6 firewall lets WireGuard in to the machine.
#[component]
pub fn LetIn(props: &AbilitiesProps) -> Html {
    let dispatch = use_dispatch();
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let Place::Site {
        ipv6_open,
        ipv6,
        ipv6_name,
        ..
    } = &node.place
    else {
        return html! {};
    };
    let filtered = props
        .plan
        .site_of(node)
        .is_some_and(|site| site.ipv6 == SiteIpv6::Firewalled);
    // Where there is nothing to open, the switch shows only if it is on.
    if !filtered && !ipv6_open {
        return html! {};
    }
    let hint = match (filtered, ipv6_open) {
        (false, _) => "Its site has no IPv6 that is filtered, so this changes nothing.",
        (true, true) if ipv6.is_none() && ipv6_name.is_none() => {
            "Others need its IPv6 address or name above to dial it."
        }
        (true, true) => "Others dial it at its own IPv6 address.",
        (true, false) => "In the router: IPv6 firewall, allow UDP to this machine.",
    };
    let on_change = {
        let (id, place) = (props.id.clone(), node.place.clone());
        Callback::from(move |on: bool| {
            let mut place = place.clone();
            if let Place::Site { ipv6_open, .. } = &mut place {
                *ipv6_open = on;
            }
            dispatch.dispatch(Command::EditNode(id.clone(), NodeField::Place(place)).into());
        })
    };
    html! {
        <Switch
            id="node-ipv6-open" label="Router lets WireGuard in over IPv6" on={*ipv6_open} {on_change}
            {hint}
        />
    }
}
