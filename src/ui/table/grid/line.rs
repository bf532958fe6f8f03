//! The head of a table and one of its rows.

use yew::prelude::*;

use super::{Deed, GridProps, Hands, cell_id};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::table::cell::{CellEditor, Edit};

/// The heads of the columns.
pub(super) fn head(props: &GridProps) -> Html {
    let first = usize::from(props.checks.is_some());
    html! {
        <tr role="row" aria-rowindex="1">
            if let Some(all) = props.checks {
                <th class="col-check" role="columnheader" scope="col" aria-colindex="1">
                    <label class="check">
                        <input
                            type="checkbox" checked={all} aria-label={crate::ui::words::t!("Select all that show")}
                            onchange={props.on_all.reform(move |_: Event| !all)}
                        />
                    </label>
                </th>
            }
            for (place, column) in props.columns.iter().enumerate() {
                <th
                    key={column.key} class={format!("col-{}", column.key)} role="columnheader" scope="col"
                    aria-colindex={(place + 1 + first).to_string()}
                    aria-sort={match column.sort {
                        Some(Some(true)) => Some("descending"),
                        Some(Some(false)) => Some("ascending"),
                        Some(None) => Some("none"),
                        None => None,
                    }}
                >
                    if let Some(sorted) = column.sort {
                        <button type="button" class="sort" onclick={props.on_sort.reform(move |_: MouseEvent| place)}>
                            { &column.label }
                            if let Some(falling) = sorted {
                                <Icon glyph={if falling { Glyph::ChevronDown } else { Glyph::ChevronUp }} size={12} />
                            }
                        </button>
                    } else {
                        { &column.label }
                    }
                </th>
            }
        </tr>
    }
}

/// A row with its cells.
#[allow(clippy::too_many_lines, reason = "one row, from its head to its cells")]
pub(super) fn line(
    props: &GridProps,
    number: usize,
    (lead, at): (usize, usize),
    edits: bool,
    Hands {
        begin,
        go,
        came,
        on_end,
        typed,
    }: &Hands,
) -> Html {
    let Some(row) = props.row.emit(number) else {
        return Html::default();
    };
    let first = usize::from(props.checks.is_some());
    let does = |deed: Deed| {
        let on_deed = props.on_deed.clone();
        move || on_deed.emit((number, deed))
    };
    let check = {
        let (toggle, extend) = (does(Deed::Toggle), does(Deed::Extend));
        Callback::from(move |event: MouseEvent| {
            if event.shift_key() {
                extend();
            } else {
                toggle();
            }
        })
    };
    let cells = row.cells.iter().zip(&props.columns).enumerate().map(|(place, (cell, column))| {
        let can = cell.edit != Edit::No;
        let open = edits && place == at && can;
        let onclick = {
            let (select, toggle) = (does(Deed::Select), does(Deed::Toggle));
            let (begin, go) = (begin.clone(), go.clone());
            Callback::from(move |event: MouseEvent| {
                if open {
                    return;
                }
                if event.ctrl_key() || event.meta_key() {
                    toggle();
                } else {
                    select();
                }
                // A finger opens the row, whose fields have more room.
                if can && !is_narrow() {
                    begin.emit((number, place));
                } else {
                    go.emit((number, place));
                }
            })
        };
        let id = cell_id(props.id, number, place);
        let onfocus = {
            let came = came.clone();
            Callback::from(move |_: FocusEvent| came.emit((number, place)))
        };
        let reachable = number == lead && place == at && !open;
        html! {
            <td
                key={column.key} id={id.clone()} role={if place == 0 { "rowheader" } else { "gridcell" }}
                class={classes!(format!("col-{}", column.key), can.then_some("can-edit"), open.then_some("is-open"))}
                aria-colindex={(place + 1 + first).to_string()} aria-readonly={(!can).then_some("true")}
                tabindex={if reachable { "0" } else { "-1" }} {onclick} {onfocus}
            >
                if open {
                    <CellEditor
                        key={id.clone()} id={format!("{id}-field")} edit={cell.edit.clone()} typed={typed.clone()} on_end={on_end.clone()}
                        label={crate::ui::words::t!("{} of {}", column.label, row.name)}
                    />
                } else {
                    { cell.shown.clone() }
                }
            </td>
        }
    });
    html! {
        <tr
            key={row.key.clone()} role="row" class={classes!("grid-row", row.selected.then_some("is-selected"))}
            aria-rowindex={(number + 2).to_string()} aria-selected={row.selected.to_string()}
        >
            if props.checks.is_some() {
                <td class="col-check" role="gridcell" aria-colindex="1">
                    <label class="check">
                        <input
                            type="checkbox" tabindex="-1" checked={row.selected} onclick={check}
                            aria-label={crate::ui::words::t!("Select {}", row.name)}
                        />
                    </label>
                </td>
            }
            { for cells }
        </tr>
    }
}

fn is_narrow() -> bool {
    let width = gloo::utils::window().inner_width().ok();
    width
        .and_then(|width| width.as_f64())
        .is_some_and(|width| width < 900.0)
}
