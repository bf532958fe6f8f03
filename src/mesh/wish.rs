//! What a person decided about pairs, by the places of machines: choices, groups
//! and hubs.

use litemap::LiteMap;

use crate::plan::{Label, NodeId, PairChoice, Plan, Talk};

use super::check::Order;

/// Decisions about pairs.
#[derive(PartialEq)]
pub(super) struct Wishes {
    /// Choices for pairs `(a, b)` with `a < b`.
    choices: LiteMap<(usize, usize), PairChoice>,
    /// Which machines are in some choice.
    chosen: Vec<bool>,
    /// The kind of each machine by its groups.
    kind: Vec<usize>,
    /// Whether machines of two kinds talk.
    talks: Vec<Vec<bool>>,
    /// The machine that each names as its hub, if that exists.
    hubs: Vec<Option<usize>>,
    /// The machine that each wants to use as its exit, if that exists.
    exits: Vec<Option<usize>>,
}

impl Wishes {
    /// Reads the decisions of a plan.
    pub(super) fn new(plan: &Plan, order: &Order<'_>) -> Self {
        let places = order.iter().enumerate();
        let places: Vec<(&NodeId, usize)> = places.map(|(place, (id, _))| (*id, place)).collect();
        let places = crate::sorting::map_of(places);
        let mut chosen = vec![false; order.len()];
        let mut choices = Vec::new();
        for (key, choice) in &plan.pairs {
            let (one, other) = key.ends();
            if let (Some(one), Some(other)) = (places.get(one), places.get(other)) {
                for place in [*one, *other] {
                    if let Some(flag) = chosen.get_mut(place) {
                        *flag = true;
                    }
                }
                choices.push(((*one.min(other), *one.max(other)), choice.clone()));
            }
        }
        let find = |id: &Option<NodeId>| places.get(id.as_ref()?).copied();
        let mut wishes = Self {
            choices: crate::sorting::map_of(choices),
            chosen,
            kind: Vec::new(),
            talks: Vec::new(),
            hubs: order.iter().map(|(_, node)| find(&node.hub)).collect(),
            exits: order
                .iter()
                .map(|(_, node)| find(&node.uses_exit))
                .collect(),
        };
        if plan.talk != Talk::Everyone {
            wishes.sort_by_groups(plan, order);
        }
        wishes
    }

    /// Machines of the same groups talk to the same machines, so it is asked
    /// once for each kind.
    fn sort_by_groups(&mut self, plan: &Plan, order: &Order<'_>) {
        let mut kinds: LiteMap<&[Label], usize> = LiteMap::new();
        let mut samples = Vec::new();
        for (_, node) in order {
            let kind = *kinds.entry(&node.groups).or_insert_with(|| {
                samples.push(*node);
                samples.len() - 1
            });
            self.kind.push(kind);
        }
        for one in &samples {
            let talks = samples.iter().map(|other| plan.talk.lets(one, other));
            self.talks.push(talks.collect());
        }
    }

    /// What the person chose for a pair.
    pub(super) fn choice(&self, one: usize, other: usize) -> Option<&PairChoice> {
        let in_some = |place: usize| self.chosen.get(place).copied().unwrap_or_default();
        if !in_some(one) || !in_some(other) {
            return None;
        }
        self.choices.get(&(one.min(other), one.max(other)))
    }

    /// All choices in the order of machines.
    pub(super) fn choices(&self) -> impl Iterator<Item = ((usize, usize), &PairChoice)> + '_ {
        self.choices.iter().map(|(key, choice)| (*key, choice))
    }

    /// Whether the groups of two machines let them talk.
    pub(super) fn in_groups(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.kind.get(one), self.kind.get(other)) else {
            return true;
        };
        let row = self.talks.get(*one);
        row.is_none_or(|row| row.get(*other).copied().unwrap_or(true))
    }

    /// Whether two machines may have a session. A choice that is followed comes
    /// before groups; a pair that goes through a chosen relay has no session, and
    /// where its relay is refused, its groups decide.
    pub(super) fn may_link(&self, one: usize, other: usize) -> bool {
        match self.choice(one, other) {
            Some(PairChoice::Never) => false,
            Some(PairChoice::Direct) => true,
            Some(PairChoice::Via(_)) | None => self.in_groups(one, other),
        }
    }

    /// The machine that one names as its hub, if that exists.
    pub(super) fn hub(&self, place: usize) -> Option<usize> {
        self.hubs.get(place).copied().flatten()
    }

    /// The machine that one wants to use as its exit, if that exists.
    pub(super) fn exit(&self, place: usize) -> Option<usize> {
        self.exits.get(place).copied().flatten()
    }
}
