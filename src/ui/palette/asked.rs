//! What is typed, what it finds and which entry is marked. The page may be
//! drawn only after the next key came, so keys act on this and not on what was
//! drawn last.

use std::rc::Rc;

use super::results::bunches;
use super::{Bunch, Entry, MOST, PaletteProps};
use crate::editor::search::Query;

/// What the palette was asked for. A copy shares what was found.
#[derive(Clone, Default)]
pub(super) struct Asked {
    /// As it was typed.
    pub text: String,
    /// What fits.
    pub bunches: Rc<Vec<Bunch>>,
    /// Which entry Enter takes, counted through all bunches.
    pub here: usize,
}

impl Asked {
    /// What `text` finds, the best entry marked.
    pub fn new(props: &PaletteProps, text: String) -> Self {
        let bunches = Rc::new(bunches(props, &Query::new(&text)));
        Self {
            text,
            bunches,
            here: 0,
        }
    }

    /// The same asked of another plan.
    pub fn renew(&mut self, props: &PaletteProps) {
        self.bunches = Rc::new(bunches(props, &Query::new(&self.text)));
        self.here = self.here.min(self.count().saturating_sub(1));
    }

    /// How many entries there are.
    pub fn count(&self) -> usize {
        self.bunches.iter().map(|bunch| bunch.entries.len()).sum()
    }

    /// The entry at `at`, counted through all bunches.
    pub fn entry(&self, at: usize) -> Option<&Entry> {
        self.bunches.iter().flat_map(|bunch| &bunch.entries).nth(at)
    }

    /// Marks the entry that `key` leads to. Another key is none of it.
    pub fn step(&mut self, key: &str) -> bool {
        let (here, last) = (self.here, self.count().saturating_sub(1));
        self.here = match key {
            "ArrowDown" if here >= last => 0,
            "ArrowDown" => here + 1,
            "ArrowUp" => here.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            "PageDown" => (here + MOST).min(last),
            "PageUp" => here.saturating_sub(MOST),
            _ => return false,
        };
        true
    }
}
