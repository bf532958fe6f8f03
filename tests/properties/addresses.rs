//! What is deployed stays: addresses and keys do not move when machines come and go.

use std::collections::BTreeMap;

use meshwright::keyring::Keyring;
use meshwright::mesh::{Mesh, solve};
use meshwright::plan::{Node, NodeId, Plan, TunnelAddresses};
use meshwright::project::write_plan;
use proptest::prelude::*;

use crate::plans;
use crate::plans::wide::{self, Facts};

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_machine_that_comes_or_goes_moves_nothing_else(plans::Drawn(plan) in plans::plan(), which in 0_usize..12) {
        let Some(id) = plan.nodes.keys().nth(which).cloned() else {
            return Ok(());
        };
        if let Err(fault) = comes_and_goes(&plan, &id) {
            prop_assert!(false, "{}", fault);
        }
    }

    #[test]
    fn solving_assigns_nothing(plans::Drawn(plan) in plans::plan()) {
        let copy = plan.clone();
        let mesh = solve(&plan);
        prop_assert_eq!(&plan, &copy);
        for node in &mesh.nodes {
            let stated: Vec<_> = plan.nodes[&node.id].addresses.iter().collect();
            prop_assert!(node.addresses.iter().all(|address| stated.contains(address)));
        }
    }
}

/// The same for plans with all facts and up to forty machines, and for every machine of each.
#[test]
fn no_machine_of_many_plans_moves_another() {
    let mut tried = 0;
    for seed in 0..150 {
        let plan = wide::plan(seed, Facts::All);
        for id in plan.nodes.keys() {
            comes_and_goes(&plan, id).unwrap_or_else(|fault| {
                panic!("seed {seed}, {id}: {fault}\n{}", write_plan(&plan))
            });
            tried += 1;
        }
    }
    assert!(tried > 900, "{tried}");
}

/// Adds a machine to the rest of a plan, once as it is stated and once without an address, and
/// takes it away again.
fn comes_and_goes(plan: &Plan, id: &NodeId) -> Result<(), String> {
    let mut without = plan.clone();
    without.nodes.remove(id);
    let mesh = solve(&without);
    if mesh != solve(&without) {
        return Err("solving twice gives two meshes".to_owned());
    }
    let mut keyring = Keyring::default();
    fill(&mut keyring, &mesh, 1);
    let before = secrets(&keyring);
    let addresses = addresses(&without);

    let stated = plan.nodes[id].clone();
    let new = Node {
        addresses: TunnelAddresses::default(),
        ..stated.clone()
    };
    for (round, node) in (1_u64..).zip([stated, new]) {
        let mut with = without.clone();
        with.nodes.insert(id.clone(), node);
        // A full prefix is no reason to move anyone either.
        let _ = with.assign_missing_addresses();
        fill(&mut keyring, &solve(&with), round * 1_000_000);
        let now = self::addresses(&with);
        for (machine, held) in &addresses {
            if !held.iter().all(|address| now[machine].contains(address)) {
                return Err(format!(
                    "{machine} moved from {held:?} to {:?}",
                    now[machine]
                ));
            }
        }
        same_secrets(&before, &keyring)?;

        with.nodes.remove(id);
        fill(&mut keyring, &solve(&with), round * 1_000_000 + 500_000);
        same_secrets(&before, &keyring)?;
        // Who got an address meanwhile had none before.
        for (machine, held) in &addresses {
            let now = &self::addresses(&with)[machine];
            if !held.iter().all(|address| now.contains(address)) {
                return Err(format!("{machine} moved from {held:?} to {now:?}"));
            }
        }
    }
    Ok(())
}

fn same_secrets(before: &BTreeMap<String, String>, keyring: &Keyring) -> Result<(), String> {
    let after = secrets(keyring);
    let mut changed = before
        .iter()
        .filter(|(name, secret)| after.get(*name) != Some(*secret));
    match changed.next() {
        None => Ok(()),
        Some((name, _)) => Err(format!("the key of {name} changed")),
    }
}

fn addresses(plan: &Plan) -> BTreeMap<NodeId, Vec<std::net::IpAddr>> {
    plan.nodes
        .iter()
        .map(|(id, node)| (id.clone(), node.addresses.iter().collect()))
        .collect()
}

fn fill(keyring: &mut Keyring, mesh: &Mesh, first: u64) {
    let mut count = first;
    keyring
        .make_missing(
            mesh.nodes_with_keys(),
            mesh.pairs_with_preshared_keys(),
            &mut |bytes: &mut [u8; 32]| {
                for part in bytes.chunks_mut(8) {
                    part.copy_from_slice(&count.to_be_bytes());
                }
                count += 1;
                Ok(())
            },
        )
        .unwrap();
}

fn secrets(keyring: &Keyring) -> BTreeMap<String, String> {
    let private = keyring
        .private_keys()
        .map(|(id, key)| (id.to_string(), key.to_secret_text().to_string()));
    let preshared = keyring.preshared_keys().map(|(pair, key)| {
        let (a, b) = pair.ends();
        (format!("{a} {b}"), key.to_secret_text().to_string())
    });
    private.chain(preshared).collect()
}
