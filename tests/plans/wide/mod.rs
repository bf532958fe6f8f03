//! Plans with every combination of the facts that the model can state, also foolish ones.
//!
//! Each plan first draws which kinds of facts it has at all. Plans in which everything is odd at
//! once would rarely get through to the rule that two odd facts break together.

mod dice;
mod ground;
mod machines;
mod wishes;

use meshwright::plan::{NodeId, Plan, Port};

use super::damage::GONE;
use super::parse;
pub(crate) use dice::Dice;

/// How far the facts go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Facts {
    /// Sites, LANs, forwards, pins: what the first rules knew.
    Few,
    /// All.
    All,
}

/// The kinds of facts that a plan has.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each kind is there or not, whatever the others are"
)]
struct Kinds {
    all: bool,
    apps: bool,
    blocks: bool,
    direct: bool,
    exits: bool,
    gone: bool,
    groups: bool,
    ipv6: bool,
    keeps_port: bool,
    many_lans: bool,
    mistakes: bool,
    never: bool,
    odd: bool,
    pins: bool,
    ports: bool,
    settings: bool,
    shares: bool,
    sleepers: bool,
    spokes: bool,
    stacks: bool,
}

impl Kinds {
    fn draw(dice: &mut Dice, facts: Facts) -> Self {
        let all = facts == Facts::All;
        // A plan in three has everything, so that everything meets.
        let usual = dice.pick(&[15, 35, 60]);
        let mut has = |times: usize| dice.percent(times);
        Self {
            all,
            apps: has(usual),
            blocks: all && has(usual),
            direct: all && has(usual),
            exits: all && has(usual),
            gone: all && has(usual / 4),
            groups: all && has(usual / 2),
            ipv6: all && has(usual + 25),
            keeps_port: all && has(usual),
            many_lans: has(usual),
            mistakes: has(usual / 6),
            never: has(usual),
            odd: has(usual / 2),
            pins: has(usual),
            ports: has(usual),
            settings: all && has(usual),
            shares: has(usual + 15),
            sleepers: has(usual),
            spokes: all && has(usual),
            stacks: all && has(usual),
        }
    }
}

/// The plan of a seed.
pub(crate) fn plan(seed: u64, facts: Facts) -> Plan {
    let mut dice = Dice::new(seed);
    let kinds = Kinds::draw(&mut dice, facts);
    let size = dice.weigh(&[
        (1, 0..=1),
        (12, 2..=5),
        (10, 6..=10),
        (6, 11..=18),
        (2, 19..=40),
    ]);
    let size = dice.within(size);
    let tunnel = dice.weigh(&[
        (6, vec!["10.10.0.0/24"]),
        (5, vec!["10.10.0.0/24", "fd00:10:10::/64"]),
        (3, vec!["fd00:10:10::/64"]),
        (1, vec!["192.168.0.0/20"]),
        (1, vec!["203.0.113.0/24", "fd00:10:10::/64"]),
        (2, vec!["10.10.0.0/29", "10.20.0.0/24"]),
        (
            1,
            vec![
                "10.10.0.0/28",
                "10.20.0.0/27",
                "fd00:10:10::/125",
                "fd00:20:20::/64",
            ],
        ),
    ]);
    let several = tunnel.iter().filter(|prefix| prefix.contains('.')).count() > 1;
    let tunnel = if several && facts == Facts::Few {
        vec!["10.10.0.0/24"]
    } else {
        tunnel
    };
    let mut plan = Plan {
        tunnel: tunnel.iter().map(|prefix| parse(prefix)).collect(),
        preshared_keys: dice.percent(30),
        ..Plan::empty()
    };
    if kinds.ports && dice.percent(30) {
        plan.listen_port = port(dice.pick(&[51821, 443, 50000]));
    }
    ground::add_sites(&mut plan, &mut dice, &kinds, size);
    let ids = machines::add(&mut plan, &mut dice, &kinds, size);
    // A pool that is full leaves machines without an address, which is a finding.
    let _ = plan.assign_missing_addresses();
    wishes::add(&mut plan, &mut dice, &kinds, &ids);
    if kinds.mistakes {
        let (a, b) = (dice.below(size), dice.below(size));
        super::break_plan(&mut plan, &ids, &super::damage::any(dice.below(6), a, b));
    }
    plan
}

fn port(number: u16) -> Port {
    Port::try_from(u64::from(number)).unwrap()
}

/// A machine of the plan, or one that is gone.
fn some_machine(dice: &mut Dice, kinds: &Kinds, ids: &[NodeId]) -> Option<NodeId> {
    if kinds.gone && dice.percent(15) {
        return Some(NodeId::new(GONE));
    }
    (!ids.is_empty()).then(|| dice.pick(ids))
}
