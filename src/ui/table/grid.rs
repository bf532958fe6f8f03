//! A table that is walked with the keyboard, edited in place, and holds only
//! the rows that are in view.

mod keys;
mod line;

use std::ops::Range;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::cell::{Cell, Edit, End, Typed};
use super::paste::fill;
use crate::ui::session::use_dispatch;
use keys::{beside, press};
use line::{head, line};

/// How many rows are there on each side of what is in view.
const MARGIN: usize = 8;
/// How many rows are there before anything was measured.
const FIRST: usize = 40;

/// The head of a column.
#[derive(Clone, PartialEq)]
pub struct Column {
    /// Its class behind `col-`, and the end of ids.
    pub key: &'static str,
    /// What it is called.
    pub label: AttrValue,
    /// Whether rows can be sorted by it, and if they are, whether they fall.
    #[allow(clippy::option_option, reason = "two independent questions")]
    pub sort: Option<Option<bool>>,
}

/// A row.
#[derive(Clone, PartialEq)]
pub struct Row {
    /// Its identity.
    pub key: String,
    /// What it is called.
    pub name: AttrValue,
    /// Whether it is selected.
    pub selected: bool,
    /// Its cells in the order of the columns.
    pub cells: Vec<Cell>,
}

/// What a person does with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Select it alone.
    Select,
    /// One of its cells is opened by a key: it becomes selected, unless it is one
    /// of several.
    Open,
    /// Add it to what is selected, or take it away.
    Toggle,
    /// Add all rows from the last one.
    Extend,
    /// Delete it.
    Delete,
}

/// What [`Grid`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct GridProps {
    /// The beginning of all ids.
    pub id: &'static str,
    /// What the table is called.
    pub label: AttrValue,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many rows there are.
    pub count: usize,
    /// Makes a row.
    pub row: Callback<usize, Option<Row>>,
    /// Where the row with an identity stands now.
    #[prop_or_else(|| Callback::from(|_| None))]
    pub find: Callback<String, Option<usize>>,
    /// Whether several rows can be selected, and if so whether all are.
    #[prop_or_default]
    pub checks: Option<bool>,
    /// How far the pane around it is scrolled, and its height.
    pub scrolled: (i32, i32),
    /// Which row has to be brought into view, with a number that grows.
    #[prop_or_default]
    pub show: Option<(u32, String)>,
    /// A column was asked for.
    pub on_sort: Callback<usize>,
    /// Something is done with a row.
    pub on_deed: Callback<(usize, Deed)>,
    /// All rows shall be selected, or none.
    #[prop_or_default]
    pub on_all: Callback<bool>,
}

/// What happens to cells, by their row and column.
struct Hands {
    /// One shall be edited.
    begin: Callback<(usize, usize)>,
    /// One shall get the focus.
    go: Callback<(usize, usize)>,
    /// One got the focus.
    came: Callback<(usize, usize)>,
    /// An edit ends.
    on_end: Callback<End>,
    /// What was typed on a cell.
    typed: Typed,
}

