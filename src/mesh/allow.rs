//! What each machine sends to each of its peers, and accepts from it.
//!
//! Every prefix stands under one peer only: the next hop towards the machine
//! that owns it. A relayed pair has no block for each other, which would own the
//! addresses and could never connect.

use std::rc::Rc;

use crate::plan::{Plan, Prefix};

use super::check::Order;
use super::peer::{Peer, carried};
use super::route::Routes;
use super::share::Shared;
use super::{Allowed, AllowedIps, Why};

/// Everything that machines own, in the order of prefixes, each with the
/// machines that must not hold it.
#[derive(PartialEq)]
pub(super) struct Entries(Vec<(Allowed, Vec<usize>)>);

impl Entries {
    pub(super) fn new(plan: &Plan, order: &Order<'_>, shares: &[Vec<Shared>]) -> Self {
        let mut entries = Vec::new();
        for (owner, (_, node)) in order.iter().enumerate() {
            let own = carried(plan, node).map(|address| (Prefix::host(address), Why::Own, None));
            let lans = shares.get(owner).into_iter().flatten();
            let lans = lans.map(|share| (share.prefix, Why::Lan, Some(share)));
            entries.extend(own.chain(lans).map(|(prefix, why, share)| {
                let entry = Allowed { prefix, owner, why };
                (
                    entry,
                    share.map_or_else(Vec::new, |share| share.not_for.clone()),
                )
            }));
        }
        crate::sorting::sort_by(&mut entries, |(one, _), (other, _)| one.cmp(other));
        Self(entries)
    }
}

/// The list of each machine: what it holds of all its peers, peer by peer, and
/// where the part of each ends.
pub(super) struct Lists(Vec<(Rc<Vec<Allowed>>, Vec<usize>)>);

impl Lists {
    /// Puts each entry under the block that leads to its owner. Machine by
    /// machine, so that what is written to lies together, and entry by entry in
    /// their order, so that no list has to be sorted.
    pub(super) fn new(entries: &Entries, routes: &Routes, peers: &[Vec<Peer>]) -> Self {
        let mut writing = Writing {
            routes,
            entries: &entries.0,
            of_peer: vec![NONE; peers.len()],
            blocks: Vec::with_capacity(entries.0.len()),
        };
        let holders = peers.iter().enumerate();
        Self(
            holders
                .map(|(holder, list)| writing.list(holder, list))
                .collect(),
        )
    }

    /// Gives each peer its part.
    pub(super) fn hand_out(&self, peers: &mut [Vec<Peer>]) {
        for (list, (of_all, ends)) in peers.iter_mut().zip(&self.0) {
            let mut start = 0;
            for (peer, end) in list.iter_mut().zip(ends) {
                peer.allowed = AllowedIps::part(of_all, start..*end);
                start = *end;
            }
        }
    }
}

/// No block.
const NONE: u32 = u32::MAX;

/// Writes the lists of all machines, one machine after the other.
struct Writing<'a> {
    routes: &'a Routes,
    entries: &'a [(Allowed, Vec<usize>)],
    /// The block for each machine, if the holder has one.
    of_peer: Vec<u32>,
    /// The block under which each entry comes, if it does.
    blocks: Vec<u32>,
}

impl Writing<'_> {
    fn list(&mut self, holder: usize, list: &[Peer]) -> (Rc<Vec<Allowed>>, Vec<usize>) {
        self.of_peer.fill(NONE);
        for (block, peer) in (0..).zip(list) {
            if let Some(slot) = self.of_peer.get_mut(peer.node) {
                *slot = block;
            }
        }
        let towards = self.routes.towards(holder);
        let mut ends = vec![0; list.len()];
        self.blocks.clear();
        for (entry, not_for) in self.entries {
            let next = towards.get(entry.owner).map(|next| *next as usize);
            let block = next.and_then(|next| self.of_peer.get(next));
            let mut block = block.copied().unwrap_or(NONE);
            if not_for.binary_search(&holder).is_ok() {
                block = NONE;
            }
            // How long each part is says where the next one begins.
            if let Some(length) = ends.get_mut(block as usize) {
                *length += 1;
            }
            self.blocks.push(block);
        }
        let mut all = 0;
        for length in &mut ends {
            all += std::mem::replace(length, all);
        }
        let Some((some, _)) = self.entries.first() else {
            return (Rc::default(), ends);
        };
        let mut of_all = vec![*some; all];
        for ((entry, _), block) in self.entries.iter().zip(&self.blocks) {
            if let Some(at) = ends.get_mut(*block as usize) {
                if let Some(slot) = of_all.get_mut(*at) {
                    *slot = *entry;
                }
                // What is written of each part ends where the part does, at last.
                *at += 1;
            }
        }
        (Rc::new(of_all), ends)
    }
}
