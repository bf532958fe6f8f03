//! The plan as tables: sites, machines and pairs, with everything that the
//! canvas shows and can do.

mod bulk;
mod cell;
mod choices;
mod choosing;
mod grid;
mod machines;
mod pairs;
mod paste;
mod sites;

use std::rc::Rc;

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::browser::{focus, resize};
use crate::editor::listing::{self, Wanted};
use crate::editor::{Command, NewNode, Selection, free_area, free_spot};
use crate::mesh::{Mesh, Subject};
use crate::plan::{Plan, Point};
use crate::ui::actions::{Deed, with_key};
use crate::ui::badge::Badge;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::proving::Proving;
use crate::ui::session::{Action, Order, Sheet, use_dispatch};
use crate::ui::words::t;

use bulk::Bulk;
use machines::Machines;
use pairs::Pairs;
use paste::use_rows;
use sites::Sites;

/// Below this width the inspector is a sheet, as the style sheets have it.
const NARROW: i32 = 900;

/// How far one scrolls until rows are looked at again, in pixels.
const STEP: i32 = 80;

/// What [`Machines`] and [`Sites`] show.
#[derive(Clone, PartialEq, Properties)]
struct RowsProps {
    /// The open plan.
    plan: Rc<Plan>,
    /// What follows from it.
    mesh: Rc<Mesh>,
    /// What is selected.
    selection: Selection,
    /// What is looked for.
    filter: AttrValue,
    /// How far the pane is scrolled, and its height.
    scrolled: (i32, i32),
    /// Which row has to be brought into view, with a number that grows.
    show: Option<(u32, String)>,
}

/// What [`Table`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TableProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What follows from it.
    pub mesh: Rc<Mesh>,
    /// What is selected.
    pub selection: Selection,
    /// What is proved of the open plan.
    pub proof: Proving,
    /// What is wanted from elsewhere on the page.
    pub order: Option<(u32, Order)>,
}

/// On a narrow screen the sheet of what was chosen takes the lower half of the
/// pane. The row that was chosen stays in view.
fn keep_chosen(pane: &web_sys::Element) {
    let chosen = pane.query_selector(".is-selected").ok().flatten();
    if let Some(row) = chosen.filter(|_| pane.client_width() < NARROW) {
        let end = |element: &web_sys::Element| element.get_bounding_client_rect().bottom();
        pane.scroll_by_with_x_and_y(0.0, (end(&row) - end(pane)).max(0.0));
    }
}

/// The tables.
#[component]
pub fn Table(props: &TableProps) -> Html {
    use_rows(&props.plan, &props.selection);
    let filter = use_state_eq(AttrValue::default);
    let wanted = use_state_eq(Wanted::default);
    let scrolled = use_state_eq(|| (0, 800));
    let pane = use_node_ref();
    let look = {
        let (pane, scrolled) = (pane.clone(), scrolled.setter());
        move || {
            if let Some(pane) = pane.cast::<HtmlElement>() {
                scrolled.set((pane.scroll_top() / STEP * STEP, pane.client_height() + STEP));
            }
        }
    };
    {
        let (pane, look) = (pane.clone(), look.clone());
        use_effect_with((), move |()| {
            let watch = pane.cast::<web_sys::Element>().and_then(|watched| {
                let pane = watched.clone();
                resize::watch(&watched, move || {
                    look();
                    keep_chosen(&pane);
                })
            });
            move || drop(watch)
        });
    }
    let onscroll = Callback::from(move |_: Event| look());
    let oninput = {
        let filter = filter.setter();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            filter.set(input.value().into());
        })
    };
    let (plan, mesh) = (&props.plan, &props.mesh);
    // What is looked for must not be filtered away.
    use_memo(props.order.clone(), |order| {
        if matches!(order, Some((_, Order::Show(_)))) {
            filter.set(AttrValue::default());
            wanted.set(Wanted::All);
        }
    });
    let [show_site, show_machine, show_pair] = shown(props.order.as_ref());
    let filter = (*filter).clone();
    html! {
        <section class="table-view" aria-label={t!("Table")} tabindex="-1">
            <div class="table-view__bar">
                <label class="table-view__filter">
                    <Icon glyph={Glyph::Search} />
                    <input
                        id="table-filter" class="input" type="search" placeholder={t!("Filter by name, place or address")}
                        aria-label={t!("Filter")} value={filter.clone()} autocomplete="off" spellcheck="false" {oninput}
                    />
                </label>
                <Adders plan={plan.clone()} />
            </div>
            <Bulk plan={plan.clone()} selection={props.selection.clone()} />
            <div ref={pane} class="table-view__pane" {onscroll}>
                { heading("sites-title", t!("Sites"), plan.sites.len()) }
                if plan.sites.is_empty() {
                    <p class="table-view__empty">{ t!("No site yet. A site is a place with a router, such as your home.") }</p>
                } else {
                    <Sites plan={plan.clone()} mesh={mesh.clone()} selection={props.selection.clone()} filter={filter.clone()} scrolled={*scrolled} show={show_site} />
                }
                { heading("machines-title", t!("Machines"), plan.nodes.len()) }
                if plan.nodes.is_empty() {
                    <p class="table-view__empty">{ t!("No machine yet. Add the first one above.") }</p>
                } else {
                    <Machines plan={plan.clone()} mesh={mesh.clone()} selection={props.selection.clone()} filter={filter.clone()} scrolled={*scrolled} show={show_machine} />
                }
                if !mesh.pairs.is_empty() {
                    <div class="table-view__title">
                        <h2>{ t!("Pairs") }</h2><span class="table-view__count">{ mesh.pairs.len() }</span>
                        { chips(plan, mesh, &wanted) }
                    </div>
                    <Pairs
                        plan={plan.clone()} mesh={mesh.clone()} selection={props.selection.clone()} proof={props.proof.clone()}
                        {filter} wanted={*wanted} scrolled={*scrolled} show={show_pair}
                    />
                }
            </div>
        </section>
    }
}

