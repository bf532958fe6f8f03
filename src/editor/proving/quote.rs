//! One line of a file, cut to what a person has to see.

/// How many characters may stand on each side of what matters.
const BESIDE: usize = 28;

/// A line of a file. What matters in it stands apart, and keys are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// What stands before the equals sign; empty if there is none.
    pub key: String,
    /// What comes before what matters.
    pub before: String,
    /// What matters; empty if the value is a key.
    pub marked: String,
    /// What comes after it.
    pub after: String,
}

impl Quote {
    /// The line with this number, and in it the entry at this column. Both
    /// begin at 1.
    pub(super) fn of(text: &str, line: u32, column: u32) -> Option<Self> {
        let number = usize::try_from(line).ok()?.checked_sub(1)?;
        let line = text.lines().nth(number)?;
        let Some((key, value)) = line.split_once('=') else {
            return Some(Self {
                marked: line.trim().to_owned(),
                ..Self::default()
            });
        };
        let key = key.trim();
        let mut quote = Self {
            key: key.to_owned(),
            ..Self::default()
        };
        // Public keys as well: the proof may run with keys that nobody gets.
        if matches!(key, "PrivateKey" | "PublicKey" | "PresharedKey") {
            return Some(quote);
        }
        let is_list = matches!(key, "AllowedIPs" | "Address" | "DNS");
        let begin = line.chars().count() - value.chars().count();
        let column = usize::try_from(column).ok()?;
        let at = column.saturating_sub(1).saturating_sub(begin);
        if !is_list || at == 0 {
            value.trim().clone_into(&mut quote.marked);
            return Some(quote);
        }
        let before: String = value.chars().take(at).collect();
        let rest: String = value.chars().skip(at).collect();
        let (marked, after) = match rest.split_once(',') {
            Some((marked, after)) => (marked, format!(", {}", after.trim())),
            None => (rest.as_str(), String::new()),
        };
        marked.trim().clone_into(&mut quote.marked);
        quote.before = end_of(before.trim_start());
        quote.after = begin_of(&after);
        Some(quote)
    }
}

/// The last entries of a list that may be long.
fn end_of(list: &str) -> String {
    let length = list.chars().count();
    if length <= BESIDE {
        return list.to_owned();
    }
    let end: String = list.chars().skip(length - BESIDE).collect();
    let whole = end.split_once(", ").map_or("", |(_, whole)| whole);
    format!("\u{2026}, {whole}")
}

/// The first entries of a list that may be long.
fn begin_of(list: &str) -> String {
    if list.chars().count() <= BESIDE {
        return list.to_owned();
    }
    let begin: String = list.chars().take(BESIDE).collect();
    let whole = begin.rsplit_once(',').map_or("", |(whole, _)| whole);
    format!("{whole}, \u{2026}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "[Interface]\nPrivateKey = abc=\n\n[Peer]\n# nas\nPublicKey = k=\nAllowedIPs = 10.0.0.1/32, 10.0.0.2/32, 192.168.1.0/24, 192.168.2.0/24, 192.168.3.0/24\nPersistentKeepalive = 25\n";

    fn parts(line: u32, column: u32) -> [String; 4] {
        let quote = Quote::of(FILE, line, column).unwrap();
        [quote.key, quote.before, quote.marked, quote.after]
    }

    #[test]
    fn the_entry_at_the_column_stands_apart_and_long_lists_are_cut() {
        assert_eq!(
            parts(7, 27),
            [
                "AllowedIPs",
                "10.0.0.1/32, ",
                "10.0.0.2/32",
                ", 192.168.1.0/24, \u{2026}"
            ]
        );
        assert_eq!(parts(7, 40).get(1).unwrap(), "10.0.0.1/32, 10.0.0.2/32, ");
        assert_eq!(
            parts(7, 72),
            [
                "AllowedIPs",
                "\u{2026}, 192.168.2.0/24, ",
                "192.168.3.0/24",
                ""
            ]
        );
        assert_eq!(parts(8, 1), ["PersistentKeepalive", "", "25", ""]);
        assert_eq!(parts(4, 1), ["", "", "[Peer]", ""]);
    }

    #[test]
    fn no_key_is_quoted() {
        for line in [2, 6] {
            let [key, rest @ ..] = parts(line, 1);
            assert!(key.ends_with("Key"));
            assert_eq!(rest, [""; 3]);
        }
        assert!(Quote::of(FILE, 99, 1).is_none());
    }
}
