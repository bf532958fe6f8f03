//! Reads a file line by line: sections, keys, and who refuses what.

use super::at::At;
use super::dialect::Dialect;
use super::fault::{Fault, FaultKind};
use super::keyword::Keyword;
use super::line::{Line, Piece, is_c_space};
use super::stops::{Stage, Stops};
use super::{Conf, Peer, Reader};

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// Above the first section.
    None,
    Interface,
    Peer,
    /// Below a header that nobody knows, in a lenient reading.
    Unknown,
}

/// A file that is being read.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers a question of its own about the line above"
)]
pub(super) struct Parse {
    pub(super) reader: Reader,
    pub(super) dialect: &'static Dialect,
    pub(super) lenient: bool,
    pub(super) conf: Conf,
    pub(super) section: Section,
    /// Whether `wg-quick`, too, takes this for `[Interface]`: it wants the
    /// header without blanks inside, which `wg` skips.
    quick: bool,
    /// Whether a comment may still name the peer.
    naming: bool,
    /// Whether the last line was a header.
    pub(super) fresh: bool,
    /// Sections called `[Interface]` so far.
    pub(super) interfaces: u32,
    /// What stops the reader.
    pub(super) stops: Stops,
    /// What does not; everything in a lenient reading.
    pub(super) notes: Vec<Fault>,
    /// Whether applications are included, and whether some are excluded.
    pub(super) applications: (bool, bool),
}

impl Parse {
    pub(super) fn new(reader: Reader, lenient: bool) -> Self {
        Self {
            reader,
            dialect: reader.dialect(),
            lenient,
            conf: Conf::default(),
            section: Section::None,
            quick: false,
            naming: false,
            fresh: false,
            interfaces: 0,
            stops: Stops::default(),
            notes: Vec::new(),
            applications: (false, false),
        }
    }

    /// Reads the lines of a file.
    pub(super) fn text(&mut self, text: &str) {
        let unmarked = text.strip_prefix('\u{feff}');
        let spoiled = unmarked.is_some() && !self.dialect.takes_mark;
        if spoiled {
            self.fault(At::default(), FaultKind::Mark, Stage::File);
        }
        let text = unmarked.unwrap_or(text);
        // A list that grows would leave copies of preshared keys behind.
        self.conf.peers.reserve_exact(headers(text));
        let one_end = matches!(self.reader, Reader::Linux | Reader::Windows);
        for (number, physical) in (1..).zip(text.split('\n')) {
            let line = Line {
                number,
                text: physical,
            };
            if spoiled && number == 1 && !self.lenient {
                // With a mark in front it is no header any more.
                continue;
            }
            if one_end {
                self.line(line, line.piece());
            } else {
                for piece in line.piece().split_all(self.dialect.ends_line) {
                    self.line(line, piece);
                }
            }
        }
    }

    fn line(&mut self, line: Line<'_>, whole: Piece<'_>) {
        if !whole.text.is_empty() {
            self.fresh = false;
        }
        let (code, comment) = whole.split('#');
        let code = self.trimmed(code);
        if code.text.is_empty() {
            if let Some(comment) = comment.filter(|_| self.naming) {
                self.name_peer(comment.text);
            }
            return;
        }
        if code.text.starts_with('[') {
            self.header(line, code, comment);
            return;
        }
        self.naming = false;
        let (key, value) = code.split('=');
        let key = self.trimmed(key);
        match value {
            None => self.without_equals(line, key),
            Some(value) => {
                let value = self.trimmed(value);
                self.pair(line, key, value, whole);
            }
        }
    }

