//! What is looked at when a section or the file ends.

use ipnet::IpNet;

use crate::plan::PublicKey;

use super::at::At;
use super::fault::{Fault, FaultKind};
use super::parse::{Parse, Section};
use super::stops::Stage;
use super::value::DnsEntry;
use super::{Conf, Peer, Reader};

impl Parse {
    /// A section is complete.
    pub(super) fn end_section(&mut self) {
        if self.lenient {
            return;
        }
        let reader = self.reader;
        match self.section {
            Section::Peer if matches!(reader, Reader::Android | Reader::Apple) => {
                let at = self.conf.peers.last().and_then(|peer| {
                    let missing = peer.public_key.is_none();
                    missing.then_some(peer.at)
                });
                if let Some(at) = at {
                    // Apple looks for the key first, Android last. A key that
                    // is there and wrong is a fault already.
                    let order = if reader == Reader::Apple { 0 } else { u8::MAX };
                    self.section_fault(at, FaultKind::NoPublicKey, order);
                }
            }
            Section::Interface if reader == Reader::Apple => {
                let at = self.conf.interface.at;
                if self.conf.interface.private_key.is_none() {
                    self.section_fault(at, FaultKind::NoPrivateKey, 0);
                }
                if self.interfaces > 1 {
                    self.section_fault(at, FaultKind::SecondInterface, u8::MAX);
                }
            }
            _ => {}
        }
        self.stops.end_section();
    }

    /// The file is complete: the fault at which the reader stops, if it does,
    /// and everything that is worth a word.
    pub(super) fn finish(mut self, remarks: bool) -> (Conf, Option<Fault>, Vec<Fault>) {
        if self.reader == Reader::Apple && self.fresh && !self.lenient {
            // A header in the very last line opens nothing in this app.
            if self.section == Section::Peer {
                self.conf.peers.pop();
            } else {
                self.interfaces -= 1;
            }
            self.stops.forget_section();
        } else {
            self.end_section();
        }
        if self.dialect.needs_interface && self.interfaces == 0 {
            self.fault(At::default(), FaultKind::NoInterface, Stage::File);
        }
        let interface = &mut self.conf.interface;
        interface.public_key = interface
            .private_key
            .as_ref()
            .map(|key| key.value.derive_public());
        if interface.private_key.is_none()
            && self.dialect.needs_private_key
            && self.reader != Reader::Apple
        {
            let at = interface.at;
            self.fault(at, FaultKind::NoPrivateKey, self.missing_key_stage());
        }
        self.missing_public_keys();
        if self.reader == Reader::Linux {
            self.own_peers();
        }
        self.repeated_peers();
        if self.reader == Reader::Linux {
            self.repeated_addresses();
            self.linux_remarks();
        }
        if self.applications == (true, true) {
            let at = self.conf.interface.at;
            self.fault(at, FaultKind::BothApplicationLists, Stage::Addresses);
        }
        if remarks {
            self.moving_prefixes();
            crate::sorting::sort_by_key(&mut self.notes, |fault| fault.at);
        }
        (self.conf, self.stops.first(), self.notes)
    }

    fn missing_key_stage(&self) -> Stage {
        if self.reader == Reader::Android {
            Stage::Addresses
        } else {
            Stage::File
        }
    }

    fn missing_public_keys(&mut self) {
        if matches!(self.reader, Reader::Android | Reader::Apple) {
            return;
        }
        // Windows takes a key of zeros for none.
        let windows = self.reader == Reader::Windows;
        let zero = PublicKey::from_bytes([0; 32]);
        let lacks_key = |peer: &&Peer| match &peer.public_key {
            None => true,
            Some(key) => windows && key.value == zero,
        };
        let missing: Vec<At> = self
            .conf
            .peers
            .iter()
            .filter(lacks_key)
            .map(|peer| peer.at)
            .collect();
        for at in missing {
            self.fault(at, FaultKind::NoPublicKey, Stage::File);
        }
    }

