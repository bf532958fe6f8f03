//! Spokes: machines whose only session is with their hub.

use crate::plan::{Plan, Relaying};

use super::check::{LeftOut, Order};
use super::link::Links;
use super::wish::Wishes;
use super::{HubRefusal, Note};

/// The hub of each machine that has one and a link with it.
#[derive(PartialEq)]
pub(super) struct Hubs {
    of: Vec<Option<usize>>,
    /// Which machines may relay for their own spokes.
    serves: Vec<bool>,
    /// Whether no machine has a hub, which is so in most meshes.
    none: bool,
}

/// How far it is known whether a machine has its hub.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unknown,
    Asked,
    Spoke,
    Free,
}

impl Hubs {
    /// Finds out which machines have their hub. A hub that is itself a spoke has
    /// no session with anybody but its own hub, so it serves nobody.
    pub(super) fn new(
        plan: &Plan,
        order: &Order<'_>,
        left_out: &[Option<LeftOut>],
        wishes: &Wishes,
        links: &Links,
        notes: &mut Vec<Note>,
    ) -> Self {
        let mut states = vec![State::Unknown; order.len()];
        for place in 0..order.len() {
            // Up the chain of hubs, and down again with the answer.
            let mut chain = Vec::new();
            let mut here = place;
            while states.get(here) == Some(&State::Unknown) {
                set(&mut states, here, State::Asked);
                chain.push(here);
                match wishes.hub(here).filter(|hub| *hub != here) {
                    Some(hub) if links.get(here, hub).is_some() => here = hub,
                    _ => break,
                }
            }
            while let Some(here) = chain.pop() {
                let hub = wishes.hub(here).filter(|hub| *hub != here);
                let linked = hub.filter(|hub| links.get(here, *hub).is_some());
                let taken = |hub: usize| {
                    // In a circle everybody is a spoke, and nobody a hub.
                    let bound = matches!(states.get(hub), Some(State::Spoke | State::Asked));
                    bound && wishes.hub(hub) != Some(here)
                };
                let in_circle = linked.is_some_and(|hub| states.get(hub) == Some(&State::Asked));
                let state = match linked {
                    Some(hub) if !taken(hub) || in_circle => State::Spoke,
                    _ => State::Free,
                };
                set(&mut states, here, state);
            }
        }
        let serves: Vec<bool> = order
            .iter()
            .map(|(_, node)| node.platform.can_forward() && node.relay != Relaying::No)
            .collect();
        let mut of = vec![None; order.len()];
        for (place, ((_, node), why)) in order.iter().zip(left_out).enumerate() {
            let Some(named) = node.hub.as_ref().filter(|_| why.is_none()) else {
                continue;
            };
            let is_spoke = states.get(place) == Some(&State::Spoke);
            let hub = wishes.hub(place);
            if is_spoke && let Some(slot) = of.get_mut(place) {
                *slot = hub;
            }
            let why = match hub {
                None if !plan.nodes.contains_key(named) => Some(HubRefusal::Gone),
                None => Some(HubRefusal::NoLink),
                Some(hub) if hub == place => Some(HubRefusal::Itself),
                Some(hub) if links.get(place, hub).is_none() => Some(HubRefusal::NoLink),
                Some(hub) if !is_spoke => Some(HubRefusal::IsSpoke(hub)),
                Some(hub)
                    if states.get(hub) == Some(&State::Spoke) && wishes.hub(hub) != Some(place) =>
                {
                    Some(HubRefusal::IsSpoke(hub))
                }
                Some(hub) if !serves.get(hub).copied().unwrap_or_default() => {
                    Some(HubRefusal::CannotRelay)
                }
                Some(_) => None,
            };
            if let Some(why) = why {
                notes.push(Note::RefusedHub {
                    node: place,
                    hub: named.clone(),
                    why,
                });
            }
        }
        let none = of.iter().all(Option::is_none);
        Self { of, serves, none }
    }

    /// The hub of a machine.
    pub(super) fn of(&self, place: usize) -> Option<usize> {
        self.of.get(place).copied().flatten()
    }

    /// The spoke and hub that keep two machines from a session with each other.
    pub(super) fn between(&self, a: usize, b: usize) -> Option<(usize, usize)> {
        if self.none {
            return None;
        }
        let held = |spoke: usize, other: usize| {
            let hub = self.of(spoke).filter(|hub| *hub != other)?;
            Some((spoke, hub))
        };
        held(a, b).or_else(|| held(b, a))
    }

    /// Whether a machine may relay because it is the hub of an end.
    pub(super) fn serves(&self, relay: usize, a: usize, b: usize) -> bool {
        let is_hub = self.of(a) == Some(relay) || self.of(b) == Some(relay);
        is_hub && self.serves.get(relay).copied().unwrap_or_default()
    }

    /// Whether any machine has a hub.
    pub(super) fn is_empty(&self) -> bool {
        self.none
    }
}

fn set(states: &mut [State], place: usize, to: State) {
    if let Some(state) = states.get_mut(place) {
        *state = to;
    }
}
