//! Lines as they are drawn, with arrows, sockets, badges and words.

use crate::mesh::{Mesh, Pair, Subject, Verdict};
use crate::plan::{NodeId, PairKey, Point};

use super::super::area::Rect;
use super::course::{across_tray, between, into_tray};
use super::detail::Detail;
use super::node::Card;
use super::port::{Dir, Port};
use super::strand::{Strand, StrandKind};
use super::stroke::Stroke;
use super::text::{sentence_of_pair, verdict_words};

/// The verdict that a line is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkVerdict {
    /// Solid.
    Direct,
    /// Thin.
    Lan,
    /// Dashed, through a tray.
    Relayed,
    /// Dotted red with a cross.
    Impossible,
    /// Grey dots.
    Never,
}

impl LinkVerdict {
    /// All verdicts in the order of the legend.
    pub const ALL: [Self; 5] = [
        Self::Direct,
        Self::Lan,
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
    /// How many pairs its badge counts; 1 is not written.
    pub count: usize,
    /// Where its names stand while it is selected or pointed at.
    pub plate: Rect,
    /// Its names, such as "nas ↔ pi, via vps".
    pub title: String,
    /// What a screen reader says.
    pub label: String,
}

/// Everything that lines are made from.
pub(super) struct Links<'a> {
    pub(super) mesh: &'a Mesh,
    pub(super) cards: &'a [Option<Card>],
    pub(super) strands: &'a [Strand],
    pub(super) ports: &'a [[Option<Port>; 2]],
    pub(super) detail: Detail,
    /// What badges and plates keep clear of.
    pub(super) obstacles: Vec<Rect>,
}

