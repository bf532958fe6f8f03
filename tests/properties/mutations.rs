//! The judge is judged: of files that are right, each is made wrong in one place, and the walk has
//! to notice.

use std::collections::BTreeMap;

use ipnet::IpNet;
use meshwright::mesh::solve;

use crate::plans::wide::{self, Dice};
use crate::proof::{self, Claims, lans};
use crate::support::files_of;
use crate::walk::World;
use crate::walk::conf::{Conf, PeerConf};

/// A mistake in the files, by what is wrong and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mistake {
    NoEndpoint,
    OtherPort,
    NoKeepalive,
    NeedlessKeepalive,
    NoPrefix,
    PrefixTwice,
    PrefixElsewhere,
    ForeignPrefix,
    EmptyBlock,
    OtherPresharedKey,
    KeysSwapped,
    NoListenPort,
    OtherAddress,
    NoForwarding,
    NoBlock,
    BlockForRelayed,
}

const MISTAKES: [Mistake; 16] = [
    Mistake::NoEndpoint,
    Mistake::OtherPort,
    Mistake::NoKeepalive,
    Mistake::NeedlessKeepalive,
    Mistake::NoPrefix,
    Mistake::PrefixTwice,
    Mistake::PrefixElsewhere,
    Mistake::ForeignPrefix,
    Mistake::EmptyBlock,
    Mistake::OtherPresharedKey,
    Mistake::KeysSwapped,
    Mistake::NoListenPort,
    Mistake::OtherAddress,
    Mistake::NoForwarding,
    Mistake::NoBlock,
    Mistake::BlockForRelayed,
];

/// Makes the mistake at a machine and one of its peers; `None` if it would be none there.
#[expect(clippy::too_many_lines, reason = "one arm for each mistake")]
fn make(world: &mut World, claims: &Claims, mistake: Mistake, dice: &mut Dice) -> Option<()> {
    let place = dice.below(world.machines.len());
    let before = world.clone();
    let conf = world.machines[place].conf.as_mut()?;
    let which = dice.below(conf.peers.len());
    let peer = conf.peers.get(which)?;
    let other = before.peer_machine(peer)?;
    let there = before.machines[other].conf.as_ref()?;
    let plan_covers = before.plan.covering;
    let beside = (which + 1) % conf.peers.len();
    // A LAN with the addresses of its own may rightly be missing in a file.
    let needed = |prefix: &IpNet| {
        let owns = |owner| before.addresses(owner).contains(&prefix.addr());
        let own = prefix.prefix_len() == prefix.max_prefix_len();
        if own || prefix.prefix_len() == 0 {
            (0..before.machines.len()).any(owns) && !plan_covers
        } else {
            let prefix = prefix.to_string().parse().unwrap();
            let refused = |owner| lans::is_refused(&before, owner, prefix);
            !lans::may_stand_in(&before, place, prefix) && !(0..before.machines.len()).any(refused)
        }
    };
    match mistake {
        Mistake::NoEndpoint => {
            let peer = &mut conf.peers[which];
            peer.endpoint.take()?;
            peer.keepalive = None;
        }
        Mistake::OtherPort => conf.peers[which].endpoint.as_mut()?.1 ^= 1,
        Mistake::NoKeepalive => conf.peers[which].keepalive.take().map(drop)?,
        Mistake::NeedlessKeepalive => {
            let keepalive = &mut conf.peers[which].keepalive;
            (keepalive.is_none()).then(|| *keepalive = Some(25))?;
        }
        Mistake::NoPrefix => drop_prefix(&mut conf.peers[which], dice, &needed)?,
        Mistake::PrefixTwice | Mistake::PrefixElsewhere => {
            let prefix = *conf.peers[which]
                .allowed
                .iter()
                .find(|prefix| needed(prefix))?;
            if beside == which {
                return None;
            }
            conf.peers[beside].allowed.push(prefix);
            if mistake == Mistake::PrefixElsewhere {
                conf.peers[which].allowed.retain(|held| *held != prefix);
            }
        }
        Mistake::ForeignPrefix => {
            let apart = claims.pairs.iter().filter(|claim| !claim.connects());
            let mut foreign = apart.filter_map(|claim| match place {
                place if place == claim.a => Some(claim.b),
                place if place == claim.b => Some(claim.a),
                _ => None,
            });
            let prefix = foreign.find_map(|foreign| before.addresses(foreign).first().copied())?;
            let family = |own: &IpNet| own.addr().is_ipv4() == prefix.is_ipv4();
            conf.addresses.iter().find(|own| family(own))?;
            conf.peers[which].allowed.push(prefix.into());
        }
        Mistake::EmptyBlock => conf.peers[which].allowed.clear(),
        Mistake::OtherPresharedKey => {
            conf.peers[which].preshared = Some("another".to_owned());
        }
        Mistake::KeysSwapped => {
            if beside == which {
                return None;
            }
            let key = conf.peers[which].public_key.clone();
            conf.peers[which].public_key =
                std::mem::replace(&mut conf.peers[beside].public_key, key);
        }
        Mistake::NoListenPort => {
            let back = there
                .peers
                .iter()
                .find(|peer| before.peer_machine(peer) == Some(place))?;
            back.endpoint.as_ref()?;
            conf.listen_port = None;
        }
        Mistake::OtherAddress => {
            let own = conf.addresses.first_mut()?;
            let moved: IpNet = if own.addr().is_ipv4() {
                "10.77.7.7/24"
            } else {
                "fd77::7/64"
            }
            .parse()
            .unwrap();
            *own = moved;
        }
        Mistake::NoForwarding => {
            let relays = claims.pairs.iter().any(|claim| claim.via.contains(&place));
            if !relays {
                return None;
            }
            world.machines[place].forwards_v4 = false;
            world.machines[place].forwards_v6 = false;
        }
        Mistake::NoBlock => {
            conf.peers.remove(which);
        }
        Mistake::BlockForRelayed => {
            let relayed = claims
                .pairs
                .iter()
                .find(|claim| claim.a == place && claim.word == "relayed")?;
            let far = before.machines[relayed.b].conf.as_ref()?;
            let block = block_for(far)?;
            conf.peers.push(block);
        }
    }
    Some(())
}

