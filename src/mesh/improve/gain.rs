//! What a change does to the pairs.

use crate::plan::Plan;

use super::super::{Mesh, Pair, Subject, Verdict, connect};
use super::{Candidate, trial};

/// What a change does to the pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gain {
    /// Pairs that get through and did not before.
    pub(super) possible: usize,
    /// Pairs that talk directly and needed a relay before.
    pub(super) direct: usize,
    /// Of the pairs that become possible, those that need no relay.
    pub(super) without_relay: usize,
    /// The same for what was asked about, so that it counts first.
    asked_possible: usize,
    asked_direct: usize,
}

impl Gain {
    /// What a larger gain has more of, the weightiest first.
    pub(super) fn rank(&self) -> [usize; 4] {
        [
            self.asked_possible,
            self.asked_direct,
            self.possible,
            self.direct,
        ]
    }

    /// What happens, such as `6 relayed pairs become direct`.
    pub(super) fn words(&self) -> String {
        let possible = match self.possible {
            0 => None,
            1 => Some("1 pair becomes possible".to_owned()),
            many => Some(format!("{many} pairs become possible")),
        };
        let direct = match self.direct {
            0 => None,
            1 => Some("1 relayed pair becomes direct".to_owned()),
            many => Some(format!("{many} relayed pairs become direct")),
        };
        match (possible, direct) {
            (Some(possible), Some(direct)) => format!("{possible}, {direct}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => "nothing changes".to_owned(),
        }
    }
}

/// What a change does; `None` if it helps nobody, or takes from one pair what
/// it gives to another.
pub(super) fn gain(
    plan: &Plan,
    mesh: &Mesh,
    scope: &Subject,
    candidate: &Candidate,
) -> Option<Gain> {
    let after = connect(&trial::plan_with(plan, candidate));
    let places = places_after(mesh, &after);
    let mut gain = Gain::default();
    for pair in mesh.pairs.iter() {
        let (Some(Some(a)), Some(Some(b))) = (places.get(pair.a), places.get(pair.b)) else {
            return None;
        };
        let verdict = &after.pair(*a, *b)?.verdict;
        let (was, is) = (grade(&pair.verdict), grade(verdict));
        if is == was {
            continue;
        }
        if is < was {
            return None;
        }
        let asked = usize::from(is_asked(plan, mesh, scope, pair));
        if was == Grade::None {
            gain.possible += 1;
            gain.asked_possible += asked;
            gain.without_relay += usize::from(is == Grade::Link);
        } else {
            gain.direct += 1;
            gain.asked_direct += asked;
        }
    }
    let helps = match scope {
        Subject::Plan => gain.possible + gain.direct > 0,
        _ => gain.asked_possible + gain.asked_direct > 0,
    };
    helps.then_some(gain)
}

/// How well a pair gets through.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    None,
    Relayed,
    Link,
}

fn grade(verdict: &Verdict) -> Grade {
    if verdict.is_link() {
        Grade::Link
    } else if verdict.connects() {
        Grade::Relayed
    } else {
        Grade::None
    }
}

/// Where each machine stands afterwards. Both lists are sorted by name, so one
/// walk along both finds all.
fn places_after(before: &Mesh, after: &Mesh) -> Vec<Option<usize>> {
    let mut next = 0;
    before
        .nodes
        .iter()
        .map(|node| {
            let rest = after.nodes.get(next..)?;
            let place = next + rest.iter().position(|other| other.id == node.id)?;
            next = place + 1;
            Some(place)
        })
        .collect()
}

/// Whether a pair belongs to what was asked about.
pub(super) fn is_asked(plan: &Plan, mesh: &Mesh, scope: &Subject, pair: &Pair) -> bool {
    let ends = || {
        [pair.a, pair.b]
            .into_iter()
            .filter_map(|end| mesh.nodes.get(end))
    };
    match scope {
        Subject::Plan => true,
        Subject::Node(id) => ends().any(|node| node.id == *id),
        Subject::Site(id) => ends().any(|node| {
            let place = plan.nodes.get(&node.id).map(|node| &node.place);
            matches!(place, Some(crate::plan::Place::Site { site, .. }) if site == id)
        }),
        Subject::Pair(key) => mesh.key_of(pair).as_ref() == Some(key),
    }
}
