//! Explanation mode: what is pointed at or has the focus says in plain
//! sentences why it is as it is.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::{document, window};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::icon::{Glyph, Icon};
use super::session::{Action, use_dispatch};
use super::words::t;
use crate::mesh::{Mesh, Subject};
use crate::plan::{NodeId, Place, Plan, SiteId};

/// What can be explained, the innermost first.
const EXPLAINED: &str = "[data-link], [data-node], [data-site], .legend__entry, .badge, \
     button[aria-label], [role=gridcell][aria-label], [aria-describedby]";
/// Space between the box and what it explains.
const GAP: f64 = 10.0;

/// What [`Explain`] knows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ExplainProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
}

/// A box beside what is pointed at or has the focus, for as long as it is there.
#[component]
pub(super) fn Explain(props: &ExplainProps) -> Html {
    let dispatch = use_dispatch();
    let told = use_state_eq(Vec::<AttrValue>::new);
    let at = use_mut_ref(|| None::<Element>);
    let node = use_node_ref();
    {
        let (told, at) = (told.setter(), Rc::clone(&at));
        use_effect_with(props.clone(), move |props| {
            let props = props.clone();
            let tell = Rc::new(move |event: &Event| {
                let target = event
                    .target()
                    .and_then(|target| target.dyn_into::<Element>().ok());
                let found = target.and_then(|target| target.closest(EXPLAINED).ok().flatten());
                let Some(found) =
                    found.filter(|found| found.closest(".explain").is_ok_and(|own| own.is_none()))
                else {
                    return;
                };
                let sentences = sentences(&props, &found);
                if sentences.is_empty() {
                    return;
                }
                mark(&at, Some(found));
                told.set(sentences);
            });
            let (pointed, focused) = (Rc::clone(&tell), tell);
            let listeners = (
                EventListener::new(&document(), "pointerover", move |event| pointed(event)),
                EventListener::new(&document(), "focusin", move |event| focused(event)),
            );
            move || drop(listeners)
        });
    }
    {
        let (node, at) = (node.clone(), Rc::clone(&at));
        use_effect_with((*told).clone(), move |_| {
            if let (Some(at), Some(own)) = (at.borrow().as_ref(), node.cast::<HtmlElement>()) {
                stand_beside(at, &own);
            }
        });
    }
    use_effect_with((), move |()| move || mark(&at, None));
    let stop = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Explain));
    html! {
        <>
            <div ref={node} class={classes!("explain", told.is_empty().then_some("is-empty"))} role="status">
                { for told.iter().map(|sentence| html! { <p>{ sentence }</p> }) }
            </div>
            <div class="explain-bar" role="group" aria-label={t!("Explanations")}>
                <Icon glyph={Glyph::Info} />
                <span>{ t!("Point at something, or go there with Tab, to read why it is so.") }</span>
                <button type="button" class="button button--small" onclick={stop}>{ t!("Stop explaining") }</button>
            </div>
        </>
    }
}

/// Marks what is explained, and nothing else.
fn mark(at: &Rc<std::cell::RefCell<Option<Element>>>, next: Option<Element>) {
    // A plain attribute on an element of the page; neither call can fail.
    if let Some(before) = at.borrow().as_ref() {
        let _ = before.remove_attribute("data-explained");
    }
    if let Some(next) = &next {
        let _ = next.set_attribute("data-explained", "");
    }
    *at.borrow_mut() = next;
}

/// What is said of an element, a title first.
fn sentences(props: &ExplainProps, element: &Element) -> Vec<AttrValue> {
    let read = |name: &str| element.get_attribute(name);
    if let Some(key) = read("data-link") {
        return of_link(&props.mesh, &key);
    }
    if let Some(id) = read("data-node") {
        return of_node(props, &NodeId::new(&id), read("aria-label"));
    }
    if let Some(id) = read("data-site") {
        return of_site(props, &SiteId::new(&id), read("aria-label"));
    }
    if let Some(sentence) = of_verdict(&element.class_name_text()) {
        return vec![sentence];
    }
    // A control says what it does by its name, and why by its help.
    let mut told: Vec<AttrValue> = read("aria-label")
        .map(AttrValue::from)
        .into_iter()
        .collect();
    let ids = read("aria-describedby").unwrap_or_default();
    for id in ids.split_whitespace() {
        let text = document()
            .get_element_by_id(id)
            .and_then(|help| help.text_content());
        told.extend(
            text.filter(|text| !text.trim().is_empty())
                .map(AttrValue::from),
        );
    }
    told
}

/// Classes of an element of HTML or SVG, whose `className` is no text.
trait ClassText {
    fn class_name_text(&self) -> String;
}

impl ClassText for Element {
    fn class_name_text(&self) -> String {
        self.get_attribute("class").unwrap_or_default()
    }
}