fn drop_prefix(
    peer: &mut PeerConf,
    dice: &mut Dice,
    needed: &dyn Fn(&IpNet) -> bool,
) -> Option<()> {
    let which = dice.below(peer.allowed.len());
    let prefix = *peer.allowed.get(which)?;
    // What a shorter entry leads to the same machine, its default route or covering prefix, goes
    // there without an entry of its own, and comes back from there.
    let covers = |other: &IpNet| *other != prefix && other.contains(&prefix);
    if peer.allowed.iter().any(covers) || !needed(&prefix) {
        return None;
    }
    peer.allowed.remove(which);
    Some(())
}

fn block_for(far: &Conf) -> Option<PeerConf> {
    Some(PeerConf {
        public_key: far.public_key.clone()?,
        allowed: far.addresses.iter().map(|own| own.addr().into()).collect(),
        ..PeerConf::default()
    })
}

#[test]
fn every_mistake_in_the_files_is_noticed() {
    let mut noticed: BTreeMap<Mistake, usize> = BTreeMap::new();
    for seed in 0..400 {
        let plan = wide::plan(seed, super::promises::FACTS);
        let mesh = solve(&plan);
        let files = files_of(&plan, &mesh);
        let right = World::read(&plan, &files);
        let claims = Claims::of(&mesh);
        if proof::prove(&right, &claims).is_err() {
            continue;
        }
        if right.machines.is_empty() {
            continue;
        }
        let mut dice = Dice::new(seed);
        for mistake in MISTAKES {
            let mut wrong = right.clone();
            if make(&mut wrong, &claims, mistake, &mut dice).is_none() {
                continue;
            }
            wrong.settle();
            assert!(
                proof::prove(&wrong, &claims).is_err(),
                "seed {seed}: {mistake:?} goes unnoticed: {}\n{}",
                difference(&right, &wrong),
                meshwright::project::write_plan(&plan)
            );
            *noticed.entry(mistake).or_insert(0) += 1;
        }
    }
    for mistake in MISTAKES {
        let count = noticed.get(&mistake).copied().unwrap_or(0);
        assert!(count >= 10, "{mistake:?} was tried {count} times");
    }
}

/// Where the files of two worlds differ.
fn difference(right: &World, wrong: &World) -> String {
    let machines = right.machines.iter().zip(&wrong.machines);
    let differing = machines.filter_map(|(right, wrong)| {
        let text = |conf: &Option<Conf>| format!("{:?}", conf.as_ref().map(|conf| &conf.peers));
        let (one, other) = (text(&right.conf), text(&wrong.conf));
        (one != other).then(|| format!("{}\n{one}\n{other}", right.node.name))
    });
    differing.collect::<Vec<_>>().join("\n")
}