/// The table.
#[component]
pub fn Grid(props: &GridProps) -> Html {
    let body = use_node_ref();
    let window = use_state_eq(|| (0..FIRST, 0));
    let at = use_state_eq(|| (0_usize, 0_usize));
    let editing = use_state_eq(|| false);
    // The cell that gets the focus as soon as it is there.
    let wants = use_mut_ref(|| false);
    let brought = use_mut_ref(|| 0_u32);
    let typed = use_state(Typed::default);
    let dispatch = use_dispatch();
    let last = props.count.saturating_sub(1);
    // Which row that is, as others may come between when the order changes.
    let held = use_mut_ref(String::new);
    let moved = {
        let held = held.borrow();
        let stays = |row: &Row| held.is_empty() || row.key == *held;
        let is_there = props.row.emit(at.0).as_ref().is_some_and(stays);
        (!is_there).then(|| props.find.emit(held.clone())).flatten()
    };
    let (row, col) = (moved.unwrap_or(at.0).min(last), at.1);
    let hold = {
        let (held, row) = (held.clone(), props.row.clone());
        Callback::from(move |place: usize| {
            *held.borrow_mut() = row.emit(place).map(|row| row.key).unwrap_or_default();
        })
    };
    {
        let (body, window, wants) = (body.clone(), window.setter(), wants.clone());
        let (count, scrolled) = (props.count, props.scrolled);
        let id = cell_id(props.id, row, col);
        let edits = *editing;
        use_effect(move || {
            if let Some(body) = body.cast::<HtmlElement>() {
                window.set(measure(&body, count, scrolled));
            }
            if *wants.borrow()
                && !edits
                && let Some(cell) = gloo::utils::document().get_element_by_id(&id)
            {
                *wants.borrow_mut() = false;
                if let Ok(cell) = cell.dyn_into::<HtmlElement>() {
                    let _ = cell.focus();
                }
            }
        });
    }
    // The focus can come from elsewhere.
    let came = {
        let (at, hold) = (at.setter(), hold.clone());
        Callback::from(move |place: (usize, usize)| {
            hold.emit(place.0);
            at.set(place);
        })
    };
    let go = {
        let (at, wants, body) = (at.setter(), wants.clone(), body.clone());
        let (height, hold) = (window.1, hold.clone());
        Callback::from(move |(row, col): (usize, usize)| {
            hold.emit(row);
            *wants.borrow_mut() = true;
            at.set((row, col));
            if let Some(body) = body.cast::<HtmlElement>() {
                bring(&body, row, height);
            }
        })
    };
    {
        // Done once, as soon as the row is there, however the order changes later.
        let found = props.show.as_ref().and_then(|(number, key)| {
            let new = *number != *brought.borrow();
            Some((*number, props.find.emit(key.clone()).filter(|_| new)?))
        });
        let (go, brought) = (go.clone(), brought.clone());
        use_effect_with(found, move |found| {
            let Some((number, row)) = *found else { return };
            // A sheet gives the focus back as it closes, which must come first.
            Timeout::new(0, move || {
                *brought.borrow_mut() = number;
                go.emit((row, 0));
            })
            .forget();
        });
    }
    let begin = {
        let (at, editing) = (at.setter(), editing.setter());
        Callback::from(move |place: (usize, usize)| {
            hold.emit(place.0);
            at.set(place);
            editing.set(true);
        })
    };
    let onkeydown = {
        let (props, go, begin, typed) =
            (props.clone(), go.clone(), begin.clone(), (*typed).clone());
        let page = usize::try_from(props.scrolled.1 / window.1.max(1)).unwrap_or(1);
        Callback::from(move |event: KeyboardEvent| {
            press(&event, &props, (row, col), page.max(2), &go, &begin, &typed);
        })
    };
    let onpaste = {
        let props = props.clone();
        Callback::from(move |event: Event| fill(&event, &props, (row, col), &dispatch))
    };
    let shown = clamp(&window.0, props.count);
    let height = usize::try_from(window.1).unwrap_or(0);
    let lead = if shown.contains(&row) {
        row
    } else {
        shown.start
    };
    let on_end = {
        let (props, go, begin, editing) =
            (props.clone(), go.clone(), begin.clone(), editing.setter());
        Callback::from(move |how: End| match how {
            End::Left => editing.set(false),
            End::Stay => {
                editing.set(false);
                go.emit((row, col));
            }
            End::Next | End::Back | End::Down | End::Up => {
                let next = match how {
                    End::Down => below(&props, row + 1, col),
                    End::Up => row.checked_sub(1).and_then(|row| below(&props, row, col)),
                    _ => beside(&props, (row, col), how == End::Next),
                };
                if let Some(next) = next {
                    begin.emit(next);
                } else {
                    editing.set(false);
                    go.emit((row, col));
                }
            }
        })
    };
    let hands = Hands {
        begin,
        go,
        came,
        on_end,
        typed: (*typed).clone(),
    };
    let wide = (props.columns.len() + usize::from(props.checks.is_some())).to_string();
    html! {
        <table
            id={props.id} class={classes!("grid", format!("grid--{}", props.id))} role="grid" aria-label={props.label.clone()}
            aria-rowcount={(props.count + 1).to_string()} aria-colcount={wide.clone()}
            aria-multiselectable={props.checks.map(|_| "true")}
        >
            <thead role="rowgroup">{ head(props) }</thead>
            <tbody ref={body} role="rowgroup" {onkeydown} {onpaste}>
                { room("above", shown.start * height, &wide) }
                for number in shown.clone() {
                    { line(props, number, (lead, col), *editing && number == row, &hands) }
                }
                { room("below", props.count.saturating_sub(shown.end) * height, &wide) }
            </tbody>
        </table>
    }
}