    pub(super) fn trimmed<'a>(&self, piece: Piece<'a>) -> Piece<'a> {
        match self.reader {
            Reader::Linux => piece.trimmed(is_c_space),
            reader => piece.trimmed(|character| reader.is_blank(character)),
        }
    }

    fn header(&mut self, line: Line<'_>, code: Piece<'_>, comment: Option<Piece<'_>>) {
        let at = line.at(code);
        // `wg` skips blanks inside, too.
        let closed = match self.reader {
            Reader::Linux => code.closed_up(),
            _ => code.text.into(),
        };
        let interface = closed.eq_ignore_ascii_case("[Interface]");
        let peer = closed.eq_ignore_ascii_case("[Peer]");
        self.naming = peer;
        if !interface && !peer {
            self.unknown_header(at, code);
            return;
        }
        self.end_section();
        self.fresh = true;
        if peer {
            self.section = Section::Peer;
            self.quick = false;
            self.conf.peers.push(Peer {
                at,
                ..Peer::default()
            });
            if let Some(comment) = comment {
                self.name_peer(comment.text);
            }
            return;
        }
        self.section = Section::Interface;
        self.quick = self.lenient || code.text.len() == closed.len();
        self.interfaces += 1;
        if self.interfaces == 1 {
            self.conf.interface.at = at;
        } else if self.dialect.merges_interfaces {
            self.note(at, FaultKind::SecondInterface);
        }
        if self.reader == Reader::Windows && !self.conf.peers.is_empty() {
            self.note(at, FaultKind::InterfaceBelow);
        }
    }

    fn unknown_header(&mut self, at: At, code: Piece<'_>) {
        if self.dialect.skips_head && self.section == Section::None && code.text.contains('=') {
            return;
        }
        if self.reader == Reader::Android {
            self.end_section();
        }
        self.quick = false;
        self.fault(at, FaultKind::UnknownSection, Stage::File);
        if self.lenient {
            self.section = Section::Unknown;
        }
    }

    /// A line that is neither a header nor a pair.
    fn without_equals(&mut self, line: Line<'_>, code: Piece<'_>) {
        let at = line.at(code);
        if self.reader == Reader::Linux && !self.lenient && self.quick {
            // `wg-quick` takes the whole line for the value, too.
            match Keyword::named(code.text) {
                Some(Keyword::Dns | Keyword::PreDown | Keyword::PostDown) => {
                    self.note(at, FaultKind::NoEquals);
                    return;
                }
                Some(key) if key.is_of_wg_quick() => {
                    self.fault(at, FaultKind::NoEquals, Stage::Script);
                    return;
                }
                _ => {}
            }
        }
        match self.section {
            Section::Unknown => {}
            Section::None if self.reader != Reader::Apple => {
                self.fault(at, FaultKind::BeforeSection, Stage::File);
            }
            _ if self.reader == Reader::Android => self.section_fault(at, FaultKind::NoEquals, 0),
            _ => self.fault(at, FaultKind::NoEquals, Stage::File),
        }
    }

    fn pair(&mut self, line: Line<'_>, key: Piece<'_>, value: Piece<'_>, whole: Piece<'_>) {
        let at = line.at(key);
        if self.section == Section::None {
            if !self.dialect.skips_head {
                self.fault(at, FaultKind::BeforeSection, Stage::File);
            }
            return;
        }
        if self.section == Section::Unknown {
            return;
        }
        let mut spaced = false;
        let mut keyword = Keyword::named(key.text);
        if keyword.is_none() && self.reader == Reader::Linux {
            keyword = Keyword::named(&key.closed_up());
            spaced = keyword.is_some();
        }
        let Some(keyword) = keyword else {
            return self.key_fault(at, FaultKind::UnknownKey);
        };
        if !self.reader.knows(keyword) {
            return self.key_fault(at, FaultKind::NotRead(keyword, self.reader));
        }
        if keyword.is_of_peer() != (self.section == Section::Peer) {
            return self.key_fault(at, FaultKind::WrongSection(keyword));
        }
        let quick = keyword.is_of_wg_quick() && self.reader == Reader::Linux;
        if quick && !self.lenient && (spaced || !self.quick) {
            return self.key_fault(at, FaultKind::UnknownKey);
        }
        let value = if keyword.is_hook() && self.dialect.hooks_keep_comments {
            let (_, behind) = whole.split('=');
            behind.map_or(value, |behind| self.trimmed(behind))
        } else {
            value
        };
        self.value(line, at, keyword, value);
    }

    /// A key that makes the reader stop.
    fn key_fault(&mut self, at: At, kind: FaultKind) {
        if self.reader == Reader::Android {
            self.section_fault(at, kind, 0);
        } else {
            self.fault(at, kind, Stage::File);
        }
    }

    /// Something that stops the reader at some stage of its work.
    pub(super) fn fault(&mut self, at: At, kind: FaultKind, stage: Stage) {
        let fault = Fault { at, kind };
        if self.lenient {
            self.notes.push(fault);
        } else {
            self.stops.add(fault, stage);
        }
    }

    /// Something that stops the reader when it comes to the end of the section;
    /// of several, it meets the lowest `order` first.
    pub(super) fn section_fault(&mut self, at: At, kind: FaultKind, order: u8) {
        if self.reader == Reader::Android && self.section == Section::Interface {
            // Android reads `[Interface]` last of all.
            self.fault(at, kind, Stage::Addresses);
        } else {
            self.stops.add_to_section(Fault { at, kind }, order);
        }
    }

    /// Something that is worth a word and stops nobody.
    pub(super) fn note(&mut self, at: At, kind: FaultKind) {
        self.notes.push(Fault { at, kind });
    }

    fn name_peer(&mut self, comment: &str) {
        let Some(peer) = self.conf.peers.last_mut() else {
            return;
        };
        if peer.name.is_none() {
            peer.name = name_in(comment);
        }
    }
}

/// How many lines look like the header of a peer.
fn headers(text: &str) -> usize {
    text.match_indices('[')
        .filter(|(at, _)| {
            let (before, behind) = text.split_at(*at);
            let first = before.trim_end_matches(|c| is_c_space(c) && c != '\n');
            let letter = behind.get(1..).unwrap_or("").trim_start_matches(is_c_space);
            (first.is_empty() || first.ends_with('\n')) && letter.starts_with(['p', 'P'])
        })
        .count()
}

/// The name in a comment: all of it, or what stands behind `Name =`. A key
/// that was commented out is no name.
fn name_in(comment: &str) -> Option<String> {
    let comment = comment.trim_start_matches('#').trim();
    let name = match comment.split_once('=') {
        None => comment,
        Some((key, value)) => {
            let key = key.trim();
            let known = ["name", "friendly_name"];
            if !known.iter().any(|known| key.eq_ignore_ascii_case(known)) {
                return None;
            }
            value.trim()
        }
    };
    (!name.is_empty()).then(|| name.to_owned())
}
