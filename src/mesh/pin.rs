//! Relays that a person chose for pairs.

use crate::plan::{NodeId, PairChoice};

use super::ground::Ground;
use super::route::Routes;
use super::{Note, PinRefusal};

/// A choice of a relay for a pair.
pub(super) struct Pin {
    pub(super) ends: (usize, usize),
    pub(super) relay: usize,
}

/// The choices that can be followed as far as a look at each alone can tell.
pub(super) fn pins(ground: &Ground, notes: &mut Vec<Note>) -> Vec<Pin> {
    let mut pins = Vec::new();
    for ((a, b), choice) in ground.wishes.choices() {
        let PairChoice::Via(relay) = choice else {
            continue;
        };
        if !ground.takes_part(a) || !ground.takes_part(b) {
            continue;
        }
        match usable(ground, (a, b), relay) {
            Ok(relay) => pins.push(Pin {
                ends: (a, b),
                relay,
            }),
            Err(why) => notes.push(refused((a, b), relay, why)),
        }
    }
    pins
}

fn usable(ground: &Ground, (a, b): (usize, usize), relay: &NodeId) -> Result<usize, PinRefusal> {
    let place = ground.ids.iter().position(|id| id == relay);
    let place = place.ok_or(PinRefusal::Gone)?;
    if place == a || place == b {
        return Err(PinRefusal::IsEnd);
    }
    let asked = ground.ends.get(place);
    let willing = ground.relays.rank(place).is_some()
        || ground.hubs.serves(place, a, b)
        || asked.is_some_and(|end| end.relays_if_asked);
    if !ground.takes_part(place) || !willing {
        return Err(PinRefusal::Unwilling);
    }
    if ground.relays.is_shut(place, (a, b)) || ground.relays.is_shut(place, (b, a)) {
        return Err(PinRefusal::InLan);
    }
    let held = |spoke: usize| ground.hubs.of(spoke).filter(|hub| *hub != place);
    if let Some(hub) = held(a).or_else(|| held(b)) {
        return Err(PinRefusal::OnlyThrough(hub));
    }
    Ok(place)
}

/// Connects all machines and follows the choices. One over two links is free.
/// Any other is followed if the whole still keeps the law; where one is refused
/// all begins anew without it.
pub(super) fn follow(
    ground: &Ground,
    mut pins: Vec<Pin>,
    notes: &mut Vec<Note>,
) -> (Routes, Vec<Pin>) {
    loop {
        let held = |a: usize, b: usize| {
            let key = (a.min(b), a.max(b));
            pins.binary_search_by(|pin| pin.ends.cmp(&key)).is_ok()
        };
        let wanted = |a: usize, b: usize| ground.wanted(a, b, held(a, b));
        let is_free = |pin: &&Pin| {
            let leg = |end: usize| !held(pin.relay, end) && ground.linked(pin.relay, end);
            leg(pin.ends.0) && leg(pin.ends.1)
        };
        let free: Vec<_> = pins
            .iter()
            .filter(is_free)
            .map(|pin| (pin.ends, pin.relay))
            .collect();
        let mut routes = Routes::new(ground.ids.len(), ground, &wanted, &free);
        let mut open: Vec<&Pin> = pins.iter().filter(|pin| !is_free(pin)).collect();
        let mut refused_pins = Vec::new();
        loop {
            let before = open.len();
            refused_pins.clear();
            open.retain(|pin| match routes.join(ground, pin.ends, pin.relay) {
                Ok(()) => false,
                Err(conflict) => {
                    refused_pins.push((pin.ends, conflict));
                    true
                }
            });
            if open.len() == before {
                break;
            }
            routes.over_more(ground, &wanted);
        }
        if refused_pins.is_empty() {
            return (routes, pins);
        }
        for (ends, conflict) in &refused_pins {
            let why = conflict.map_or(PinRefusal::NoPath, |(a, b)| {
                PinRefusal::Conflict(a.min(b), a.max(b))
            });
            if let Some(PairChoice::Via(relay)) = ground.wishes.choice(ends.0, ends.1) {
                notes.push(refused(*ends, relay, why));
            }
        }
        pins.retain(|pin| !refused_pins.iter().any(|(ends, _)| *ends == pin.ends));
    }
}

fn refused((a, b): (usize, usize), relay: &NodeId, why: PinRefusal) -> Note {
    Note::RefusedPin {
        a,
        b,
        relay: relay.clone(),
        why,
    }
}