fn of_link(mesh: &Mesh, key: &str) -> Vec<AttrValue> {
    let ends = key
        .strip_prefix("pair ")
        .and_then(|ends| ends.split_once(' '));
    let pair = ends.and_then(|(a, b)| {
        mesh.pair(
            mesh.position(&NodeId::new(a))?,
            mesh.position(&NodeId::new(b))?,
        )
    });
    if let Some(pair) = pair {
        let names = t!("{} \u{2194} {}", mesh.name(pair.a), mesh.name(pair.b));
        return vec![names, mesh.why(pair).into()];
    }
    // What several pairs share says which they are.
    let badge = document().query_selector(&format!(".badge-mark[data-link='{key}']"));
    let label = badge
        .ok()
        .flatten()
        .and_then(|badge| badge.get_attribute("aria-label"));
    label.map_or_else(Vec::new, |label| {
        vec![t!("Several pairs share this line"), label.into()]
    })
}

fn of_node(props: &ExplainProps, id: &NodeId, label: Option<String>) -> Vec<AttrValue> {
    let (mesh, plan) = (&props.mesh, &props.plan);
    let place = mesh.position(id);
    let (Some(node), Some(stated)) = (
        place.and_then(|place| mesh.nodes.get(place)),
        plan.nodes.get(id),
    ) else {
        return Vec::new();
    };
    // The label says all that the card shows, the name first.
    let name = label.unwrap_or_else(|| node.name.to_string());
    let mut told = vec![AttrValue::from(name)];
    told.push(match (&stated.place, &node.site, node.dialled) {
        (Place::Roams, ..) => {
            t!("It roams: nobody knows where it is, so it dials the others and is never dialled.")
        }
        (Place::Site { .. }, Some(site), true) => {
            t!(
                "It stands behind the router at {}, and others can still begin the connection.",
                site
            )
        }
        (Place::Site { .. }, Some(site), false) => {
            t!(
                "It stands behind the router at {}, which lets nobody in, so it dials the others.",
                site
            )
        }
        _ => t!("It stands on the internet with an address of its own, so others can dial it."),
    });
    if node.forwards.is_empty() {
        told.extend(of_findings(mesh, &Subject::Node(id.clone())));
        return told;
    }
    told.push(if node.relays {
        t!("It passes packets on for others. It decrypts them on the way, so it can read them.")
    } else {
        t!("It passes packets on between the tunnel and what lies behind it.")
    });
    told.extend(of_findings(mesh, &Subject::Node(id.clone())));
    told
}

fn of_site(props: &ExplainProps, id: &SiteId, label: Option<String>) -> Vec<AttrValue> {
    let Some(site) = props.plan.sites.get(id) else {
        return Vec::new();
    };
    let name = label.unwrap_or_else(|| site.name.to_string());
    let mut told = vec![AttrValue::from(name)];
    told.push(t!("Its border is open only where its router stands. Every link with the outside passes there, and the words beside it say what the router lets through."));
    told.extend(of_findings(&props.mesh, &Subject::Site(id.clone())));
    told
}

fn of_findings(mesh: &Mesh, subject: &Subject) -> Vec<AttrValue> {
    let about = mesh
        .findings
        .iter()
        .filter(|finding| finding.subject == *subject);
    about
        .map(|finding| t!("{}: {}.", finding.code.as_str(), finding.text))
        .collect()
}

/// What a verdict means, by the class that its line, badge and legend share.
fn of_verdict(classes: &str) -> Option<AttrValue> {
    let is = |name: &str| {
        let mut words = classes.split_whitespace();
        words.any(|word| {
            word.rsplit("--").next() == Some(name) || word.strip_prefix("is-") == Some(name)
        })
    };
    Some(if is("lan") {
        t!("Over the LAN: both stand in one network, so packets never leave it.")
    } else if is("open") {
        t!("Opened by both ends: each sends first, so that both routers let the answers in.")
    } else if is("direct") {
        t!("Direct: one end can dial the other, and nobody in between can read the traffic.")
    } else if is("relayed") {
        t!(
            "Relayed: neither end can dial the other, so a machine that both can reach passes the packets on, and can read them."
        )
    } else if is("impossible") {
        t!("Impossible: there is no way between the two, not even through a relay.")
    } else if is("never") {
        t!("Switched off: you chose that the two never talk, and no file holds an entry for it.")
    } else {
        return None;
    })
}

/// Puts the box below what it explains, or above it where the page ends. The
/// page's policy forbids style attributes, but not styles that a script sets.
fn stand_beside(at: &Element, own: &HtmlElement) {
    let rect = at.get_bounding_client_rect();
    let size = |value: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0)
    };
    let (page_width, page_height) = (size(window().inner_width()), size(window().inner_height()));
    let (width, height) = (
        f64::from(own.offset_width()),
        f64::from(own.offset_height()),
    );
    let below = rect.bottom() + GAP;
    let top = if below + height + GAP <= page_height {
        below
    } else {
        (rect.top() - height - GAP).max(GAP)
    };
    let left = rect.left().min(page_width - width - GAP).max(GAP);
    let style = own.style();
    // A plain length on an element in the page cannot fail.
    let _ = style.set_property("top", &format!("{}px", whole(top)));
    let _ = style.set_property("left", &format!("{}px", whole(left)));
}

/// A rounded pixel.
#[allow(
    clippy::cast_possible_truncation,
    reason = "it is a place on this page"
)]
fn whole(value: f64) -> i32 {
    value.round() as i32
}
