//! The overview as it is printed: the drawing, then a table of all machines,
//! then what is wrong or worth knowing. It holds no secret.

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::handout::{Way, dialled_at, ways};
use crate::editor::scene::{CROWD, Scene};
use crate::editor::{Rect, Selection};
use crate::mesh::{Finding, Mesh, MeshNode, Severity, Subject, Verdict};
use crate::plan::{NodeId, Place, Plan};
use crate::ui::badge::Badge;
use crate::ui::canvas::{detail_for, legend, whole};
use crate::ui::several::counted;
use crate::ui::words::t;

/// The room for the drawing in pixels of which 11 are small print. On a page of
/// A4 they are three fifths as large as on a screen.
const PAGE: (i32, i32) = (1_600, 980);
/// So many machines are named one by one; of more there is only a count.
const NAMED: usize = 8;
/// Longer addresses are broken where the column ends.
const LONG: usize = 24;
/// What cannot connect is named further.
const NAMED_BROKEN: usize = 40;

/// What [`Overview`] shows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct OverviewProps {
    pub(super) plan: Rc<Plan>,
    pub(super) mesh: Rc<Mesh>,
    pub(super) selection: Selection,
}

/// Everything on paper.
#[component]
pub(super) fn Overview(props: &OverviewProps) -> Html {
    let OverviewProps { plan, mesh, .. } = props;
    let (nodes, sites) = (plan.nodes.len(), plan.sites.len());
    html! {
        <article class="paper">
            { first_page(props) }
            if nodes > 0 {
                <section>
                    <h2 class="paper__title">{ t!("Machines") }</h2>
                    { machines(plan, mesh) }
                </section>
            }
            <section>
                <h2 class="paper__title">{ t!("Findings") }</h2>
                if mesh.findings.is_empty() {
                    <p>{ t!("Nothing to fix.") }</p>
                } else {
                    <ul class="paper__findings">
                        for finding in &mesh.findings {
                            { told(plan, finding) }
                        }
                    </ul>
                }
            </section>
            if nodes + sites > 0 {
                <p class="paper__note">{ t!("Printed from Meshwright. This overview holds no private keys and no preshared keys.") }</p>
            }
        </article>
    }
}

/// The name of the mesh, what it is made of, and the drawing.
fn first_page(props: &OverviewProps) -> Html {
    let OverviewProps {
        plan,
        mesh,
        selection,
    } = props;
    let (nodes, sites) = (plan.nodes.len(), plan.sites.len());
    let tunnel: Vec<String> = plan.tunnel.iter().map(ToString::to_string).collect();
    let detail = detail_for(plan, mesh, PAGE);
    let (frame, drawing) = whole(plan, mesh, selection, detail, false);
    let counts = Scene::of(plan, mesh, &Subject::Plan, detail).counts;
    let Rect { width, height, .. } = frame;
    let class = classes!(
        "paper__drawing",
        "canvas",
        (detail.percent < 100).then_some("is-small")
    );
    html! {
        <section class={classes!("paper__first", (width > height).then_some("is-wide"))}>
            <h1 class="paper__name" translate="no">{ plan.name.to_string() }</h1>
            <p class="paper__facts">
                <span>{ counted(nodes, sites) }</span>
                <span>{ t!("Tunnel {}", tunnel.join(", ")) }</span>
            </p>
            if nodes + sites > 0 {
                <div {class}>{ drawing }</div>
                { legend(&counts) }
            } else {
                <p>{ t!("Nothing is drawn yet. Add a machine first.") }</p>
            }
            if nodes > CROWD {
                <p class="paper__note">{ crowded(selection) }</p>
            }
        </section>
    }
}

/// What the drawing of a crowded plan leaves out.
fn crowded(selection: &Selection) -> AttrValue {
    if selection.is_empty() {
        t!(
            "The drawing leaves single links out, because there are so many. The table has those of every machine."
        )
    } else {
        t!("The drawing has the links of what is selected. The table has those of every machine.")
    }
}

fn machines(plan: &Plan, mesh: &Mesh) -> Html {
    let dialled = dialled_at(mesh);
    html! {
        <table class="paper__table">
            <thead>
                <tr>
                    <th scope="col">{ t!("Name") }</th>
                    <th scope="col">{ t!("Stands") }</th>
                    <th scope="col">{ t!("Tunnel address") }</th>
                    <th scope="col">{ t!("Dialled at") }</th>
                    <th scope="col">{ t!("Listen port") }</th>
                    <th scope="col">{ t!("Shares LAN") }</th>
                    <th scope="col">{ t!("Links") }</th>
                </tr>
            </thead>
            <tbody>
                for (place, (node, dialled)) in mesh.nodes.iter().zip(&dialled).enumerate() {
                    { row(plan, mesh, place, node, dialled) }
                }
            </tbody>
        </table>
    }
}

