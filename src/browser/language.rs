//! The language of the page.
//!
//! The page is written in English. Another language is put over what it shows:
//! each text is replaced when it appears in the document and each time it
//! changes, before anything is painted. The English one is remembered, so that
//! a switch back needs nothing to be drawn anew.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::{Array, JSON, Object, WeakMap};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, MutationObserver, MutationObserverInit, MutationRecord, Node, Response};

use super::settings::{StoreError, set_setting, setting};
use crate::words::Catalogue;

const SETTING: &str = "language";

/// Attributes that are read by people.
const SPOKEN: [&str; 7] = [
    "aria-label",
    "title",
    "placeholder",
    "aria-valuetext",
    "aria-description",
    "aria-roledescription",
    "label",
];

/// What is not for people, or not ours to say.
const SILENT: &str = "script, style, noscript, [translate=no]";

thread_local! {
    /// What is spoken now, for those who look for a text.
    static SPOKEN_NOW: RefCell<Weak<Sayings>> = const { RefCell::new(Weak::new()) };
}

/// What the page says in place of an English text, if it is something else.
#[must_use]
pub fn said(english: &str) -> Option<String> {
    let sayings = SPOKEN_NOW.with_borrow(Weak::upgrade)?;
    sayings.translate(english)
}

/// What is written in files, which stay English.
const WRITTEN: &str = "code, pre";

/// A language that the page speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The one that the page is written in.
    English,
    /// Has a catalogue.
    German,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its tag, as in `lang="de"`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// What it calls itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The language of a tag such as `de-AT`.
    fn of(tag: &str) -> Option<Self> {
        let first = tag.split('-').next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(first))
    }
}

/// The language that was chosen, or the first of the browser's that the page speaks.
#[must_use]
pub fn wanted() -> Language {
    let chosen = setting(SETTING).and_then(|tag| Language::of(&tag));
    let offered = || {
        let languages = gloo::utils::window().navigator().languages();
        languages
            .iter()
            .find_map(|tag| Language::of(&tag.as_string()?))
    };
    chosen.or_else(offered).unwrap_or(Language::English)
}

/// Keeps a choice for the next visit.
///
/// # Errors
/// The choice could not be stored.
pub fn keep(language: Language) -> Result<(), StoreError> {
    set_setting(SETTING, Some(language.tag()))
}

/// Says in the document which language it is in.
fn announce(language: Language) {
    // It fails only for a malformed attribute name.
    let _ = gloo::utils::document_element().set_attribute("lang", language.tag());
}

/// The catalogue of a language. `None` if it cannot be fetched or read.
async fn fetch(language: Language) -> Option<Catalogue> {
    let address = format!("lang/{}.json", language.tag());
    let response = JsFuture::from(gloo::utils::window().fetch_with_str(&address)).await;
    let response: Response = response.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    let entries: Object = JSON::parse(&text.as_string()?).ok()?.dyn_into().ok()?;
    let entries = Object::entries(&entries);
    Some(Catalogue::new(entries.iter().filter_map(|entry| {
        let entry: Array = entry.dyn_into().ok()?;
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    })))
}

/// Whether a text is a name that somebody gave.
pub type IsName = Rc<dyn Fn(&str) -> bool>;

/// Keeps the whole document in a language until it is dropped.
#[must_use = "dropping it brings the English texts back"]
pub struct Speaker {
    observer: MutationObserver,
    sayings: Rc<Sayings>,
    // Called by the observer, so it lives as long.
    _callback: Closure<dyn FnMut(Array, MutationObserver)>,
}

impl Drop for Speaker {
    fn drop(&mut self) {
        self.observer.disconnect();
        self.sayings
            .each(&root(), &Sayings::restore_text, &Sayings::restore);
        announce(Language::English);
    }
}

/// Begins to speak a language. `None` for English, which needs nothing, and
/// where the catalogue cannot be had.
pub async fn speak(language: Language, is_name: IsName) -> Option<Speaker> {
    if language == Language::English {
        return None;
    }
    let catalogue = fetch(language).await?;
    let sayings = Rc::new(Sayings {
        catalogue,
        is_name,
        texts: WeakMap::new(),
        attributes: SPOKEN.map(|_| WeakMap::new()),
    });
    let callback = {
        let sayings = Rc::clone(&sayings);
        Closure::<dyn FnMut(Array, MutationObserver)>::new(
            move |records: Array, observer: MutationObserver| {
                sayings.hear(&records);
                // What was written just now is no news.
                observer.take_records();
            },
        )
    };
    let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).ok()?;
    let options = MutationObserverInit::new();
    options.set_subtree(true);
    options.set_child_list(true);
    options.set_character_data(true);
    options.set_attributes(true);
    let filter: Array = SPOKEN.into_iter().map(JsValue::from_str).collect();
    options.set_attribute_filter(&filter);
    sayings.each(&root(), &Sayings::say_text, &Sayings::say);
    observer.observe_with_options(&root(), &options).ok()?;
    announce(language);
    SPOKEN_NOW.set(Rc::downgrade(&sayings));
    Some(Speaker {
        observer,
        sayings,
        _callback: callback,
    })
}

