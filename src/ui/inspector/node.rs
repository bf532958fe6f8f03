//! A machine: where it stands, what it may do, whom it reaches, its keys.

use std::rc::Rc;

use yew::prelude::*;

use super::abilities::Abilities;
use super::away::Away;
use super::copies::Copies;
use super::findings::Findings;
use super::help::Help;
use super::keys::KeysSection;
use super::links::Links;
use super::place::PlaceFields;
use super::platform_words;
use super::rare::RareFacts;
use super::section::Section;
use super::talks::Talks;
use crate::editor::{Command, NodeField};
use crate::mesh::{Absence, Mesh, Subject};
use crate::plan::{Family, Form, Node, NodeId, Plan, Platform};
use crate::ui::field::{IconChoice, Reading, Select, TextField, optional, possible, required};
use crate::ui::icon::{Glyph, Icon, of_form};
use crate::ui::session::{Action, Clip, Keys, use_dispatch};
use crate::ui::words::t;

/// The platforms, each with the key of its choice.
const PLATFORMS: [(&str, Platform); 3] = [
    ("linux", Platform::Linux),
    ("android", Platform::Android),
    ("ios", Platform::Ios),
];

/// The forms, each with its word.
const FORMS: [(Form, &str); 5] = [
    (Form::Server, "Server"),
    (Form::Nas, "Storage box"),
    (Form::Board, "Board computer"),
    (Form::Computer, "Computer"),
    (Form::Phone, "Phone or tablet"),
];

/// What [`NodePanel`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct NodePanelProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// Which machine.
    pub id: NodeId,
    /// The project's keys.
    pub keys: Keys,
    /// What is lost without it, if someone asked.
    pub absence: Option<Rc<Absence>>,
    /// Something shall go to the clipboard.
    pub on_copy: Callback<Clip>,
}

/// Everything about a machine.
#[component]
pub fn NodePanel(props: &NodePanelProps) -> Html {
    let (plan, mesh, id) = (&props.plan, &props.mesh, &props.id);
    let Some(node) = plan.nodes.get(id) else {
        return html! {};
    };
    html! {
        <>
            <Section>
                <TextField id="node-name" label="Name" value={node.name.to_string()} hint="Its files are called so." read={reader(plan, id, |text| required(text).map(NodeField::Name))} />
                <PlaceFields plan={plan.clone()} id={id.clone()} />
                { for plan.families().map(|family| address(plan, id, node, family)) }
                <TextField
                    id="node-port" label="Listen port" code=true digits=true suffix="UDP"
                    value={node.listen_port.map_or_else(String::new, |port| port.to_string())}
                    placeholder={plan.listen_port.to_string()}
                    hint="Empty: the port of the whole mesh."
                    read={reader(plan, id, |text| optional(text).map(NodeField::ListenPort))}
                />
                <Kind id={id.clone()} form={node.form} platform={node.platform} />
            </Section>
            <Abilities plan={plan.clone()} id={id.clone()} />
            <Findings mesh={mesh.clone()} subject={Subject::Node(id.clone())} />
            <Links mesh={mesh.clone()} plan={plan.clone()} id={id.clone()} />
            <Help plan={plan.clone()} mesh={mesh.clone()} subject={Subject::Node(id.clone())} />
            <Away plan={plan.clone()} id={id.clone()} absence={props.absence.clone()} />
            <Talks plan={plan.clone()} id={id.clone()} />
            <RareFacts plan={plan.clone()} mesh={mesh.clone()} id={id.clone()} />
            <KeysSection plan={plan.clone()} id={id.clone()} keys={props.keys.clone()} on_copy={props.on_copy.clone()} />
            <Section>
                <Copies plan={plan.clone()} parts={vec![Subject::Node(id.clone())]} />
            </Section>
            <Actions id={id.clone()} name={node.name.to_string()} />
        </>
    }
}

/// What a text means for a machine.
type Meaning = fn(&str) -> Result<NodeField, String>;

