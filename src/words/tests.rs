//! Sentences taken apart and put together.

use super::Catalogue;

fn catalogue() -> Catalogue {
    let entries = [
        ("Files", "Dateien"),
        ("and", "und"),
        ("{name} relays.", "{name} leitet weiter."),
        ("{} and {}", "{} und {}"),
        (
            "{} and {} cannot reach each other",
            "{} und {} erreichen sich nicht",
        ),
        ("{a} goes to {b}.", "Nach {b} geht {a}."),
        (
            "{here} knows that {here} waits.",
            "{here} wartet und weiß es.",
        ),
        ("Port {port} of {}", "{} mit Port {port}"),
        ("the router at {}", "der Router bei {}"),
        ("no path yet", ""),
        ("in \u{201c}{{}}\u{201d}", "in \u{201e}{{}}\u{201c}"),
        ("recommended", "empfohlen"),
        ("Undo", "Rückgängig"),
    ];
    Catalogue::new(entries.map(|(english, other)| (english.to_owned(), other.to_owned())))
}

fn german(text: &str) -> Option<String> {
    catalogue().translate(text, &|name| {
        ["nas", "Files", "recommended"].contains(&name)
    })
}

#[test]
fn a_sentence_takes_its_parts_along() {
    for (english, other) in [
        ("nas relays.", "nas leitet weiter."),
        ("nas goes to pi.", "Nach pi geht nas."),
        ("Port 53 of vps", "vps mit Port 53"),
        ("  vps relays. ", "  vps leitet weiter. "),
        ("nas knows that nas waits.", "nas wartet und weiß es."),
    ] {
        assert_eq!(german(english).as_deref(), Some(other));
    }
    assert_eq!(german("nas knows that pi waits."), None);
}

#[test]
fn what_a_page_makes_a_sentence_of_is_known_without_its_capital_and_stop() {
    assert_eq!(german("Recommended.").as_deref(), Some("Empfohlen."));
    assert_eq!(german("Undo.").as_deref(), Some("Rückgängig."));
    assert_eq!(german("Nothing like it."), None);
}

#[test]
fn parts_are_looked_up_as_well() {
    assert_eq!(
        german("nas goes to the router at Home.").as_deref(),
        Some("Nach der Router bei Home geht nas.")
    );
    assert_eq!(
        german("a and b and c cannot reach each other").as_deref(),
        Some("a und b und c erreichen sich nicht")
    );
}

#[test]
fn what_says_most_goes_first() {
    assert_eq!(
        german("nas and pi cannot reach each other").as_deref(),
        Some("nas und pi erreichen sich nicht")
    );
}

#[test]
fn sentences_in_a_row_are_looked_up_one_by_one() {
    assert_eq!(
        german("nas relays. pi goes to vps. Nobody knows this.").as_deref(),
        Some("nas leitet weiter. Nach vps geht pi. Nobody knows this.")
    );
    assert_eq!(
        german("Undo: the router at Home").as_deref(),
        Some("Rückgängig: der Router bei Home")
    );
}

#[test]
fn names_stay_what_they_are() {
    assert_eq!(german("Files"), None);
    assert_eq!(
        german("recommended relays.").as_deref(),
        Some("recommended leitet weiter.")
    );
}

#[test]
fn what_is_not_there_is_not_invented() {
    for text in ["", " ", "12", "no path yet", "something else"] {
        assert_eq!(german(text), None, "{text}");
    }
    assert_eq!(
        german("in \u{201c}{}\u{201d}").as_deref(),
        Some("in \u{201e}{}\u{201c}")
    );
}
