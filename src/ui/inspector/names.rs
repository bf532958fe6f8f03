//! Whether machines are found by name, and who answers.

use std::rc::Rc;

use yew::prelude::*;

use super::talks::OneOf;
use crate::editor::Command;
use crate::plan::{Dns, HostName, NodeId, Plan};
use crate::ui::field::{Reading, Switch, TextField, possible, required};
use crate::ui::session::use_dispatch;

/// The domain that is suggested: `.internal` is kept free for private use by
/// those who run the root of the DNS.
const SUGGESTED: &str = "mesh.internal";

/// What [`Names`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct NamesProps {
    /// The open plan.
    pub plan: Rc<Plan>,
}

/// Names inside the mesh.
#[component]
pub fn Names(props: &NamesProps) -> Html {
    let dispatch = use_dispatch();
    let dns = props.plan.dns.as_ref();
    let example = props
        .plan
        .nodes
        .values()
        .next()
        .map_or("nas", |node| node.name.as_str());
    let set =
        Callback::from(move |dns: Option<Dns>| dispatch.dispatch(Command::SetDns(dns).into()));
    let on_change = set.reform(|on: bool| {
        let domain = SUGGESTED.parse::<HostName>().ok().filter(|_| on)?;
        Some(Dns {
            domain,
            server: None,
            answers_public: false,
        })
    });
    let hint = match dns {
        Some(dns) => format!("{example} is found as {example}.{}.", dns.domain),
        None => "Machines are found by their tunnel addresses only.".to_owned(),
    };
    html! {
        <Switch id="plan-names" label="Machines have names" on={dns.is_some()} {on_change} {hint}>
            if let Some(dns) = dns {
                { details(&props.plan, dns, &set) }
            }
        </Switch>
    }
}

fn details(plan: &Rc<Plan>, dns: &Dns, set: &Callback<Option<Dns>>) -> Html {
    let read = {
        let (plan, dns) = (plan.clone(), dns.clone());
        Callback::from(move |text: String| -> Reading {
            let domain = required(&text)?;
            possible(
                &plan,
                Command::SetDns(Some(Dns {
                    domain,
                    ..dns.clone()
                })),
            )
        })
    };
    let nodes: Vec<(NodeId, AttrValue)> = plan
        .nodes
        .iter()
        .filter(|(_, node)| !node.platform.is_app())
        .map(|(id, node)| (id.clone(), node.name.to_string().into()))
        .collect();
    let on_server = {
        let dns = dns.clone();
        set.reform(move |server: Option<NodeId>| {
            Some(Dns {
                answers_public: dns.answers_public && server.is_some(),
                server,
                ..dns.clone()
            })
        })
    };
    let on_public = {
        let dns = dns.clone();
        set.reform(move |answers_public| {
            Some(Dns {
                answers_public,
                ..dns.clone()
            })
        })
    };
    html! {
        <>
            <TextField
                id="plan-domain" label="Domain" value={dns.domain.to_string()} {read} code=true placeholder={SUGGESTED} class="is-nested"
                hint="One of your own, or one that ends in .internal. Not .local."
            />
            <div class="is-inset">
                <OneOf
                    id="plan-names-server" label="Who answers" none="Nobody, each has a list (recommended)" nodes={nodes} chosen={dns.server.clone()} on_change={on_server}
                    hint={if dns.server.is_some() { "It runs a name server that every machine asks." } else { "The names go into each machine\u{2019}s hosts file. Phones need a machine that answers." }}
                />
                if dns.server.is_some() {
                    <Switch
                        id="plan-names-public" label="It answers for all other names, too" on={dns.answers_public} on_change={on_public}
                        hint={if dns.answers_public {
                            "When it is down, machines find no websites either."
                        } else {
                            "Each machine asks its own provider for those, where its platform can tell them apart."
                        }}
                    />
                }
            </div>
        </>
    }
}
