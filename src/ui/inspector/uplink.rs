//! What connects a place to the internet, which says how large packets may be.

use yew::prelude::*;

use crate::editor::Command;
use crate::plan::{Mtu, Uplink};
use crate::ui::field::{Reading, Select, TextField, required};

const UNKNOWN: &str = "unknown";
const OWN: &str = "own";

/// The kinds of connections, each with the key and the words of its choice.
pub(super) const KINDS: [(&str, Uplink, &str); 4] = [
    ("ethernet", Uplink::Ethernet, "Ethernet or fibre"),
    ("pppoe", Uplink::Pppoe, "DSL with PPPoE"),
    ("dslite", Uplink::DsLite, "Cable with DS-Lite"),
    ("lte", Uplink::Lte, "LTE or 5G"),
];

/// What [`Connection`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct ConnectionProps {
    /// Unique in the page.
    pub id: AttrValue,
    /// What it is, if that is known.
    pub uplink: Option<Uplink>,
    /// What is chosen where it is not known; without this it is always known.
    #[prop_or_default]
    pub unknown: Option<AttrValue>,
    /// Hears of another kind.
    pub on_change: Callback<Option<Uplink>>,
    /// The command that sets a connection.
    pub command: Callback<Uplink, Command>,
}

/// What connects a place to the internet.
#[component]
pub fn Connection(props: &ConnectionProps) -> Html {
    let key = match props.uplink {
        None => UNKNOWN,
        Some(Uplink::Own(_)) => OWN,
        Some(uplink) => KINDS
            .iter()
            .find(|(_, kind, _)| *kind == uplink)
            .map_or(UNKNOWN, |(key, ..)| *key),
    };
    let mut options: Vec<(AttrValue, AttrValue)> = Vec::new();
    options.extend(
        props
            .unknown
            .iter()
            .map(|words| (UNKNOWN.into(), words.clone())),
    );
    options.extend(
        KINDS
            .iter()
            .map(|(key, _, words)| ((*key).into(), (*words).into())),
    );
    options.push((OWN.into(), "Another, I measured it".into()));
    let before = props.uplink.unwrap_or_default();
    let on_change = props.on_change.reform(move |key: AttrValue| {
        let own = || Mtu::try_from(u64::from(before.mtu())).ok().map(Uplink::Own);
        match KINDS.iter().find(|(known, ..)| *known == key.as_str()) {
            Some((_, uplink, _)) => Some(*uplink),
            None if key == OWN => own(),
            None => None,
        }
    });
    let hint = props.uplink.map_or_else(
        || "Packets are kept small enough for any network.".to_owned(),
        |uplink| format!("Packets of up to {} bytes pass whole.", uplink.mtu()),
    );
    let read = {
        let command = props.command.clone();
        Callback::from(move |text: String| -> Reading {
            Ok(command.emit(Uplink::Own(required(&text)?)))
        })
    };
    html! {
        <>
            <Select id={props.id.clone()} label="Connection" value={key} {options} {on_change} {hint} class={classes!(props.unknown.as_ref().map(|_| "is-stacked"))} />
            if let Some(Uplink::Own(mtu)) = props.uplink {
                <TextField
                    id={format!("{}-mtu", props.id)} label="Its MTU" value={mtu.to_string()} {read} code=true digits=true suffix="bytes"
                    hint="The largest packet that passes whole, header and all."
                />
            }
        </>
    }
}