fn root() -> Node {
    gloo::utils::document_element().into()
}

/// What is said in place of what.
struct Sayings {
    catalogue: Catalogue,
    is_name: IsName,
    /// The English text of each node that says something else.
    texts: WeakMap,
    /// The same of each element, for each attribute of [`SPOKEN`].
    attributes: [WeakMap; SPOKEN.len()],
}

impl Sayings {
    fn hear(&self, records: &Array) {
        for record in records.iter() {
            let record: MutationRecord = record.unchecked_into();
            let Some(target) = record.target() else {
                continue;
            };
            match record.type_().as_str() {
                "childList" => {
                    let added = record.added_nodes();
                    for node in (0..added.length()).filter_map(|place| added.item(place)) {
                        if !is_silent(&node) {
                            self.each(&node, &Self::say_text, &Self::say);
                        }
                    }
                }
                "characterData" if !is_silent(&target) => self.say_text(&target),
                "attributes" => {
                    let name = record.attribute_name().unwrap_or_default();
                    if let Some(element) = target.dyn_ref::<Element>()
                        && !is_silent(&target)
                        && let Some(place) = SPOKEN.iter().position(|spoken| *spoken == name)
                    {
                        self.say(element, place);
                    }
                }
                _ => {}
            }
        }
    }

    /// Goes through a node and everything in it.
    fn each(
        &self,
        node: &Node,
        text: &dyn Fn(&Self, &Node),
        attribute: &dyn Fn(&Self, &Element, usize),
    ) {
        if node.node_type() == Node::TEXT_NODE {
            return text(self, node);
        }
        let Some(element) = node.dyn_ref::<Element>() else {
            return;
        };
        if element.matches(SILENT).unwrap_or(false) {
            return;
        }
        for place in 0..SPOKEN.len() {
            attribute(self, element, place);
        }
        let mut child = node.first_child();
        while let Some(node) = child {
            self.each(&node, text, attribute);
            child = node.next_sibling();
        }
    }

    fn translate(&self, english: &str) -> Option<String> {
        self.catalogue.translate(english, &*self.is_name)
    }

    /// Whether a text was put there by us: what is added in several steps is
    /// heard of several times.
    fn is_said(&self, known: &WeakMap, at: &Object, text: &str) -> bool {
        let english = known.get(at).as_string();
        english.is_some_and(|english| self.translate(&english).as_deref() == Some(text))
    }

    fn say_text(&self, node: &Node) {
        let written = |element: Element| element.closest(WRITTEN).is_ok_and(|at| at.is_some());
        if node.parent_element().is_some_and(written) {
            return;
        }
        let english = node.node_value().unwrap_or_default();
        if self.is_said(&self.texts, node, &english) {
            return;
        }
        if let Some(other) = self.translate(&english) {
            self.texts.set(node, &JsValue::from_str(&english));
            node.set_node_value(Some(&other));
        } else {
            self.texts.delete(node);
        }
    }

    fn restore_text(&self, node: &Node) {
        if let Some(english) = self.texts.get(node).as_string() {
            node.set_node_value(Some(&english));
        }
    }

    fn say(&self, element: &Element, place: usize) {
        let (Some(name), Some(known)) = (SPOKEN.get(place), self.attributes.get(place)) else {
            return;
        };
        let Some(english) = element.get_attribute(name) else {
            return;
        };
        if self.is_said(known, element, &english) {
            return;
        }
        if let Some(other) = self.translate(&english) {
            known.set(element, &JsValue::from_str(&english));
            let _ = element.set_attribute(name, &other);
        } else {
            known.delete(element);
        }
    }

    fn restore(&self, element: &Element, place: usize) {
        if let (Some(name), Some(known)) = (SPOKEN.get(place), self.attributes.get(place))
            && let Some(english) = known.get(element).as_string()
            && element.has_attribute(name)
        {
            let _ = element.set_attribute(name, &english);
        }
    }
}

/// Whether a node stands in something that is not for people or not ours to say.
fn is_silent(node: &Node) -> bool {
    let element = match node.dyn_ref::<Element>() {
        Some(element) => Some(element.clone()),
        None => node.parent_element(),
    };
    element.is_none_or(|element| element.closest(SILENT).is_ok_and(|found| found.is_some()))
}
