//! The whole mesh: its name, its addresses, and what is stored where.

use std::rc::Rc;

use yew::prelude::*;

use super::findings::Findings;
use super::help::Help;
use super::names::Names;
use super::section::{More, Section, named};
use super::tunnel::Tunnel;
use super::who_talks::WhoTalks;
use crate::editor::Command;
use crate::mesh::{Mesh, Relays, Subject, Verdict};
use crate::plan::{MtuPolicy, Plan};
use crate::ui::badge::Badge;
use crate::ui::field::{Answer, Switch, TextField, radios, required};
use crate::ui::session::{Kept, use_dispatch};
use crate::ui::top_bar::Counts;

/// What [`PlanPanel`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct PlanPanelProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// Where secrets are kept.
    pub kept: Kept,
}

/// The facts of the whole mesh.
#[component]
pub fn PlanPanel(props: &PlanPanelProps) -> Html {
    let dispatch = use_dispatch();
    let plan = &props.plan;
    let rename = Callback::from(|text: String| required(&text).map(Command::RenamePlan));
    let port = Callback::from(|text: String| required(&text).map(Command::SetListenPort));
    let preshared =
        Callback::from(move |on| dispatch.dispatch(Command::SetPresharedKeys(on).into()));
    html! {
        <>
            <Section>
                <TextField id="plan-name" label="Name" value={plan.name.to_string()} read={rename} hint="What you call this network." />
                <Tunnel plan={plan.clone()} />
                <TextField
                    id="plan-port" label="Listen port" value={plan.listen_port.to_string()} read={port} code=true digits=true suffix="UDP"
                    hint="Unless a machine names its own."
                />
                <Switch
                    id="plan-preshared" label="Preshared keys" on={plan.preshared_keys} on_change={preshared}
                    hint="A second secret for each direct pair, against recordings read by future quantum computers."
                />
            </Section>
            <Findings mesh={props.mesh.clone()} subject={Subject::Plan} />
            { counts(plan, &props.mesh) }
            <Help plan={plan.clone()} mesh={props.mesh.clone()} subject={Subject::Plan} />
            <WhoTalks plan={plan.clone()} />
            <Section title="Names">
                <Names plan={plan.clone()} />
            </Section>
            <Rare covering={plan.covering} mtu={plan.mtu} />
            { stored(&props.kept) }
        </>
    }
}

/// How the MTU of tunnel interfaces is chosen.
const MTUS: [Answer<MtuPolicy>; 2] = [
    Answer {
        value: MtuPolicy::Same,
        words: "The same everywhere",
        note: "recommended",
        hint: "The smallest that any machine needs, so that a packet that enters passes every relay.",
    },
    Answer {
        value: MtuPolicy::Each,
        words: "Each machine its own",
        note: "",
        hint: "What its own connections carry. Larger packets may then get stuck behind a relay.",
    },
];

#[derive(Clone, PartialEq, Properties)]
struct RareProps {
    covering: bool,
    mtu: MtuPolicy,
}

/// What few people need to say about the whole mesh.
#[component]
fn Rare(props: &RareProps) -> Html {
    let dispatch = use_dispatch();
    let set_mtu = {
        let dispatch = dispatch.clone();
        Callback::from(move |policy| dispatch.dispatch(Command::SetMtu(policy).into()))
    };
    let covering = Callback::from(move |on| dispatch.dispatch(Command::SetCovering(on).into()));
    let facts = [
        ("relay holds the whole tunnel", props.covering),
        ("MTU", props.mtu != MtuPolicy::Same),
    ];
    html! {
        <More set={named(&facts)}>
            <Switch
                id="plan-covering" label="Send the whole tunnel to the default relay" on={props.covering} on_change={covering}
                hint="Each machine then holds one entry for all machines that it reaches through its relay, and a new one there changes fewer files. Without it, every address is listed, and nothing unknown is sent anywhere."
            />
            { radios("plan-mtu", "Largest packet in the tunnel (MTU)", &MTUS, &props.mtu, &set_mtu) }
        </More>
    }
}

/// What the plan holds, in figures.
fn counts(plan: &Plan, mesh: &Mesh) -> Html {
    let counts = Counts::of(mesh);
    let rows = [
        (Verdict::Direct, "direct", counts.direct),
        (Verdict::Lan, "over a LAN", counts.lan),
        (Verdict::Open, "opened by both", counts.open),
        (Verdict::Relayed(Relays::one(0)), "relayed", counts.relayed),
        (Verdict::Impossible, "cannot connect", counts.impossible),
        (Verdict::Never, "switched off", counts.never),
    ];
    let many = |count: usize, one: &str, more: &str| {
        format!("{count} {}", if count == 1 { one } else { more })
    };
    let size = format!(
        "{}, {}",
        many(plan.nodes.len(), "machine", "machines"),
        many(plan.sites.len(), "site", "sites")
    );
    html! {
        <Section title="Pairs" note={size}>
            if mesh.pairs.is_empty() {
                <p class="section__text">{ "Two machines make the first pair. Add one on the canvas." }</p>
            }
            <ul class="figures">
                { for rows.into_iter().filter(|(_, _, count)| *count > 0).map(|(verdict, words, count)| html! {
                    <li class="figures__item">
                        <span class="figures__value"><Badge {verdict} />{ count }</span>
                        <span class="figures__words">{ words }</span>
                    </li>
                }) }
            </ul>
        </Section>
    }
}

/// What is stored where, in plain words.
fn stored(kept: &Kept) -> Html {
    let keys = match kept {
        Kept::Sealed => {
            "Private and preshared keys: in this browser too, sealed with a key that the browser does not give out.".to_owned()
        }
        Kept::InMemory(why) => {
            format!("Private and preshared keys: in this tab only. {why} Download the keyring before you close it.")
        }
    };
    html! {
        <Section title="What is stored where">
            <ul class="plain-list">
                <li>{ "The plan, without keys: in this browser." }</li>
                <li>{ keys }</li>
                <li>{ "Nothing is sent anywhere. What you download is yours to keep." }</li>
            </ul>
        </Section>
    }
}
