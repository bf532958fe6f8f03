//! The bar above everything: which mesh is open, whether it is stored and
//! proved, and the ways out of the page.

mod menu;
mod status;

use yew::prelude::*;

use super::actions::{Deed, aria_keys, key_of, with_key};
use super::field::{TextField, required};
use super::icon::{Glyph, Icon};
use super::proving::Proving;
use super::session::{Action, Download, Kept, Saved, View, use_dispatch};
use super::words::t;
use crate::browser::contrast::Contrast;
use crate::browser::language::Language;
use crate::editor::Command;
use crate::mesh::{Mesh, Verdict};
use menu::{Menu, MenuItem, MenuLine};
use status::Status;

/// How many pairs have which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// One end dials the other.
    pub direct: usize,
    /// Over a LAN.
    pub lan: usize,
    /// Both ends open the path at once.
    pub open: usize,
    /// Through relays.
    pub relayed: usize,
    /// Switched off.
    pub never: usize,
    /// Not at all.
    pub impossible: usize,
}

impl Counts {
    /// Counts the pairs of a mesh.
    #[must_use]
    pub fn of(mesh: &Mesh) -> Self {
        let mut counts = Self::default();
        for pair in mesh.pairs.iter() {
            *match pair.verdict {
                Verdict::Direct => &mut counts.direct,
                Verdict::Open => &mut counts.open,
                Verdict::Lan => &mut counts.lan,
                Verdict::Relayed(_) => &mut counts.relayed,
                Verdict::Never => &mut counts.never,
                Verdict::Impossible => &mut counts.impossible,
            } += 1;
        }
        counts
    }

    /// Pairs that get through.
    #[must_use]
    pub fn connecting(&self) -> usize {
        self.direct + self.lan + self.open + self.relayed
    }

    /// Pairs that are meant to talk.
    #[must_use]
    pub fn wanted(&self) -> usize {
        self.connecting() + self.impossible
    }
}

/// What [`TopBar`] shows and does.
#[derive(Clone, PartialEq, Properties)]
pub struct TopBarProps {
    /// The name of the open plan.
    pub name: AttrValue,
    /// What undo takes back.
    #[prop_or_default]
    pub undo_name: Option<AttrValue>,
    /// What redo makes again.
    #[prop_or_default]
    pub redo_name: Option<AttrValue>,
    /// Whether the plan is stored.
    pub saved: Saved,
    /// Where secrets are kept.
    pub kept: Kept,
    /// How the plan is worked on.
    pub view: View,
    /// What is proved of the open plan.
    pub proof: Proving,
    /// Whether some machine gets its tunnel from a file for an app.
    pub phones: bool,
    /// Whether the dark theme shows.
    pub dark: bool,
    /// How much contrast was chosen, if not the system decides.
    pub contrast: Option<Contrast>,
    /// The language that the page speaks.
    pub language: Language,
    /// Another language is wanted.
    pub on_language: Callback<Language>,
    /// Whether a new version of the page waits.
    pub update_ready: bool,
    /// The other theme is wanted.
    pub on_theme: Callback<()>,
    /// Something of the table of actions shall be done.
    pub on_do: Callback<Deed>,
    /// An empty plan is wanted in place of this one.
    pub on_new: Callback<()>,
    /// A file shall be opened.
    pub on_open: Callback<()>,
    /// Something shall be downloaded.
    pub on_download: Callback<Download>,
    /// The new version is wanted now.
    pub on_update: Callback<()>,
}

/// The bar above everything.
#[component]
pub fn TopBar(props: &TopBarProps) -> Html {
    let rename = Callback::from(|text: String| required(&text).map(Command::RenamePlan));
    html! {
        <header class="top-bar">
            <h1 class="top-bar__mark"><Mark /><span class="visually-hidden">{ "Meshwright" }</span></h1>
            <TextField id="project-name" class="project-name" label="Name of the mesh" value={props.name.clone()} read={rename} />
            <Menu id="menu-project" class="top-bar__project" label="Project" glyph={Glyph::ChevronDown}>
                { project_items(props, "menu-project") }
            </Menu>
            <SavedNote saved={props.saved.clone()} kept={props.kept.clone()} />
            <div class="top-bar__history" role="group" aria-label="History">
                <HistoryButtons undo_name={props.undo_name.clone()} redo_name={props.redo_name.clone()} />
            </div>
            { view_switch(props.view, &props.on_do) }
            <div class="top-bar__space" />
            { search_button(&props.on_do) }
            <div class="top-bar__space" />
            <Status proof={props.proof.clone()} />
            if props.update_ready {
                <button type="button" class="button button--small" onclick={props.on_update.reform(|_| ())}>
                    { "Load new version" }
                </button>
            }
            <button
                type="button"
                class="icon-button top-bar__theme"
                aria-label={theme_words(props.dark)}
                title={theme_words(props.dark)}
                onclick={props.on_theme.reform(|_| ())}
            >
                <Icon glyph={if props.dark { Glyph::Sun } else { Glyph::Moon }} />
            </button>
            <Menu id="menu-download" class="top-bar__download" label="Download" glyph={Glyph::Download} words=true>
                { download_items(props, "menu-download") }
            </Menu>
            <Menu id="menu-more" class="top-bar__more" label="Menu" glyph={Glyph::Dots}>
                { more_items(props) }
            </Menu>
        </header>
    }
}

