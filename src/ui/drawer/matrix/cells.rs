//! The rows of the matrix and what stands in its cells.

use std::ops::Range;
use std::rc::Rc;

use yew::prelude::*;

use super::grid::CORNER;
use crate::proof::{Target, Verdict};
use crate::ui::icon::{Glyph, Icon, of_form};
use crate::ui::proving::{Proved, Same, Sign};

/// Up to how many machines the cells have room for words.
const ROOMY: usize = 14;

/// Up to how many machines every cell has room for a letter.
const LETTERED: usize = 100;

/// Which rows and columns there are, by their places in the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axes {
    /// The machines from which packets go.
    pub rows: Vec<usize>,
    /// The targets.
    pub cols: Vec<usize>,
    /// Whether cells have room for words.
    pub roomy: bool,
    /// Whether cells have not even room for a letter.
    pub tiny: bool,
}

impl Axes {
    /// All rows and columns, or only those in which something is broken.
    pub fn of(proved: Option<&Proved>, only_broken: bool) -> Self {
        let Some(proved) = proved else {
            return Self {
                rows: Vec::new(),
                cols: Vec::new(),
                roomy: true,
                tiny: false,
            };
        };
        let (rows, cols): (Vec<usize>, Vec<usize>) = if only_broken {
            let stops = proved.stops.iter();
            let both: (Vec<usize>, Vec<usize>) = stops.map(|stop| (stop.from, stop.place)).unzip();
            (
                crate::sorting::distinct(both.0),
                crate::sorting::distinct(both.1),
            )
        } else {
            (
                (0..proved.report.names.len()).collect(),
                (0..proved.report.targets.len()).collect(),
            )
        };
        Self {
            roomy: rows.len().max(cols.len()) <= ROOMY,
            tiny: rows.len() > LETTERED,
            rows,
            cols,
        }
    }
}

/// The letter of a cell and its class. Colour only repeats the letter and the
/// stroke under it.
pub fn look(sign: Sign) -> (&'static str, &'static str) {
    match sign {
        Sign::Itself => ("", "cell--itself"),
        Sign::NotAsked => ("\u{b7}", "cell--quiet"),
        Sign::ByChoice => ("\u{2013}", "cell--quiet"),
        Sign::Verdict(Verdict::Direct) => ("D", "cell--direct"),
        Sign::Verdict(Verdict::Via) => ("R", "cell--via"),
        Sign::Verdict(Verdict::Dormant) => ("Z", "cell--dormant"),
        Sign::Verdict(Verdict::Asleep) => ("Z", "cell--asleep"),
        Sign::Verdict(Verdict::OneWay) => ("1", "cell--one-way"),
        Sign::Verdict(Verdict::Broken) => ("\u{d7}", "cell--broken"),
    }
}

/// What [`Row`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct RowProps {
    /// The proof.
    pub proved: Same<Proved>,
    /// All rows and columns.
    pub axes: Rc<Axes>,
    /// Which row.
    pub row: usize,
    /// Which of its cells are there.
    pub cols: Range<usize>,
    /// The cell that the Tab key reaches, if it is in this row.
    pub stop: Option<usize>,
    /// The cell that is walked, if it is in this row.
    pub walked: Option<usize>,
}

/// A row of cells after the name of its machine.
#[component]
pub fn Row(props: &RowProps) -> Html {
    let (proved, axes, row) = (&props.proved.0, &props.axes, props.row);
    let Some(from) = axes.rows.get(row).copied() else {
        return html! {};
    };
    let cells = props.cols.clone().filter_map(|col| {
        let place = *axes.cols.get(col)?;
        let sign = proved.sign(from, place);
        let (letter, class) = look(sign);
        let beside = axes
            .roomy
            .then(|| proved.beside(from, place))
            .flatten()
            .filter(|_| matches!(sign, Sign::Verdict(_)));
        let further = !matches!(proved.target(place), Some(Target::Machine(_)));
        let further = if further { "is-further" } else { "" };
        let strange = if proved.is_strange(from, place) {
            "is-strange"
        } else {
            ""
        };
        Some(html! {
            <div
                key={col} id={format!("cell-{row}-{col}")} role="gridcell" data-cell={format!("{row} {col}")}
                class={format!("cell {class} {further} {strange}")}
                aria-colindex={(col + 2).to_string()} aria-label={proved.label(from, place)}
                aria-selected={(props.walked == Some(col)).then_some("true")}
                tabindex={if props.stop == Some(col) { "0" } else { "-1" }}
            >
                { letter }
                if let Some(beside) = beside {
                    <span class="cell__beside">{ beside }</span>
                }
            </div>
        })
    });
    let node = proved.mesh.nodes.get(from);
    let address = node.and_then(|node| node.addresses.first());
    html! {
        <div class="matrix__row" role="row" aria-rowindex={(row + 2).to_string()}>
            <div class={classes!("matrix__from", props.walked.is_some().then_some("is-current"))} role="rowheader" aria-colindex="1">
                if axes.roomy {
                    <Icon glyph={proved.form(from).map_or(Glyph::Computer, of_form)} />
                }
                <span class="matrix__name">{ proved.name(from).to_owned() }</span>
                if let Some(address) = address.filter(|_| axes.roomy) {
                    <span class="matrix__address is-code">{ address.to_string() }</span>
                }
            </div>
            <div class="matrix__gap" />
            { for cells }
        </div>
    }
}

/// The names of the columns. Those under the pointer and of the cell that is
/// walked stand out.
pub fn head(proved: &Proved, axes: &Axes, cols: Range<usize>, current: [Option<usize>; 2]) -> Html {
    let names = cols.filter_map(|col| {
        let target = proved.target(*axes.cols.get(col)?)?;
        let (glyph, name) = match target {
            Target::Machine(place) => (
                proved.form(place).map_or(Glyph::Computer, of_form),
                proved.target_name(target),
            ),
            Target::Lan(..) => (Glyph::Lan, proved.target_name(target)),
            Target::Internet(_, family) => (Glyph::Globe, format!("internet {family}")),
        };
        let class = match (target, current.contains(&Some(col))) {
            (Target::Machine(_), false) => "matrix__to",
            (Target::Machine(_), true) => "matrix__to is-current",
            (_, false) => "matrix__to is-further",
            (_, true) => "matrix__to is-further is-current",
        };
        Some(html! {
            <div key={col} role="columnheader" aria-colindex={(col + 2).to_string()} title={proved.target_words(target)} {class}>
                if axes.roomy {
                    <Icon {glyph} size={14} />
                }
                <span class="matrix__name">{ name }</span>
            </div>
        })
    });
    html! {
        <div class="matrix__names" role="row" aria-rowindex="1">
            <div id={CORNER} class="matrix__corner" role="columnheader" tabindex="-1" aria-colindex="1"><span class="visually-hidden">{ "From" }</span></div>
            <div class="matrix__gap" />
            { for names }
        </div>
    }
}