/// The cell of a row that is edited next in the same column, brought into view
/// by the edit itself.
fn below(props: &GridProps, row: usize, col: usize) -> Option<(usize, usize)> {
    let cells = props.row.emit(row)?.cells;
    let can = cells.get(col).is_some_and(|cell| cell.edit != Edit::No);
    can.then_some((row, col))
}

fn cell_id(grid: &str, row: usize, col: usize) -> String {
    format!("{grid}-{row}-{col}")
}

fn clamp(range: &Range<usize>, count: usize) -> Range<usize> {
    let start = range.start.min(count.saturating_sub(FIRST));
    start..range.end.max(start + FIRST).min(count)
}

/// The rows in view, and how high one is.
fn measure(body: &HtmlElement, count: usize, (top, room): (i32, i32)) -> (Range<usize>, i32) {
    let row = body.query_selector("tr.grid-row").ok().flatten();
    let row = row.and_then(|row| row.dyn_into::<HtmlElement>().ok());
    let height = row.map_or(0, |row| row.offset_height());
    let begin = table_top(body);
    let rows = |pixels: i32| usize::try_from(pixels / height.max(1)).unwrap_or(0);
    let first = rows(top - begin).saturating_sub(MARGIN).min(count);
    let last = rows(top + room - begin) + MARGIN;
    // Steps, so that not every pixel makes new rows.
    (first / 4 * 4..last.div_ceil(4) * 4, height)
}

/// Where the rows begin in the pane that scrolls.
fn table_top(body: &HtmlElement) -> i32 {
    let table = body
        .parent_element()
        .and_then(|e| e.dyn_into::<HtmlElement>().ok());
    body.offset_top() + table.map_or(0, |table| table.offset_top())
}

/// Scrolls so far that a row is in view below the head.
fn bring(body: &HtmlElement, row: usize, height: i32) {
    let Some(pane) = body.closest(".table-view__pane").ok().flatten() else {
        return;
    };
    let top = table_top(body) + i32::try_from(row).unwrap_or(0) * height;
    // Head of the table, and the one above it.
    let least = top - 2 * height;
    let most = top + height - pane.client_height();
    let now = pane.scroll_top();
    if now > least {
        pane.set_scroll_top(least.max(0));
    } else if now < most {
        pane.set_scroll_top(most);
    }
}

/// The room of the rows that are not there.
fn room(key: &'static str, height: usize, wide: &str) -> Html {
    if height == 0 {
        return Html::default();
    }
    html! {
        <tr {key} class="grid-room" aria-hidden="true"><td colspan={wide.to_owned()} height={height.to_string()} /></tr>
    }
}

/// How a table around rows shares what its columns have in common.
#[allow(clippy::option_option, reason = "as in a column")]
pub fn columns(list: &[(&'static str, AttrValue, Option<Option<bool>>)]) -> Vec<Column> {
    let columns = list.iter().map(|(key, label, sort)| Column {
        key,
        label: label.clone(),
        sort: *sort,
    });
    columns.collect()
}

/// A reader for a cell.
pub fn reader(
    read: impl Fn(&str) -> crate::ui::field::Reading + 'static,
) -> Callback<String, crate::ui::field::Reading> {
    Callback::from(move |text: String| read(&text))
}
