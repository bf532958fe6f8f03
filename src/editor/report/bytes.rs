//! Reports and walks as bytes, which pass between threads without a copy.
//!
//! Both ends are the same program, so there is no version to tell and nothing
//! to be lenient about: bytes that do not fit are `None`.

use zeroize::{Zeroize as _, Zeroizing};

use crate::plan::Family;
use crate::proof::{Tally, Target};

use super::walk::{Part, Said, Walk, Way};
use super::{FileLine, Mark, Report, Trouble, VERDICTS};
use crate::editor::proving::Quote;

/// Writes values one behind the other.
#[derive(Default)]
pub(in crate::editor) struct Writer(Zeroizing<Vec<u8>>);

/// Reads them in the same order.
pub(in crate::editor) struct Reader<'a>(&'a [u8]);

impl Writer {
    /// What was written. It may hold secrets, so it is wiped when dropped.
    pub(in crate::editor) fn into_secret_bytes(self) -> Zeroizing<Vec<u8>> {
        self.0
    }

    pub(in crate::editor) fn byte(&mut self, byte: u8) {
        self.bytes(&[byte]);
    }

    /// A count or a place. None is near the limit.
    pub(in crate::editor) fn number(&mut self, number: usize) {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.bytes(&number.to_le_bytes());
    }

    pub(in crate::editor) fn text(&mut self, text: &str) {
        self.number(text.len());
        self.bytes(text.as_bytes());
    }

    fn list<T>(&mut self, list: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.number(list.len());
        for one in list {
            each(self, one);
        }
    }

    /// A list that grows leaves its old place behind, so that is wiped, too.
    fn bytes(&mut self, bytes: &[u8]) {
        let needed = self.0.len() + bytes.len();
        if needed > self.0.capacity() {
            let mut larger = Vec::with_capacity(needed.next_power_of_two());
            larger.extend_from_slice(&self.0);
            self.0.zeroize();
            *self.0 = larger;
        }
        self.0.extend_from_slice(bytes);
    }

    fn family(&mut self, family: Family) {
        self.byte(u8::from(family == Family::V6));
    }

    fn target(&mut self, target: Target) {
        self.number(target.owner());
        match target {
            Target::Machine(_) => self.byte(0),
            Target::Lan(_, net) => {
                self.byte(1);
                self.text(&net.to_string());
            }
            Target::Internet(_, family) => {
                self.byte(2);
                self.family(family);
            }
        }
    }

    fn pair(&mut self, (from, target): (usize, usize)) {
        self.number(from);
        self.number(target);
    }

    fn place(&mut self, place: Option<&FileLine>) {
        self.text(place.map_or("", |place| &place.path));
        self.number(place.map_or(0, |place| place.line as usize));
    }

    pub(in crate::editor) fn report(&mut self, report: &Report) {
        self.list(&report.names, |to, name| to.text(name));
        self.list(&report.targets, |to, target| to.target(*target));
        let marks: Vec<u8> = report.marks.iter().map(|mark| mark.0).collect();
        self.number(marks.len());
        self.bytes(&marks);
        let tally = &report.tally;
        for number in [
            tally.pairs,
            tally.through,
            tally.dormant,
            tally.further,
            tally.further_through,
            report.untold,
            report.stand_ins,
        ] {
            self.number(number);
        }
        self.list(&tally.sleepers, |to, sleeper| to.number(*sleeper));
        self.list(&report.contradictions, |to, pair| to.pair(*pair));
        self.list(&report.troubles, |to, trouble| {
            to.number(trouble.machine);
            to.place(trouble.place.as_ref());
            to.text(&trouble.text);
            to.list(&trouble.pairs, |to, pair| to.pair(*pair));
        });
    }