    /// Blocks with the same public key. `wg` makes one peer of them: what the
    /// later block gives wins, and its `AllowedIPs` replace the earlier ones.
    fn repeated_peers(&mut self) {
        let mut places: Vec<([u8; 32], usize)> = self
            .conf
            .peers
            .iter()
            .enumerate()
            .filter_map(|(place, peer)| Some((*peer.public_key.as_ref()?.value.as_bytes(), place)))
            .collect();
        crate::sorting::sort(&mut places);
        let mut repeated: Vec<(usize, usize)> = places
            .windows(2)
            .filter_map(|pair| match pair {
                [(one, first), (other, second)] if one == other => Some((*second, *first)),
                _ => None,
            })
            .collect();
        crate::sorting::sort(&mut repeated);
        // What an earlier block took from the peers above it stays taken, even
        // if the later block does not want it.
        let mut taken: Vec<(IpNet, usize)> = Vec::new();
        for (later, earlier) in repeated.iter().copied() {
            let Some(at) = self.conf.peers.get(later).map(|peer| peer.at) else {
                continue;
            };
            let kind = FaultKind::RepeatedPeer(self.reader);
            if self.dialect.repeats_peers {
                self.note(at, kind);
            } else {
                self.fault(at, kind, Stage::File);
            }
            if self.reader == Reader::Linux {
                let old = self.conf.peers.get_mut(earlier).map(std::mem::take);
                if let (Some(old), Some(new)) = (old, self.conf.peers.get_mut(later)) {
                    let prefixes = old.allowed.iter();
                    taken.extend(prefixes.map(|prefix| (prefix.value, earlier)));
                    new.name = new.name.take().or(old.name);
                    new.preshared_key = new.preshared_key.take().or(old.preshared_key);
                    new.endpoint = new.endpoint.take().or(old.endpoint);
                    new.keepalive = new.keepalive.take().or(old.keepalive);
                }
            }
        }
        if self.reader == Reader::Linux && !repeated.is_empty() {
            self.take_away(taken);
            let mut place = 0;
            let gone = crate::sorting::distinct(repeated.iter().map(|pair| pair.1).collect());
            self.conf.peers.retain(|_| {
                place += 1;
                gone.binary_search(&(place - 1)).is_err()
            });
        }
    }

    /// Takes prefixes away from all peers above the place that took them.
    fn take_away(&mut self, mut taken: Vec<(IpNet, usize)>) {
        crate::sorting::sort(&mut taken);
        for (place, peer) in self.conf.peers.iter_mut().enumerate() {
            peer.allowed.retain(|prefix| {
                // The last place of each prefix stands behind all others.
                let end = taken.partition_point(|(other, _)| *other <= prefix.value);
                let last = end.checked_sub(1).and_then(|end| taken.get(end));
                !last.is_some_and(|(other, by)| *other == prefix.value && *by > place)
            });
        }
    }

    /// The kernel skips a peer that has the interface's own key.
    fn own_peers(&mut self) {
        let Some(own) = self.conf.interface.public_key else {
            return;
        };
        let is_own = |peer: &Peer| peer.public_key.is_some_and(|key| key.value == own);
        let found: Vec<At> = self
            .conf
            .peers
            .iter()
            .filter(|peer| is_own(peer))
            .map(|peer| peer.at)
            .collect();
        if found.is_empty() {
            return;
        }
        self.conf.peers.retain(|peer| !is_own(peer));
        for at in found {
            self.note(at, FaultKind::OwnPeer);
        }
    }

    /// The kernel takes an IPv6 address once, and an IPv4 address once with
    /// each length.
    fn repeated_addresses(&mut self) {
        let addresses = &self.conf.interface.addresses;
        let same = |one: IpNet, other: IpNet| {
            one.addr() == other.addr() && (one.addr().is_ipv6() || one == other)
        };
        let mut repeated = Vec::new();
        for (place, address) in addresses.iter().enumerate() {
            let mut earlier = addresses.iter().take(place);
            if earlier.any(|earlier| same(earlier.value, address.value)) {
                repeated.push(address.at);
            }
        }
        for at in repeated {
            self.fault(at, FaultKind::RepeatedAddress, Stage::Addresses);
        }
    }

    fn linux_remarks(&mut self) {
        let routes = self.conf.peers.iter().any(|peer| !peer.allowed.is_empty());
        if !routes {
            // Without routes nobody looks for the table.
            self.stops.replace(None, Stage::Routes);
        }
        let dns = &self.conf.interface.dns;
        let server = |entry: &DnsEntry| matches!(entry, DnsEntry::Server(_));
        if let Some(first) = dns.first()
            && !dns.iter().any(|entry| server(&entry.value))
        {
            let at = first.at;
            self.note(at, FaultKind::OnlyDomains);
        }
    }

    /// Prefixes that several peers have: the last one gets them.
    fn moving_prefixes(&mut self) {
        let mut prefixes: Vec<(IpNet, usize, At)> = Vec::new();
        for (place, peer) in self.conf.peers.iter().enumerate() {
            let allowed = peer.allowed.iter();
            prefixes.extend(allowed.map(|prefix| (prefix.value, place, prefix.at)));
        }
        crate::sorting::sort(&mut prefixes);
        let moving: Vec<At> = prefixes
            .windows(2)
            .filter_map(|pair| match pair {
                [(one, first, _), (other, second, at)] if one == other && first != second => {
                    Some(*at)
                }
                _ => None,
            })
            .collect();
        for at in moving {
            self.note(at, FaultKind::PrefixMoves);
        }
    }
}
