//! Facts that several machines share, or that become the same for all of them.

use std::rc::Rc;

use yew::prelude::*;

use super::super::platform_words;
use super::super::rare::STACKS;
use super::super::section::More;
use super::{Asked, choice};
use crate::editor::{Command, NodeField, numbered_names};
use crate::plan::{
    HostFirewall, Node, NodeId, Place, Plan, Platform, PublicAddress, Relaying, Stack,
};
use crate::ui::field::{Chips, Reading, TextField, optional, possible};
use crate::ui::words::t;

/// One answer: its key, its words, and what it sets.
type Answer = (AttrValue, AttrValue, NodeField);

/// A question about machines with its answers.
fn ask(
    plan: &Plan,
    ids: &[NodeId],
    act: &Callback<Command>,
    asked: Asked,
    answers: Vec<Answer>,
    now: impl Fn(&Node) -> AttrValue,
) -> Html {
    let options = answers.iter();
    let options = options.map(|(key, words, _)| (key.clone(), words.clone()));
    let values = ids.iter().filter_map(|id| plan.nodes.get(id)).map(now);
    let ids = ids.to_vec();
    choice(asked, options.collect(), values, act, {
        let answers = answers.clone();
        move |key| {
            let mut known = answers.iter();
            let (_, _, field) = known.find(|(known, _, _)| known.as_str() == key)?;
            Some(Command::for_all(&ids, field))
        }
    })
}

fn asked(id: &'static str, label: AttrValue, hint: AttrValue) -> Asked {
    Asked { id, label, hint }
}

/// A machine as a key: identities may hold anything, so that a word in front
/// keeps them apart from the other keys.
fn key_of(id: &str) -> AttrValue {
    format!("id {id}").into()
}

fn key_of_machine(id: Option<&NodeId>) -> AttrValue {
    id.map_or(AttrValue::Static("none"), |id| key_of(id.as_str()))
}

/// The answers "none" and every machine that fits.
fn machines(
    plan: &Plan,
    none: AttrValue,
    fits: impl Fn(&Node) -> bool,
    field: fn(Option<NodeId>) -> NodeField,
) -> Vec<Answer> {
    let fitting = plan.nodes.iter().filter(|(_, node)| fits(node));
    let all = fitting.map(|(id, node)| {
        let words = node.name.to_string().into();
        (key_of(id.as_str()), words, field(Some(id.clone())))
    });
    let none = (AttrValue::Static("none"), none, field(None));
    std::iter::once(none).chain(all).collect()
}

/// "The usual", yes and no.
fn three(
    usual: AttrValue,
    yes: AttrValue,
    no: AttrValue,
    field: fn(Option<bool>) -> NodeField,
) -> Vec<Answer> {
    vec![
        (AttrValue::Static("usual"), usual, field(None)),
        (AttrValue::Static("yes"), yes, field(Some(true))),
        (AttrValue::Static("no"), no, field(Some(false))),
    ]
}

fn truth(truth: Option<bool>) -> AttrValue {
    AttrValue::Static(match truth {
        None => "usual",
        Some(true) => "yes",
        Some(false) => "no",
    })
}