    pub(in crate::editor) fn walk(&mut self, walk: &Walk) {
        self.number(walk.from);
        self.number(walk.target);
        self.list(&walk.ways, |to, way| {
            to.family(way.family);
            let verdict = VERDICTS.iter().position(|one| *one == way.verdict);
            to.number(verdict.unwrap_or_default());
            to.text(&way.why);
            to.list(&way.steps, |to, said| {
                to.number(said.machine);
                to.byte(said.part as u8);
                to.place(said.place.as_ref());
                to.text(&said.text);
                to.byte(u8::from(said.quote.is_some()));
                if let Some(quote) = &said.quote {
                    for part in [&quote.key, &quote.before, &quote.marked, &quote.after] {
                        to.text(part);
                    }
                }
            });
        });
    }
}

impl<'a> Reader<'a> {
    pub(in crate::editor) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(in crate::editor) fn byte(&mut self) -> Option<u8> {
        self.bytes(1)?.first().copied()
    }

    pub(in crate::editor) fn number(&mut self) -> Option<usize> {
        let bytes = self.bytes(4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }

    pub(in crate::editor) fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.bytes(length)?).ok()
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(first)
    }

    fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.number()?;
        (0..length).map(|_| each(self)).collect()
    }

    fn family(&mut self) -> Option<Family> {
        let six = self.byte()? != 0;
        Some(if six { Family::V6 } else { Family::V4 })
    }

    fn target(&mut self) -> Option<Target> {
        let owner = self.number()?;
        match self.byte()? {
            0 => Some(Target::Machine(owner)),
            1 => Some(Target::Lan(owner, self.text()?.parse().ok()?)),
            2 => Some(Target::Internet(owner, self.family()?)),
            _ => None,
        }
    }

    fn pair(&mut self) -> Option<(usize, usize)> {
        Some((self.number()?, self.number()?))
    }

    fn quote(&mut self) -> Option<Quote> {
        let mut part = || self.text().map(str::to_owned);
        Some(Quote {
            key: part()?,
            before: part()?,
            marked: part()?,
            after: part()?,
        })
    }

    /// A line, without a path where there is none.
    fn place(&mut self) -> Option<FileLine> {
        Some(FileLine {
            path: self.text()?.to_owned(),
            line: u32::try_from(self.number()?).ok()?,
        })
    }

    pub(in crate::editor) fn report(&mut self) -> Option<Report> {
        let names = self.list(|from| Some(from.text()?.to_owned()))?;
        let targets = self.list(Self::target)?;
        let marks = self.number()?;
        let marks = self.bytes(marks)?.iter().map(|byte| Mark(*byte)).collect();
        let mut tally = Tally {
            pairs: self.number()?,
            through: self.number()?,
            dormant: self.number()?,
            further: self.number()?,
            further_through: self.number()?,
            sleepers: Vec::new(),
        };
        let (untold, stand_ins) = (self.number()?, self.number()?);
        tally.sleepers = self.list(Self::number)?;
        let contradictions = self.list(Self::pair)?;
        let troubles = self.list(|from| {
            Some(Trouble {
                machine: from.number()?,
                place: Some(from.place()?).filter(FileLine::is_known),
                text: from.text()?.to_owned(),
                pairs: from.list(Self::pair)?,
            })
        })?;
        Some(Report {
            names,
            targets,
            marks,
            tally,
            troubles,
            untold,
            contradictions,
            stand_ins,
        })
    }

    pub(in crate::editor) fn walk(&mut self) -> Option<Walk> {
        Some(Walk {
            from: self.number()?,
            target: self.number()?,
            ways: self.list(|from| {
                Some(Way {
                    family: from.family()?,
                    verdict: *VERDICTS.get(from.number()?)?,
                    why: from.text()?.to_owned(),
                    steps: from.list(|from| {
                        Some(Said {
                            machine: from.number()?,
                            part: match from.byte()? {
                                0 => Part::Goes,
                                1 => Part::Arrives,
                                _ => Part::Stops,
                            },
                            place: Some(from.place()?).filter(FileLine::is_known),
                            text: from.text()?.to_owned(),
                            quote: match from.byte()? {
                                0 => None,
                                _ => Some(from.quote()?),
                            },
                        })
                    })?,
                })
            })?,
        })
    }
}