impl Links<'_> {
    /// All lines. A relayed pair that shares its legs with no other is one line
    /// from end to end; so is the selected one, above the legs.
    pub(super) fn shapes(mut self, selection: &Subject) -> Vec<LinkShape> {
        let mut shapes = Vec::new();
        let mut whole = vec![false; self.strands.len()];
        for (index, pair) in self.mesh.pairs.iter().enumerate() {
            let legs = self.legs(index, pair);
            let alone = legs.iter().all(|(leg, _)| {
                self.strands
                    .get(*leg)
                    .is_some_and(|strand| strand.pairs.len() == 1)
            });
            let selected = self
                .mesh
                .key_of(pair)
                .is_some_and(|key| *selection == Subject::Pair(key));
            if !legs.is_empty() && (alone || selected) {
                shapes.extend(self.relayed(index, pair, &legs));
                for (leg, _) in legs.iter().filter(|_| alone) {
                    if let Some(done) = whole.get_mut(*leg) {
                        *done = true;
                    }
                }
            }
        }
        for (index, strand) in self.strands.iter().enumerate() {
            if whole.get(index) == Some(&false) {
                shapes.extend(self.strand(index, strand));
            }
        }
        crate::sorting::sort_by(&mut shapes, |a, b| {
            (a.verdict, &a.key).cmp(&(b.verdict, &b.key))
        });
        shapes
    }

    /// The strands of a relayed pair from `a` to `b`, each with whether it is
    /// walked backwards.
    fn legs(&self, index: usize, pair: &Pair) -> Vec<(usize, bool)> {
        let via = pair.verdict.via();
        let stops: Vec<usize> = std::iter::once(pair.a)
            .chain(via.iter().copied())
            .chain([pair.b])
            .collect();
        let mut legs = Vec::new();
        for (from, to) in stops
            .iter()
            .zip(stops.iter().skip(1))
            .filter(|_| !via.is_empty())
        {
            let found = self.strands.iter().enumerate().find_map(|(place, strand)| {
                let [one, other] = &strand.ends;
                let ahead = one.node == *from && other.node == *to;
                let back = one.node == *to && other.node == *from;
                let leg = strand.kind == StrandKind::Leg
                    && strand.pairs.contains(&index)
                    && (ahead || back);
                leg.then_some((place, back))
            });
            match found {
                Some(leg) => legs.push(leg),
                None => return Vec::new(),
            }
        }
        legs
    }

    fn ports_of(&self, strand: usize) -> Option<(&Port, &Port)> {
        match self.ports.get(strand)? {
            [Some(one), Some(other)] => Some((one, other)),
            _ => None,
        }
    }

    fn card(&self, node: usize) -> Option<Card> {
        self.cards.get(node).copied().flatten()
    }

    /// A relayed pair from end to end, through every tray on its way.
    fn relayed(&mut self, index: usize, pair: &Pair, legs: &[(usize, bool)]) -> Option<LinkShape> {
        let mut course: Option<Stroke> = None;
        let mut sockets = Vec::new();
        for ((leg, back), relay) in legs
            .iter()
            .zip(pair.verdict.via().iter().map(Some).chain([None]))
        {
            let (one, other) = self.ports_of(*leg)?;
            let (from, to) = if *back { (other, one) } else { (one, other) };
            let stroke = between(from, to, self.detail);
            let mut so_far = match course.take() {
                None => {
                    sockets.push(from.touch());
                    stroke
                }
                Some(mut before) => {
                    let (_, through) = self.through(pair, legs, *leg)?;
                    across_tray(&mut before, through, stroke.start(), self.detail);
                    before.append(&stroke);
                    before
                }
            };
            if relay.is_none() {
                sockets.push(so_far.end());
            }
            course = Some(std::mem::replace(
                &mut so_far,
                Stroke::from(Point::default()),
            ));
        }
        let key = format!("pair {} {}", self.id(pair.a)?, self.id(pair.b)?);
        self.finish(
            key,
            LinkVerdict::Relayed,
            course?,
            &[index],
            Vec::new(),
            sockets,
            &[300, 270, 330, 240, 360, 210, 700, 730, 760, 180, 150],
        )
    }

    /// The relay that a path crosses before one of its legs.
    fn through(&self, pair: &Pair, legs: &[(usize, bool)], leg: usize) -> Option<(usize, Card)> {
        let place = legs.iter().position(|(index, _)| *index == leg)?;
        let relay = *pair.verdict.via().get(place.checked_sub(1)?)?;
        Some((relay, self.card(relay)?))
    }

    fn strand(&mut self, index: usize, strand: &Strand) -> Option<LinkShape> {
        let (one, other) = self.ports_of(index)?;
        let [from, to] = &strand.ends;
        let (mut arrows, mut sockets) = (Vec::new(), Vec::new());
        let mut course = between(one, other, self.detail);
        let verdict = match strand.kind {
            StrandKind::Leg => {
                sockets.push(one.touch());
                LinkVerdict::Relayed
            }
            StrandKind::Direct | StrandKind::Lan => {
                for (end, port) in [(from, one), (to, other)] {
                    if end.dialled {
                        arrows.push(Arrow {
                            tip: port.touch(),
                            to: opposite(port.edge),
                        });
                    } else if strand.kind == StrandKind::Direct {
                        sockets.push(port.touch());
                    }
                }
                if strand.kind == StrandKind::Lan {
                    LinkVerdict::Lan
                } else {
                    LinkVerdict::Direct
                }
            }
            StrandKind::Impossible => LinkVerdict::Impossible,
            StrandKind::Never => LinkVerdict::Never,
        };
        if let (StrandKind::Leg, Some(relay)) = (strand.kind, self.card(to.node)) {
            into_tray(&mut course, relay, self.detail);
        }
        let word = if strand.kind == StrandKind::Leg {
            "leg"
        } else {
            "pair"
        };
        let key = format!("{word} {} {}", self.id(from.node)?, self.id(to.node)?);
        self.finish(
            key,
            verdict,
            course,
            &strand.pairs,
            arrows,
            sockets,
            &[500, 450, 550, 400, 600, 350, 650, 300, 700],
        )
    }

    #[allow(clippy::too_many_arguments)]
    fn finish(
        &mut self,
        key: String,
        verdict: LinkVerdict,
        stroke: Stroke,
        pairs: &[usize],
        arrows: Vec<Arrow>,
        sockets: Vec<Point>,
        places: &[i32],
    ) -> Option<LinkShape> {
        let mesh = self.mesh;
        let found: Vec<&Pair> = pairs
            .iter()
            .filter_map(|index| mesh.pairs.get(*index))
            .collect();
        let mut nodes: Vec<NodeId> = found
            .iter()
            .flat_map(|pair| [pair.a, pair.b])
            .filter_map(|place| mesh.nodes.get(place).map(|node| node.id.clone()))
            .collect();
        crate::sorting::sort(&mut nodes);
        nodes.dedup();
        let (title, label) = words(mesh, &found);
        let letters = i32::try_from(title.chars().count()).ok()?;
        let plate = self.clear_spot(
            &stroke,
            places,
            self.detail.px(46 + letters * 7),
            self.detail.px(30),
        );
        let width = if found.len() > 1 { 44 } else { 22 };
        let spot = self.clear_spot(&stroke, places, self.detail.px(width), self.detail.px(22));
        self.obstacles.push(spot);
        Some(LinkShape {
            key,
            verdict,
            pairs: found.iter().filter_map(|pair| mesh.key_of(pair)).collect(),
            nodes,
            path: stroke.data(),
            stroke,
            arrows,
            sockets,
            badge: spot.center(),
            count: found.len(),
            plate,
            title,
            label,
        })
    }

    /// The first place along a line where a box of this size covers nothing.
    fn clear_spot(&self, stroke: &Stroke, places: &[i32], width: i32, height: i32) -> Rect {
        let spot = |thousandths: &i32| {
            let at = stroke.at(*thousandths);
            Rect {
                x: at.x - width / 2,
                y: at.y - height / 2,
                width,
                height,
            }
        };
        let clear = |rect: &Rect| self.obstacles.iter().all(|other| !other.overlaps(*rect));
        let first = places.first().map_or_else(|| spot(&500), spot);
        places.iter().map(spot).find(clear).unwrap_or(first)
    }

    fn id(&self, place: usize) -> Option<&NodeId> {
        self.mesh.nodes.get(place).map(|node| &node.id)
    }
}

fn opposite(dir: Dir) -> Dir {
    match dir {
        Dir::Up => Dir::Down,
        Dir::Down => Dir::Up,
        Dir::Left => Dir::Right,
        Dir::Right => Dir::Left,
    }
}

/// The names on a line's plate, and the sentence for a screen reader.
fn words(mesh: &Mesh, pairs: &[&Pair]) -> (String, String) {
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
    let title = format!("{} pairs {verdict}", pairs.len());
    let label = format!(
        "{} relayed pairs {verdict}: {}. Enter goes through them.",
        pairs.len(),
        list.join(", ")
    );
    (title, label)
}