/// What most people ask for.
#[allow(clippy::too_many_lines, reason = "one question after the other")]
pub(super) fn facts(plan: &Rc<Plan>, ids: &[NodeId], act: &Callback<Command>) -> Html {
    let key = AttrValue::Static;
    let platform = |platform: Platform| match platform {
        Platform::Linux => key("linux"),
        Platform::Android => key("android"),
        Platform::Ios => key("ios"),
    };
    let platforms = [Platform::Linux, Platform::Android, Platform::Ios].map(|one| {
        let words = platform_words(one).into();
        (platform(one), words, NodeField::Platform(one))
    });
    let internet = NodeField::Place(Place::Internet(PublicAddress::default()));
    let mut places = vec![
        (key("internet"), t!("On the internet"), internet),
        (key("roams"), t!("Roams"), NodeField::Place(Place::Roams)),
    ];
    places.extend(plan.sites.iter().map(|(id, site)| {
        let place = NodeField::Place(Place::at(id.clone()));
        (key_of(id.as_str()), site.name.to_string().into(), place)
    }));
    let relays = [
        ("usual", t!("As planned"), Relaying::Automatic),
        ("yes", t!("Relays"), Relaying::Yes),
        ("no", t!("Never relays"), Relaying::No),
    ];
    let relays = relays.map(|(name, words, relay)| (key(name), words, NodeField::Relay(relay)));
    let on = three(
        t!("The usual for its place"),
        t!("Always on"),
        t!("Sometimes off"),
        NodeField::AlwaysOn,
    );
    let idle = three(
        t!("The usual for its place"),
        t!("Reachable while it is silent"),
        t!("Only after it has spoken"),
        NodeField::ReachableIdle,
    );
    let exits = vec![
        (
            key("no"),
            t!("Keeps its internet connection to itself"),
            NodeField::Exit(false),
        ),
        (
            key("yes"),
            t!("Offers its internet connection"),
            NodeField::Exit(true),
        ),
    ];
    let hubs = machines(plan, t!("No, as planned"), Node::may_relay, NodeField::Hub);
    let through = machines(
        plan,
        t!("Its own connection"),
        |node| node.exit,
        NodeField::UsesExit,
    );
    let ask =
        |asked, answers, now: fn(&Node) -> AttrValue| ask(plan, ids, act, asked, answers, now);
    html! {
        <>
            { ask(asked("several-platform", t!("Platform"), t!("What reads their files.")), platforms.to_vec(), |node| AttrValue::Static(match node.platform {
                Platform::Linux => "linux",
                Platform::Android => "android",
                Platform::Ios => "ios",
            })) }
            { ask(asked("several-place", t!("Stands"), t!("Their cards move along. The address there is said at each machine.")), places, |node| match &node.place {
                Place::Internet(_) => "internet".into(),
                Place::Roams => "roams".into(),
                Place::Site { site, .. } => key_of(site.as_str()),
            }) }
            { ask(asked("several-relay", t!("Relay"), t!("Whoever relays for others can read what it relays.")), relays.to_vec(), |node| AttrValue::Static(match node.relay {
                Relaying::Automatic => "usual",
                Relaying::Yes => "yes",
                Relaying::No => "no",
            })) }
            { ask(asked("several-on", t!("Hours"), t!("While a machine is off, nobody reaches anything through it.")), on, |node| truth(node.always_on)) }
            { ask(asked("several-idle", t!("Silent machines"), t!("Behind a router, a keepalive every 25 seconds holds the way to them open.")), idle, |node| truth(node.reachable_idle)) }
            { ask(asked("several-hub", t!("Only through"), t!("They know this one machine only. It relays all the rest, and can read it.")), hubs, |node| key_of_machine(node.hub.as_ref())) }
            { ask(asked("several-exit", t!("Internet for others"), t!("Each machine chooses for itself whether it uses what is offered.")), exits, |node| truth(Some(node.exit))) }
            { ask(asked("several-uses-exit", t!("Internet via"), t!("All their traffic to the internet goes there, and only while that link is direct.")), through, |node| key_of_machine(node.uses_exit.as_ref())) }
            { text(plan, ids, asked("several-port", t!("Listen port"), t!("Empty: the port of the whole mesh.")), plan.listen_port.to_string().into(), t!("UDP"),
                |node| node.listen_port.map_or_else(String::new, |port| port.to_string()),
                |text| optional(text).map(NodeField::ListenPort)) }
        </>
    }
}

