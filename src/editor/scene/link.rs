//! Lines as they are drawn, with arrows, sockets, badges and words.

use crate::mesh::{Mesh, Pair, Verdict};
use crate::plan::{NodeId, PairKey, Point};

use super::super::area::Rect;
use super::port::Dir;
use super::stroke::Stroke;
use super::text::{sentence_of_pair, verdict_words};

/// The verdict that a line is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkVerdict {
    /// Solid.
    Direct,
    /// Thin.
    Lan,
    /// Double: both ends open the path at once.
    Open,
    /// Dashed, through a tray.
    Relayed,
    /// Dotted red with a cross.
    Impossible,
    /// Grey dots.
    Never,
}

impl LinkVerdict {
    /// All verdicts in the order of the legend.
    pub const ALL: [Self; 6] = [
        Self::Direct,
        Self::Lan,
        Self::Open,
        Self::Relayed,
        Self::Impossible,
        Self::Never,
    ];

    /// The verdict as a line.
    #[must_use]
    pub fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Lan => Self::Lan,
            Verdict::Direct => Self::Direct,
            Verdict::Open => Self::Open,
            Verdict::Relayed(_) => Self::Relayed,
            Verdict::Never => Self::Never,
            Verdict::Impossible => Self::Impossible,
        }
    }

    /// The letter on its badge.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Direct => "D",
            Self::Lan => "L",
            Self::Open => "S",
            Self::Relayed => "R",
            Self::Impossible => "\u{d7}",
            Self::Never => "\u{2013}",
        }
    }

    /// The word of the legend.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Lan => "over LAN",
            Self::Open => "simultaneous open",
            Self::Relayed => "relayed",
            Self::Impossible => "impossible",
            Self::Never => "none, by choice",
        }
    }
}

/// The head of an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Its tip.
    pub tip: Point,
    /// Where it points.
    pub to: Dir,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkShape {
    /// Names the line while its course changes.
    pub key: String,
    /// How it is drawn.
    pub verdict: LinkVerdict,
    /// The pairs that run over it, in the order in which clicks go through them.
    pub pairs: Vec<PairKey>,
    /// The machines at its ends and in its pairs.
    pub nodes: Vec<NodeId>,
    /// Its course as an SVG path.
    pub path: String,
    /// Its course as a line.
    pub stroke: Stroke,
    /// Heads at the ends that are dialled.
    pub arrows: Vec<Arrow>,
    /// Sockets at the ends that dial.
    pub sockets: Vec<Point>,
    /// The middle of its badge.
    pub badge: Point,
    /// The room that its badge takes.
    pub(super) badge_box: Rect,
    /// How many pairs its badge counts; 1 is not written.
    pub count: usize,
    /// Where its names stand while it is selected or pointed at.
    pub plate: Rect,
    /// Its names, such as "nas ↔ pi, via vps".
    pub title: String,
    /// What a screen reader says.
    pub label: String,
}

/// The names on a line's plate, and the sentence for a screen reader.
pub(super) fn words(mesh: &Mesh, pairs: &[&Pair]) -> (String, String) {
    let Some(first) = pairs.first() else {
        return (String::new(), String::new());
    };
    let names = |pair: &Pair| format!("{} \u{2194} {}", mesh.name(pair.a), mesh.name(pair.b));
    let verdict = verdict_words(mesh, &first.verdict);
    let verdict = verdict
        .strip_prefix("relayed ")
        .unwrap_or(&verdict)
        .to_owned();
    if pairs.len() == 1 {
        return (
            format!("{}, {verdict}", names(first)),
            sentence_of_pair(mesh, first),
        );
    }
    let list: Vec<String> = pairs.iter().map(|pair| names(pair)).collect();
    let (count, list) = (pairs.len(), list.join(", "));
    let (title, what) = if matches!(first.verdict, Verdict::Relayed(_)) {
        (
            format!("{count} pairs {verdict}"),
            format!("{count} relayed pairs {verdict}"),
        )
    } else {
        let words = format!("{count} pairs, {verdict}");
        (words.clone(), words)
    };
    let label = format!("{what}: {list}. Enter goes through them.");
    (title, label)
}
