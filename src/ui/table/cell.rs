//! A cell that is edited in place: what it holds, and the field that opens in it.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::ui::field::Reading;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::use_dispatch;

/// How a cell is edited.
#[derive(Clone, PartialEq)]
pub enum Edit {
    /// It only shows something.
    No,
    /// By its text.
    Text(AttrValue, Callback<String, Reading>),
    /// By choosing one of these keys and words.
    Choice(
        AttrValue,
        Vec<(AttrValue, AttrValue)>,
        Callback<String, Reading>,
    ),
}

/// What a cell shows and how it is edited.
#[derive(Clone, PartialEq)]
pub struct Cell {
    /// What it shows.
    pub shown: Html,
    /// How it is edited.
    pub edit: Edit,
}

impl Cell {
    /// A cell that only shows something.
    pub fn plain(shown: Html) -> Self {
        Self {
            shown,
            edit: Edit::No,
        }
    }

    /// A cell with a text; while it is empty it shows `empty`.
    pub fn text(
        text: String,
        empty: &AttrValue,
        code: bool,
        read: Callback<String, Reading>,
    ) -> Self {
        let shown = if text.is_empty() {
            html! { <span class="cell-none">{ empty }</span> }
        } else {
            html! { <span class={code.then_some("is-code")}>{ &text }</span> }
        };
        Self {
            shown,
            edit: Edit::Text(text.into(), read),
        }
    }

    /// A cell with one of several choices.
    pub fn choice(
        value: AttrValue,
        options: Vec<(AttrValue, AttrValue)>,
        glyph: Option<Glyph>,
        read: Callback<String, Reading>,
    ) -> Self {
        let mut known = options.iter();
        let words = known.find(|(key, _)| *key == value);
        let words = words.map(|(_, words)| words.clone());
        let shown = html! {
            <>
                if let Some(glyph) = glyph {
                    <Icon {glyph} size={14} />
                }
                <span class="cell-words">{ words }</span>
            </>
        };
        Self {
            shown,
            edit: Edit::Choice(value, options, read),
        }
    }
}

/// How an edit ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Here, and the cell gets the focus back.
    Stay,
    /// It goes on in the next cell.
    Next,
    /// It goes on in the cell before.
    Back,
    /// It goes on in the cell below.
    Down,
    /// It goes on in the cell above.
    Up,
    /// The focus went elsewhere.
    Left,
}

/// What [`CellEditor`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct CellEditorProps {
    /// Unique in the page.
    pub id: AttrValue,
    /// What is edited, such as "Tunnel address of nas".
    pub label: AttrValue,
    /// How.
    pub edit: Edit,
    /// What was typed on the cell before the field was there.
    pub typed: Typed,
    /// Hears how the edit ends.
    pub on_end: Callback<End>,
}

/// What is typed on a cell: it begins the edit, and takes the place of what was
/// there.
#[derive(Clone, Default)]
pub struct Typed(pub Rc<RefCell<String>>);

impl PartialEq for Typed {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The field in a cell. What cannot be read stays in it, and the message says
/// what to do.
#[component]
pub fn CellEditor(props: &CellEditorProps) -> Html {
    let dispatch = use_dispatch();
    let field = use_node_ref();
    let problem = use_state_eq(|| None::<String>);
    // Once the edit has ended, the field that goes away must not end it again.
    let over = use_mut_ref(|| false);
    {
        let (field, edit, typed) = (field.clone(), props.edit.clone(), props.typed.clone());
        use_effect_with((), move |()| {
            let typed = typed.0.take();
            // A reference takes any element for any other, so the kind decides.
            if let Edit::Text(value, _) = &edit {
                if let Some(input) = field.cast::<HtmlInputElement>() {
                    // Set once, so that what is typed stays when a message comes or goes.
                    input.set_value(if typed.is_empty() { value } else { &typed });
                    let _ = input.focus();
                    if typed.is_empty() {
                        input.select();
                    }
                }
            } else if let Some(select) = field.cast::<HtmlSelectElement>() {
                let _ = select.focus();
            }
        });
    }
    let (Edit::Text(value, read) | Edit::Choice(value, _, read)) = &props.edit else {
        return Html::default();
    };
    // Keeps what is typed; whether it could be read.
    let keep = {
        let (field, read, problem) = (field.clone(), read.clone(), problem.setter());
        let before = value.clone();
        move || {
            let typed = field
                .cast::<HtmlInputElement>()
                .map(|input| input.value())
                .or_else(|| Some(field.cast::<HtmlSelectElement>()?.value()))
                .unwrap_or_default();
            if typed == before.as_str() {
                return true;
            }
            match read.emit(typed) {
                Ok(command) => {
                    dispatch.dispatch(command.into());
                    true
                }
                Err(text) => {
                    problem.set(Some(text));
                    false
                }
            }
        }
    };
    let end = {
        let (on_end, over) = (props.on_end.clone(), over.clone());
        move |how: End| {
            if !over.replace(true) {
                on_end.emit(how);
            }
        }
    };
    // In a list these keys choose.
    let is_text = matches!(props.edit, Edit::Text(..));
    let onkeydown = {
        let (keep, end) = (keep.clone(), end.clone());
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            let how = match event.key().as_str() {
                "Escape" => {
                    event.prevent_default();
                    end(End::Stay);
                    return;
                }
                "Enter" => End::Stay,
                "ArrowDown" if is_text => End::Down,
                "ArrowUp" if is_text => End::Up,
                "Tab" if event.shift_key() => End::Back,
                "Tab" => End::Next,
                _ => return,
            };
            event.prevent_default();
            if keep() {
                end(how);
            }
        })
    };
    let onblur = {
        let over = over.clone();
        Callback::from(move |_: FocusEvent| {
            if !*over.borrow() && keep() {
                end(End::Left);
            }
        })
    };
    let oninput = {
        let (read, problem) = (read.clone(), problem.setter());
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            // A message goes as soon as it is not true any more; none comes
            // while somebody still types.
            if read.emit(input.value()).is_ok() {
                problem.set(None);
            }
        })
    };
    let error = format!("{}-error", props.id);
    let wrong = problem.as_ref().map(|_| "true");
    let described = problem.as_ref().map(|_| error.clone());
    html! {
        <div class={classes!("cell-edit", wrong.map(|_| "is-wrong"))}>
            if let Edit::Choice(value, options, _) = &props.edit {
                <select
                    ref={field} id={props.id.clone()} class="input" aria-label={props.label.clone()}
                    aria-invalid={wrong} aria-describedby={described} {onkeydown} {onblur}
                >
                    for (key, words) in options {
                        <option key={key.as_str()} value={key.clone()} selected={key == value}>{ words }</option>
                    }
                </select>
            } else {
                <input
                    ref={field} id={props.id.clone()} class="input is-code" type="text"
                    aria-label={props.label.clone()} aria-invalid={wrong} aria-describedby={described}
                    autocomplete="off" autocapitalize="off" spellcheck="false" {onkeydown} {onblur} {oninput}
                />
            }
            <p class="cell-edit__error" id={error} aria-live="polite">
                if let Some(text) = &*problem {
                    <Icon glyph={Glyph::Error} size={14} /><span>{ text }</span>
                }
            </p>
        </div>
    }
}