/// A text that all of them get. While theirs differ, the field is empty and says so.
fn text(
    plan: &Rc<Plan>,
    ids: &[NodeId],
    asked: Asked,
    usual: AttrValue,
    suffix: AttrValue,
    now: impl Fn(&Node) -> String,
    field: fn(&str) -> Result<NodeField, String>,
) -> Html {
    let mut values = ids.iter().filter_map(|id| plan.nodes.get(id)).map(now);
    let first = values.next().unwrap_or_default();
    let mixed = values.any(|value| value != first);
    let (value, placeholder) = if mixed {
        (String::new(), t!("Mixed"))
    } else {
        (first, usual)
    };
    let read = {
        let (plan, ids) = (plan.clone(), ids.to_vec());
        Callback::from(move |text: String| -> Reading {
            possible(&plan, Command::for_all(&ids, &field(&text)?))
        })
    };
    let Asked { id, label, hint } = asked;
    html! {
        <TextField {id} {label} {hint} {value} {placeholder} {suffix} {read} code=true digits=true class="is-stacked" />
    }
}

/// New names for all of them, with a number where a sign stands.
pub(super) fn names(plan: &Rc<Plan>, ids: &[NodeId]) -> Html {
    if ids.len() < 2 {
        return Html::default();
    }
    let read = {
        let (plan, ids) = (plan.clone(), ids.to_vec());
        Callback::from(move |texts: Vec<String>| -> Reading {
            let pattern = texts.first().map_or("", String::as_str);
            let names = numbered_names(pattern, ids.len())?;
            let edits = ids
                .iter()
                .cloned()
                .zip(names.into_iter().map(NodeField::Name));
            possible(&plan, Command::EditNodes(edits.collect()))
        })
    };
    html! {
        <Chips
            id="several-names" label={t!("New names")} noun={t!("name")} values={Vec::new()} known={Vec::new()} {read} placeholder={t!("such as web-#")}
            hint={t!("# stands for the number of each, in the order of the list. Enter renames all.")}
        />
    }
}

/// What few people ask for.
pub(super) fn rare(plan: &Rc<Plan>, ids: &[NodeId], act: &Callback<Command>) -> Html {
    let key = AttrValue::Static;
    let stack = |stack: &Stack| {
        let place = STACKS.iter().position(|answer| answer.value == *stack);
        AttrValue::from(place.unwrap_or_default().to_string())
    };
    let stacks = STACKS.iter().map(|answer| {
        let field = NodeField::Stack(answer.value);
        (stack(&answer.value), answer.words.into(), field)
    });
    let firewalls = vec![
        (
            key("in"),
            t!("Lets WireGuard in"),
            NodeField::Firewall(HostFirewall::LetsIn),
        ),
        (
            key("blocks"),
            t!("Blocks it"),
            NodeField::Firewall(HostFirewall::Blocks),
        ),
    ];
    let clocks = three(
        t!("The usual for its kind"),
        t!("Has a battery"),
        t!("Has no battery"),
        NodeField::Clock,
    );
    html! {
        <More set="">
            { ask(plan, ids, act, asked("several-stack", t!("Speaks"), t!("The families that they dial out with.")), stacks.collect(), |node| stack(&node.stack)) }
            { ask(plan, ids, act, asked("several-firewall", t!("Their own firewall"), t!("Nobody dials a machine whose firewall blocks WireGuard. It still dials out.")), firewalls,
                |node| AttrValue::Static(if node.firewall == HostFirewall::LetsIn { "in" } else { "blocks" })) }
            { ask(plan, ids, act, asked("several-clock", t!("Clock"), t!("Without a battery, peers refuse it after a power cut until its clock is right.")), clocks, |node| truth(node.clock)) }
            { text(plan, ids, asked("several-mtu", t!("Tunnel MTU"), t!("Empty is recommended: what its connections carry.")), t!("automatic"), t!("bytes"),
                |node| node.mtu.map_or_else(String::new, |mtu| mtu.to_string()),
                |text| optional(text).map(NodeField::Mtu)) }
        </More>
    }
}
