//! A crowded plan while something is dragged: only what moves is drawn anew.
//!
//! The links of what moves are straight lines until it is dropped. Hundreds of
//! curves around every card in their way would come too late for the hand.

use std::rc::Rc;

use crate::mesh::{Mesh, Subject, Verdict};
use crate::plan::{NodeId, Plan, Point};

use super::link::LinkVerdict;
use super::node::{Card, node_shape};
use super::rest::{Ground, Rest, line};
use super::site::{frame, site_shape};
use super::tally::Tally;
use super::{Scene, cards};

impl Scene {
    /// The scene with some machines moved. It was made from the same plan, but
    /// for what moves, and from the same mesh and focus.
    #[must_use]
    pub fn moved(&self, plan: &Plan, mesh: &Mesh, focus: &Subject, moving: &[NodeId]) -> Self {
        let detail = self.detail;
        let cards = cards(plan, mesh, detail);
        // As many lanes pass each gate as before.
        let lanes = self.sites.iter().map(|site| site.gate.lanes);
        let frames: Vec<_> = plan
            .sites
            .iter()
            .zip(lanes)
            .map(|((id, site), lanes)| frame(plan, id, site, lanes, detail))
            .collect();
        let sites = plan.sites.values().zip(&frames).zip(&self.sites);
        let sites = sites
            .map(|((site, frame), before)| {
                let shape = site_shape(plan, site, frame, detail);
                if shape == **before {
                    Rc::clone(before)
                } else {
                    Rc::new(shape)
                }
            })
            .collect();
        let places: Vec<usize> = (0..mesh.nodes.len())
            .filter(|place| {
                let node = mesh.nodes.get(*place);
                node.is_some_and(|node| moving.contains(&node.id))
            })
            .collect();
        let tally = Tally::of(mesh);
        let nodes = self
            .nodes
            .iter()
            .map(|before| {
                let place = places.iter().copied().find(|place| {
                    let node = mesh.nodes.get(*place);
                    node.is_some_and(|node| node.id == before.id)
                });
                let shape = place.and_then(|place| {
                    let card = cards.get(place)?.as_ref()?;
                    node_shape(plan, mesh, place, card, tally.node(place), focus, detail)
                });
                shape.map_or_else(|| Rc::clone(before), Rc::new)
            })
            .collect();
        let ground = Ground {
            cards: &cards,
            frames: &frames,
        };
        Self {
            detail,
            sites,
            nodes,
            links: Vec::new(),
            fans: fans(mesh, ground, &places),
            buses: Vec::new(),
            rest: Rest::without(mesh, &ground, &places, &self.rest),
            bounds: self.bounds,
            counts: self.counts.clone(),
        }
    }
}

/// Straight lines from what moves to all that it is linked with, by verdict.
fn fans(mesh: &Mesh, ground: Ground<'_>, moving: &[usize]) -> Vec<(LinkVerdict, String)> {
    let card = |place: usize| ground.cards.get(place).copied().flatten();
    let mut ends: Vec<(LinkVerdict, usize, Point)> = Vec::new();
    for from in moving {
        let Some(start) = card(*from) else { continue };
        for other in 0..mesh.nodes.len() {
            // A line between two that move is drawn once.
            if other < *from && moving.contains(&other) {
                continue;
            }
            let Some(pair) = mesh.pair(*from, other) else {
                continue;
            };
            let to = match &pair.verdict {
                Verdict::Relayed(via) if pair.a == *from => via.first().copied(),
                Verdict::Relayed(via) => via.last().copied(),
                Verdict::Never => None,
                _ => Some(other),
            };
            let Some(end) = to.and_then(card) else {
                continue;
            };
            ends.push((
                LinkVerdict::of(&pair.verdict),
                *from,
                arrival(ground, start, end),
            ));
        }
    }
    let key = |(verdict, from, to): &(LinkVerdict, usize, Point)| (*verdict, *from, to.x, to.y);
    crate::sorting::sort_by_key(&mut ends, key);
    ends.dedup();
    let fan = |verdict: LinkVerdict| {
        let mut path = String::new();
        for (_, from, to) in ends.iter().filter(|(of, ..)| *of == verdict) {
            if let Some(start) = card(*from) {
                line(&mut path, start.rect.center(), *to);
            }
        }
        (verdict, path)
    };
    let all = LinkVerdict::ALL.into_iter().map(fan);
    all.filter(|(_, path)| !path.is_empty()).collect()
}

