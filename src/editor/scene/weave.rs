//! Strands become courses: lines from card to card, and relayed pairs through
//! the trays on their way.

use crate::mesh::{Mesh, Pair, Subject};
use crate::plan::{NodeId, Point};

use super::course::{across_tray, between, bus, into_tray};
use super::detail::Detail;
use super::link::{Arrow, LinkVerdict};
use super::node::Card;
use super::port::Port;
use super::strand::{Strand, StrandKind};
use super::stroke::Stroke;

/// A line that still lacks its badge.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) key: String,
    pub(super) verdict: LinkVerdict,
    pub(super) stroke: Stroke,
    /// The pairs that run over it, by their place in the mesh.
    pub(super) pairs: Vec<usize>,
    pub(super) arrows: Vec<Arrow>,
    pub(super) sockets: Vec<Point>,
    /// Where its badge may be, in thousandths of its length, best first.
    pub(super) places: &'static [i32],
}

/// The line inside a tray that joins the legs of bundles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bus {
    /// The relay.
    pub relay: NodeId,
    /// An SVG path.
    pub path: String,
}

/// Around the middle.
const MIDDLE: &[i32] = &[
    500, 450, 550, 400, 600, 350, 650, 300, 700, 250, 750, 200, 800,
];
/// On the first leg of a path, else on the last.
const LEG: &[i32] = &[300, 270, 330, 240, 360, 210, 700, 730, 760, 180, 150];

/// Everything that lines are made from.
pub(super) struct Weave<'a> {
    pub(super) mesh: &'a Mesh,
    pub(super) cards: &'a [Option<Card>],
    pub(super) strands: &'a [Strand],
    pub(super) ports: &'a [[Option<Port>; 2]],
    pub(super) detail: Detail,
}