/// In which of the tables something has to be shown, as which row.
fn shown(order: Option<&(u32, Order)>) -> [Option<(u32, String)>; 3] {
    let Some((number, Order::Show(subject))) = order else {
        return [None, None, None];
    };
    match subject {
        Subject::Site(id) => [Some((*number, id.to_string())), None, None],
        Subject::Node(id) => [None, Some((*number, id.to_string())), None],
        Subject::Pair(key) => [None, None, Some((*number, pairs::row_key(key)))],
        Subject::Plan => [None, None, None],
    }
}

fn heading(id: &'static str, words: AttrValue, count: usize) -> Html {
    html! {
        <div class="table-view__title">
            <h2 {id}>{ words }</h2><span class="table-view__count">{ count }</span>
        </div>
    }
}

/// Which pairs show, by what they are.
fn chips(plan: &Plan, mesh: &Mesh, wanted: &UseStateHandle<Wanted>) -> Html {
    let chip = |of: Wanted, badge: Html, words: AttrValue, count: usize| {
        let set = wanted.setter();
        html! {
            <button
                type="button" class="wanted" aria-pressed={(**wanted == of).to_string()}
                onclick={Callback::from(move |_: MouseEvent| set.set(of))}
            >
                { badge }<span>{ words }</span><span>{ count }</span>
            </button>
        }
    };
    let tally = listing::tally(mesh);
    html! {
        <div class="table-view__wanted" role="group" aria-label={t!("Pairs that show")}>
            { chip(Wanted::All, Html::default(), t!("All"), mesh.pairs.len()) }
            for (rank, (count, (verdict, words))) in tally.into_iter().zip(machines::verdicts()).enumerate() {
                if count > 0 {
                    { chip(Wanted::Rank(rank), html! { <Badge {verdict} /> }, words, count) }
                }
            }
            if !plan.pairs.is_empty() {
                { chip(Wanted::Chosen, Html::default(), t!("overridden"), plan.pairs.len()) }
            }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct AddersProps {
    plan: Rc<Plan>,
}

/// The ways to add something.
#[component]
fn Adders(props: &AddersProps) -> Html {
    let dispatch = use_dispatch();
    // The first cell of what was added gets the focus once its row is there.
    let waits = use_mut_ref(|| None::<&'static str>);
    {
        let waits = waits.clone();
        use_effect_with(props.plan.clone(), move |_| {
            if let Some(grid) = waits.borrow_mut().take() {
                let selector = format!("#{grid} tr.is-selected > td.col-name");
                let cell = gloo::utils::document().query_selector(&selector);
                if let Some(cell) = cell.ok().flatten() {
                    focus::give(&cell);
                }
            }
        });
    }
    let add = |what: Option<NewNode>| {
        let (dispatch, plan, waits) = (dispatch.clone(), props.plan.clone(), waits.clone());
        Callback::from(move |_: MouseEvent| {
            let origin = Point::default();
            let (command, grid) = match what.clone() {
                Some(kind) => {
                    let at = free_spot(&plan, origin, None);
                    let id = None;
                    (Command::AddNode { kind, id, at }, "machines")
                }
                None => (Command::AddSite(free_area(&plan, origin)), "sites"),
            };
            *waits.borrow_mut() = Some(grid);
            dispatch.dispatch(command.into());
        })
    };
    let several = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::ShowSheet(Some(Sheet::AddSeveral)));
        })
    };
    let button = |glyph, words: AttrValue, what| {
        html! {
            <button type="button" class="button button--small" onclick={add(what)}><Icon {glyph} />{ words }</button>
        }
    };
    html! {
        <div class="table-view__add" role="group" aria-label={t!("Add")}>
            { button(Glyph::Plus, t!("Add machine"), Some(NewNode::Server)) }
            { button(Glyph::Phone, t!("Add phone"), Some(NewNode::Phone)) }
            { button(Glyph::House, t!("Add site"), None) }
            <button type="button" class="button button--small" title={with_key(&Deed::AddSeveral.name(), Deed::AddSeveral)} onclick={several}>
                <Icon glyph={Glyph::Plus} />{ t!("Add several\u{2026}") }
            </button>
        </div>
    }
}
