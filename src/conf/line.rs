//! A line and its pieces, each of which knows where it begins.

use std::borrow::Cow;

use super::at::At;

/// A line of the file without what ends it.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) number: u32,
    pub(super) text: &'a str,
}

/// A piece of a line.
#[derive(Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// How many bytes of the line stand in front of it.
    start: usize,
}

impl<'a> Line<'a> {
    /// The line as one piece.
    pub(super) fn piece(self) -> Piece<'a> {
        Piece {
            text: self.text,
            start: 0,
        }
    }

    /// Where a piece of this line begins.
    pub(super) fn at(self, piece: Piece<'_>) -> At {
        let before = self.text.get(..piece.start).unwrap_or(self.text);
        let column = before.chars().count() + 1;
        At {
            line: self.number,
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }
}

impl<'a> Piece<'a> {
    /// Without blanks at both ends. No letter, digit or mark of ASCII is a blank
    /// for anybody.
    pub(super) fn trimmed(self, is_blank: impl Fn(char) -> bool) -> Self {
        let bytes = self.text.as_bytes();
        let ends = [bytes.first(), bytes.last()];
        if ends.into_iter().flatten().all(u8::is_ascii_graphic) {
            return self;
        }
        let text = self.text.trim_start_matches(&is_blank);
        Self {
            start: self.start + (self.text.len() - text.len()),
            text: text.trim_end_matches(&is_blank),
        }
    }

    /// What stands in front of the first `mark`, and what stands behind it.
    pub(super) fn split(self, mark: char) -> (Self, Option<Self>) {
        match self.text.split_once(mark) {
            None => (self, None),
            Some((before, after)) => (
                Self {
                    text: before,
                    ..self
                },
                Some(Self {
                    text: after,
                    start: self.start + before.len() + mark.len_utf8(),
                }),
            ),
        }
    }

    /// The pieces between all `mark`s.
    pub(super) fn list(self, mark: impl Fn(char) -> bool) -> impl Iterator<Item = Self> {
        let mut start = self.start;
        self.text.split(mark).map(move |text| {
            let piece = Self { text, start };
            // A mark is one byte long in every list that we read.
            start += text.len() + 1;
            piece
        })
    }

    /// The pieces between all characters that end a line.
    pub(super) fn split_all(self, ends_line: fn(char) -> bool) -> impl Iterator<Item = Self> {
        let mut start = self.start;
        self.text.split_inclusive(ends_line).map(move |text| {
            let piece = Self {
                text: text.strip_suffix(ends_line).unwrap_or(text),
                start,
            };
            start += text.len();
            piece
        })
    }

    /// The text without any blank, as `wg` reads it.
    pub(super) fn closed_up(self) -> Cow<'a, str> {
        if self.text.bytes().any(is_c_space_byte) {
            let kept = self
                .text
                .chars()
                .filter(|character| !is_c_space(*character));
            Cow::Owned(kept.collect())
        } else {
            Cow::Borrowed(self.text)
        }
    }
}

/// What `isspace` of C takes for a blank.
pub(super) fn is_c_space(character: char) -> bool {
    matches!(character, ' ' | '\t'..='\r')
}

fn is_c_space_byte(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}