/// Makes a reader out of what a text means for the machine.
fn reader(
    plan: &Rc<Plan>,
    id: &NodeId,
    field: fn(&str) -> Result<NodeField, String>,
) -> Callback<String, Reading> {
    let (plan, id) = (plan.clone(), id.clone());
    Callback::from(move |text: String| {
        possible(&plan, Command::EditNode(id.clone(), field(&text)?))
    })
}

fn address(plan: &Rc<Plan>, id: &NodeId, node: &Node, family: Family) -> Html {
    let (name, label, read): (_, _, Meaning) = match family {
        Family::V4 => ("node-tunnel-v4", "Tunnel IPv4", |text| {
            required::<std::net::Ipv4Addr>(text).map(|address| NodeField::Address(address.into()))
        }),
        Family::V6 => ("node-tunnel-v6", "Tunnel IPv6", |text| {
            required::<std::net::Ipv6Addr>(text).map(|address| NodeField::Address(address.into()))
        }),
    };
    html! {
        <TextField
            id={name} {label} code=true placeholder="none yet"
            value={node.addresses.of(family).map_or_else(String::new, |address| address.to_string())}
            hint="Given once, and stays."
            read={reader(plan, id, read)}
        />
    }
}

#[derive(Clone, PartialEq, Properties)]
struct KindProps {
    id: NodeId,
    form: Form,
    platform: Platform,
}

/// What reads the machine's files, and what it looks like.
#[component]
fn Kind(props: &KindProps) -> Html {
    let dispatch = use_dispatch();
    let edit = {
        let id = props.id.clone();
        move |field: NodeField| dispatch.dispatch(Command::EditNode(id.clone(), field).into())
    };
    let on_platform = {
        let edit = edit.clone();
        Callback::from(move |key: AttrValue| {
            if let Some((_, platform)) = PLATFORMS.iter().find(|(known, _)| *known == key.as_str())
            {
                edit(NodeField::Platform(*platform));
            }
        })
    };
    let on_form = Callback::from(move |place: usize| {
        if let Some((form, _)) = FORMS.get(place) {
            edit(NodeField::Form(*form));
        }
    });
    let platforms: Vec<(AttrValue, AttrValue)> = PLATFORMS
        .iter()
        .map(|(key, platform)| ((*key).into(), platform_words(*platform).into()))
        .collect();
    let platform = PLATFORMS
        .iter()
        .find(|(_, platform)| *platform == props.platform)
        .map_or("", |(key, _)| *key);
    let forms: Vec<(Glyph, &'static str)> = FORMS
        .iter()
        .map(|(form, words)| (of_form(*form), *words))
        .collect();
    html! {
        <>
            <Select
                id="node-platform" label="Platform" value={platform} options={platforms} on_change={on_platform}
                hint={if props.platform.is_app() { "The app takes a QR code or a file." } else { "What reads its files." }}
            />
            <IconChoice
                id="node-form" label="Icon" options={forms} on_change={on_form} hint={t!("How it is drawn. A board computer is taken to have no clock battery.")}
                chosen={FORMS.iter().position(|(form, _)| *form == props.form)}
            />
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ActionsProps {
    id: NodeId,
    name: AttrValue,
}

/// What can be done with the machine as a whole.
#[component]
fn Actions(props: &ActionsProps) -> Html {
    let dispatch = use_dispatch();
    let files = {
        let (dispatch, id) = (dispatch.clone(), props.id.clone());
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::ShowFilesOf(id.clone())))
    };
    let delete = {
        let id = props.id.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Command::Remove(Subject::Node(id.clone())).into());
        })
    };
    html! {
        <Section>
            <div class="buttons">
                <button type="button" class="button button--small" onclick={files}><Icon glyph={Glyph::File} />{ "Show files" }</button>
                <button type="button" class="button button--small button--delete" onclick={delete}>
                    <Icon glyph={Glyph::Trash} />{ format!("Delete {}", props.name) }
                </button>
            </div>
        </Section>
    }
}
