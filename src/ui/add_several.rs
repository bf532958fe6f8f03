//! Several machines at once, typed or pasted as lines of text.

use std::rc::Rc;

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::dialog::Modal;
use super::field::Select;
use super::icon::{Glyph, Icon};
use super::session::{Action, use_dispatch};
use super::several::counted;
use super::words::t;
use crate::editor::{Command, Rows, read_rows};
use crate::mesh::Subject;
use crate::plan::{Plan, SiteId};

/// So many lines that are wrong are named; the rest is counted.
const MOST_PROBLEMS: usize = 4;
/// The key of "each line says it"; no site's identity is empty.
const BY_LINE: AttrValue = AttrValue::Static("");

/// What [`AddSeveral`] knows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct AddSeveralProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What is selected: machines come to that site.
    pub subject: Subject,
}

/// The dialog.
#[component]
pub(super) fn AddSeveral(props: &AddSeveralProps) -> Html {
    let dispatch = use_dispatch();
    let text = use_state_eq(String::new);
    let home = use_state_eq(|| match &props.subject {
        Subject::Site(id) => Some(id.clone()),
        _ => None,
    });
    let rows = use_memo(
        (props.plan.clone(), (*text).clone(), (*home).clone()),
        |(plan, text, home)| read_rows(plan, text, home.as_ref()),
    );
    let close = {
        let dispatch = dispatch.clone();
        Callback::from(move |()| dispatch.dispatch(Action::ShowSheet(None)))
    };
    let fits = is_whole(&rows);
    let area = use_node_ref();
    let add = {
        let (plan, home, close) = (props.plan.clone(), home.clone(), close.clone());
        let area = area.clone();
        Callback::from(move |()| {
            // What stands there now, even if it does not show yet what is made of it.
            let typed = area.cast::<HtmlTextAreaElement>();
            let typed = typed.map(|area| area.value()).unwrap_or_default();
            let rows = read_rows(&plan, &typed, home.as_ref());
            if is_whole(&rows) {
                close.emit(());
                dispatch.dispatch(Command::Insert(rows.insertion()).into());
            }
        })
    };
    let oninput = {
        let text = text.setter();
        Callback::from(move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            text.set(area.value());
        })
    };
    let onkeydown = {
        let add = add.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                add.emit(());
            }
        })
    };
    let on_home = {
        let home = home.setter();
        Callback::from(move |key: AttrValue| {
            home.set((!key.is_empty()).then(|| SiteId::new(&key)));
        })
    };
    let mut homes = vec![(BY_LINE, t!("As each line says"))];
    let sites = props.plan.sites.iter();
    homes.extend(sites.map(|(id, site)| (id.to_string().into(), site.name.to_string().into())));
    let value = home.as_ref().map_or(BY_LINE, |id| id.to_string().into());
    let (nodes, sites) = (rows.part.nodes.len(), rows.new_sites);
    let wrong = (!rows.problems.is_empty()).then_some("true");
    html! {
        <Modal id="add-several" class="dialog--several" title={t!("Add several machines")} on_close={close}>
            <Select
                id="several-home" label={t!("Stand")} {value} options={homes} on_change={on_home}
                hint={t!("Where a line says nothing: there, or on the internet if it has an address, or it roams.")}
            />
            <div class={classes!("field", "is-stacked", wrong.map(|_| "is-wrong"))}>
                <label class="field__label" for="several-lines">{ t!("One machine a line") }</label>
                <textarea
                    ref={area} id="several-lines" class="input is-code" rows="9" autocomplete="off" autocapitalize="off" spellcheck="false" wrap="off"
                    placeholder={"berlin-gw, Berlin, 192.168.7.1, 192.168.7.0/24\nberlin-pc[1-4], Berlin, #staff\nrelay, internet, 203.0.113.7"}
                    aria-invalid={wrong} aria-describedby="several-problems several-hint" {oninput} {onkeydown}
                />
                <div id="several-problems" class="field__error several__problems" aria-live="polite">
                    for (line, problem) in rows.problems.iter().take(MOST_PROBLEMS) {
                        <p key={*line}><Icon glyph={Glyph::Error} size={14} /><span>{ t!("Line {}: {}", line, problem) }</span></p>
                    }
                    if rows.problems.len() > MOST_PROBLEMS {
                        <p>{ t!("and {} more", rows.problems.len() - MOST_PROBLEMS) }</p>
                    }
                </div>
                <p id="several-hint" class="field__hint">
                    { t!("A name, then in any order: its site, internet or roams; its addresses; a LAN that it shares; its platform; groups as #group. Rows of a spreadsheet can be pasted, too.") }
                </p>
            </div>
            <div class="dialog__buttons">
                <button type="button" class="button button--primary" aria-disabled={(!fits).then_some("true")} onclick={add.reform(|_: MouseEvent| ())}>
                    if nodes == 0 {
                        { t!("Add") }
                    } else {
                        { t!("Add {}", counted(nodes, sites)) }
                    }
                </button>
            </div>
        </Modal>
    }
}

/// Whether there is something, and nothing of it is wrong.
fn is_whole(rows: &Rows) -> bool {
    rows.problems.is_empty() && !rows.part.nodes.is_empty()
}