fn row(plan: &Plan, mesh: &Mesh, place: usize, node: &MeshNode, dialled: &[String]) -> Html {
    let addresses = node.addresses.iter().map(ToString::to_string);
    let shares = node.shares.iter().map(|share| share.prefix.to_string());
    html! {
        <tr>
            <th scope="row">
                <span class="paper__machine" translate="no">{ node.name.to_string() }</span>
                if node.relays {
                    <span class="paper__tag">{ t!("relay") }</span>
                }
            </th>
            <td>{ stands(plan, &node.id) }</td>
            <td>{ codes(addresses) }</td>
            <td>
                if dialled.is_empty() {
                    <span class="paper__none">{ t!("dials out") }</span>
                } else {
                    { codes(dialled.iter().cloned()) }
                }
            </td>
            <td><span class="is-code">{ node.listen_port.to_string() }</span></td>
            <td>{ codes(shares) }</td>
            <td>
                <ul class="paper__ways">
                    for way in ways(mesh, place) {
                        { link(mesh, &way) }
                    }
                </ul>
            </td>
        </tr>
    }
}

/// Where a machine stands, with its address there.
fn stands(plan: &Plan, id: &NodeId) -> Html {
    let node = plan.nodes.get(id);
    match node.map(|node| (&node.place, plan.site_of(node))) {
        Some((Place::Site { lan_address, .. }, Some(site))) => html! {
            <>
                <span translate="no">{ site.name.to_string() }</span>
                { codes(lan_address.iter().map(ToString::to_string)) }
            </>
        },
        Some((Place::Internet(_), _)) => html! { t!("on the internet") },
        Some((Place::Roams, _)) => html! { t!("roams") },
        _ => Html::default(),
    }
}

/// Addresses and the like, one below the other.
fn codes(texts: impl Iterator<Item = String>) -> Html {
    let line = |text: String| {
        let class = classes!(
            "paper__line",
            "is-code",
            (text.len() > LONG).then_some("is-long")
        );
        html! { <span {class} translate="no">{ text }</span> }
    };
    texts.map(line).collect()
}

/// One way with the machines at its end.
fn link(mesh: &Mesh, way: &Way) -> Html {
    let names = |places: &[usize]| -> Vec<String> {
        places
            .iter()
            .map(|place| mesh.name(*place).to_owned())
            .collect()
    };
    let most = if way.verdict == Verdict::Impossible {
        NAMED_BROKEN
    } else {
        NAMED
    };
    let how = match &way.verdict {
        Verdict::Lan => t!("over the LAN"),
        Verdict::Direct => t!("direct"),
        Verdict::Open => t!("opened by both ends"),
        Verdict::Relayed(_) => t!("relayed via {}", names(&way.via).join(" > ")),
        Verdict::Impossible => t!("cannot connect"),
        Verdict::Never => t!("off by choice"),
    };
    let count = way.others.len();
    html! {
        <li class="paper__way">
            <Badge verdict={way.verdict.clone()} />
            <span>
                <span class="paper__how">{ how }</span>
                if count > most {
                    { counted(count, 0) }
                } else {
                    <span translate="no">{ names(&way.others).join(", ") }</span>
                }
            </span>
        </li>
    }
}

fn told(plan: &Plan, finding: &Finding) -> Html {
    let (class, severity) = match finding.severity {
        Severity::Error => ("is-error", t!("Error")),
        Severity::Warning => ("is-warning", t!("Warning")),
        Severity::Info => ("is-note", t!("Note")),
    };
    html! {
        <li class={classes!("paper__finding", class)}>
            <span class="paper__severity">{ severity }</span>
            <span class="is-code" translate="no">{ finding.code.as_str() }</span>
            <span>
                <span class="paper__subject" translate="no">{ about(plan, finding) }</span>
                <span>{ finding.text.clone() }</span>
            </span>
        </li>
    }
}

/// The names of what a finding is about, as far as its text does not say them.
fn about(plan: &Plan, finding: &Finding) -> String {
    let name = |id: &NodeId| plan.nodes.get(id).map(|node| node.name.to_string());
    let names = match &finding.subject {
        Subject::Plan => Vec::new(),
        Subject::Site(id) => vec![plan.sites.get(id).map(|site| site.name.to_string())],
        Subject::Node(id) => vec![name(id)],
        Subject::Pair(pair) => vec![name(pair.ends().0), name(pair.ends().1)],
    };
    let names: Vec<String> = names.into_iter().flatten().collect();
    if names
        .iter()
        .all(|name| finding.text.contains(name.as_str()))
    {
        return String::new();
    }
    names.join(", ")
}
