//! The pairs as rows.

use std::rc::Rc;

use yew::prelude::*;

use super::cell::Cell;
use super::grid::{Deed, Grid, Row, columns, reader};
use crate::editor::listing::{self, ByPair, Sort, Wanted};
use crate::editor::{Command, Selection};
use crate::mesh::{Mesh, Pair, Subject, Verdict};
use crate::plan::{NodeId, PairChoice, PairKey, Plan};
use crate::proof;
use crate::ui::badge::Badge;
use crate::ui::field::possible;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::proving::{Proved, Proving, Sign, words};
use crate::ui::session::use_dispatch;
use crate::ui::words::t;

/// What stands before the identity of a relay among the choices.
const VIA: &str = "via ";

/// What [`Pairs`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct PairsProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// What is selected.
    pub selection: Selection,
    /// What is proved of the open plan.
    pub proof: Proving,
    /// What is looked for.
    pub filter: AttrValue,
    /// Which pairs are wanted.
    pub wanted: Wanted,
    /// How far the pane is scrolled, and its height.
    pub scrolled: (i32, i32),
    /// Which row has to be brought into view, with a number that grows.
    pub show: Option<(u32, String)>,
}

/// A mesh that only equals itself.
#[derive(Clone)]
struct Drawn(Rc<Plan>, Rc<Mesh>);

impl PartialEq for Drawn {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.1, &other.1) && Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The pairs.
#[component]
pub fn Pairs(props: &PairsProps) -> Html {
    let dispatch = use_dispatch();
    let sort = use_state_eq(|| (false, Some(false)));
    let by = match *sort {
        (true, falling) => (ByPair::Verdict, falling),
        (false, falling) => (ByPair::Names, falling),
    };
    let by = Sort {
        by: by.0,
        falling: by.1.unwrap_or(false),
    };
    let drawn = Drawn(props.plan.clone(), props.mesh.clone());
    let places = use_memo(
        (drawn, props.filter.clone(), props.wanted, by),
        |(drawn, filter, wanted, by)| listing::pairs(&drawn.0, &drawn.1, filter, *wanted, *by),
    );
    let row = {
        let (props, places) = (props.clone(), places.clone());
        Callback::from(move |number: usize| row(&props, *places.get(number)?))
    };
    let find = {
        let (places, mesh) = (places.clone(), props.mesh.clone());
        Callback::from(move |wanted: String| {
            places.iter().position(|place| {
                let pair = mesh.pairs.get(*place);
                pair.and_then(|pair| mesh.key_of(pair))
                    .is_some_and(|key| row_key(&key) == wanted)
            })
        })
    };
    let on_deed = {
        let (places, mesh) = (places.clone(), props.mesh.clone());
        Callback::from(move |(number, deed): (usize, Deed)| {
            let pair = places.get(number).and_then(|place| mesh.pairs.get(*place));
            // A pair goes with one of its machines, and never by itself.
            if let Some(key) = pair.and_then(|pair| mesh.key_of(pair))
                && deed != Deed::Delete
            {
                dispatch.dispatch(Command::Select(Subject::Pair(key)).into());
            }
        })
    };
    let sorted = |column: ByPair| Some((by.by == column).then_some(by.falling));
    let list = columns(&[
        ("pair", t!("Pair"), sorted(ByPair::Names)),
        ("verdict", t!("Verdict"), sorted(ByPair::Verdict)),
        ("path", t!("Path"), None),
        ("why", t!("Why"), None),
        ("choice", t!("Choice"), None),
        ("proof", t!("Proof"), None),
    ]);
    let on_sort = {
        let sort = sort.setter();
        Callback::from(move |column: usize| {
            let column = if column == 1 {
                ByPair::Verdict
            } else {
                ByPair::Names
            };
            let next = by.asked(column);
            sort.set((next.by == ByPair::Verdict, Some(next.falling)));
        })
    };
    html! {
        <Grid
            id="pairs" label={t!("Pairs")} columns={list} count={places.len()} {row} {find}
            scrolled={props.scrolled} show={props.show.clone()} {on_sort} {on_deed}
        />
    }
}

fn row(props: &PairsProps, place: usize) -> Option<Row> {
    let mesh = &props.mesh;
    let pair = mesh.pairs.get(place)?;
    let key = mesh.key_of(pair)?;
    let (a, b) = (mesh.name(pair.a), mesh.name(pair.b));
    let why = mesh.why(pair);
    let cells = vec![
        Cell::plain(html! {
            <>
                <Badge verdict={pair.verdict.clone()} />
                <strong>{ a }</strong><Icon glyph={Glyph::BothWays} size={14} />
                <span class="visually-hidden">{ " and " }</span><strong>{ b }</strong>
            </>
        }),
        Cell::plain(
            html! { <span class={class_of(&pair.verdict)}>{ word_of(&pair.verdict) }</span> },
        ),
        Cell::plain(path(mesh, pair)),
        Cell::plain(html! { <span class="cell-why" title={why.clone()}>{ why }</span> }),
        choice(props, &key),
        Cell::plain(proved(&props.proof, pair)),
    ];
    Some(Row {
        key: row_key(&key),
        name: t!("{} and {}", a, b),
        selected: props.selection.pair() == Some(&key),
        cells,
    })
}

