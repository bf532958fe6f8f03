//! The inspector: everything about what is selected, in the order in which one
//! asks for it.

mod abilities;
mod away;
mod copies;
pub mod findings;
mod help;
mod inbound;
pub mod keys;
mod links;
mod names;
mod node;
mod pair;
mod path;
mod place;
mod plan;
mod proof_mark;
mod provider;
mod rare;
mod section;
mod several;
mod sharing;
mod site;
mod talks;
mod tunnel;
mod uplink;
mod who_talks;

use std::rc::Rc;

use yew::prelude::*;

use super::icon::{Glyph, Icon, of_form};
use super::proving::Proving;
use super::session::{Clip, Kept, Keys, use_dispatch};
use super::several::how_many;
use crate::editor::{Command, Selection};
use crate::mesh::{Absence, Mesh, Subject};
use crate::plan::{Node, NodeId, Place, Plan, Platform};
use crate::ui::words::t;

/// What [`Inspector`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct InspectorProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// What is selected.
    pub selection: Selection,
    /// The project's keys.
    pub keys: Keys,
    /// Where secrets are kept.
    pub kept: Kept,
    /// What is proved of the open plan.
    pub proof: Proving,
    /// The machine that is taken to be away, and what is lost without it.
    #[prop_or_default]
    pub away: Option<(NodeId, Rc<Absence>)>,
    /// Something shall go to the clipboard.
    pub on_copy: Callback<Clip>,
}

/// How much of the sheet shows on screens without room for a third pane.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Peek,
    Half,
    Full,
}

impl Stop {
    /// Where the sheet stands when something is selected.
    fn first(selection: &Selection) -> Self {
        if selection.is_empty() {
            Self::Peek
        } else {
            Self::Half
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Peek => Self::Half,
            Self::Half => Self::Full,
            Self::Full => Self::Peek,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Peek => "is-peek",
            Self::Half => "is-half",
            Self::Full => "is-full",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Peek => "Show more of the inspector",
            Self::Half => "Show all of the inspector",
            Self::Full => "Show less of the inspector",
        }
    }
}

/// The inspector.
#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let dispatch = use_dispatch();
    let stop = use_state_eq(|| Stop::first(&props.selection));
    {
        let stop = stop.setter();
        use_effect_with(props.selection.clone(), move |selection| {
            stop.set(Stop::first(selection));
        });
    }
    let body = use_node_ref();
    {
        // What is selected next begins at its top.
        let body = body.clone();
        use_effect_with(props.selection.clone(), move |_| {
            if let Some(body) = body.cast::<web_sys::Element>() {
                body.set_scroll_top(0);
            }
        });
    }
    let close = Callback::from(move |_: MouseEvent| {
        dispatch.dispatch(Command::Select(Subject::Plan).into());
    });
    let grow = {
        let stop = stop.clone();
        Callback::from(move |_: MouseEvent| stop.set(stop.next()))
    };
    let on_plan = props.selection.is_empty();
    html! {
        <aside
            id="inspector"
            class={classes!("inspector", stop.class(), on_plan.then_some("is-plan"))}
            tabindex="-1"
            aria-labelledby="inspector-title"
        >
            <button type="button" class="inspector__grip" aria-label={stop.words()} onclick={grow}><span /></button>
            <header class="inspector__head">
                { head(props) }
                if !on_plan {
                    <button type="button" class="icon-button" aria-label="Close" title="Close" onclick={close}>
                        <Icon glyph={Glyph::Close} />
                    </button>
                }
            </header>
            <div class="inspector__body" ref={body}>{ content(props) }</div>
        </aside>
    }
}

/// Icon, name and place of what is selected.
fn head(props: &InspectorProps) -> Html {
    let plan = &props.plan;
    let with_icon = |glyph: Glyph, title: Html, note: String| {
        html! {
            <>
                <span class="tile"><Icon {glyph} /></span>
                <div class="inspector__words">
                    <h2 id="inspector-title" class="inspector__title">{ title }</h2>
                    <p class="inspector__note">{ note }</p>
                </div>
            </>
        }
    };
    if props.selection.is_several() {
        let title = how_many(&props.selection);
        return with_icon(
            Glyph::Pointer,
            html! { title },
            t!("Selected together").to_string(),
        );
    }
    match &props.selection.single() {
        Subject::Plan => with_icon(
            Glyph::Canvas,
            html! { plan.name.as_str().to_owned() },
            "The whole mesh".to_owned(),
        ),
        Subject::Site(id) => {
            let name = plan
                .sites
                .get(id)
                .map_or_else(String::new, |site| site.name.to_string());
            with_icon(Glyph::House, html! { name }, "Site".to_owned())
        }
        Subject::Node(id) => plan.nodes.get(id).map_or_else(Html::default, |node| {
            with_icon(
                of_form(node.form),
                html! { node.name.as_str().to_owned() },
                note_of(plan, node),
            )
        }),
        Subject::Pair(pair) => {
            let (a, b) = pair.ends();
            let name = |id| {
                plan.nodes
                    .get(id)
                    .map_or_else(String::new, |node| node.name.to_string())
            };
            html! {
                <div class="inspector__words">
                    <p class="inspector__note">{ "Pair" }</p>
                    <h2 id="inspector-title" class="inspector__title inspector__title--pair">
                        { name(a) }<Icon glyph={Glyph::BothWays} /><span class="visually-hidden">{ "and" }</span>{ name(b) }
                    </h2>
                </div>
            }
        }
    }
}

fn note_of(plan: &Plan, node: &Node) -> String {
    let place = match &node.place {
        Place::Internet(_) => "On the internet".to_owned(),
        Place::Site { .. } => plan
            .site_of(node)
            .map_or_else(String::new, |site| site.name.to_string()),
        Place::Roams => "Roams".to_owned(),
    };
    format!("{place} \u{b7} {}", platform_words(node.platform))
}

/// What a platform is called.
pub fn platform_words(platform: Platform) -> &'static str {
    match platform {
        Platform::Linux => "Linux, wg-quick",
        Platform::Android => "Android, WireGuard app",
        Platform::Ios => "iPhone or iPad, WireGuard app",
    }
}

fn content(props: &InspectorProps) -> Html {
    let (plan, mesh) = (props.plan.clone(), props.mesh.clone());
    if props.selection.is_several() {
        let chosen = props.selection.clone();
        return html! { <several::SeveralPanel {plan} {chosen} /> };
    }
    match &props.selection.single() {
        Subject::Plan => html! { <plan::PlanPanel {plan} {mesh} kept={props.kept.clone()} /> },
        // Keys make the fields start anew for each subject.
        Subject::Site(id) => {
            html! { <site::SitePanel key={id.as_str()} {plan} {mesh} id={id.clone()} /> }
        }
        Subject::Node(id) => html! {
            <node::NodePanel
                key={id.as_str()}
                {plan}
                {mesh}
                id={id.clone()}
                keys={props.keys.clone()}
                absence={absence_of(props.away.as_ref(), id)}
                on_copy={props.on_copy.clone()}
            />
        },
        Subject::Pair(pair) => {
            let (a, b) = pair.ends();
            html! { <pair::PairPanel key={format!("{a} {b}")} {plan} {mesh} pair={pair.clone()} keys={props.keys.clone()} proof={props.proof.clone()} /> }
        }
    }
}

/// What is lost without a machine, if it is the one that is taken to be away.
fn absence_of(away: Option<&(NodeId, Rc<Absence>)>, id: &NodeId) -> Option<Rc<Absence>> {
    away.filter(|(node, _)| node == id)
        .map(|(_, absence)| Rc::clone(absence))
}
