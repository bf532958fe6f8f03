//! Where a machine stands, and its addresses there.

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::{Command, NodeField};
use crate::plan::{Node, NodeId, Place, Plan, PublicAddress, SiteId, SiteIpv6};
use crate::ui::field::{Reading, Select, TextField, optional, possible};
use crate::ui::session::use_dispatch;

const INTERNET: AttrValue = AttrValue::Static("internet");
const ROAMS: AttrValue = AttrValue::Static("roams");
/// Stands before the identity of a site, so that no site is taken for a place
/// of another kind.
const SITE: &str = "at ";

/// What [`PlaceFields`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct PlaceFieldsProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// Which machine.
    pub id: NodeId,
}

/// Where a machine stands, and its addresses there.
#[component]
pub fn PlaceFields(props: &PlaceFieldsProps) -> Html {
    let dispatch = use_dispatch();
    let Some(node) = props.plan.nodes.get(&props.id) else {
        return html! {};
    };
    let mut options = vec![(INTERNET, AttrValue::Static("On the internet"))];
    options.extend(
        props
            .plan
            .sites
            .iter()
            .map(|(id, site)| (format!("{SITE}{id}").into(), site.name.to_string().into())),
    );
    options.push((ROAMS, AttrValue::Static("Roams")));
    let value: AttrValue = match &node.place {
        Place::Internet(_) => INTERNET,
        Place::Site { site, .. } => format!("{SITE}{site}").into(),
        Place::Roams => ROAMS,
    };
    let on_change = {
        let id = props.id.clone();
        Callback::from(move |key: AttrValue| {
            let place = match key.strip_prefix(SITE) {
                Some(site) => Place::at(SiteId::new(site)),
                None if key == INTERNET => Place::Internet(PublicAddress::default()),
                None => Place::Roams,
            };
            dispatch.dispatch(Command::EditNode(id.clone(), NodeField::Place(place)).into());
        })
    };
    let hint = match &node.place {
        Place::Internet(_) => "Others dial it at its own address.",
        Place::Site { .. } => "Behind the router there.",
        Place::Roams => "It dials out and is never dialled.",
    };
    html! {
        <>
            <Select id="node-place" label="Stands" {value} {options} {on_change} {hint} />
            { addresses(&props.plan, &props.id, node) }
        </>
    }
}

/// The addresses that matter where the machine stands.
fn addresses(plan: &Rc<Plan>, id: &NodeId, node: &Node) -> Html {
    let read = |change: fn(&mut Place, &str) -> Result<(), String>| {
        let (plan, id, place) = (plan.clone(), id.clone(), node.place.clone());
        Callback::from(move |text: String| -> Reading {
            let mut place = place.clone();
            change(&mut place, &text)?;
            possible(
                &plan,
                Command::EditNode(id.clone(), NodeField::Place(place)),
            )
        })
    };
    match &node.place {
        Place::Internet(public) => html! {
            <>
                <TextField
                    id="node-v4" label="Public IPv4" value={words(public.ipv4.as_ref())} code=true placeholder="none"
                    hint="Its own address on the internet."
                    read={read(|place, text| { if let Place::Internet(public) = place { public.ipv4 = optional(text)?; } Ok(()) })}
                />
                <TextField
                    id="node-v6" label="Public IPv6" value={words(public.ipv6.as_ref())} code=true placeholder="none"
                    hint="If it has one as well."
                    read={read(|place, text| { if let Place::Internet(public) = place { public.ipv6 = optional(text)?; } Ok(()) })}
                />
                <TextField
                    id="node-dns" label="DNS name" value={words(public.name.as_ref())} code=true placeholder="none"
                    hint="Used instead of an address."
                    read={read(|place, text| { if let Place::Internet(public) = place { public.name = optional(text)?; } Ok(()) })}
                />
            </>
        },
        Place::Site {
            lan_address,
            ipv6,
            ipv6_name,
            ..
        } => {
            let has_ipv6 = plan
                .site_of(node)
                .is_some_and(|site| site.ipv6 != SiteIpv6::None);
            html! {
                <>
                    <TextField
                        id="node-lan" label="LAN address" value={words(lan_address.as_ref())} code=true placeholder="not fixed"
                        hint="Where others at this site dial it."
                        read={read(|place, text| { if let Place::Site { lan_address, .. } = place { *lan_address = optional(text)?; } Ok(()) })}
                    />
                    // What was stated is never hidden, even if the site has no IPv6 any more.
                    if has_ipv6 || ipv6.is_some() {
                        <TextField
                            id="node-own-v6" label="IPv6 address" value={words(ipv6.as_ref())} code=true placeholder="not fixed"
                            hint="Its own, as everybody sees it. Not one that starts with fd or fe80."
                            read={read(|place, text| { if let Place::Site { ipv6, .. } = place { *ipv6 = optional(text)?; } Ok(()) })}
                        />
                    }
                    if has_ipv6 || ipv6_name.is_some() {
                        <TextField
                            id="node-own-v6-name" label="IPv6 name" value={words(ipv6_name.as_ref())} code=true placeholder="none"
                            hint="If that address changes: a DNS name that follows it."
                            read={read(|place, text| { if let Place::Site { ipv6_name, .. } = place { *ipv6_name = optional(text)?; } Ok(()) })}
                        />
                    }
                </>
            }
        }
        Place::Roams => html! {},
    }
}

fn words<T: ToString>(value: Option<&T>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}