fn word_of(verdict: &Verdict) -> AttrValue {
    match verdict {
        Verdict::Lan => t!("over the LAN"),
        Verdict::Direct => t!("direct"),
        Verdict::Open => t!("opened by both"),
        Verdict::Relayed(_) => t!("relayed"),
        Verdict::Never => t!("off by choice"),
        Verdict::Impossible => t!("cannot connect"),
    }
}

fn class_of(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Lan | Verdict::Direct | Verdict::Open => "line-word line-word--direct",
        Verdict::Relayed(_) => "line-word line-word--relayed",
        Verdict::Never => "line-word line-word--never",
        Verdict::Impossible => "line-word line-word--impossible",
    }
}

/// Its stations in order, the relays in bold.
fn path(mesh: &Mesh, pair: &Pair) -> Html {
    if !pair.verdict.connects() {
        return html! { <span class="cell-none">{ t!("none") }</span> };
    }
    html! {
        <span class="cell-words">
            { mesh.name(pair.a) }
            for relay in pair.verdict.via() {
                { " \u{2013} " }<strong>{ mesh.name(*relay) }</strong>
            }
            { " \u{2013} " }{ mesh.name(pair.b) }
        </span>
    }
}

/// What a pair's row is known by.
pub(super) fn row_key(key: &PairKey) -> String {
    format!("{} {}", key.ends().0, key.ends().1)
}

fn choice(props: &PairsProps, key: &PairKey) -> Cell {
    let (plan, mesh) = (&props.plan, &props.mesh);
    let value: AttrValue = match plan.pairs.get(key) {
        None => "planned".into(),
        Some(PairChoice::Via(relay)) => format!("{VIA}{relay}").into(),
        Some(PairChoice::Direct) => "direct".into(),
        Some(PairChoice::Never) => "never".into(),
    };
    let mut options = vec![("planned".into(), t!("as planned"))];
    for node in &mesh.nodes {
        let may = plan
            .nodes
            .get(&node.id)
            .is_some_and(crate::plan::Node::may_relay);
        let this = format!("{VIA}{}", node.id);
        if (may && !key.has(&node.id) && node.left_out.is_none()) || value == this {
            options.push((this.into(), t!("via {}", node.name)));
        }
    }
    options.push(("direct".into(), t!("direct")));
    options.push(("never".into(), t!("never")));
    let (plan, key) = (plan.clone(), key.clone());
    let read = reader(move |text| {
        let choice = match text {
            "direct" => Some(PairChoice::Direct),
            "never" => Some(PairChoice::Never),
            via => via
                .strip_prefix(VIA)
                .map(|relay| PairChoice::Via(NodeId::new(relay))),
        };
        possible(&plan, Command::SetPair(key.clone(), choice))
    });
    let mut cell = Cell::choice(value, options, None, read);
    let shown = cell.shown;
    cell.shown = html! { <>{ shown }<Icon glyph={Glyph::ChevronDown} size={12} /></> };
    cell
}

/// What is proved of a pair, both ways.
fn proved(proof: &Proving, pair: &Pair) -> Html {
    let Some(proved) = proof.done() else {
        return html! { <span class="cell-none">{ t!("not yet") }</span> };
    };
    let (there, back) = (proved.sign(pair.a, pair.b), proved.sign(pair.b, pair.a));
    let (class, glyph, words) = state(proved, pair, there, back);
    html! { <span class={classes!("proof-word", class)}><Icon {glyph} size={14} /><span>{ words }</span></span> }
}

fn state(
    proved: &Proved,
    pair: &Pair,
    there: Sign,
    back: Sign,
) -> (&'static str, Glyph, AttrValue) {
    // The first direction of which something has to be said.
    let worst = [(there, pair.a, pair.b), (back, pair.b, pair.a)];
    let is = |sign: Sign, verdict| sign == Sign::Verdict(verdict);
    if let Some((Sign::Verdict(verdict), ..)) = worst
        .iter()
        .find(|(sign, ..)| matches!(sign, Sign::Verdict(verdict) if !verdict.is_through()))
    {
        return ("is-bad", Glyph::Error, words(*verdict).into());
    }
    let sleeps = worst
        .iter()
        .find(|(sign, ..)| is(*sign, proof::Verdict::Dormant));
    if let Some((_, from, to)) = sleeps {
        let who = proved.beside(*from, *to).unwrap_or_default();
        return ("is-good", Glyph::Check, t!("once {} has spoken", who));
    }
    match (there, back) {
        (Sign::Verdict(_), Sign::Verdict(_)) => ("is-good", Glyph::Check, t!("both ways")),
        (Sign::ByChoice, _) | (_, Sign::ByChoice) => ("is-off", Glyph::Minus, t!("off by choice")),
        _ => ("is-off", Glyph::Minus, t!("not provable")),
    }
}