/// Where a line ends: at the card, or at the gate of another site.
fn arrival(ground: Ground<'_>, start: Card, end: Card) -> Point {
    let gate = end
        .site
        .filter(|_| end.site != start.site)
        .and_then(|site| ground.frames.get(site));
    gate.map_or_else(|| end.rect.center(), |frame| frame.gate.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::scene::Detail;
    use crate::editor::{dragged_node, example};
    use crate::mesh::solve;
    use crate::plan::Place;

    /// A crowd around the example, some of it at its sites.
    fn crowd() -> Plan {
        let mut plan = example();
        for index in 0..40_u8 {
            let like = ["vps", "pi", "nas"][usize::from(index % 3)];
            let mut node = plan.nodes[&NodeId::new(like)].clone();
            node.name = format!("m{index}").parse().unwrap();
            node.position.x += 240 * i32::from(index % 7);
            node.position.y += 120 * i32::from(1 + index / 7);
            match &mut node.place {
                Place::Internet(public) => public.ipv4 = Some([203, 0, 113, 10 + index].into()),
                Place::Site { lan_address, .. } => *lan_address = None,
                Place::Roams => {}
            }
            node.addresses.v4 = Some([10, 10, 0, 10 + index].into());
            node.shares.clear();
            plan.nodes.insert(NodeId::new(&format!("m{index}")), node);
        }
        plan
    }

    #[test]
    fn what_moves_is_drawn_as_if_all_were_drawn_anew() {
        let plan = crowd();
        let mesh = solve(&plan);
        let mut random = 5_u32;
        let mut next = || {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            random >> 8
        };
        for detail in [Detail::FULL, Detail::fitting(&plan, 30, false)] {
            for id in plan.nodes.keys() {
                let focus = Subject::Node(id.clone());
                let resting = Scene::of(&plan, &mesh, &focus, detail);
                let moving = std::slice::from_ref(id);
                let mut last = resting.clone();
                for _ in 0..6 {
                    let was = plan.nodes[id].position;
                    let far = |random: u32| i32::try_from(random % 60).unwrap() - 30;
                    let at = Point {
                        x: was.x + far(next()),
                        y: was.y + far(next()),
                    };
                    let drawn = dragged_node(&plan, id, at);
                    if drawn.nodes[id].place != plan.nodes[id].place {
                        continue;
                    }
                    let anew = Scene::of(&drawn, &mesh, &focus, detail);
                    let rest = &last.rest;
                    let moved = last.moved(&drawn, &mesh, &focus, moving);
                    assert_eq!(moved.nodes, anew.nodes, "{id} at {at:?}");
                    assert_eq!(moved.sites, anew.sites, "{id} at {at:?}");
                    // From wherever it came, it is drawn the same.
                    assert_eq!(moved, resting.moved(&drawn, &mesh, &focus, moving));
                    if last.links.is_empty() {
                        assert!(Rc::ptr_eq(rest, &moved.rest), "{id} moves the rest");
                    }
                    last = moved;
                }
            }
        }
    }

    #[test]
    fn a_drag_shows_each_link_of_what_moves_once() {
        let plan = crowd();
        let mesh = solve(&plan);
        let id = NodeId::new("vps");
        let focus = Subject::Node(id.clone());
        let scene = Scene::of(&plan, &mesh, &focus, Detail::FULL);
        let moved = scene.moved(&plan, &mesh, &focus, std::slice::from_ref(&id));
        // The servers, and one line to each of the two gates.
        let servers = mesh.nodes.iter().filter(|node| node.site.is_none()).count();
        let [(LinkVerdict::Direct, path)] = moved.fans.as_slice() else {
            panic!("{:?}", moved.fans);
        };
        assert_eq!(path.matches('M').count(), servers - 1 + 2);
        assert!(!moved.rest.path().contains(path.split('L').next().unwrap()));
    }
}