/// Canvas or table.
fn view_switch(shown: View, on_do: &Callback<Deed>) -> Html {
    let button = |view: View, glyph, words: AttrValue| {
        let other = shown != view;
        let onclick = on_do.reform(|_: MouseEvent| Deed::View);
        html! {
            <button
                type="button" class="segments__item" aria-pressed={(!other).to_string()}
                aria-keyshortcuts={aria_keys(Deed::View)} onclick={other.then_some(onclick)}
            >
                <Icon {glyph} />{ words }
            </button>
        }
    };
    html! {
        <div class="segments view-switch" role="group" aria-label={t!("View")}>
            { button(View::Canvas, Glyph::Canvas, t!("Canvas")) }
            { button(View::Table, Glyph::Table, t!("Table")) }
        </div>
    }
}

/// The way into search and commands, with its key.
fn search_button(on_do: &Callback<Deed>) -> Html {
    let words = Deed::Search.name();
    html! {
        <button
            type="button"
            class="search-button"
            aria-label={words.clone()}
            aria-keyshortcuts={aria_keys(Deed::Search)}
            onclick={on_do.reform(|_| Deed::Search)}
        >
            <Icon glyph={Glyph::Search} />
            <span class="search-button__words">{ words }</span>
            <kbd class="key" aria-hidden="true">{ key_of(Deed::Search) }</kbd>
        </button>
    }
}

fn theme_words(dark: bool) -> &'static str {
    if dark { "Light theme" } else { "Dark theme" }
}

/// What can be done to the project as a whole.
fn project_items(props: &TopBarProps, menu: &'static str) -> Html {
    html! {
        <>
            <MenuItem {menu} glyph={Glyph::Canvas} label="All projects\u{2026}" note="the start page" deed={Deed::Projects} on_choose={props.on_do.reform(|()| Deed::Projects)} />
            <MenuItem {menu} glyph={Glyph::Plus} label="New" note="an empty mesh" on_choose={props.on_new.clone()} />
            <MenuItem {menu} glyph={Glyph::Folder} label="Open\u{2026}" note="a project file or keyring" deed={Deed::Open} on_choose={props.on_open.clone()} />
            <MenuItem {menu} glyph={Glyph::Info} label="Explain" note="what I point at" deed={Deed::Explain} on_choose={props.on_do.reform(|()| Deed::Explain)} />
            <MenuItem {menu} glyph={Glyph::Keyboard} label="All keys" note="and what they do" deed={Deed::Keys} on_choose={props.on_do.reform(|()| Deed::Keys)} />
            { picture_items(props, menu) }
            { language_items(props, menu) }
            { contrast_choice(props) }
            <MenuLine />
            <ForgetItem {menu} />
        </>
    }
}

/// What can be made of the whole drawing.
fn picture_items(props: &TopBarProps, menu: &'static str) -> Html {
    let does = |deed: Deed| props.on_do.reform(move |()| deed);
    html! {
        <>
            <MenuLine />
            <MenuItem {menu} glyph={Glyph::Download} label="Drawing as SVG" note="sharp at every size" on_choose={does(Deed::SaveSvg)} />
            <MenuItem {menu} glyph={Glyph::Download} label="Drawing as PNG" note="for documents and chats" on_choose={does(Deed::SavePng)} />
            <MenuItem {menu} glyph={Glyph::File} label="Print overview" note="drawing and addresses" deed={Deed::Print} on_choose={does(Deed::Print)} />
            <MenuLine />
        </>
    }
}

/// The other languages, each by its own name.
fn language_items(props: &TopBarProps, menu: &'static str) -> Html {
    let others = Language::ALL
        .into_iter()
        .filter(|language| *language != props.language);
    others
        .map(|language| {
            let choose = props.on_language.reform(move |()| language);
            html! { <MenuItem {menu} glyph={Glyph::Globe} label={language.name()} tongue={language.tag()} on_choose={choose} /> }
        })
        .collect()
}

/// How much the colours differ. The menu stays, so that one can see and compare.
fn contrast_choice(props: &TopBarProps) -> Html {
    let button = |wish: Option<Contrast>, words: AttrValue| {
        let onclick = props
            .on_do
            .reform(move |_: MouseEvent| Deed::Contrast(wish));
        html! {
            <button type="button" class="segments__item" aria-pressed={(props.contrast == wish).to_string()} {onclick}>{ words }</button>
        }
    };
    html! {
        <li class="menu__choice">
            <Icon glyph={Glyph::Contrast} />
            <span class="menu__label" aria-hidden="true">{ t!("Contrast") }</span>
            <div class="segments" role="group" aria-label={t!("Contrast")}>
                { button(None, t!("System")) }
                { button(Some(Contrast::Standard), t!("Standard")) }
                { button(Some(Contrast::More), t!("More")) }
            </div>
        </li>
    }
}

