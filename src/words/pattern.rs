//! Sentences with holes: `{}`, `{name}`, or `{0}` for the first of all.

/// A sentence that is recognised, with its holes.
pub(super) struct Pattern {
    /// What stands around the holes: one piece more than there are holes.
    pieces: Vec<String>,
    /// What the holes are called; nothing for `{}`.
    names: Vec<String>,
}

/// A sentence that is put together.
pub(super) struct Template {
    first: String,
    /// Which hole comes next, and what stands behind it.
    rest: Vec<(usize, String)>,
}

/// Cuts a text at its holes. Doubled braces are braces.
fn cut(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut pieces, mut names) = (Vec::new(), Vec::new());
    let mut piece = String::new();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '{' | '}' if rest.peek() == Some(&character) => {
                rest.next();
                piece.push(character);
            }
            '{' => {
                let inside: String = rest.by_ref().take_while(|next| *next != '}').collect();
                let name = inside.split(':').next().unwrap_or_default();
                names.push(name.to_owned());
                pieces.push(std::mem::take(&mut piece));
            }
            _ => piece.push(character),
        }
    }
    pieces.push(piece);
    (pieces, names)
}

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        let (pieces, names) = cut(text);
        Self { pieces, names }
    }

    pub(super) fn holes(&self) -> usize {
        self.names.len()
    }

    /// Whether it begins with a hole.
    pub(super) fn begins_open(&self) -> bool {
        self.pieces.first().is_some_and(String::is_empty)
    }

    /// The text of a pattern without holes.
    pub(super) fn plain(&self) -> String {
        self.pieces.concat()
    }

    /// How much it says by itself.
    pub(super) fn weight(&self) -> usize {
        self.pieces.iter().map(String::len).sum()
    }

    /// The place of a hole by its name, or by its number among all or among
    /// those without a name.
    fn hole(&self, name: &str, nameless_before: usize) -> Option<usize> {
        if name.is_empty() {
            let mut nameless = (0..self.holes())
                .filter(|place| self.names.get(*place).is_some_and(String::is_empty));
            return nameless.nth(nameless_before);
        }
        let named = self.names.iter().position(|hole| hole == name);
        named.or_else(|| name.parse().ok().filter(|place| *place < self.holes()))
    }

    /// What stands in the holes, if the text is of this pattern.
    pub(super) fn fit<'a>(&self, text: &'a str) -> Option<Vec<&'a str>> {
        let (first, rest) = self.pieces.split_first()?;
        let text = text.strip_prefix(first.as_str())?;
        let last = rest.last()?;
        if !text.ends_with(last.as_str()) {
            return None;
        }
        let mut parts = Vec::with_capacity(self.holes());
        self.fit_rest(rest, text, &mut parts).then_some(parts)
    }

    /// Tries the shortest parts first. A part may be empty, since some pieces of
    /// sentences are there or not.
    fn fit_rest<'a>(&self, pieces: &[String], text: &'a str, parts: &mut Vec<&'a str>) -> bool {
        let Some((piece, rest)) = pieces.split_first() else {
            return text.is_empty();
        };
        if rest.is_empty() {
            // The last piece stands at the end and nowhere else.
            return text.strip_suffix(piece.as_str()).is_some_and(|part| {
                let fits = self.is_same(part, parts);
                if fits {
                    parts.push(part);
                }
                fits
            });
        }
        for (at, _) in text.match_indices(piece.as_str()) {
            if let (Some(part), Some(after)) = (text.get(..at), text.get(at + piece.len()..))
                && self.is_same(part, parts)
            {
                parts.push(part);
                if self.fit_rest(rest, after, parts) {
                    return true;
                }
                parts.pop();
            }
        }
        false
    }

    /// Whether the next hole may hold a part: holes of one name hold the same.
    fn is_same(&self, part: &str, parts: &[&str]) -> bool {
        let name = self.names.get(parts.len());
        let earlier = self.names.iter().zip(parts);
        name.is_none_or(|name| {
            name.is_empty()
                || earlier
                    .filter(|(other, _)| *other == name)
                    .all(|(_, other)| *other == part)
        })
    }
}

impl Template {
    /// A sentence that takes its parts from the holes of a pattern.
    pub(super) fn new(text: &str, pattern: &Pattern) -> Self {
        let (pieces, names) = cut(text);
        let mut pieces = pieces.into_iter();
        let first = pieces.next().unwrap_or_default();
        let mut nameless = 0;
        let mut rest = Vec::with_capacity(names.len());
        for (name, piece) in names.iter().zip(pieces) {
            let hole = pattern.hole(name, nameless).unwrap_or(usize::MAX);
            nameless += usize::from(name.is_empty());
            rest.push((hole, piece));
        }
        Self { first, rest }
    }

    /// The text of a sentence without holes.
    pub(super) fn plain(&self) -> String {
        self.first.clone()
    }

    /// The sentence with its parts.
    pub(super) fn fill(&self, parts: &[String]) -> String {
        let mut text = self.first.clone();
        for (hole, piece) in &self.rest {
            text.push_str(parts.get(*hole).map_or("", String::as_str));
            text.push_str(piece);
        }
        text
    }
}
