//! What the page says, in another language.
//!
//! All texts of the program are English and stand where they are used, whole
//! sentences with `{}` for what is inserted. A catalogue has the same sentences
//! in another language. It is applied where the page shows something, to the
//! finished sentence: the sentence is taken apart by the English pattern that
//! fits it, and put together by the other one. So nothing below the page knows
//! of languages, what a worker or a file says in English needs no second form,
//! and whoever reads English pays nothing.

mod pattern;

#[cfg(test)]
mod tests;

use litemap::LiteMap;

use pattern::{Pattern, Template};

/// How deep parts of sentences are looked up inside of sentences.
const DEPTH: usize = 6;

/// What joins sentences and lists that no pattern joins, in the order in which
/// a text is cut there.
const JOINTS: [&str; 8] = ["\n", ". ", "; ", " \u{b7} ", ": ", " (", ", ", " and "];

/// The texts of the program in another language.
pub struct Catalogue {
    whole: LiteMap<String, String>,
    // Those that say most come first, because they mean the most.
    patterns: Vec<(Pattern, Template)>,
}

impl Catalogue {
    /// A catalogue of pairs: the English text and the other one. What has no
    /// counterpart yet is left out, and so shows in English.
    pub fn new(entries: impl IntoIterator<Item = (String, String)>) -> Self {
        let (mut whole, mut patterns) = (Vec::new(), Vec::new());
        for (english, other) in entries {
            if other.is_empty() {
                continue;
            }
            // Where a piece of a sentence stands decides about the blanks around it.
            let pattern = Pattern::new(english.trim());
            let other = other.trim();
            if pattern.holes() == 0 {
                whole.push((pattern.plain(), Template::new(other, &pattern).plain()));
            } else {
                let template = Template::new(other, &pattern);
                patterns.push((pattern, template));
            }
        }
        crate::sorting::sort_by(&mut patterns, |one, other| {
            other.0.weight().cmp(&one.0.weight())
        });
        Self {
            whole: whole.into_iter().collect(),
            patterns,
        }
    }

    /// A text in the other language, as far as the catalogue has it; `None` if
    /// it has nothing of it. What `is_name` takes for a name that somebody gave
    /// stays as it is.
    #[must_use]
    pub fn translate(&self, text: &str, is_name: &dyn Fn(&str) -> bool) -> Option<String> {
        let core = text.trim();
        if core.is_empty() {
            return None;
        }
        let other = self.look_up(core, is_name, DEPTH)?;
        let (before, after) = text.split_once(core)?;
        Some(format!("{before}{other}{after}"))
    }

    fn look_up(&self, text: &str, is_name: &dyn Fn(&str) -> bool, depth: usize) -> Option<String> {
        if is_name(text) || !text.chars().any(char::is_alphabetic) {
            return None;
        }
        if let Some(other) = self.whole.get(text) {
            return Some(other.clone());
        }
        // Pages begin what they say with a capital, and end it with a full stop.
        let bare = text.strip_suffix('.').unwrap_or_default();
        if let Some(other) = self.whole.get(bare) {
            return Some(format!("{other}."));
        }
        if let Some(other) = self
            .whole
            .get(in_case(bare, char::to_ascii_lowercase).as_str())
        {
            return Some(format!("{}.", in_case(other, char::to_ascii_uppercase)));
        }
        let depth = depth.checked_sub(1)?;
        // A part that is a sentence of its own means that two were taken for one.
        self.by_pattern(text, is_name, depth, true)
            .or_else(|| self.by_joint(text, is_name, depth))
            .or_else(|| self.by_pattern(text, is_name, depth, false))
            .or_else(|| {
                // A number in front, a note in brackets.
                let core = text.trim_matches(|character: char| !character.is_alphabetic());
                if core == text {
                    return None;
                }
                Some(text.replacen(core, &self.look_up(core, is_name, depth)?, 1))
            })
    }

    /// A text by the sentence with holes that fits it.
    fn by_pattern(
        &self,
        text: &str,
        is_name: &dyn Fn(&str) -> bool,
        depth: usize,
        strict: bool,
    ) -> Option<String> {
        let (parts, template, stop) = self.patterns.iter().find_map(|(pattern, template)| {
            let (parts, stop) = match pattern.fit(text) {
                Some(parts) => (parts, ""),
                None => (pattern.fit(text.strip_suffix('.')?)?, "."),
            };
            // What holds the end of a sentence is more than a part of another,
            // and so is a list in front of one, unless it is a whole sentence.
            let more = parts.iter().enumerate().any(|(place, part)| {
                let front = place == 0 && pattern.begins_open();
                let ends = [". ", ": ", " ("].iter().any(|end| part.contains(end));
                !(front && part.ends_with('.')) && (ends || front && part.contains(", "))
            });
            // Of a word such as "and" alone one cannot tell what the rest means.
            let vague = pattern.weight() < 8
                && parts.iter().any(|part| {
                    part.split(' ').count() > 3 && self.look_up(part, is_name, depth).is_none()
                });
            let refused = vague || strict && more;
            (!refused).then_some((parts, template, stop))
        })?;
        let parts: Vec<String> = parts
            .iter()
            .map(|part| {
                let core = part.trim();
                match self.look_up(core, is_name, depth) {
                    Some(other) => part.replacen(core, &other, 1),
                    None => (*part).to_owned(),
                }
            })
            .collect();
        Some(template.fill(&parts) + stop)
    }

    /// Several texts in one, each looked up by itself.
    fn by_joint(&self, text: &str, is_name: &dyn Fn(&str) -> bool, depth: usize) -> Option<String> {
        let joint = JOINTS.into_iter().find(|joint| text.contains(joint))?;
        // The full stop belongs to the sentence in front of it.
        let (stop, gap) = joint
            .strip_prefix('.')
            .map_or(("", joint), |gap| (".", gap));
        let last = text.matches(joint).count();
        let mut found = false;
        let pieces: Vec<&str> = text.split(joint).collect();
        let (mut others, mut place) = (Vec::new(), 0);
        while let Some(piece) = pieces.get(place) {
            // Some pieces hold the joint themselves.
            let longer = [3, 2].into_iter().find_map(|count| {
                let run = pieces.get(place..place + count)?.join(joint);
                Some((self.whole.get(run.as_str())?.clone(), count))
            });
            let (other, count) = longer.unwrap_or_else(|| {
                let stop = if place < last { stop } else { "" };
                let piece = format!("{piece}{stop}");
                let other = self.look_up(piece.trim(), is_name, depth);
                found |= other.is_some();
                (other.unwrap_or(piece), 1)
            });
            found |= count > 1;
            others.push(other);
            place += count;
        }
        let gap = match gap {
            " and " => self.whole.get("and").map(|and| format!(" {and} ")),
            _ => None,
        }
        .unwrap_or_else(|| gap.to_owned());
        found.then(|| others.join(&gap))
    }
}

/// A text with its first letter in the other case.
fn in_case(text: &str, turn: fn(&char) -> char) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| turn(&first));
    first.into_iter().chain(letters).collect()
}