/// What can be downloaded.
fn download_items(props: &TopBarProps, menu: &'static str) -> Html {
    let take = |what: Download| props.on_download.reform(move |()| what.clone());
    html! {
        <>
            <MenuItem {menu} glyph={Glyph::Archive} label="All files" note="zip, one folder per machine" deed={Deed::Archive} on_choose={take(Download::Archive)} />
            if props.phones {
                <MenuItem {menu} glyph={Glyph::Phone} label="Phone tunnels" note="zip for the WireGuard apps" on_choose={take(Download::PhoneArchive)} />
            }
            <MenuLine />
            <MenuItem {menu} glyph={Glyph::File} label="Project file" note="no secrets" deed={Deed::Save} on_choose={take(Download::Project)} />
            <MenuItem {menu} glyph={Glyph::Key} label="Keyring" note="all secrets" on_choose={take(Download::Keyring)} />
        </>
    }
}

/// Everything, for screens where the bar is short.
fn more_items(props: &TopBarProps) -> Html {
    let menu = "menu-more";
    let theme = if props.dark { Glyph::Sun } else { Glyph::Moon };
    html! {
        <>
            <li class="menu__history"><HistoryButtons undo_name={props.undo_name.clone()} redo_name={props.redo_name.clone()} /></li>
            <MenuLine />
            { download_items(props, menu) }
            <MenuLine />
            { project_items(props, menu) }
            <MenuLine />
            <MenuItem {menu} glyph={theme} label={theme_words(props.dark)} on_choose={props.on_theme.clone()} />
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ForgetItemProps {
    menu: &'static str,
}

#[component]
fn ForgetItem(props: &ForgetItemProps) -> Html {
    let dispatch = use_dispatch();
    let ask = Callback::from(move |()| {
        dispatch.dispatch(Action::Show(Some(super::session::Dialog::ForgetSecrets)));
    });
    html! { <MenuItem menu={props.menu} glyph={Glyph::Trash} label="Forget secrets\u{2026}" danger=true on_choose={ask} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct HistoryButtonsProps {
    undo_name: Option<AttrValue>,
    redo_name: Option<AttrValue>,
}

#[component]
fn HistoryButtons(props: &HistoryButtonsProps) -> Html {
    let dispatch = use_dispatch();
    let button = |word: &'static str,
                  idle_words: &'static str,
                  name: &Option<AttrValue>,
                  glyph,
                  deed: Deed,
                  command: fn() -> Command| {
        let dispatch = dispatch.clone();
        let words = name
            .as_ref()
            .map_or_else(|| idle_words.to_owned(), |name| format!("{word}: {name}"));
        let idle = name.is_none();
        let onclick = Callback::from(move |_: MouseEvent| {
            if !idle {
                dispatch.dispatch(Action::Do(command()));
            }
        });
        html! {
            // Not switched off when there is nothing left, because the focus
            // would be lost with the last step.
            <button type="button" class="icon-button" aria-label={words.clone()} title={with_key(&words, deed)} aria-keyshortcuts={aria_keys(deed)} aria-disabled={idle.then_some("true")} {onclick}>
                <Icon {glyph} />
            </button>
        }
    };
    html! {
        <>
            { button("Undo", "Nothing to undo", &props.undo_name, Glyph::Undo, Deed::Undo, || Command::Undo) }
            { button("Redo", "Nothing to redo", &props.redo_name, Glyph::Redo, Deed::Redo, || Command::Redo) }
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct SavedNoteProps {
    saved: Saved,
    kept: Kept,
}

/// Where the work is, in a few words.
#[component]
fn SavedNote(props: &SavedNoteProps) -> Html {
    let (words, class) = match (&props.saved, &props.kept) {
        (Saved::Failed(why), _) => (why.clone(), Some("is-bad")),
        (Saved::NotYet, _) => (AttrValue::Static("Nothing saved yet"), None),
        (Saved::Here, Kept::InMemory(_)) => (
            AttrValue::Static("Plan saved, keys in this tab only"),
            Some("is-warning"),
        ),
        (Saved::Here, Kept::Sealed) => (AttrValue::Static("Saved in this browser"), None),
    };
    let why = match &props.kept {
        Kept::InMemory(why) => Some(why.clone()),
        Kept::Sealed => None,
    };
    html! { <p class={classes!("top-bar__saved", class)} title={why}>{ words }</p> }
}

/// The mark of Meshwright: an M whose feet are machines and whose middle is
/// the relay.
#[component]
pub fn Mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
            <path class="mark__line" d="M5 19V6l7 7 7-7v13" />
            <circle class="mark__end" cx="5" cy="19" r="2.25" />
            <circle class="mark__end" cx="19" cy="19" r="2.25" />
            <circle class="mark__relay" cx="12" cy="13" r="2.75" />
        </svg>
    }
}
