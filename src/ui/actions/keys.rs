//! Keys of the table: whether one is pressed, and how they are written.

use web_sys::KeyboardEvent;

use super::{Deed, ROWS, Where};

/// What a key press means at a place.
#[must_use]
pub fn pressed(event: &KeyboardEvent, place: Where) -> Option<Deed> {
    let rows = ROWS.iter().filter(|row| row.place == place);
    let mut hits = rows.filter(|row| row.keys.iter().any(|key| is(event, key)));
    hits.next().map(|row| row.deed)
}

/// Whether a press is that of a key in the table's words.
fn is(event: &KeyboardEvent, key: &str) -> bool {
    let mut rest = key;
    let (mut ctrl, mut shift) = (false, false);
    while let Some((mark, behind)) = rest.split_once('+').filter(|(mark, _)| !mark.is_empty()) {
        match mark {
            "Ctrl" => ctrl = true,
            "Shift" => shift = true,
            _ => return false,
        }
        rest = behind;
    }
    // Signs such as "?" need Shift on some keyboards and not on others.
    let is_letter = rest.chars().all(|letter| letter.is_ascii_alphanumeric());
    event.key().eq_ignore_ascii_case(rest)
        && (event.ctrl_key() || event.meta_key()) == ctrl
        && !event.alt_key()
        && (!is_letter || event.shift_key() == shift)
}

/// Whether this machine is Apple's, where the Command key stands for Ctrl.
fn is_apple() -> bool {
    thread_local! {
        // Asked for every key that is shown, and the same for all of them.
        static APPLE: bool = {
            let platform = gloo::utils::window().navigator().platform();
            platform.is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
        };
    }
    APPLE.with(|apple| *apple)
}

/// A key as people of this machine know it.
#[must_use]
pub fn shown(key: &str) -> String {
    let apple = is_apple();
    let mark = |name: &'static str| match name {
        "Ctrl" if apple => "\u{2318}",
        "Shift" if apple => "\u{21e7}",
        "Alt" if apple => "\u{2325}",
        other => other,
    };
    let joint = if apple { "" } else { "+" };
    let mut shown = String::new();
    let mut rest = key;
    for name in ["Ctrl", "Shift", "Alt"] {
        if let Some(behind) = rest
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix('+'))
        {
            shown.push_str(mark(name));
            shown.push_str(joint);
            rest = behind;
        }
    }
    shown.push_str(rest);
    shown
}

/// The first key of a deed, as people of this machine know it.
#[must_use]
pub fn key_of(deed: Deed) -> Option<String> {
    deed.row()?.keys.first().map(|key| shown(key))
}

/// A text with the first key of a deed behind it, for a tooltip.
#[must_use]
pub fn with_key(text: &str, deed: Deed) -> String {
    key_of(deed).map_or_else(|| text.to_owned(), |key| format!("{text} ({key})"))
}

/// The same in the words of `aria-keyshortcuts`.
#[must_use]
pub fn aria_keys(deed: Deed) -> Option<String> {
    let keys = deed.row()?.keys;
    let ctrl = if is_apple() { "Meta" } else { "Control" };
    let words: Vec<String> = keys
        .iter()
        // The sign itself joins the keys there, and so has a name of its own.
        .map(|key| {
            if *key == "+" {
                "Plus".to_owned()
            } else {
                key.replace("Ctrl", ctrl)
            }
        })
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}