impl Weave<'_> {
    /// All lines. A relayed pair that shares its legs with no other is one line
    /// from end to end; so is the selected one, above the legs.
    pub(super) fn drafts(&self, selection: &Subject) -> (Vec<Draft>, Vec<Bus>) {
        let mut drafts = Vec::new();
        let mut whole = vec![false; self.strands.len()];
        for (index, strands) in self.legs_by_pair() {
            let Some(pair) = self.mesh.pairs.get(index) else {
                continue;
            };
            let legs = self.legs(pair, &strands);
            let carries_one = |leg: &usize| {
                self.strands
                    .get(*leg)
                    .is_some_and(|strand| strand.pairs.len() == 1)
            };
            let alone = legs.iter().all(|(leg, _)| carries_one(leg));
            let selected = self
                .mesh
                .key_of(pair)
                .is_some_and(|key| *selection == Subject::Pair(key));
            if !legs.is_empty() && (alone || selected) {
                drafts.extend(self.relayed(index, pair, &legs));
                for (leg, _) in legs.iter().filter(|_| alone) {
                    if let Some(done) = whole.get_mut(*leg) {
                        *done = true;
                    }
                }
            }
        }
        let parts: Vec<(usize, &Strand)> = self
            .strands
            .iter()
            .enumerate()
            .filter(|(index, _)| whole.get(*index) == Some(&false))
            .collect();
        drafts.extend(
            parts
                .iter()
                .filter_map(|(index, strand)| self.strand(*index, strand)),
        );
        crate::sorting::sort_by(&mut drafts, |a, b| {
            (a.verdict, &a.key).cmp(&(b.verdict, &b.key))
        });
        (drafts, self.buses(&parts))
    }

    /// What joins the legs of bundles inside the trays.
    fn buses(&self, parts: &[(usize, &Strand)]) -> Vec<Bus> {
        let mut buses = Vec::new();
        for (place, card) in self.cards.iter().enumerate() {
            let Some(card) = card.filter(|card| card.tray.is_some()) else {
                continue;
            };
            let touches: Vec<Point> = parts
                .iter()
                .filter_map(|(index, strand)| {
                    let (one, other) = self.ports_of(*index)?;
                    let [from, to] = &strand.ends;
                    let ends = [(from, one), (to, other)].into_iter();
                    ends.filter(|(end, _)| end.tray && end.node == place)
                        .map(|(_, port)| port.touch())
                        .next()
                })
                .collect();
            if let (Some(path), Some(id)) = (bus(card, &touches, self.detail), self.id(place)) {
                buses.push(Bus {
                    relay: id.clone(),
                    path,
                });
            }
        }
        buses
    }

    /// The strands that carry each relayed pair, in the order of pairs. Most
    /// pairs of a crowded plan are carried by none.
    fn legs_by_pair(&self) -> Vec<(usize, Vec<usize>)> {
        let mut carried: Vec<(usize, usize)> = Vec::new();
        for (place, strand) in self.strands.iter().enumerate() {
            let [one, _] = &strand.ends;
            if strand.kind == StrandKind::Leg && !one.from_gate {
                carried.extend(strand.pairs.iter().map(|pair| (*pair, place)));
            }
        }
        crate::sorting::sort(&mut carried);
        carried
            .chunk_by(|(one, _), (other, _)| one == other)
            .filter_map(|chunk| {
                let (pair, _) = chunk.first()?;
                Some((*pair, chunk.iter().map(|(_, place)| *place).collect()))
            })
            .collect()
    }

    /// Those of the strands that lead from `a` to `b`, each with whether it is
    /// walked backwards.
    fn legs(&self, pair: &Pair, strands: &[usize]) -> Vec<(usize, bool)> {
        let via = pair.verdict.via();
        let stops: Vec<usize> = std::iter::once(pair.a)
            .chain(via.iter().copied())
            .chain([pair.b])
            .collect();
        let mut legs = Vec::new();
        for (from, to) in stops.iter().zip(stops.iter().skip(1)) {
            let found = strands.iter().find_map(|place| {
                let [one, other] = &self.strands.get(*place)?.ends;
                let ahead = one.node == *from && other.node == *to;
                let back = one.node == *to && other.node == *from;
                (ahead || back).then_some((*place, back))
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
    fn relayed(&self, index: usize, pair: &Pair, legs: &[(usize, bool)]) -> Option<Draft> {
        let mut course: Option<Stroke> = None;
        for (place, (leg, back)) in legs.iter().enumerate() {
            let (one, other) = self.ports_of(*leg)?;
            let (from, to) = if *back { (other, one) } else { (one, other) };
            let leg = between(from, to, self.detail);
            course = Some(match course {
                None => leg,
                Some(mut before) => {
                    let relay = *pair.verdict.via().get(place.checked_sub(1)?)?;
                    across_tray(&mut before, self.card(relay)?, leg.start(), self.detail);
                    before.append(&leg);
                    before
                }
            });
        }
        let stroke = course?;
        Some(Draft {
            key: format!("pair {} {}", self.id(pair.a)?, self.id(pair.b)?),
            verdict: LinkVerdict::Relayed,
            pairs: vec![index],
            arrows: Vec::new(),
            sockets: vec![stroke.start(), stroke.end()],
            stroke,
            places: LEG,
        })
    }

    fn strand(&self, index: usize, strand: &Strand) -> Option<Draft> {
        let (one, other) = self.ports_of(index)?;
        let [from, to] = &strand.ends;
        let (mut arrows, mut sockets) = (Vec::new(), Vec::new());
        let mut stroke = between(one, other, self.detail);
        match strand.kind {
            StrandKind::Leg => {
                sockets.extend((!from.tray && !from.from_gate).then(|| one.touch()));
                if let Some(relay) = self.card(to.node).filter(|_| to.tray) {
                    into_tray(&mut stroke, relay, self.detail);
                }
            }
            StrandKind::Direct | StrandKind::Lan | StrandKind::Open => {
                // At a gate a line stands for several machines, and shows neither.
                let ends = [(from, one), (to, other)].into_iter();
                for (end, port) in ends.filter(|(end, _)| !end.from_gate) {
                    if end.dialled {
                        arrows.push(Arrow {
                            tip: port.touch(),
                            to: port.edge.opposite(),
                        });
                    } else if strand.kind == StrandKind::Direct {
                        sockets.push(port.touch());
                    }
                }
            }
            StrandKind::Impossible | StrandKind::Never => {}
        }
        let bundled = strand.kind != StrandKind::Leg && strand.pairs.len() > 1;
        let (word, verdict) = match strand.kind {
            StrandKind::Leg => ("leg", LinkVerdict::Relayed),
            StrandKind::Direct => ("pair", LinkVerdict::Direct),
            StrandKind::Lan => ("pair", LinkVerdict::Lan),
            StrandKind::Open => ("pair", LinkVerdict::Open),
            StrandKind::Impossible => ("pair", LinkVerdict::Impossible),
            StrandKind::Never => ("pair", LinkVerdict::Never),
        };
        let word = if bundled { "bundle" } else { word };
        Some(Draft {
            key: format!("{word} {} {}", self.id(from.node)?, self.id(to.node)?),
            verdict,
            stroke,
            pairs: strand.pairs.clone(),
            arrows,
            sockets,
            places: MIDDLE,
        })
    }

    fn id(&self, place: usize) -> Option<&NodeId> {
        self.mesh.nodes.get(place).map(|node| &node.id)
    }
}
